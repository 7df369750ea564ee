"""Change one thing in the text of a YAML file; everything else stays as it is, character for character.

Each function finds the characters to replace by the places that reading gave to every node, writes the new ones in
the file's own style (line ends, indentation, blank lines between entries), reads the result again, and returns it only
if it differs from the file in what was asked for and in nothing else. All are pure: `files` writes to the disk,
`entries` has the YAML of new values, and `layout` says where they go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from operator import delitem, setitem
from typing import Any

from msgspec.structs import replace

from briefing.authoring.edit import entries, layout
from briefing.authoring.edit.entries import LONG, WIDTH, Value, block, scalar
from briefing.authoring.edit.layout import value_at
from briefing.load.schema import PROSE_KEYS
from briefing.load.yaml import Map, Seq, Tree
from briefing.load.yaml.events import read_yaml
from briefing.model.places import NodePath, Span, TextFile


class EditError(Exception):
    """A file cannot be changed as asked: something is not there, or the result would differ in more than that."""


def parsed(file: TextFile) -> Tree:
    """Return a file with its values and the places of its nodes. EditError where it is not valid YAML."""
    tree = read_yaml(file, PROSE_KEYS)
    if tree.problems:
        raise EditError(f"{file.name} has problems of its own: {tree.problems[0].message}")
    return tree


def replace_text(file: TextFile, path: NodePath, text: str) -> TextFile:
    """Return the file with another text in the scalar at `path`; blocks and comments on its line stay."""
    tree = parsed(file)
    if isinstance(_value_at(tree, path), Map | Seq):
        raise EditError(f"{_show_path(path)} in {file.name} is not text")
    span, written = _rewrite_scalar(tree, path, text)
    return _splice(tree, span, written, lambda data: setitem(value_at(data, path[:-1]), path[-1], text))


def insert(file: TextFile, path: NodePath, entry: Value, *, before: int | None = None) -> TextFile:
    """Return the file with a new entry in the list at `path`: at its end, or before the entry with number `before`.

    A list that is not there is made at the end of the mapping that it belongs to, and so is that mapping.
    """
    tree = parsed(file)
    given = _value_at(tree, path, missing=None)
    if given is None or given == "":
        return set_field(file, path[:-1], str(path[-1]), [entry])
    if not isinstance(given, Seq):
        raise EditError(f"{_show_path(path)} in {file.name} is not a list")
    index = len(given) if before is None else before
    if not 0 <= index <= len(given):
        raise EditError(f"{_show_path(path)} in {file.name} has no entry {before}")
    span, written = layout.new_entry(tree, path, entry, index)
    return _splice(tree, span, written, lambda data: value_at(data, path).insert(index, deepcopy(entry)))


def insert_all(file: TextFile, path: NodePath, entries: Sequence[Value]) -> TextFile:
    """Return the file with new entries at the end of the list at `path`, read again only once."""
    tree = parsed(file)
    given = _value_at(tree, path, missing=None)
    if given is not None and given != "" and not isinstance(given, Seq):
        raise EditError(f"{_show_path(path)} in {file.name} is not a list")
    if not given:
        return set_field(file, path[:-1], str(path[-1]), list(entries))
    splices = [layout.new_entry(tree, path, entry, len(given)) for entry in entries]
    written = "".join(lines for _, lines in splices)
    return _splice(tree, splices[0][0], written, lambda data: value_at(data, path).extend(deepcopy(list(entries))))


def comment_above(file: TextFile, path: NodePath, words: str) -> TextFile:
    """Return the file with a YAML comment above an entry of a list; as it was where the entry begins no line."""
    tree = parsed(file)
    text = tree.file.text
    begin = tree.file.nodes[path].span.start
    dash = text.rfind("-", 0, begin + 1)
    start = layout.line_start(text, dash)
    if dash < 0 or text[start:dash].strip() or text[dash + 1 : begin].strip():
        return file
    noted = f"{text[:start]}{text[start:dash]}# {words}{layout.line_break(text)}{text[start:]}"
    fresh = parsed(replace(file, text=noted, nodes={}))
    return fresh.file if same(fresh.data, tree.data) else file


def set_field(file: TextFile, path: NodePath, key: str, value: Value) -> TextFile:
    """Return the file with a field in the mapping at `path`: a new one at its end, or another value for an old one."""
    tree = parsed(file)
    given = _value_at(tree, path, missing=None)
    if given is None and path:
        return set_field(file, path[:-1], str(path[-1]), {key: value})
    if given is not None and not isinstance(given, Map):
        raise EditError(f"{_show_path(path)} in {file.name} is not a mapping")
    old = given.get(key) if given else None
    if isinstance(value, str) and old is not None and old != "" and not isinstance(old, Map | Seq):
        return replace_text(file, (*path, key), value)
    if old is None:
        span, written = layout.new_field(tree, path, key, value)
    else:
        span, written = layout.other_value(tree, (*path, key), value)
    return _splice(tree, span, written, lambda data: setitem(value_at(data, path), key, deepcopy(value)))


def add_field(file: TextFile, path: NodePath, key: str, value: Value) -> TextFile:
    """Return the file with a new field in the mapping at `path`. EditError where one of that name is there, also one
    that cannot be used: it is the author's."""
    held = _value_at(parsed(file), path, missing=None)
    if isinstance(held, Map) and key in held:
        raise EditError(
            f"“{key}” is in {file.name} already, in an entry that cannot be read; `briefing check` says why"
        )
    return set_field(file, path, key, value)


def replace_entry(file: TextFile, path: NodePath, value: Value) -> TextFile:
    """Return the file with another value for the list entry at `path`; a comment behind it stays.

    The value is in brackets where there is one: in lines, it would be read as a part of the last text.
    """
    tree = parsed(file)
    _value_at(tree, path)
    if not path or not isinstance(path[-1], int):
        raise EditError(f"{_show_path(path)} in {file.name} is no entry of a list")
    span, written = layout.other_value(tree, path, value)
    if file.text[span.end : layout.line_end(file.text, span.end)].strip():
        written = entries.flow(value)
    return _splice(tree, span, written, lambda data: setitem(value_at(data, path[:-1]), path[-1], deepcopy(value)))


def remove(file: TextFile, path: NodePath) -> TextFile:
    """Return the file without the list entry or field at `path`; comments above it stay, a list may become `[]`."""
    tree = parsed(file)
    _value_at(tree, path)
    if not path:
        raise EditError(f"a whole file cannot be removed from itself: {file.name}")
    span, written = layout.without(tree, path)
    return _splice(tree, span, written, lambda data: delitem(value_at(data, path[:-1]), path[-1]))


# --- the proof --------------------------------------------------------------------------------------------------


def _splice(tree: Tree, span: Span, written: str, change: Callable[[Any], None]) -> TextFile:
    """Return the file with new characters in a span, if it is then exactly the old data with the change made.

    EditError where it is not, which would be a mistake of this module; the file is then left alone.
    """
    text = tree.file.text
    breaks = layout.line_break(text)
    fresh = replace(tree.file, text=text[: span.start] + written.replace("\n", breaks) + text[span.end :], nodes={})
    wanted: Any = bare(tree.data) if tree.data is not None else {}
    change(wanted)
    result = read_yaml(fresh, PROSE_KEYS)
    if result.problems or not same(result.data, wanted):
        raise EditError(f"{fresh.name} cannot be changed here without changing more; edit it by hand")
    return result.file


def same(a: Any, b: Any) -> bool:
    """Return whether two values say the same to whoever reads the file."""
    return bool(_as_read(a) == _as_read(b))


def _as_read(data: Any) -> Any:
    """Return data as fields read it, without the line break that ends a text only where a line is below its block."""
    if isinstance(data, dict):
        return {key: _as_read(value) for key, value in data.items()}
    return [_as_read(value) for value in data] if isinstance(data, list) else str(data or "").rstrip("\n")


def bare(data: Any) -> Any:
    """Return data without places: texts, dictionaries and lists."""
    if isinstance(data, dict):
        return {str(key): bare(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [bare(value) for value in data]
    return None if data is None else str(data)


# --- values and scalars -----------------------------------------------------------------------------------------

_REQUIRED = object()


def _value_at(tree: Tree, path: NodePath, missing: object = _REQUIRED) -> Any:
    """Return the value at a path; `missing`, or else EditError, where there is none."""
    data: Any = tree.data
    for part in path:
        present = part in data if isinstance(data, Map) else isinstance(data, Seq) and part in range(len(data))
        if not present:
            if missing is _REQUIRED:
                raise EditError(f"there is no {_show_path(path)} in {tree.file.name}")
            return missing
        data = data[part]
    return data


def _show_path(path: NodePath) -> str:
    """Return a path as people write it: `quotes[3].note`."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).lstrip(".") or "the file"


def _rewrite_scalar(tree: Tree, path: NodePath, text: str) -> tuple[Span, str]:
    """Return a text in the style of the scalar that it replaces, and the characters whose place it takes."""
    span, source = tree.file.nodes[path].span, tree.file.text
    if layout.in_flow(tree, path):
        return span, entries.flow(text)
    raw = span.of(source)
    indent, column = layout.scalar_columns(tree, path)
    if raw.startswith((">", "|")):
        return span, _block_like(raw, text, indent)
    long = bool(path) and path[-1] in LONG and "\n" in raw
    first, *further = scalar(text, indent, column=column, long=long).split("\n")
    gap = " " if span.start and source[span.start - 1] in ":-" else ""
    # a comment beside the old text would become part of a block
    end = layout.line_end(source, span.end) if further else span.end
    return Span(span.start, end), "\n".join([gap + first + source[span.end : end], *further])


def _block_like(raw: str, text: str, indent: int) -> str:
    """Return a text as a block like the one that it replaces: as wide, folded or not, with its first line's comment."""
    head, *rest = layout.BREAK.split(raw)
    longest = max((len(line) for line in rest), default=0)
    # who writes a text on one long line goes on doing so
    width = longest + len(text) if len(rest) == 1 and longest > WIDTH else max(WIDTH, longest)
    comment = re.search(r"(?<![ \t])[ \t]+#.*", head)
    first, *further = block(text, indent, width=width, literal=raw.startswith("|")).split("\n")
    return "\n".join([first + (comment[0] if comment else ""), *further])
