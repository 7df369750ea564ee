"""MkDocs for our preview server: whole builds as `mkdocs serve` makes them, and between them single briefings."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError, ConfigurationError

from briefing import load, report
from briefing.mkdocs.plugin import BriefingPlugin, log_problems
from briefing.mkdocs.preview_shell import Shell, take_shell
from briefing.pipeline.briefing_build import Registers
from briefing.pipeline.checking import read_registers
from briefing.pipeline.executor import map_briefings
from briefing.preview.build_folders import BuildFolders, assets_mark
from briefing.preview.builder import BuildFailedError, FreshBriefing, WholeBuild, address_of

log = logging.getLogger("mkdocs.plugins.briefing")


class MkDocsSite:
    """A site of MkDocs with the plugin `briefing`, for a preview.

    `options` are those of MkDocs' own `serve`, `watched` more files and folders to watch, `theme_too` whether the theme
    is one of them. Raises ConfigurationError for a configuration that cannot be used.
    """

    def __init__(self, options: dict[str, Any], watched: Iterable[str] = (), theme_too: bool = False) -> None:
        self.options, self.more, self.theme_too = options, tuple(watched), theme_too
        self.config = load_config(**options)
        self.config.plugins.on_startup(command="serve", dirty=False)
        self.host, self.port = self.config.dev_addr
        self.mount = f"/{urlsplit(self.config.site_url or '/').path.strip('/')}/".replace("//", "/")
        self.folders = BuildFolders()
        self.built = 0
        self._shell: Shell | None = None
        self._registers: tuple[object, Registers] | None = None
        self._unsaid = Unsaid()

    @property
    def address(self) -> str:
        """Where the preview is, as it is told to the author."""
        return address_of(self.host, self.port, self.mount)

    @property
    def docs(self) -> Path:
        """The docs folder."""
        return Path(self.config.docs_dir)

    @property
    def watched(self) -> Collection[Path]:
        """The files and folders that the site is made from."""
        config = self.config
        theme = config.theme.dirs if self.theme_too else [config.theme.custom_dir]
        plugin = _plugin(config)
        own = [plugin.config.templates] if plugin else []
        names = [config.docs_dir, config.config_file_path, *theme, *own, *config.watch, *self.more]
        return {Path(name) for name in names if name}

    def clean(self) -> None:
        """Remove what was built."""
        self.config.plugins.on_shutdown()
        self.folders.clean()

    # --- all of the site

    def build(self, give_way: Callable[[], None]) -> WholeBuild:
        """Build all of the site as it now is. Raises BuildFailedError."""
        with self._unsaid.build(first=not self.built):
            try:
                config = self._configuration()
                if plugin := _plugin(config):
                    plugin.give_way, plugin.deferring = give_way, True
                with self.folders.another() as folder:
                    config.site_dir = str(folder)
                    build(config, serve_url=config.site_url)
            except (Exception, SystemExit) as error:
                raise BuildFailedError(_reason(error)) from error
        self.config = config
        self._shell = take_shell(config, _plugin(config))
        pages = self._shell.pages() if self._shell else {}
        return WholeBuild(folder, self._known(), pages, assets_mark(folder))

    def _configuration(self) -> MkDocsConfig:
        self.built += 1
        config = self.config if self.built == 1 else load_config(**self.options)
        config.site_url = self.address
        return config

    def _known(self) -> frozenset[str]:
        plugin = _plugin(self.config)
        found = plugin.published.briefings.briefings if plugin and plugin.published else ()
        return frozenset(build.path for build in found)

    # --- one briefing

    def refresh(self, briefing: str) -> FreshBriefing | None:
        """Build the briefing in this folder alone; None where it must be built with all of the site."""
        shell, plugin = self._shell, _plugin(self.config)
        if shell is None or plugin is None or not os.path.lexists(self.docs / briefing / "briefing.yml"):
            return None
        with shell.lock:
            registers, store = self._registers_now(), plugin.store(self.config)
            (made,) = map_briefings(self.docs, [briefing], registers, shell.settings, store)
            log_problems(made, self.docs)
            return shell.show(made)

    def _registers_now(self) -> Registers:
        """Return people.yml, measures.yml and topics.yml as they are; they are read when they have changed."""
        files = (self.docs / name for name in load.REGISTERS)
        state = tuple((at.st_size, at.st_mtime_ns, at.st_ino) if (at := _stat(file)) else None for file in files)
        if self._registers is None or self._registers[0] != state:
            self._registers = (state, read_registers(self.docs))
        return self._registers[1]


def _plugin(config: MkDocsConfig) -> BriefingPlugin | None:
    found = config.plugins.get("briefing")
    return found if isinstance(found, BriefingPlugin) else None


def _stat(file: Path) -> os.stat_result | None:
    try:
        return file.stat()
    except OSError:
        return None


def _reason(error: BaseException) -> str:
    """Return why a build failed; MkDocs has told of its own errors when it says that it aborts."""
    cause = error.__context__ if isinstance(error, SystemExit) else error
    if isinstance(cause, BuildError | ConfigurationError):
        return str(cause)
    if isinstance(error, SystemExit):
        return str(error)
    if isinstance(error, OSError):
        return report.reason_of(error)
    log.error("the build failed", exc_info=error)
    return f"{type(error).__name__}: {error}"


class Unsaid(logging.Filter):
    """Lets through what the last build has not said: an author reads a problem once, not at every edit."""

    def __init__(self) -> None:
        super().__init__()
        self._before: set[str] = set()
        self._said: set[str] = set()
        self._first = True

    @contextmanager
    def build(self, first: bool) -> Iterator[None]:
        """A whole build runs meanwhile; of all but the first, MkDocs' own remarks are left out."""
        handlers = logging.getLogger("mkdocs").handlers
        self._first, self._before, self._said = first, self._said, set()
        for handler in handlers:
            handler.removeFilter(self)
            handler.addFilter(self)
        yield
        self._first = False

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether a message is new."""
        if record.name == "mkdocs.preview":
            return True
        if record.levelno < logging.WARNING:
            return self._first
        said = record.getMessage()
        self._said.add(said)
        return said not in self._before
