"""Values of one measure across briefings. A figure says by id what it measures; nothing is put together by likeness."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.library.order import alphabetical, in_text_order
from briefing.library.records import Item, Trend
from briefing.model import Briefing, Figure, Measure


def trends(briefings: Sequence[Briefing]) -> tuple[Trend, ...]:
    """The measures that have values, by label."""
    found: dict[str, tuple[Measure, list[Item[Figure]]]] = {}
    for briefing in briefings:
        for figure in in_text_order(briefing, briefing.figures):
            if measure := briefing.measures.get(figure.measure):
                found.setdefault(measure.id, (measure, []))[1].append(Item(briefing, figure))
    made = (Trend(measure, tuple(sorted(items, key=_when))) for measure, items in found.values())
    return tuple(sorted(made, key=lambda trend: (alphabetical(trend.measure.label), trend.measure.id)))


def _when(item: Item[Figure]) -> tuple[bool, str, str]:
    """By period, then by when it was said; without a period last."""
    return not item.record.period, item.record.period, item.date
