"""Rules on provenance: the original is the one that was supplied, and every word of it is accounted for."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import Literal

from msgspec.structs import replace
from rapidfuzz import fuzz

from briefing.anchor import diagnose
from briefing.anchor.diagnose import short
from briefing.check.provenance_cover import Cover, Lost, Words, cover
from briefing.check.rules import imported_comments
from briefing.load.folder_files import FORBIDDEN
from briefing.model import Briefing, LeftOut, Original
from briefing.model.places import Place, Problem, in_file, in_marks
from briefing.readers import DocumentText, Options, UnknownReader, UnreadableDocument, UnreadableSelector, read
from briefing.readers.places import headings, set_apart
from briefing.tables.fields import same_words

PAGES = (".html", ".htm")
_PASTED = 2000
"""Code points of an uncovered excerpt that a hint gives to paste; longer ones are for the author to copy."""
_LIKE = 60
"""Per cent of likeness from which bare words are treated as what a piece was meant to be; below, both are reported."""
_COMPARED, _LIKENESS = 50, 2000
"""Pieces and stretches that are compared, and code points of each: more differences mean another document."""


# --- the rules --------------------------------------------------------------------------------------------------


def original_changed(briefing: Briefing) -> Iterator[Problem]:
    """The SHA-256 of the original's bytes is the recorded one."""
    original = briefing.source.original
    if original is None or original.data is None:
        return
    found = hashlib.sha256(original.data).hexdigest()
    if found != original.sha256.lower():
        yield Problem(
            "original-changed",
            f"the SHA-256 of {_name(original)} is {found}, and {original.sha256 or 'none'} is recorded",
            original.at.child("sha256"),
            "if the file was changed by mistake, restore it as it was supplied; if this is a new version of the "
            f"document, see what it does to the annotations, then take it over:\n\n{_rebase(briefing, original)}",
        )


def cannot_verify_original(briefing: Briefing) -> Iterator[Problem]:
    """The original is in the folder, and a reader for its kind of file is there."""
    original = briefing.source.original
    if original is None:
        return
    if original.held == "private":
        hint = "readers are told that the source was not verified again here"
        yield Problem("cannot-verify-original", "the original is held privately", original.at.child("held"), hint)
        return
    reading = _read(original)
    if isinstance(reading, str):
        message = f"{_name(original)} cannot be compared with the source: {reading}"
        hint = "supply the document as .txt, .md or .html, or write `held: private` instead of `file`"
        yield Problem("cannot-verify-original", message, original.at.child("file"), hint)


def compared(briefing: Briefing) -> Literal["", "private", "unread", "differs", "verified"]:
    """What readers may be told of the original: whether it was compared with the source, and all of it accounted for.

    Empty where there is none.
    """
    original = briefing.source.original
    if original is None:
        return ""
    if original.held == "private":
        return "private"
    if not isinstance(_read(original), DocumentText):
        return "unread"
    own = (comment for comment in briefing.comments if comment.id not in imported_comments.imported(briefing))
    return (
        "differs" if any(allow.code == "not-in-original" for comment in own for allow in comment.allow) else "verified"
    )


def accounted_for(briefing: Briefing) -> Iterator[Problem]:
    """Every word of the original is in a paragraph of the source, a comment, or `left_out`, and all of these are in it.

    A piece that is not in the original and bare words that are like it are one mistake, reported once; but not
    where the author allows the one, for that must not let the other pass.

    Words are what white space separates, and they are equal only code point for code point. Paragraphs and comments
    are in the original in their order; what is left out stands anywhere. A comment that was removed on request
    covers what is between its neighbours, which is reported, but not what it says. An imported comment has its own
    original, and is in this one only where its words do. Nothing is said while comments or `left_out` could not
    all be read, and nothing of comments that may be from an export which is not here.
    """
    original = briefing.source.original
    if original is None:
        return
    elements = [entry for entry in briefing.source.left_out if entry.elements]
    try:
        reading = _read(original, tuple(entry.elements for entry in elements))
    except UnreadableSelector as error:
        yield _bad_selector(elements, error)
        return
    unread = briefing.unread.lacks("comments") or briefing.unread.lacks("left_out")
    if not isinstance(reading, DocumentText) or unread:
        return
    is_page = original.file.lower().endswith(PAGES)
    yield from _not_set_apart(briefing, original, reading)
    yield from _useless(elements, reading.removed) if is_page else _no_page(elements)
    words, pieces = _visible_words(reading), _pieces(briefing)
    reads = imported_comments.read_exports(briefing)
    elsewhere = imported_comments.claims(reads)
    laid = _laid(words, pieces, [comment.id in elsewhere for comment in briefing.comments])
    meant = _meant(laid, pieces, words)
    yield from _lost_pieces(briefing, laid, pieces, meant, words, reads)
    yield from _other_reader(original, reading) if laid.lost or laid.bare else ()
    yield from _not_covered(original, reading, words, [one for one in laid.bare if one not in meant.values()])
    yield from _removed(briefing, original, reading, words, laid)


# --- what they say ----------------------------------------------------------------------------------------------

Pieces = Mapping[str, Sequence[Words]]
"""The words of each paragraph, comment and entry that is left out, by kind."""


def _pieces(briefing: Briefing) -> Pieces:
    source = briefing.source
    return {
        "paragraph": [tuple(part.span.of(source.text).split()) for part in source.paragraphs],
        "comment": [tuple(comment.written.split()) for comment in briefing.comments],
        "left out": [tuple(entry.text.split()) for entry in source.left_out],
    }


def _bad_selector(elements: Sequence[LeftOut], error: UnreadableSelector) -> Problem:
    at = next(entry.at for entry in elements if entry.elements == error.selector).child("elements")
    hint = "write a tag (nav), a class (.share), an id (#footer), or several with commas between them"
    return Problem("wrong-value", f"{in_marks(short(error.selector))} is not a CSS selector: {error.reason}", at, hint)


def _not_set_apart(briefing: Briefing, original: Original, reading: DocumentText) -> Iterator[Problem]:
    """Yield a problem where a block quotation or heading is none in the original, if such documents say so."""
    source = briefing.source
    said = (source.block_quotations, tuple(number for number, _ in source.headings))
    if not any(said) or not original.file.lower().endswith(SETTING_APART):
        return
    texts = [part.span.of(source.text) for part in source.paragraphs]
    found: tuple[Collection[int], ...] = (set_apart(texts, reading), headings(texts, reading))
    for (key, what, hint), numbers, known in zip(_SET_APART, said, found, strict=True):
        for number in sorted(set(numbers).difference(known)):
            message = f"paragraph {number} is no {what} in {in_marks(original.file.rpartition('/')[2])}"
            yield Problem("wrong-value", message, source.at.child(key), f"take the number out; {hint}")


SETTING_APART = (".html", ".htm", ".md", ".markdown", ".docx")
"""The documents that say which paragraphs are block quotations and headings."""
_SET_APART = (
    ("block_quotations", "block quotation", "what is in no quotation marks there is told in the source’s own words"),
    ("headings", "heading", "it is shown like the paragraphs around it"),
)
"""The field, what it names, and what holds without it."""


def _lost_pieces(
    briefing: Briefing,
    laid: Cover,
    pieces: Pieces,
    meant: Mapping[Lost, tuple[int, int]],
    words: Words,
    reads: Sequence[imported_comments.ImportedExport],
) -> Iterator[Problem]:
    """Yield a problem for each piece that is not in the original; none for comments whose own original is not here."""
    joined = f" {' '.join(words)} " if laid.lost else ""
    for lost in laid.lost:
        if lost.kind == "comment" and imported_comments.unverified(briefing):
            continue
        piece = pieces[lost.kind][lost.number]
        start, end = meant.get(lost, (0, 0))
        problem = _not_in_original(briefing, lost, piece, words[start:end], f" {' '.join(piece)} " in joined)
        yield _with_row(briefing, lost, problem, reads, start < end) if lost.kind == "comment" and reads else problem


def _other_reader(original: Original, reading: DocumentText) -> Iterator[Problem]:
    """Yield where something differs, that the source was made with another reader, which may be why."""
    if original.reader not in ("", reading.reader):
        message = f"the source was made with the reader “{original.reader}”, and this is “{reading.reader}”"
        hint = "the differences that were found may come from that; once they are fixed, record the new one here"
        yield Problem("reader-changed", message, original.at.child("reader"), hint)


def _laid(words: Words, pieces: Pieces, elsewhere: Sequence[bool]) -> Cover:
    """Return the cover without the comments that are from elsewhere, or with them where they account for more.

    Readers who write under an article may answer a survey with the same words; then a comment is in both.
    """
    paragraphs, comments, left_out = pieces["paragraph"], pieces["comment"], pieces["left out"]
    own = [number for number, away in enumerate(elsewhere) if not away]
    laid = _numbered(cover(words, paragraphs, [comments[number] for number in own], left_out), own)
    if len(own) == len(comments) or not laid.bare:
        return laid
    more = cover(words, paragraphs, comments, left_out)
    lost = tuple(one for one in more.lost if one.kind != "comment" or not elsewhere[one.number])
    bridged = tuple(stretch for stretch in more.bridged if not elsewhere[stretch[2]])
    better = _count(more.bare) < _count(laid.bare) and len(lost) <= len(laid.lost) and bridged == more.bridged
    return Cover(lost, more.bare, bridged) if better else laid


def _count(stretches: Sequence[tuple[int, int]]) -> int:
    return sum(end - start for start, end in stretches)


def _numbered(laid: Cover, own: Sequence[int]) -> Cover:
    """Return the cover with the comments numbered as in the briefing."""
    lost = tuple(replace(one, number=own[one.number]) if one.kind == "comment" else one for one in laid.lost)
    return Cover(lost, laid.bare, tuple((start, end, own[number]) for start, end, number in laid.bridged))


def _with_row(
    briefing: Briefing, lost: Lost, problem: Problem, reads: Sequence[imported_comments.ImportedExport], found: bool
) -> Problem:
    """Return what is said of a comment that is in no original, where some comments are from exports."""
    comment = briefing.comments[lost.number]
    files = ", ".join(imported_comments.file_name(one.original) for one in reads)
    message = problem.message.replace("is not in the original", f"is neither in the original nor in {files}", 1)
    claim = None if found or lost.number >= _COMPARED else imported_comments.nearest_row(reads, comment)
    if claim is None:
        return replace(problem, message=message)
    row = claim.read.where(claim.record.number)
    if same_words(comment.written, claim.record.text):
        hint = f"{row} has these words under another id; say so under `renumbered`, or give the comment that id"
    else:
        hint = f"{row} is like it: {imported_comments.difference(comment.written.split(), claim.record.text.split())}"
    return replace(problem, message=message, hint=hint)


def _useless(elements: Sequence[LeftOut], removed: Sequence[int]) -> Iterator[Problem]:
    """Yield selectors that leave nothing out: what they select is not there, or is left out already."""
    for entry, words in zip(elements, removed, strict=False):
        if not words:
            message = f"{in_marks(short(entry.elements))} leaves no words of the original out"
            hint = "take the entry out, or look how the page names what you mean"
            yield Problem("not-in-original", message, entry.at.child("elements"), hint)


def _no_page(elements: Sequence[LeftOut]) -> Iterator[Problem]:
    for entry in elements:
        message = "only a web page has elements to leave out"
        yield Problem("wrong-value", message, entry.at.child("elements"), "write `text:` with the words instead")


@lru_cache(maxsize=1)  # two rules and the pages ask for the same document, and a long one takes seconds
def _read(original: Original, without: tuple[str, ...] = ()) -> DocumentText | str | None:
    """Return the original's text, or why there is none; None where loading has said so already, or it is private."""
    if original.data is None:
        return None
    try:
        return read(original.data, original.file, Options(original.encoding, without))
    except (UnknownReader, UnreadableDocument) as error:
        return str(error)


def _rebase(briefing: Briefing, original: Original) -> str:
    """Return the command that takes over the original as it is now as a new version of the source."""
    return f"briefing rebase -b {briefing.path} --to {original.file}"


def _visible_words(reading: DocumentText) -> Words:
    """Return the words of a reading without the control characters that no file of a briefing may hold."""
    found: list[str] = []
    for paragraph in reading.paragraphs:
        words = paragraph.split()
        if FORBIDDEN.search(paragraph):  # hardly ever: comparing word by word would take most of the time
            words = [seen for word in words if (seen := FORBIDDEN.sub("", word))]
        found += words
    return tuple(found)


def _name(original: Original) -> str:
    return original.file.rsplit("/", 1)[-1]


def _meant(laid: Cover, pieces: Pieces, words: Words) -> Mapping[Lost, tuple[int, int]]:
    """Return, for pieces that are not in the original, the bare stretch that is like them, each for one."""
    meant: dict[Lost, tuple[int, int]] = {}
    for lost in laid.lost[:_COMPARED]:
        piece = " ".join(pieces[lost.kind][lost.number])[:_LIKENESS]
        free = [stretch for stretch in laid.bare[:_COMPARED] if stretch not in meant.values()]
        scores = [fuzz.ratio(piece, " ".join(words[start:end])[:_LIKENESS]) for start, end in free]
        if scores and max(scores) >= _LIKE:
            meant[lost] = free[scores.index(max(scores))]
    return meant


def _not_in_original(briefing: Briefing, lost: Lost, piece: Words, here: Words, elsewhere: bool) -> Problem:
    """Return a paragraph, comment or entry of `left_out` that the original does not have, or not in this place.

    `here` is what the original has in its place; nothing where that is not known.
    """
    what, at = _piece(briefing, lost)
    if elsewhere:
        message = f"{what} is in the original, but not in this place, or something else here has its words already"
        hint = "keep paragraphs and comments in the order of the original, and name each stretch of it once"
        return Problem("not-in-original", message, at, hint)
    message = f"{what} is not in the original: {in_marks(short(' '.join(piece)))}"
    hint = _difference(piece, here) or "copy it from the original exactly, without words of your own"
    if lost.kind == "paragraph":
        hint += (
            "\nsource.txt is not edited by hand: put it back as it was; if the document itself has changed, "
            f"take over the new version:\nbriefing rebase -b {briefing.path} --to NEWFILE"
        )
    return Problem("not-in-original", message, at, hint)


def _piece(briefing: Briefing, lost: Lost) -> tuple[str, Place]:
    """Return what a piece is called, and where it is written."""
    if lost.kind == "paragraph":
        paragraph = briefing.source.paragraphs[lost.number]
        span = paragraph.span
        return f"paragraph {paragraph.number} of the source", in_file(briefing.source.file, span.start, span.end)
    if lost.kind == "comment":
        comment = briefing.comments[lost.number]
        return f"the comment “{comment.id}”", comment.at.child("text")
    return "what is left out", briefing.source.left_out[lost.number].at.child("text")


def _difference(piece: Words, here: Words) -> str:
    """Return the first word that differs from what the original has."""
    if not here:
        return ""
    at = next(at for at, (ours, theirs) in enumerate(zip_longest(piece, here)) if ours != theirs)
    where = f"after “{' '.join(piece[max(0, at - 3) : at])}”" if at else "at the beginning"
    ours, theirs = (f"“{side[at]}”" if at < len(side) else "nothing more" for side in (piece, here))
    return f"{where} the original has {theirs} where this has {ours}"


def _not_covered(
    original: Original, reading: DocumentText, words: Words, bare: Sequence[tuple[int, int]]
) -> Iterator[Problem]:
    """Yield the stretches of the original that are nowhere in the briefing."""
    text = (original.data or b"").decode(reading.encoding, "replace")
    lines = _lines(text, words, [first for first, _ in bare])
    for (first, end), line in zip(bare, lines, strict=True):
        excerpt = " ".join(words[first:end])
        where = f"line {line} of {_name(original)}" if line else _name(original)
        yield Problem(
            "original-not-covered",
            f"{where} has words that are in neither source.txt, comments.yml nor left_out: {in_marks(short(excerpt))}",
            original.at.child("file"),
            _left_out(excerpt),
        )


def _removed(
    briefing: Briefing, original: Original, reading: DocumentText, words: Words, laid: Cover
) -> Iterator[Problem]:
    """Words that stand where a comment was removed on request: they are not for showing, so only their line is."""
    text = (original.data or b"").decode(reading.encoding, "replace")
    lines = _lines(text, words, [first for first, _, _ in laid.bridged])
    for (first, end, number), line in zip(laid.bridged, lines, strict=True):
        where = f"line {line} of {_name(original)}" if line else _name(original)
        much = "a word" if end - first == 1 else f"{end - first:,} words"
        comment = briefing.comments[number].id
        on_request = any(one.comment == comment and one.reason == "request" for one in briefing.set_aside)
        why = "was removed on request" if on_request else "was before it was gone"
        yield Problem(
            "removed-text-in-original",
            f"{where} still has {much} where the comment “{comment}” {why}",
            original.at.child("file"),
            "the site does not show the original, but the folder holds it: take the words out of the file and record "
            "its new SHA-256 (a comment removed on request needs no words there), or keep the file elsewhere and write "
            "`held: private`",
        )


def _left_out(excerpt: str) -> str:
    """Return YAML to paste for words that are left out."""
    text = excerpt if len(excerpt) <= _PASTED else "…"
    block = diagnose.scalar("text", text).replace("\n", "\n    ")
    return f"add them where they belong, or to briefing.yml under `source`:\n\nleft_out:\n  - {block}\n    reason: …"


def _lines(text: str, words: Words, firsts: Sequence[int]) -> list[int | None]:
    """Return the lines of a document on which words are: exact for plain text, else where they are found in order."""
    if not firsts:
        return []
    starts = [found.start() for found in re.finditer(r"\S+", text)]
    ends = [found.end() for found in re.finditer("\r\n|[\r\n]", text)]
    exact = len(starts) == len(words)
    found: list[int | None] = []
    behind = 0
    for first in firsts:
        at = starts[first] if exact else _search(text, words[first : first + 4], behind)
        behind = max(at, behind)
        found.append(bisect_right(ends, at) + 1 if at >= 0 else None)
    return found


def _search(text: str, words: Words, behind: int) -> int:
    match = re.compile(r"\s+".join(map(re.escape, words))).search(text, behind)
    return match.start() if match else -1
