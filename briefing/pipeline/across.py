"""What is made of all briefings together, kept by the hash of what it shows: pages across them, and the same words.

One changed briefing makes only those pages anew on which it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from briefing import render
from briefing.collection import Collection, CollectionItem, Echo, Echoes, collect, echoes
from briefing.model import Briefing, Page
from briefing.pipeline import fingerprints
from briefing.pipeline.built import BuiltBriefing
from briefing.pipeline.encoding import decode, digest, encode
from briefing.pipeline.fingerprints import program
from briefing.pipeline.site_pages import Facts, SitePage
from briefing.pipeline.store import Store, remembered
from briefing.render.collection import PlannedPage
from briefing.render.environment import Templates
from briefing.render.page_html import HtmlRules, PageHtml, PageLinks, page_html
from briefing.render.routes import Routes
from briefing.site.search import SearchRecord, records_across


def _newest_first(builds: Iterable[BuiltBriefing]) -> list[BuiltBriefing]:
    """Return builds in the order of `collect`."""
    return sorted(builds, key=lambda one: (one.outline.said, one.outline.date, one.path), reverse=True)


def echoes_of(shown: Iterable[BuiltBriefing], store: Store) -> Echoes:
    """Return where else the words of annotations are."""
    newest = _newest_first(shown)
    of = {build.path: build for build in newest}
    found = remembered(
        store,
        "echoes",
        list[tuple[tuple[str, str], tuple[Echo, ...]]],
        lambda: list(echoes([build.hashes for build in newest], lambda path: of[path].words).items()),
        [(build.path, build.outline.facts) for build in newest],
    )
    return dict(found)


@dataclass(frozen=True, slots=True)
class AcrossPage:
    """A page across briefings without its text."""

    path: str
    edit: str
    key: str
    """A hash of its text."""
    kept: str
    """Its key in the store: a hash of what it shows."""


@dataclass(frozen=True, slots=True)
class AcrossOutline:
    """The pages across briefings without their text, and what a search finds of them."""

    routes: Routes
    pages: tuple[AcrossPage, ...]
    records: tuple[SearchRecord, ...]


_Rendered = tuple[Page, PageHtml | None]


class PagesAcross:
    """Makes the pages across briefings, or finds them in a store by what they show."""

    def __init__(
        self,
        shown: Facts,
        templates: Templates,
        language: str,
        parts: tuple[str, ...],
        feeds: bool,
        html: HtmlRules | None,
        store: Store,
        copies: tuple[str, ...] = (),
    ) -> None:
        self._facts, self._html, self._store = shown, html, store
        self._keys = {path: build.outline.facts for path, build in shown.builds.items()}
        self._templates, self._language, self._parts, self._feeds = templates, language, parts, feeds
        self._copies = copies
        self._look = digest(fingerprints.templates(templates), language, html)

    def outline(self) -> AcrossOutline:
        """Return which pages there are."""
        inputs = (self._facts.key, self._look, self._parts, self._feeds, self._copies)
        found: AcrossOutline = remembered(self._store, "across", AcrossOutline, self._make, *inputs)
        for page in found.pages:
            self._store.use(page.kept)
        return found

    def page(self, page: AcrossPage) -> SitePage:
        """Return a page that is read when it is asked for."""
        read = partial(self._read, page)

        def led() -> PageLinks | None:
            html = read()[1]
            return html.reach if html else None

        return SitePage(page.path, page.edit, page.key, lambda: read()[0], lambda: read()[1], led)

    def _make(self) -> AcrossOutline:
        collection = collect(self._facts.values())
        routes, planned = self._plan(collection)
        look = digest(self._look, routes)
        pages = tuple(self._outline_of(page, look) for page in planned)
        return AcrossOutline(routes, pages, records_across(collection, routes, self._language))

    def _plan(self, collection: Collection) -> tuple[Routes, Iterator[PlannedPage]]:
        routes = render.make_routes(collection, self._parts, feeds=self._feeds, copies=self._copies)
        return routes, render.plan_across(collection, routes, self._templates.environment(), self._language)

    def _outline_of(self, page: PlannedPage, look: str) -> AcrossPage:
        """Return a page without its text; `look` is a hash of what all of them have in common."""
        shows = self._facts.key if page.shows is None else self._in_keys(page.shows)
        kept = digest("page across", program(), look, page.path, page.edit, page.rest, shows)
        made = self._kept(kept)
        if made is None:
            made = self._render(page)
            self._store.put(kept, {"page": encode(made)})
        return AcrossPage(page.path, page.edit, digest(made), kept)

    def _render(self, planned: PlannedPage) -> _Rendered:
        page = planned.make()
        return page, page_html(page, self._html) if self._html else None

    def _in_keys(self, value: object) -> object:
        """Return what a page shows, with the hash of its briefing in place of each record."""
        if isinstance(value, tuple):
            return [self._in_keys(one) for one in value]
        if isinstance(value, Briefing):
            return self._keys[value.path]
        if isinstance(value, CollectionItem):
            return self._keys[value.briefing.path], type(value.record).__name__, value.record.id
        return value

    def _kept(self, key: str) -> _Rendered | None:
        data = self._store.get(key, "page")
        return None if data is None else decode(data, _Rendered)

    def _read(self, page: AcrossPage) -> _Rendered:
        if made := self._kept(page.kept):
            return made
        _, every = self._plan(collect(self._facts.values()))
        return next(self._render(planned) for planned in every if planned.path == page.path)
