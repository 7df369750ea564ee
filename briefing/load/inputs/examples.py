"""Examples of whole mappings, made of the examples of their fields, so that editors show one for every field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_origin

from pydantic import BaseModel

from briefing.load.inputs.base import keys

Models = Mapping[str, type[BaseModel]]
"""By the name that a schema gives to each."""


def with_examples(schema: dict[str, Any], models: Models) -> dict[str, Any]:
    """A JSON Schema in which every field has an example; `$defs` are named after the models."""
    made = _filled(schema, models[schema["title"]], models)
    defs = {name: _filled(inner, models[name], models) for name, inner in schema.get("$defs", {}).items()}
    return {**made, "$defs": defs} if defs else made


def example(model: type[BaseModel], models: Models) -> dict[str, Any]:
    """A mapping with every field that is needed."""
    needed = {key: field for key, field in keys(model).items() if field.is_required()}
    return {key: _of(field, models) for key, field in (needed or dict(list(keys(model).items())[:1])).items()}


def _of(field: Any, models: Models) -> Any:
    """An example of a field: its own, or that of the mapping that it holds, in a list where it holds several."""
    if field.examples:
        return field.examples[0]
    inner = next(model for model in models.values() if model.__name__ in str(field.annotation))
    made = example(inner, models)
    return [made] if get_origin(field.annotation) is list else made


def _filled(schema: dict[str, Any], model: type[BaseModel], models: Models) -> dict[str, Any]:
    given = {key: _told(inner, keys(model).get(key), models) for key, inner in schema.get("properties", {}).items()}
    return {**schema, "properties": given} if given else schema


def _told(schema: dict[str, Any], field: Any, models: Models) -> dict[str, Any]:
    """A field's schema with its description, which pydantic drops beside some references, and an example."""
    if field is None:
        return schema
    told = {"description": field.description, **schema}
    return told if "examples" in told else {**told, "examples": [_of(field, models)]}
