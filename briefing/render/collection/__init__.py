"""Turns a collection into Markdown pages across briefings: indexes, and a page for each person, topic and measure.

`signs` says which pages there are and where; each family has its module, which yields leaves (path, template, views);
long lists are cut into pages. Everything speaks the language of the site.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from jinja2 import Environment

from briefing.collection import Collection
from briefing.model import Page
from briefing.render.collection import measures, people, timeline, topics, works
from briefing.render.collection.context import CollectionContext, CollectionPage
from briefing.render.escape import collapse_blank_lines
from briefing.render.messages import Messages, messages
from briefing.render.metadata import front_matter
from briefing.render.routes import Part, Routes

_FAMILIES: Mapping[Part, Callable[[CollectionContext], Iterator[CollectionPage]]] = {
    "people": people.leaves,
    "topics": topics.leaves,
    "timeline": timeline.leaves,
    "measures": measures.leaves,
    "references": works.leaves,
}


def render(collection: Collection, signs: Routes, templates: Environment, language: str) -> tuple[Page, ...]:
    """The pages that `signs` points to, in the language of the site."""
    say = messages(_regional(collection, language))
    desk = CollectionContext(collection, signs, say, "")
    leaves = (leaf for part, _ in signs.indexes for leaf in _FAMILIES[part](desk))
    return tuple(_page(leaf, templates, say) for leaf in leaves)


def _regional(collection: Collection, language: str) -> str:
    """The language as most briefings in it write dates: a site in `en` whose briefings are in `en-GB` is British."""
    kinds = Counter(b.language for b in collection.briefings if b.language.split("-")[0] == language)
    return kinds.most_common(1)[0][0] if kinds else language


def _page(leaf: CollectionPage, templates: Environment, say: Messages) -> Page:
    title = leaf.title if leaf.number == 1 else say("pager.title", title=leaf.title, n=leaf.number)
    facts = {
        "title": title,
        "description": leaf.about,
        "language": say.tag,
        "direction": say.direction,
        "locale": say.tag,
        "across": leaf.template,
    }
    views = {**leaf.views, "say": say, "title": leaf.title, "about": leaf.about, "number": leaf.number}
    body = templates.get_template(f"{leaf.template}.md.jinja").render(views)
    return Page(
        leaf.path,
        front_matter(title, leaf.about, facts, searched=leaf.number == 1) + collapse_blank_lines(body),
        leaf.edit,
    )
