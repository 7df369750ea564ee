"""The input models are documented, and their JSON Schemas accept what the models accept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import briefing
from briefing.load import schemas
from briefing.load.schema import FILES, PROSE_KEYS, Input, all_models, keys, models_in
from briefing.load.schema.inputs import read
from briefing.load.yaml import Map, Scalar
from tests.conftest import Golden

SHIPPED = Path(briefing.__file__).parent / "schemas"
MODELS: list[type[Input]] = sorted(all_models(), key=str)
FIELDS = [pytest.param(field, id=f"{model.__name__}.{key}") for model in MODELS for key, field in keys(model).items()]


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_has_a_description_and_an_example(field: Any) -> None:
    assert field.description.endswith(".")
    assert field.examples or list(models_in(field.hint))


@pytest.mark.parametrize("model", MODELS)
def test_every_model_is_described_and_refuses_unknown_fields(model: type[Input]) -> None:
    assert model.__doc__
    unknown = Map.at((), {"no-such-field": Scalar.at(("no-such-field",), "x")}.items())
    assert ("unknown-field", ("no-such-field",)) in [(error.code, error.path) for error in read(model, unknown)[1]]


def test_each_kind_of_file_has_a_schema() -> None:
    made = schemas()
    assert made.keys() == FILES.keys()
    for schema in made.values():
        assert schema["$schema"].startswith("https://json-schema.org/")
        assert schema["description"]


def told(node: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(node, dict):
        yield from node.get("properties", {}).items()
        for key, inner in node.items():
            if key != "if":  # a condition tells an author nothing
                yield from told(inner)


@pytest.mark.parametrize("name", FILES)
def test_every_field_of_a_schema_has_a_description_and_an_example(name: str) -> None:
    schema = schemas()[name]
    assert [key for key, field in told(schema) if not (field.get("description") and field.get("examples"))] == []
    validator = jsonschema.Draft202012Validator
    validator.check_schema(schema)
    for definition in (schema, *schema.get("$defs", {}).values()):
        for field in definition.get("properties", {}).values():
            resolving = {"$defs": schema.get("$defs", {}), **field}
            assert all(validator(resolving).is_valid(example) for example in field["examples"]), field


@pytest.mark.parametrize("name", FILES)
def test_the_shipped_schema_is_that_of_the_models(name: str, golden: Golden) -> None:
    text = json.dumps(schemas()[name], ensure_ascii=False, indent=2) + "\n"
    golden.check(SHIPPED / f"{name}.schema.json", text)
    assert {path.name for path in SHIPPED.iterdir()} <= {f"{name}.schema.json" for name in FILES}


def test_schemas_know_shorthands_and_requirements() -> None:
    annotations = schemas()["annotations"]["$defs"]
    assert {"id", "target"} <= set(annotations["QuoteInput"]["required"])
    target = annotations["QuoteInput"]["properties"]["target"]["oneOf"]
    assert [option.get("type", option.get("$ref")) for option in target] == [
        ["string", "number"],
        "#/$defs/SelectorInput",
        "array",
    ]
    assert "in" in annotations["QuoteInput"]["properties"]
    assert annotations["FigureInput"]["properties"]["type"]["enum"][0] == "amount"


@pytest.mark.parametrize(
    ("entry", "key"),
    [
        ({"quotes": [{"id": "a", "target": "words"}]}, "speaker"),
        ({"context": [{"id": "a", "target": "words", "title": "A"}]}, "note"),
    ],
)
def test_a_schema_lets_a_draft_leave_out_what_the_check_lets_it(entry: dict[str, Any], key: str) -> None:
    schema = jsonschema.Draft202012Validator(schemas()["annotations"])
    (errors,) = schema.iter_errors(entry)
    assert key in errors.message
    (item,) = next(iter(entry.values()))
    assert list(schema.iter_errors({name: [{**item, "status": "draft"}] for name in entry})) == []
    assert list(schema.iter_errors({name: [{**item, "status": "review"}] for name in entry}))


def test_prose_keys_are_those_that_hold_text() -> None:
    assert {"note", "target", "title", "summary", "key_points", "exact", "text"} <= PROSE_KEYS
    assert not {"id", "date", "url", "speaker", "status", "tags"} & PROSE_KEYS
