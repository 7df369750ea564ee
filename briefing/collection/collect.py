"""Everything with a date: when sources were published, and the dates that they speak of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from briefing.collection.echoes import echoes
from briefing.collection.people import profiles
from briefing.collection.records import Collection, CollectionItem, Moment, Trend, alphabetical, date_of, in_text_order
from briefing.collection.topics import topics
from briefing.collection.works import works
from briefing.model import Briefing, Figure, Measure


def moments(briefings: Sequence[Briefing]) -> tuple[Moment, ...]:
    """All dates, the oldest first; of one day a source stands before what figures say of it."""
    found = (moment for briefing in briefings for moment in _of(briefing))
    return tuple(sorted(found, key=lambda m: (m.date, m.figure is not None, m.briefing.path)))


def dated(figure: Figure) -> str:
    """The date that a figure is, as ISO 8601; empty for other figures and for dates in words alone."""
    if figure.type != "date":
        return ""
    return figure.resolved.value if figure.resolved else figure.value.date


def _of(briefing: Briefing) -> Iterator[Moment]:
    if briefing.source.published:
        yield Moment(briefing.source.published, briefing, None)
    for figure in in_text_order(briefing, briefing.figures):
        if date := dated(figure):
            yield Moment(date, briefing, figure)


def trends(briefings: Sequence[Briefing]) -> tuple[Trend, ...]:
    """The measures that have values, by label."""
    found: dict[str, tuple[Measure, list[CollectionItem[Figure]]]] = {}
    for briefing in briefings:
        for figure in in_text_order(briefing, briefing.figures):
            if measure := briefing.measures.get(figure.measure):
                found.setdefault(measure.id, (measure, []))[1].append(CollectionItem(briefing, figure))
    made = (Trend(measure, tuple(sorted(items, key=_when))) for measure, items in found.values())
    return tuple(sorted(made, key=lambda trend: (alphabetical(trend.measure.label), trend.measure.id)))


def _when(item: CollectionItem[Figure]) -> tuple[bool, str, str]:
    """By period, then by when it was said; without a period last."""
    return not item.record.period, item.record.period, item.date


def collect(briefings: Iterable[Briefing]) -> Collection:
    """The collection of checked briefings; the caller has left out what must not be shown."""
    newest = tuple(sorted(briefings, key=lambda b: (date_of(b), b.date, b.path), reverse=True))
    return Collection(
        briefings=newest,
        people=profiles(newest),
        topics=topics(newest),
        moments=moments(newest),
        trends=trends(newest),
        works=works(newest),
        echoes=echoes(newest),
    )
