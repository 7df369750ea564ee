"""The index of references: which briefings rest on which documents."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from briefing.collection import Work, WorkUse
from briefing.render.collection.context import CollectionContext, CollectionPage, make_index
from briefing.render.escape import Markup, in_markdown, link


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


def pages(context: CollectionContext) -> Iterator[CollectionPage]:
    """Yield the index of references by publisher; nothing without works."""
    yield from make_index(
        context,
        "references",
        context.collection.works,
        lambda own, part: {
            "publishers": [
                _publisher_works(own, name, list(found))
                for name, found in groupby(part.items, key=lambda work: work.publisher)
            ]
        },
    )


def _publisher_works(context: CollectionContext, publisher: str, works: Sequence[Work]) -> PublisherWorks:
    rows = tuple(_work_row(context, work) for work in works)
    return PublisherWorks(publisher or context.say("references.no_publisher"), rows)


def _work_row(context: CollectionContext, work: Work) -> WorkRow:
    words = work.title or work.url
    return WorkRow(
        title=link(in_markdown(words), work.url) if work.url else in_markdown(words),
        published=context.say.date(work.published),
        source_of=tuple(context.to_briefing(use.briefing) for use in work.uses if not use.reference),
        cited_in=tuple(_entry_link(context, use) for use in work.uses if use.reference),
    )


def _entry_link(context: CollectionContext, use: WorkUse) -> Markup:
    assert use.reference
    return context.to(use.briefing.title, f"{use.briefing.path}/method.md", use.reference.id)
