"""Divide a new version of a document as the old one was: into source, comments and what is left out.

The pieces of the old version (lines of the source, of the comments, of `left_out`) are matched with the new one: first
where their words are exactly the same, then where a stretch is similar to one that is still missing. What is similar to
none belongs to what is before it. Old words that no piece accounts for were a comment that was removed on request;
where they still are, they stay removed. Imported comments are of another document, and stay as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import accumulate, groupby, islice
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from briefing.check.rules.imported_comments import imported
from briefing.model import Briefing

Kind = Literal["source", "comment", "left out", "removed"]

LIKE = 50.0
"""Likeness in per cent from which a stretch is a new version of a piece; new paragraphs reach less in trials."""
COMPARED = 2000
"""Code points of a stretch and of a piece that are compared."""


@dataclass(frozen=True, slots=True)
class OldLine:
    """A line of the old version."""

    kind: Kind
    number: int
    """Of its paragraph, comment or entry, from 0."""
    text: str

    @property
    def words(self) -> list[str]:
        """Its words, as white space separates them."""
        return self.text.split()


@dataclass(slots=True)
class Stretch:
    """Some words of the new version, and the old piece that they are, or are a version of."""

    text: str
    kind: Kind | None = None
    piece: int | None = None
    """Index of the piece; None for what is new."""
    joins: bool = False
    """Whether it continues the line of the stretch before it."""


@dataclass(frozen=True, slots=True)
class DividedDocument:
    """A new version, divided."""

    source: str
    """The new source.txt."""
    comments: Mapping[int, str]
    """By index of an old comment: its text now. Those that are missing are gone."""
    added: tuple[str, ...]
    """What is new among the comments."""
    left_out: Mapping[int, str]
    """By index of an old entry of `left_out`: its text now; its selector where elements of a web page are left out."""


def divide(
    briefing: Briefing, old: Sequence[str], new: Sequence[str], removed_words: Sequence[int] = ()
) -> DividedDocument:
    """Divide the new version by its paragraphs; `old` has those of the old original, or none where it is unreadable.

    Both are without the elements that are left out; `removed_words` says how many words each selector took away.
    """
    away = _imported_comments(briefing, old or new)
    pieces = _old_lines(briefing, away, old)
    stretches = _match_exactly(pieces, new)
    if any(found.joins for found in stretches):
        stretches = list(_match_wrapped_lines(pieces, stretches))
    _match_similar(pieces, stretches)
    _inherit_kinds(stretches)
    comments = _texts_of("comment", [comment.written for comment in briefing.comments], pieces, stretches)
    left_out = _texts_of("left out", [entry.text for entry in briefing.source.left_out], pieces, stretches)
    return DividedDocument(
        source=_source_text(briefing, pieces, stretches),
        comments={**comments, **{number: briefing.comments[number].written for number in away}},
        added=tuple(one.text for one in stretches if one.kind == "comment" and one.piece is None),
        left_out={**left_out, **_kept_elements(briefing, removed_words)},
    )


def _kept_elements(briefing: Briefing, removed_words: Sequence[int]) -> dict[int, str]:
    """Return the entries whose elements are still there, with their selectors."""
    entries = [(number, entry.elements) for number, entry in enumerate(briefing.source.left_out) if entry.elements]
    return {number: text for (number, text), words in zip(entries, removed_words, strict=False) if words}


def _imported_comments(briefing: Briefing, document: Sequence[str]) -> frozenset[int]:
    """Return which comments are from an export, and not in the document too."""
    if not briefing.comment_originals:
        return frozenset()
    ids, words = imported(briefing), f" {' '.join(' '.join(document).split())} "
    return frozenset(
        number
        for number, comment in enumerate(briefing.comments)
        if comment.id in ids and not (comment.written and f" {' '.join(comment.written.split())} " in words)
    )


def _old_lines(briefing: Briefing, away: Set[int], old: Sequence[str]) -> list[OldLine]:
    """Return the lines of the old version; where a comment was removed on request, also what no line accounts for."""
    pieces = list(_recorded_lines(briefing, away))
    if any(not comment.written.strip() for n, comment in enumerate(briefing.comments) if n not in away):
        bare = [found.text for found in _match_exactly(pieces, old) if found.piece is None]
        pieces += [OldLine("removed", number, text) for number, text in enumerate(bare)]
    return pieces


def _recorded_lines(briefing: Briefing, away: Set[int]) -> Iterator[OldLine]:
    source = briefing.source
    for number, paragraph in enumerate(source.paragraphs):
        yield OldLine("source", number, paragraph.span.of(source.text))
    for number, comment in enumerate(briefing.comments):
        lines = () if number in away else comment.written.splitlines()
        yield from (OldLine("comment", number, line) for line in lines if line.strip())
    for number, entry in enumerate(source.left_out):
        yield from (OldLine("left out", number, line) for line in entry.text.splitlines() if line.strip())


# --- matching ---------------------------------------------------------------------------------------------------


def _match_exactly(pieces: Sequence[OldLine], paragraphs: Sequence[str]) -> list[Stretch]:
    """Find where pieces are exactly, and what is between; each piece is matched once, in its order where it can be."""
    by_word: dict[str, list[int]] = {}
    words = [piece.words for piece in pieces]
    for number, own in enumerate(words):
        by_word.setdefault(own[0], []).append(number)
    found: list[Stretch] = []
    used: set[int] = set()
    going: tuple[int, int] | None = None
    """The piece that continues in the next paragraph, and how many of its words have been matched."""
    for paragraph in paragraphs:
        here, at = paragraph.split(), 0
        bare: list[str] = []
        while at < len(here):
            number, done = going or (-1, 0)
            size = _equal_words(words[number][done:], here[at:]) if going else 0
            joins = bool(size)
            if not joins:
                number, size = _longest_piece(words, by_word.get(here[at], ()), used, here[at:])
                done = 0
            if not size:
                going = None
                bare.append(here[at])
                at += 1
                continue
            if bare:
                found.append(Stretch(" ".join(bare)))
                bare = []
            found.append(Stretch(" ".join(here[at : at + size]), pieces[number].kind, number, joins))
            used.add(number)
            going = (number, done + size) if done + size < len(words[number]) else None
            at += size
        if bare:
            found.append(Stretch(" ".join(bare)))
    return found


def _equal_words(piece: Sequence[str], here: Sequence[str]) -> int:
    """Return how many words of a piece are here: all of them, or all that the paragraph has."""
    size = min(len(piece), len(here))
    return size if list(piece[:size]) == list(here[:size]) else 0


def _longest_piece(
    words: Sequence[Sequence[str]], numbers: Sequence[int], used: set[int], here: Sequence[str]
) -> tuple[int, int]:
    found = [(number, _equal_words(words[number], here)) for number in numbers if number not in used]
    # a few words that begin some longer line are no evidence that it is here
    sure = [(number, size) for number, size in found if size == len(words[number]) or size >= 4]
    return max(sure, key=lambda item: (item[1], -item[0]), default=(-1, 0))


def _match_wrapped_lines(pieces: Sequence[OldLine], stretches: Sequence[Stretch]) -> Iterator[Stretch]:
    """Match bare lines of a document whose lines are wrapped with the pieces that they are changed lines of.

    Between two pieces that are exactly the same, the missing words of the old version are matched with the bare ones of
    the new one; a bare line of which little is equal stays by itself.
    """
    done = {
        n: sum(len(found.text.split()) for found in stretches if found.piece == n) for n in {f.piece for f in stretches}
    }
    last: int | None = None
    for bare, run in groupby(stretches, key=lambda found: found.piece is None):
        lines = list(run)
        if not bare:
            yield from lines
            last = lines[-1].piece
            continue
        first = 0 if last is None else last
        missing = [(n, word) for n in range(first, len(pieces)) for word in _missing_words(pieces[n], n, first, done)]
        follow = next((n for n in range(first + 1, len(pieces)) if n in done), len(pieces))
        yield from _weave_lines(pieces, lines, [(n, word) for n, word in missing if n < max(follow, first + 1)], last)


def _missing_words(piece: OldLine, number: int, first: int, done: Mapping[int | None, int]) -> Sequence[str]:
    """Return the words of a piece that have not been matched; none of one that is elsewhere."""
    return piece.words[done.get(number, 0) :] if number == first or number not in done else ()


def _weave_lines(
    pieces: Sequence[OldLine], lines: Sequence[Stretch], missing: Sequence[tuple[int, str]], last: int | None
) -> Iterator[Stretch]:
    here = [(row, word) for row, line in enumerate(lines) for word in line.text.split()]
    owner = _owning_pieces([word for _, word in here], missing)
    equal = Counter(here[at][0] for at in owner)
    current = last
    for row, words in groupby(range(len(here)), key=lambda at: here[at][0]):
        places = list(words)
        if 2 * equal[row] < len(places):
            yield lines[row]
            continue
        nearest = next((owner[at] for at in places if at in owner), current)
        # a word that is none of a piece's belongs to what is before it
        owners = accumulate(places, lambda known, at: owner.get(at, known), initial=nearest)
        for number, part in groupby(zip(islice(owners, 1, None), places, strict=True), key=lambda item: item[0]):
            text = " ".join(here[at][1] for _, at in part)
            if number is None:
                yield Stretch(text)
            else:
                yield Stretch(text, pieces[number].kind, number, joins=number == current)
                current = number


def _owning_pieces(here: Sequence[str], missing: Sequence[tuple[int, str]]) -> dict[int, int]:
    """Return by place the piece of each word that is one of the missing words."""
    return {
        code.dest_start + step: missing[code.src_start + step][0]
        for code in Levenshtein.opcodes([word for _, word in missing], here)
        if code.tag == "equal"
        for step in range(code.src_end - code.src_start)
    }


def _match_similar(pieces: Sequence[OldLine], stretches: Sequence[Stretch]) -> None:
    """Match bare stretches with the missing pieces that they are similar to, the most similar first."""
    missing = set(range(len(pieces))) - {found.piece for found in stretches}
    bare = {number: _rough_words(found.text) for number, found in enumerate(stretches) if found.piece is None}
    rough = {number: _rough_words(pieces[number].text) for number in missing}
    scores = sorted(
        (
            (fuzz.ratio(stretches[at].text[:COMPARED], pieces[number].text[:COMPARED], score_cutoff=LIKE), -at, -number)
            for at, here in bare.items()
            for number, there in rough.items()
            if 4 * len(here & there) >= min(len(here), len(there))
        ),
        reverse=True,
    )
    for score, at, number in scores:
        if score and stretches[-at].piece is None and -number in missing:
            stretches[-at].piece, stretches[-at].kind = -number, pieces[-number].kind
            missing.discard(-number)


def _rough_words(text: str) -> frozenset[str]:
    """Return something quick to compare first: words, or characters where spaces do not separate words."""
    words = text[:COMPARED].lower().split()
    return frozenset(words) if len(words) > len(text[:COMPARED]) / 30 else frozenset(text[:COMPARED])


def _inherit_kinds(stretches: Sequence[Stretch]) -> None:
    """Give what is new the kind of what is before it; before anything else it is source."""
    kind: Kind = "source"
    for found in stretches:
        if found.kind in ("source", "comment"):
            kind = found.kind
        elif found.kind is None:
            found.kind = kind


# --- gathering --------------------------------------------------------------------------------------------------


def _source_text(briefing: Briefing, pieces: Sequence[OldLine], stretches: Sequence[Stretch]) -> str:
    """Return the lines of the new source: an old one as it was written where its words are the same."""
    lines: list[str] = []
    for one in (one for one in stretches if one.kind == "source"):
        if one.joins:
            lines[-1] += f" {one.text}"
        else:
            lines.append(one.text)
    written = {" ".join(piece.words): piece.text for piece in pieces if piece.kind == "source"}
    old, parts = briefing.source.text, briefing.source.paragraphs
    between = old[parts[0].span.end : parts[1].span.start] if len(parts) > 1 else "\n"
    whole = between.join(written.get(line, line) for line in lines)
    return old[: parts[0].span.start] + whole + old[parts[-1].span.end :]


def _texts_of(
    kind: Kind, old: Sequence[str], pieces: Sequence[OldLine], stretches: Sequence[Stretch]
) -> Mapping[int, str]:
    """Return the text of each comment or entry that is still there; as it was written where its words are the same."""
    lines: dict[int, list[str]] = {}
    for one in stretches:
        if one.kind != kind or one.piece is None:
            continue
        own = lines.setdefault(pieces[one.piece].number, [])
        if one.joins and own:
            own[-1] += f" {one.text}"
        else:
            own.append(one.text)
    return {
        number: old[number] if " ".join(own).split() == old[number].split() else "\n".join(own)
        for number, own in lines.items()
    }
