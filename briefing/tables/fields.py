"""Read what a row of an export says of a comment: its words, who wrote it and when, and whether it may be shown at all.

The columns are those of the exports of Polis, Decidim, Disqus and Consult, and of forms and forums that name them
alike. Moderation is understood by its column and its value; a value that is not understood is reported, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timezone
from typing import Any, Literal, get_args

from msgspec import Struct

from briefing.load.folder_files import FORBIDDEN
from briefing.load.schema.dates import wrong_date
from briefing.load.schema.formats import ID, RESERVED
from briefing.model import Stance
from briefing.tables import ANSWERS, ExportRow, TableError, is_too_long

FIELDS = ("id", "text", "author", "date", "reply_to", "votes", "stance")
KNOWN: Mapping[str, Sequence[str]] = {
    "id": ("id", "commentid", "disqusid", "responseid", "themefinderid"),
    "text": (
        "text", "comment", "body", "content", "rawmessage", "message", "commenttext", "commentbody", "responsetext",
        "response", "freetext",
    ),
    "author": (
        "author", "name", "author.name", "author/name", "user", "username", "authorname", "displayname", "authorid",
    ),
    "date": ("date", "created", "createdat", "submittedat", "timestamp", "datetime", "time", "published"),
    "reply_to": ("replyto", "parent", "parentid", "inreplyto", "commentableid"),
    "votes": ("votes", "likes", "upvotes", "agrees", "score"),
    "stance": ("stance", "alignment"),
}  # fmt: skip
"""Column names that are understood without a map, as `_key` has them; the first that a file has is taken. The position
and sentiment in exports of Consult are none of them: a program found them, the commenter did not say them."""

Reason = Literal["empty", "unanswered", "broken", "rejected", "pending", "spam", "deleted", "hidden", "changed"]
"""Why a row of an export is no comment of the briefing."""
REASONS: tuple[Reason, ...] = get_args(Reason)

_TRUE, _NO = ("true", "1", "yes", "t"), ("false", "0", "no", "f")
_FALSE = (*_NO, "", "null", "none")
_STATES: Mapping[str, Reason | None] = {
    **dict.fromkeys(("1", "0", "2", "", "none", "null", "approved", "accepted", "published", "public"), None),
    **dict.fromkeys(("visible", "active", "open", "ok", "normal", "moderated", "accept"), None),
    **dict.fromkeys(("-1", "rejected", "reject", "refused", "declined", "denied", "banned", "blocked"), "rejected"),
    **dict.fromkeys(("pending", "unapproved", "premod", "hold", "held", "waiting", "awaiting", "draft"), "pending"),
    **dict.fromkeys(("awaiting_moderation", "unmoderated", "needs_review", "system_withheld"), "pending"),
    "spam": "spam",
    **dict.fromkeys(("deleted", "removed", "trash", "trashed", "withdrawn"), "deleted"),
    **dict.fromkeys(("hidden", "private", "unpublished"), "hidden"),
}  # fmt: skip
"""What moderators' words mean; None for a comment that is shown. In Polis 0 is a statement that nobody has moderated:
participants see it."""
_STATED = ("moderated", "mod", "status", "state")
"""Columns with such a word, alone or behind another word (`moderation_status`, `Publication State`)."""
_STATED_LONG = re.compile(
    r"(?:moderation|publication|publishing|approval|review|comment|response|post)(?:status|state)"
)
_FLAGS: Mapping[str, Reason] = {
    "deleted": "deleted", "removed": "deleted", "trashed": "deleted", "spam": "spam", "hidden": "hidden",
    "private": "hidden", "rejected": "rejected", "banned": "rejected", "blocked": "rejected",
}  # fmt: skip
"""Columns with yes or no, where yes means that a comment is not shown."""
_TIMES: Mapping[str, Reason] = {"deletedat": "deleted", "removedat": "deleted", "hiddenat": "hidden"}
"""Columns with a time where something happened, and nothing where it did not."""
_SHOWN: Mapping[str, Reason] = {"approved": "pending", "visible": "hidden", "public": "hidden", "published": "hidden"}
"""Columns with yes or no, where no means that a comment is not shown; or with a state, as WordPress has them."""

_STANCES: Mapping[str, Stance] = {
    "1": "supportive", "+1": "supportive", "0": "neutral", "-1": "critical",
    "supportive": "supportive", "critical": "critical", "mixed": "mixed", "neutral": "neutral",
    "for": "supportive", "in favor": "supportive", "in favour": "supportive", "in_favor": "supportive",
    "against": "critical", "agree": "supportive", "agreement": "supportive", "disagree": "critical",
    "disagreement": "critical", "support": "supportive", "oppose": "critical",
}  # fmt: skip
"""What commenters chose. Decidim writes 1, 0 and -1."""

_NO_ANSWER = {
    "null", "none", "nil", "nan", "n/a", "na", "n.a", "#n/a", "not provided", "not applicable", "not answered",
    "no answer", "no answer provided", "no response", "no response provided", "no text", "blank", "empty", "undefined",
    "keine angabe", "keine angaben", "k.a", "k. a", "keine antwort", "entfällt", "لا يوجد", "لا ينطبق", "بدون إجابة",
}  # fmt: skip
"""What forms and programs write where somebody wrote nothing."""
_REMOVED = {"deleted", "removed", "comment deleted"}
_BARE = re.compile(r"[\s\-‐-―_.…·/\\*]+")
_AROUND = " \t\n.<>()[]{}\"'“”„‘’«»"

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?", re.DOTALL)
_SECONDS = re.compile(r"(\d{9,10})(?:\d{3})?", re.ASCII)
_WRITTEN = re.compile(r"(?:[A-Z][a-z]{2} )([A-Z][a-z]{2}) (\d{1,2}) (\d{4}) \d{2}:\d{2}:\d{2} GMT.*", re.ASCII)
_DIGITS = re.compile(r"\d{1,18}", re.ASCII)
_VOTES = re.compile(r"-?\d{1,15}(\.0)?", re.ASCII)
_MISSING = object()


class ExportRecord(Struct, frozen=True):
    """What a row says, as a briefing would write it; empty where it says nothing."""

    number: int
    id: str
    """As the file has it."""
    text: str
    author: str
    date: str
    """ISO 8601, without the time of day."""
    parent: str
    """The id, as the file has it, of the comment that it answers."""
    votes: str
    stance: Stance | Literal[""]
    reason: Reason | Literal[""]
    """Why it is not a comment; empty where it is one."""
    doubts: tuple[str, ...]
    """What of it could not be understood, each in words for the author."""


def clean(value: object) -> str:
    """Return a value as text without what a text file may not hold; empty for nothing and for lists and mappings."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return FORBIDDEN.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n")).strip()


def same_words(text: str, other: str) -> bool:
    """Return whether two texts are equal but for white space, as everywhere in the check of originals."""
    return text.split() == other.split()


def own_id(given: str) -> str:
    """Return the id in a file, if a briefing can have it; a number gets the letter c before it."""
    own = f"c{given}" if _DIGITS.fullmatch(given) else given
    return own if ID.fullmatch(own) and not RESERVED.fullmatch(own) else ""


# --- columns ----------------------------------------------------------------------------------------------------


def columns_of(rows: Sequence[ExportRow], given: Mapping[str, str]) -> Mapping[str, str]:
    """Return which column, or path of keys with dots, holds which field: as given, or by its name."""
    names = dict.fromkeys(name for row in rows for name in row.fields if name.isprintable())
    present = {_key(name): name for name in reversed(names)}
    for name in given:
        if name not in FIELDS:
            raise TableError(f"comments have no field “{name}”; the fields are {', '.join(FIELDS)}")
    for name, column in given.items():
        if all(_value_in(row, column) is _MISSING for row in rows):
            raise TableError(f"there is no column “{column}” for {name}; there are {_in_quotes(names)}")
    found = {name: _known_column(rows, present, KNOWN[name]) for name in FIELDS}
    columns = {name: column for name, column in {**found, **given}.items() if column}
    if "text" not in columns:
        raise TableError(
            f"no column has a name for the text of a comment; there are {_in_quotes(names)}: "
            "say which with --column text=NAME"
        )
    return columns


def _key(name: str) -> str:
    """Return a column's name as it is compared, without what sets its words apart: programs call one thing
    `parent_id`, `parent-id`, `parentId` and `Parent ID`."""
    return re.sub(r"[\s_-]+", "", name).lower()


def _known_column(rows: Sequence[ExportRow], present: Mapping[str, str], names: Iterable[str]) -> str:
    """Return the first of some columns that a file has; one that holds mappings is looked into, not taken."""
    for name in names:
        column = present.get(name, name if "." in name else "")
        values = (_value_in(row, column) for row in rows if column)
        if any(value is not _MISSING and not isinstance(value, dict | list) for value in values):
            return column
    return ""


def unused_columns(rows: Sequence[ExportRow], columns: Mapping[str, str]) -> tuple[str, ...]:
    """Return the columns with content that no field takes and that say nothing of moderation, in their order."""
    taken = {column.split(".")[0] if "." in column else column for column in columns.values()} | set(columns.values())
    names = dict.fromkeys(name for row in rows for name, value in row.fields.items() if value not in (None, "", [], {}))
    return tuple(
        name for name in names if name.isprintable() and name not in {*taken, *ANSWERS} and not _is_understood(name)
    )


def _is_understood(name: str) -> bool:
    return bool(_moderation_kind(name)) or _key(name) == "commentabletype"


def _in_quotes(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _value_in(row: ExportRow, column: str) -> Any:
    """Return what is in a column, or at a path of keys with dots."""
    if column in row.fields:
        return row.fields[column]
    found: Any = row.fields
    for key in column.split("."):
        found = found.get(key, _MISSING) if isinstance(found, dict) else _MISSING
    return found


# --- one row ----------------------------------------------------------------------------------------------------


def records(rows: Iterable[ExportRow], columns: Mapping[str, str]) -> Iterator[ExportRecord]:
    """Return what every row says, by the columns of its file."""
    for row in rows:
        given = {name: clean(_value_in(row, columns[name])) if name in columns else "" for name in FIELDS}
        reason, doubts = _reason_against(row, given["text"], columns.get("text", ""))
        date, wrong_day = _read_date(given["date"])
        votes, wrong_votes = _read_votes(given["votes"])
        stance, wrong_stance = _read_stance(given["stance"])
        yield ExportRecord(
            number=row.number,
            id=given["id"],
            text=given["text"],
            author=given["author"],
            date=date,
            parent=_find_parent(row, columns.get("reply_to", ""), given["reply_to"]),
            votes=votes,
            stance=stance,
            reason=reason,
            doubts=tuple(filter(None, (*doubts, wrong_day, wrong_votes, wrong_stance))),
        )


def _reason_against(row: ExportRow, text: str, text_column: str) -> tuple[Reason | Literal[""], list[str]]:
    """Return why a row is not a comment, and doubts about words for that which are not known."""
    if is_too_long(row):
        return "broken", []
    found, doubts = _read_moderation(row, text_column)
    if found:
        return found, []
    if not text:
        return "empty", []
    bare = " ".join(text.casefold().split()).strip(_AROUND)
    if text[0] in "[(<" and bare in _REMOVED:
        return "deleted", []
    return ("unanswered" if bare in _NO_ANSWER or _BARE.fullmatch(text) else ""), doubts


def _read_moderation(row: ExportRow, text_column: str) -> tuple[Reason | Literal[""], list[str]]:
    """Return what moderators say of a row, beside its text and on every level above it."""
    doubts: list[str] = []
    for name, value in _fields_beside(row.fields, text_column):
        said = str(value).lower() if isinstance(value, bool) else clean(value).casefold()
        reason, is_known = _read_state(name, said) if not isinstance(value, dict | list) else (None, True)
        if reason:
            return reason, []
        if not is_known:
            doubts.append(
                f"the meaning of “{said[:40]}” in the column “{name}” is not known; "
                "the comment was treated as one that is shown"
            )
    return "", doubts


def _fields_beside(fields: Mapping[str, Any], column: str) -> Iterator[tuple[str, Any]]:
    """Yield the columns of a row, and the keys of each mapping on the path to one of its columns."""
    yield from fields.items()
    first, dot, rest = column.partition(".")
    if dot and column not in fields and isinstance(inner := fields.get(first), dict):
        yield from _fields_beside(inner, rest)


def _moderation_kind(column: str) -> Literal["state", "flag", "time", "shown", ""]:
    """Return in which way a column speaks of moderation; empty where it does not."""
    key, bare = _key(column), _bare_key(column)
    if key in _STATED or _STATED_LONG.fullmatch(key):
        return "state"
    return "flag" if bare in _FLAGS else "time" if key in _TIMES else "shown" if bare in _SHOWN else ""


def _bare_key(column: str) -> str:
    return _key(column).removeprefix("comment").removeprefix("is")


def _read_state(column: str, said: str) -> tuple[Reason | None, bool]:
    """Return why a column that moderators fill in hides a row, and whether what it says is understood."""
    kind, bare = _moderation_kind(column), _bare_key(column)
    if kind == "time":
        return (None if said in _FALSE else _TIMES[_key(column)]), True
    if kind == "flag":
        return (_FLAGS[bare] if said in _TRUE else None), said in _TRUE or said in _FALSE
    if kind == "shown":
        if said in _TRUE:
            return None, True
        is_known = bare == "published" or said in _STATES or said in _FALSE  # published: or the time when it was
        return (_SHOWN[bare] if said in _NO else _STATES.get(said)), is_known
    return (_STATES.get(said), said in _STATES) if kind else (None, True)


def _find_parent(row: ExportRow, column: str, given: str) -> str:
    """Return the comment that a row answers. Decidim gives what is commented on, not all of which is a comment."""
    if _key(column) == "commentableid":
        return given if clean(row.fields.get("commentable_type", "")).endswith("Comment") else ""
    return "" if given.casefold() in ("null", "none", "0") and column else given


def _read_date(given: str) -> tuple[str, str]:
    """Return a day, month or year as ISO 8601, without times. Other ways to write a day are ambiguous."""
    seconds, written, found = _SECONDS.fullmatch(given), _WRITTEN.fullmatch(given), _DAY.fullmatch(given)
    if seconds:
        return datetime.fromtimestamp(int(seconds[1]), timezone.utc).date().isoformat(), ""
    if written:  # a date of JavaScript: `Sat May 31 2025 14:00:00 GMT+0000`
        try:
            return datetime.strptime(" ".join(written.groups()), "%b %d %Y").date().isoformat(), ""
        except ValueError:
            return "", ""
    day = found.group(1) if found else given
    if given and wrong_date(day):
        return "", f"its date “{given[:40]}” was left out: write it as 2025-11-07, since other forms can be misread"
    return day, ""


def _read_votes(given: str) -> tuple[str, str]:
    if given and not _VOTES.fullmatch(given):
        return "", f"its votes “{given[:40]}” were left out: they are not a whole number"
    return given.removesuffix(".0"), ""


def _read_stance(given: str) -> tuple[Stance | Literal[""], str]:
    found = _STANCES.get(given.casefold().removesuffix(".0"))
    if given and found is None:
        return "", f"its stance “{given[:40]}” was left out: its meaning is not known"
    return found or "", ""
