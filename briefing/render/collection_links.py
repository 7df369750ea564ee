"""Links from a briefing's pages to what is said across all of them; nothing where the site has no such pages."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.collection import topic_name
from briefing.model import Briefing, ContextNote, Figure, Quotation
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.messages import Messages
from briefing.render.routes import Routes, relative_link


def topic_links(routes: Routes, briefing: Briefing, tags: Iterable[str]) -> tuple[Markup, ...]:
    """What the tags are called, each a link to its topic where there is a page of it."""
    pages = ((topic_name(tag, briefing), routes.topic(tag)) for tag in tags)
    return tuple(_link(briefing, name, page) if page else in_markdown(name) for name, page in dict.fromkeys(pages))


def people_links(
    routes: Routes, briefing: Briefing, annotation: Quotation | Figure | ContextNote, say: Messages
) -> tuple[Markup, ...]:
    """Who else has to do with an annotation: who states a figure, who quotes the speaker of a quotation."""
    if isinstance(annotation, ContextNote):
        return ()
    ids = annotation.via if isinstance(annotation, Quotation) else (annotation.speaker,)
    return tuple(one for id in dict.fromkeys(ids) if (one := person_link(routes, briefing, id, say)))


def person_link(routes: Routes, briefing: Briefing, id: str, say: Messages) -> Markup:
    """The link to everything that somebody said; empty where there is no such page."""
    page = routes.people.get(id, "")
    return _link(briefing, say("people.all", name=briefing.people[id].name), page) if page else Markup()


def measure_link(routes: Routes, briefing: Briefing, figure: Figure) -> Markup:
    """The link to all values of a figure's measure; empty where there is none."""
    page = routes.measures.get(figure.measure, "")
    return _link(briefing, briefing.measures[figure.measure].label, page) if page else Markup()


def _link(briefing: Briefing, words: str, there: str) -> Markup:
    """All pages of a briefing lie in its folder, so one link serves them all."""
    return link(in_markdown(words), relative_link(f"{briefing.path}/index.md", there))
