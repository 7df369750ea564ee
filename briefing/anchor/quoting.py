"""Whether words in quotation marks are in a text, as journalism quotes.

The levels of match are those of a target (`MatchLevel`). Besides, a quotation may begin with another case, end with
another punctuation mark and have inner quotation marks of another style. An ellipsis stands for words that were left
out, in the order of the text; brackets for words that were put in, or put in the place of a few. What the text itself
interrupts (“We go,” she said, “but not today”) may be quoted without the interruption. No negation may be left out by
an ellipsis, or put in or replaced by brackets: that is no liberty. An ellipsis of a quotation leads neither into other
marks nor out of them.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from heapq import merge
from itertools import islice, pairwise

from msgspec import Struct

from briefing.anchor.boundaries import begins, ends
from briefing.anchor.characters import DOUBLE_QUOTES, SINGLE_QUOTES
from briefing.anchor.find import occurrences
from briefing.anchor.fold import fold
from briefing.model import MatchLevel
from briefing.model.places import Span
from briefing.text import Language, Quoted, contrast, paragraphs, quoted, speech
from briefing.text.quotation_marks import single_pairs

PIECES = 40
"""Pieces of a quotation, parted by ellipses and brackets; with more of them it is none."""
REPLACED = 8
"""Words of the text that brackets may stand for."""
TRIED, LOOKED_AT = 1000, 10_000
"""Places of a piece from which the next one is looked for, and places that are looked at: real quotations have few."""
REACH = 120
"""Code points after a piece in which the words behind a bracket are looked for."""
PARTED = 2
"""Parts of a quotation with ellipses from which not more than one may be a single word."""
OUTSIDE = "\ue000"
"""Stands for what is not in quotation marks; no quotation has it."""
LONGEST = 20_000
"""Code points; longer words in quotation marks are nobody's quotation."""
INTERRUPTION = 200
ATTRIBUTION = 6
"""Words of an attribution that may have an “and” in it without leading to somebody else."""

_EDGES = " \t\u00a0.,;:!?'—-"
_MARKS = re.compile(f"[{DOUBLE_QUOTES}{SINGLE_QUOTES}]+")
_LEFT_OUT = re.compile(r"\[ ?\.\.\.\.? ?\]|\( ?\.\.\.\.? ?\)|\.\.\.\.?|\. \. \.(?: \.)?")
_BRACKETS = re.compile(r"\[([^\[\]]{1,120})\]")
_ONE_LETTER = re.compile(r"\[([^\W\d_])\](?=\w)")
_SIC = re.compile(r" ?\[(?:sic|sic!|!|\?)\]", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


class QuotedPiece(Struct, frozen=True):
    """Words of a quotation that are together."""

    words: str
    gap: str = ""
    """What parts it from the piece before: `…`, the words in brackets, or nothing for the first."""
    cut: bool = False
    """Whether a bracket ends its last word: decid[ed]."""


class Quotable(Struct, frozen=True):
    """A text as quotations are looked for in it."""

    views: tuple[str, ...]
    """As it is, and with its interrupted quotations joined."""
    negations: frozenset[str]
    denying: frozenset[str] = frozenset()
    """Words that brackets may not bring in either."""


@lru_cache(maxsize=4096)  # rules ask for the same paragraphs again and again
def quotable(text: str, language: Language) -> Quotable:
    """Return a text as quotations are looked for in it."""
    passages = quoted(text, language)
    text = _without_reopening(text, passages)
    joined = (_join_passages(text, passages, between, language) for between in (", ", " "))
    views = dict.fromkeys(map(_folded_text, dict.fromkeys((text, *joined))))
    return _make_quotable(views, language)


@lru_cache(maxsize=4096)
def in_marks(text: str, language: Language) -> Quotable:
    """Return what is in the quotation marks of a text, double and single: none of it where it has none."""
    passages = _with_single(text, quoted(text, language), language)
    text = _without_reopening(text, passages)
    joined = (_join_passages(text, passages, between, language, OUTSIDE) for between in (", ", " "))
    return _make_quotable(dict.fromkeys(map(_folded_text, dict.fromkeys(joined))), language)


def _with_single(text: str, double: Sequence[Quoted], language: Language) -> Sequence[Quoted]:
    """Return passages with those in single marks that touch none of them."""
    lines = paragraphs(text) if any(mark in text for mark, _ in language.single) else ()
    found = [span for line in lines for span, continues in single_pairs(text, language, line, "") if not continues]
    apart = [span for span in found if not any(span.overlaps(each.outer) for each in double)]
    single = (Quoted(Span(span.start + 1, span.end - 1), span) for span in apart)
    return sorted((*double, *single), key=lambda each: each.outer.start)


def _make_quotable(views: Iterable[str], language: Language) -> Quotable:
    known = contrast(language)
    return Quotable(tuple(views), known.negations, known.denying)


@lru_cache(maxsize=65536)
def stands(words: str, text: Quotable) -> bool:
    """Return whether somebody may quote words from a text like this."""
    return any(_pieces_fit(split, view, text) for split in _ways_to_read(words) for view in text.views)


def pieces(words: str) -> tuple[tuple[str, ...], ...]:
    """Return the words that a text must have that is quoted so, for each way in which a quotation may be read."""
    return tuple(tuple(piece.words for piece in way) for way in _ways_to_read(words))


def missing(words: str, texts: Sequence[Quotable]) -> str:
    """Return the first piece of a quotation that is nowhere, else all of it: what a diagnosis is about."""
    for split in _ways_to_read(words)[-1:]:
        for piece in split:
            alone = (QuotedPiece(piece.words, "", piece.cut),)
            if len(split) > 1 and not any(_pieces_fit(alone, view, text) for text in texts for view in text.views):
                return piece.words
    return words


@lru_cache(maxsize=16384)
def letters(words: str) -> str:
    """Return words as they are compared where only the words count: in small letters, without marks at the ends."""
    return _folded_text(words).strip(_EDGES).lower()


# --- texts ------------------------------------------------------------------------------------------------------


def _folded_text(text: str) -> str:
    """Typography folded, all quotation marks alike, and none before a comma or full stop."""
    folded = _MARKS.sub("'", fold.__wrapped__(text, MatchLevel.TYPOGRAPHY).text)
    return re.sub(r"'([.,])", r"\1'", folded)


def _without_reopening(text: str, passages: Sequence[Quoted]) -> str:
    """Without the marks that open a quotation once more at the next paragraph."""
    if not any(passage.continues for passage in passages):
        return text
    letters = list(text)
    for before, after in pairwise(passages):
        if before.continues and not text[before.outer.end : after.outer.start].strip():
            letters[after.outer.start] = " "
    return "".join(letters)


def _join_passages(text: str, passages: Sequence[Quoted], between: str, language: Language, outside: str = "") -> str:
    """Return a text without the words that interrupt its quotations; `between` is there in the middle of a sentence.

    With `outside`, that stands for everything else that is not in quotation marks.
    """
    if not passages:
        return outside or text
    parts, at = [], passages[0].inner.start if outside else 0
    for before, after in pairwise(passages):
        instead = _attribution_replaced(text, before, after, between, language)
        if instead:
            end = len(before.inner.of(text).rstrip(", ")) + before.inner.start
            parts += [text[at:end], instead]
            at = after.inner.start
        elif outside:
            again = before.continues and not text[before.outer.end : after.outer.start].strip()
            parts += [text[at : before.inner.end], " " if again else f" {outside} "]
            at = after.inner.start
    return "".join((*parts, text[at : passages[-1].inner.end] if outside else text[at:]))


def _attribution_replaced(text: str, before: Quoted, after: Quoted, between: str, language: Language) -> str:
    """Return what stands for an attribution between commas, or between a comma and a full stop; nothing for other
    words."""
    gap = text[before.outer.end : after.outer.start]
    comma = before.inner.of(text).rstrip().endswith(",") or gap.lstrip().startswith(",")
    if not comma or len(gap) > INTERRUPTION or len(gap.split()) < 2:
        return ""
    goes_on = next((letter for letter in after.inner.of(text) if letter.isalpha()), "").islower()
    inside, end = gap.rstrip()[:-1], gap.rstrip()[-1:]
    if re.search(r"[!?\r\n]|\.(?=\s)", inside) or _leads_to_another(gap, language):
        return ""
    if end == "," and goes_on:
        return between
    return ". " if end in (".", ":") and not goes_on else ""


def _leads_to_another(gap: str, language: Language) -> bool:
    """Return whether an attribution goes on to somebody else: said Ford, and Hugo Stein added."""
    words = [word.lower() for word in _WORD.findall(gap)]
    verbs = sum(word in speech(language).verbs for word in words)
    joins = r"[,;]\s+(?:and|while|but|und|während|aber)\s"
    return verbs > 1 or (len(words) > ATTRIBUTION and re.search(joins, gap) is not None)


# --- quotations -------------------------------------------------------------------------------------------------


@lru_cache(maxsize=512)
def _ways_to_read(words: str) -> tuple[tuple[QuotedPiece, ...], ...]:
    """Return the ways in which a quotation may be read: as it is, and by its ellipses and brackets."""
    if len(words) > LONGEST:
        return ()
    text = _folded_text(words).strip()
    plain = text.strip(_EDGES)
    ways: list[tuple[QuotedPiece, ...]] = [(QuotedPiece(plain),)] if _WORD.search(plain) else []
    if "[" in text or "..." in text or ". ." in text:
        ways += [way for each in _letters_in_brackets(_SIC.sub("", text)) for way in [_split_pieces(each)] if way]
    return tuple(ways)


def _letters_in_brackets(text: str) -> tuple[str, ...]:
    """“[W]e go” is “we go” or “We go”."""
    if not _ONE_LETTER.search(text):
        return (text,)
    lower = _ONE_LETTER.sub(lambda found: found[1].lower(), text)
    return (lower, _ONE_LETTER.sub(lambda found: found[1].upper(), text))


def _split_pieces(text: str) -> tuple[QuotedPiece, ...]:
    """Return the pieces between ellipses and brackets; nothing where too little of it is quoted."""
    made: list[QuotedPiece] = []
    brackets, gap = 0, ""
    for between, start, end in _stretches(text):
        words = text[start:end]
        follows = text[end : end + 1]
        cut = follows == "[" and words[-1:].isalnum()
        kept = words.strip(_EDGES)
        if _WORD.search(kept):
            made.append(QuotedPiece(kept, _wider_gap(gap, between) if made else "", cut))
            gap = ""
        else:
            gap = _wider_gap(gap, between)
        brackets += between not in ("", "…")
    few = brackets <= 2 * len(made) and not _too_short(made) and not _mostly_put_in(text, made)
    return tuple(made) if 0 < len(made) <= PIECES and few else ()


def _mostly_put_in(text: str, pieces: Sequence[QuotedPiece]) -> bool:
    """Return whether brackets put in a sentence, or as many words as are quoted beside one word, or more than that."""
    loose = [
        found[1]
        for found in _BRACKETS.finditer(text)
        if not (text[: found.start()][-1:].isalnum() or text[found.end() :][:1].isalnum()) and _WORD.search(found[1])
    ]
    put_in = sum(len(_WORD.findall(words)) for words in loose)
    own = sum(len(_WORD.findall(piece.words)) for piece in pieces)
    return put_in > own or (own == 1 and put_in > 0) or any(words.rstrip()[-1:] in ".!?" for words in loose)


def _too_short(pieces: Sequence[QuotedPiece]) -> bool:
    """Return whether several parts are single words: such words can be put together to say anything."""
    parts: list[int] = []
    for piece in pieces:
        words = len(piece.words.split()) + (piece.gap not in ("", "…"))
        if piece.gap == "…" or not parts:
            parts.append(words)
        else:
            parts[-1] += words
    return len(parts) >= PARTED and sum(words == 1 for words in parts) > 1


def _stretches(text: str) -> Iterator[tuple[str, int, int]]:
    """Yield each stretch of words with what is before it: `…`, the words in brackets, or nothing at the beginning."""
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


def _wider_gap(gap: str, other: str) -> str:
    """Return two gaps next to each other as one: an ellipsis stands for more than brackets."""
    return "…" if "…" in (gap, other) else f"{gap} {other}".strip()


def _pieces_fit(pieces: Sequence[QuotedPiece], text: str, rules: Quotable) -> bool:
    """Return whether the pieces are in a text one behind the other, with what may be between them."""
    reached: list[int] = []
    for number, piece in enumerate(pieces):
        found = (
            start
            for start in _piece_starts(piece, text, reached)
            if not number or _may_follow(piece.gap, text, reached, start, rules)
        )
        last = number + 1 == len(pieces)
        reached = [start + len(piece.words) for start in islice(found, 1 if last else TRIED)]
        if not reached:
            return False
    return True


def _piece_starts(piece: QuotedPiece, text: str, reached: Sequence[int]) -> Iterator[int]:
    """Yield where a piece occurs as whole words; its first letter may have another case after a gap."""
    free = piece.gap in ("", "…")
    first = reached[0] if reached else 0
    last = len(text) if free else reached[-1] + REACH + len(piece.words)
    shapes = {piece.words, *(change(piece.words[0]) + piece.words[1:] for change in (str.lower, str.upper) if free)}
    found = merge(*(occurrences(text, shape, first, last) for shape in sorted(shapes)))
    for at in islice(found, LOOKED_AT):
        if begins(text, at) and (piece.cut or ends(text, at + len(piece.words))):
            yield at


def _may_follow(gap: str, text: str, reached: Sequence[int], start: int, rules: Quotable) -> bool:
    """Return whether a piece may begin here, by what is between it and the nearest end of the piece before."""
    nearest = bisect_right(reached, start) - 1
    if nearest < 0:
        return False
    before = reached[nearest]
    if gap != "…" and start - before > REACH:
        return False
    if gap == "…":
        stops = _forbidden_crossings(text, rules.negations)
        return bisect_left(stops, before) == bisect_left(stops, start)
    words = [word.lower() for word in _WORD.findall(text[before:start])]
    instead = [word.lower() for word in _WORD.findall(gap)]
    if OUTSIDE in text[before:start] or (set(instead) - set(words)) & rules.denying:
        return False
    return len(words) <= REPLACED and _has_negation(words, rules.negations) == _has_negation(instead, rules.negations)


@lru_cache(maxsize=256)
def _forbidden_crossings(text: str, negations: frozenset[str]) -> tuple[int, ...]:
    """Return where no ellipsis may lead over: negations, and the ends of what is in quotation marks."""
    words = (found.start() for found in _WORD.finditer(text) if _has_negation((found[0].lower(),), negations))
    return tuple(sorted((*words, *(found.start() for found in re.finditer(OUTSIDE, text)))))


def _has_negation(words: Sequence[str], negations: frozenset[str]) -> bool:
    return any(word in negations or word.endswith("n't") for word in words)


def within(text: str, span: Span, language: Language) -> Span:
    """Return the paragraphs that a span touches, with those into which a quotation of theirs goes on."""
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
