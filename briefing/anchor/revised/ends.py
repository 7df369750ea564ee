"""Where a target that is laid over some words begins and ends: words that are equal by chance are given up, and a word
or two that were changed at an end are kept."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from briefing.anchor.revised.wanted import Wanted
from briefing.anchor.revised.words import View

ENDS = 8
"""Runs of equal words at either end of which one is chosen to be the end."""
CLEARLY = 1.02
"""How much likeness must grow for words at an end to be given up."""
STRAY = 4
"""Words that must have been put in beside even a single equal one before that counts as chance."""
CHANGED = 2
"""Words at an end that may have been changed along with what stood beside them."""


def tightened(new: View, wanted: Wanted, equal: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
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
    if first or (lead - 1, start - 1) not in pairs or not _rests(pairs, lead - 1, start - 1):
        lowest = max((c + 1 for a, c in equal if a < lead and c < runs[first][1] and _rests(pairs, a, c)), default=0)
        start = max(_first_word(new, wanted, runs[first]), lowest)
    if last < len(runs) - 1 or (lead + size, end) not in pairs or not _rests(pairs, lead + size, end):
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
    if len(runs) > 1:
        (a, c, n), behind = runs[0], runs[1][1]
        c = next((at for at in range(behind - n, c, -1) if _stand(new, wanted, runs[0], at)), c)
        joined = a + n == runs[1][0] and c + n == behind
        runs[: 1 + joined] = [(a, c, n + joined * runs[1][2])]
    if len(runs) > 1:
        (a, c, n), (first, start, count) = runs[-1], runs[-2]
        c = next((at for at in range(start + count, c) if _stand(new, wanted, runs[-1], at)), c)
        joined = first + count == a and start + count == c
        runs[-1 - joined :] = [(first, start, count + n)] if joined else [(a, c, n)]
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
    ended = {first for first in range(min(len(runs), ENDS)) if _alone(new, wanted, runs, first)}
    firsts = [first for first in range(min(len(runs), ENDS)) if _stray(runs, first) or first in ended]
    for first in [0] if held[0] else firsts:
        for last in range(len(runs) - 1, max(first, len(runs) - (1 if held[1] else ENDS)) - 1, -1):
            beyond = _beyond(new, wanted, runs, last + 1)
            if not (beyond or _stray(runs, last + 1)):
                continue
            length = there[runs[last][1] + runs[last][2] - base] - there[runs[first][1] - base]
            likeness = 2 * (ours[last + 1] - ours[first]) / (whole + length)
            if likeness > best * (1 / CLEARLY if beyond or first in ended else CLEARLY):
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


def _beyond(new: View, wanted: Wanted, runs: Sequence[Run], cut: int) -> bool:
    """Likewise whether all runs behind a cut are a word or two of other sentences."""
    if cut == len(runs) or max(run[2] for run in runs[cut:]) > CHANGED:
        return False
    ended = any(new.begins_sentence(at) for at in range(runs[cut - 1][1] + runs[cut - 1][2] + 1, runs[cut][1] + 1))
    begun = any(run[0] in wanted.sentences and new.begins_sentence(run[1]) for run in runs[cut:])
    return ended and not begun


def _first_word(new: View, wanted: Wanted, run: Run) -> int:
    """Where a target begins whose first equal words are known: a word or two before them may have been changed."""
    missing, at = run[0], run[1]
    nearest = range(at - 1, max(at - max(min(missing, CHANGED), int(wanted.opens)), 0) - 1, -1)
    for place in range(at, nearest.stop, -1):
        if len(wanted.before) > 1 and list(new.words[max(place - 2, 0) : place]) == list(wanted.before[-2:]):
            return place
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
    for place in range(end, nearest.stop + 1):
        if len(wanted.after) > 1 and list(new.words[place : place + 2]) == list(wanted.after[:2]):
            return place
    if wanted.lines[1]:
        for place in nearest:
            if new.begins_line(place + 1):
                return place + 1
    for place in nearest:
        if new.begins_sentence(place):
            return place
    return end + missing if missing <= CHANGED else end
