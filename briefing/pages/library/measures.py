"""Figures over time: the index of measures, and for each its values in all briefings as a table and a chart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from briefing.library import Item, Trend
from briefing.messages import messages
from briefing.model import Figure
from briefing.pages.charts import Chart, Plan, chart
from briefing.pages.escape import Markup, in_markdown, link
from briefing.pages.figures import point_of, value_in_words
from briefing.pages.library.desk import Desk
from briefing.pages.library.entries import place
from briefing.pages.library.leaf import Leaf
from briefing.pages.library.sheets import pager, sheets
from briefing.pages.signs import road


@dataclass(frozen=True, slots=True)
class Line:
    """A measure in the index."""

    link: Markup
    unit: str
    holds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """One value of a measure."""

    period: str
    value: Markup
    """The link to its card, by the value."""
    speaker: Markup
    basis: str
    verdict: str
    briefing: Markup
    language: str
    """Of the briefing's title."""
    said: str
    """When and where."""


def leaves(desk: Desk) -> Iterator[Leaf]:
    """The index and all pages of measures; nothing without measures that have values."""
    trends, say = desk.collection.trends, desk.say
    path = "measures/index.md"
    for sheet in sheets(path, trends) if trends else ():
        own = replace(desk, here=sheet.path)
        views = {"lines": [_line(own, trend) for trend in sheet.items], "pager": pager(sheet, path, say)}
        yield Leaf(
            sheet.path,
            "measures",
            say("across.measures"),
            say("measures.intro"),
            views,
            edit="measures.yml",
            number=sheet.number,
        )
    for trend in trends:
        yield from _pages(desk, trend)


def _line(desk: Desk, trend: Trend) -> Line:
    measure = trend.measure
    return Line(desk.to(measure.label, desk.signs.measures[measure.id]), measure.unit, _holds(desk, trend))


def _holds(desk: Desk, trend: Trend) -> str:
    return desk.holds({"values": len(trend.items)}, {item.briefing.path for item in trend.items})


def _pages(desk: Desk, trend: Trend) -> Iterator[Leaf]:
    measure, say = trend.measure, desk.say
    path = desk.signs.measures[measure.id]
    drawn = _chart(trend, desk)
    for sheet in sheets(path, trend.items):
        own = replace(desk, here=sheet.path)
        views = {
            "index": link(in_markdown(say("across.measures")), road(sheet.path, "measures/index.md")),
            "unit": measure.unit,
            "holds": _holds(desk, trend),
            "chart": drawn if sheet.number == 1 else None,
            "values": [_value(own, item) for item in sheet.items],
            "pager": pager(sheet, path, say),
        }
        about = say("measures.about", name=measure.label, holds=_holds(desk, trend))
        yield Leaf(sheet.path, "measure", measure.label, about, views, edit="measures.yml", number=sheet.number)


def _value(desk: Desk, item: Item[Figure]) -> Value:
    briefing, figure, say = item.briefing, item.record, desk.say
    speaker = briefing.people.get(figure.speaker)
    return Value(
        period=say.date(figure.period),
        value=desk.to(value_in_words(briefing, figure, say), f"{briefing.path}/figures.md", figure.id),
        speaker=desk.to_person(speaker.id, speaker.name) if speaker else Markup(),
        basis=say(f"figures.basis.{figure.basis}") if figure.basis else "",
        verdict=say(f"verdict.{figure.assessment.verdict}") if figure.assessment else "",
        briefing=desk.to_briefing(briefing),
        language=messages(briefing.language).tag,
        said=place(desk, briefing),
    )


def _chart(trend: Trend, desk: Desk) -> Chart | None:
    """The values that have a number. They are joined only if all rest on the same basis and no period has two."""
    say, measure = desk.say, trend.measure
    found = [(item.record, point) for item in trend.items if (point := point_of(item.briefing, item.record, say))]
    points = tuple(replace(point, label=say.date(figure.period) or point.label) for figure, point in found)
    periods, bases = [figure.period for figure, _ in found], {figure.basis for figure, _ in found}
    joined = len(bases) == 1 and len(set(periods)) == len(periods)
    made = chart(Plan("_chart", measure.label, measure.unit, points, joined=joined), say)
    if made and len(bases) > 1:
        return replace(made, remark=" ".join(filter(None, (made.remark, say("measures.mixed")))))
    return made
