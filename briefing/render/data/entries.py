"""An annotation as the folder format writes it, of what the public sees of it: so that it can be read in again.

Every scalar is text, as everywhere in YAML here. The target is not part of it: it goes by its words and its place. Nor
is who reviewed it, which no page says, nor its status: whoever reads it in decides that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from msgspec import Struct

from briefing.model import Annotation, Briefing, Series, SeriesPoint, Value
from briefing.model.prose import Prose
from briefing.render.crediting import CREDIT
from briefing.render.excerpts import restricted

Entry = str | Mapping[str, "Entry"] | Sequence["Entry"]
_NOT_HERE = ("at", "target", "status", "reviewed_by")


def entry_of(briefing: Briefing, item: Annotation) -> Mapping[str, Entry]:
    """Return the fields of an annotation, without those that are empty."""
    fields = dict(_fields(item, _NOT_HERE))
    comment = briefing.anchors[item.id].comment
    words = fields.get("attribution", "")
    if restricted(briefing, comment) and len(words) > CREDIT:
        del fields["attribution"]  # a page shows a part of it alone
    return {**fields, **({"in": comment} if comment else {})}


def _fields(record: Struct, without: Sequence[str] = ("at",)) -> Iterator[tuple[str, Entry]]:
    for name in record.__struct_fields__:
        value = getattr(record, name)
        if name not in without and value is not None and (value or not isinstance(value, str | tuple)):
            yield name, _written(value)


def _written(value: object) -> Entry:
    if isinstance(value, tuple):
        return [_written(each) for each in value]
    if isinstance(value, Prose):
        return value.text
    if isinstance(value, Value):
        return _value(value)
    if isinstance(value, Series):
        return {"label": value.label, "unit": value.unit, "points": [_point(point) for point in value.points]}
    if isinstance(value, Struct):
        return dict(_fields(value))
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


def _value(value: Value) -> Entry:
    if value.words:
        limits = (("min", value.low), ("max", value.high))
        return {"words": value.words, **{name: f"{number:f}" for name, number in limits if number is not None}}
    if value.low is None or value.high is None or value.low == value.high:
        return value.text
    return _range(value.low, value.high)


def _point(point: SeriesPoint) -> Entry:
    value = f"{point.low:f}" if point.low == point.high else _range(point.low, point.high)
    return {"period": point.period, "value": value, **dict(_fields(point, ("at", "period", "low", "high")))}


def _range(low: Decimal, high: Decimal) -> Mapping[str, Entry]:
    return {"from": f"{low:f}", "to": f"{high:f}"}
