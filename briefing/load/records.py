"""Input models to records: shorthands made whole, paths made places, prose parsed. Nothing later sees pydantic.

`report` takes the problems that only show here. A record that would not be sound is not made, and its problem says why.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from briefing.load.schema.base import AllowInput
from briefing.load.schema.fields import Written, is_todo
from briefing.load.schema.registers import (
    CommentInput,
    CommentsFile,
    CommentsOriginalInput,
    ExcerptInput,
    MeasuresFile,
    PeopleFile,
    PersonInput,
    ReferenceInput,
    SetAsideInput,
)
from briefing.model import (
    WORDLESS,
    Allow,
    Comment,
    CommentsOriginal,
    Excerpt,
    LeftRows,
    Measure,
    Person,
    Reference,
    Renumbered,
    SetAside,
)
from briefing.model.places import Place, Problem
from briefing.model.prose import Prose
from briefing.prose.parse import parse

T = TypeVar("T")
Report = Callable[[Problem], None]
Bytes = Callable[[str, Place], bytes | Problem]
"""Reads a file of the folder; the place is what names it."""

EXCERPT_WORDS = 40
"""Words; about what quotation rules of publishers take for a short excerpt."""


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


def allowances(given: list[AllowInput], file: str) -> tuple[Allow, ...]:
    """What the author lets pass; a reason that is still to be written is none, so that no page shows it."""
    return tuple(
        Allow(entry.code, "" if is_todo(entry.reason) else entry.reason, Place(file, entry.path), entry.passage)
        for entry in given
    )


def people(given: PeopleFile, file: str) -> dict[str, Person]:
    """Everyone in people.yml, by id."""
    return {id: _person(id, entry, file) for id, entry in given.root.items()}


def _person(id: str, entry: PersonInput | str, file: str) -> Person:
    at = Place(file, (id,))
    if isinstance(entry, str):
        return Person(id, entry, "person", "", at)
    return Person(id, entry.name, entry.kind, entry.same_as, at)


def measures(given: MeasuresFile, file: str) -> dict[str, Measure]:
    """Everything in measures.yml, by id."""
    return {id: Measure(id, entry.label, entry.unit, Place(file, (id,))) for id, entry in given.root.items()}


# --- comments and references ------------------------------------------------------------------------------------


def comments(given: CommentsFile, file: str, report: Report) -> tuple[Comment, ...]:
    """Every comment; one without text only where its removal was requested, or where the document no longer has it.

    Of such a comment neither text nor author goes any further, even where the file has them.
    """
    removed = {entry.comment: entry for entry in given.set_aside if entry.reason in WORDLESS}
    made = []
    for entry in given.comments:
        at = Place(file, entry.path)
        if entry.id in removed:
            made.append(replace(_comment(entry, at), text="", author="", stance=""))
            if entry.text or entry.author:
                report(_kept(entry, removed[entry.id], file))
        elif entry.text:
            made.append(_comment(entry, at))
        else:
            hint = "write it, or set the comment aside with the reason “request” if it was removed on request"
            report(Problem("missing-field", f"the comment “{entry.id}” has no text", at.child("id"), hint))
    return tuple(made)


def _kept(entry: CommentInput, aside: SetAsideInput, file: str) -> Problem:
    """The place is where the removal is recorded: a report shows its line, and the words are not for showing."""
    at = Place(file, aside.path).child("reason")
    kept = " and ".join(name for name in ("text", "author") if getattr(entry, name))
    why = "was removed on request" if aside.reason == "request" else "is no longer in the document"
    message = f"the comment “{entry.id}” {why}, but comments.yml still has its {kept}"
    hint = "delete them there, and leave its `id`: it keeps its place and is still counted"
    return Problem("removed-text-kept", message, at, hint)


def _comment(entry: CommentInput, at: Place) -> Comment:
    return Comment(
        id=entry.id,
        text=entry.text,
        author=entry.author,
        date=entry.date,
        reply_to=entry.reply_to,
        votes=entry.votes,
        at=at,
        stance=entry.stance or "",
        allow=allowances(entry.allow, at.file),
    )


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
    return CommentsOriginal(
        file=name if entry.held == "public" else "",
        sha256=entry.sha256,
        held=entry.held,
        data=None if isinstance(data, Problem) else data,
        format=entry.format,
        exported_from=entry.exported_from,
        columns=dict(entry.columns),
        renumbered=tuple(
            Renumbered(one.row, one.id, one.comment, Place(at.file, one.path)) for one in entry.renumbered
        ),
        left_out=tuple(LeftRows(several(one.rows), one.reason, Place(at.file, one.path)) for one in entry.left_out),
        at=at,
    )


def set_aside(given: CommentsFile, file: str) -> tuple[SetAside, ...]:
    """The comments that are in no theme."""
    return tuple(SetAside(entry.comment, entry.reason, Place(file, entry.path)) for entry in given.set_aside)


def reference(entry: ReferenceInput, file: str, report: Report) -> Reference:
    """An outside work."""
    return Reference(
        id=entry.id,
        title=entry.title,
        authors=several(entry.authors),
        publisher=entry.publisher,
        url=entry.url,
        published=entry.published,
        checked=entry.checked,
        archived=entry.archived,
        excerpts=_excerpts(entry.excerpts, file, report),
        note=entry.note,
        allow=allowances(entry.allow, file),
        at=Place(file, entry.path),
        language=entry.language,
    )


def _excerpts(given: list[ExcerptInput], file: str, report: Report) -> tuple[Excerpt, ...]:
    """The excerpts; one that is too long or has another's id is kept, for what cites it."""
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
    return tuple(Excerpt(entry.id, entry.exact, entry.where, Place(file, entry.path)) for entry in given)
