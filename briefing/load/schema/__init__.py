"""The input models of all YAML files: which fields there are."""

from __future__ import annotations

from typing import Any

from briefing.load.schema.annotations import AnnotationsFile
from briefing.load.schema.briefing import (
    BriefingFile,
    CommentsFile,
    MeasuresFile,
    PeopleFile,
    ReferencesFile,
    TopicsFile,
)
from briefing.load.schema.corrections import CorrectionsFile
from briefing.load.schema.inputs import Entries, Input, fields_of, keys, models_in, text_keys

FILES: dict[str, type[Input]] = {
    "people": PeopleFile,
    "measures": MeasuresFile,
    "topics": TopicsFile,
    "briefing": BriefingFile,
    "comments": CommentsFile,
    "references": ReferencesFile,
    "corrections": CorrectionsFile,
    "annotations": AnnotationsFile,
}
"""By the name of the file, or of the folder."""


def schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each kind of file, for editors."""
    from briefing.load.schema.json_schema import schema_of  # no check needs it

    return {
        name: schema_of(model, {each.__name__: each for each in models_below(model)}) for name, model in FILES.items()
    }


def models_below(file: type[Input]) -> list[type[Input]]:
    """Return every model that a file's own leads to, in the order in which a reader meets them."""
    found: dict[type[Input], None] = {}
    waiting = [file]
    while waiting:
        model = waiting.pop(0)
        hints = [model] if issubclass(model, Entries) else [field.hint for field in fields_of(model).values()]
        new = [inner for hint in hints for inner in models_in(hint) if inner not in found]
        found.update(dict.fromkeys(new))
        waiting += dict.fromkeys(new)
    return list(found)


def all_models() -> set[type[Input]]:
    """Return every model of every file, without those of files whose keys are ids."""
    own = {file for file in FILES.values() if not issubclass(file, Entries)}
    return own.union(*(models_below(file) for file in FILES.values()))


PROSE_KEYS = frozenset(key for model in all_models() for key in text_keys(model)) | {"target", "key_points"}
"""Every key in any file that holds text that people read; so that a text that YAML misreads can be told."""

__all__ = ["FILES", "PROSE_KEYS", "Input", "keys", "models_in", "schemas"]
