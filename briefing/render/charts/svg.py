"""Writes SVG elements: one line, everything escaped, looks by class alone.

Across, places are percentages of the picture's width; down, they are pixels. So a picture fits every screen while its
words keep their size. A page that runs from right to left mirrors the places; `text-anchor` follows by itself.

Scale: where values and dates stand on an axis, and the round numbers and years that the axis shows.

Numbers stay Decimal until they become a place, so that a tick says 0.1 and never 0.1000000000000001.
"""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from briefing.render.escape import Markup, in_attribute, in_html
from briefing.render.messages import Messages
from briefing.render.statements import shorten

# --- scale -----------------------------------------------------------------------------------------------------------


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


# --- svg -------------------------------------------------------------------------------------------------------------


LETTER = 100 / 44
"""The share of the narrowest picture (a phone of 320 pixels) that a letter of its words takes at most."""


def tag(name: str, *content: Markup, **attributes: str | float) -> Markup:
    """An element; `class_` stands for `class`, an underscore for a hyphen."""
    given = Markup("").join(
        Markup(' {}="{}"').format(Markup(key.strip("_").replace("_", "-")), _written(value))
        for key, value in attributes.items()
        if value != ""
    )
    return Markup("<{0}{1}>{2}</{0}>").format(Markup(name), given, Markup("").join(content))


def _written(value: str | float) -> Markup:
    return in_attribute(value) if isinstance(value, str) else Markup(_short(value))


def _short(value: float) -> str:
    """At most two decimals, and never “-0”."""
    written = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if written == "-0" else written


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws in one direction of reading."""

    mirrored: bool
    """Whether reading begins on the right."""

    def x(self, place: float) -> str:
        """A place across, from where reading begins."""
        return _short(100 - place if self.mirrored else place) + "%"

    def line(self, kind: str, x1: float, y1: float, x2: float, y2: float) -> Markup:
        """A straight line."""
        return tag("line", class_=kind, x1=self.x(x1), y1=y1, x2=self.x(x2), y2=y2)

    def dot(self, kind: str, x: float, y: float, r: float, name: str = "") -> Markup:
        """A circle, and what it says when it is pointed at."""
        return tag("circle", *_title(name), class_=kind, cx=self.x(x), cy=y, r=r)

    def bar(self, kind: str, x1: float, y: float, x2: float, height: float, name: str = "") -> Markup:
        """A rectangle between two places across."""
        left, right = sorted((100 - x1, 100 - x2) if self.mirrored else (x1, x2))
        width = _short(right - left) + "%"
        return tag("rect", *_title(name), class_=kind, x=_short(left) + "%", y=y, width=width, height=height)

    def text(self, kind: str, x: float, y: float, words: str, anchor: str = "start") -> Markup:
        """Words on one line."""
        anchor = "" if anchor == "start" else anchor
        return tag("text", in_html(words), class_=kind, x=self.x(x), y=y, text_anchor=anchor)


def pen(say: Messages) -> Pen:
    """A pen that draws as a language is read."""
    return Pen(say.direction == "rtl")


def picture(id: str, height: float, say: Messages, title: str, description: str, content: Iterable[Markup]) -> Markup:
    """The whole picture, with its name and description for those who do not see it."""
    return tag(
        "svg",
        tag("title", in_html(title), id=f"{id}-title"),
        tag("desc", in_html(description), id=f"{id}-desc"),
        *content,
        xmlns="http://www.w3.org/2000/svg",
        class_="bf-picture",
        role="img",
        width="100%",
        height=height,
        lang=say.tag,
        direction="rtl" if say.direction == "rtl" else "",
        aria_labelledby=f"{id}-title {id}-desc",
    )


def width(words: str) -> float:
    """About how many letters wide words are; those of East Asia are twice as wide."""
    return sum(0 if unicodedata.combining(c) else 1 + (unicodedata.east_asian_width(c) in "WF") for c in words)


def wrapped(words: str, letters: int, lines: int) -> list[str]:
    """Words on so many lines of so many letters at most, with … where they do not fit."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in words) * 2 > len(words)
    letters = letters // 2 if wide else letters
    found = textwrap.wrap(" ".join(words.split()), letters) or [""]
    if len(found) > lines:
        found = [*found[: lines - 1], shorten(" ".join(found[lines - 1 :]), letters - 1)]
    return found


def _title(name: str) -> list[Markup]:
    return [tag("title", in_html(name))] if name else []
