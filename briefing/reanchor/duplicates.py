"""Distinguish passages with the same words: which place of the new text is which passage of the old one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.anchor.alignment import Alignment, sides
from briefing.anchor.words import SoughtWords, View, around
from briefing.reanchor.correspondence import ROW, Links
from briefing.reanchor.decision import CandidatePlace

SURE = 0.25
"""How much more must speak for one pair than for another that is as well possible."""
SPOKEN = 0.75
"""How much must speak for a pair where there are fewer places than passages."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Which place (row) is which passage (column)."""

    table: Sequence[Sequence[float]]
    passages: Mapping[int, int]
    """The passage of each place that has one."""

    def own_place(self, mine: int) -> int | None:
        """Return the place of a passage; None where that is not sure.

        It is sure where nothing else that remains could be there instead: no passage without a place is as near to it,
        and no place without a passage as near to `mine`. Where a passage has vanished, something must speak for the
        place.
        """
        place = next((row for row, column in self.passages.items() if column == mine), None)
        if place is None:
            return None
        value = self.table[place][mine]
        without = [column for column in range(len(self.table[0])) if column not in self.passages.values()]
        doubt = [self.table[place][column] for column in without]
        doubt += [self.table[row][mine] for row in range(len(self.table)) if row not in self.passages]
        return place if value - max(doubt, default=-1.0) >= SURE and not (without and value < SPOKEN) else None


def pair_passages(table: Sequence[Sequence[float]]) -> Pairing:
    """Pair places with passages: those first for which most speaks, of equal ones those that keep the order.

    The last place and the last passage belong together if nothing else is left.
    """
    rows, columns = range(len(table)), range(len(table[0]))
    passages: dict[int, int] = {}
    for value, _, row, column in sorted(
        ((table[r][c], -abs(r - c), r, c) for r in rows for c in columns), reverse=True
    ):
        last = len(passages) == len(table) - 1 == len(table[0]) - 1
        if row not in passages and column not in passages.values() and (value > 0 or last):
            passages[row] = column
    return Pairing(table, passages)


PAIRED = 0.45
"""Likeness from which changed words may be one of the passages."""
WIDTHS = 3, 8, 24
"""Words on either side that are compared to see whether a place is an old one with the same words."""
LINE = 0.3
"""How much it counts that a line begins, or ends, with both."""
MANY = 36
"""Pairs beyond which places for which no side speaks are not paired: they would be a guess."""
LIKE = 2.0
"""How much likeness counts beside what is around: as much as both sides."""


@dataclass(frozen=True, slots=True)
class RepeatedWords:
    """Where the words are in the old text, the target among them, and what both texts say of it."""

    new: View
    old: View
    links: Links
    stood: Sequence[tuple[int, int]]
    """The words of each passage, in the order of the text."""
    there: tuple[int, int]
    wanted: SoughtWords

    def distinguished(self, places: Sequence[CandidatePlace]) -> list[CandidatePlace]:
        """Return the places, with those marked that are, or may as well be, another passage than the target."""
        if len(self.stood) < 2:
            return list(places)
        places = [
            replace(place, other=True) if place.verbatim and self._is_accounted_for(place.fit.words) else place
            for place in places
        ]
        candidates = self._candidates(places)
        if not candidates:
            return places
        passages = [(there, around(self.wanted, self.old, there)) for there in self.stood]
        pairing = pair_passages([[self._nearness(place, *passage) for passage in passages] for place in candidates])
        mine = self.stood.index(self.there)
        own = pairing.own_place(mine)
        left = None if own is None or candidates[own].other else candidates[own]
        others = {id(candidates[number]) for number, passage in pairing.passages.items() if passage != mine}
        return [self._mark_place(place, place is left, id(place) in others) for place in places]

    def _candidates(self, places: Sequence[CandidatePlace]) -> list[CandidatePlace]:
        """Return the places that may be one of the passages, in the order of the text."""
        candidates = [place for place in places if place.verbatim or self._may_be(place)]
        if len(candidates) * len(self.stood) > MANY:
            candidates = [place for place in candidates if place.sides]
        return sorted(candidates, key=lambda place: place.span)

    def _may_be(self, place: CandidatePlace) -> bool:
        """Return whether changed words may be one of the passages."""
        if place.fit.likeness < PAIRED or place.other:
            return False
        rows = place.own + place.foreign
        return 2 * sum(self.links.origin(place.fit.words, there)[0] for there in self.stood) >= rows

    def _is_accounted_for(self, here: tuple[int, int]) -> bool:
        """Return whether the old text has a place with these words and what is next to them here, but not the target's.

        As many words on either side are taken as it needs to tell the target from it.
        """
        for width in WIDTHS:
            first, end = max(here[0] - width, 0), min(here[1] + width, len(self.new.words))
            start, stop = self.there[0] - (here[0] - first), self.there[1] + (end - here[1])
            if start < 0 or list(self.new.words[first:end]) != list(self.old.words[start:stop]):
                return self.old.count(self.new, first, end) >= self.new.count(self.new, first, end)
        return False

    def _mark_place(self, place: CandidatePlace, mine: bool, theirs: bool) -> CandidatePlace:
        if mine:
            return replace(place, own=max(place.own, self._count_own_rows(place.fit)), left=True)
        return replace(place, other=place.other or theirs or place.verbatim)

    def _nearness(self, place: CandidatePlace, there: tuple[int, int], wanted: SoughtWords) -> float:
        """Return how much speaks for a place being a passage: what is around both, near and farther, and the order."""
        before, after = sides(self.new, wanted, *place.fit.words)
        own, _ = self.links.origin(place.fit.words, there)
        far = sum(self.links.framed(place.fit.words, there)) + self.links.holds(place.fit.words, there)
        lines = self._begins_line(place.fit.start, there[0]) + self._begins_line(place.fit.end, there[1])
        return (before or 0) + (after or 0) + 0.5 * far + LINE * lines + (own > 0) + LIKE * (place.fit.likeness - 1)

    def _begins_line(self, here: int, there: int) -> bool:
        return self.new.begins_line(here) and self.old.begins_line(there)

    def _count_own_rows(self, fit: Alignment) -> int:
        """Return how many rows of words here are in the old text in these passages alone."""
        rows = {self._row_at(self.old, at) for at in range(self.there[0], self.there[1] - ROW + 1)}
        here = [self._row_at(self.new, at) for at in range(fit.start, fit.end - ROW + 1)]
        return sum(row in rows and self.links.old_counts[row] <= len(self.stood) for row in here)

    @staticmethod
    def _row_at(text: View, at: int) -> tuple[str, ...]:
        return tuple(text.words[at : at + ROW])
