"""Which revisions nobody could decide: decided from the two texts and the truth alone, never from an answer.

A recipe knows which of several equal passages it moved or edited. A reader has only the two texts, and in them three
things: the words, what stands next to them, and the order of the text. Where the target's words stand several times, a
reader pairs the old places with the new ones so that as many words as possible are kept, next to what they stood next
to and in their order. If some pairing that puts the target elsewhere is at least as good in both as every pairing that
puts it where the recipe did, nobody could know, and `gone` with candidates is the right answer.

Likewise of what vanished: if some pairing that gives the target a place is at least as good as every pairing that gives
it none, nobody could know that it was not its twin that went.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import LCSseq

from briefing.anchor.words import View, view
from tests.revision.recipes import Revision

NEXT = 12
"""Words on each side that a reader compares."""
PLACES = 5
"""Equal passages that are paired, those nearest to the target; the pairings of more would be too many."""
ORDER = 0.1
"""How much better in order a pairing must be to count: less is chance where a text was shuffled."""
ROW = 5
"""Words that must stand once in both texts to tell the order."""


def undecidable(case: Revision) -> bool:
    """Whether the texts speak for another answer as much as for the true one."""
    old, new = view(case.old), view(case.new)
    there = old.words_in(case.there)
    here = new.words_in(case.here) if case.here else None
    rows = [old.words[slice(*there)], *([new.words[slice(*here)]] if here else [])]
    passages, places = _equal(old, rows[:1], there), _equal(new, rows, here)
    if not places or len(passages) == 1 >= len(places):
        return False
    table = [[_speaks(old, new, passage, place) for place in places] for passage in passages]
    mine, right = passages.index(there), places.index(here) if here else None
    pairings = [(pairing[mine], _together(table, pairing)) for pairing in _pairings(len(passages), len(places))]
    truth = max(worth for place, worth in pairings if place == right)
    return any(place != right and worth[0] >= truth[0] and worth[1] >= truth[1] - ORDER for place, worth in pairings)


Pairing = tuple[int | None, ...]
"""For each old passage the number of its new place."""


def _pairings(passages: int, places: int, taken: Pairing = ()) -> Iterator[Pairing]:
    if len(taken) == passages:
        yield taken
        return
    for place in (None, *range(places)):
        if place is None or place not in taken:
            yield from _pairings(passages, places, (*taken, place))


def _together(table: Sequence[Sequence[tuple[float, float]]], pairing: Pairing) -> tuple[float, float]:
    spoken = [table[passage][place] for passage, place in enumerate(pairing) if place is not None]
    return sum(near for near, _ in spoken), sum(order for _, order in spoken)


def _equal(text: View, rows: Sequence[Sequence[str]], sure: tuple[int, int] | None) -> list[tuple[int, int]]:
    """Where any of some rows of words stands, the nearest to the sure place; overlapping ones are left out."""
    found = [sure] if sure else []
    starts = {(at, at + len(row)) for row in rows for at in range(len(text.words)) if _is_at(text, row, at)}
    for start, end in sorted(starts, key=lambda one: abs(one[0] - (sure or one)[0])):
        if not any(start < other[1] and other[0] < end for other in found):
            found.append((start, end))
    return sorted(found[:PLACES])


def _is_at(text: View, row: Sequence[str], at: int) -> bool:
    return text.words[at] == row[0] and list(text.words[at : at + len(row)]) == list(row)


def _speaks(old: View, new: View, there: tuple[int, int], here: tuple[int, int]) -> tuple[float, float]:
    """How many words of both places and next to them are the same, and which share of what else stands once in both
    texts keeps its side."""
    kept = LCSseq.similarity(old.words[slice(*there)], new.words[slice(*here)])
    before = _same(_before(old, there[0]), _before(new, here[0]))
    after = _same(_after(old, there[1]), _after(new, here[1]))
    sides = [(at < there[0]) == (now < here[0]) for at, now in _once_in_both(old, new)]
    return kept + before + after, sum(sides) / len(sides) if sides else 0.0


def _before(text: View, at: int) -> list[str]:
    """The words before a place, the nearest first; the edge of the text and a line's begin count as words."""
    row = [] if at and not _begins_line(text, at) else ["\n"]
    return [*row, *text.words[max(at - NEXT, 0) : at][::-1], *([""] if at < NEXT else [])]


def _after(text: View, at: int) -> list[str]:
    row = [] if at < len(text.words) and not _begins_line(text, at) else ["\n"]
    return [*row, *text.words[at : at + NEXT], *([""] if at + NEXT > len(text.words) else [])]


def _begins_line(text: View, at: int) -> bool:
    gap = text.folded.span(text.ends[at - 1], text.starts[at])
    return gap is not None and "\n" in gap.of(text.text)


def _same(one: Sequence[str], other: Sequence[str]) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


@dataclass(frozen=True)
class _Rows:
    at: dict[tuple[str, ...], int]


@lru_cache(maxsize=8)
def _rows(text: View) -> _Rows:
    found: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(text.words) - ROW + 1):
        found.setdefault(tuple(text.words[at : at + ROW]), []).append(at)
    return _Rows({row: places[0] for row, places in found.items() if len(places) == 1})


def _once_in_both(old: View, new: View) -> list[tuple[int, int]]:
    here = _rows(new).at
    return [(at, here[row]) for row, at in _rows(old).at.items() if row in here]
