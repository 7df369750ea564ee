"""Tell passages with the same words apart: which place of the new text is which passage of the old one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
        """The place of a passage; None where that is not sure.

        It is sure where nothing else that remains could be there instead: no passage without a place is as near to
        it, and no place without a passage as near to `mine`. Where a passage has vanished, something must speak for
        the place.
        """
        place = next((row for row, column in self.passages.items() if column == mine), None)
        if place is None:
            return None
        value = self.table[place][mine]
        without = [column for column in range(len(self.table[0])) if column not in self.passages.values()]
        doubt = [self.table[place][column] for column in without]
        doubt += [self.table[row][mine] for row in range(len(self.table)) if row not in self.passages]
        return place if value - max(doubt, default=-1.0) >= SURE and not (without and value < SPOKEN) else None


def pair(table: Sequence[Sequence[float]]) -> Pairing:
    """The pairs for which most speaks are made first; of equal ones those that keep the order.

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
