"""Writes a figure's value in the language of the interface, and says which charts figures give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from briefing.messages import Messages
from briefing.model import Figure, Value
from briefing.pages.charts import FEWEST, Chart, Plan, Point, chart
from briefing.pages.scale import period
from briefing.pages.timeline import Event, timeline


def value_in_words(figure: Figure, say: Messages) -> str:
    """The value with its unit, as the table and the cards show it."""
    value = figure.value
    if figure.resolved:
        return say.date(figure.resolved.value)
    if value.date:
        return say.date(value.date)
    shown = _without_unit(value, say)
    return with_unit(shown, figure.unit, say) if shown != value.words else shown


def with_unit(number: str, unit: str, say: Messages) -> str:
    """A number and its unit; a unit that begins with % stands as the language writes percentages."""
    if unit.startswith("%"):
        return say("value.percent", n=number, unit=unit[1:])
    return say("value.unit", n=number, unit=unit) if unit else number


def short(number: Decimal, unit: str, say: Messages) -> str:
    """A number where its unit stands nearby: only a percent sign stays with it."""
    return with_unit(say.number(number), _sign(unit), say)


def date_of(figure: Figure) -> str:
    """The date that a figure is, as ISO 8601; empty for other figures and for dates given in words alone."""
    given = figure.resolved.value if figure.resolved else figure.value.date
    return given if figure.type == "date" and period(given) else ""


def series_chart(figure: Figure, say: Messages) -> Chart | None:
    """The chart of a figure's comparable values, with its own value where the unit is the same."""
    series = figure.series
    if series is None:
        return None
    points = tuple(
        Point(say.date(p.period), short(p.value, series.unit, say), p.value, p.value, p.period) for p in series.points
    )
    mark = point_of(figure, say) if figure.unit == series.unit and figure.type != "date" else None
    return chart(Plan(f"_chart-{figure.id}", series.label, series.unit, points, mark), say)


def charts(figures: Sequence[Figure], now: str, say: Messages) -> Iterator[Chart]:
    """What the figures of a briefing show together: their dates, and those that share a unit."""
    dated = [Event(f.label, value_in_words(f, say), when) for f in figures if (when := date_of(f))]
    if found := timeline("_chart-dates", say("chart.dates"), dated, now, say):
        yield found
    for n, (unit, points) in enumerate(_by_unit(figures, say).items(), 1):
        plan = Plan(f"_chart-unit{n}", say("chart.shared", unit=unit), unit, tuple(points))
        if found := chart(plan, say):
            yield replace(found, unit="")  # which the title has


def _by_unit(figures: Sequence[Figure], say: Messages) -> dict[str, list[Point]]:
    """Units that enough figures share, each with its figures, the largest first."""
    shared: defaultdict[str, list[Point]] = defaultdict(list)
    for figure in figures:
        point = point_of(figure, say)
        if point and figure.unit and figure.type not in ("date", "rank"):
            shared[figure.unit].append(point)
    return {
        unit: sorted(points, key=lambda p: p.high, reverse=True)
        for unit, points in shared.items()
        if len(points) >= FEWEST
    }


def point_of(figure: Figure, say: Messages) -> Point | None:
    """A figure's own value as a point; None where it has no number."""
    value = figure.value
    low = value.low if value.low is not None else value.high
    high = value.high if value.high is not None else value.low
    if low is None or high is None:
        return None
    shown = with_unit(_without_unit(value, say), _sign(figure.unit), say)
    return Point(figure.label, shown, low, high, figure.period)


def _sign(unit: str) -> str:
    return "%" if unit.startswith("%") else ""


def _without_unit(value: Value, say: Messages) -> str:
    number = _number(value, say)
    return say("value.words", words=value.words, meaning=number) if value.words and number else value.words or number


def _number(value: Value, say: Messages) -> str:
    low, high = value.low, value.high
    if low is None and high is None:
        return "" if value.words else value.text
    if low == high:
        return say.number(low)
    if high is None:
        return say("value.at_least", n=low)
    if low is None:
        return say("value.at_most", n=high)
    return say("value.range", low=low, high=high)
