"""The timeline: when sources were published, and the dates that they speak of, by year and month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from briefing.collection import Moment
from briefing.render.collection.context import CollectionContext, CollectionPage, make_index
from briefing.render.escape import Markup, in_html
from briefing.render.excerpts import slices
from briefing.render.messages import messages
from briefing.render.pagination import paginate

_FEW = 12
"""Dates of a year that are seen at a glance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineEntry:
    """One date."""

    date: str
    figure: bool
    """Whether a figure says it; else it is the day on which a source was published."""
    link: Markup
    """To the figure, or to the briefing."""
    language: str
    """Of the link's words."""
    parts: tuple[Markup, ...] = ()
    """The source's own words for the date, a part for each passage: HTML on one line; empty for a publication."""
    words_language: str = ""
    place: Markup
    """The briefing that a figure is from, or the publisher of a source."""


@dataclass(frozen=True, slots=True)
class Year:
    """The dates of a year."""

    id: Markup
    name: str
    months: tuple[tuple[str, tuple[TimelineEntry, ...]], ...]
    """The name of each month, empty for what has none, with its dates."""
    by_month: bool
    """Whether there are so many that the months are worth a heading."""


def pages(context: CollectionContext) -> Iterator[CollectionPage]:
    """Yield the timeline, the oldest first; nothing without dates."""
    yield from make_index(
        context,
        "timeline",
        context.collection.moments,
        lambda own, part: {
            "year_links": list(_year_links(own)),
            "years": [_year(own, year, list(found)) for year, found in groupby(part.items, key=_year_of)],
        },
    )


def _year_of(moment: Moment) -> str:
    return moment.date.split("-")[0]


def _year_links(context: CollectionContext) -> Iterator[Markup]:
    """Return a link to each year, on whichever page it begins."""
    begins: dict[str, str] = {}
    for part in paginate("timeline/index.md", context.collection.moments):
        for moment in part.items:
            begins.setdefault(_year_of(moment), part.path)
    return (context.to(context.say.date(year), path, f"_{year}") for year, path in begins.items())


def _year(context: CollectionContext, year: str, moments: Sequence[Moment]) -> Year:
    months = groupby(moments, key=lambda moment: moment.date[:7] if "-" in moment.date else "")
    named = (
        (context.say.date(month) if month else "", tuple(_entry(context, moment) for moment in found))
        for month, found in months
    )
    return Year(Markup(f"_{year}"), context.say.date(year), tuple(named), len(moments) > _FEW)


def _entry(context: CollectionContext, moment: Moment) -> TimelineEntry:
    briefing, figure = moment.briefing, moment.figure
    if figure is None:
        title = briefing.source.title or f"[{context.say(f'method.kind.{briefing.source.kind}')}]"
        return TimelineEntry(
            date=context.say.date(moment.date),
            figure=False,
            link=context.to_briefing(briefing, title),
            language=briefing.source.language if briefing.source.title else context.say.tag,
            place=in_html(briefing.source.publisher),
        )
    return TimelineEntry(
        date=context.say.date(moment.date),
        figure=True,
        link=context.to(figure.label, f"{briefing.path}/figures.md", figure.id),
        language=messages(briefing.language).tag,
        parts=slices(briefing, figure),
        words_language=briefing.source.language,
        place=context.to_briefing(briefing),
    )
