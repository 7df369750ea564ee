"""Where values and dates stand on an axis, and the round numbers and years that the axis shows.

Numbers stay Decimal until they become a place, so that a tick says 0.1 and never 0.1000000000000001.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

_FEW = 5
"""Ticks on an axis of values: enough to read by, few enough to be quiet."""
_FLAT = Decimal("0.25")
"""Values that differ by less than this share of the largest would lie on one line if the axis began at zero."""
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000, 2000, 5000)


@dataclass(frozen=True, slots=True)
class Scale:
    """From a range of values to a range of places."""

    low: float
    high: float
    start: float
    """Where the lowest value stands."""
    end: float

    def at(self, value: float | Decimal) -> float:
        """The place of a value."""
        share = (float(value) - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)


def ticks(values: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Round numbers around the values; from zero, unless that would make them look alike."""
    low, high = min(values), max(values)
    if not (low > 0 and high - low < high * _FLAT) and not (high < 0 and high - low < -low * _FLAT):
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    step = _round_step((high - low) / (_FEW - 1) if high > low else abs(high) or Decimal(1))
    first, last = low // step, -(-high // step)
    first -= low < first * step  # `//` of Decimals rounds towards zero
    last += high > last * step
    first -= low == first * step != 0  # else the lowest value would lie on the axis and look like nothing
    last += first == last
    return tuple(step * (first + n) for n in range(int(last - first) + 1))


def _round_step(least: Decimal) -> Decimal:
    """The smallest of 1, 2, 2.5, 5 and their tenfolds that is not less."""
    power = Decimal(1).scaleb(least.adjusted())
    found = next(power * part for part in map(Decimal, ("1", "2", "2.5", "5", "10")) if power * part >= least)
    return found.normalize() if found < 1 else found.quantize(Decimal(1)) if found == found.to_integral() else found


# --- time -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Period:
    """A day, month or year, in years of the calendar."""

    start: float
    end: float
    count: int
    """Days, months or years since the calendar began: neighbours differ by one."""
    parts: int
    """1 for a year, 2 for a month, 3 for a day."""

    @property
    def middle(self) -> float:
        """Where it stands if it is a point."""
        return (self.start + self.end) / 2


def period(iso: str) -> Period | None:
    """A day, month or year as ISO 8601; None for anything else."""
    try:
        parts = [int(part) for part in iso.split("-")]
        day = date(*parts, *(1 for _ in range(3 - len(parts))))
    except (ValueError, TypeError, OverflowError):
        return None
    if len(parts) == 1:
        return Period(day.year, day.year + 1, day.year, 1)
    if len(parts) == 2:
        start = day.year + (day.month - 1) / 12
        return Period(start, start + 1 / 12, day.year * 12 + day.month, 2)
    start = day.year + (day.timetuple().tm_yday - 1) / 366
    return Period(start, start + 1 / 366, day.toordinal(), 3)


def neighbours(periods: Sequence[Period]) -> tuple[bool, ...]:
    """For each period but the last, whether the next one follows it without a gap.

    Periods at equal distances are all neighbours (every tenth year); where distances differ, only those side by side.
    """
    steps = [b.count - a.count if a.parts == b.parts else 0 for a, b in pairwise(periods)]
    if steps and steps[0] > 0 and len(set(steps)) == 1:
        return tuple(True for _ in steps)
    return tuple(step == 1 for step in steps)


def years(low: float, high: float, most: float) -> tuple[int, ...]:
    """Round years from `low` to `high`, not more than about `most` of them."""
    step = next((step for step in _STEPS if (high - low) / step <= most), _STEPS[-1])
    return tuple(_multiples(low, high, step))


def _multiples(low: float, high: float, step: int) -> Iterator[int]:
    first = -(-int(low) // step) * step
    yield from (year for year in range(first, int(high) + 1, step) if low <= year <= high)
