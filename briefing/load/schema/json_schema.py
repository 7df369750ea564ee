"""JSON Schemas of the input models, for editors, with an example of every field."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Annotated, Any, Literal, get_args, get_origin

from briefing.load.schema.inputs import (
    NEEDED,
    Entries,
    Field,
    Input,
    Reads,
    is_model,
    keys,
    models_in,
    options,
    root_of,
    without_marks,
)

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def schema_of(model: type[Input], named: Mapping[str, type[Input]]) -> Schema:
    """Return the JSON Schema of a file; `named` are the models that its parts may be."""
    made, defs = _model_schema(model), {name: _model_schema(inner) for name, inner in sorted(named.items())}
    return {"$schema": DIALECT, "$defs": defs, **made}


def _model_schema(model: type[Input]) -> Schema:
    told: Schema = {"description": inspect.getdoc(model), "title": model.__name__, "type": "object"}
    if issubclass(model, Entries):
        return _in_order({**told, **_hint_schema(root_of(model))})
    fields = keys(model)
    told["additionalProperties"] = False
    told["properties"] = {key: _field_schema(key, field) for key, field in fields.items()}
    needed = [key for key, field in fields.items() if field.is_required() and field.in_draft is NEEDED]
    if needed:
        told["required"] = needed
    for key, field in fields.items():
        if field.in_draft is not NEEDED:
            told["if"] = {"properties": {"status": {"const": "draft"}}, "required": ["status"]}
            told["else"] = {"required": [key]}
    return _in_order(told)


def _in_order(schema: Mapping[str, Any]) -> Schema:
    """Return a schema with its words in the order of the alphabet, which does not depend on how it is made."""
    return dict(sorted(schema.items()))


def _field_schema(key: str, field: Field) -> Schema:
    inside = _hint_schema(field.hint)
    title = {} if "$ref" in inside else {"title": key.replace("_", " ").title()}
    examples = field.examples or [_field_example(field)]
    return _in_order({**inside, **title, "description": field.description, "examples": examples})


def _hint_schema(hint: Any) -> Schema:
    """Return the schema of what a field with this annotation holds."""
    inner, marks = without_marks(hint)
    for mark in marks:
        if isinstance(mark, Reads):
            return _in_order(mark.schema)
    parts = options(inner)
    if len(parts) > 1:
        return {"oneOf": [_hint_schema(part) for part in parts]}
    (inner,) = parts
    if inner is not hint and get_origin(inner) is Annotated:
        return _hint_schema(inner)
    if is_model(inner):
        return {"$ref": f"#/$defs/{inner.__name__}"}
    origin, arguments = get_origin(inner), get_args(inner)
    if origin is Literal:
        return {"enum": list(arguments), "type": "string"}
    if origin is list:
        return {"items": _hint_schema(arguments[0]), "type": "array"}
    return _dict_schema(*arguments)


def _dict_schema(key: Any, entry: Any) -> Schema:
    """Return the schema of a mapping whose keys an author chooses."""
    pattern = None if key is str else _hint_schema(key)["pattern"]
    entries = _hint_schema(entry)
    return {
        "type": "object",
        **({"patternProperties": {pattern: entries}} if pattern else {"additionalProperties": entries}),
    }


def example(model: type[Input]) -> dict[str, Any]:
    """Return a mapping with every field that is needed, or with the first where none is."""
    fields = keys(model)
    needed = {key: field for key, field in fields.items() if field.is_required()} or dict([next(iter(fields.items()))])
    return {key: _field_example(field) for key, field in needed.items()}


def _field_example(field: Field) -> Any:
    """Return an example of a field: its own, or that of the mapping that it holds, in a list where it holds several."""
    if field.examples:
        return field.examples[0]
    made = example(next(models_in(field.hint)))
    return [made] if get_origin(field.hint) is list else made
