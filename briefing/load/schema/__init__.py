"""The input models of all YAML files, and JSON Schemas of them for editors, with an example of every field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args, get_origin

from pydantic import BaseModel, RootModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from briefing.load.schema.annotations import AnnotationsFile
from briefing.load.schema.briefing import BriefingFile, CommentsFile, MeasuresFile, PeopleFile, ReferencesFile
from briefing.load.schema.fields import Input, keys, text_keys

Models = Mapping[str, type[BaseModel]]
"""By the name that a schema gives to each."""


def with_examples(schema: dict[str, Any], models: Models) -> dict[str, Any]:
    """Return a JSON Schema in which every field has an example; `$defs` are named after the models."""
    made = _with_examples_inside(schema, models[schema["title"]], models)
    defs = {name: _with_examples_inside(inner, models[name], models) for name, inner in schema.get("$defs", {}).items()}
    return {**made, "$defs": defs} if defs else made


def example(model: type[BaseModel], models: Models) -> dict[str, Any]:
    """Return a mapping with every field that is needed."""
    needed = {key: field for key, field in keys(model).items() if field.is_required()}
    return {
        key: _field_example(field, models) for key, field in (needed or dict(list(keys(model).items())[:1])).items()
    }


def _field_example(field: Any, models: Models) -> Any:
    """Return an example of a field: its own, or that of the mapping that it holds, in a list where it holds several."""
    if field.examples:
        return field.examples[0]
    inner = next(model for model in models.values() if model.__name__ in str(field.annotation))
    made = example(inner, models)
    return [made] if get_origin(field.annotation) is list else made


def _with_examples_inside(schema: dict[str, Any], model: type[BaseModel], models: Models) -> dict[str, Any]:
    given = {
        key: _with_description(inner, keys(model).get(key), models)
        for key, inner in schema.get("properties", {}).items()
    }
    return {**schema, "properties": given} if given else schema


def _with_description(schema: dict[str, Any], field: Any, models: Models) -> dict[str, Any]:
    """Return a field's schema with its description, which pydantic drops beside some references, and an example."""
    if field is None:
        return schema
    told = {"description": field.description, **schema}
    return told if "examples" in told else {**told, "examples": [_field_example(field, models)]}


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
    """Return the JSON Schema of each kind of file, for editors."""
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
    """Yield every model that a field's type leads to, through lists, mappings and unions."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        if issubclass(annotation, RootModel):
            yield from models_in(annotation.model_fields["root"].annotation)
        else:
            yield annotation
    for inner in get_args(annotation):
        yield from models_in(inner)


def all_models() -> set[type[BaseModel]]:
    """Return every model of every file."""
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
