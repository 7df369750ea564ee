"""Renders the theme of pages that are ready, and has the search know them, as MkDocs does in its loops."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from jinja2 import Environment
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import BuildError
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils.templates import TemplateContext

from briefing.mkdocs.fingerprint import NotedContext, NotedLoader, TemplateSource
from briefing.mkdocs.generated_pages import ReadyPage
from briefing.mkdocs.page_events import searches
from briefing.pipeline.kept_files import Stat, stat_of, write_site_file

log = logging.getLogger("mkdocs.commands.build")
"""What MkDocs itself says of pages is said in its name."""

_MARK = re.compile(r'data-search-\w+="[^"]+"')
"""What Material's search removes from a page, with white space before it. Its own pattern tries every character, which
takes a tenth of the time of a page; this one begins with letters that can be looked for."""
_SPECIMEN = '<p data-search-exclude="" \tdata-search-exclude="a">data-search-b="c"data-search-d="e" "</p>'


@dataclass(frozen=True, slots=True)
class Presentation:
    """What the plugin adds to its pages."""

    present: Callable[[TemplateContext, MkDocsPage], object]
    """Gives the context of a page what it shows besides."""
    finish: Callable[[str, MkDocsPage], str]
    """Ends the output of a page."""
    facts: Callable[[str], object]
    """All that these two show on the page of a path, apart from its content and what all pages have in common."""
    has_records: Callable[[str], bool]
    """Whether the search has records of the page of a path, so that its HTML is not indexed."""


@dataclass(frozen=True, slots=True)
class WrittenPage:
    """What became of a page."""

    shown: bool
    """Whether the theme gave it any content."""
    stat: Stat | None
    """What its file is recognised by, if it can be kept for the next build."""
    templates: Mapping[str, TemplateSource] = field(default_factory=dict)
    """Those that were loaded for it and not before."""


class Renderer:
    """Makes the final HTML of pages."""

    def __init__(
        self,
        config: MkDocsConfig,
        env: Environment,
        nav: Navigation,
        pages: Sequence[File],
        plugin: Presentation,
        templates: NotedLoader,
    ) -> None:
        self.config = config
        self.env = env
        self.nav = nav
        self.pages = pages
        self.plugin = plugin
        self.templates = templates
        self._as_known: bool | None = None
        """Whether the searches of the site remove from a page what `without_marks` does; None before that is tried."""

    def write(self, file: File) -> WrittenPage:
        """Render a page and write it, as MkDocs does; one that a template leaves empty is not written."""
        page = file.page
        assert page is not None
        before: Collection[str] = frozenset(self.templates.noted)
        NotedContext.looked = False
        output = self.output(page)
        loaded = {name: source for name, source in self.templates.noted.items() if name not in before}
        if not output.strip():
            return WrittenPage(False, None, loaded)
        write_site_file(output.encode("utf-8", errors="xmlcharrefreplace"), file.abs_dest_path)
        return WrittenPage(True, None if NotedContext.looked else stat_of(file.abs_dest_path), loaded)

    def output(self, page: MkDocsPage) -> str:
        """Return the HTML of a page with its theme."""
        self.config._current_page = page
        page.active = True
        try:
            context = get_context(self.nav, self.pages, self.config, page)
            template = self.env.get_template(page.meta.get("template", "main.html"))
            if _MARK.search(page.content or ""):
                self._remove_marks(context, page)
            self.plugin.present(context, page)
            return self.plugin.finish(template.render(context), page)
        except Exception as error:
            told = "" if isinstance(error, BuildError) else f" {error}"
            log.error("Error building page '%s':%s", page.file.src_uri, told)
            raise
        finally:
            page.active = False
            self.config._current_page = None
            if isinstance(page, ReadyPage):
                page.forget()

    def _remove_marks(self, context: TemplateContext, page: MkDocsPage) -> None:
        """Have a page lose what the searches of the site remove from it."""
        if self._as_known is None:
            specimen = _Specimen(_SPECIMEN)
            with suppress(Exception):  # one that wants to know more of a page is asked for each
                self._show_to_searches({}, specimen)
            self._as_known = specimen.content == without_marks(_SPECIMEN)
        if self._as_known:
            page.content = without_marks(page.content or "")
        else:
            self._show_to_searches(context, page)

    def _show_to_searches(self, context: Any, page: Any) -> None:
        for plugin in unindexed(self.config):
            plugin.on_page_context(context, page=page, config=self.config, nav=self.nav)


@dataclass(slots=True)
class _Specimen:
    """As much of a page as a search changes."""

    content: str


def without_marks(html: str) -> str:
    """Return a page without what Material's search removes from it."""
    parts, at = [], 0
    for found in _MARK.finditer(html):
        start = found.start()
        parts.append(html[at : start - 1 if start > at and html[start - 1].isspace() else start])
        at = found.end()
    return "".join((*parts, html[at:]))


class _NoIndex:
    """An index of a search that takes nothing."""

    def add_entry_from_context(self, page: MkDocsPage) -> None:
        """Do nothing."""


def unindexed(config: MkDocsConfig) -> Iterator[Any]:
    """Yield copies of the searches of a site, which remove from a page what they remove and take nothing into an index.

    Copies, since another build may run in another thread of a preview, where a plugin is the same in all of them.
    """
    for plugin in searches(config):
        made = copy(plugin)
        made.search_index = _NoIndex()
        yield made


def index_pages(
    pages: Sequence[MkDocsPage | None], every: Sequence[File], config: MkDocsConfig, nav: Navigation
) -> None:
    """Have the site's search take pages into its index, in place of the event that MkDocs would send.

    What it has of them is then where it would be, in the order of `every` page of the site.
    """
    place = {file.page.url: number for number, file in enumerate(every) if file.page}
    for plugin in searches(config):
        for page in pages:
            plugin.on_page_context({}, page=page, config=config, nav=nav)
            if isinstance(page, ReadyPage):
                page.forget()
        index = plugin.search_index
        entries = index.entries if hasattr(index, "entries") else index._entries  # Material's search, and MkDocs'
        entries.sort(key=lambda entry: place.get(entry["location"].partition("#")[0], len(place)))
