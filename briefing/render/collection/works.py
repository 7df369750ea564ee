"""The index of references: which briefings rest on which documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from briefing.collection import Work, WorkUse
from briefing.render.collection.context import CollectionContext, CollectionPage
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.pagination import paginate

PATH = "references/index.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """One document."""

    title: Markup
    """A link where its address is known."""
    published: str
    source_of: tuple[Markup, ...]
    """The briefings that it is the source of."""
    cited_in: tuple[Markup, ...]
    """The entries in other briefings' references."""


@dataclass(frozen=True, slots=True)
class PublisherWorks:
    """The documents of one publisher."""

    publisher: str
    lines: tuple[WorkRow, ...]


def leaves(desk: CollectionContext) -> Iterator[CollectionPage]:
    """The index of references by publisher; nothing without works."""
    works, say = desk.collection.works, desk.say
    for page in paginate(PATH, works) if works else ():
        own = replace(desk, here=page.path)
        shelves = [_shelf(own, name, list(found)) for name, found in groupby(page.items, key=lambda w: w.publisher)]
        views = {"shelves": shelves, "pager": page.pager(say)}
        title, intro = say("across.references"), say("references.intro")
        yield CollectionPage(page.path, "references", title, intro, views, number=page.number)


def _shelf(desk: CollectionContext, publisher: str, works: Sequence[Work]) -> PublisherWorks:
    return PublisherWorks(publisher or desk.say("references.no_publisher"), tuple(_line(desk, work) for work in works))


def _line(desk: CollectionContext, work: Work) -> WorkRow:
    words = work.title or work.url
    return WorkRow(
        title=link(in_markdown(words), work.url) if work.url else in_markdown(words),
        published=desk.say.date(work.published),
        source_of=tuple(desk.to_briefing(use.briefing) for use in work.uses if not use.reference),
        cited_in=tuple(_cited(desk, use) for use in work.uses if use.reference),
    )


def _cited(desk: CollectionContext, use: WorkUse) -> Markup:
    assert use.reference
    return desk.to(use.briefing.title, f"{use.briefing.path}/method.md", use.reference.id)
