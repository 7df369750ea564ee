"""Chooses and draws the chart of a set of comparable values: pure functions from data to inline SVG.

The data choose the kind. Periods without a gap make a line; where some are missing, dots stand at their true place in
time and nothing is drawn across the gap; other periods and categories make bars.
The words for those who do not see it say what an eye would take from it first; the numbers stand beside it in a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from operator import attrgetter
from typing import Literal

from briefing.render.charts.svg import (
    LETTER,
    Pen,
    Period,
    Scale,
    neighbours,
    pen,
    period,
    picture,
    ticks,
    width,
    wrapped,
    years,
)
from briefing.render.escape import Markup
from briefing.render.messages import Messages

FEWEST = 4
"""Fewer values are read more quickly than a chart."""
MOST_BARS = 20
"""More would be a page of bars."""

Kind = Literal["line", "dot", "bar", "stances"]


@dataclass(frozen=True, slots=True)
class Point:
    """One of the values of a chart, with its words."""

    label: str
    """The period or category as it is shown."""
    shown: str
    """The value as it is shown."""
    low: Decimal
    high: Decimal
    """More than `low` for a range."""
    iso: str = ""
    """The period as it was given, which may be ISO 8601."""
    open: bool = False
    """Whether only the lower end of the range is known."""
    estimate: bool = False
    """Whether it is an estimate, which is drawn hollow."""


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart as the templates show it."""

    kind: Kind
    title: str
    unit: str
    svg: Markup
    """One line of HTML."""
    remark: str = ""
    """What a reader must know to read it rightly; may be empty."""


@dataclass(frozen=True, slots=True)
class ChartPlan:
    """What is drawn, in which words."""

    id: str
    """The picture's own id, unique on its page."""
    title: str
    unit: str
    points: tuple[Point, ...]
    marks: tuple[Point, ...] = ()
    """What the others are compared with: the figure's own value, values that are pledged."""
    joined: bool = True
    """Whether values that follow one another may be joined by a line: not if they are not all of one kind."""


def chart(plan: ChartPlan, say: Messages) -> Chart | None:
    """The chart that suits the values; None where a table alone says it better."""
    if len(plan.points) < FEWEST:
        return None
    found = [period(point.iso) for point in plan.points]
    periods = [one for one in found if one]
    in_time = len(periods) == len(found) and len({one.middle for one in periods}) > 1
    if in_time and all(point.low == point.high and not point.open for point in plan.points):
        return _in_time(plan, periods, say)
    return _bars(plan, say) if len(plan.points) <= MOST_BARS else None


# --- lines and dots ---------------------------------------------------------------------------------------------

_TOP, _FLOOR, _HEIGHT = 34, 226, 256
"""Pixels from the top: the highest grid line, the lowest, the whole picture."""
_FAR = 97
"""Where the last period stands, in per cent of the width."""


@dataclass(frozen=True, slots=True)
class _Axes:
    x: Scale
    y: Scale
    pen: Pen


def _in_time(plan: ChartPlan, periods: Sequence[Period], say: Messages) -> Chart:
    order = sorted(range(len(periods)), key=lambda n: periods[n].middle)
    points, times = [plan.points[n] for n in order], [periods[n] for n in order]
    joined = neighbours(times) if plan.joined else (False,) * (len(times) - 1)
    marked = [_mark_in_time(mark, times) for mark in plan.marks]
    values = [point.low for point in points] + [end for mark in plan.marks for end in (mark.low, mark.high)]
    levels = ticks(values)
    shown = [_level(level, plan.unit, say) for level in levels]
    near = min((max(map(width, shown)) + width(points[0].shown) / 2) * LETTER + 3, 40)
    axes = _Axes(
        Scale(times[0].middle, max(map(_middle, (times[-1], *filter(None, marked)))), near, _FAR),
        Scale(float(levels[0]), float(levels[-1]), _FLOOR, _TOP),
        pen(say),
    )
    content = [
        *_levels(axes, levels, shown),
        *_time_axis(axes, points, times, say),
        *_marked(axes, plan.marks, marked, say),
        *_path(axes, points, times, joined),
        *_named(axes, points, times),
    ]
    kind: Kind = "line" if all(joined) else "dot"
    svg = picture(
        plan.id, _HEIGHT, say, plan.title, _told(kind if plan.joined else "points", plan, points, say), content
    )
    remarks = {
        "chart.not_from_zero": not levels[0] <= 0 <= levels[-1],
        "chart.gaps": plan.joined and not all(joined),
        "chart.estimates": any(point.estimate for point in points),
    }
    return Chart(kind, plan.title, plan.unit, svg, " ".join(say(key) for key, so in remarks.items() if so))


_middle = attrgetter("middle")


def _mark_in_time(mark: Point, times: Sequence[Period]) -> Period | None:
    """When a value to compare with is for, unless showing it would leave most of the chart empty."""
    own = period(mark.iso) if mark.low == mark.high else None
    length = times[-1].middle - times[0].middle
    return own if own and times[0].middle <= own.middle <= times[-1].middle + length else None


def _level(level: Decimal, unit: str, say: Messages) -> str:
    number = say.number(level)
    return say("value.percent", n=number, unit="") if unit.startswith("%") else number


def _levels(axes: _Axes, levels: Sequence[Decimal], shown: Sequence[str]) -> Iterator[Markup]:
    """Grid lines, each with its number standing on it."""
    for level, words in zip(levels, shown, strict=True):
        y = axes.y.at(level)
        yield axes.pen.line("bf-zero" if level == 0 else "bf-grid", 0, y, 100, y)
        yield axes.pen.text("bf-tick", 0, y - 5, words)


def _time_axis(axes: _Axes, points: Sequence[Point], times: Sequence[Period], say: Messages) -> Iterator[Markup]:
    """Round years where the axis has several; else the first and last period."""
    whole = all(time.parts == 1 for time in times)
    low, high = axes.x.low - whole * 0.5, axes.x.high - whole * 0.5
    found = years(low, high, (_FAR - axes.x.start) / (6 * LETTER))
    if len(found) > 1:
        for year in found:
            place = axes.x.at(year + whole * 0.5)
            yield axes.pen.line("bf-zero", place, _FLOOR, place, _FLOOR + 5)
            yield axes.pen.text("bf-tick", place, _FLOOR + 21, str(year), _leaning(place))
        return
    for point, time in ((points[0], times[0]), (points[-1], times[-1])):
        place = axes.x.at(time.middle)
        yield axes.pen.text("bf-tick", place, _FLOOR + 21, point.label, "end" if place > 50 else "start")


def _path(axes: _Axes, points: Sequence[Point], times: Sequence[Period], joined: Sequence[bool]) -> Iterator[Markup]:
    """Lines between neighbours, then the values themselves."""
    places = [(axes.x.at(time.middle), axes.y.at(point.low)) for point, time in zip(points, times, strict=True)]
    for ((x1, y1), (x2, y2)), near in zip(pairwise(places), joined, strict=True):
        if near:
            yield axes.pen.line("bf-curve", x1, y1, x2, y2)
    for (x, y), point in zip(places, points, strict=True):
        kind = "bf-dot bf-estimate" if point.estimate else "bf-dot"
        yield axes.pen.dot(kind, x, y, 4.5, f"{point.label}: {point.shown}")


def _named(axes: _Axes, points: Sequence[Point], times: Sequence[Period]) -> Iterator[Markup]:
    """The first and last value, the highest and the lowest, where they do not stand in each other's way."""
    lowest = min(range(len(points)), key=lambda n: points[n].low)
    highest = max(range(len(points)), key=lambda n: points[n].low)
    taken: list[tuple[float, float]] = []
    for n in dict.fromkeys((len(points) - 1, 0, highest, lowest)):
        place, half = axes.x.at(times[n].middle), width(points[n].shown) * LETTER / 2
        if all(abs(place - other) > half + theirs for other, theirs in taken):
            taken.append((place, half))
            dips = n == lowest and n not in (0, len(points) - 1)
            y = axes.y.at(points[n].low) + (20 if dips else -11)
            yield axes.pen.text("bf-number-label", place, y, points[n].shown, _leaning(place, half))


def _leaning(place: float, half: float = 2 * LETTER) -> str:
    """How words stand at a place, so that they stay in the picture."""
    return "end" if place + half > 100 else "start" if place - half < 0 else "middle"


def _marked(axes: _Axes, marks: Sequence[Point], times: Sequence[Period | None], say: Messages) -> Iterator[Markup]:
    """What the values are compared with: a line across with its name, and a ring at its own time.

    A name stands above its line; below it, where it would meet that of the next line up.
    """
    above = float("-inf")
    for mark, when in sorted(zip(marks, times, strict=True), key=lambda each: each[0].high, reverse=True):
        for value in sorted({mark.low, mark.high}):
            y = axes.y.at(value)
            yield axes.pen.line("bf-mark-line", 0, y, 100, y)
        y = axes.y.at(mark.high) - (11 if when else 7)
        y = axes.y.at(mark.low) + 18 if y - above < _LINE else y
        above = y
        words = wrapped(say("chart.mark", label=mark.label, value=mark.shown), 42, 1)[0]
        yield axes.pen.text("bf-mark-label", 100, y, words, "end")
        if when:
            yield axes.pen.dot("bf-ring", axes.x.at(when.middle), axes.y.at(mark.low), 6)


# --- bars -------------------------------------------------------------------------------------------------------

_LINE, _BAR, _GAP = 17, 12, 16
"""Pixels: a line of words, a bar, the space below it."""


def _bars(plan: ChartPlan, say: Messages) -> Chart:
    """A bar for each value, below its name; what lies between the ends of a range is paler."""
    tool = pen(say)
    values = [value for point in plan.points for value in (point.low, point.high)]
    marks = [end for mark in plan.marks for end in (mark.low, mark.high)]
    nothing = Decimal(0)
    low, high = min(nothing, *values, *marks), max(nothing, *values, *marks)
    if any(point.open for point in plan.points):
        high += (high - low) / 4  # room for what has no upper end
    scale = Scale(float(low), float(high if high > low else low + 1), 0, 100)
    content: list[Markup] = []
    y = 0.0
    for point in plan.points:
        names = wrapped(point.label, max(12, int(42 - width(point.shown))), 2)
        content += [tool.text("bf-name", 0, y + _LINE * n - 4, words) for n, words in enumerate(names, 1)]
        content.append(tool.text("bf-number-label", 100, y + _LINE - 4, point.shown, "end"))
        y += _LINE * len(names)
        content += _bar(tool, scale, point, y)
        y += _BAR + _GAP
    if low < 0:
        content.insert(0, tool.line("bf-zero", scale.at(0), 0, scale.at(0), y - _GAP + 4))
    content += [tool.line("bf-mark-line", scale.at(end), 0, scale.at(end), y) for end in sorted(set(marks))]
    for mark in plan.marks:
        words = wrapped(say("chart.mark", label=mark.label, value=mark.shown), 38, 1)[0]
        y += _LINE
        x = scale.at(mark.high)
        content.append(tool.text("bf-mark-label", x, y - 4, words, "end" if x > 50 else "start"))
    svg = picture(plan.id, y, say, plan.title, _told("bar", plan, plan.points, say), content)
    return Chart("bar", plan.title, plan.unit, svg)


def _bar(pen: Pen, scale: Scale, point: Point, y: float) -> Iterator[Markup]:
    name = f"{point.label}: {point.shown}"
    yield pen.bar("bf-bar", scale.at(0), y, scale.at(point.low), _BAR, name)
    if point.open or point.high != point.low:
        end = 100 if point.open else scale.at(point.high)
        yield pen.bar("bf-bar bf-range", scale.at(point.low), y, end, _BAR, name)


# --- words ------------------------------------------------------------------------------------------------------


def _told(kind: Kind | Literal["points"], plan: ChartPlan, points: Sequence[Point], say: Messages) -> str:
    """What the chart shows, in two or three sentences."""
    low, high = min(points, key=lambda point: point.low), max(points, key=lambda point: point.high)
    sentences = [
        say(f"chart.told.{kind}", n=len(points), unit=plan.unit, first=points[0].label, last=points[-1].label),
        say("chart.told.ends", low=low.shown, low_at=low.label, high=high.shown, high_at=high.label),
    ]
    sentences += [say("chart.told.mark", label=mark.label, value=mark.shown) for mark in plan.marks]
    return " ".join(sentences)
