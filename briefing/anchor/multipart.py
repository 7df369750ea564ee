"""Fit the parts of an interrupted target together, and say where the source interrupts them.

They are in the source's order, in one paragraph, with no other quoted words between them: a gap is a closing mark, an
attribution and an opening mark. Words may occur in several places; the rule chooses among them, and nothing else.

A passage is what one pair of quotation marks encloses, a turn, or a comment. Between two parts of one passage words of
the speaker were left out; between two passages are the source's own words, and whether the speaker said anything in
between is not known.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from briefing.anchor.characters import DOUBLE_QUOTES
from briefing.anchor.diagnose import short
from briefing.model import Anchor, Annotation, Briefing, Figure, Match, Quotation
from briefing.model.places import in_marks
from briefing.text import Language, Quoted, joined, language, quoted

Matches = Sequence[Match]

_LINE_END = re.compile(r"[\r\n]")
_WORD = re.compile(r"\w+")
_MARK = re.compile(f"[{DOUBLE_QUOTES}]")
_MANY = 2


@dataclass(frozen=True, slots=True)
class PartsFit:
    """How the parts fit together: in one way, in none, or in several."""

    chosen: tuple[Match, ...] = ()
    """One match for each part; empty unless there is exactly one way."""
    part: int = 0
    """The first part that fits in several places, or that does not fit behind the one before it."""
    open: tuple[Match, ...] = ()
    """The places in which that part fits; empty where there is none."""
    because: str = ""
    """Why it does not fit."""


@dataclass(frozen=True, slots=True)
class JoinRules:
    """What decides whether one part may follow another in a text."""

    text: str
    line_ends: tuple[int, ...]
    quoted: tuple[int, ...]
    """Where the words in quotation marks begin."""

    def reach(self, match: Match) -> int:
        """Return the last offset at which the next part may begin."""
        end = match.span.end
        return min(
            _first_not_before(self.line_ends, end, len(self.text)), _first_not_before(self.quoted, end, len(self.text))
        )

    def one_line(self, match: Match) -> bool:
        """Return whether a match lies in one paragraph."""
        return _first_not_before(self.line_ends, match.span.start, len(self.text)) >= match.span.end


def join_rules(text: str, language: Language) -> JoinRules:
    """Return what decides about parts in a text, read once for all its targets."""
    words = (
        word.start()
        for passage in quoted(text, language)
        for word in _WORD.finditer(text, passage.inner.start, passage.inner.end)
    )
    return JoinRules(text, tuple(end.start() for end in _LINE_END.finditer(text)), tuple(words))


def fit_parts(on: JoinRules, parts: Sequence[Matches]) -> PartsFit:
    """Choose one match for each part, if there is exactly one way to do so."""
    lines = [[match for match in matches if on.one_line(match)] for matches in parts]
    for number, matches in enumerate(lines):
        if not matches:
            return PartsFit(part=number, because="the words continue past the end of a paragraph")
    alive = _reachable_from_first(on, lines)
    for number, matches in enumerate(alive):
        if not matches:
            return PartsFit(part=number, because=_why_not(on, alive[number - 1], parts[number]))
    alive = _reachable_from_first(on, _leading_to_last(on, alive))
    for number, matches in enumerate(alive):
        if len(matches) >= _MANY:
            return PartsFit(part=number, open=tuple(matches))
    return PartsFit(chosen=tuple(matches[0] for matches in alive))


def _reachable_from_first(on: JoinRules, parts: Sequence[Matches]) -> list[list[Match]]:
    """Return the matches that can be reached from a match of the first part."""
    alive = [list(parts[0])]
    for matches in parts[1:]:
        starts = [match.span.start for match in matches]
        turns = [0] * (len(matches) + 1)
        for before in alive[-1]:
            turns[bisect_left(starts, before.span.end)] += 1
            turns[max(bisect_right(starts, on.reach(before)), bisect_left(starts, before.span.end))] -= 1
        alive.append([match for match, ways in zip(matches, accumulate(turns), strict=False) if ways])
    return alive


def _leading_to_last(on: JoinRules, parts: Sequence[Matches]) -> list[list[Match]]:
    """Return the matches from which a match of the last part can be reached."""
    finishing = [list(parts[-1])]
    for matches in reversed(parts[:-1]):
        starts = [match.span.start for match in finishing[0]]
        beyond = len(on.text) + 1
        finishing.insert(
            0, [match for match in matches if _first_not_before(starts, match.span.end, beyond) <= on.reach(match)]
        )
    return finishing


def _first_not_before(offsets: Sequence[int], at: int, otherwise: int) -> int:
    """Return the first of sorted offsets that is not before another."""
    index = bisect_left(offsets, at)
    return offsets[index] if index < len(offsets) else otherwise


def _why_not(on: JoinRules, before: Matches, after: Matches) -> str:
    """Return why no match can follow any of those before it, said of the two that come nearest."""
    ahead = [match for match in after if match.span.start >= before[0].span.end]
    if not ahead:
        overlap = after[-1].span.overlaps(before[0].span)
        return "the two overlap" if overlap else "it comes earlier"
    following = ahead[0].span
    last = [match for match in before if match.span.end <= following.start][-1].span
    if _first_not_before(on.line_ends, last.end, len(on.text)) < following.start:
        return "it is in another paragraph"
    word = _first_not_before(on.quoted, last.end, len(on.text))
    return f"other quoted words come between them: {in_marks(short(_MARK.split(on.text[word : following.start])[0]))}"


# --- passages ---------------------------------------------------------------------------------------------------


def read_passages(briefing: Briefing, annotation: Annotation, anchor: Anchor) -> Anchor:
    """Return the anchor with `interrupted` and `spoken`."""
    rules, text = language(briefing.source.language), briefing.source.text
    if anchor.comment:
        text = next(comment.text for comment in briefing.comments if comment.id == anchor.comment)
    turns = () if anchor.comment else briefing.source.turns
    turn = next((turn.speaker for turn in turns if turn.span.holds(anchor.whole)), "")
    if turn and isinstance(annotation, Quotation | Figure) and annotation.speaker == turn:
        return replace(anchor, spoken=True)
    marked = [
        next((each for each in joined(quoted(text, rules, span)) if each.inner.holds(span)), None)
        for span in anchor.spans
    ]
    whole = bool(anchor.comment or turn)
    return replace(anchor, interrupted=_interruptions(marked, whole=whole), spoken=whole or all(marked))


def _interruptions(marked: Sequence[Quoted | None], *, whole: bool) -> tuple[int, ...]:
    """Return the parts that are in another passage than the part before them.

    In a turn or comment, which is a passage itself (`whole`), only marks on both sides make two passages.
    """
    pairs = enumerate(pairwise(marked), 1)
    return tuple(at for at, (before, after) in pairs if before != after and (not whole or (before and after)))
