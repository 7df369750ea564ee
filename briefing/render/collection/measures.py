"""Figures over time: the index of measures, and for each its values in all briefings as a table and a chart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from briefing.collection import CollectionItem, Trend
from briefing.model import Figure
from briefing.render.charts.bars import Chart, ChartPlan, chart
from briefing.render.collection.context import CollectionContext, CollectionPage
from briefing.render.collection.statements import place
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.figures import point_of, with_completion
from briefing.render.messages import messages
from briefing.render.pagination import paginate
from briefing.render.routes import relative_link


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """A measure in the index."""

    link: Markup
    unit: str
    holds: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureValue:
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


def leaves(desk: CollectionContext) -> Iterator[CollectionPage]:
    """The index and all pages of measures; nothing without measures that have values."""
    trends, say = desk.collection.trends, desk.say
    path = "measures/index.md"
    for page in paginate(path, trends) if trends else ():
        own = replace(desk, here=page.path)
        views = {"lines": [_line(own, trend) for trend in page.items], "pager": page.pager(say)}
        yield CollectionPage(
            page.path,
            "measures",
            say("across.measures"),
            say("measures.intro"),
            views,
            edit="measures.yml",
            number=page.number,
        )
    for trend in trends:
        yield from _pages(desk, trend)


def _line(desk: CollectionContext, trend: Trend) -> MeasureRow:
    measure = trend.measure
    return MeasureRow(desk.to(measure.label, desk.signs.measures[measure.id]), measure.unit, _holds(desk, trend))


def _holds(desk: CollectionContext, trend: Trend) -> str:
    return desk.holds({"values": len(trend.items)}, {item.briefing.path for item in trend.items})


def _pages(desk: CollectionContext, trend: Trend) -> Iterator[CollectionPage]:
    measure, say = trend.measure, desk.say
    path = desk.signs.measures[measure.id]
    drawn = _chart(trend, desk)
    for page in paginate(path, trend.items):
        own = replace(desk, here=page.path)
        views = {
            "index": link(in_markdown(say("across.measures")), relative_link(page.path, "measures/index.md")),
            "unit": measure.unit,
            "holds": _holds(desk, trend),
            "chart": drawn if page.number == 1 else None,
            "values": [_value(own, item) for item in page.items],
            "pager": page.pager(say),
        }
        about = say("measures.about", name=measure.label, holds=_holds(desk, trend))
        yield CollectionPage(page.path, "measure", measure.label, about, views, edit="measures.yml", number=page.number)


def _value(desk: CollectionContext, item: CollectionItem[Figure]) -> MeasureValue:
    briefing, figure, say = item.briefing, item.record, desk.say
    speaker = briefing.people.get(figure.speaker)
    return MeasureValue(
        period=say.date(figure.period),
        value=desk.to(with_completion(briefing, figure, say), f"{briefing.path}/figures.md", figure.id),
        speaker=desk.to_person(speaker.id, speaker.name) if speaker else Markup(),
        basis=say(f"figures.basis.{figure.basis}") if figure.basis else "",
        verdict=say(f"verdict.{figure.assessment.verdict}") if figure.assessment else "",
        briefing=desk.to_briefing(briefing),
        language=messages(briefing.language).tag,
        said=place(desk, briefing),
    )


def _chart(trend: Trend, desk: CollectionContext) -> Chart | None:
    """The values that have a number. They are joined only if all rest on the same basis and no period has two."""
    say, measure = desk.say, trend.measure
    found = [(item.record, point) for item in trend.items if (point := point_of(item.briefing, item.record, say))]
    points = tuple(replace(point, label=say.date(figure.period) or point.label) for figure, point in found)
    periods, bases = [figure.period for figure, _ in found], {figure.basis for figure, _ in found}
    joined = len(bases) == 1 and len(set(periods)) == len(periods)
    made = chart(ChartPlan("_chart", measure.label, measure.unit, points, joined=joined), say)
    if made and len(bases) > 1:
        return replace(made, remark=" ".join(filter(None, (made.remark, say("measures.mixed")))))
    return made
