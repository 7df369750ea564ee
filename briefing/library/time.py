"""Everything with a date: when sources were published, and the dates that they speak of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.library.order import in_text_order
from briefing.library.records import Moment
from briefing.model import Briefing, Figure


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
