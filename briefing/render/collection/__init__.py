"""Turns a collection into Markdown pages across briefings: indexes, and a page for each person, topic and measure.

`routes` says which pages there are and where; each family has its module, which yields pages (path, template, views);
long lists are cut into pages. Everything speaks the language of the site.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from jinja2 import Environment

from briefing.collection import Collection
from briefing.model import Page
from briefing.render.collection import data, measures, pages
from briefing.render.collection.context import CollectionContext, CollectionPage
from briefing.render.escape import collapse_blank_lines
from briefing.render.messages import Messages, messages
from briefing.render.metadata import front_matter
from briefing.render.routes import Part, Routes

_FAMILIES: Mapping[Part, Callable[[CollectionContext], Iterator[CollectionPage]]] = {
    "people": pages.people_pages,
    "topics": pages.topic_pages,
    "timeline": pages.timeline_pages,
    "measures": measures.pages,
    "references": pages.work_pages,
    "data": data.pages,
}


@dataclass(frozen=True, slots=True)
class PlannedPage:
    """A page across briefings that can be made."""

    path: str
    edit: str
    """The file to open for a change, relative to the docs folder."""
    rest: tuple[object, ...]
    """What it shows besides `shows`, the routes and its template."""
    shows: tuple[object, ...] | None
    """See `CollectionPage`."""
    make: Callable[[], Page]


def plan(collection: Collection, routes: Routes, templates: Environment, language: str) -> Iterator[PlannedPage]:
    """Yield the pages that `routes` points to, in the language of the site, before any of them is made."""
    say = messages(_regional(collection, language))
    context = CollectionContext(collection, routes, say, "")
    for page in (page for part, _ in routes.indexes for page in _FAMILIES[part](context)):
        rest = (page.template, page.title, page.about, page.number, page.of, say.tag)
        yield PlannedPage(page.path, page.edit, rest, page.shows, partial(_page, page, templates, say))


def render(collection: Collection, routes: Routes, templates: Environment, language: str) -> tuple[Page, ...]:
    """The pages that `routes` points to, in the language of the site."""
    return tuple(page.make() for page in plan(collection, routes, templates, language))


def _regional(collection: Collection, language: str) -> str:
    """The language as most briefings in it write dates: a site in `en` whose briefings are in `en-GB` is British."""
    kinds = Counter(b.language for b in collection.briefings if b.language.split("-")[0] == language)
    return kinds.most_common(1)[0][0] if kinds else language


def _page(page: CollectionPage, templates: Environment, say: Messages) -> Page:
    title = page.title if page.number == 1 else say("pager.title", title=page.title, n=page.number)
    facts = {
        "title": title,
        "description": page.about,
        "language": say.tag,
        "direction": say.direction,
        "locale": say.tag,
        "across": page.template,
    }
    views = {**page.views(), "say": say, "title": page.title, "about": page.about, "number": page.number}
    body = templates.get_template(f"{page.template}.md.jinja").render(views)
    return Page(
        page.path,
        front_matter(title, page.about, facts, ("navigation",), searched=page.number == 1) + collapse_blank_lines(body),
        page.edit,
    )
