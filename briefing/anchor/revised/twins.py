"""Passages of the old text with the same words as the target: which place of the new text is whose.

All of them are paired with all places that come into question at once, for what belongs to another cannot be the
target's, and what is left when the others have theirs may be.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.anchor.revised.align import Fit, sides
from briefing.anchor.revised.judge import Place
from briefing.anchor.revised.links import ROW, Links
from briefing.anchor.revised.pairs import pair
from briefing.anchor.revised.wanted import Wanted, around
from briefing.anchor.revised.words import View

PAIRED = 0.45
"""Likeness from which changed words may be one of the passages."""
WIDTHS = 3, 8, 24
"""Words on either side that are compared to see whether a place is an old one with the same words."""
LINE = 0.3
"""How much it counts that a line begins, or ends, with both."""
MANY = 36
"""Pairs beyond which places for which no side speaks are not paired: they would be a guess."""
LIKE = 2.0
"""How much likeness counts beside what stands around: as much as both sides."""


@dataclass(frozen=True, slots=True)
class Twins:
    """Where the words stand in the old text, the target among them, and what both texts say of it."""

    new: View
    old: View
    links: Links
    stood: Sequence[tuple[int, int]]
    """The words of each passage, in the order of the text."""
    there: tuple[int, int]
    wanted: Wanted

    def told_apart(self, places: Sequence[Place]) -> list[Place]:
        """The places, with those marked that are, or may as well be, another passage than the target."""
        if len(self.stood) < 2:
            return list(places)
        places = [self._counted(place) for place in places]
        candidates = [place for place in places if place.verbatim or self._may_be(place)]
        if len(candidates) * len(self.stood) > MANY:
            candidates = [place for place in candidates if place.sides]
        if not candidates:
            return list(places)
        candidates.sort(key=lambda place: place.span)
        around_each = [around(self.wanted, self.old, there) for there in self.stood]
        table = [
            [self._nearness(place, *other) for other in zip(self.stood, around_each, strict=True)]
            for place in candidates
        ]
        pairing, mine = pair(table), self.stood.index(self.there)
        own = pairing.own_place(mine)
        theirs = {number for number, passage in pairing.passages.items() if passage != mine}
        left = None if own is None or candidates[own].other else candidates[own]
        others = [candidates[number] for number in theirs]
        return [self._marked(place, place is left, any(place is one for one in others)) for place in places]

    def _may_be(self, place: Place) -> bool:
        """Whether changed words may be one of the passages."""
        if place.fit.likeness < PAIRED or place.other:
            return False
        rows = place.own + place.foreign
        return 2 * sum(self.links.origin(place.fit.words, there)[0] for there in self.stood) >= rows

    def _counted(self, place: Place) -> Place:
        return replace(place, other=True) if place.verbatim and self._accounted(place.fit.words) else place

    def _accounted(self, here: tuple[int, int]) -> bool:
        """Whether the old text has a place with these words and what stands next to them here, but not the target's.

        As many words on either side are taken as it needs to tell the target from it.
        """
        for width in WIDTHS:
            first, end = max(here[0] - width, 0), min(here[1] + width, len(self.new.words))
            start, stop = self.there[0] - (here[0] - first), self.there[1] + (end - here[1])
            if start < 0 or list(self.new.words[first:end]) != list(self.old.words[start:stop]):
                return self.old.count(self.new, first, end) >= self.new.count(self.new, first, end)
        return False

    def _marked(self, place: Place, mine: bool, theirs: bool) -> Place:
        if mine:
            return replace(place, own=max(place.own, self._kin(place.fit)), left=True)
        return replace(place, other=place.other or theirs or place.verbatim)

    def _nearness(self, place: Place, there: tuple[int, int], wanted: Wanted) -> float:
        """How much speaks for a place being a passage: what stands around both, near and farther, and the order."""
        before, after = sides(self.new, wanted, *place.fit.words)
        own, _ = self.links.origin(place.fit.words, there)
        far = sum(self.links.framed(place.fit.words, there)) + self.links.holds(place.fit.words, there)
        lines = self._begins_line(place.fit.start, there[0]) + self._begins_line(place.fit.end, there[1])
        return (before or 0) + (after or 0) + 0.5 * far + LINE * lines + (own > 0) + LIKE * (place.fit.likeness - 1)

    def _begins_line(self, here: int, there: int) -> bool:
        return self.new.begins_line(here) and self.old.begins_line(there)

    def _kin(self, fit: Fit) -> int:
        """How many rows of words here stand in the old text in these passages alone."""
        rows = {self._row(self.old, at) for at in range(self.there[0], self.there[1] - ROW + 1)}
        here = [self._row(self.new, at) for at in range(fit.start, fit.end - ROW + 1)]
        return sum(row in rows and self.links.old_counts[row] <= len(self.stood) for row in here)

    @staticmethod
    def _row(text: View, at: int) -> tuple[str, ...]:
        return tuple(text.words[at : at + ROW])
