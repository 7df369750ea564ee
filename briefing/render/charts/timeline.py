"""Draws dates as a timeline: a true scale of time beside a list, joined by hairlines.

The list keeps every label readable however close the dates lie; the scale keeps their distances true.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.render.charts.bars import FEWEST, Chart
from briefing.render.charts.scale import Period, Scale, period, years
from briefing.render.charts.svg import Pen, pen, picture, wrapped
from briefing.render.escape import Markup
from briefing.render.messages import Messages

_AXIS, _BEND, _WORDS = 16, 20, 28
"""Where the axis, the bend of the hairlines and the labels stand, in per cent of the width."""
_LETTERS = 33
"""In a line of a label, on the narrowest screen."""
_LINE, _SPACE, _EDGE = 17, 12, 14
"""Pixels: a line of words, the space between labels, above the first and below the last date."""
_LEAST = 220
"""Pixels: a scale of time that is shorter shows no distances."""


@dataclass(frozen=True, slots=True)
class Event:
    """A date and what it is the date of."""

    label: str
    shown: str
    """The date in words."""
    iso: str


@dataclass(frozen=True, slots=True)
class _Row:
    """An event with its place on the scale and the lines of its label."""

    event: Event
    time: Period
    lines: list[str]

    @property
    def height(self) -> float:
        return _LINE * (1 + len(self.lines)) + _SPACE


def timeline(id: str, title: str, events: Sequence[Event], now: str, say: Messages) -> Chart | None:
    """The timeline of at least four dates; the axis is broken after the day `now`: what lies there is still to come."""
    rows = [_Row(e, time, wrapped(e.label, _LETTERS, 3)) for e in events if (time := period(e.iso))]
    rows.sort(key=lambda row: (row.time.start, row.time.end))
    if len(rows) < FEWEST or rows[0].time.middle == rows[-1].time.middle:
        return None
    height = max(sum(row.height for row in rows) + _EDGE, _LEAST)
    scale = Scale(rows[0].time.start, max(row.time.end for row in rows), _EDGE, height - _EDGE)
    tool = pen(say)
    today = period(now)
    placed = zip(rows, _places(rows, scale, height), strict=True)
    drawn = (mark for row, y in placed for mark in _event(tool, scale, row, y))
    content = [*_axis(tool, scale, height, today), *drawn]
    items = say.list([f"{row.event.shown}: {row.event.label}" for row in rows])
    told = say("chart.told.timeline", n=len(rows), first=rows[0].event.shown, last=rows[-1].event.shown, items=items)
    ahead = today and today.start < scale.high
    remark = say("chart.to_come", date=say.date(now)) if ahead else ""
    return Chart("timeline", title, "", picture(id, height, say, title, told, content), remark)


def _axis(pen: Pen, scale: Scale, height: float, today: Period | None) -> Iterator[Markup]:
    """The scale with its years; broken where it lies ahead."""
    now = min(max(scale.at(today.start), 0), height) if today else height
    yield pen.line("bf-axis", _AXIS, 0, _AXIS, now)
    if now < height:
        yield pen.line("bf-axis bf-ahead", _AXIS, now, _AXIS, height)
    for year in years(scale.low, scale.high, (scale.end - scale.start) / 40):
        y = scale.at(year)
        yield pen.line("bf-zero", _AXIS - 2, y, _AXIS, y)
        yield pen.text("bf-tick", _AXIS - 3, y + 4, str(year), "end")


def _places(rows: Sequence[_Row], scale: Scale, height: float) -> list[float]:
    """Where each label begins: as near to its date as its neighbours let it."""
    places: list[float] = []
    free = 0.0
    for row in rows:
        places.append(max(free, scale.at(row.time.middle) - _LINE))
        free = places[-1] + row.height
    floor = height + _SPACE
    for n in reversed(range(len(rows))):
        places[n] = min(places[n], floor - rows[n].height)
        floor = places[n]
    return places


def _event(pen: Pen, scale: Scale, row: _Row, y: float) -> Iterator[Markup]:
    """A stroke as long as the date is vague, the hairline to its label, and the label."""
    start, end, middle = scale.at(row.time.start), scale.at(row.time.end), scale.at(row.time.middle)
    first = y + _LINE - 4
    yield pen.line("bf-leader", _AXIS, middle, _BEND, middle)
    yield pen.line("bf-leader", _BEND, middle, _WORDS - 4, first - 4)
    yield pen.line("bf-leader", _WORDS - 4, first - 4, _WORDS - 1, first - 4)
    yield pen.line("bf-span", _AXIS, start, _AXIS, end)
    yield pen.text("bf-number-label", _WORDS, first, row.event.shown)
    yield from (pen.text("bf-name", _WORDS, first + _LINE * n, words) for n, words in enumerate(row.lines, 1))
