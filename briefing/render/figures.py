"""Writes a figure's value, as the source or as the interface says it, and tells which charts figures give.

What the author takes words to mean (`min` and `max`) sorts and draws, and is never written as what was said.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from briefing.model import Briefing, Figure, Series, SeriesPoint, Value
from briefing.model.places import Span
from briefing.render.charts.bars import FEWEST, Chart, ChartPlan, Point, chart
from briefing.render.charts.svg import period
from briefing.render.escape import Markup
from briefing.render.messages import Messages
from briefing.render.statements import shorten, words_of, written_or_words
from briefing.text import Language, dates, language, numbers
from briefing.text.language_rules import any_of, contrast
from briefing.text.numbers.quantities import quantities
from briefing.text.units import MONEY

SAID = 60
"""Letters of an annotated passage that can stand as a value; of a longer one only the words that say it are shown."""


def as_said(briefing: Briefing, figure: Figure) -> str:
    """The value in the source's own words, as cards show it: "£310,000", "dozens of new lines"."""
    words = words_of(briefing, figure)
    if len(words) <= SAID:
        return words
    if figure.value.words:
        return figure.value.words
    tongue, value = language(briefing.source.language), figure.value
    found = (
        _with_sign(words, one.span, tongue)
        for one in quantities(words, tongue)
        if {*one.values} & {value.low, value.high}
    )
    return next(found, shorten(words, SAID))


def _with_sign(words: str, number: Span, rules: Language) -> str:
    """A number with the sign of a currency that stands at it, and the words before it that limit or deny it."""
    before = re.search(rf"{_SIGN}\s?$", words[: number.start])
    after = re.match(rf"\s?{_SIGN}", words[number.end :])
    start = before.start() if before else number.start
    limits = [*rules.stated.about, *rules.stated.less, *rules.stated.more, *contrast(rules).negations]
    limited = re.search(rf"(?<!\w){any_of(limits)}(?:\s+\w+){{0,2}}\s+$", words[:start], re.I)
    return words[limited.start() if limited else start : number.end + (after.end() if after else 0)]


def value_in_words(briefing: Briefing, figure: Figure, say: Messages) -> str:
    """The value as tables show it: a plain number with its unit in the language of the interface, a plain date in it.

    Where the source says more or less than that ("fewer than 40 men", "15 to 16 bids", "6 November"), its own words.
    """
    value = figure.value
    if value.words:
        return value.words
    if not said_plainly(briefing, figure):
        return as_said(briefing, figure)
    if value.date:
        return say.date(value.date)
    money = currency(briefing, figure)
    number = _number(value, say, money.sign if money else "")
    return with_unit(number, money.unit if money else figure.unit, say)


def with_completion(briefing: Briefing, figure: Figure, say: Messages, words: str = "") -> str:
    """The same, or other `words` for it; behind it, marked as the author's, the date that they take it to mean."""
    shown = words or value_in_words(briefing, figure, say)
    date = say.date(figure.resolved.value) if figure.resolved else ""
    return say("figures.completed", words=shown, value=date) if date and date != shown else shown


def said_plainly(briefing: Briefing, figure: Figure) -> bool:
    """Whether the annotated words are one number with the figure's unit, or one date, and nothing else.

    Any other word may be a comparison, a negation, the other end of a range, or a multiplier that no rule knows.
    """
    if figure.resolved or figure.value.words:
        return False
    words, rules = words_of(briefing, figure).strip(" .,;:"), language(briefing.source.language)
    if figure.value.date:
        parts = tuple(int(part) for part in figure.value.date.split("-"))
        told = [date for date in dates(words, rules) if date.span == Span(0, len(words))]
        return any(tuple(part for part in (d.year, d.month, d.day) if part is not None) == parts for d in told)
    found = numbers(words, rules)
    if len(found) != 1 or figure.value.low != figure.value.high or found[0].high is None:
        return False
    number, money = found[0], currency(briefing, figure)
    exact = not number.fraction or figure.value.low == number.low
    return exact and _rest(number.span, words, money, rules) == _unit(figure, money, number.multiplier, rules)


def _rest(number: Span, words: str, money: Currency | None, rules: Language) -> list[str]:
    """The words around a number, without its currency sign; a sign or word for percent is one."""
    rest = f"{words[: number.start]} {words[number.end :]}".casefold()
    rest = rest.replace(money.sign.casefold(), " ") if money else rest
    percent = "|".join(re.escape(mark.casefold()) for mark in sorted(rules.percent, key=len, reverse=True))
    return (re.sub(rf"({percent})(?!\w)", " % ", rest) if percent else rest).split()


def _unit(figure: Figure, money: Currency | None, multiplier: int, rules: Language) -> list[str]:
    """The words of a unit, without a multiplier that belongs to the number."""
    words = (money.unit if money else figure.unit).casefold().replace("%", " % ").split()
    several = {word for word, factor in rules.numbers.multipliers.items() if factor == multiplier}
    return [word for word in words if word not in several]


@dataclass(frozen=True, slots=True)
class Currency:
    """How a source writes an amount of money."""

    sign: str
    """As it stands beside the number: £, US$."""
    unit: str
    """What the author's unit says besides the currency: "billion", "a year"; mostly empty."""


_SIGN = "(?:[A-Z]{1,3})?[$\u00a2-\u00a5\u20a0-\u20cf]"
_BEFORE, _AFTER = re.compile(rf"({_SIGN})\s?[\d.,]"), re.compile(rf"\d\s?({_SIGN})")


def currency(briefing: Briefing, figure: Figure) -> Currency | None:
    """The sign that the annotated words have at their number, where the author's unit names a currency."""
    words = words_of(briefing, figure)
    found = _BEFORE.search(words) or _AFTER.search(words)
    if not found or not figure.unit:
        return None
    names = _currencies(briefing.language) | _currencies(briefing.source.language) | {found[1].casefold()}
    alternatives = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    rest, changed = re.subn(rf"(?<!\w)(?:{alternatives})(?!\w)", " ", figure.unit, count=1, flags=re.I)
    return Currency(found[1], " ".join(rest.split())) if changed else None


def _currencies(tag: str) -> frozenset[str]:
    """Names of currencies in a language, and their codes."""
    units = language(tag).stated.units
    return frozenset(word.casefold() for code in MONEY for word in (code, *units.get(code, ())))


def with_unit(number: str, unit: str, say: Messages) -> str:
    """A number and its unit; a unit that begins with % stands as the language writes percentages."""
    if unit.startswith("%"):
        return say("value.percent", n=number, unit=unit[1:])
    return say("value.unit", n=number, unit=unit) if unit else number


def short(number: Decimal, unit: str, say: Messages) -> str:
    """A number where its unit stands nearby: only a percent sign stays with it."""
    return with_unit(say.number(number), _percent(unit), say)


def date_of(figure: Figure) -> str:
    """The date that a figure is, as ISO 8601; empty for other figures and for dates given in words alone."""
    given = figure.resolved.value if figure.resolved else figure.value.date
    return given if figure.type == "date" and period(given) else ""


def series_chart(briefing: Briefing, figure: Figure, say: Messages) -> Chart | None:
    """The chart of a figure's comparable values, with its own value where the unit is the same."""
    series = figure.series
    if series is None or series.compares:
        return None
    own = point_of(briefing, figure, say) if figure.unit == series.unit and figure.type != "date" else None
    marks = [own] if own and not own.open else []
    marks += [_series_point(point, series, say) for point in series.points if point.basis == "pledge"]
    points = tuple(_series_point(point, series, say) for point in series.points if point.basis != "pledge")
    return chart(ChartPlan(f"_chart-{figure.id}", series.label, series.unit, points, tuple(marks)), say)


def _series_point(point: SeriesPoint, series: Series, say: Messages) -> Point:
    """A value of a series; one that is pledged is named by what it counts."""
    label = point.counts if point.basis == "pledge" and point.counts else say.date(point.period)
    shown, estimate = between(point, series.unit, say), point.basis == "estimate"
    return Point(label, shown, point.low, point.high, point.period, estimate=estimate)


def between(point: SeriesPoint, unit: str, say: Messages) -> str:
    """A value of a series, or its range, where the unit stands nearby."""
    low, high = short(point.low, unit, say), short(point.high, unit, say)
    return low if point.low == point.high else say("value.range", low=low, high=high)


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date on the timeline of a briefing."""

    id: Markup
    """Of its figure."""
    shown: str
    label: str
    gap: str
    """How many years after the one before it is, in words; empty where that is less than two."""
    ahead: str
    """Words that say that it was to come when the briefing was written; else empty."""


def timeline(briefing: Briefing, figures: Sequence[Figure], say: Messages) -> Iterator[DateLine]:
    """The dates in the order of time, each with its words; years in between are told, not drawn to scale."""
    dated = sorted(
        ((time, figure) for figure in figures if (time := period(date_of(figure)))),
        key=lambda each: (each[0].start, each[0].end),
    )
    now, before = period(briefing.date), None
    for time, figure in dated:
        years = int(time.start - before.end) if before else 0
        gap = say("dates.later", n=years) if years > 1 else ""
        ahead = say("dates.ahead") if now and time.start >= now.end else ""
        shown = say.date(date_of(figure))
        yield DateLine(Markup(figure.id), shown, written_or_words(briefing, figure, figure.label, say), gap, ahead)
        before = time


def charts(briefing: Briefing, figures: Sequence[Figure], say: Messages) -> Iterator[Chart]:
    """What the figures of a briefing show together: those that share a unit."""
    for n, (unit, points) in enumerate(_by_unit(briefing, figures, say).items(), 1):
        plan = ChartPlan(f"_chart-unit{n}", say("chart.shared", unit=unit), unit, tuple(points))
        if found := chart(plan, say):
            yield replace(found, unit="")  # which the title has


def _by_unit(briefing: Briefing, figures: Sequence[Figure], say: Messages) -> dict[str, list[Point]]:
    """Units that enough figures share, each with its figures, the largest first."""
    shared: defaultdict[str, list[Point]] = defaultdict(list)
    for figure in figures:
        point = point_of(briefing, figure, say)
        if point and figure.unit and figure.type not in ("date", "rank"):
            shared[figure.unit].append(point)
    return {
        unit: sorted(points, key=lambda p: p.high, reverse=True)
        for unit, points in shared.items()
        if len(points) >= FEWEST
    }


def point_of(briefing: Briefing, figure: Figure, say: Messages) -> Point | None:
    """A figure's own value as a point; None where it has no number.

    Words are drawn as the range that the author takes them to mean and are named by themselves; where only its lower
    end is known the range is open, and where only its upper end is known it begins at nothing.
    """
    value = figure.value
    low = value.low if value.low is not None else value.high and min(Decimal(0), value.high)
    high = value.high if value.high is not None else value.low
    if low is None or high is None:
        return None
    money = currency(briefing, figure)
    if value.words or (not said_plainly(briefing, figure) and value.low == value.high):
        shown = value_in_words(briefing, figure, say)
    else:
        shown = with_unit(_number(value, say, money.sign if money else ""), _percent(figure.unit), say)
    return Point(
        written_or_words(briefing, figure, figure.label, say), shown, low, high, figure.period, open=value.high is None
    )


def _percent(unit: str) -> str:
    return "%" if unit.startswith("%") else ""


def _number(value: Value, say: Messages, sign: str = "") -> str:
    low, high = value.low, value.high
    if low is None or high is None:
        return value.text
    if low == high:
        return _amount(low, sign, say)
    return say("value.range", low=_amount(low, sign, say), high=_amount(high, sign, say))


def _amount(number: Decimal, sign: str, say: Messages) -> str:
    return say("value.currency", n=number, sign=sign) if sign else say.number(number)
