"""Annotations and themes as they are shown away from their briefing: their words, who says them, and links."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from briefing.collection import CollectionItem
from briefing.model import Briefing, Derived, Figure, Quotation, Theme
from briefing.render.collection.context import CollectionContext
from briefing.render.escape import Markup, in_markdown
from briefing.render.messages import messages
from briefing.render.record_view import Record, RecordView, status_words, view_record
from briefing.render.routes import folder_link
from briefing.render.statements import is_reported, parts_of, shorten
from briefing.render.summary_counts import description

_SUMMARY = 240
"""Letters of a briefing's summary among other briefings."""

Statement = CollectionItem[Any]
"""An item of any kind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementView:
    """One statement."""

    kind: str
    """`quotation`, `reported`, `figure`, `derived`, `context` or `theme`."""
    heading: str
    """What it is called; of a reported statement whose it is, empty for a quotation, whose words say it."""
    value: str
    """Of a figure."""
    parts: tuple[Markup, ...]
    """The source's words, a part for each passage: HTML on one line; empty for a theme or a derived figure."""
    language: str
    verdict: Markup
    """On a claim, as it is shown; empty for all that is not assessed."""
    details: tuple[Markup, ...]
    """What kind of statement it is, who says it, who quotes it."""
    links: tuple[Markup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What one briefing has, on one page."""

    id: Markup
    link: Markup
    language: str
    """Of the briefing's title."""
    direction: str
    place: str
    """When and where it was said: the day and the publisher of the source."""
    role: str
    """What the person was then; empty on other pages."""
    summary: str
    """Where the briefing itself is meant; empty otherwise."""
    status: str
    entries: tuple[StatementView, ...]


def groups(
    context: CollectionContext, rows: Iterable[tuple[Briefing, Statement | None]], person: str = "", prefix: str = "_b"
) -> Iterator[Group]:
    """Rows by briefing, in their order; a row without a statement is the briefing itself.

    `prefix` begins the fragment of each group.
    """
    for number, (_, found) in enumerate(groupby(rows, key=lambda row: row[0].path), 1):
        own = list(found)
        items = [item for _, item in own if item]
        yield _group(context, f"{prefix}{number}", own[0][0], items, person, whole=len(items) < len(own))


def _group(
    context: CollectionContext, id: str, briefing: Briefing, items: list[Statement], person: str, whole: bool
) -> Group:
    theirs = messages(briefing.language)
    return Group(
        id=Markup(id),
        link=context.to_briefing(briefing),
        language=theirs.tag,
        direction=theirs.direction,
        place=place(context, briefing),
        role=briefing.roles.get(person, ""),
        summary=shorten(description(briefing, theirs), _SUMMARY) if whole else "",
        status=status_words(briefing.status, context.say, "briefing"),
        entries=tuple(entry(context, item, person) for item in items),
    )


def place(context: CollectionContext, briefing: Briefing) -> str:
    """When and where: the day on which the source was published, and its publisher or title.

    Where that day is not known the briefing's own is shown, and called so.
    """
    source, say = briefing.source, context.say
    where = source.publisher or source.title
    if source.published:
        return " · ".join(filter(None, (say.date(source.published), where)))
    return " · ".join(filter(None, (where, say("across.briefed", date=say.date(briefing.date)))))


def entry(context: CollectionContext, item: Statement, person: str = "") -> StatementView:
    """Return a statement; on the page of `person` their own name is left out."""
    briefing, record = item.briefing, item.record
    view = view_record(briefing, record, context.say, folder_link(context.here, briefing.path))
    return StatementView(
        kind=view.kind,
        heading=view.title,
        value="" if _says_value(briefing, record, view) else view.value,  # else the same words stand there twice
        parts=view.parts,
        language=view.language,
        verdict=view.verdict,
        details=tuple(filter(None, _details(context, briefing, record, view, person))),
        links=tuple(filter(None, (view.more, view.in_text))),
    )


def _says_value(briefing: Briefing, record: Record, view: RecordView) -> bool:
    """Return whether the words of a record are its value."""
    return bool(view.parts) and parts_of(briefing, record) == (" ".join(view.value.split()),)  # type: ignore[arg-type]


def _details(
    context: CollectionContext, briefing: Briefing, record: Record, view: RecordView, person: str
) -> Iterator[Markup]:
    say = context.say
    yield in_markdown(view.status)
    if isinstance(record, Theme):
        yield in_markdown(f"{say('kind.theme')}: {say('count.comments', n=len(record.members))}")
    if isinstance(record, Derived):
        yield in_markdown(f"{say('kind.derived')}: ") + Markup("<code>{}</code>").format(record.formula)
    if isinstance(record, Quotation | Figure) and record.speaker not in ("", person):
        yield _person(context, briefing, record.speaker)
    if isinstance(record, Quotation):
        yield in_markdown(view.statement)
        yield _via(context, briefing, record)
    yield from map(in_markdown, (view.reporter, view.basis, view.period))


def _via(context: CollectionContext, briefing: Briefing, quotation: Quotation) -> Markup:
    """Return who passes a statement on, with links; empty where nobody does."""
    if not quotation.via:
        return Markup()
    names = context.say.list(["{}"] * len(quotation.via))
    key = "reported.via" if is_reported(quotation) else "quotes.via"
    who = Markup(in_markdown(context.say(key, names=names)).replace("&#123;&#125;", "{}"))
    return who.format(*(_person(context, briefing, id) for id in quotation.via))


def _person(context: CollectionContext, briefing: Briefing, id: str) -> Markup:
    return context.to_person(id, briefing.people[id].name if id in briefing.people else id)
