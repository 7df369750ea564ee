"""Figures over time: the index of measures, and for each its values in all briefings as a table and a chart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from briefing.collection import CollectionItem, Trend
from briefing.model import Figure
from briefing.render.charts.bars import Chart, ChartPlan, chart
from briefing.render.collection.context import CollectionContext, CollectionPage, make_pages
from briefing.render.collection.registers import IndexRow, make_register
from briefing.render.collection.statements import place
from briefing.render.escape import Markup
from briefing.render.figures import point_of, with_completion
from briefing.render.messages import messages
from briefing.render.tables import Cell, Row, Table
from briefing.render.verdicts import verdict_badge

_COLUMNS = (
    "figures.period",
    "figures.value",
    "figures.speaker",
    "figures.basis",
    "figures.verdict",
    "measures.briefing",
)
"""What the columns of the table of values are called."""


def pages(context: CollectionContext) -> Iterator[CollectionPage]:
    """Yield the index and all pages of measures; nothing without measures that have values."""
    trends = context.collection.trends
    yield from make_register(
        context, "measures", trends, lambda trend: trend.measure.label, _measure_row, edit="measures.yml"
    )
    for trend in trends:
        yield from _measure_pages(context, trend)


def _measure_row(context: CollectionContext, trend: Trend) -> IndexRow:
    measure = trend.measure
    link = context.to(measure.label, context.routes.measures[measure.id])
    return IndexRow(link, _contents(context, trend), unit=measure.unit)


def _contents(context: CollectionContext, trend: Trend) -> str:
    return context.contents({"values": len(trend.items)}, {item.briefing.path for item in trend.items})


def _measure_pages(context: CollectionContext, trend: Trend) -> Iterator[CollectionPage]:
    measure, say, contents = trend.measure, context.say, _contents(context, trend)
    yield from make_pages(
        context,
        context.routes.measures[measure.id],
        trend.items,
        lambda own, part: {
            "index": own.to(say("across.measures"), "measures/index.md"),
            "unit": measure.unit,
            "contents": contents,
            "chart": _chart(trend, context) if part.number == 1 else None,
            "values": Table(tuple(map(say, _COLUMNS)), tuple(_value_row(own, item) for item in part.items)),
        },
        template="measure",
        title=measure.label,
        about=say("measures.about", name=measure.label, holds=contents),
        edit="measures.yml",
        shows=lambda part: (measure, *(trend.items if part.number == 1 else part.items)),
    )


def _value_row(context: CollectionContext, item: CollectionItem[Figure]) -> Row:
    """Return one value of a measure: its facts by name, and each as the cell shows it."""
    briefing, figure, say = item.briefing, item.record, context.say
    speaker = briefing.people.get(figure.speaker)
    facts = {
        "period": say.date(figure.period),
        "value": context.to(with_completion(briefing, figure, say), f"{briefing.path}/figures.md", figure.id),
        "speaker": context.to_person(speaker.id, speaker.name) if speaker else Markup(),
        "basis": say(f"figures.basis.{figure.basis}") if figure.basis else "",
        "verdict": verdict_badge(figure, say),
        "briefing": context.to_briefing(briefing),
        "language": messages(briefing.language).tag,
        "said": place(context, briefing),
    }
    shown = {**facts, "value": Markup("<bdi>{}</bdi>").format(facts["value"]), "briefing": _PLACE.format(**facts)}
    return Row(tuple(Cell(key.split(".")[1], say(key), shown[key.split(".")[1]]) for key in _COLUMNS), facts)


_PLACE = Markup('<span lang="{language}" dir="auto">{briefing}</span> <span class="bf-said-at">{said}</span>')


def _chart(trend: Trend, context: CollectionContext) -> Chart | None:
    """Return a chart of the values that have a number.

    They are joined only if all rest on the same basis and no period has two.
    """
    say, measure = context.say, trend.measure
    found = [(item.record, point) for item in trend.items if (point := point_of(item.briefing, item.record, say))]
    points = tuple(
        replace(point, label=say.date(figure.period) or point.label, estimate=figure.basis == "estimate")
        for figure, point in found
    )
    periods, bases = [figure.period for figure, _ in found], {figure.basis for figure, _ in found}
    joined = len(bases) == 1 and len(set(periods)) == len(periods)
    made = chart(ChartPlan("_chart", measure.label, measure.unit, points, joined=joined), say)
    if made and len(bases) > 1:
        return replace(made, remark=" ".join(filter(None, (made.remark, say("measures.mixed")))))
    return made
