"""The MkDocs plugin: hooks of a few lines that call the functions of the other stages.

With this package's commands (`commands`), the only place that imports mkdocs.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal
from urllib.parse import urljoin

from jinja2 import Environment
from mkdocs.config import config_options as options
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from briefing import build, pages, report, resources
from briefing.assets import assets
from briefing.model import Briefing, Page
from briefing.pages.cards import EditUrl
from briefing.pages.environment import environment
from briefing.plugin.preview import Preview

log = get_plugin_logger("briefing")

LISTING = "<!-- briefings -->"
"""The line that any page can hold to show the list of briefings."""
EXTENSIONS = ("attr_list", "md_in_html")
"""Without them a page would show `markdown="1"` to its readers."""


class BriefingConfig(Config):
    """The settings under `plugins: - briefing:` in mkdocs.yml."""

    templates = options.Optional(options.Dir(exists=True))
    """A folder of page templates that replace or extend the shipped ones, file by file."""
    library = options.ListOfItems(options.Choice(pages.PARTS), default=list(pages.PARTS))
    """What is shown across briefings."""


class BriefingPlugin(BasePlugin[BriefingConfig]):
    """Generates the pages of every briefing below the docs folder."""

    def __init__(self) -> None:
        self.serving = False
        self.listed: tuple[Briefing, ...] = ()
        self.signs = pages.NONE
        self.generated: frozenset[str] = frozenset()
        self.extensions: list[str] = []
        self.preview = Preview()
        self.environments: dict[str | None, Environment] = {}

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Learn whether this is a preview; that this hook exists keeps the plugin alive across rebuilds."""
        self.serving = command == "serve"

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig | None:
        """Make our theme block available, behind the user's own; pages that do not ask for it stay as they are."""
        behind_the_users_own = 1 if config.theme.custom_dir else 0
        config.theme.dirs.insert(behind_the_users_own, str(resources.templates() / "theme"))
        self.extensions = list(config.markdown_extensions)
        if self.config.templates:
            config.watch.append(self.config.templates)
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files | None:
        """Check all briefings, keep their raw files out of the site, and add their pages."""
        self.preview.begin(self._template_folders(), (config.edit_uri, config.edit_uri_template, config.repo_url))
        library = build.check_library(Path(config.docs_dir), check=self.preview.check if self.serving else None)
        self._report(library, config)
        _exclude(files, library)
        site = build.site(
            library,
            self.templates(),
            edit_url(config),
            preview=self.serving,
            language=site_language(config),
            render=self.preview.render if self.serving else pages.render,
            parts=self.config.library,
            taken={file.src_uri for file in files.documentation_pages()},
        )
        self._report_taken(site)
        self.listed, self.signs = site.listed, site.signs
        self.generated = frozenset(page.path for page in site.pages)
        for page in site.pages:
            _add(files, config, page, in_navigation=page.path in site.navigation and not config.nav)
        attached = {file.path: file.content for file in site.attachments}
        for path, content in {**attached, **(assets() if site.pages else {})}.items():
            if not files.get_file_from_path(path):
                files.append(File.generated(config, path, content=content))
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation | None:
        """In a preview, learn what pages can link to, now that all plugins have added theirs."""
        if self.serving:
            self.preview.surround(config, files)
        return None

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment | None:
        """Keep the theme's compiled templates from one rebuild of a preview to the next."""
        if self.serving and env.bytecode_cache is None:
            env.bytecode_cache = self.preview.compiled
        return None

    def on_page_markdown(self, markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str | None:
        """Put the list of briefings where a page asks for it, and give our pages the extensions that they need.

        The site's other pages are rendered with its own extensions alone, so that not a byte of them changes.
        """
        listing = asks_for_listing(markdown)
        ours = listing or page.file.src_uri in self.generated
        missing = [name for name in EXTENSIONS if ours and name not in self.extensions]
        config.markdown_extensions = [*self.extensions, *missing]
        if self.serving and page.file.src_uri in self.generated:
            self.preview.keep_html(page, markdown, config.markdown_extensions)
        if not listing:
            return None
        if self.listed:
            page.meta.setdefault("template", "briefing.html")
        items = pages.listing(self.listed, page.file.src_uri, self.templates(), site_language(config), self.signs)
        return insert_listing(markdown, items)

    def templates(self) -> Environment:
        """The page templates of this site; Jinja itself sees when a file of theirs changes."""
        chosen = self.config.templates
        if chosen not in self.environments:
            own = Path(chosen) if chosen else None
            self.environments[chosen] = environment(resources.templates() / "pages", own)
        return self.environments[chosen]

    def _template_folders(self) -> tuple[Path, ...]:
        return (resources.templates() / "pages", *([Path(self.config.templates)] if self.config.templates else []))

    def _report(self, library: build.Library, config: MkDocsConfig) -> None:
        """Log every problem; a build then fails once, a preview shows them instead."""
        prefix = docs_prefix(Path(config.docs_dir))
        for problem, files in library.located():
            level = log.error if problem.severity == "error" else log.warning
            if problem.code == "todo-left":
                level = log.info  # a draft is not published, so it must not stop a strict build
            level("%s", report.as_text(problem, files, prefix))
        if library.broken and not self.serving:
            found = [problem for problem, _ in library.located()]
            raise PluginError(report.summary(found, len(library.briefings)))
        for checked in library.briefings:
            if not self.serving and checked.briefing and checked.briefing.status != "published":
                log.info("%s is not published: its status is %s", checked.path, checked.briefing.status)

    def _report_taken(self, site: build.Site) -> None:
        """Log where the author's own pages stand; a build then fails, a preview goes on without ours."""
        for problem in site.problems:
            log.error("%s", report.as_text(problem, {}))
        if site.problems and not self.serving:
            raise PluginError(report.summary(site.problems, len(site.listed)))


def asks_for_listing(markdown: str) -> bool:
    """Whether a page has the line that asks for the list of briefings."""
    return any(line.strip() == LISTING for line in markdown.splitlines())


def insert_listing(markdown: str, listing: str) -> str:
    """The page with the list in place of the line that asks for it."""
    return "\n".join(listing if line.strip() == LISTING else line for line in markdown.splitlines()) + "\n"


def edit_url(config: MkDocsConfig) -> EditUrl:
    """From a file below the docs folder to where it is edited, by the rules that MkDocs has for pages."""

    def address(file: str) -> str:
        if config.edit_uri_template:
            tail = config.edit_uri_template.format(path=file, path_noext=file.rpartition(".")[0])
        elif config.edit_uri:
            tail = config.edit_uri + file
        else:
            return ""
        return urljoin(config.repo_url.rstrip("/") + "/", tail) if config.repo_url else tail

    return address


def site_language(config: MkDocsConfig) -> str:
    """The language of the site's own interface, for what belongs to no briefing."""
    return str(config.theme.get("language") or config.theme.get("locale") or "en")


def docs_prefix(docs: Path) -> str:
    """What leads from the working directory to the docs folder in a message, so that editors can open the place."""
    try:
        return docs.resolve().relative_to(Path.cwd()).as_posix() + "/"
    except ValueError:
        return docs.as_posix() + "/"


def _exclude(files: Files, library: build.Library) -> None:
    """The raw files of briefings are not part of the site."""
    names = {*library.names, *(name for checked in library.briefings for name in checked.names)}
    for file in files:
        if file.src_uri in names:
            file.inclusion = InclusionLevel.EXCLUDED


def _add(files: Files, config: MkDocsConfig, page: Page, in_navigation: bool) -> None:
    """A page as a file of the site; what is not in the navigation is not said to be missing there."""
    if files.get_file_from_path(page.path):
        return  # the author's own file stays; `page-collision` has said so
    file = File.generated(config, page.path, content=page.markdown)
    # Generated files have neither: the edit link then leads to the YAML, and plugins that look at the file find one.
    file.edit_uri = page.edit or None
    file.abs_src_path = str(Path(config.docs_dir) / page.edit)
    if not in_navigation:
        file.inclusion = InclusionLevel.NOT_IN_NAV
    files.append(file)
