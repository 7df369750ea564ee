"""The timeline: when sources were published, and the dates that they speak of, by year and month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from briefing.collection import Moment
from briefing.render.cards import slices
from briefing.render.collection.context import CollectionContext, CollectionPage
from briefing.render.escape import Markup, in_html
from briefing.render.messages import messages
from briefing.render.pagination import PageSlice, paginate

PATH = "timeline/index.md"
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
    parts: tuple[Markup, ...]
    """The source's own words for the date, a part for each passage: HTML on one line; empty for a publication."""
    words_language: str
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


def leaves(desk: CollectionContext) -> Iterator[CollectionPage]:
    """The timeline, the oldest first; nothing without dates."""
    moments, say = desk.collection.moments, desk.say
    cut = list(paginate(PATH, moments)) if moments else []
    for page in cut:
        own = replace(desk, here=page.path)
        views = {
            "jumps": list(_jumps(own, cut)),
            "years": [_year(own, year, list(found)) for year, found in groupby(page.items, key=_year_of)],
            "pager": page.pager(say),
        }
        yield CollectionPage(
            page.path, "timeline", say("across.timeline"), say("timeline.intro"), views, number=page.number
        )


def _year_of(moment: Moment) -> str:
    return moment.date.split("-")[0]


def _jumps(desk: CollectionContext, cut: Sequence[PageSlice[Moment]]) -> Iterator[Markup]:
    """A link to each year, on whichever page it begins."""
    seen: set[str] = set()
    for page in cut:
        for moment in page.items:
            year = _year_of(moment)
            if year not in seen:
                seen.add(year)
                yield desk.to(desk.say.date(year), page.path, f"_{year}")


def _year(desk: CollectionContext, year: str, moments: Sequence[Moment]) -> Year:
    months = groupby(moments, key=lambda moment: moment.date[:7] if "-" in moment.date else "")
    named = (
        (desk.say.date(month) if month else "", tuple(_line(desk, moment) for moment in found))
        for month, found in months
    )
    return Year(Markup(f"_{year}"), desk.say.date(year), tuple(named), len(moments) > _FEW)


def _line(desk: CollectionContext, moment: Moment) -> TimelineEntry:
    briefing, figure = moment.briefing, moment.figure
    if figure is None:
        title = briefing.source.title or f"[{desk.say(f'method.kind.{briefing.source.kind}')}]"
        return TimelineEntry(
            date=desk.say.date(moment.date),
            figure=False,
            link=desk.to_briefing(briefing, title),
            language=briefing.source.language if briefing.source.title else desk.say.tag,
            parts=(),
            words_language="",
            place=in_html(briefing.source.publisher),
        )
    return TimelineEntry(
        date=desk.say.date(moment.date),
        figure=True,
        link=desk.to(figure.label, f"{briefing.path}/figures.md", figure.id),
        language=messages(briefing.language).tag,
        parts=slices(briefing, figure),
        words_language=briefing.source.language,
        place=desk.to_briefing(briefing),
    )
