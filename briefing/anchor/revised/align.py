"""Lay a target, with what stood around it, over a piece of the new text: where it begins and ends, and how like it is.

What stood around takes part, because it finds the ends of a target whose first or last word was changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from briefing.anchor.revised.regions import Region
from briefing.anchor.revised.words import View

CONTEXT = 24
"""Words on each side that take part where the old text is known."""
NEAR = 8
"""Words on each side that must still stand there for the place to count as the same."""
SLACK = 8
"""Words on each side of a region that are looked at besides."""
TYPO, TYPO_WORTH = 70.0, 0.7
"""Likeness in per cent from which one word is another, mistyped; and how much of a match that is."""


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """What is looked for, in words."""

    before: Sequence[str]
    """What stood before, at most `CONTEXT` words; likewise `after`."""
    target: Sequence[str]
    keys: Sequence[str]
    """What the target's words are looked up by."""
    after: Sequence[str]
    around: Sequence[str]
    """The keys of all three together."""
    edges: tuple[bool | None, bool | None]
    """Whether the old text begins before, or ends behind, what stood around; None where the old text is not known."""
    opens: bool
    """Whether the target begins a sentence."""
    marks: tuple[int, int]
    """How much punctuation the target has before its first and after its last word."""


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

    @property
    def words(self) -> tuple[int, int]:
        """Both ends."""
        return self.start, self.end

    def overlaps(self, other: Fit) -> bool:
        """Whether two share a word."""
        return self.start < other.end and other.start < self.end


Block = tuple[int, int, int, int, bool]
"""From and to word of what is wanted, from and to word of the new text, and whether they are equal."""


def lay(new: View, wanted: Wanted, region: Region) -> Fit:
    """Lay the target over a region; words next to it are looked at too."""
    size, lead = len(wanted.target), len(wanted.before)
    first = max(region.start - lead - SLACK, 0)
    last = min(region.end + len(wanted.after) + SLACK, len(new.words))
    row = [*wanted.before, *wanted.target, *wanted.after]
    blocks = _blocks(row, new.words[first:last], first)
    start, end = _start(new, wanted, blocks, lead), _end(blocks, lead + size)
    equal = _pairs(blocks)
    start, end = _without_strays(equal, lead, size, start, max(start, end), wanted)
    return _fit(new, wanted, blocks, equal, start, end)


def lay_exactly(new: View, wanted: Wanted, start: int, end: int) -> Fit:
    """The same for words that are known to be the target's: only what stands around is compared."""
    before = _still(wanted.before[-NEAR:], new.words[max(start - NEAR - 4, 0) : start])
    after = _still(wanted.after[:NEAR], new.words[end : end + NEAR + 4])
    return Fit(start, end, 1.0, 1.0, 1.0, *_at_edges(new, wanted, start, end, before, after))


def _still(stood: Sequence[str], stands: Sequence[str]) -> float:
    if not stood:
        return 0.0
    return sum(size for _, _, size in Levenshtein.editops(stood, stands).as_matching_blocks()) / len(stood)


def _at_edges(
    new: View, wanted: Wanted, start: int, end: int, before: float, after: float
) -> tuple[float | None, float | None]:
    """What is said of a side on which nothing stood: at the edge of the old text it is at the edge of the new one."""
    left: float | None = before
    right: float | None = after
    if not wanted.before:
        left = None if wanted.edges[0] is None else float(start <= 1)
    if not wanted.after:
        right = None if wanted.edges[1] is None else float(end >= len(new.words) - 1)
    return left, right


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
        if a == lead and d - c <= own + 2:
            return c
        at = max(d - own, c)
        if wanted.opens:
            starts = [place for place in range(c, d) if new.begins_sentence(place)]
            at = min(starts, key=lambda place: abs(place - at), default=at)
        return at
    return blocks[-1][3] if blocks else 0


def _end(blocks: Sequence[Block], behind: int) -> int:
    """Where the target ends, likewise."""
    for a, b, c, d, equal in reversed(blocks):
        if a >= behind:
            continue
        if equal:
            return c + min(behind, b) - a
        own = min(b, behind) - a
        return d if b == behind and d - c <= own + 2 else min(c + own, d)
    return blocks[0][2] if blocks else 0


def _pairs(blocks: Sequence[Block]) -> list[tuple[int, int]]:
    return [(a + step, c + step) for a, b, c, _, equal in blocks if equal for step in range(b - a)]


def _without_strays(
    equal: Sequence[tuple[int, int]], lead: int, size: int, start: int, end: int, wanted: Wanted
) -> tuple[int, int]:
    """The ends without words that are equal by chance: more is missing behind them than they are."""
    inside = [(a - lead, c) for a, c in equal if lead <= a < lead + size and start <= c < end]
    runs: list[list[int]] = []
    for a, c in inside:
        if runs and runs[-1][1] == a and runs[-1][3] == c:
            runs[-1][1], runs[-1][3] = a + 1, c + 1
        else:
            runs.append([a, a + 1, c, c + 1])
    joined = {(a, c) for a, c in equal}
    while len(runs) > 1 and (lead + runs[0][0] - 1, runs[0][2] - 1) not in joined and _strays(runs[0], runs[1], 0):
        runs.pop(0)
        start = max(runs[0][2] - runs[0][0], start)
    while len(runs) > 1 and (lead + runs[-1][1], runs[-1][3]) not in joined and _strays(runs[-2], runs[-1], 1):
        runs.pop()
        end = min(runs[-1][3] + size - runs[-1][1], end)
    return start, max(start, end)


def _strays(before: list[int], after: list[int], outer: int) -> bool:
    run = after if outer else before
    put_in = (after[2] - before[3]) - (after[0] - before[1])
    return put_in > 2 * (run[1] - run[0]) + 1


def _fit(
    new: View, wanted: Wanted, blocks: Sequence[Block], equal: Sequence[tuple[int, int]], start: int, end: int
) -> Fit:
    lead, size = len(wanted.before), len(wanted.target)
    weights = [new.weight(key) for key in wanted.keys]
    there = sum(new.weight(key) for key in new.keys[start:end])
    same = sum(weights[a - lead] for a, c in equal if lead <= a < lead + size and start <= c < end)
    same += sum(weights[a - lead] * TYPO_WORTH for a in _mistyped(new, wanted, blocks, start, end))
    before = sum(lead - NEAR <= a < lead and start - NEAR - 4 <= c < start for a, c in equal)
    after = sum(lead + size <= a < lead + size + NEAR and end <= c < end + NEAR + 4 for a, c in equal)
    sides = _at_edges(
        new, wanted, start, end, _share(before, min(NEAR, lead)), _share(after, min(NEAR, len(wanted.after)))
    )
    all_of_it = sum(weights)
    return Fit(
        start, end, _share(2 * same, all_of_it + there), _share(same, all_of_it), _share(min(same, there), there), *sides
    )


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _mistyped(new: View, wanted: Wanted, blocks: Sequence[Block], start: int, end: int) -> list[int]:
    """The words of the target that stand there with another spelling."""
    lead, behind = len(wanted.before), len(wanted.before) + len(wanted.target)
    found = []
    for a, b, c, d, equal in blocks:
        free = [] if equal else list(range(max(c, start), min(d, end)))[:12]
        for at in range(max(a, lead), min(b, behind)) if free else ():
            word = wanted.target[at - lead]
            likest = max(free, key=lambda other: fuzz.ratio(word, new.words[other]), default=-1)
            if likest >= 0 and _is_typo(word, new.words[likest]):
                found.append(at)
                free.remove(likest)
    return found


def _is_typo(word: str, other: str) -> bool:
    return not any(sign.isdigit() for sign in word + other) and fuzz.ratio(word, other) >= TYPO
