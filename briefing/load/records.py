"""Input models to records, field by field: shorthands made whole, paths made places, prose parsed.

A field goes to the field of the same name (`record`); only what needs more logic is written out. Nothing later sees
pydantic. `report` takes the problems that only show here. A record that would not be sound is not made, and its
problem says why.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from types import UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from briefing.load.schema.fields import Input, Written
from briefing.load.schema.registers import (
    CommentInput,
    CommentsFile,
    CommentsOriginalInput,
    ExcerptInput,
    MeasuresFile,
    PeopleFile,
    ReferenceInput,
    SetAsideInput,
)
from briefing.model import WORDLESS, Comment, CommentsOriginal, Measure, Person, Reference, Renumbered, SetAside
from briefing.model.places import Place, Problem
from briefing.model.prose import Prose
from briefing.prose.parse import parse

T = TypeVar("T")
Report = Callable[[Problem], None]
Bytes = Callable[[str, Place], bytes | Problem]
"""Reads a file of the folder; the place is what names it."""

EXCERPT_WORDS = 40
"""Words; about what quotation rules of publishers take for a short excerpt."""


def record(make: Callable[..., T], entry: Input, file: str, report: Report, /, **own: Any) -> T:
    """Make a record from the fields of `entry` that have the names of its own; `own` are those with a logic of theirs.

    One or several become several, text becomes prose where the record has that, and entries in the entry become
    records in the record.
    """
    fields: dict[str, Any] = {"at": Place(file, entry.path)}
    for name, (inner, many) in _fields(make).items():
        if name in type(entry).model_fields and name not in own:
            values = [_converted(value, inner, file, report) for value in several(getattr(entry, name))]
            fields[name] = tuple(values) if many else values[0]
    return make(**{**fields, **own})


@cache
def _fields(make: Callable[..., T]) -> dict[str, tuple[Any, bool]]:
    """Return of each field of a record what it holds, and whether it holds several of that."""
    found = {}
    for name, hint in get_type_hints(make).items():
        many = get_origin(hint) is tuple
        kinds = get_args(hint) if many or isinstance(hint, UnionType) else (hint,)
        found[name] = kinds[0], many
    return found


def _converted(value: Any, make: Any, file: str, report: Report) -> Any:
    if isinstance(value, Written):
        return prose(value, file, report)
    return record(make, value, file, report) if isinstance(value, Input) else value


def several(value: T | list[T]) -> tuple[T, ...]:
    """One or several as several."""
    return tuple(value) if isinstance(value, list) else (value,)


def prose(written: Written, file: str, report: Report) -> Prose | None:
    """A prose field as its tree; None where nothing is written."""
    if not written:
        return None
    tree, problems = parse(written.text, Place(file, written.path))
    for problem in problems:
        report(problem)
    return tree


def people(given: PeopleFile, file: str, report: Report) -> dict[str, Person]:
    """Everyone in people.yml, by id."""
    return {
        id: Person(id, entry, "person", "", Place(file, (id,)))
        if isinstance(entry, str)
        else record(Person, entry, file, report, id=id)
        for id, entry in given.root.items()
    }


def measures(given: MeasuresFile, file: str, report: Report) -> dict[str, Measure]:
    """Everything in measures.yml, by id."""
    return {id: record(Measure, entry, file, report, id=id) for id, entry in given.root.items()}


# --- comments and references ------------------------------------------------------------------------------------


def comments(given: CommentsFile, file: str, report: Report) -> tuple[Comment, ...]:
    """Every comment; one without text only where its removal was requested, or where the document no longer has it.

    Of such a comment neither text nor author goes any further, even where the file has them.
    """
    removed = {entry.comment: entry for entry in given.set_aside if entry.reason in WORDLESS}
    made = []
    for entry in given.comments:
        if entry.id in removed:
            made.append(record(Comment, entry, file, report, text="", author="", stance=""))
            if entry.text or entry.author:
                report(_kept(entry, removed[entry.id], file))
        elif entry.text:
            made.append(record(Comment, entry, file, report, stance=entry.stance or ""))
        else:
            hint = "write it, or set the comment aside with the reason “request” if it was removed on request"
            at = Place(file, entry.path).child("id")
            report(Problem("missing-field", f"the comment “{entry.id}” has no text", at, hint))
    return tuple(made)


def _kept(entry: CommentInput, aside: SetAsideInput, file: str) -> Problem:
    """The place is where the removal is recorded: a report shows its line, and the words are not for showing."""
    at = Place(file, aside.path).child("reason")
    kept = " and ".join(name for name in ("text", "author") if getattr(entry, name))
    why = "was removed on request" if aside.reason == "request" else "is no longer in the document"
    message = f"the comment “{entry.id}” {why}, but comments.yml still has its {kept}"
    hint = "delete them there, and leave its `id`: it keeps its place and is still counted"
    return Problem("removed-text-kept", message, at, hint)


def comment_originals(given: CommentsFile, file: str, read: Bytes, report: Report) -> tuple[CommentsOriginal, ...]:
    """The exports from which comments were imported, each with its bytes where it is in the folder."""
    made = (_comments_original(entry, Place(file, entry.path), read, report) for entry in given.originals)
    return tuple(original for original in made if original)


def _comments_original(entry: CommentsOriginalInput, at: Place, read: Bytes, report: Report) -> CommentsOriginal | None:
    if entry.held == "public" and not entry.file:
        hint = "add `file: comments-original.csv`, or `held: private` where the file is not in the folder"
        report(Problem("missing-field", "the original of the comments has no file", at.child("sha256"), hint))
        return None
    data = read(entry.file, at.child("file")) if entry.held == "public" else None
    if isinstance(data, Problem):
        report(data)
    name = f"{at.file.rpartition('/')[0]}/{entry.file}".lstrip("/")
    return record(
        CommentsOriginal,
        entry,
        at.file,
        report,
        file=name if entry.held == "public" else "",
        data=None if isinstance(data, Problem) else data,
        columns=dict(entry.columns),
        renumbered=tuple(record(Renumbered, one, at.file, report, given=one.id) for one in entry.renumbered),
    )


def set_aside(given: CommentsFile, file: str, report: Report) -> tuple[SetAside, ...]:
    """The comments that are in no theme."""
    return tuple(record(SetAside, entry, file, report) for entry in given.set_aside)


def reference(entry: ReferenceInput, file: str, report: Report) -> Reference:
    """An outside work."""
    _check_excerpts(entry.excerpts, file, report)
    return record(Reference, entry, file, report)


def _check_excerpts(given: list[ExcerptInput], file: str, report: Report) -> None:
    """Report an excerpt that is too long or has another's id; it is kept, for what cites it."""
    seen: set[str] = set()
    for entry in given:
        at = Place(file, entry.path)
        words = len(entry.exact.split())
        if words > EXCERPT_WORDS:
            message = f"the excerpt has {words} words, and {EXCERPT_WORDS} are allowed"
            report(Problem("excerpt-too-long", message, at.child("exact"), "keep only the words that you rely on"))
        if entry.id and entry.id in seen:
            hint = "give each excerpt of a reference an id of its own"
            report(Problem("duplicate-id", f"two excerpts here have the id “{entry.id}”", at.child("id"), hint))
        seen.add(entry.id)
