"""Turns a collection into Markdown pages across briefings: indexes, and a page for each person, topic and measure.

`routes` says which pages there are and where; each family has its module, which yields pages (path, template, views);
long lists are cut into pages. Everything speaks the language of the site.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from jinja2 import Environment

from briefing.collection import Collection
from briefing.model import Page
from briefing.render.collection import measures, pages
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
}


def render(collection: Collection, routes: Routes, templates: Environment, language: str) -> tuple[Page, ...]:
    """The pages that `routes` points to, in the language of the site."""
    say = messages(_regional(collection, language))
    context = CollectionContext(collection, routes, say, "")
    pages = (page for part, _ in routes.indexes for page in _FAMILIES[part](context))
    return tuple(_page(page, templates, say) for page in pages)


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
    views = {**page.views, "say": say, "title": page.title, "about": page.about, "number": page.number}
    body = templates.get_template(f"{page.template}.md.jinja").render(views)
    return Page(
        page.path,
        front_matter(title, page.about, facts, ("navigation",), searched=page.number == 1) + collapse_blank_lines(body),
        page.edit,
    )
