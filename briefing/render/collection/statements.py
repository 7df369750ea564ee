"""An annotation or theme as it is shown away from its briefing: its words, who says them, and the way to its card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from briefing.collection import CollectionItem
from briefing.model import Briefing, ContextNote, Derived, Figure, Quotation, Theme
from briefing.render import statements
from briefing.render.cards import slices
from briefing.render.collection.context import CollectionContext
from briefing.render.escape import Markup, in_markdown
from briefing.render.figures import as_said, with_unit
from briefing.render.index import PAGES, kind_of, speaker_of
from briefing.render.messages import messages
from briefing.render.pagination import layout
from briefing.render.statements import shorten
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
    desk: CollectionContext, rows: Iterable[tuple[Briefing, Statement | None]], person: str = "", prefix: str = "_b"
) -> Iterator[Group]:
    """Rows by briefing, in their order; a row without a statement is the briefing itself.

    `prefix` begins the fragment of each group.
    """
    for number, (_, found) in enumerate(groupby(rows, key=lambda row: row[0].path), 1):
        own = list(found)
        items = [item for _, item in own if item]
        yield _group(desk, f"{prefix}{number}", own[0][0], items, person, whole=len(items) < len(own))


def _group(
    desk: CollectionContext, id: str, briefing: Briefing, items: list[Statement], person: str, whole: bool
) -> Group:
    theirs = messages(briefing.language)
    return Group(
        id=Markup(id),
        link=desk.to_briefing(briefing),
        language=theirs.tag,
        direction=theirs.direction,
        place=place(desk, briefing),
        role=briefing.roles.get(person, ""),
        summary=_summary(briefing) if whole else "",
        status=_status(desk, briefing.status, "briefing"),
        entries=tuple(entry(desk, item, person) for item in items),
    )


def place(desk: CollectionContext, briefing: Briefing) -> str:
    """When and where: the day on which the source was published, and its publisher or title.

    Where that day is not known the briefing's own is shown, and called so.
    """
    source, say = briefing.source, desk.say
    where = source.publisher or source.title
    if source.published:
        return " · ".join(filter(None, (say.date(source.published), where)))
    return " · ".join(filter(None, (where, say("across.briefed", date=say.date(briefing.date)))))


def entry(desk: CollectionContext, item: Statement, person: str = "") -> StatementView:
    """A statement; on the page of `person` their own name is left out."""
    briefing, record = item.briefing, item.record
    if isinstance(record, Theme):
        return _theme(desk, briefing, record)
    if isinstance(record, Derived):
        return _derived(desk, briefing, record)
    return StatementView(
        kind=kind_of(record),
        heading=_heading(desk, briefing, record),
        value=as_said(briefing, record) if isinstance(record, Figure) else "",
        parts=slices(briefing, record),
        language=briefing.source.language,
        details=tuple(_details(desk, briefing, record, person)),
        links=tuple(_links(desk, briefing, record)),
    )


def _theme(desk: CollectionContext, briefing: Briefing, theme: Theme) -> StatementView:
    say = desk.say
    count = f"{say('kind.theme')}: {say('count.comments', n=len(theme.members))}"
    return StatementView(
        kind="theme",
        heading=theme.title,
        value="",
        parts=(),
        language=briefing.language,
        details=tuple(in_markdown(one) for one in (_status(desk, theme.status, "item"), count) if one),
        links=(desk.to(say("text.more"), f"{briefing.path}/{layout(briefing).places[theme.id]}.md", theme.id),),
    )


def _derived(desk: CollectionContext, briefing: Briefing, derived: Derived) -> StatementView:
    """A number that stands in no source: without words, and with the formula that gives it."""
    say = desk.say
    formula = Markup("<code>{}</code>").format(in_markdown(derived.formula))
    kind = in_markdown(f"{say('kind.derived')}: ") + formula
    status = in_markdown(_status(desk, derived.status, "item"))
    return StatementView(
        kind="derived",
        heading=derived.label,
        value=with_unit(say.number(derived.value), derived.unit, say),
        parts=(),
        language=briefing.language,
        details=tuple(one for one in (status, kind) if one),
        links=(desk.to(say("text.more"), f"{briefing.path}/{PAGES['derived']}", derived.id),),
    )


def _heading(desk: CollectionContext, briefing: Briefing, record: Quotation | Figure | ContextNote) -> str:
    if isinstance(record, Quotation):
        if not statements.is_reported(record):
            return ""
        return desk.say("reported.heading", speaker=speaker_of(briefing, record, desk.say))
    return record.label if isinstance(record, Figure) else record.title


def _details(
    desk: CollectionContext, briefing: Briefing, record: Quotation | Figure | ContextNote, person: str
) -> Iterator[Markup]:
    say = desk.say
    if status := _status(desk, record.status, "item"):
        yield in_markdown(status)
    if isinstance(record, Quotation | Figure) and record.speaker not in ("", person):
        yield _person(desk, briefing, record.speaker)
    if isinstance(record, Quotation):
        yield from _as_quoted(desk, briefing, record)
    if isinstance(record, Figure):
        if record.speaker and not briefing.anchors[record.id].spoken:
            yield in_markdown(statements.reporter(briefing, record, say))
        if record.basis:
            yield in_markdown(say(f"figures.basis.{record.basis}"))
        if record.period:
            yield in_markdown(say.date(record.period))


def _as_quoted(desk: CollectionContext, briefing: Briefing, quotation: Quotation) -> Iterator[Markup]:
    """What kind of statement it is, who passes it on, who reports it."""
    say, reported = desk.say, statements.is_reported(quotation)
    if quotation.kind != "direct":
        yield in_markdown(say(f"quotes.kind.{quotation.kind}"))
    if quotation.via:
        names = say.list(["{}"] * len(quotation.via))
        key = "reported.via" if reported else "quotes.via"
        who = Markup(in_markdown(say(key, names=names)).replace("&#123;&#125;", "{}"))
        yield who.format(*(_person(desk, briefing, id) for id in quotation.via))
    if reported:
        yield in_markdown(statements.reporter(briefing, quotation, say))


def _person(desk: CollectionContext, briefing: Briefing, id: str) -> Markup:
    return desk.to_person(id, briefing.people[id].name if id in briefing.people else id)


def _links(desk: CollectionContext, briefing: Briefing, record: Quotation | Figure | ContextNote) -> Iterator[Markup]:
    page, comment = f"{briefing.path}/{PAGES[kind_of(record)]}", briefing.anchors[record.id].comment
    yield desk.to(desk.say("text.more"), page, record.id)
    if comment:
        place = layout(briefing).places[comment]
        yield desk.to(desk.say("card.in_comment"), f"{briefing.path}/{place}.md", comment)
    else:
        yield desk.to(desk.say("card.in_text"), f"{briefing.path}/text.md", f"t-{record.id}")


def _status(desk: CollectionContext, status: str, what: str) -> str:
    return "" if status == "published" else desk.say(f"{status}.{what}")


def _summary(briefing: Briefing) -> str:
    return shorten(description(briefing, messages(briefing.language)), _SUMMARY)
