"""Import rows of an export as comments: new ones, those that are there already, and those left out, with the reason.

What an import finds out about a file is recorded in comments.yml (`originals`), so that the check can compare each
comment with its row again, and account for the rows that are not comments.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from briefing.authoring.edit.entries import Value
from briefing.authoring.imports import Remark
from briefing.check.rules.imported_comments import SAYS, ImportedExport, runs
from briefing.model import Comment, TableFormat
from briefing.render.messages import Messages
from briefing.tables import ExportRow, where
from briefing.tables.fields import (
    FIELDS,
    ExportRecord,
    Reason,
    columns_of,
    own_id,
    records,
    same_words,
    unused_columns,
)

_PROGRAMS: Mapping[str, frozenset[str]] = {
    "Polis": frozenset({"comment-id", "comment-body", "moderated"}),
    "Decidim": frozenset({"commentable_id", "commentable_type", "root_commentable_url"}),
    "Consult": frozenset({"response id", "response text", "consultation"}),
}
"""Programs by columns that no other has."""


@dataclass(frozen=True, slots=True)
class OtherId:
    """A row whose comment has another id than in the file, or has none there."""

    row: int
    given: str
    comment: str


@dataclass(frozen=True, slots=True)
class ImportedComments:
    """What an import makes of a file of comments."""

    entries: tuple[Mapping[str, Value], ...]
    """New comments, as fields of the folder format."""
    known: int
    """How many were there already."""
    total: int
    """Rows of the file."""
    columns: Mapping[str, str]
    renamed: tuple[OtherId, ...]
    left_out: Mapping[Reason, tuple[int, ...]]
    """Rows that are not comments, by reason."""
    remarks: tuple[Remark, ...]
    """What the author should know, each with its place."""
    program: str
    """The program that wrote the file; empty where it is not known."""


def import_comments(
    rows: Sequence[ExportRow],
    style: TableFormat,
    columns: Mapping[str, str],
    known: Sequence[Comment],
    *,
    taken: Iterable[str] = (),
    earlier: Sequence[ImportedExport] = (),
    recorded: ImportedExport | None = None,
) -> ImportedComments:
    """Return new comments, beside those that are `known`; `taken` are the other ids of the briefing.

    `columns` says which column, or path of keys with dots, holds a field; `earlier` are the exports that were imported
    before, and `recorded` is this very file among them. Nothing that an author has is changed.
    """
    used = columns_of(rows, columns)
    work = _Work(style, {*taken, *(c.id for c in known)}, {c.id: c for c in known}, Counter(map(_content_of, known)))
    work.same_id = _comments_by_id(earlier)
    if recorded:
        work.done = {row: "" for entry in recorded.original.left_out for row in entry.numbers()}
        work.done |= recorded.comments
    found = list(records(rows, used))
    made = [(record, entry) for record in found for entry in _new_entries(work, record)]
    entries = tuple(_with_reply(work, record, entry, found) for record, entry in made)
    renamed = tuple(one for one in work.renamed if one.row not in work.done)
    return ImportedComments(
        entries=entries,
        known=work.known,
        total=len(found),
        columns=used,
        renamed=renamed,
        left_out={reason: tuple(numbers) for reason, numbers in work.left_out.items()},
        remarks=(*_remarks_on_rows(work, found), *work.remarks, *_remarks_on_file(style, renamed, rows, used)),
        program=_guess_program(rows, style),
    )


def _comments_by_id(earlier: Sequence[ImportedExport]) -> dict[str, str]:
    """Return the comments that ids of earlier exports belong to."""
    named = ((one, record) for one in earlier for record in one.records if record.id)
    return {record.id: one.comments[record.number] for one, record in named if record.number in one.comments}


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
    done: dict[int, str] = field(default_factory=dict)
    """Rows of this very file that were imported before, with their comments; with none for those left out."""
    remarks: list[Remark] = field(default_factory=list)
    renamed: list[OtherId] = field(default_factory=list)
    left_out: dict[Reason, list[int]] = field(default_factory=dict)
    known: int = 0
    named: dict[str, str] = field(default_factory=dict)
    """From ids in the file to ids in the briefing."""
    met: set[str] = field(default_factory=set)
    """Comments that a row of this file belongs to."""
    next: int = 1

    def remark(self, record: ExportRecord, reason: str) -> None:
        self.remarks.append(Remark(where(self.style, record.number), reason))

    def leave(self, record: ExportRecord, reason: Reason) -> None:
        self.left_out.setdefault(reason, []).append(record.number)

    def assign(self, record: ExportRecord, comment: str, *, known: bool = False) -> None:
        """Record which comment a row belongs to, and whether it was there already."""
        self.met.add(comment)
        self.known += known
        if record.id:
            self.named.setdefault(record.id, comment)
        if own_id(record.id) != comment:
            self.renamed.append(OtherId(record.number, record.id, comment))


def _content_of(record: Comment | ExportRecord) -> tuple[str, str, str]:
    return " ".join(record.text.split()), record.author, record.date


# --- one row ----------------------------------------------------------------------------------------------------


def _new_entries(work: _Work, record: ExportRecord) -> Iterator[dict[str, Value]]:
    """Return the new comment that a row is, if it is one."""
    done = work.done.get(record.number)
    if done in work.there or done == "":
        if done:
            work.assign(record, done, known=True)
        return
    if record.reason:
        work.leave(record, record.reason)
        return
    for doubt in record.doubts:
        work.remark(record, doubt)
    if _is_there(work, record):
        return
    id = own_id(record.id)
    while not id or id in work.taken:
        id = f"c{work.next}"
        work.next += 1
    work.taken.add(id)
    work.assign(record, id)
    given = {"id": id, **{name: str(getattr(record, name)) for name in ("text", "author", "date", "votes", "stance")}}
    yield {name: value for name, value in given.items() if value}


def _is_there(work: _Work, record: ExportRecord) -> bool:
    """Return whether a row is a comment that is there already, or other words for one."""
    earlier = work.same_id.get(record.id, "") if record.id else ""
    id = earlier if earlier in work.there else own_id(record.id)
    there = work.there.get(id)
    if there and id not in work.met:
        if not there.text:
            work.assign(record, id)
            work.remark(record, f"the comment “{id}” was removed on request; it was not imported again")
            return True
        if same_words(there.text, record.text):
            work.assign(record, id, known=True)
            if record.votes and there.votes is not None and record.votes != str(there.votes):
                work.remark(
                    record, f"the comment “{id}” has {there.votes} votes, and here {record.votes}; it was not changed"
                )
            return True
        if earlier:
            work.leave(record, "changed")
            work.named.setdefault(record.id, id)
            return True
    return not own_id(record.id) and _has_same_content(work, record)


def _has_same_content(work: _Work, record: ExportRecord) -> bool:
    """Return whether a row without an id has the words, author and day of a comment that is there."""
    same = _content_of(record)
    if not work.alike[same]:
        return False
    work.alike[same] -= 1
    alike = next(c.id for c in work.there.values() if _content_of(c) == same and c.id not in work.met)
    work.assign(record, alike, known=True)
    return True


def _with_reply(
    work: _Work, record: ExportRecord, entry: dict[str, Value], found: Sequence[ExportRecord]
) -> Mapping[str, Value]:
    """Return the entry with what it replies to by the briefing's ids; a reply to what is not there loses it."""
    if not record.parent:
        return entry
    meant = work.named.get(record.parent) or work.same_id.get(record.parent, "")
    if meant in work.taken:
        fields = {**entry, "reply_to": meant}
        return {name: fields[name] for name in FIELDS if name in fields}
    is_left_out = any(record.parent == one.id and one.reason for one in found)
    why = "was left out" if is_left_out else "is not in the file"
    work.remarks.append(Remark(f"comment {entry['id']}", f"what it replies to, “{record.parent[:40]}”, {why}"))
    return entry


# --- what the author should know --------------------------------------------------------------------------------


def _remarks_on_rows(work: _Work, found: Sequence[ExportRecord]) -> Iterator[Remark]:
    """Return one remark for each reason why rows are left out, with all of their places."""
    by_number = {record.number: record for record in found}
    for reason, numbers in work.left_out.items():
        places = where(work.style, numbers[0])
        if len(numbers) > 1:
            places = f"{places.split()[0]}s {_list_some(runs(numbers))}".replace("entrys", "entries")
        texts = dict.fromkeys(by_number[number].text for number in numbers)
        words = f" ({_list_some(f'“{text[:40]}”' for text in texts)})" if reason == "unanswered" else ""
        count = "1 row" if len(numbers) == 1 else f"{len(numbers):,} rows"
        yield Remark("left out", f"{count} {SAYS[reason]}{words}: {places}")


def _remarks_on_file(
    style: TableFormat, renamed: Iterable[OtherId], rows: Sequence[ExportRow], columns: Mapping[str, str]
) -> Iterator[Remark]:
    """Return which ids of the file became which here, if it has any, and which columns were not imported."""
    if fresh := [f"“{one.given[:40]}” in {where(style, one.row)} is {one.comment}" for one in renamed if one.given]:
        yield Remark("other ids", _list_some(fresh))
    if unused := [f"“{name}”" for name in unused_columns(rows, columns)]:
        yield Remark("not imported", f"the columns {_list_some(unused)}: a comment has no field for them")


def _list_some(items: Iterable[str], most: int = 12) -> str:
    """Return some things in a line; of many the first."""
    these = list(items)
    more = f" and {len(these) - most:,} more" if len(these) > most else ""
    return ", ".join(these[:most]) + more


def _guess_program(rows: Sequence[ExportRow], style: TableFormat) -> str:
    """Return the program that wrote a file, as its columns show."""
    names = {name.lower() for row in rows[:100] for name in row.fields}
    if style == "xml" or "disqus_id" in names or {"raw_message", "isapproved"} <= names:
        return "Disqus"
    return next((program for program, columns in _PROGRAMS.items() if columns <= names), "")


# --- what comments.yml says of the file -------------------------------------------------------------------------


def original_entry(
    imported: ImportedComments, file: str, sha256: str, style: TableFormat, say: Messages
) -> Mapping[str, Value]:
    """Return the entry of `originals`."""
    fields: dict[str, Value] = {"file": file, "sha256": sha256, "format": style}
    fields |= {"exported_from": imported.program} if imported.program else {}
    fields |= {"columns": [f"{name}={column}" for name, column in imported.columns.items()]}
    if imported.renamed:
        fields["renumbered"] = [
            {"row": str(one.row), **({"id": one.given} if one.given else {}), "comment": one.comment}
            for one in imported.renamed
        ]
    if imported.left_out:
        fields["left_out"] = [
            {"rows": list(runs(rows)), "reason": say(f"row.{reason}")} for reason, rows in imported.left_out.items()
        ]
    return fields


def scope_of(imported: ImportedComments, say: Messages) -> str:
    """Return which comments of a file were imported, in the language of the briefing."""
    name = {"program": imported.program} if imported.program else {}
    what = say("scope.export_of" if name else "scope.export", n=len(imported.entries), all=imported.total, **name)
    parts = [say("scope.left", reason=say(f"row.{reason}"), n=len(rows)) for reason, rows in imported.left_out.items()]
    return f"{what} ({say('list.comma').join(parts)})" if parts else what
