"""Say where in a YAML file an entry or field goes or is, with the lines and comments that belong to it.

Lines end at LF, CRLF or CR, as in `places`.
"""

from __future__ import annotations

import re
from typing import Any

from briefing.authoring.edit import entries
from briefing.authoring.edit.entries import Value
from briefing.load.yaml import Map, Tree
from briefing.model.places import NodePath, Span, line_and_column

BREAK = re.compile("\r\n|[\r\n]")
BLANK_LINE = re.compile(r"(?:\r\n|\r(?!\n)|\n)[ \t]*[\r\n]")
COMMENT = re.compile("[ \t]*#")
_DASH = re.compile(r"^( *)-(?=\s|$)", re.MULTILINE)

Splice = tuple[Span, str]
"""Characters to replace, and what to put there; line ends are LF, to be made the file's own."""


# --- lines ------------------------------------------------------------------------------------------------------


def line_start(text: str, at: int) -> int:
    """Return where the line of an offset begins."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_end(text: str, at: int) -> int:
    """Return where the line of an offset ends, before its line break."""
    found = BREAK.search(text, at)
    return found.start() if found else len(text)


def past_break(text: str, at: int) -> int:
    """Return the offset past the line break at an offset, if there is one."""
    found = BREAK.match(text, at)
    return found.end() if found else at


def before_break(text: str, at: int) -> int:
    """Return the offset before the line break that ends at an offset, if there is one."""
    return at - (2 if text[:at].endswith("\r\n") else 1 if text[:at].endswith(("\n", "\r")) else 0)


def with_comments_above(text: str, at: int, indent: int) -> int:
    """Return the start of the comment lines directly above a line that are indented as it is."""
    while at:
        above = line_start(text, before_break(text, at))
        found = COMMENT.match(text, above)
        if found is None or found.end() - 1 - above != indent or found.end() > at:
            break
        at = above
    return at


def line_break(text: str) -> str:
    """Return how the lines of a file end: as its first one does."""
    found = BREAK.search(text)
    return found[0] if found else "\n"


def in_flow(tree: Tree, path: NodePath) -> bool:
    """Return whether a node is within brackets."""
    text, nodes = tree.file.text, tree.file.nodes
    return any(text[nodes[path[:n]].span.start] in "[{" for n in range(len(path)))


def scalar_columns(tree: Tree, path: NodePath) -> tuple[int, int]:
    """Return how far the further lines of a scalar are indented, and the column of its first (from 0)."""
    node = tree.file.nodes[path]
    column = _column(tree, node.span.start)
    if node.key:
        return _column(tree, node.key.start) + 2, column
    return (_column(tree, tree.file.nodes[path[:-1]].span.start) + 2 if path else 0), column


# --- entries ----------------------------------------------------------------------------------------------------


def new_entry(tree: Tree, path: NodePath, entry: Value, index: int) -> Splice:
    """Return a new entry of the list at `path`, before the one with this number."""
    text, nodes = tree.file.text, tree.file.nodes
    span, count = nodes[path].span, len(value_at(tree.data, path))
    if text[span.start] == "[":
        if not count and not in_flow(tree, path) and not isinstance(entry, str):
            return other_value(tree, path, [entry])
        written = entries.flow(entry)
        if not count:
            return Span(span.start + 1, span.end - 1), written
        if index == count:
            return _insertion(_child_span(tree, path, count - 1).end, f", {written}")
        return _insertion(_child_span(tree, path, index).start, f"{written}, ")
    indent = _column(tree, span.start)
    lines = " " * indent + entries.entry(entry, indent)
    gap = "\n\n" if _has_gaps(tree, path, entry) else "\n"
    if index == count:
        return _below_node(tree, (*path, count - 1), gap, lines, indent + 1)
    if index == 0 and text[line_start(text, span.start) : span.start].strip(" "):
        # the list begins on the line of the dash above it
        return _insertion(span.start, lines.lstrip() + gap + " " * indent)
    at = with_comments_above(text, line_start(text, _dash_of(tree, (*path, index))), indent)
    return _insertion(at, lines + gap)


def _insertion(at: int, written: str) -> Splice:
    return Span(at, at), written


def _has_gaps(tree: Tree, path: NodePath, entry: Value) -> bool:
    """Return whether blank lines separate the entries of a list; in a new one, mappings at the top."""
    count = len(value_at(tree.data, path))
    if count < 2:
        return not isinstance(entry, str) and len(path) == 1
    between = Span(_child_span(tree, path, count - 2).end, _dash_of(tree, (*path, count - 1)))
    return BLANK_LINE.search(between.of(tree.file.text)) is not None


# --- fields -----------------------------------------------------------------------------------------------------


def new_field(tree: Tree, path: NodePath, key: str, value: Value) -> Splice:
    """Return a new field at the end of the mapping at `path`, or of an empty file."""
    text, nodes = tree.file.text, tree.file.nodes
    if tree.data is None:
        break_ = "" if not text or text.endswith(("\n", "\r")) else "\n"
        return _insertion(len(text), break_ + top_field(key, value) + "\n")
    span, keys = nodes[path].span, list(value_at(tree.data, path))
    if text[span.start] == "{":
        written = f"{key}: {entries.flow(value)}"
        if not keys:
            return _insertion(span.start + 1, written)
        return _insertion(_child_span(tree, path, keys[-1]).end, f", {written}")
    indent = _column(tree, span.start)
    lines = " " * indent + (entries.field(key, value, indent) if path else top_field(key, value))
    gap = "\n\n" if not path and not isinstance(value, str) else "\n"
    return _below_node(tree, (*path, keys[-1]), gap, lines, max(indent, 1))


def top_field(key: str, value: Value) -> str:
    """Return a field of the file itself; blank lines separate entries that are mappings."""
    if isinstance(value, list | tuple) and any(not isinstance(inner, str) for inner in value):
        return f"{key}:\n" + "\n\n".join("  " + entries.entry(inner, 2) for inner in value)
    return entries.field(key, value, 0)


def other_value(tree: Tree, path: NodePath, value: Value) -> Splice:
    """Return another value for the field or entry at `path`, which holds a list, a mapping or nothing."""
    node = tree.file.nodes[path]
    if in_flow(tree, path):
        return node.span, entries.flow(value)
    key, text = node.key, tree.file.text
    if key is None:
        return node.span, entries.entry(value, _column(tree, _dash_of(tree, path)))[2:]
    colon = text.index(":", key.end) + 1
    column = _column(tree, key.start)
    made = entries.field("x", value, column) if column or isinstance(value, str) else top_field("x", value)
    if node.span.start == node.span.end:
        # there is nothing but perhaps a comment, which stays on the line of its key
        end = line_end(text, colon)
        first, _, further = made[2:].partition("\n")
        return Span(colon, end), (first + text[colon:end] + ("\n" + further if further else "")).rstrip(" ")
    return Span(colon, node.span.end), made[2:]


def _below_node(tree: Tree, path: NodePath, gap: str, lines: str, deep: int) -> Splice:
    """Return new lines below a node and the comments that belong to it, indented by `deep` columns or more."""
    text, end = tree.file.text, tree.file.nodes[path].span.end
    if end and text[end - 1] in "\r\n":
        # a block that keeps its blank lines ends with one
        return _insertion(end, lines + "\n")
    return _insertion(_end_with_comments(text, end, deep), gap + lines)


def _end_with_comments(text: str, end: int, deep: int) -> int:
    """Return the end of the line at `end`, or of the last comment below that is indented `deep` columns or more."""
    end = seen = line_end(text, end)
    while seen < len(text):
        below = past_break(text, seen)
        seen = line_end(text, below)
        found = COMMENT.match(text, below)
        if found and found.end() - 1 - below >= deep:
            end = seen
        elif text[below:seen].strip():
            break
    return end


def lines_of(tree: Tree, path: NodePath) -> Span:
    """Return an entry with its comments, from the first column of its first line to the end of its last."""
    text, dash = tree.file.text, _dash_of(tree, path)
    indent = _column(tree, dash)
    start = with_comments_above(text, line_start(text, dash), indent)
    return Span(start, _end_with_comments(text, tree.file.nodes[path].span.end, indent + 1))


# --- removal ----------------------------------------------------------------------------------------------------


def without(tree: Tree, path: NodePath) -> Splice:
    """Return the characters of an entry or field, with the line end and blank lines that belong to it."""
    text, nodes, parent = tree.file.text, tree.file.nodes, path[:-1]
    inside = value_at(tree.data, parent)
    siblings: list[NodePath] = [(*parent, each) for each in (inside if isinstance(inside, Map) else range(len(inside)))]
    at = siblings.index(path)
    if in_flow(tree, path):
        starts = [(nodes[each].key or nodes[each].span).start for each in siblings]
        if at + 1 < len(siblings):
            return Span(starts[at], starts[at + 1]), ""
        return Span(nodes[siblings[at - 1]].span.end if at else starts[at], nodes[path].span.end), ""
    if len(siblings) == 1:
        return _emptied(tree, parent)
    start = _start_of(tree, path)
    first, end = line_start(text, start), line_end(text, nodes[path].span.end)
    if text[first:start].strip(" "):
        return Span(start, _start_of(tree, siblings[1])), ""
    if at == len(siblings) - 1:
        lines = BREAK.split(text[:first])
        blank_before = len(lines) > 1 and not lines[-2].strip()
        return Span(len(text[:first].rstrip(" \r\n")) if blank_before else before_break(text, first), end), ""
    past_blank = re.compile(r"(?:\r\n|[\r\n])(?:[ \t]*(?:\r\n|[\r\n]))*").match(text, end)
    return Span(first, past_blank.end() if past_blank else end), ""


def _emptied(tree: Tree, path: NodePath) -> Splice:
    """Return a list or mapping without its only entry."""
    node, empty = tree.file.nodes[path], "{}" if isinstance(value_at(tree.data, path), Map) else "[]"
    if node.key is None:
        return node.span, empty
    colon = tree.file.text.index(":", node.key.end) + 1
    between = tree.file.text[colon : node.span.start].rstrip()
    return Span(colon, node.span.end), f" {empty}{between if '#' in between else ''}"


# --- columns ----------------------------------------------------------------------------------------------------


def _column(tree: Tree, at: int) -> int:
    return line_and_column(tree.file.text, at)[1] - 1


def _start_of(tree: Tree, path: NodePath) -> int:
    """Return where a field's key or an entry's dash is."""
    key = tree.file.nodes[path].key
    return key.start if key else _dash_of(tree, path)


def _dash_of(tree: Tree, path: NodePath) -> int:
    """Return where the dash of a list entry is: the last before it with only space and comments between."""
    text, span = tree.file.text, tree.file.nodes[path[:-1]].span
    if path[-1] == 0:
        return span.start
    # not from the end of the entry before: of a key without a value, that is where the next entry begins
    before, own = (_child_span(tree, path[:-1], int(path[-1]) - back).start for back in (1, 0))
    column, between = _column(tree, span.start), text[before:own].replace("\r", "\n")
    dashes = [found.end() - 1 for found in _DASH.finditer(between) if len(found[1]) == column]
    if not dashes:
        raise ValueError("a list entry has no dash")
    return before + dashes[-1]


def _child_span(tree: Tree, path: NodePath, inner: str | int) -> Span:
    """Return the characters of an entry, or of a field's value."""
    below: NodePath = (*path, inner)
    return tree.file.nodes[below].span


def value_at(data: Any, path: NodePath) -> Any:
    """Return the value at a path that is there."""
    for part in path:
        data = data[part]
    return data
