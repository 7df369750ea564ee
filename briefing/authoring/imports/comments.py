"""Rows of an export as comments: new ones, those that are there already, and those that are left out, with the reason.

What an import finds out about a file is recorded in comments.yml (`originals`), so that the check can compare each
comment with its row again, and account for the rows that are no comments.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from briefing.authoring.edit import Value
from briefing.authoring.imports.taken import Left
from briefing.check.rules.imported_comments import SAYS, Read, runs
from briefing.model import Comment, TableFormat
from briefing.tables import (
    FIELDS,
    ExportRecord,
    ExportRow,
    Reason,
    columns_of,
    own_id,
    records,
    same_words,
    unused_columns,
    where,
)

_PROGRAMS: Mapping[str, frozenset[str]] = {
    "Polis": frozenset({"comment-id", "comment-body", "moderated"}),
    "Decidim": frozenset({"commentable_id", "commentable_type", "root_commentable_url"}),
    "Consult": frozenset({"response id", "response text", "consultation"}),
}
"""Programs by columns that nobody else has."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """A row whose comment has another id than in the file, or has none there."""

    row: int
    given: str
    comment: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import makes of a file of comments."""

    entries: tuple[Mapping[str, Value], ...]
    """New comments, as fields of the folder format."""
    known: int
    """How many were there already."""
    total: int
    """Rows of the file."""
    columns: Mapping[str, str]
    renamed: tuple[Renamed, ...]
    left_out: Mapping[Reason, tuple[int, ...]]
    """Rows that are no comments, by reason."""
    remarks: tuple[Left, ...]
    """What the author should know, each with its place."""
    program: str
    """That wrote the file; empty where it is not known."""


def import_comments(
    rows: Sequence[ExportRow],
    style: TableFormat,
    columns: Mapping[str, str],
    known: Sequence[Comment],
    *,
    taken: Iterable[str] = (),
    earlier: Sequence[Read] = (),
    recorded: Read | None = None,
) -> Imported:
    """New comments, beside those that are `known`; `taken` are the other ids of the briefing.

    `columns` says which column, or path of keys with dots, holds a field; `earlier` are the exports that were imported
    before, and `recorded` is this very file among them. Nothing that an author has is changed.
    """
    used = columns_of(rows, columns)
    work = _Work(style, {*taken, *(c.id for c in known)}, {c.id: c for c in known}, Counter(map(_same, known)))
    work.same_id = {r.id: one.comments[r.number] for one in earlier for r in one.records if _is_named(one, r)}
    work.done = _done(recorded)
    found = list(records(rows, used))
    made = [(record, entry) for record in found for entry in _entry(work, record)]
    entries = tuple(_linked(work, record, entry, found) for record, entry in made)
    return Imported(
        entries=entries,
        known=work.known,
        total=len(found),
        columns=used,
        renamed=tuple(one for one in work.renamed if one.row not in work.done),
        left_out={reason: tuple(numbers) for reason, numbers in work.left_out.items()},
        remarks=(*_left(work, found), *work.remarks, *_renumbered(work), *_unused(rows, used)),
        program=_program(rows, style),
    )


@dataclass(slots=True)
class _Work:
    """One run."""

    style: TableFormat
    taken: set[str]
    """Ids that are no longer free."""
    there: Mapping[str, Comment]
    alike: Counter[tuple[str, str, str]]
    """How many known comments have these words, author and day."""
    same_id: Mapping[str, str] = field(default_factory=dict)
    """From ids in earlier exports to the comments here."""
    done: Mapping[int, str] = field(default_factory=dict)
    """Rows of this very file that were imported before, with their comments; with none for those left out."""
    remarks: list[Left] = field(default_factory=list)
    renamed: list[Renamed] = field(default_factory=list)
    left_out: dict[Reason, list[int]] = field(default_factory=dict)
    known: int = 0
    named: dict[str, str] = field(default_factory=dict)
    """From ids in the file to ids in the briefing."""
    met: set[str] = field(default_factory=set)
    """Comments that a row of this file belongs to."""
    next: int = 1

    def remark(self, record: ExportRecord, reason: str) -> None:
        self.remarks.append(Left(where(self.style, record.number), reason))

    def leave(self, record: ExportRecord, reason: Reason) -> None:
        self.left_out.setdefault(reason, []).append(record.number)

    def belongs(self, record: ExportRecord, comment: str) -> None:
        """A row is a comment's."""
        self.met.add(comment)
        if record.id:
            self.named.setdefault(record.id, comment)
        if own_id(record.id) != comment:
            self.renamed.append(Renamed(record.number, record.id, comment))


def _is_named(one: Read, record: ExportRecord) -> bool:
    return bool(record.id) and record.number in one.comments


def _done(recorded: Read | None) -> Mapping[int, str]:
    if recorded is None:
        return {}
    out = {row: "" for entry in recorded.original.left_out for row in entry.numbers()}
    return {**out, **recorded.comments}


def _same(comment: Comment) -> tuple[str, str, str]:
    return " ".join(comment.text.split()), comment.author, comment.date


# --- one row ----------------------------------------------------------------------------------------------------


def _entry(work: _Work, record: ExportRecord) -> Iterator[dict[str, Value]]:
    """The new comment that a row is, if it is one."""
    done = work.done.get(record.number)
    if done in work.there or done == "":
        if done:
            work.belongs(record, done)
            work.known += 1
        return
    if record.reason:
        work.leave(record, record.reason)
        return
    for doubt in record.doubts:
        work.remark(record, doubt)
    if _is_there(work, record):
        return
    id = _free_id(work, own_id(record.id))
    work.belongs(record, id)
    given = {"id": id, **{name: str(getattr(record, name)) for name in FIELDS if name not in ("id", "reply_to")}}
    yield {name: given[name] for name in ("id", "text", "author", "date", "votes", "stance") if given[name]}


def _is_there(work: _Work, record: ExportRecord) -> bool:
    """Whether a row is a comment that is there already, or other words for one."""
    earlier = work.same_id.get(record.id, "") if record.id else ""
    id = earlier if earlier in work.there else own_id(record.id)
    there = work.there.get(id)
    if there and id not in work.met:
        if not there.text:
            work.belongs(record, id)
            work.remark(record, f"the comment “{id}” was removed on request; it was not taken again")
            return True
        if same_words(there.text, record.text):
            work.belongs(record, id)
            work.known += 1
            _newer(work, record, there)
            return True
        if earlier:
            work.leave(record, "changed")
            work.named.setdefault(record.id, id)
            return True
    same = (" ".join(record.text.split()), record.author, record.date)
    if not own_id(record.id) and work.alike[same] > 0:
        work.alike[same] -= 1
        alike = next(c.id for c in work.there.values() if _same(c) == same and c.id not in work.met)
        work.belongs(record, alike)
        work.known += 1
        return True
    return False


def _newer(work: _Work, record: ExportRecord, there: Comment) -> None:
    """Say where a row has other votes than the comment that is there."""
    votes = "" if there.votes is None else str(there.votes)
    if record.votes and votes and record.votes != votes:
        work.remark(record, f"the comment “{there.id}” has {votes} votes, and here {record.votes}; it was not changed")


def _free_id(work: _Work, own: str) -> str:
    """The id that a new comment gets: its own, or the next number that is free."""
    while not own or own in work.taken:
        own = f"c{work.next}"
        work.next += 1
    work.taken.add(own)
    return own


def _linked(
    work: _Work, record: ExportRecord, entry: dict[str, Value], found: Sequence[ExportRecord]
) -> Mapping[str, Value]:
    """The entry with what it answers by the briefing's ids; an answer to what is not there loses it."""
    if not record.parent:
        return entry
    meant = work.named.get(record.parent) or work.same_id.get(record.parent, "")
    if meant in work.taken:
        fields = {**entry, "reply_to": meant}
        return {name: fields[name] for name in FIELDS if name in fields}
    out = any(record.parent == one.id and one.reason for one in found)
    gone = "was left out" if out else "is not in the file"
    work.remarks.append(Left(f"comment {entry['id']}", f"what it replies to, “{record.parent[:40]}”, {gone}"))
    return entry


# --- what the author should know --------------------------------------------------------------------------------


def _left(work: _Work, found: Sequence[ExportRecord]) -> Iterator[Left]:
    """One remark for each reason why rows are left out, with all of their places."""
    by_number = {record.number: record for record in found}
    for reason, numbers in work.left_out.items():
        places = where(work.style, numbers[0])
        if len(numbers) > 1:
            places = f"{places.split()[0]}s {_several(runs(numbers))}".replace("entrys", "entries")
        texts = dict.fromkeys(by_number[number].text for number in numbers)
        words = f" ({_several(f'“{text[:40]}”' for text in texts)})" if reason == "unanswered" else ""
        count = "1 row" if len(numbers) == 1 else f"{len(numbers):,} rows"
        yield Left("left out", f"{count} {SAYS[reason]}{words}: {places}")


def _renumbered(work: _Work) -> Iterator[Left]:
    """Which ids of the file became which here; comments without an id in the file are not named."""
    fresh = [one for one in work.renamed if one.given and one.row not in work.done]
    if fresh:
        yield Left(
            "other ids",
            _several(f"“{one.given[:40]}” in {where(work.style, one.row)} is {one.comment}" for one in fresh),
        )


def _unused(rows: Sequence[ExportRow], columns: Mapping[str, str]) -> Iterator[Left]:
    unused = unused_columns(rows, columns)
    if unused:
        yield Left(
            "not taken", f"the columns {_several(f'“{name}”' for name in unused)}: a comment has no field for them"
        )


def _several(items: Iterable[str], most: int = 12) -> str:
    """Some things in a line; of many the first."""
    these = list(items)
    more = f" and {len(these) - most:,} more" if len(these) > most else ""
    return ", ".join(these[:most]) + more


def _program(rows: Sequence[ExportRow], style: TableFormat) -> str:
    """The program that wrote a file, as its columns tell."""
    names = {name.lower() for row in rows[:100] for name in row.fields}
    if style == "xml" or "disqus_id" in names or {"raw_message", "isapproved"} <= names:
        return "Disqus"
    return next((program for program, columns in _PROGRAMS.items() if columns <= names), "")
