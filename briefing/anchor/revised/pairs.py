"""Tell passages with the same words apart: which place of the new text is which passage of the old one."""

from __future__ import annotations

from collections.abc import Sequence

SURE = 0.25
"""How much more must speak for one pair than for another that is as well possible."""


def own_place(table: Sequence[Sequence[float]], mine: int) -> int | None:
    """The place (row) that is passage (column) `mine`; None where that is not sure.

    The pairs for which most speaks are made first; of equal ones those that keep the order. A place is sure where
    nothing else that remains could be there instead: no passage without a place is as near to it, and no place
    without a passage as near to `mine`. The last place and the last passage belong together if nothing else is left.
    """
    rows, columns = range(len(table)), range(len(table[0]))
    pairs = sorted(((table[r][c], -abs(r - c), r, c) for r in rows for c in columns), reverse=True)
    taken: dict[int, int] = {}
    for value, _, row, column in pairs:
        if row not in taken and column not in taken.values() and (value > 0 or len(table) == len(table[0])):
            taken[row] = column
    place = next((row for row, column in taken.items() if column == mine), None)
    if place is None:
        return None
    value = table[place][mine]
    free_passages = [c for c in columns if c not in taken.values()]
    free_places = [r for r in rows if r not in taken]
    doubt = [table[place][c] for c in free_passages] + [table[r][mine] for r in free_places]
    return place if value - max(doubt, default=-1.0) >= SURE else None
