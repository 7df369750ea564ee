"""What a row of an export says of a comment: its words, who wrote it and when, and whether it may be shown at all.

The columns are those of the exports of Polis, Decidim, Disqus and Consult, and of forms and forums that call them
alike. Moderation is understood by its column and its value; a value that is not understood is told, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Literal, get_args

from briefing.load.files import FORBIDDEN
from briefing.load.schema.formats import ID, RESERVED, wrong_date
from briefing.model import Stance
from briefing.tables.rows import ANSWERS, ExportRow, TableError, too_long

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

_TRUE, _FALSE = ("true", "1", "yes", "t"), ("false", "0", "no", "f", "", "null", "none")
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
_REMOVED = {"deleted": "deleted", "removed": "deleted", "comment deleted": "deleted"}
_BARE = re.compile(r"[\s\-‐-―_.…·/\\*]+")
_AROUND = " \t\n.<>()[]{}\"'“”„‘’«»"

_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ]\d{2}:\d{2}.*)?", re.DOTALL)
_SECONDS = re.compile(r"(\d{9,10})(?:\d{3})?", re.ASCII)
_WRITTEN = re.compile(r"(?:[A-Z][a-z]{2} )([A-Z][a-z]{2}) (\d{1,2}) (\d{4}) \d{2}:\d{2}:\d{2} GMT.*", re.ASCII)
_DIGITS = re.compile(r"\d{1,18}", re.ASCII)
_VOTES = re.compile(r"-?\d{1,15}(\.0)?", re.ASCII)
_MISSING = object()


@dataclass(frozen=True, slots=True)
class ExportRecord:
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
    """Why it is no comment; empty where it is one."""
    doubts: tuple[str, ...]
    """What of it could not be understood, each in words for the author."""


def clean(value: object) -> str:
    """A value as text without what a text file may not hold; empty for nothing and for what is no scalar."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return FORBIDDEN.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n")).strip()


def same_words(text: str, other: str) -> bool:
    """Whether two texts are equal but for white space, as everywhere in the check of originals."""
    return text.split() == other.split()


def own_id(given: str) -> str:
    """The id in a file, if a briefing can have it; a number gets the letter c before it."""
    own = f"c{given}" if _DIGITS.fullmatch(given) else given
    return own if ID.fullmatch(own) and not RESERVED.fullmatch(own) else ""


# --- columns ----------------------------------------------------------------------------------------------------


def columns_of(rows: Sequence[ExportRow], given: Mapping[str, str]) -> Mapping[str, str]:
    """Which column, or path of keys with dots, holds which field: as given, or by its name."""
    names = dict.fromkeys(name for row in rows for name in row.fields if name.isprintable())
    present = {_key(name): name for name in reversed(names)}
    for name in given:
        if name not in FIELDS:
            raise TableError(f"comments have no field “{name}”; the fields are {', '.join(FIELDS)}")
    for name, column in given.items():
        if all(_value(row, column) is _MISSING for row in rows):
            raise TableError(f"there is no column “{column}” for {name}; there are {_listed(names)}")
    found = {name: _known(rows, present, KNOWN[name]) for name in FIELDS}
    columns = {name: column for name, column in {**found, **given}.items() if column}
    if "text" not in columns:
        raise TableError(
            f"no column is called like the text of a comment; there are {_listed(names)}: "
            "say which with --column text=NAME"
        )
    return columns


def _key(name: str) -> str:
    """A column's name as it is compared: without what sets its words apart, for programs call one thing `parent_id`,
    `parent-id`, `parentId` and `Parent ID`."""
    return re.sub(r"[\s_-]+", "", name).lower()


def _known(rows: Sequence[ExportRow], present: Mapping[str, str], names: Iterable[str]) -> str:
    """The first of some columns that a file has; one that holds mappings is looked into, not taken."""
    for name in names:
        column = present.get(name, name if "." in name else "")
        if column and any(_is_scalar(_value(row, column)) for row in rows):
            return column
    return ""


def _is_scalar(value: Any) -> bool:
    return value is not _MISSING and not isinstance(value, dict | list)


def unused_columns(rows: Sequence[ExportRow], columns: Mapping[str, str]) -> tuple[str, ...]:
    """The columns with something in them that no field takes and that say nothing of moderation, in their order."""
    taken = {column.split(".")[0] if "." in column else column for column in columns.values()} | set(columns.values())
    names = dict.fromkeys(name for row in rows for name, value in row.fields.items() if value not in (None, "", [], {}))
    return tuple(
        name for name in names if name.isprintable() and name not in {*taken, *ANSWERS} and not _understood(name)
    )


def _understood(name: str) -> bool:
    return bool(_moderation(name)) or _key(name) == "commentabletype"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _value(row: ExportRow, column: str) -> Any:
    """What stands in a column, or at a path of keys with dots."""
    if column in row.fields:
        return row.fields[column]
    found: Any = row.fields
    for key in column.split("."):
        found = found.get(key, _MISSING) if isinstance(found, dict) else _MISSING
    return found


# --- one row ----------------------------------------------------------------------------------------------------


def record(row: ExportRow, columns: Mapping[str, str]) -> ExportRecord:
    """What a row says, by the columns of its file."""
    given = {name: clean(_value(row, columns[name])) if name in columns else "" for name in FIELDS}
    reason, doubts = _reason(row, given["text"], columns.get("text", ""))
    date, wrong_day = _date(given["date"])
    votes, wrong_votes = _votes(given["votes"])
    stance, wrong_stance = _stance(given["stance"])
    return ExportRecord(
        number=row.number,
        id=given["id"],
        text=given["text"],
        author=given["author"],
        date=date,
        parent=_parent(row, columns.get("reply_to", ""), given["reply_to"]),
        votes=votes,
        stance=stance,
        reason=reason,
        doubts=tuple(filter(None, (*doubts, wrong_day, wrong_votes, wrong_stance))),
    )


def _reason(row: ExportRow, text: str, text_column: str) -> tuple[Reason | Literal[""], list[str]]:
    """Why a row is no comment, and which words for that are not known."""
    if too_long(row):
        return "broken", []
    found, doubts = _moderated(row, text_column)
    if found:
        return found, []
    if not text:
        return "empty", []
    bare = " ".join(text.casefold().split()).strip(_AROUND)
    if text[0] in "[(<" and bare in _REMOVED:
        return "deleted", []
    return ("unanswered" if bare in _NO_ANSWER or _BARE.fullmatch(text) else ""), doubts


def _moderated(row: ExportRow, text_column: str) -> tuple[Reason | Literal[""], list[str]]:
    """What moderators say of a row, beside its text and on every level above it."""
    doubts: list[str] = []
    for name, value in _beside(row.fields, text_column):
        kind = _moderation(name)
        if kind and _is_scalar(value):
            said = str(value).lower() if isinstance(value, bool) else clean(value).casefold()
            reason, understood = _state(kind, _key(name).removeprefix("comment").removeprefix("is"), said)
            if reason:
                return reason, []
            doubts += [] if understood else [_doubt(name, said)]
    return "", doubts


def _beside(fields: Mapping[str, Any], column: str) -> Iterator[tuple[str, Any]]:
    """The columns of a row, and the keys of each mapping on the path to one of its columns."""
    yield from fields.items()
    first, dot, rest = column.partition(".")
    if dot and column not in fields and isinstance(inner := fields.get(first), dict):
        yield from _beside(inner, rest)


def _moderation(name: str) -> Literal["state", "flag", "time", "shown", ""]:
    """In which way a column speaks of moderation; empty where it does not."""
    key = _key(name)
    bare = key.removeprefix("comment").removeprefix("is")
    if key in _STATED or _STATED_LONG.fullmatch(key):
        return "state"
    return "flag" if bare in _FLAGS else "time" if key in _TIMES else "shown" if bare in _SHOWN else ""


def _state(kind: str, bare: str, said: str) -> tuple[Reason | None, bool]:
    """Why a comment is not shown, by what a column says, and whether that is understood."""
    if kind == "state":
        return _STATES.get(said), said in _STATES
    if kind == "time":
        return (_TIMES[bare] if said not in _FALSE else None), True
    if kind == "flag":
        return (_FLAGS[bare] if said in _TRUE else None), said in _TRUE or said in _FALSE
    if said in _TRUE:
        return None, True
    if said in ("false", "0", "no", "f"):
        return _SHOWN[bare], True
    return _STATES.get(said), bare == "published" or said in _STATES or said in _FALSE  # the time when it was


def _doubt(name: str, said: str) -> str:
    return f"what “{said[:40]}” means in the column “{name}” is not known; the comment was taken as one that is shown"


def _parent(row: ExportRow, column: str, given: str) -> str:
    """The comment that a row answers. Decidim gives what is commented on, of which only some is a comment."""
    if _key(column) == "commentableid":
        return given if clean(row.fields.get("commentable_type", "")).endswith("Comment") else ""
    return "" if given.casefold() in ("null", "none", "0") and column else given


def _date(given: str) -> tuple[str, str]:
    """A day, month or year as ISO 8601; times are left off. Other ways to write a day can be read in two ways."""
    seconds, written, found = _SECONDS.fullmatch(given), _WRITTEN.fullmatch(given), _DAY.fullmatch(given)
    if seconds:
        return datetime.fromtimestamp(int(seconds[1]), timezone.utc).date().isoformat(), ""
    if written:
        return _spelt(*written.groups()), ""
    day = found.group(1) if found else given
    if given and wrong_date(day):
        return "", f"its date “{given[:40]}” was left out: write it like 2025-11-07, for others can be misread"
    return day, ""


def _spelt(month: str, day: str, year: str) -> str:
    """The day in a date of JavaScript: `Sat May 31 2025 14:00:00 GMT+0000`."""
    try:
        return datetime.strptime(f"{month} {day} {year}", "%b %d %Y").date().isoformat()
    except ValueError:
        return ""


def _votes(given: str) -> tuple[str, str]:
    if given and not _VOTES.fullmatch(given):
        return "", f"its votes “{given[:40]}” were left out: they are no whole number"
    return given.removesuffix(".0"), ""


def _stance(given: str) -> tuple[Stance | Literal[""], str]:
    found = _STANCES.get(given.casefold().removesuffix(".0"))
    if given and found is None:
        return "", f"its stance “{given[:40]}” was left out: it is not known what it means"
    return found or "", ""


def records(rows: Iterable[ExportRow], columns: Mapping[str, str]) -> Iterator[ExportRecord]:
    """What every row says."""
    return (record(row, columns) for row in rows)
