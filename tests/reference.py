"""The manual's page of all fields, made from the input models; `pytest --golden` writes it."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from briefing.load.schema import FILES, Input, keys, models_below, schemas
from briefing.load.schema.annotations import AnnotationInput, NamedInput

HEAD = (
    "# All fields\n\nLook up each field of each file, with an example. A field in **bold** is needed. "
    "[The folder format](format.md) says what all files have in common.\n"
)
COMMON = "These fields are in every entry of `quotes`, `figures`, `derived`, `context` and `themes`."
TARGETS = "These are in every entry of `quotes`, `figures` and `context`, too."

MANY = 20
"""Choices that are a page of their own."""

TITLES = {
    "people": "people.yml",
    "measures": "measures.yml",
    "topics": "topics.yml",
    "briefing": "briefing.yml",
    "comments": "comments.yml",
    "corrections": "corrections.yml",
    "references": "references.yml",
    "annotations": "annotations/*.yml",
}


def page() -> str:
    """The whole page, as Markdown."""
    made = schemas()
    parts = [HEAD]
    known: set[type[Input]] = set()
    for name, model in FILES.items():
        parts.append(f"## {TITLES[name]}\n\n{made[name]['description']}\n")
        shown = [(model, made[name])] if keys(model) and name not in ("people", "measures", "topics") else []
        shown += [(inner, made[name]["$defs"][inner.__name__]) for inner in models_below(model) if inner not in known]
        for each, schema in shown:
            if issubclass(each, NamedInput) and NamedInput not in known:
                parts += _common(schema)
                known.add(NamedInput)
            title = "" if each is model else f"### {_title(each)}\n\n{schema['description']}\n\n"
            parts.append(title + "\n".join(_rows(each, schema, _shared(each))) + "\n")
            known.add(each)
    return "\n".join(parts)


def _common(schema: dict[str, Any]) -> Iterator[str]:
    """What all entries have in common, once."""
    yield f"### every entry\n\n{COMMON}\n\n" + "\n".join(_rows(NamedInput, schema)) + "\n"
    yield f"{TARGETS}\n\n" + "\n".join(_rows(AnnotationInput, schema, set(keys(NamedInput)))) + "\n"


def _shared(model: type[Input]) -> set[str]:
    """The fields that a model has as every other entry has them."""
    bases = [base for base in (NamedInput, AnnotationInput) if issubclass(model, base)]
    own = model.__annotations__
    return {key for base in bases for key, field in keys(base).items() if not {key, f"{key}_"} & own.keys()}


def _title(model: type[Input]) -> str:
    return _words(model.__name__)


def _words(name: str) -> str:
    """The words of a model's name: `SetAsideInput` is "set aside"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.removesuffix("Input")).lower()


def _rows(model: type[Input], schema: dict[str, Any], shown: Collection[str] = ()) -> Iterator[str]:
    yield "| field | meaning | example |"
    yield "|---|---|---|"
    for key, field in keys(model).items():
        if key in shown:
            continue
        told = schema["properties"][key]
        name = f"**`{key}`**" if field.is_required() else f"`{key}`"
        choices = told.get("enum", [])
        listed = " One of " + ", ".join(f"`{each}`" for each in choices) + "." if choices else ""
        if choices and all(each in told["description"] for each in choices):
            listed = ""  # the meaning explains each
        meaning = told["description"] + (listed if len(choices) < MANY else " One of [these](problems.md).")
        yield f"| {name} | {meaning} | {_example(told)} |"


def _example(told: dict[str, Any]) -> str:
    """An example on one line, as YAML would have it within brackets, or the section that has the fields inside."""
    value = told["examples"][0]
    if isinstance(value, str):
        return f"`{value}`".replace("|", "\\|")
    inner = [_words(name) for name in re.findall(r"#/\$defs/(\w+)", json.dumps(told))]
    first = value[0] if isinstance(value, list) else value
    if len(inner) == 1 and isinstance(first, dict) and told.get("type") != "object":
        return f"{'list of ' if isinstance(value, list) else ''}[{inner[0]}](#{inner[0].replace(' ', '-')})"
    return f"`{json.dumps(value, ensure_ascii=False)}`".replace("|", "\\|")
