"""Rows as comments: which column is which field, ids, days and votes; what cannot be read is left and said."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from briefing.edit import Value
from briefing.imports.rows import ImportFaultError, Left, Row, Taken, clean, too_long
from briefing.load.formats import ID, RESERVED, wrong_date
from briefing.model import Comment

FIELDS = ("id", "text", "author", "date", "reply_to", "votes")
KNOWN: Mapping[str, Sequence[str]] = {
    "id": ("id", "comment_id", "comment id"),
    "text": ("text", "comment", "body", "content", "message", "comment_text", "comment text"),
    "author": ("author", "name", "user", "username", "author_name", "display_name"),
    "date": ("date", "created", "created_at", "published", "timestamp", "time"),
    "reply_to": ("reply_to", "parent", "parent_id", "in_reply_to"),
    "votes": ("votes", "likes", "upvotes", "score"),
}
"""Column names that are understood without a map, in small letters; the first that a file has is taken."""
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?")
_DIGITS = re.compile(r"\d{1,18}", re.ASCII)
_MISSING = object()


def import_comments(
    rows: Sequence[Row], columns: Mapping[str, str], known: Sequence[Comment], taken: Iterable[str] = ()
) -> Taken:
    """New comments, beside those that are `known`; `taken` are the other ids of the briefing.

    `columns` says which column, or path of keys with dots, holds a field. A row that says what a known comment says
    is known; one with a known id and other words is left, for nothing that an author has is changed.
    """
    used = _columns(rows, columns)
    work = _Work(used, _ids(known, taken), {c.id: c for c in known}, Counter(map(_same, known)))
    entries = [entry for row in rows for entry in _entry(work, row)]
    linked = [_linked(work, entry) for entry in entries]
    return Taken(tuple(linked), tuple(work.left), work.known)


@dataclass(slots=True)
class _Work:
    """One run."""

    columns: Mapping[str, str]
    taken: set[str]
    """Ids that are no longer free."""
    there: Mapping[str, Comment]
    alike: Counter[tuple[str, str, str]]
    """How many known comments have these words, author and day."""
    left: list[Left] = field(default_factory=list)
    known: int = 0
    named: dict[str, str] = field(default_factory=dict)
    """From ids in the file to ids in the briefing."""
    next: int = 1

    def leave(self, row: Row, reason: str) -> None:
        self.left.append(Left(row.where, reason))


def _columns(rows: Sequence[Row], given: Mapping[str, str]) -> Mapping[str, str]:
    """Which column holds which field: as given, or by its name."""
    present = {name.lower(): name for row in rows for name in row.fields}
    for name in given:
        if name not in FIELDS:
            raise ImportFaultError(f"comments have no field “{name}”; the fields are {', '.join(FIELDS)}")
    for name, column in given.items():
        if all(_value(row, column) is _MISSING for row in rows):
            raise ImportFaultError(f"there is no column “{column}” for {name}; there are {_listed(present.values())}")
    found = {name: next((present[c] for c in KNOWN[name] if c in present), "") for name in FIELDS}
    columns = {name: column for name, column in {**found, **given}.items() if column}
    if "text" not in columns:
        raise ImportFaultError(
            f"no column is called like the text of a comment; there are {_listed(present.values())}: "
            "say which with --column text=NAME"
        )
    return columns


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names if name.isprintable())


def _value(row: Row, column: str) -> Any:
    """What stands in a column, or at a path of keys with dots."""
    if column in row.fields:
        return row.fields[column]
    found: Any = row.fields
    for key in column.split("."):
        found = found.get(key, _MISSING) if isinstance(found, dict) else _MISSING
    return found


def _ids(known: Iterable[Comment], taken: Iterable[str]) -> set[str]:
    return {*taken, *(comment.id for comment in known)}


def _same(comment: Comment) -> tuple[str, str, str]:
    return _words(comment.text), comment.author, comment.date


def _words(text: str) -> str:
    return " ".join(text.split())


def _entry(work: _Work, row: Row) -> Iterator[dict[str, Value]]:
    given = {name: clean(_value(row, column)) for name, column in work.columns.items()}
    if too_long(row):
        return work.leave(
            row, "it has more cells than there are columns: is a cell with commas without its quotation marks?"
        )
    if not given["text"]:
        return work.leave(row, "it has no text")
    given["date"] = _date(work, row, given.get("date", ""))
    given["votes"] = _votes(work, row, given.get("votes", ""))
    own = _own_id(given.get("id", ""))
    there = work.there.get(own)
    if there:
        work.named[given["id"]] = own
        if not there.text:
            return work.leave(row, f"the comment “{own}” was removed on request; it was not taken again")
        if _words(there.text) == _words(given["text"]):
            work.known += 1
            return None
        return work.leave(row, f"the comment “{own}” is there already, with other words; it was not changed")
    same = (_words(given["text"]), given.get("author", ""), given["date"])
    if not own and work.alike[same] > 0:
        work.alike[same] -= 1
        work.known += 1
        return None
    id = _id(work, own)
    if given.get("id"):
        work.named.setdefault(given["id"], id)
    given["id"] = id
    yield {name: given[name] for name in FIELDS if given.get(name)}
    return None


def _own_id(given: str) -> str:
    """The id in the file, if a briefing can have it; a number gets the letter c before it."""
    own = f"c{given}" if _DIGITS.fullmatch(given) else given
    return own if ID.fullmatch(own) and not RESERVED.fullmatch(own) else ""


def _id(work: _Work, own: str) -> str:
    """The id that a new comment gets: its own, or the next number that is free."""
    while not own or own in work.taken:
        own = f"c{work.next}"
        work.next += 1
    work.taken.add(own)
    return own


def _date(work: _Work, row: Row, given: str) -> str:
    """A day, month or year as ISO 8601; times are left off. Other ways to write a day can be read in two ways."""
    found = _DAY.fullmatch(given)
    day = found.group(1) if found else given
    if given and wrong_date(day):
        work.leave(row, f"its date “{given[:40]}” was left out: write it like 2025-11-07, for others can be misread")
        return ""
    return day


def _votes(work: _Work, row: Row, given: str) -> str:
    if given and not re.fullmatch(r"-?\d{1,15}(\.0)?", given, re.ASCII):
        work.leave(row, f"its votes “{given[:40]}” were left out: they are no whole number")
        return ""
    return given.removesuffix(".0")


def _linked(work: _Work, entry: dict[str, Value]) -> dict[str, Value]:
    """The entry with `reply_to` by the briefing's ids; an answer to what is not there loses it."""
    given = str(entry.get("reply_to", ""))
    if not given:
        return entry
    meant = work.named.get(given, "")
    if meant:
        return {**entry, "reply_to": meant}
    work.left.append(Left(f"comment {entry['id']}", f"what it replies to, “{given[:40]}”, is not in the file"))
    return {name: value for name, value in entry.items() if name != "reply_to"}
