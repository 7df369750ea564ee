"""Compares the Web Annotations of a briefing with its records: places, words, who speaks, and the fields of each."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from briefing.model.manifest import ManifestAnnotation
from briefing.model.places import Place
from briefing.model.prose import plain
from briefing.prose.parse import parse
from briefing.verify.findings import Kind, Mismatch
from briefing.verify.known_texts import KnownTexts, on_one_line
from briefing.verify.page_reader import strings_of_json
from briefing.verify.record_check import as_number

_RECORD = "application/json"
_PROSE = ("note", "response")
"""Fields of a record that are prose, with citations in them."""


def check_web_annotations(name: str, data: bytes, texts: KnownTexts) -> Iterator[Mismatch]:
    """Yield what in the file contradicts the manifest."""
    try:
        items = json.loads(data)["first"]["items"]
        known = {str(item["id"]).rpartition("#")[2]: item for item in items}
    except (ValueError, KeyError, TypeError, RecursionError):
        yield Mismatch("altered", name, "", "it is damaged: it has no annotations")
        return
    for annotation in texts.manifest.annotations:
        item = known.pop(annotation.id, None)
        if item is None:
            yield Mismatch("missing", name, annotation.id, "it does not have this annotation")
            continue
        yield from _check_item(name, item, annotation)
    for id in known:
        yield Mismatch("added", name, id, "there is no such annotation")


def texts_of_annotations(data: bytes) -> Iterator[str]:
    """Yield the texts of the file as readers see them; those of records without the marks of Markdown."""
    for text in strings_of_json(data.decode("utf-8", "replace")):
        record = record_of(text)
        if record is None:
            yield text
            continue
        yield from strings_of_json(json.dumps(_readable(record)))


def record_of(text: str) -> dict[str, Any] | None:
    """Return the fields of an annotation that a body has as JSON; None for any other body."""
    if not text.startswith("{"):
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and "id" in found else None


def _readable(value: Any) -> Any:
    """Return a record with its prose in plain words."""
    if isinstance(value, dict):
        return {
            key: plain(parse(one, Place(""))[0]) if key in _PROSE and isinstance(one, str) else _readable(one)
            for key, one in value.items()
        }
    return [_readable(one) for one in value] if isinstance(value, list) else value


def _check_item(name: str, item: Any, annotation: ManifestAnnotation) -> Iterator[Mismatch]:
    found, values, records = _read_item(item)
    expected = [(match.start, match.end, on_one_line(match.text)) for match in annotation.matches]
    if found != expected:
        yield Mismatch("quotation", name, annotation.id, "it has other words", str(expected), str(found))
    if annotation.kind in ("quotation", "reported") and annotation.speaker not in ("", *values):
        said = ", ".join(values)
        yield Mismatch("speaker", name, annotation.id, "somebody else says it", annotation.speaker, said)
    if len(records) != 1:
        yield Mismatch("altered", name, annotation.id, "its fields are not there, or twice")
        return
    for kind, field, known, given in _facts(annotation, records[0]):
        if known != given:
            where, message = f"{annotation.id} {field}", f"its {field} is another one"
            yield Mismatch(kind, name, where, message, str(known or ""), str(given or ""))


def _read_item(item: Any) -> tuple[list[tuple[int, int, str]], list[str], list[dict[str, Any]]]:
    """Return the passages of an annotation, whom it names, and its records; nothing of one that is damaged."""
    try:
        found = [_selected(target) for target in item["target"]]
        bodies = item["body"]
        values = [str(body["value"]) for body in bodies if body.get("purpose") == "identifying"]
        records = [record for body in bodies if body.get("format") == _RECORD and (record := record_of(body["value"]))]
    except (KeyError, TypeError, AttributeError):
        return [], [], []
    return found, values, records


def _facts(annotation: ManifestAnnotation, record: Mapping[str, Any]) -> Iterator[tuple[Kind, str, object, object]]:
    """Yield the fields that a manifest has, as it has them and as the record does."""
    judged = record.get("assessment")
    verdict = judged.get("verdict", "") if isinstance(judged, dict) else ""
    yield "altered", "id", annotation.id, record.get("id")
    yield "quotation", "in", annotation.comment, record.get("in", "")
    yield "verdict", "verdict", annotation.verdict, verdict
    if annotation.kind == "context":
        yield "altered", "title", annotation.label, record.get("title")
    elif annotation.kind == "figure":
        yield "figure", "label", annotation.label, record.get("label")
        yield "figure", "unit", annotation.unit, record.get("unit", "")
        if annotation.value:
            numbers = as_number(annotation.low), as_number(annotation.high)
            is_number = None not in numbers
            yield "figure", "value", numbers if is_number else annotation.value, _value(record.get("value"), is_number)
    elif annotation.kind == "reported":
        yield "altered", "kind", "reported", record.get("kind")


def _value(given: Any, is_number: bool) -> object:
    """Return the lowest and the highest number of a value, or a date as it is."""
    if not is_number:
        return given
    low, high = (given.get("from"), given.get("to")) if isinstance(given, dict) else (given, given)
    return as_number(str(low)), as_number(str(high))


def _selected(target: Any) -> tuple[int, int, str]:
    """Return start, end and words of a target. Raises KeyError or TypeError."""
    selectors = {each["type"]: each for each in target["selector"]}
    place, words = selectors["TextPositionSelector"], selectors["TextQuoteSelector"]
    return place["start"], place["end"], on_one_line(str(words["exact"]))
