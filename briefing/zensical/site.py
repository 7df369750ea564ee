"""A site that Zensical builds: its pages are staged, Zensical runs as a process, and what it made is brought over.

Zensical keeps what it has rendered beside the staged pages, so a second build renders what has changed.
"""

from __future__ import annotations

import logging
import subprocess
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from mkdocs.structure.files import File

from briefing import load, report, resources
from briefing.mkdocs.plugin import report_problems, site_language
from briefing.mkdocs.site_input import ConfigurationUnusableError, SiteInput, read_site
from briefing.mkdocs.site_manifest import SiteInputs, write_site_manifest
from briefing.model.places import Problem, TextFile, several_lines
from briefing.pipeline.store import FOLDER
from briefing.pipeline.timing import UNOBSERVED, BuildObserver, GivingWay
from briefing.preview.build_folders import BuildFolders, assets_mark
from briefing.preview.builder import BuildFailedError, FreshBriefing, WholeBuild, address_of
from briefing.preview.hosts import is_loopback
from briefing.render.assets import assets
from briefing.render.names import MARKDOWN
from briefing.zensical.configuration import DOCS, FILE, OVERRIDES, SITE, ZensicalConfiguration, read_configuration
from briefing.zensical.staged_site import bring_over, keep_in_step

log = logging.getLogger("mkdocs.plugins.briefing")


class ZensicalFailedError(Exception):
    """Zensical could not build the site; the message says why."""


def build_site(
    file: Path,
    site: Path | None = None,
    *,
    strict: bool = False,
    clean: bool = True,
    executor: Callable[[], AbstractContextManager[Executor | None]] = nullcontext,
    observer: BuildObserver = UNOBSERVED,
) -> None:
    """Build the site that is configured in `file` into `site`, or where the configuration says.

    Raises ConfigurationUnusableError, BuildFailedError for problems in briefings, ZensicalFailedError, and OSError.
    """
    configuration = read_configuration(file)
    with executor() as used:
        read = _read(configuration, executor=used, observer=observer)
    broken = report_problems(read.published, read.prefix)
    if broken and not read.keeps_going:
        raise BuildFailedError(broken)
    if strict and any(_is_warning(problem, files, read.prefix) for problem, files in read.published.located()):
        raise BuildFailedError("there are warnings, for which --strict ends a build")
    folder = file.absolute().parent / FOLDER / "zensical"
    stage(folder, configuration, read)
    observer.stage("pages staged")
    run_zensical(folder, strict=strict)
    add_markdown(folder, read)
    observer.stage("Zensical")
    target = site or configuration.site
    bring_over(folder / SITE, target, clean=clean)
    observer.stage("files brought over")
    if read.published.site.listed:
        write_site_manifest(target, _inputs(configuration, read), folder.parent)
        observer.stage("manifest")
    if broken:
        raise BuildFailedError(broken)


def read_zensical_site(file: Path) -> SiteInput:
    """Return a site that is configured for Zensical as an export needs it. Raises ConfigurationUnusableError."""
    read = _read(read_configuration(file))
    theme = read.settings.get("theme")
    named = {"name": "material", **(theme if isinstance(theme, Mapping) else {})}  # Zensical has it without a name
    return replace(read, settings={**read.settings, "theme": named})


def _is_warning(problem: Problem, files: Mapping[str, TextFile], prefix: str) -> bool:
    """Return whether a strict build ends for a problem, as it does with the plugin: not for what is to be filled in."""
    return problem.severity == "warning" and not report.is_todo((problem, files, prefix))


class ZensicalSite:
    """A site of Zensical, for a preview.

    `listens` is the address as `host:port`, in place of the configuration's; `more` are further files to watch. Raises
    ConfigurationUnusableError, and ValueError for an address that is none.
    """

    def __init__(self, file: Path, listens: str | None = None, more: Collection[Path] = ()) -> None:
        self.file, self.more = file, more
        self._configuration = read_configuration(file)
        listens = listens or str(self._configuration.written.get("dev_addr") or "localhost:8000")
        host, _, port = listens.rpartition(":")
        if not host or not port.isdigit():
            raise ValueError(f"“{listens}” is no address to listen on: write 127.0.0.1:8000")
        self.host, self.port = host.strip("[]"), int(port)
        self._config = self._configuration.for_mkdocs()
        address = urlsplit(str(self._configuration.written.get("site_url") or "/"))
        self.mount = f"/{address.path.strip('/')}/".replace("//", "/")
        self.folders = BuildFolders()
        self._staged = TemporaryDirectory(prefix="briefing_", ignore_cleanup_errors=True)

    @property
    def docs(self) -> Path:
        """The docs folder."""
        return Path(self._config.docs_dir)

    @property
    def address(self) -> str:
        """Where the preview is, as it is told to the author."""
        return address_of(self.host, self.port, self.mount)

    @property
    def watched(self) -> Collection[Path]:
        """The files and folders that the site is made from."""
        own = self._configuration.overrides
        return {self.docs, self.file.absolute(), *self.more, *([own] if own else [])}

    def build(self, give_way: Callable[[], None]) -> WholeBuild:
        """Build all of the site as it now is. Raises BuildFailedError."""
        try:
            self._configuration = configuration = read_configuration(self.file)
            whole = is_loopback(self.host)
            read = _read(configuration, preview=True, whole=whole, observer=GivingWay(give_way))
            report_problems(read.published, read.prefix)
            staged = Path(self._staged.name)
            stage(staged, configuration, read, preview=True)
            run_zensical(staged, level=logging.DEBUG)
            add_markdown(staged, read)
            with self.folders.another() as folder:
                bring_over(staged / SITE, folder, clean=True)
        except (ConfigurationUnusableError, ZensicalFailedError) as error:
            raise BuildFailedError(str(error)) from error
        except OSError as error:
            raise BuildFailedError(report.reason_of(error)) from error
        briefings = frozenset(build.path for build in read.published.briefings.briefings)
        return WholeBuild(folder, briefings, assets=assets_mark(folder))

    def refresh(self, briefing: str) -> FreshBriefing | None:
        """Return None: Zensical builds what has changed, and nothing alone."""
        return None

    def clean(self) -> None:
        """Remove what was built."""
        self.folders.clean()
        self._staged.cleanup()


def _read(
    configuration: ZensicalConfiguration,
    *,
    preview: bool = False,
    whole: bool = False,
    executor: Executor | None = None,
    observer: BuildObserver = UNOBSERVED,
) -> SiteInput:
    return read_site(
        configuration.for_mkdocs(),
        configuration.written,
        configuration.overrides,
        preview=preview,
        whole=whole,
        executor=executor,
        observer=observer,
    )


def _inputs(configuration: ZensicalConfiguration, read: SiteInput) -> SiteInputs:
    """Return what the site is made from, apart from its briefings."""
    config, published = configuration.for_mkdocs(), read.published
    docs = Path(config.docs_dir)
    own = [path for path in read.files if path.endswith(".md")]
    files = {f"docs/{name}": docs / name for name in (*load.register_files(docs), *own)}
    files[configuration.file.name] = configuration.file
    folders = tuple(f"{path}/" for path in published.site.listed.builds)
    citing = {page.path: "" for page in published.pages if not page.path.startswith(folders)}
    citing |= {path: (docs / path).read_bytes().decode("utf-8-sig", "replace") for path in read.asking}
    return SiteInputs(
        site_language(config),
        {name: path.read_bytes() for name, path in files.items() if path.is_file()},
        {File(path, str(docs), "", config.use_directory_urls).dest_uri: text for path, text in citing.items()},
        tuple(filter(None, (config.site_name, config.site_author))),
    )


def stage(folder: Path, configuration: ZensicalConfiguration, read: SiteInput, preview: bool = False) -> None:
    """Have a folder hold the pages of a site, its theme folder and its configuration. Raises OSError."""
    published = read.published
    by_hand = "nav" in read.settings
    hidden = [page.path for page in published.pages if by_hand or page.path not in published.site.navigation]
    docs = {one.path: one.content for one in published.attachments if not one.path.endswith(MARKDOWN)}
    docs |= assets(preview)
    docs |= {page.path: page.markdown.encode() for page in published.pages}
    docs |= {path: _with_template(text) if path in read.asking else text for path, text in read.files.items()}
    files = {f"{DOCS}/{path}": content for path, content in docs.items()}
    files |= {f"{OVERRIDES}/{path}": content for path, content in _theme(configuration).items()}
    files[FILE] = configuration.staged(folder, hidden)
    for part in (DOCS, OVERRIDES):
        inner = {path.partition("/")[2]: content for path, content in files.items() if path.startswith(f"{part}/")}
        keep_in_step(folder / part, inner)
    (folder / FILE).write_bytes(files[FILE])


def add_markdown(folder: Path, read: SiteInput) -> None:
    """Add the pages as plain Markdown to what Zensical has built, which makes a page of every such file. OSError."""
    for former in (folder / SITE).rglob(f"*{MARKDOWN}"):
        former.unlink()
    for one in read.published.attachments:
        if one.path.endswith(MARKDOWN):
            file = folder / SITE / one.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(one.content)


def _theme(configuration: ZensicalConfiguration) -> dict[str, bytes]:
    """Return the author's theme folder over the templates that our pages need."""
    theme = resources.templates() / "theme"
    files = {f"default/{name}": (theme / "default" / name).read_bytes() for name in ("head.html", "scripts.html")}
    for name in ("briefing.html", "default/briefing.html"):
        files[name] = (theme / "portable" / name).read_bytes()
    own = configuration.overrides
    for path in own.rglob("*") if own else ():
        if own and path.is_file():
            files[path.relative_to(own).as_posix()] = path.read_bytes()
    return files


def _with_template(page: bytes) -> bytes:
    """Return an ordinary page that shows something of briefings, with our template unless it names its own."""
    text = page.decode("utf-8-sig", "replace")
    head, end, body = text.partition("\n---\n") if text.startswith("---\n") else ("---", "\n---\n", text)
    if not end:
        return page
    named = any(line.startswith("template:") for line in head.split("\n"))
    return page if named else f"{head}\ntemplate: briefing.html{end}{body}".encode()


def run_zensical(folder: Path, *, strict: bool = False, level: int = logging.INFO) -> None:
    """Have Zensical build a staged site; what it says goes to the log at a level. Raises ZensicalFailedError."""
    command = [sys.executable, "-m", "zensical", "build", "-f", str(folder / FILE), *(["--strict"] if strict else [])]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    lines = [line for line in done.stdout.decode("utf-8", "replace").splitlines() if line.strip()]
    if done.returncode:
        raise ZensicalFailedError(_reason(lines))
    for line in lines:
        if line not in _USUAL:
            log.log(level, "%s", several_lines(line))


_USUAL = ("Build started", "No issues found")


def _reason(lines: Sequence[str]) -> str:
    """Return why Zensical failed, from what it has printed: the end of a traceback, or else all."""
    if any(line.startswith("Traceback ") for line in lines):
        reason = lines[-1].partition(": ")[2] or lines[-1]
        hint = "its templates are MiniJinja, which has Jinja’s blocks and filters but no methods of Python’s texts"
        return f"Zensical: {reason}; {hint}" if ".html:" in reason else f"Zensical: {reason}"
    told = " ".join(line for line in lines if line not in _USUAL)
    return f"Zensical: {told}" if told else "Zensical could not build the site"
