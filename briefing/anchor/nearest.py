"""The passage of a text that comes nearest to words that are not in it, and what differs.

It only ever feeds a hint: nothing is anchored by likeness.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Literal

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein, Opcode

from briefing.anchor import characters
from briefing.anchor.boundaries import cuts, spaceless, whole
from briefing.anchor.fold import Folded, fold
from briefing.model import MatchLevel
from briefing.model.places import Span

LIKE = 70.0
"""How much alike (in per cent of the characters) two passages must be: below it, hints were mostly other sentences."""
WHOLE = 600
"""Up to so many characters are compared as a whole; longer words vote by pieces, because comparing costs length
times length."""
PIECE, STEP = 60, 240
"""How long the voting pieces are, and how far apart they are taken."""
LONGEST = 50_000
"""Longer words are not compared at all: they are no quotation."""
TRIED = 100
"""Places of the same letters that are looked at."""
MARGIN = 0.25
"""How much of the length is looked at on both sides of the likeliest place, since its ends are not exact."""

Kind = Literal["spaces", "case", "punctuation", "digits", "words"]


@dataclass(frozen=True, slots=True)
class Near:
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


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words, numbers and marks of a piece of a folded text."""

    folded: Folded
    tokens: tuple[Span, ...]

    @property
    def words(self) -> list[str]:
        """Each of them as it is in the folded text."""
        return [token.of(self.folded.text) for token in self.tokens]

    @property
    def small(self) -> str:
        """All of them in small letters, to be compared."""
        return " ".join(self.words).lower()

    def span(self, text: str, start: int, end: int) -> Span | None:
        """Return where some of them are in the text that was folded, in whole words."""
        found = self.folded.span(self.tokens[start].start, self.tokens[end - 1].end)
        return _whole_words(text, found) if found and not (start == 0 and end == len(self.tokens)) else found


Block = tuple[int, int, int, int, bool]
"""From and to word of what was written, from and to word of what is said, and whether they are equal."""
Change = tuple[int, int, int, int]
"""From and to token of the author's words, from and to token of the text, that stand for each other."""


def nearest(text: str, exact: str) -> Near | None:
    """Return the likeliest place for words that are not in a text; None where nothing is like them."""
    if len(exact) > LONGEST:
        return None
    ours, theirs = fold(exact, MatchLevel.TYPOGRAPHY), fold(text, MatchLevel.TYPOGRAPHY)
    written = _word_tokens(ours, Span(0, len(ours.text)))
    said = _likeliest_tokens(theirs, written) if written.tokens else None
    return _describe_nearest(text, exact, written, said) if said and said.tokens else None


def _likeliest_tokens(theirs: Folded, written: Tokens) -> Tokens | None:
    """Return the tokens of the likeliest place: the same but for letter case or word's edges, or like enough."""
    small, wanted = _lower_case(theirs.text), _lower_case(written.folded.text.strip())
    same = _same_letters(small, wanted)
    if same is not None:
        return _word_tokens(theirs, _widen_to_words(theirs.text, same, 0))
    window = _window_of(small, wanted)
    if window is None:
        return None
    margin = 20 + int((window.end - window.start) * MARGIN)
    said = _trimmed_span(written, _word_tokens(theirs, _widen_to_words(theirs.text, window, margin)))
    return said if fuzz.ratio(written.small, said.small) >= LIKE else None


def _same_letters(text: str, wanted: str) -> Span | None:
    """Return where the letters are, if need be inside words: at a word's edge sooner than in the middle of one."""
    starts = islice((found.start() for found in re.finditer(re.escape(wanted), text)), TRIED)
    spans = (Span(start, start + len(wanted)) for start in starts)
    return min(spans, key=lambda span: cuts(text, span.start) + cuts(text, span.end), default=None)


def _describe_nearest(text: str, exact: str, ours: Tokens, theirs: Tokens) -> Near | None:
    changes = [block[:4] for block in compare_words(ours.words, theirs.words) if not block[4]]
    span = theirs.span(text, 0, len(theirs.tokens))
    if span is None or not whole(text, span):
        return None
    if not changes:
        return Near(span, 100.0, "spaces", span, Span(0, len(exact)), 0)
    a, b, c, d = _with_neighbour(changes[0], len(ours.tokens), len(theirs.tokens))
    written, said = ours.span(exact, a, b), theirs.span(text, c, d)
    if written is None or said is None:
        return None
    score = fuzz.ratio(" ".join(ours.words), " ".join(theirs.words))
    return Near(span, score, _kind_of_change(ours.words, theirs.words, changes), said, written, len(changes) - 1)


def _lower_case(text: str) -> str:
    """In small letters where that keeps the offsets."""
    lower = text.lower()
    return lower if len(lower) == len(text) else text


def _window_of(text: str, exact: str) -> Span | None:
    """Roughly where words like these are."""
    if len(exact) > WHOLE:
        return _most_voted(text, exact)
    if len(exact) >= len(text):
        return Span(0, len(text))
    found = fuzz.partial_ratio_alignment(exact, text, score_cutoff=LIKE - 10)
    return Span(found.dest_start, found.dest_end) if found else None


def _most_voted(text: str, exact: str) -> Span | None:
    """Return where most pieces of long words are as they are; the likeliest place of its beginning if none does."""
    votes: Counter[int] = Counter()
    for offset in range(0, len(exact) - PIECE, STEP):
        at = text.find(exact[offset : offset + PIECE])
        if at >= 0:
            votes[max(at - offset, 0) // STEP] += 1
    if votes:
        start = votes.most_common(1)[0][0] * STEP
        return Span(start, min(start + STEP + len(exact), len(text)))
    found = fuzz.partial_ratio_alignment(exact[:WHOLE], text, score_cutoff=LIKE - 10)
    return Span(found.dest_start, min(found.dest_start + len(exact), len(text))) if found else None


def _widen_to_words(text: str, window: Span, margin: int) -> Span:
    start, end = max(window.start - margin, 0), min(window.end + margin, len(text))
    while cuts(text, start):
        start -= 1
    while cuts(text, end):
        end += 1
    return Span(start, end)


def _word_tokens(folded: Folded, within: Span) -> Tokens:
    inner = (at for at in range(within.start + 1, within.end) if not cuts(folded.text, at))
    edges = [within.start, *inner, within.end]
    pieces = (Span(start, end) for start, end in pairwise(edges))
    return Tokens(folded, tuple(piece for piece in pieces if piece.of(folded.text).strip()))


def _trimmed_span(written: Tokens, said: Tokens) -> Tokens:
    """Return the tokens of the text without those around the place: what is left begins and ends beside the
    author's."""
    codes = Levenshtein.opcodes([word.lower() for word in written.words], [word.lower() for word in said.words])
    same = [code for code in codes if code.tag == "equal"]
    if not same:
        return Tokens(said.folded, ())
    while len(same) > 1 and _are_strays(same[0], same[1], same[0]):
        same.pop(0)
    while len(same) > 1 and _are_strays(same[-2], same[-1], same[-1]):
        same.pop()
    start = max(same[0].dest_start - same[0].src_start, 0)
    end = same[-1].dest_end + len(written.tokens) - same[-1].src_end
    return Tokens(said.folded, said.tokens[start:end])


def _are_strays(before: Opcode, after: Opcode, outer: Opcode) -> bool:
    """Return whether equal words at one end are a chance likeness: more words are missing behind them than there
    are."""
    missing = (after.dest_start - before.dest_end) - (after.src_start - before.src_end)
    return missing > outer.src_end - outer.src_start


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


def compare_words(written: Sequence[str], said: Sequence[str]) -> list[Block]:
    """Return the stretches of words that are equal, and those that differ; differences next to each other are one."""
    blocks: list[Block] = []
    for code in Levenshtein.opcodes(written, said):
        a, c, equal = code.src_start, code.dest_start, code.tag == "equal"
        if blocks and not equal and not blocks[-1][4]:
            a, _, c, _, _ = blocks.pop()
        blocks.append((a, code.src_end, c, code.dest_end, equal))
    return blocks


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
