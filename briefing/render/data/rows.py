"""The rows of the tables that readers can download, from the records of a briefing as the public sees it.

`target` and `words` are the source's own, `reading` and what begins with it is what the author takes them to mean;
`words` is empty where the source has a plain number with its unit. Of a comment that is set aside only the reason is
here, and of no comment who wrote it or all that it says: its page has that, where its commenter can have it removed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from briefing.model import (
    Annotation,
    Assessment,
    Briefing,
    ContextNote,
    Figure,
    Named,
    Quotation,
    text_at,
)
from briefing.model.data_tables import MATCHES, SEPARATOR, TABLES, WITHDRAWAL, DataTable, Row
from briefing.model.prose import Prose, keys
from briefing.model.publication import Publication
from briefing.render.corrections import told_corrections
from briefing.render.figures import as_said, date_of, said_plainly
from briefing.render.index import permalink
from briefing.render.messages import Messages, messages
from briefing.render.names import CORRECTION_FRAGMENT
from briefing.render.prose_markdown import in_words
from briefing.render.record_view import PAGES
from briefing.render.statements import parts_of
from briefing.render.summary_counts import counter

_Item = TypeVar("_Item", Quotation, Figure, ContextNote)


@dataclass(frozen=True, slots=True)
class TableContext:
    """A briefing whose tables are made, and the site that it is on."""

    briefing: Briefing
    site: Publication
    say: Messages
    count: Callable[[str], str]
    """What `[#id]` prints."""

    @classmethod
    def of(cls, briefing: Briefing, site: Publication) -> TableContext:
        """Return the context of a briefing."""
        say = messages(briefing.language)
        return cls(briefing, site, say, counter(briefing, say))

    def plain(self, prose: Prose | None) -> str:
        """Return an authored field in words, without its citations."""
        return in_words(self.briefing, prose, self.say, self.count) if prose else ""

    def permalink(self, id: str) -> str:
        """Return where something is shown."""
        return permalink(self.briefing, id, self.site)

    def page(self, href: str) -> str:
        """Return where a page of the briefing is, of `quotes.md#id`."""
        return self.site.page(href, self.site.folder(self.briefing.path))

    def named(self, id: str) -> tuple[str, str]:
        """Return the id of a record and where it is shown."""
        return id, self.permalink(id)


def rows_of(context: TableContext, table: str) -> Sequence[Row]:
    """Return the rows of a table, by its name; several files have the same ones."""
    found = context.briefing.derive(_rows)
    key = context.site, table
    if key not in found:
        found[key] = tuple(_ROWS[table](context))
    return found[key]


def _rows(briefing: Briefing) -> dict[tuple[Publication, str], Sequence[Row]]:
    """What has been made so far."""
    return {}


def tables_of(briefing: Briefing) -> tuple[DataTable, ...]:
    """Return the tables that have rows."""
    found = [item for item in briefing.annotations if item.id in briefing.anchors]
    figures = [item for item in found if isinstance(item, Figure)]
    filled: Mapping[str, object] = {
        "quotations": any(isinstance(item, Quotation) for item in found),
        "figures": figures,
        "series": any(item.series and item.series.points for item in figures),
        "derived": briefing.derived,
        "context": any(isinstance(item, ContextNote) for item in found),
        "themes": briefing.themes,
        "comments": briefing.comments,
        "references": briefing.references,
        "corrections": briefing.corrections or any(entry.date for entry in briefing.withdrawn),
    }
    return tuple(table for table in TABLES if filled[table.name])


# --- columns that several tables have ----------------------------------------------------------------------------


def _target(context: TableContext, item: Annotation) -> Row:
    anchor = context.briefing.anchors[item.id]
    text, level = text_at(context.briefing, anchor), max(match.level for match in anchor.matches)
    pieces = tuple(
        {"start": m.span.start, "end": m.span.end, "text": m.span.of(text), "match": MATCHES[m.level]}
        for m in anchor.matches
    )
    words = SEPARATOR.join(parts_of(context.briefing, item))
    return words, pieces, anchor.whole.start, anchor.whole.end, anchor.comment, MATCHES[level]


def _speaker(context: TableContext, id: str) -> Row:
    person = context.briefing.people.get(id)
    return (id, person.name, context.briefing.roles.get(id, "")) if person else ("", "", "")


def _assessed(context: TableContext, given: Assessment | None) -> Row:
    if given is None:
        return "", "", "", (), "", ""
    notes = context.plain(given.note), context.plain(given.response)
    return given.verdict, given.by, given.date, given.evidence, *notes


def _noted(context: TableContext, item: Named, note: Prose | None) -> Row:
    cited = tuple(dict.fromkeys(key.id for key in keys(note))) if note else ()
    return context.plain(note), cited, item.tags, item.by


# --- tables ------------------------------------------------------------------------------------------------------


def _quotations(context: TableContext) -> Iterator[Row]:
    people = context.briefing.people
    for item in _found(context, context.briefing.quotations):
        translation = (item.translation.text, item.translation.by) if item.translation else ("", "")
        yield (
            *(*context.named(item.id), item.kind, *_target(context, item), *_speaker(context, item.speaker)),
            *(tuple(people[id].name for id in item.via if id in people), *translation),
            *(*_assessed(context, item.assessment), *_noted(context, item, item.note)),
        )


def _figures(context: TableContext) -> Iterator[Row]:
    briefing = context.briefing
    for item in _found(context, briefing.figures):
        value = item.value
        words = "" if said_plainly(briefing, item) else value.words or as_said(briefing, item)
        yield (
            *(*context.named(item.id), item.label, item.type, item.basis, *_target(context, item), words),
            *("" if value.words else value.text, value.low, value.high, date_of(item), item.unit, item.period),
            *(*_speaker(context, item.speaker), item.measure),
            *(*_assessed(context, item.assessment), *_noted(context, item, item.note)),
        )


def _series(context: TableContext) -> Iterator[Row]:
    works = {reference.id: reference for reference in context.briefing.references}
    for figure in _found(context, context.briefing.figures):
        for point in figure.series.points if figure.series else ():
            assert figure.series
            work = works[point.cite]
            yield (
                *(figure.id, figure.series.label, figure.series.unit, point.period, point.low, point.high),
                *(point.basis, point.of, point.by, point.counts, work.id),
                *(", ".join(filter(None, (work.publisher, work.title))), work.read_at),
            )


def _derived(context: TableContext) -> Iterator[Row]:
    for item in context.briefing.derived:
        inputs = tuple(f"{given.name} = {given.value} ({given.cite})" for given in item.inputs)
        yield (
            *(*context.named(item.id), item.label, item.value, item.unit, item.formula, inputs),
            *_noted(context, item, item.note),
        )


def _context(context: TableContext) -> Iterator[Row]:
    for item in _found(context, context.briefing.context):
        yield (
            *(*context.named(item.id), item.title, *_target(context, item)),
            *_noted(context, item, item.note),
        )


def _themes(context: TableContext) -> Iterator[Row]:
    for item in context.briefing.themes:
        members = len({member.comment for member in item.members})
        summary, *noted = _noted(context, item, item.summary)
        yield (*context.named(item.id), item.title, item.about, members, summary, *noted)


def _comments(context: TableContext) -> Iterator[Row]:
    """Yield the ledger: each comment once for each theme that it is in, or once where it is in none."""
    briefing = context.briefing
    aside = {entry.comment: entry.reason for entry in reversed(briefing.set_aside)}
    themes: dict[str, list[tuple[str, str, str]]] = {}
    for theme in briefing.themes:
        for member in theme.members:
            themes.setdefault(member.comment, []).append((theme.id, member.stance, member.words))
    for comment in briefing.comments:
        if reason := aside.get(comment.id):
            yield (*context.named(comment.id), "", "", "", reason, "", None, "", "")
            continue
        own = comment.date, comment.votes, comment.reply_to, comment.stance
        for said in themes.get(comment.id, [("", "", "")]):
            yield (*context.named(comment.id), *said, "", *own)


def _references(context: TableContext) -> Iterator[Row]:
    for work in context.briefing.references:
        excerpts = tuple(excerpt.exact for excerpt in work.excerpts)
        yield (
            *(*context.named(work.id), work.title, work.authors, work.publisher),
            *(work.volume, work.issue, work.pages, work.url, work.published),
            *(work.checked, work.archived, work.url_status, work.language, excerpts, work.note),
        )


def _corrections(context: TableContext) -> Iterator[Row]:
    """Yield each field that was corrected, the oldest first, then what was withdrawn."""
    briefing = context.briefing
    for one in told_corrections(briefing):
        link = context.page(f"method.md#{CORRECTION_FRAGMENT.format(one.number)}")
        for change in one.changes:
            shown = change.before, change.after, one.withheld or change.hidden
            yield one.number, link, one.date, one.kind, one.reason, change.id, change.field, *shown
    for entry in briefing.withdrawn:
        if entry.date:
            link = context.page(f"{PAGES[entry.origin]}.md#{entry.id}")
            yield None, link, entry.date, WITHDRAWAL, entry.reason, entry.id, "", "", "", ""


def _found(context: TableContext, items: tuple[_Item, ...]) -> Iterator[_Item]:
    return (item for item in items if item.id in context.briefing.anchors)


_ROWS: Mapping[str, Callable[[TableContext], Iterator[Row]]] = {
    "quotations": _quotations,
    "figures": _figures,
    "series": _series,
    "derived": _derived,
    "context": _context,
    "themes": _themes,
    "comments": _comments,
    "references": _references,
    "corrections": _corrections,
}
