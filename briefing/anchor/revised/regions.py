"""Where in the new text a target may stand: rare words vote for places, and the likeliest are compared word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.anchor.revised.words import View

VOTERS = 48
"""Words of the target that vote, the rarest: enough for a paragraph, and more would only cost time."""
COMMON = 60
"""Places beyond which a word is too common to vote, unless all are."""
HITS = 800
"""Votes that are counted; with more, the rarest words alone decide."""


@dataclass(frozen=True, slots=True, order=True)
class Region:
    """Words of the new text among which a target may stand."""

    start: int
    end: int


def regions(new: View, wanted: Sequence[str], count: int, known: Sequence[tuple[int, int]] = ()) -> list[Region]:
    """The likeliest places of words that are looked up by the keys `wanted`, best first; they do not overlap.

    Words of the `known` places do not vote, so that these do not outvote what stands next to them.
    """
    width = len(wanted) + len(wanted) // 2 + 12
    hits = sorted(hit for hit in _hits(new, wanted) if not any(first <= hit[0] < end for first, end in known))
    found: list[Region] = []
    for _, first, last in sorted(_windows(hits, width)):
        start, end = hits[first][0] - hits[first][1], hits[last][0] + len(wanted) - hits[last][1]
        region = Region(max(start, 0), min(max(end, start + 1), len(new.words)))
        if not any(region.start < other.end and other.start < region.end for other in found):
            found.append(region)
        if len(found) == count:
            break
    return found


def _hits(new: View, wanted: Sequence[str]) -> list[tuple[int, int, float]]:
    """Place in the new text, place in the target, weight: for each vote."""
    known = [(len(new.index[key]), at, key) for at, key in enumerate(wanted) if key in new.index]
    voters = sorted(known)[:VOTERS]
    rare = [voter for voter in voters if voter[0] <= COMMON] or voters[:8]
    hits: list[tuple[int, int, float]] = []
    for _, at, key in rare:
        weight = new.weight(key)
        hits += ((place, at, weight) for place in new.index[key][:HITS])
        if len(hits) > HITS:
            break
    return hits


def _windows(hits: Sequence[tuple[int, int, float]], width: int) -> Iterator[tuple[float, int, int]]:
    """For each vote the sum of those in a window that begins with it, each word of the target counted once; negative,
    so that the most comes first."""
    counts: dict[int, int] = {}
    total, end = 0.0, 0
    for first, (place, at, weight) in enumerate(hits):
        while end < len(hits) and hits[end][0] < place + width:
            other = hits[end][1]
            counts[other] = counts.get(other, 0) + 1
            total += hits[end][2] if counts[other] == 1 else 0.0
            end += 1
        yield -total, first, end - 1
        counts[at] -= 1
        total -= weight if counts[at] == 0 else 0.0
