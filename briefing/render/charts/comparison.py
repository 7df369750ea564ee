"""Compares what several sources say of one thing: a table in which every row draws its value on one scale.

The rows are the chart, so nothing is said twice: who says so, what it counts and the number are words, and the drawing
beside them is for the eye alone. Values of one period make a group, with the range that those of each thing span.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from briefing.render.charts.bars import FEWEST
from briefing.render.charts.svg import Pen, Scale, pen, tag, ticks
from briefing.render.escape import Markup, in_html
from briefing.render.messages import Messages

_NEAR, _FAR = 3, 97
"""Where the scale begins and ends, in per cent of the width: room for half a mark."""


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

    of: str
    sample: Markup
    """How what it is of is marked; empty where there is one thing."""
    said: Markup
    counts: str
    shown: str
    plot: Markup
    """The value on the scale: HTML on one line, hidden from screen readers."""


@dataclass(frozen=True, slots=True)
class ComparedGroup:
    """The values of one period."""

    title: str
    ranges: str
    """Of each thing, from its lowest to its highest value; without things that have a single one."""
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
    board = _Board(levels, Scale(float(levels[0]), float(levels[-1]), _NEAR, _FAR), pen(say))
    things = list(dict.fromkeys(one.of for one in values))
    periods = dict.fromkeys(one.period for one in values)
    groups = (_group([one for one in values if one.period == period], things, board, say) for period in periods)
    return Comparison(title, unit, _axis(board, say), tuple(groups))


@dataclass(frozen=True, slots=True)
class _Board:
    """What every strip is drawn on."""

    levels: Sequence[Decimal]
    scale: Scale
    pen: Pen

    def x(self, value: Decimal) -> str:
        return self.pen.x(self.scale.at(value))


def _group(values: Sequence[Compared], things: Sequence[str], board: _Board, say: Messages) -> ComparedGroup:
    """Return the values of one period; its own strip has a band for each thing with several, one above another."""
    spans = {of: span for of in things if (span := _span([one for one in values if one.of == of], say))}
    bands = [
        _stretch(f"bf-band bf-of-{_kind(of, things)}", low, high, board, f"{100 * (n + 1) / (len(spans) + 1):.0f}%")
        for n, (of, (_, low, high)) in enumerate(spans.items())
    ]
    ranges = [say("chart.mark", label=of, value=words) if of else words for of, (words, _, _) in spans.items()]
    rows = tuple(
        ComparedRow(
            one.of,
            _sample(one.of, things),
            one.said,
            one.counts,
            one.shown,
            _strip(board, _marks(one, _kind(one.of, things), board)),
        )
        for one in values
    )
    return ComparedGroup(values[0].period, say("list.comma").join(ranges), _strip(board, bands), rows)


def _kind(of: str, things: Sequence[str]) -> int:
    return min(things.index(of), len(_SHAPES) - 1)


def _span(values: Sequence[Compared], say: Messages) -> tuple[str, Decimal, Decimal] | None:
    """Return the range of several values, in words and numbers; None where they are one."""
    if len(values) < 2 or len({(one.low, one.high) for one in values}) < 2:
        return None
    low, high = min(values, key=lambda one: one.low), max(values, key=lambda one: one.high)
    return say("value.range", low=say.number(low.low), high=say.number(high.high)), low.low, high.high


def _marks(value: Compared, kind: int, board: _Board) -> Iterator[Markup]:
    """A mark for a number; for a range both ends, joined."""
    if value.low != value.high:
        yield _stretch(f"bf-stretch bf-of-{kind}", value.low, value.high, board)
    for end in dict.fromkeys((value.low, value.high)):
        shape = tag("path", class_=f"bf-point bf-of-{kind}", d=_SHAPES[kind])
        yield tag("svg", shape, x=board.x(end), y="50%", overflow="visible")


_SHAPES = ("M-5.5 0a5.5 5.5 0 1 1 11 0a5.5 5.5 0 1 1-11 0z", "M0-7 7 0 0 7-7 0z", "M-5-5h10v10h-10z")
"""A circle, a diamond, a square around the point: what is compared differs by more than colour. Further things share
the last."""


def _sample(of: str, things: Sequence[str]) -> Markup:
    if len(things) < 2:
        return Markup()
    kind = _kind(of, things)
    shape = tag("path", class_=f"bf-point bf-of-{kind}", d=_SHAPES[kind], transform="translate(8 8)")
    return tag("svg", shape, class_="bf-sample", width=16, height=16, aria_hidden="true")


def _stretch(kind: str, low: Decimal, high: Decimal, board: _Board, y: str = "50%") -> Markup:
    return tag("line", class_=kind, x1=board.x(low), y1=y, x2=board.x(high), y2=y)


def _strip(board: _Board, marks: Iterable[Markup]) -> Markup:
    """Return a strip as high as its row, in which the grid goes on from row to row."""
    grid = (
        tag("line", class_="bf-grid" if level else "bf-zero", x1=board.x(level), y1="0", x2=board.x(level), y2="100%")
        for level in board.levels
    )
    return tag("svg", *grid, *marks, class_="bf-plot", aria_hidden="true")


def _axis(board: _Board, say: Messages) -> Markup:
    numbers = (
        tag("text", in_html(say.number(level)), class_="bf-tick", x=board.x(level), y="13", text_anchor="middle")
        for level in board.levels
    )
    return tag("svg", *numbers, class_="bf-plot", aria_hidden="true")
