"""Makes annotations of our own export again: with all their fields, as drafts that their author publishes.

Whoever gives the file may be a stranger, so that a record is read as any file of annotations is, and one that does not
fit, or that relies on what the briefing does not have, is left out with the reason.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import Any

from briefing.authoring.edit import EditError, insert_all, parsed
from briefing.authoring.edit.entries import Value
from briefing.load.records import annotation
from briefing.load.schema.annotations import AnnotationsFile
from briefing.load.schema.inputs import read
from briefing.load.yaml import Map
from briefing.model import Annotation, AnnotationKey, Briefing, ContextNote, Figure, Quotation
from briefing.model.places import Problem, TextFile
from briefing.model.prose import Prose, keys

KEYS: Mapping[str, AnnotationKey] = {
    "quotation": "quotes",
    "reported statement": "quotes",
    "figure": "figures",
    "context note": "context",
}
"""By what our own export calls it: the list that it belongs in."""
_MAKES: Mapping[AnnotationKey, Any] = {"quotes": Quotation, "figures": Figure, "context": ContextNote}
_DEEPEST = 6
"""Mappings and lists within a field."""


class RecordUnusableError(ValueError):
    """A record cannot be an annotation here; the message says why, to its importer."""


def entry_of(record: Mapping[str, Any], target: Value, key: AnnotationKey, briefing: Briefing) -> Mapping[str, Value]:
    """Return a record as an entry of the list `key`, with its target found anew. Raises RecordUnusableError."""
    fields = {name: _text(value) for name, value in record.items() if name not in ("target", "status", "reviewed_by")}
    entry = {"id": fields.pop("id", ""), "target": target, **fields, "status": "draft"}
    made = _read(entry, key)
    people = [id for id in _people(made) if id not in briefing.roles]
    if people:
        raise RecordUnusableError(f"“{people[0]}” is not among the people of this briefing")
    if isinstance(made, Figure) and made.measure and made.measure not in briefing.measures:
        raise RecordUnusableError(f"the measure “{made.measure}” is not in measures.yml")
    return entry


def _text(value: Any, deep: int = 0) -> Value:
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and deep < _DEEPEST:
        return {str(name): _text(each, deep + 1) for name, each in value.items()}
    if isinstance(value, list) and deep < _DEEPEST:
        return [_text(each, deep + 1) for each in value]
    raise RecordUnusableError("a field of it is neither text nor a list nor fields")


def _read(entry: Mapping[str, Value], key: AnnotationKey) -> Annotation:
    """Return what an entry is as a record."""
    problems: list[Problem] = []
    try:
        tree = parsed(insert_all(TextFile("annotations", ""), (key,), [entry]))
    except EditError as error:
        raise RecordUnusableError(f"its fields cannot be written: {error}") from error
    assert isinstance(tree.data, Map)
    given, errors = read(AnnotationsFile, tree.data)
    if errors:
        field = ".".join(str(part) for part in errors[0].path[2:]) or "an entry"
        raise RecordUnusableError(f"its field “{field}” is not one of the folder format")
    made: Annotation | None = annotation(_MAKES[key], getattr(given, key)[0], "annotations", problems.append)
    if problems or made is None:
        raise RecordUnusableError(problems[0].message if problems else "its value does not fit its type")
    return made


def _people(made: Annotation) -> Iterator[str]:
    if isinstance(made, Quotation):
        yield from (id for id in (made.speaker, *made.via) if id)
    elif isinstance(made, Figure) and made.speaker:
        yield made.speaker


# --- what they rely on -------------------------------------------------------------------------------------------


def missing(entry: Mapping[str, Value], key: AnnotationKey, known: Container[str]) -> str:
    """Return an id that an entry relies on and that is not known; empty where there is none."""
    return next((id for id in _cited(_read(entry, key)) if id not in known), "")


def _cited(made: Annotation) -> Iterator[str]:
    proses: Sequence[Prose | None] = (made.note,)
    if isinstance(made, Quotation | Figure) and made.assessment:
        yield from made.assessment.evidence
        proses = (*proses, made.assessment.note, made.assessment.response)
    if isinstance(made, Quotation):
        yield from (wording.cite for wording in made.wordings)
    if isinstance(made, Figure) and made.series:
        yield from (point.cite for point in made.series.points)
    for prose in filter(None, proses):
        yield from (key.id for key in keys(prose))
