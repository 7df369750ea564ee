"""Compares what several sources say of one thing: a table in which every row draws its value on one scale.

The rows are the chart, so nothing is said twice: who says so, what it counts and the number are words, and the drawing
beside them is for the eye alone. Values of one period and thing make a group with the range that they span.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from briefing.render.charts.bars import FEWEST
from briefing.render.charts.scale import Scale, ticks
from briefing.render.charts.svg import Pen, pen, tag
from briefing.render.escape import Markup, in_html
from briefing.render.messages import Messages

_NEAR, _FAR = 3, 97
"""Where the scale begins and ends, in per cent of the width: room for half a mark."""
_KINDS = 3
"""Things that have a mark of their own; more of them share the last."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One value with who gives it."""

    period: str
    """As it is shown."""
    of: str
    """Whose or what it is a value of; may be empty."""
    said: Markup
    """Who gives it, and the link to where it was read."""
    counts: str
    """What it counts, and what it rests on, in words."""
    shown: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One value as a row of the table."""

    said: Markup
    counts: str
    shown: str
    plot: Markup
    """The value on the scale: HTML on one line, hidden from screen readers."""


@dataclass(frozen=True, slots=True)
class ComparedGroup:
    """The values of one period and one thing."""

    title: str
    range: str
    """From the lowest to the highest; empty where they are equal."""
    plot: Markup
    rows: tuple[ComparedRow, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What several sources say of the same thing, as the templates show it."""

    title: str
    unit: str
    axis: Markup
    """The numbers of the scale: HTML on one line, hidden from screen readers."""
    groups: tuple[ComparedGroup, ...]


def compare(title: str, unit: str, values: Sequence[Compared], say: Messages) -> Comparison | None:
    """Return the comparison of at least four values: groups in the order of the values, all on one scale from zero."""
    if len(values) < FEWEST:
        return None
    levels = ticks([Decimal(0), *(end for one in values for end in (one.low, one.high))])
    scale, tool = Scale(float(levels[0]), float(levels[-1]), _NEAR, _FAR), pen(say)
    things = list(dict.fromkeys(one.of for one in values))
    groups = {key: [one for one in values if (one.period, one.of) == key] for key in _keys(values)}
    return Comparison(
        title,
        unit,
        _axis(levels, scale, tool, say),
        tuple(_group(key, own, things, levels, scale, say) for key, own in groups.items()),
    )


def _keys(values: Sequence[Compared]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((one.period, one.of) for one in values))


def _group(
    key: tuple[str, str],
    values: Sequence[Compared],
    things: Sequence[str],
    levels: Sequence[Decimal],
    scale: Scale,
    say: Messages,
) -> ComparedGroup:
    period, of = key
    tool, kind = pen(say), min(things.index(of), _KINDS - 1)
    low, high = min(one.low for one in values), max(one.high for one in values)
    several = low != high and len(values) > 1
    lowest = next(one.shown for one in values if one.low == low)
    highest = next(one.shown for one in values if one.high == high)
    whole = say("value.range", low=lowest, high=highest) if several else ""
    band = [_stretch(f"bf-band bf-of-{kind}", low, high, scale, tool)] if several else []
    rows = tuple(
        ComparedRow(one.said, one.counts, one.shown, _plot(levels, scale, tool, _marks(one, kind, scale, tool)))
        for one in values
    )
    title = say("chart.group", period=period, of=of) if of else period
    return ComparedGroup(title, whole, _plot(levels, scale, tool, band), rows)


def _marks(value: Compared, kind: int, scale: Scale, pen: Pen) -> Iterator[Markup]:
    """A mark for a number; for a range both ends, joined."""
    if value.low != value.high:
        yield _stretch(f"bf-stretch bf-of-{kind}", value.low, value.high, scale, pen)
    for end in dict.fromkeys((value.low, value.high)):
        shape = tag("path", class_=f"bf-point bf-of-{kind}", d=_SHAPES[kind])
        yield tag("svg", shape, x=pen.x(scale.at(end)), y="50%", overflow="visible")


_SHAPES = ("M-5.5 0a5.5 5.5 0 1 1 11 0a5.5 5.5 0 1 1-11 0z", "M0-7 7 0 0 7-7 0z", "M-5-5h10v10h-10z")
"""A circle, a diamond, a square around the point: what is compared differs by more than colour."""


def _stretch(kind: str, low: Decimal, high: Decimal, scale: Scale, pen: Pen) -> Markup:
    return tag("line", class_=kind, x1=pen.x(scale.at(low)), y1="50%", x2=pen.x(scale.at(high)), y2="50%")


def _plot(levels: Sequence[Decimal], scale: Scale, pen: Pen, marks: Iterator[Markup] | list[Markup]) -> Markup:
    """A strip as high as its row, in which the grid goes on from row to row."""
    grid = (
        tag("line", class_="bf-zero" if level == 0 else "bf-grid", x1=x, y1="0", x2=x, y2="100%")
        for level in levels
        if (x := pen.x(scale.at(level)))
    )
    return tag("svg", *grid, *marks, class_="bf-plot", aria_hidden="true")


def _axis(levels: Sequence[Decimal], scale: Scale, pen: Pen, say: Messages) -> Markup:
    numbers = (
        tag(
            "text", in_html(say.number(level)), class_="bf-tick", x=pen.x(scale.at(level)), y="13", text_anchor="middle"
        )
        for level in levels
    )
    return tag("svg", *numbers, class_="bf-plot", direction="ltr", aria_hidden="true")
