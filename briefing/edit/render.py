"""Values as YAML lines: what a new entry of a file looks like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.edit.block import LONG, in_brackets, quoted, scalar

Value = str | Mapping[str, "Value"] | Sequence["Value"]
"""What a field holds. Every scalar is text, as the field that reads it is what gives it a meaning."""

SHORT = 60
"""Columns up to which a list of single words, such as tags, is written in brackets."""


def entry(value: Value, indent: int) -> str:
    """An entry of a list, from its dash on; the dash stands `indent` columns from the left."""
    return "- " + _after(value, indent + 2, indent + 2)


def field(key: str, value: Value, indent: int) -> str:
    """A key with its value, from the key on; the key stands `indent` columns from the left."""
    if isinstance(value, str):
        return f"{key}: " + scalar(value, indent + 2, column=indent + len(key) + 2, long=key in LONG)
    if isinstance(value, Mapping):
        return f"{key}:\n{' ' * (indent + 2)}{_fields(value, indent + 2)}" if value else f"{key}: {{}}"
    short = brackets(value) if key not in LONG else None
    if short is not None and len(short) <= SHORT:
        return f"{key}: {short}"
    return f"{key}:\n{entries(value, indent + 2, long=key in LONG)}"


def entries(values: Sequence[Value], indent: int, *, long: bool = False) -> str:
    """A list, from the first column of its first line on."""
    margin = " " * indent
    lines = (scalar(v, indent + 2, long=True) if long and isinstance(v, str) else None for v in values)
    return "\n".join(
        margin + (f"- {line}" if line is not None else entry(v, indent)) for v, line in zip(values, lines, strict=True)
    )


def brackets(values: Sequence[Value]) -> str | None:
    """A list on one line; None where it holds more than plain words."""
    words = [in_brackets(value) if isinstance(value, str) else '"' for value in values]
    return None if any(word.startswith('"') for word in words) else f"[{', '.join(words)}]"


def flow(value: Value) -> str:
    """A value within brackets, on one line."""
    if isinstance(value, str):
        return in_brackets(value)
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
    return "[" + ", ".join(map(flow, value)) + "]"


def _after(value: Value, column: int, indent: int) -> str:
    """A value after `- `."""
    if isinstance(value, str):
        return scalar(value, indent, column=column)
    if isinstance(value, Mapping):
        return _fields(value, indent) if value else "{}"
    return brackets(value) or flow(value)


def _fields(value: Mapping[str, Value], indent: int) -> str:
    """The fields of a mapping; the first begins where the text stands already."""
    return f"\n{' ' * indent}".join(field(_key(key), inner, indent) for key, inner in value.items())


def _key(key: str) -> str:
    return key if key.replace("-", "").replace("_", "").isalnum() and not key[0].isdigit() else quoted(key)
