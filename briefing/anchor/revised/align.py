"""Lay a target, with what stood around it, over a piece of the new text: where it begins and ends, and how like it is.

What stood around takes part, because it finds the ends of a target whose first or last word was changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq, Levenshtein

from briefing.anchor.revised.ends import CHANGED, tightened
from briefing.anchor.revised.regions import Region
from briefing.anchor.revised.wanted import Wanted
from briefing.anchor.revised.words import View

NEAR = 8
"""Words on each side that must still stand there for the place to count as the same."""
CLEAR, UNCLEAR = 0.95, 0.6
"""Likeness from which a target that was laid with what stood around it need not be laid alone; and below which that is
better whenever it is likelier, not only where it keeps more of the words."""
WHOLE, HALF = 0.95, 0.5
"""How much of the words must be left, and how like a place must be, for both ends to say that more was only put in."""
CHANCE = 0.25
"""How much of what stood around may stand there by chance."""
FEW = 0.75
"""How much of only the nearest half of them: two common words of four may be chance."""
SLACK = 8
"""Words on each side of a region that are looked at besides."""
TYPO, TYPO_WORTH = 70.0, 0.7
"""Likeness in per cent from which one word is another, mistyped; and how much of a match that is."""

TRIED = 12
"""Words of a changed stretch that are tried as another spelling."""


@dataclass(frozen=True, slots=True)
class Fit:
    """A target laid over a piece of the new text."""

    start: int
    """The first word of the new text that stands for the target; `end` is exclusive. Equal where nothing does."""
    end: int
    likeness: float
    """From 0 to 1: the weight of the words that are in both, twice, by the weight of all. Rare words weigh more."""
    kept: float
    """How much of the target is left."""
    own: float
    """How much of what stands there is the target's."""
    before: float | None
    """How much of what stood just before still does; None where that is not known. Likewise `after`."""
    after: float | None
    held: int
    """How many of its ends are the target's: the same two words, beside the same two words, or at the end of a line."""

    @property
    def words(self) -> tuple[int, int]:
        """Both ends."""
        return self.start, self.end

    @property
    def worth(self) -> float:
        """The likeness to compare fits by: nearly all of it where the target is whole and more was only put in."""
        whole = self.held == 2 and self.kept >= WHOLE and self.likeness >= HALF
        return WHOLE + (1 - WHOLE) * self.likeness if whole else self.likeness

    @property
    def around(self) -> float:
        """How much of what stood on both sides still does, from 0 to 2."""
        return (self.before or 0) + (self.after or 0)

    def overlaps(self, other: Fit) -> bool:
        """Whether two share a word."""
        return self.start < other.end and other.start < self.end


Block = tuple[int, int, int, int, bool]
"""From and to word of what is wanted, from and to word of the new text, and whether they are equal."""


def lay(new: View, wanted: Wanted, region: Region, room: tuple[int, int]) -> Fit:
    """Lay the target over a region; words next to it are looked at too, as far as there is room."""
    first = max(region.start - len(wanted.before) - SLACK, room[0])
    last = min(region.end + len(wanted.after) + SLACK, room[1])
    fit = lay_between(new, wanted, first, last)
    if fit.likeness >= CLEAR:
        return fit
    alone = _alone_in(new, wanted, region, room)
    keeps_more = alone.kept > fit.kept and alone.around >= fit.around - CHANCE
    return alone if alone.worth > fit.worth and (fit.likeness < UNCLEAR or keeps_more) else fit


def _alone_in(new: View, wanted: Wanted, region: Region, room: tuple[int, int]) -> Fit:
    """The target laid without what stood around it, which only misleads where it was carried off alone."""
    first, last = max(region.start - SLACK, room[0]), min(region.end + SLACK, room[1])
    fit = lay_between(new, replace(wanted, before=(), after=()), first, last)
    return _fit(new, wanted, fit.start, fit.end)


def lay_between(new: View, wanted: Wanted, first: int, last: int) -> Fit:
    """Lay the target with all that stood around it over the words of the new text that stand for all of that."""
    size, lead = len(wanted.target), len(wanted.before)
    row = [*wanted.before, *wanted.target, *wanted.after]
    blocks = _blocks(row, new.words[first:last], first)
    start, end = _start(new, wanted, blocks, lead), _end(new, wanted, blocks, lead + size)
    equal = _pairs(blocks)
    start, end = tightened(new, wanted, equal, start, max(start, end))
    return _fit(new, wanted, start, end)


def lay_exactly(new: View, wanted: Wanted, start: int, end: int) -> Fit:
    """The same for words that are known to be the target's: only what stands around is compared."""
    return Fit(start, end, 1.0, 1.0, 1.0, *sides(new, wanted, start, end), _ends_held(new, wanted, start, end))


def _ends_held(new: View, wanted: Wanted, start: int, end: int) -> int:
    before, target, after = list(wanted.before[-2:]), list(wanted.target), list(wanted.after[:2])
    opens = (
        (wanted.lines[0] and new.begins_line(start))
        or (len(before) == 2 and list(new.words[max(start - 2, 0) : start]) == before)
        or (len(target) > 2 and list(new.words[start : start + 2]) == target[:2])
    )
    closes = (
        (wanted.lines[1] and new.begins_line(end))
        or (len(after) == 2 and list(new.words[end : end + 2]) == after)
        or (len(target) > 2 and list(new.words[max(end - 2, 0) : end]) == target[-2:])
    )
    return opens + closes


def sides(new: View, wanted: Wanted, start: int, end: int) -> tuple[float | None, float | None]:
    """How much of what stood on either side stands there now; of the nearest words alone if that is more.

    Where nothing stood, at the edge of the old text, the edge of the new one is as good.
    """
    left_words, right_words = new.words[max(start - 2 * NEAR, 0) : start][::-1], new.words[end : end + 2 * NEAR]
    before = [_still(wanted.before[-n:][::-1], left_words) for n in (NEAR, NEAR // 2)]
    after = [_still(wanted.after[:n], right_words) for n in (NEAR, NEAR // 2)]
    left: float | None = max(before[0], before[1] if before[1] >= FEW else 0.0)
    right: float | None = max(after[0], after[1] if after[1] >= FEW else 0.0)
    if not wanted.before:
        left = None if wanted.edges[0] is None else float(start <= 1)
    if not wanted.after:
        right = None if wanted.edges[1] is None else float(end >= len(new.words) - 1)
    return left, right


def _still(stood: Sequence[str], stands: Sequence[str]) -> float:
    """How many of some words stand in their order among the next words, half as many again; from the target on."""
    return LCSseq.similarity(stood, stands[: len(stood) + len(stood) // 2]) / len(stood) if stood else 0.0


def _blocks(row: Sequence[str], words: Sequence[str], shift: int) -> list[Block]:
    """Equal and changed stretches; changes that lie next to each other are one."""
    blocks: list[Block] = []
    for code in Levenshtein.opcodes(row, words):
        a, b, c, d = code.src_start, code.src_end, code.dest_start + shift, code.dest_end + shift
        equal = code.tag == "equal"
        if blocks and not equal and not blocks[-1][4]:
            a, c = blocks[-1][0], blocks[-1][2]
            blocks.pop()
        blocks.append((a, b, c, d, equal))
    return blocks


def _start(new: View, wanted: Wanted, blocks: Sequence[Block], lead: int) -> int:
    """Where the target begins. Words that were put in just before it are not its own."""
    for a, b, c, d, equal in blocks:
        if b <= lead:
            continue
        if equal:
            return c + max(lead - a, 0)
        own = b - max(a, lead)
        if own > CHANGED and new.begins_sentence(d) and b - lead not in wanted.sentences:
            return d
        if a == lead and d - c <= own + 2:
            return c
        at = max(d - own, c)
        if wanted.opens:
            starts = [place for place in range(c, d) if new.begins_sentence(place)]
            at = min(starts, key=lambda place: abs(place - at), default=at)
        return at
    return blocks[-1][3] if blocks else 0


def _end(new: View, wanted: Wanted, blocks: Sequence[Block], behind: int) -> int:
    """Where the target ends, likewise."""
    for a, b, c, d, equal in reversed(blocks):
        if a >= behind:
            continue
        if equal:
            return c + min(behind, b) - a
        own = min(b, behind) - a
        if own > CHANGED and new.begins_sentence(c) and a - len(wanted.before) not in wanted.sentences:
            return c
        return d if b == behind and d - c <= own + 2 else min(c + own, d)
    return blocks[0][2] if blocks else 0


def _pairs(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    return [(a + step, c + step) for a, b, c, _, equal in blocks if equal for step in range(b - a)]


def _fit(new: View, wanted: Wanted, start: int, end: int) -> Fit:
    """What is said of a place whose ends are known: the target is laid over it once more, alone."""
    weights = [new.weight(key) for key in wanted.keys]
    whole, there = sum(weights), sum(new.weight(key) for key in new.keys[start:end])
    blocks = _blocks(wanted.target, new.words[start:end], start)
    same = sum(weights[a] for a, _ in _pairs(blocks))
    same += sum(weights[a] * TYPO_WORTH for a in _mistyped(new, wanted, blocks))
    shares = _share(2 * same, whole + there), _share(same, whole), _share(min(same, there), there)
    return Fit(start, end, *shares, *sides(new, wanted, start, end), _ends_held(new, wanted, start, end))


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _mistyped(new: View, wanted: Wanted, blocks: Sequence[Block]) -> list[int]:
    """The words of the target that stand there with another spelling."""
    found = []
    for a, b, c, d, equal in blocks:
        free = [] if equal else list(range(c, d))[:TRIED]
        for at in range(a, b if free else a):
            word = wanted.target[at]
            likest = max(free, key=lambda other: fuzz.ratio(word, new.words[other]), default=-1)
            if likest >= 0 and _is_typo(word, new.words[likest]):
                found.append(at)
                free.remove(likest)
    return found


def _is_typo(word: str, other: str) -> bool:
    return not any(sign.isdigit() for sign in word + other) and fuzz.ratio(word, other) >= TYPO
