"""The passage of a text that comes nearest to words that are not in it, and what differs.

It only ever feeds a hint: nothing is anchored by likeness.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise, takewhile
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel, Levenshtein

from briefing.anchor import characters
from briefing.anchor.alignment import align_region, compare_words, regions
from briefing.anchor.boundaries import cuts, spaceless
from briefing.anchor.fold import Folded, fold
from briefing.anchor.words import View, sought, view, words
from briefing.model import MatchLevel
from briefing.model.places import Span

LIKE = 70.0
"""How much alike (in per cent of the characters) two passages must be: below it, hints were mostly other sentences."""
SURE = 90.0
"""Likeness from which a place that whole words voted for is not compared with what single letters find."""
COMPARED = 6
"""Places that whole words vote for and that are compared."""
LETTERS = 600
"""Up to so many characters a place is looked for by single letters: that costs length times length."""
LONGEST = 50_000
"""Longer words are not compared at all: they are no quotation."""
BESIDE = 2
"""Words on either side of each end that may be the end instead."""

_SURPLUS = re.compile(r"\[\d+\]|\b(?P<word>[^\W\d]+)[.,;:!?]?\s+(?=(?P=word)\b)")
"""The mark of a note, which is pasted along with words; and the first of a word that was typed twice."""
_MARKS, _SENTENCE_MARKS = frozenset(".,;:!?"), frozenset(".!?")

Kind = Literal["spaces", "case", "punctuation", "digits", "words"]


class Near(Struct, frozen=True):
    """The likeliest place, from word's edge to word's edge, and the first difference."""

    span: Span
    score: float
    """Likeness in per cent."""
    kind: Kind
    """All that differs: white space, capital letters, punctuation, digits; else words."""
    said: Span
    """The words of the text where the two first differ, with the word before, if there is one."""
    written: Span
    """What the author wrote there, in the author's words."""
    more: int
    """How many further differences there are."""


Change = tuple[int, int, int, int]
"""From and to token of the author's words, from and to token of the text, that stand for each other."""


def nearest(text: str, exact: str) -> Near | None:
    """Return the likeliest place for words that are not in a text; None where nothing is like them."""
    if len(exact) > LONGEST:
        return None
    written, there = words(_without_surplus(text, exact)), view(text)
    if not written.words or not there.words:
        return None
    places = [_fit_ends(there, written, place) for place in dict.fromkeys(_voted_places(there, written))]
    if len(exact) <= LETTERS and max((_likeness(there, written, place) for place in places), default=0) < SURE:
        places += [_fit_ends(there, written, place) for place in _similar_letters(there, written)]
    best = max(
        places, key=lambda place: (_likeness(there, written, place), _same_case(there, exact, place)), default=None
    )
    if best is None or _likeness(there, written, best) < LIKE:
        return None
    span = there.span(*best, _shared_marks(there, written, best))
    return _describe_difference(text, exact, span) if span else None


def _without_surplus(text: str, exact: str) -> str:
    """Return words without what was typed or pasted besides, unless the text has it too."""
    return _SURPLUS.sub(lambda found: found[0] if f"{found[0]}{found['word'] or ''}" in text else "", exact)


# --- where it is ------------------------------------------------------------------------------------------------

Place = tuple[int, int]
"""From and to word of the text."""


def _voted_places(there: View, written: View) -> Iterator[Place]:
    """Yield the places that the rarest words of the author speak for; also as they are if much was left out."""
    wanted = sought(written, opens=False, closes=False)
    for region in regions(there, wanted.keys, COMPARED):
        for spans in (False, True):
            found = align_region(there, replace(wanted, spans=spans), region, (0, len(there.words)))
            if found.start < found.end:
                yield found.words


def _similar_letters(there: View, written: View) -> Iterator[Place]:
    """Yield where the letters are like the author's: of few words, all may be misspelt."""
    exact, text = " ".join(written.words), " ".join(there.words)
    found = fuzz.partial_ratio_alignment(exact, text, score_cutoff=LIKE - 10)
    if found and found.dest_start < found.dest_end:
        first = text.count(" ", 0, found.dest_start)
        yield first, first + text.count(" ", found.dest_start, found.dest_end) + 1


def _fit_ends(there: View, written: View, place: Place) -> Place:
    """Return a place with the ends between which its letters are likest: wider where that is no worse, narrower only
    where it is clearly better, since another word may be in the place of the author's last."""
    letters, (start, end) = "".join(written.words), place

    def distances(start: int, end: int) -> tuple[int, int]:
        said = "".join(there.words[start:end])
        return Levenshtein.distance(letters, said), Indel.distance(letters, said)

    least = distances(start, end)
    for step in (*range(-BESIDE, 0), *range(1, BESIDE + 1)):
        for side, ends in enumerate(((place[0] + step, end), (start, place[1] - step))):
            own = there.words[place[0] if side == 0 else place[1] - 1] == written.words[-side]
            if own or not 0 <= ends[0] < ends[1] <= len(there.words):
                continue
            found = distances(*ends)
            if found[0] <= least[0] if step < 0 else max(found[0] - least[0], found[1] - least[1]) < 0:
                (start, end), least = ends, found
    return place if (start, end) == place else _fit_ends(there, written, (start, end))


def _likeness(there: View, written: View, place: Place) -> float:
    """Return how like a place is, in per cent: how like the letters are; more where the words are inside others, or
    all there with something in between, such as who says them."""
    row = there.words[slice(*place)]
    letters, said = "".join(written.words), "".join(row)
    blocks = compare_words(written.words, row)
    if len(blocks) == 3 and blocks[1][0] == blocks[1][1] and min(blocks[0][1], blocks[2][1] - blocks[2][0]) >= BESIDE:
        return max(SURE - 1, fuzz.ratio(letters, said))
    return 100.0 if letters in said else fuzz.ratio(letters, said)


def _same_case(there: View, exact: str, place: Place) -> float:
    """Return how alike a place is with its capital letters and marks, which only decides between equal ones."""
    return fuzz.ratio(exact, there.folded.text[there.starts[place[0]] : there.ends[place[1] - 1]])


def _shared_marks(there: View, written: View, place: Place) -> tuple[str, str]:
    """Return the marks that are around the words in the text as the author has them: no quotation mark alone, and no
    full stop for an ellipsis."""
    blocks = compare_words(written.words, there.words[slice(*place)])
    first = 0 if blocks[0][2] < blocks[0][3] else blocks[0][1]
    end = len(written.words) if blocks[-1][2] < blocks[-1][3] else blocks[-1][0]
    (lead, trail), (before, behind) = written.marks_beside(first, end), there.marks_beside(*place)
    if not behind.startswith(trail):
        trail = "".join(trail.rsplit("...", 1)).replace(" ", "")
        if trail[:1] in _MARKS and behind[:1] in _SENTENCE_MARKS:
            trail = behind[:1] + trail[1:]
    lead = _shared_start(lead[::-1], before[::-1])[::-1].lstrip(" .,;:!?")
    trail = _shared_start(trail, behind).rstrip()
    inner = there.folded.text[there.starts[place[0]] : there.ends[place[1] - 1]]
    if (lead + inner + trail).count('"') % 2:
        lead, trail = lead.rpartition('"')[2].lstrip(), trail.partition('"')[0].rstrip()
    return lead, trail


def _shared_start(one: str, other: str) -> str:
    return "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


# --- what differs -----------------------------------------------------------------------------------------------


class Tokens(Struct, frozen=True):
    """The words, numbers and marks of a text, as it is when folded."""

    text: str
    folded: Folded
    tokens: tuple[Span, ...]

    @property
    def words(self) -> list[str]:
        """Each of them as it is in the folded text."""
        return [token.of(self.folded.text) for token in self.tokens]

    def span(self, start: int, end: int) -> Span | None:
        """Return where some of them are in the text, in whole words."""
        found = self.folded.span(self.tokens[start].start, self.tokens[end - 1].end)
        return _whole_words(self.text, found) if found and not (start == 0 and end == len(self.tokens)) else found


def _tokens(text: str) -> Tokens:
    folded = fold.__wrapped__(text, MatchLevel.TYPOGRAPHY)
    edges = [0, *(at for at in range(1, len(folded.text)) if not cuts(folded.text, at)), len(folded.text)]
    pieces = (Span(start, end) for start, end in pairwise(edges))
    return Tokens(text, folded, tuple(piece for piece in pieces if piece.of(folded.text).strip()))


def _describe_difference(text: str, exact: str, span: Span) -> Near | None:
    """Return a place with the first difference from the author's words; None where it cannot be shown."""
    ours, theirs = _tokens(exact), _tokens(span.of(text))
    changes = [block[:4] for block in compare_words(ours.words, theirs.words) if not block[4]]
    if not changes:
        return Near(span, 100.0, "spaces", span, Span(0, len(exact)), 0)
    a, b, c, d = _with_neighbour(changes[0], len(ours.tokens), len(theirs.tokens))
    written, said = ours.span(a, b), theirs.span(c, d)
    if written is None or said is None:
        return None
    score = fuzz.ratio(" ".join(ours.words), " ".join(theirs.words))
    said = Span(span.start + said.start, span.start + said.end)
    return Near(span, score, _kind_of_change(ours.words, theirs.words, changes), said, written, len(changes) - 1)


def _whole_words(text: str, span: Span) -> Span:
    """Return a span with the rest of words that are joined to it by a hyphen or an apostrophe."""
    start, end = span.start, span.end
    while start and _joins_words(text[start - 1]):
        start -= 1
    while end < len(text) and _joins_words(text[end]) and _joins_words(text[end - 1]):
        end += 1
    return Span(start, end)


def _joins_words(character: str) -> bool:
    return (character.isalnum() and not spaceless(character)) or character in characters.HYPHENS


def _with_neighbour(change: Change, written: int, said: int) -> Change:
    """Return a change with the token before on both sides; without one, with the token after where one side is
    empty."""
    a, b, c, d = change
    if a and c:
        return a - 1, b, c - 1, d
    if a < b and c < d:
        return change
    return a, min(b + 1, written), c, min(d + 1, said)


def _kind_of_change(written: list[str], said: list[str], changes: list[Change]) -> Kind:
    if [word.lower() for word in written] == [word.lower() for word in said]:
        return "case"
    if [word for word in written if _is_word(word)] == [word for word in said if _is_word(word)]:
        return "punctuation"
    differing = [word for a, b, c, d in changes for word in written[a:b] + said[c:d]]
    return "digits" if all(any(sign.isdecimal() for sign in word) for word in differing) else "words"


def _is_word(token: str) -> bool:
    return any(character.isalnum() for character in token)
