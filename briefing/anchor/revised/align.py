"""Lay a target, with what stood around it, over a piece of the new text: where it begins and ends, and how like it is.

What stood around takes part, because it finds the ends of a target whose first or last word was changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq, Levenshtein

from briefing.anchor.revised.regions import Region
from briefing.anchor.revised.words import View

CONTEXT = 24
"""Words on each side that take part where the old text is known."""
NEAR = 8
"""Words on each side that must still stand there for the place to count as the same."""
CLEAR, UNCLEAR = 0.95, 0.6
"""Likeness from which a target that was laid with what stood around it need not be laid alone; and below which that is
better whenever it is likelier, not only where it keeps more of the words."""
FEW = 0.75
"""How much of only the nearest half of them: two common words of four may be chance."""
SLACK = 8
"""Words on each side of a region that are looked at besides."""
TYPO, TYPO_WORTH = 70.0, 0.7
"""Likeness in per cent from which one word is another, mistyped; and how much of a match that is."""

ENDS = 8
"""Runs of equal words at either end of which one is chosen to be the end."""
CLEARLY = 1.02
"""How much likeness must grow for words at an end to be given up."""
TRIED = 12
"""Words of a changed stretch that are tried as another spelling."""
STRAY = 4
"""Words that must have been put in beside even a single equal one before that counts as chance."""
CHANGED = 2
"""Words at an end that may have been changed along with what stood beside them."""


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
    lines: tuple[bool, bool]
    """Whether it begins a line of the old text, and whether it ends one."""
    sentences: frozenset[int]
    """The words of the target that begin one, by number."""
    marks: tuple[str, str]
    """The punctuation that the target has before its first and after its last word."""


def around(
    wanted: Wanted, old: View, there: tuple[int, int], start: int | None = None, stop: int | None = None
) -> Wanted:
    """A target with what stands around a place of the old text; from `start` to `stop`, or so many words."""
    first, end = there
    start = max(first - CONTEXT, 0) if start is None else start
    stop = end + CONTEXT if stop is None else stop
    return replace(
        wanted,
        before=old.words[start:first],
        after=old.words[end:stop],
        around=old.keys[start:stop],
        edges=(start == 0, stop >= len(old.words)),
        lines=(old.begins_line(first), old.begins_line(end)),
    )


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
    """How many of its ends stand where the target's did: beside the same two words, or at the end of a line."""

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
    first = max(region.start - len(wanted.before) - SLACK, 0)
    last = min(region.end + len(wanted.after) + SLACK, len(new.words))
    fit = lay_between(new, wanted, first, last)
    if fit.likeness >= CLEAR:
        return fit
    alone = _alone_in(new, wanted, region)
    if alone.likeness > fit.likeness and (fit.likeness < UNCLEAR or alone.kept > fit.kept):
        return alone
    return fit


def _alone_in(new: View, wanted: Wanted, region: Region) -> Fit:
    """The target laid without what stood around it, which only misleads where it was carried off alone."""
    first, last = max(region.start - SLACK, 0), min(region.end + SLACK, len(new.words))
    fit = lay_between(new, replace(wanted, before=(), after=()), first, last)
    return _fit(new, wanted, fit.start, fit.end)


def lay_between(new: View, wanted: Wanted, first: int, last: int) -> Fit:
    """Lay the target with all that stood around it over the words of the new text that stand for all of that."""
    size, lead = len(wanted.target), len(wanted.before)
    row = [*wanted.before, *wanted.target, *wanted.after]
    blocks = _blocks(row, new.words[first:last], first)
    start, end = _start(new, wanted, blocks, lead), _end(new, wanted, blocks, lead + size)
    equal = _pairs(blocks)
    start, end = _tightened(new, wanted, equal, start, max(start, end))
    return _fit(new, wanted, start, end)


def lay_exactly(new: View, wanted: Wanted, start: int, end: int) -> Fit:
    """The same for words that are known to be the target's: only what stands around is compared."""
    return Fit(start, end, 1.0, 1.0, 1.0, *_sides(new, wanted, start, end), _ends_held(new, wanted, start, end))


def _ends_held(new: View, wanted: Wanted, start: int, end: int) -> int:
    opens, closes = wanted.lines[0] and new.begins_line(start), wanted.lines[1] and new.begins_line(end)
    before, after = list(wanted.before[-2:]), list(wanted.after[:2])
    return (opens or (len(before) == 2 and list(new.words[max(start - 2, 0) : start]) == before)) + (
        closes or (len(after) == 2 and list(new.words[end : end + 2]) == after)
    )


def _sides(new: View, wanted: Wanted, start: int, end: int) -> tuple[float | None, float | None]:
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


def _tightened(new: View, wanted: Wanted, equal: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """The ends without words that are equal by chance and far from the others: those between which the likeness is
    greatest. An end beside what stood there before is sure."""
    lead, size = len(wanted.before), len(wanted.target)
    runs = _runs([(a - lead, c) for a, c in equal if lead <= a < lead + size and start <= c < end])
    if not runs:
        return start, end
    slid = _slid(new, wanted, runs)
    pairs = set(equal) if slid == runs else set()
    runs = slid
    first, last = _likest(new, wanted, runs, _held(new, wanted, runs, pairs))
    if first or (lead - 1, start - 1) not in pairs:
        lowest = max((c + 1 for a, c in equal if a < lead and c < runs[first][1] and _rests(pairs, a, c)), default=0)
        start = max(_first_word(new, wanted, runs[first]), lowest)
    if last < len(runs) - 1 or (lead + size, end) not in pairs:
        behind = runs[last][1] + runs[last][2]
        after = (c for a, c in equal if a >= lead + size and c >= behind and _rests(pairs, a, c))
        end = min(_last_word(new, wanted, runs[last]), min(after, default=len(new.words)))
    return start, max(start, end)


def _rests(pairs: set[tuple[int, int]], a: int, c: int) -> bool:
    """Whether a word next to it is equal too: one alone may be chance."""
    return (a - 1, c - 1) in pairs or (a + 1, c + 1) in pairs


Run = tuple[int, int, int]
"""First word of the target, first word of the new text, and how many are equal from there on."""


def _runs(pairs: Sequence[tuple[int, int]]) -> list[Run]:
    runs: list[Run] = []
    for a, c in pairs:
        if runs and runs[-1][0] + runs[-1][2] == a and runs[-1][1] + runs[-1][2] == c:
            runs[-1] = (*runs[-1][:2], runs[-1][2] + 1)
        else:
            runs.append((a, c, 1))
    return runs


def _slid(new: View, wanted: Wanted, runs: list[Run]) -> list[Run]:
    """The outer runs laid as near to the others as the words allow: of two equal words the nearer one is meant."""
    runs = list(runs)
    if (
        len(runs) > 1
        and runs[0][0] + runs[0][2] == runs[1][0]
        and _stand(new, wanted, runs[0], runs[1][1] - runs[0][2])
    ):
        runs[:2] = [(runs[0][0], runs[1][1] - runs[0][2], runs[0][2] + runs[1][2])]
    if (
        len(runs) > 1
        and runs[-2][0] + runs[-2][2] == runs[-1][0]
        and _stand(new, wanted, runs[-1], runs[-2][1] + runs[-2][2])
    ):
        runs[-2:] = [(*runs[-2][:2], runs[-2][2] + runs[-1][2])]
    a, c, n = runs[0]
    while a and c and new.words[c - 1] == wanted.target[a - 1]:
        a, c, n = a - 1, c - 1, n + 1
    runs[0] = (a, c, n)
    a, c, n = runs[-1]
    while a + n < len(wanted.target) and c + n < len(new.words) and new.words[c + n] == wanted.target[a + n]:
        n += 1
    runs[-1] = (a, c, n)
    return runs


def _stand(new: View, wanted: Wanted, run: Run, at: int) -> bool:
    """Whether the words of a run stand in another place too."""
    return list(new.words[at : at + run[2]]) == list(wanted.target[run[0] : run[0] + run[2]])


def _likest(new: View, wanted: Wanted, runs: Sequence[Run], held: tuple[bool, bool]) -> tuple[int, int]:
    """The first and the last of the runs between which the target is likest; the outermost if it makes no odds, or
    if they are held there."""
    base = runs[0][1]
    there = [0.0, *accumulate(new.weight(key) for key in new.keys[base : runs[-1][1] + runs[-1][2]])]
    ours = [0.0, *accumulate(sum(new.weight(key) for key in wanted.keys[a : a + n]) for a, _, n in runs)]
    whole = sum(new.weight(key) for key in wanted.keys)
    best, choice = 0.0, (0, len(runs) - 1)
    firsts = [first for first in range(min(len(runs), ENDS)) if _stray(runs, first) or _alone(new, wanted, runs, first)]
    for first in [0] if held[0] else firsts:
        for last in range(len(runs) - 1, max(first, len(runs) - (1 if held[1] else ENDS)) - 1, -1):
            if not _stray(runs, last + 1):
                continue
            length = there[runs[last][1] + runs[last][2] - base] - there[runs[first][1] - base]
            likeness = 2 * (ours[last + 1] - ours[first]) / (whole + length)
            if likeness > best * CLEARLY:
                best, choice = likeness, (first, last)
    return choice


def _held(new: View, wanted: Wanted, runs: Sequence[Run], pairs: set[tuple[int, int]]) -> tuple[bool, bool]:
    """Whether the outermost runs are no chance: they go on into what stood around, or begin or end a line as the
    target did."""
    (first, start, _), (last, behind, count) = runs[0], runs[-1]
    lead, size, end = len(wanted.before), len(wanted.target), behind + count
    opens = not first and (
        {(lead - 1, start - 1), (lead - 2, start - 2)} <= pairs or (wanted.lines[0] and new.begins_line(start))
    )
    closes = last + count == size and (
        {(lead + size, end), (lead + size + 1, end + 1)} <= pairs or (wanted.lines[1] and new.begins_line(end))
    )
    return opens, closes


def _stray(runs: Sequence[Run], cut: int) -> bool:
    """Whether the words on the shorter side of a cut between two runs may be equal by chance: more was put in, or
    taken out, there than they are. True where nothing is cut off."""
    if not 0 < cut < len(runs):
        return True
    between = [runs[cut][side] - runs[cut - 1][side] - runs[cut - 1][2] for side in (0, 1)]
    before, behind = sum(run[2] for run in runs[:cut]), sum(run[2] for run in runs[cut:])
    return max(between) > 2 * min(before, behind) + STRAY


def _alone(new: View, wanted: Wanted, runs: Sequence[Run], cut: int) -> bool:
    """Whether a word or two before a cut end another sentence, though they began the target's own."""
    if not wanted.opens or not 0 < cut < len(runs) or sum(run[2] for run in runs[:cut]) > CHANGED:
        return False
    ended = any(new.begins_sentence(at) for at in range(runs[0][1] + 1, runs[cut][1] + 1))
    return ended and not any(at in wanted.sentences for at in range(runs[0][0] + 1, runs[cut][0] + 1))


def _first_word(new: View, wanted: Wanted, run: Run) -> int:
    """Where a target begins whose first equal words are known: a word or two before them may have been changed."""
    missing, at, _ = run
    nearest = range(at - 1, max(at - max(min(missing, CHANGED), int(wanted.opens)), 0) - 1, -1)
    if wanted.lines[0]:
        for place in nearest if missing else ():
            if new.begins_line(place):
                return place
    if wanted.opens and new.begins_sentence(at):
        return at
    for place in nearest if wanted.opens or missing <= CHANGED else ():
        if new.begins_sentence(place):
            return place
    return at - missing if missing <= CHANGED else at


def _last_word(new: View, wanted: Wanted, run: Run) -> int:
    """Where it ends, likewise; not beyond the sentence."""
    missing, end = len(wanted.target) - run[0] - run[2], run[1] + run[2]
    nearest = range(end, end + min(missing, CHANGED))
    if wanted.lines[1]:
        for place in nearest:
            if new.begins_line(place + 1):
                return place + 1
    for place in nearest:
        if new.begins_sentence(place):
            return place
    return end + missing if missing <= CHANGED else end


def _fit(new: View, wanted: Wanted, start: int, end: int) -> Fit:
    """What is said of a place whose ends are known: the target is laid over it once more, alone."""
    weights = [new.weight(key) for key in wanted.keys]
    whole, there = sum(weights), sum(new.weight(key) for key in new.keys[start:end])
    blocks = _blocks(wanted.target, new.words[start:end], start)
    same = sum(weights[a] for a, _ in _pairs(blocks))
    same += sum(weights[a] * TYPO_WORTH for a in _mistyped(new, wanted, blocks))
    shares = _share(2 * same, whole + there), _share(same, whole), _share(min(same, there), there)
    return Fit(start, end, *shares, *_sides(new, wanted, start, end), _ends_held(new, wanted, start, end))


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
