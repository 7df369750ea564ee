"""Which search a site has, and what is written for it when all pages are there.

A theme with Material's search box gets a script of ours for it, which fetches nothing before the search is opened; only
where there is a briefing: without one not a byte of a site's pages changes. Small sites are searched in the theme's own
index, large ones with Pagefind, which fetches only the parts of its index that a query needs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger

from briefing import report, resources
from briefing.pipeline.built import SearchedPage
from briefing.pipeline.encoding import digest
from briefing.pipeline.kept_files import KeptFiles, Note, stat_of, write_site_file
from briefing.render.assets import ENGINE, search_assets
from briefing.render.messages import messages
from briefing.site import pagefind
from briefing.site.search import SearchRecord
from briefing.site.search_index import Address, documents, found_records, with_records, without_records

log = get_plugin_logger("briefing")

CHOICES = ("auto", "lunr", "pagefind", "theme")
"""What can be written as `search:`; all but "theme" take the theme's box over."""
LARGE = 600_000
"""Characters that are searched, from which on `auto` is Pagefind: an index of lunr is then about as much to fetch as
all that Pagefind needs for a first result."""
BOX = "partials/search.html"
"""The theme's template of it."""
INDEX = "search/search_index.json"
"""Where the plugin `search` writes its index."""


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a site of which there are records."""

    recorded: Mapping[str, SearchedPage]
    """By their paths among the documents."""
    address: Address
    key: str
    """A hash of all records."""


@dataclass(frozen=True, slots=True)
class SiteSearch:
    """The search of one build."""

    choice: str
    """One of CHOICES."""
    language: str
    """The site's."""
    preview: bool
    kept: Path | None = None
    """A file in which an index of Pagefind stays for the next build."""
    files: KeptFiles | None = None
    """The files of the last build's index in the site."""

    def has_own_box(self, config: MkDocsConfig) -> bool:
        """Return whether our script shows the site's search: the theme has a box whose place it can take, and the
        site's own templates have none."""
        own = config.theme.custom_dir
        if self.choice == "theme" or not _is_enabled(config, "search") or (own and Path(own, BOX).is_file()):
            return False
        return any(Path(folder, BOX).is_file() for folder in config.theme.dirs)

    def put_box(self, environment: Environment, config: MkDocsConfig) -> None:
        """Have a site's templates find our search box before the theme's."""
        loader = environment.loader
        if isinstance(loader, FileSystemLoader):
            behind_the_sites_own = 1 if config.theme.custom_dir else 0
            loader.searchpath.insert(behind_the_sites_own, str(resources.templates() / "search"))
            environment.globals["briefing_search_failed"] = messages(self.language)("search.failed")

    def write(
        self, config: MkDocsConfig, records: Callable[[], Iterable[tuple[str, Iterable[SearchRecord]]]], pages: Pages
    ) -> None:
        """Have the search of a site find records, which are given with the folder that their pages are in; the index
        of the plugin `search` is written by now."""
        index = Path(config.site_dir, INDEX)
        if index.is_file():
            made = index.read_text("utf-8")
            write_site_file(self._searched(config, made, records, pages).encode(), str(index))
        elif self.files:
            self.files.finish(Note())

    def _searched(
        self,
        config: MkDocsConfig,
        made: str,
        records: Callable[[], Iterable[tuple[str, Iterable[SearchRecord]]]],
        pages: Pages,
    ) -> str:
        """Return the index of the plugin `search` with the records, or without them where Pagefind finds them."""
        own = {url: page for path, page in pages.recorded.items() if (url := pages.address(path)) is not None}
        key = digest(made, self.choice, self.language, pages.key, sorted(own), pagefind.versions())
        if self._may_use_pagefind(config) and self._takes_last_index(config, key):
            return without_records(made, own)
        found = found_records(records(), pages.address)
        if self._wants_pagefind(config, sum(page.size for page in own.values())):
            count = sum(page.records for page in own.values())
            if self._write_pagefind(config, documents(made, found, own, count, self.language), key):
                return without_records(made, own)
            found = found_records(records(), pages.address)
        if self.files:
            self.files.finish(Note())
        return with_records(made, [one for own in found for one in own])

    def _takes_last_index(self, config: MkDocsConfig, key: str) -> bool:
        """Return whether the last build made an index of Pagefind from the same, whose files are in the site again."""
        if not self.files or self.files.last.facts.get("key") != key:
            return False
        last = self.files.last
        wanted = {path: key for path, (key, _) in last.files.items() if path.startswith(f"{pagefind.FOLDER}/")}
        if len(self.files.take(wanted)) < len(last.files):
            return False  # make_index may have them all, and the others are as they are to be
        write_site_file(search_assets("pagefind")[ENGINE], str(Path(config.site_dir, ENGINE)))
        self.files.finish(last)
        return True

    def _may_use_pagefind(self, config: MkDocsConfig) -> bool:
        """Return whether Pagefind is not ruled out: a preview does without."""
        return (
            not self.preview
            and self.choice in ("auto", "pagefind")
            and self.has_own_box(config)
            and not _is_enabled(config, "offline")
            and pagefind.is_installed()
        )

    def _wants_pagefind(self, config: MkDocsConfig, size: int) -> bool:
        """Return whether Pagefind is wanted and can be had: a preview does without, and a site on a disk cannot be
        searched by it. A line says why it cannot."""
        if self.preview or self.choice not in ("auto", "pagefind") or not self.has_own_box(config):
            return False
        if self.choice == "auto" and size < LARGE:
            return False
        if _is_enabled(config, "offline"):
            if self.choice == "pagefind":
                log.warning("Pagefind cannot search a site on a disk, so the plugin `offline` is searched with lunr")
            return False
        if not pagefind.is_installed():
            tell = log.warning if self.choice == "pagefind" else log.info
            tell("the search is made with lunr, whose index is fetched whole; for Pagefind: %s", pagefind.INSTALL)
            return False
        return True

    def _write_pagefind(self, config: MkDocsConfig, texts: Iterable[tuple[str, str]], key: str) -> bool:
        """Return whether an index of Pagefind could be written; a line says why not.

        Most of its files have the words of one document, and are in the last site already: those are moved back.
        """
        try:
            files = pagefind.make_index(texts, self.language, self.kept, key)
        except (pagefind.PagefindError, OSError) as error:
            told = str(error) if isinstance(error, pagefind.PagefindError) else report.reason_of(error, config.site_dir)
            log.warning("Pagefind made no index, so the search is made with lunr: %s", told)
            return False
        contents = {f"{pagefind.FOLDER}/{name}": content for name, content in files.items()}
        keys = {path: hashlib.blake2b(content, digest_size=16).hexdigest() for path, content in contents.items()}
        there = self.files.take(keys) if self.files else {}
        for path in contents.keys() - there.keys():
            write_site_file(contents[path], str(Path(config.site_dir, path)))
            there[path] = stat_of(Path(config.site_dir, path))
        write_site_file(search_assets("pagefind")[ENGINE], str(Path(config.site_dir, ENGINE)))
        if self.files:
            self.files.finish(Note(facts={"key": key}, files={path: (keys[path], there[path]) for path in keys}))
        return True


def _is_enabled(config: MkDocsConfig, name: str) -> bool:
    """Return whether a plugin of Material is part of a build."""
    plugin = config.plugins.get(f"material/{name}")
    return plugin is not None and bool(plugin.config.get("enabled", True))
