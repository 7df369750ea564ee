"""Strict models of the YAML files, one module a file; they give the JSON Schemas too."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, get_args

from pydantic import BaseModel, RootModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from briefing.load.inputs.annotations import AnnotationsFile
from briefing.load.inputs.base import Input, keys, text_keys
from briefing.load.inputs.briefing import BriefingFile
from briefing.load.inputs.comments import CommentsFile, ReferencesFile
from briefing.load.inputs.examples import with_examples
from briefing.load.inputs.measures import MeasuresFile
from briefing.load.inputs.people import PeopleFile

FILES: dict[str, type[BaseModel]] = {
    "people": PeopleFile,
    "measures": MeasuresFile,
    "briefing": BriefingFile,
    "comments": CommentsFile,
    "references": ReferencesFile,
    "annotations": AnnotationsFile,
}
"""By the name of the file, or of the folder."""


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema of each kind of file, for editors."""
    models = {model.__name__: model for model in (*all_models(), *FILES.values())}
    made = {name: model.model_json_schema(schema_generator=_Schema) for name, model in FILES.items()}
    return {name: with_examples(schema, models) for name, schema in made.items()}


class _Schema(GenerateJsonSchema):
    """Without null: a field that is not known is left out."""

    schema_dialect = "https://json-schema.org/draft/2020-12/schema"

    def generate(self, schema: core_schema.CoreSchema, mode: str = "validation") -> JsonSchemaValue:
        made = super().generate(schema, "validation")
        return {"$schema": self.schema_dialect, **made}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Every model that a field's type leads to, through lists, mappings and unions."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if issubclass(annotation, RootModel):
            yield from models_in(annotation.model_fields["root"].annotation)
        else:
            yield annotation
    for inner in get_args(annotation):
        yield from models_in(inner)


def all_models() -> set[type[BaseModel]]:
    """Every model of every file."""
    found: set[type[BaseModel]] = set()
    waiting = list(FILES.values())
    while waiting:
        for model in models_in(waiting.pop()):
            if model not in found:
                found.add(model)
                waiting.extend(inner for field in model.model_fields.values() for inner in models_in(field.annotation))
    return found


PROSE_KEYS = frozenset(key for model in all_models() for key in text_keys(model)) | {"target", "key_points"}
"""Every key in any file that holds text that people read; so that a text that YAML misreads can be told."""

__all__ = ["FILES", "PROSE_KEYS", "Input", "keys", "models_in", "schemas"]
