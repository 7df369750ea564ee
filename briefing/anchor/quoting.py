"""Whether words in quotation marks stand in a text, as journalism quotes.

The levels of match are those of a target (`Rung`). Besides, a quotation may begin with another case, end with another
punctuation mark and have inner quotation marks of another style. An ellipsis stands for words that were left out, in
the order of the text; brackets for words that were put in, or put in the place of a few. What the text itself
interrupts (“We go,” she said, “but not today”) may be quoted without the interruption.
No negation may be left out by an ellipsis of a few words, or put in or replaced by brackets: that is no liberty.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import merge
from itertools import islice, pairwise

from briefing.anchor.boundaries import begins, ends
from briefing.anchor.characters import DOUBLE_QUOTES, SINGLE_QUOTES
from briefing.anchor.fold import fold
from briefing.model import MatchLevel
from briefing.model.places import Span
from briefing.text import Language, Quoted, contrast, quoted

PIECES = 40
"""Pieces of a quotation, parted by ellipses and brackets; with more of them it is none."""
REPLACED = 8
"""Words of the text that brackets may stand for."""
TRIED, LOOKED_AT = 1000, 10_000
"""Places of a piece from which the next one is looked for, and places that are looked at: real quotations have few."""
REACH = 120
"""Code points after a piece in which the words behind a bracket are looked for."""
HIDDEN = 3
"""Words left out among which a negation may not be."""
LONGEST = 20_000
"""Code points; longer words in quotation marks are nobody's quotation."""
INTERRUPTION = 200

_EDGES = " \t\u00a0.,;:!?'—-"
_MARKS = re.compile(f"[{DOUBLE_QUOTES}{SINGLE_QUOTES}]+")
_LEFT_OUT = re.compile(r"\[ ?\.\.\.\.? ?\]|\( ?\.\.\.\.? ?\)|\.\.\.\.?|\. \. \.(?: \.)?")
_BRACKETS = re.compile(r"\[([^\[\]]{1,120})\]")
_ONE_LETTER = re.compile(r"\[([^\W\d_])\](?=\w)")
_SIC = re.compile(r" ?\[(?:sic|sic!|!|\?)\]", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class QuotedPiece:
    """Words of a quotation that stand together."""

    words: str
    gap: str = ""
    """What parts it from the piece before: `…`, the words in brackets, or nothing for the first."""
    cut: bool = False
    """Whether a bracket ends its last word: decid[ed]."""


@dataclass(frozen=True, slots=True)
class Quotable:
    """A text as quotations are looked for in it."""

    views: tuple[str, ...]
    """As it is, and with its interrupted quotations joined."""
    negations: frozenset[str]


@lru_cache(maxsize=4096)  # rules ask for the same paragraphs again and again
def quotable(text: str, language: Language) -> Quotable:
    """A text, read once."""
    passages = quoted(text, language)
    text = _reopened(text, passages)
    joined = (_joined(text, passages, between) for between in (", ", " "))
    views = dict.fromkeys(_read(view) for view in (text, *joined))
    return Quotable(tuple(views), contrast(language).negations)


def stands(words: str, text: Quotable) -> bool:
    """Whether somebody may quote words from a text like this."""
    return any(_fits(split, view, text.negations) for split in _pieces(words) for view in text.views)


def missing(words: str, texts: Sequence[Quotable]) -> str:
    """The first piece of a quotation that stands nowhere, else all of it: what a diagnosis is about."""
    for split in _pieces(words)[-1:]:
        for piece in split:
            alone = (QuotedPiece(piece.words, "", piece.cut),)
            if len(split) > 1 and not any(_fits(alone, view, frozenset()) for text in texts for view in text.views):
                return piece.words
    return words


def letters(words: str) -> str:
    """Words as they are compared where only the words count: in small letters, without marks at the ends."""
    return _read(words).strip(_EDGES).lower()


# --- texts ------------------------------------------------------------------------------------------------------


def _read(text: str) -> str:
    """Typography folded, all quotation marks alike, and none before a comma or full stop."""
    folded = _MARKS.sub("'", fold.__wrapped__(text, MatchLevel.TYPOGRAPHY).text)
    return re.sub(r"'([.,])", r"\1'", folded)


def _reopened(text: str, passages: Sequence[Quoted]) -> str:
    """Without the marks that open a quotation once more at the next paragraph."""
    letters = list(text)
    for before, after in pairwise(passages):
        if before.continues and not text[before.outer.end : after.outer.start].strip():
            letters[after.outer.start] = " "
    return "".join(letters)


def _joined(text: str, passages: Sequence[Quoted], between: str) -> str:
    """A text without the words that interrupt its quotations; `between` stands there in the middle of a sentence."""
    parts, at = [], 0
    for before, after in pairwise(passages):
        instead = _instead(text, before, after, between)
        if instead:
            end = len(before.inner.of(text).rstrip(", ")) + before.inner.start
            parts += [text[at:end], instead]
            at = after.inner.start
    return "".join((*parts, text[at:]))


def _instead(text: str, before: Quoted, after: Quoted, between: str) -> str:
    """What stands for an attribution between commas, or between a comma and a full stop; nothing for other words."""
    gap = text[before.outer.end : after.outer.start]
    comma = before.inner.of(text).rstrip().endswith(",") or gap.lstrip().startswith(",")
    if not comma or len(gap) > INTERRUPTION or len(gap.split()) < 2:
        return ""
    goes_on = next((letter for letter in after.inner.of(text) if letter.isalpha()), "").islower()
    inside, end = gap.rstrip()[:-1], gap.rstrip()[-1:]
    if re.search(r"[!?\r\n]|\.(?=\s)", inside):
        return ""
    if end == "," and goes_on:
        return between
    return ". " if end in (".", ":") and not goes_on else ""


# --- quotations -------------------------------------------------------------------------------------------------


@lru_cache(maxsize=512)
def _pieces(words: str) -> tuple[tuple[QuotedPiece, ...], ...]:
    """The ways in which a quotation may be read: as it is, and by its ellipses and brackets."""
    if len(words) > LONGEST:
        return ()
    text = _read(words).strip()
    plain = text.strip(_EDGES)
    ways: list[tuple[QuotedPiece, ...]] = [(QuotedPiece(plain),)] if _WORD.search(plain) else []
    if "[" in text or "..." in text or ". ." in text:
        ways += [way for each in _letters_in_brackets(_SIC.sub("", text)) for way in [_split(each)] if way]
    return tuple(ways)


def _letters_in_brackets(text: str) -> tuple[str, ...]:
    """“[W]e go” is “we go” or “We go”."""
    if not _ONE_LETTER.search(text):
        return (text,)
    lower = _ONE_LETTER.sub(lambda found: found[1].lower(), text)
    return (lower, _ONE_LETTER.sub(lambda found: found[1].upper(), text))


def _split(text: str) -> tuple[QuotedPiece, ...]:
    """The pieces between ellipses and brackets; nothing where too little of it is quoted."""
    made: list[QuotedPiece] = []
    brackets, gap = 0, ""
    for between, start, end in _between(text):
        words = text[start:end]
        follows = text[end : end + 1]
        cut = follows == "[" and words[-1:].isalnum()
        kept = words.strip(_EDGES)
        if _WORD.search(kept):
            made.append(QuotedPiece(kept, _wider(gap, between) if made else "", cut))
            gap = ""
        else:
            gap = _wider(gap, between)
        brackets += between not in ("", "…")
    return tuple(made) if 0 < len(made) <= PIECES and brackets <= 2 * len(made) else ()


def _between(text: str) -> Iterator[tuple[str, int, int]]:
    """Each stretch of words with what stands before it: `…`, the words in brackets, or nothing at the beginning."""
    at, before = 0, ""
    while True:
        found = min(
            (each for each in (_LEFT_OUT.search(text, at), _BRACKETS.search(text, at)) if each),
            key=lambda each: (each.start(), -each.end()),
            default=None,
        )
        yield before, at, found.start() if found else len(text)
        if found is None:
            return
        before, at = "…" if "..." in found[0] or ". ." in found[0] else found[0][1:-1], found.end()


def _wider(gap: str, other: str) -> str:
    """Two gaps next to each other: an ellipsis stands for more than brackets."""
    return "…" if "…" in (gap, other) else f"{gap} {other}".strip()


def _fits(pieces: Sequence[QuotedPiece], text: str, negations: frozenset[str]) -> bool:
    """Whether the pieces stand in a text one behind the other, with what may stand between them."""
    reached: list[int] = []
    for number, piece in enumerate(pieces):
        found = (
            start
            for start in _starts(piece, text, reached)
            if not number or _may_follow(piece.gap, text, reached, start, negations)
        )
        # behind an ellipsis any later place will do, so the first one is enough
        last = number + 1 == len(pieces) or pieces[number + 1].gap == "…"
        reached = [start + len(piece.words) for start in islice(found, 1 if last else TRIED)]
        if not reached:
            return False
    return True


def _starts(piece: QuotedPiece, text: str, reached: Sequence[int]) -> Iterator[int]:
    """Where a piece stands as whole words; its first letter may have another case at a quotation's or gap's end."""
    free = piece.gap in ("", "…")
    first = reached[0] if reached else 0
    last = len(text) if free else reached[-1] + REACH + len(piece.words)
    shapes = {piece.words, *(change(piece.words[0]) + piece.words[1:] for change in (str.lower, str.upper) if free)}
    found = merge(*(_occurrences(text, shape, first, last) for shape in sorted(shapes)))
    for at in islice(found, LOOKED_AT):
        if begins(text, at) and (piece.cut or ends(text, at + len(piece.words))):
            yield at


def _occurrences(text: str, words: str, first: int, last: int) -> Iterator[int]:
    at = text.find(words, first, last)
    while at >= 0:
        yield at
        at = text.find(words, at + 1, last)


def _may_follow(gap: str, text: str, reached: Sequence[int], start: int, negations: frozenset[str]) -> bool:
    """Whether a piece may begin here, by what stands between it and the nearest end of the piece before."""
    nearest = bisect_right(reached, start) - 1
    if nearest < 0:
        return False
    before = reached[nearest]
    if gap != "…" and start - before > REACH:
        return False
    skipped = text[before : min(start, before + REACH)]
    words = [word.lower() for word in _WORD.findall(skipped)]
    few = len(words) <= HIDDEN and start - before <= REACH
    if gap == "…":
        return not (few and _negates(words, negations))
    instead = [word.lower() for word in _WORD.findall(gap)]
    return len(words) <= REPLACED and _negates(words, negations) == _negates(instead, negations)


def _negates(words: Sequence[str], negations: frozenset[str]) -> bool:
    return any(word in negations or word.endswith("n't") for word in words)


def within(text: str, span: Span, language: Language) -> Span:
    """The paragraphs that a span touches, with those into which a quotation of theirs goes on."""
    start = max(text.rfind(end, 0, span.start) for end in "\r\n") + 1
    end = _line_end(text, span.end)
    while end < len(text) and any(passage.continues for passage in quoted(text, language, Span(start, end))[-1:]):
        following = re.compile(r"[^\r\n]").search(text, end)
        if following is None:
            break
        end = _line_end(text, following.start())
    return Span(start, end)


def _line_end(text: str, at: int) -> int:
    found = re.compile(r"[\r\n]").search(text, at)
    return found.start() if found else len(text)
