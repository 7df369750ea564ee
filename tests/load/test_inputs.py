"""The input models are documented, and their JSON Schemas accept what the models accept."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import BaseModel

from briefing.load import schemas
from briefing.load.inputs import FILES, PROSE_KEYS, all_models, keys, models_in

MODELS: list[type[BaseModel]] = sorted(all_models(), key=str)
FIELDS = [pytest.param(field, id=f"{model.__name__}.{key}") for model in MODELS for key, field in keys(model).items()]


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_has_a_description_and_an_example(field: Any) -> None:
    assert field.description.endswith(".")
    assert field.examples or list(models_in(field.annotation))


@pytest.mark.parametrize("model", MODELS)
def test_every_model_is_described_and_refuses_unknown_fields(model: type[BaseModel]) -> None:
    assert model.__doc__
    assert model.model_config["extra"] == "forbid"


def test_each_kind_of_file_has_a_schema() -> None:
    made = schemas()
    assert made.keys() == FILES.keys()
    for schema in made.values():
        assert schema["$schema"].startswith("https://json-schema.org/")
        assert schema["description"]


def test_schemas_know_shorthands_and_requirements() -> None:
    annotations = schemas()["annotations"]["$defs"]
    assert {"id", "target", "speaker"} <= set(annotations["QuoteInput"]["required"])
    target = annotations["QuoteInput"]["properties"]["target"]["oneOf"]
    assert [option.get("type", option.get("$ref")) for option in target] == [
        ["string", "number"],
        "#/$defs/SelectorInput",
        "array",
    ]
    assert "in" in annotations["QuoteInput"]["properties"]
    assert annotations["FigureInput"]["properties"]["type"]["enum"][0] == "amount"


def test_prose_keys_are_those_that_hold_text() -> None:
    assert {"note", "target", "title", "summary", "key_points", "exact", "text"} <= PROSE_KEYS
    assert not {"id", "date", "url", "speaker", "status", "tags"} & PROSE_KEYS
