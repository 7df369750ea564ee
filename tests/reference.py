"""The manual's page of all fields, made from the input models; `pytest --golden` writes it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from briefing.load.schema import FILES, Input, keys, models_below, schemas

HEAD = (
    "# All fields\n\nEvery field of every file, with an example. This page is made from what the program reads, and so "
    "are the schemas that [editors](editors.md) use; [the folder format](format.md) tells the same as a story. "
    "A field in **bold** is needed.\n"
)

TITLES = {
    "people": "people.yml",
    "measures": "measures.yml",
    "briefing": "briefing.yml",
    "comments": "comments.yml",
    "references": "references.yml",
    "annotations": "annotations/*.yml",
}


def page() -> str:
    """The whole page, as Markdown."""
    made = schemas()
    parts = [HEAD]
    for name, model in FILES.items():
        parts.append(f"## {TITLES[name]}\n\n{made[name]['description']}\n")
        shown = [(model, made[name])] if keys(model) and name not in ("people", "measures") else []
        shown += [(inner, made[name]["$defs"][inner.__name__]) for inner in models_below(model)]
        for each, schema in shown:
            title = "" if each is model else f"### {_title(each)}\n\n{schema['description']}\n\n"
            parts.append(title + "\n".join(_rows(each, schema)) + "\n")
    return "\n".join(parts)


def _title(model: type[Input]) -> str:
    return model.__name__.removesuffix("Input").lower()


def _rows(model: type[Input], schema: dict[str, Any]) -> Iterator[str]:
    yield "| field | meaning | example |"
    yield "|---|---|---|"
    for key, field in keys(model).items():
        told = schema["properties"][key]
        name = f"**`{key}`**" if field.is_required() else f"`{key}`"
        choices = told.get("enum", [])
        meaning = told["description"] + (
            " One of " + ", ".join(f"`{each}`" for each in choices) + "." if choices else ""
        )
        yield f"| {name} | {meaning} | `{_example(told['examples'][0])}` |"


def _example(value: Any) -> str:
    """An example on one line, as YAML would have it within brackets."""
    return (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)).replace("|", "\\|")
