"""Rules on imported comments: each is as its row has it, and every row of an export is accounted for.

A row belongs to the comment that `renumbered` names, or else to the one with the row's own id. Words are compared as
everywhere (white space apart, code point for code point), and author, date, votes, stance and what is replied to where
the comment has them. A later export may say the same of the same comments, so of these one row has to agree.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby, zip_longest

from msgspec import Struct
from rapidfuzz import fuzz

from briefing import resources
from briefing.anchor.diagnose import short
from briefing.model import Briefing, Comment, CommentsOriginal, TableFormat
from briefing.model.places import Problem, in_marks
from briefing.readers import Options, UnknownReader, UnreadableDocument, read
from briefing.tables import TableError, rows, where
from briefing.tables.fields import ExportRecord, Reason, own_id, records, same_words

SAYS: Mapping[Reason, str] = {
    "empty": "without words",
    "unanswered": "without an answer",
    "broken": "with more cells than there are columns (a cell with commas without its quotation marks?)",
    "rejected": "rejected by moderators",
    "pending": "not approved by moderators",
    "spam": "marked as spam",
    "deleted": "deleted",
    "hidden": "hidden by moderators",
    "changed": "with other words for a comment that is already there; it was not changed",
}
"""What rows are said to be."""
_SEEN = frozenset(SAYS) - {"changed"}
"""What can be seen in a row alone."""
_TOLD = 20
"""Rows that a message names; more are counted."""
_LIKE, _LIKENESS = 60, 2000
"""Per cent of likeness from which a row is treated as what a comment was meant to be, and code points compared."""


class ImportedExport(Struct, frozen=True):
    """An export, read again."""

    original: CommentsOriginal
    records: tuple[ExportRecord, ...]
    """Every row."""
    comments: Mapping[int, str]
    """By row: the id of the comment that it has to be. Rows that are left out are not there."""

    def where(self, row: int) -> str:
        """Return a row as a person finds it: "line 7 of comments-original.csv"."""
        return f"{where(self.original.format, row)} of {file_name(self.original)}"


class Claim(Struct, frozen=True):
    """A row that belongs to a comment."""

    read: ImportedExport
    record: ExportRecord


def file_name(original: CommentsOriginal) -> str:
    """Return the name of the file alone."""
    return original.file.rsplit("/", 1)[-1]


def read_exports(briefing: Briefing) -> tuple[ImportedExport, ...]:
    """Return every export that can be read here."""
    made = ((original, _read(original)) for original in briefing.comment_originals)
    return tuple(_with_comments(original, found) for original, found in made if isinstance(found, tuple))


def claims(reads: Sequence[ImportedExport]) -> Mapping[str, tuple[Claim, ...]]:
    """Return the rows that belong to each comment, by its id."""
    found: dict[str, list[Claim]] = {}
    for one in reads:
        for record in one.records:
            if record.number in one.comments:
                found.setdefault(one.comments[record.number], []).append(Claim(one, record))
    return {comment: tuple(these) for comment, these in found.items()}


def imported(briefing: Briefing) -> frozenset[str]:
    """Return the ids of the comments that a row of an export belongs to."""
    ids = {comment.id for comment in briefing.comments}
    return frozenset(id for one in read_exports(briefing) for id in one.comments.values() if id in ids)


def unverified(briefing: Briefing) -> bool:
    """Return whether an export is not here or cannot be read: any comment may be from it."""
    return len(read_exports(briefing)) < len(briefing.comment_originals)


def _read(original: CommentsOriginal) -> tuple[ExportRecord, ...] | str | None:
    """Return every row, or why they cannot be read; None where loading has said so already, or the file is private."""
    if original.data is None:
        return None
    return _records(original.data, file_name(original), original.format, tuple(original.columns.items()))


@lru_cache(maxsize=8)
def _records(
    data: bytes, name: str, style: TableFormat, columns: tuple[tuple[str, str], ...]
) -> tuple[ExportRecord, ...] | str:
    """Return the same for the bytes: several rules look at one file, and so do pages and a rebase."""
    try:
        return tuple(records(rows(data, name, style), dict(columns)))
    except TableError as error:
        return str(error)


def _with_comments(original: CommentsOriginal, found: tuple[ExportRecord, ...]) -> ImportedExport:
    named = {entry.row: entry.comment for entry in original.renumbered}
    out = frozenset(row for entry in original.left_out for row in entry.numbers())
    comments = {
        record.number: named.get(record.number) or own_id(record.id)
        for record in found
        if record.number in named or (record.number not in out and own_id(record.id))
    }
    return ImportedExport(original, found, comments)


# --- the rules --------------------------------------------------------------------------------------------------


def export_changed(briefing: Briefing) -> Iterator[Problem]:
    """The SHA-256 of an export's bytes is the recorded one."""
    for original in briefing.comment_originals:
        digest = hashlib.sha256(original.data).hexdigest() if original.data is not None else original.sha256
        if digest != original.sha256:
            yield Problem(
                "original-changed",
                f"the SHA-256 of {file_name(original)} is {digest}, and {original.sha256} is recorded",
                original.at.child("sha256"),
                "if the file was changed by mistake, restore it as it was supplied; if you took words out of it that "
                "were to be removed, record the new SHA-256; a newer export is imported beside it:\n\n"
                f"briefing import comments NEWFILE {briefing.path}",
            )


def cannot_verify_export(briefing: Briefing) -> Iterator[Problem]:
    """An export is in the folder, and can be read as what it is said to be."""
    for original in briefing.comment_originals:
        if original.held == "private":
            hint = "readers are told that the comments were not verified again here"
            message = "the original of the comments is held privately"
            yield Problem("cannot-verify-original", message, original.at.child("held"), hint)
            continue
        found = _read(original)
        if isinstance(found, str):
            hint = "look at `format` (csv, json, jsonl or xml), or write `held: private` instead of `file`"
            message = f"the comments cannot be compared with {file_name(original)}: {found}"
            yield Problem("cannot-verify-original", message, original.at.child("file"), hint)


def as_in_its_row(briefing: Briefing) -> Iterator[Problem]:
    """A comment that a row belongs to has the row's words, and its author, date, votes and stance where it has any.

    Of a comment that was removed on request, or is gone, the row has no words either. What a comment says beside its
    words may be from the document where its words are there too.
    """
    if briefing.unread.lacks("comments"):
        return
    found = claims(read_exports(briefing))
    aside = {entry.comment for entry in briefing.set_aside}
    for comment in briefing.comments:
        if not comment.written:
            yield from _removed(briefing, comment, found.get(comment.id, ()))
            continue
        if comment.id not in aside:
            yield from _not_to_be_shown(comment, found.get(comment.id, ()))
        problems = tuple(_differing(comment, found[comment.id], found)) if comment.id in found else ()
        if any(problem.at != comment.at.child("text") for problem in problems) and _in_document(briefing, comment):
            continue
        yield from problems


def rows_accounted_for(briefing: Briefing) -> Iterator[Problem]:
    """Every row of an export belongs to a comment or is left out for a reason, and not both."""
    if briefing.unread.lacks("comments"):
        return
    ids = {comment.id for comment in briefing.comments}
    reads = read_exports(briefing)
    free = [comment for comment in briefing.comments if comment.written and comment.id not in claims(reads)]
    for one in reads:
        yield from _tables(one, ids)
        out = frozenset(row for entry in one.original.left_out for row in entry.numbers())
        bare = [r for r in one.records if r.number not in out and one.comments.get(r.number) not in ids]
        if bare:
            yield _not_covered(one, bare, free)


def one_row_each(briefing: Briefing) -> Iterator[Problem]:
    """No two rows of an export are one comment: whoever wrote the same words is counted, too."""
    if briefing.unread.lacks("comments"):
        return
    ids = {comment.id for comment in briefing.comments}
    for one in read_exports(briefing):
        first: dict[str, int] = {}
        for row, id in sorted(one.comments.items()):
            if id in ids and first.setdefault(id, row) != row:
                yield Problem(
                    "original-not-covered",
                    f"{one.where(row)} is recorded as the comment “{id}”, and so is "
                    f"{where(one.original.format, first[id])}: one of them is counted nowhere",
                    one.original.at.child("file"),
                    "add the comment of this row to comments.yml with an id of its own, and say so in this entry:\n\n"
                    f"renumbered:\n  - {{row: {row}, comment: …}}\n\n"
                    "or, where somebody sent the same twice, leave it out with that reason:\n\n"
                    f"left_out:\n  - rows: [{row}]\n    reason: sent twice by the same person",
                )


def reasons_borne_out(briefing: Briefing) -> Iterator[Problem]:
    """What `left_out` says of rows that an import can see in them itself is so: readers are told it."""
    for one in read_exports(briefing):
        by_number = {record.number: record for record in one.records}
        for entry in one.original.left_out:
            reason = _recorded(briefing.language).get(entry.reason)
            named = (by_number[number] for number in sorted(entry.numbers()) if number in by_number)
            wrong = [record for record in named if record.text and record.reason != reason]
            if reason in _SEEN and wrong:
                also = f", and {len(wrong) - 1:,} more" if len(wrong) > 1 else ""
                yield Problem(
                    "not-in-original",
                    f"{one.where(wrong[0].number)}{also} is left out as “{entry.reason}”, and the file does not say "
                    f"so: {in_marks(short(' '.join(wrong[0].text.split())))}",
                    entry.at.child("reason"),
                    "import the file again without this entry, or give the true reason in your own words",
                )


# --- what they say ----------------------------------------------------------------------------------------------


def _removed(briefing: Briefing, comment: Comment, found: Sequence[Claim]) -> Iterator[Problem]:
    """Words that are still in the row of a comment that was removed: they are not for showing, so only the row is."""
    on_request = any(one.comment == comment.id and one.reason == "request" for one in briefing.set_aside)
    why = "was removed on request" if on_request else "is set aside as gone"
    for claim in found:
        record = claim.record
        kept = " and ".join(name for name in ("text", "author") if getattr(record, name))
        if kept and (record.text or on_request) and record.reason not in ("empty", "unanswered", "deleted"):
            yield Problem(
                "removed-text-in-original",
                f"{claim.read.where(record.number)} still has the {kept} of the comment “{comment.id}”, which {why}",
                claim.read.original.at.child("file"),
                f"the site does not show this file, but the folder holds it: empty the {kept} of that row and record "
                "the new SHA-256 (the row stays, with its id), or keep the file elsewhere and write `held: private`",
            )


@lru_cache(maxsize=8)
def _recorded(tag: str) -> Mapping[str, Reason]:
    """The words in which an import records each reason, in the language of the briefing and in English."""
    files = (resources.catalogue(language) for language in ("en", tag.partition("-")[0]))
    said = [json.loads(file.read_text("utf-8")) for file in files if file.is_file()]
    return {one[f"row.{reason}"]: reason for one in said for reason in SAYS if f"row.{reason}" in one}


def _not_to_be_shown(comment: Comment, found: Sequence[Claim]) -> Iterator[Problem]:
    """A comment that the file itself says is none, or is not public; where one of several exports shows it, it is."""
    if found and all(claim.record.reason in _SEEN for claim in found):
        claim = found[-1]
        said = SAYS[claim.record.reason or "empty"]
        yield Problem(
            "not-in-original",
            f"the comment “{comment.id}” is shown, and {claim.read.where(claim.record.number)} has it {said}",
            comment.at.child("text"),
            "take it out, and name its row under `left_out` with that reason; or set it aside in comments.yml",
        )


def _differing(comment: Comment, found: Sequence[Claim], all_: Mapping[str, tuple[Claim, ...]]) -> Iterator[Problem]:
    for claim in found:
        if not same_words(comment.written, claim.record.text):
            where = claim.read.where(claim.record.number)
            yield Problem(
                "not-in-original",
                f"the comment “{comment.id}” is not as {where} has it: "
                f"{in_marks(short(' '.join(comment.written.split())))}",
                comment.at.child("text"),
                difference(comment.written.split(), claim.record.text.split()),
            )
            return
    for field, ours in _stated(comment):
        theirs = [_said(claim, field, all_) for claim in found]
        if not any(_agrees(field, ours, said) for said in theirs):
            where = found[-1].read.where(found[-1].record.number)
            said = f"“{theirs[-1]}”" if theirs[-1] else "none"
            name = {"reply_to": "`reply_to`"}.get(field, field)
            yield Problem(
                "not-in-original",
                f"the comment “{comment.id}” has the {name} “{ours}”, and {where} has {said}",
                comment.at.child(field),
                "write what the file has, or take the line out: a comment needs no more than its words",
            )


def _in_document(briefing: Briefing, comment: Comment) -> bool:
    """Return whether a comment's words are, or may be, in the document that the source is from.

    Of one that cannot be read here nobody knows; that it cannot is reported.
    """
    original = briefing.source.original
    if original is None or original.data is None:
        return False
    document = _document(original.data, original.file, original.encoding)
    return document is None or f" {' '.join(comment.written.split())} " in document


@lru_cache(maxsize=2)
def _document(data: bytes, file: str, encoding: str) -> str | None:
    try:
        reading = read(data, file, Options(encoding))
    except (UnknownReader, UnreadableDocument):
        return None
    return f" {' '.join(' '.join(reading.paragraphs).split())} "


def _stated(comment: Comment) -> Iterator[tuple[str, str]]:
    """Yield what a comment says beside its words."""
    votes = "" if comment.votes is None else str(comment.votes)
    given = {
        "author": comment.author, "date": comment.date, "votes": votes, "stance": comment.stance,
        "reply_to": comment.reply_to,
    }  # fmt: skip
    yield from ((field, value) for field, value in given.items() if value)


def _said(claim: Claim, field: str, all_: Mapping[str, tuple[Claim, ...]]) -> str:
    """Return what a row says in a field; of what it answers, the comment here."""
    if field != "reply_to":
        return str(getattr(claim.record, field))
    given = claim.record.parent
    meant = (r for r in claim.read.records if r.id == given and r.number in claim.read.comments)
    first = next(meant, None) if given else None
    return claim.read.comments[first.number] if first else own_id(given) if own_id(given) in all_ else given


def _agrees(field: str, ours: str, said: str) -> bool:
    """Return whether a row says the same; a date here may be less exact."""
    return said.startswith(ours) if field == "date" else " ".join(ours.split()) == " ".join(said.split())


def _tables(one: ImportedExport, ids: set[str]) -> Iterator[Problem]:
    """Yield what `renumbered` and `left_out` say of rows that are not there, or of rows twice."""
    numbers = {record.number for record in one.records}
    name = file_name(one.original)
    for entry in one.original.renumbered:
        if entry.row not in numbers:
            message = f"{name} has no {where(one.original.format, entry.row)}"
            yield Problem("not-in-original", message, entry.at.child("row"), "take the entry out, or look for its row")
        elif entry.comment not in ids:
            message = f"no comment has the id “{entry.comment}”"
            yield Problem("unknown-comment", message, entry.at.child("comment"), "look how the comment is called now")
    named = {entry.row for entry in one.original.renumbered}
    for left in one.original.left_out:
        missing, twice = left.numbers() - numbers, left.numbers() & named
        if missing:
            message = f"{name} has no {where(one.original.format, min(missing))} that could be left out"
            yield Problem("not-in-original", message, left.at.child("rows"), "name only rows that are there")
        elif twice:
            message = f"{one.where(min(twice))} is left out and renumbered"
            yield Problem("not-in-original", message, left.at.child("rows"), "take it out of one of the two")


def _not_covered(one: ImportedExport, bare: Sequence[ExportRecord], free: Sequence[Comment]) -> Problem:
    first, more = bare[0], len(bare) - 1
    also = f", and so {'is' if more == 1 else 'are'} {more:,} more" if more else ""
    what = f": {in_marks(short(' '.join(first.text.split())))}" if first.text else ", which has no words"
    message = f"{one.where(first.number)} is neither a comment here nor left out{also}{what}"
    return Problem("original-not-covered", message, one.original.at.child("file"), _hint(one, bare, free))


def _hint(one: ImportedExport, bare: Sequence[ExportRecord], free: Sequence[Comment]) -> str:
    """Return what to write: which comment a row is that has another id here, or that rows are left out."""
    renamed = [(r, c) for r in bare[:_TOLD] for c in free if same_words(r.text, c.text)]
    if renamed:
        lines = [
            f"  - {{row: {record.number}{f', id: {_quoted(record.id)}' if record.id else ''}, comment: {comment.id}}}"
            for record, comment in renamed
        ]
        return "\n".join(["a comment with another id has these words; say so in this entry:\n", "renumbered:", *lines])
    numbers = ", ".join(runs([record.number for record in bare])[:_TOLD])
    return (
        "import the file again to add what is missing, or say in this entry why it is left out:\n\n"
        f"left_out:\n  - rows: [{numbers}]\n    reason: …"
    )


def _quoted(id: str) -> str:
    return '"' + id.replace("\\", "\\\\").replace('"', '\\"')[:80] + '"'


def runs(numbers: Sequence[int]) -> list[str]:
    """Return numbers as people write several: 3, 8-12."""
    made = []
    for _, run in groupby(enumerate(sorted(numbers)), key=lambda item: item[1] - item[0]):
        these = [number for _, number in run]
        made.append(str(these[0]) if len(these) == 1 else f"{these[0]}-{these[-1]}")
    return made


def difference(ours: Sequence[str], theirs: Sequence[str]) -> str:
    """Return the first word that differs from what the row has."""
    pairs = enumerate(zip_longest(ours, theirs, fillvalue=""))
    at = next(at for at, (one, other) in pairs if one != other)
    place = f"after “{' '.join(ours[max(0, at - 3) : at])}”" if at else "at the beginning"
    here, there = (f"“{side[at]}”" if at < len(side) else "nothing more" for side in (ours, theirs))
    return f"{place} the file has {there} where this has {here}"


def nearest_row(reads: Sequence[ImportedExport], comment: Comment) -> Claim | None:
    """Return the row that a comment which is in none was probably meant to be."""
    ours = comment.written[:_LIKENESS]
    free = (Claim(one, record) for one in reads for record in one.records if record.text)
    scored = ((fuzz.ratio(ours, claim.record.text[:_LIKENESS], score_cutoff=_LIKE), claim) for claim in free)
    best = max(scored, key=lambda item: item[0], default=(0.0, None))
    return best[1] if best[0] else None
