"""Where in a YAML file an entry or field goes or is, with the lines and comments that belong to it.

Lines end at LF, CRLF or CR, as in `places`.
"""

from __future__ import annotations

import re

from briefing.authoring.edit import entries
from briefing.authoring.edit.entries import Value
from briefing.load.yaml import Map, Seq, Tree
from briefing.model.places import NodePath, Span, line_and_column

BREAK = re.compile("\r\n|[\r\n]")
BLANK_LINE = re.compile(r"(?:\r\n|\r(?!\n)|\n)[ \t]*[\r\n]")
COMMENT = re.compile("[ \t]*#")


def line_start(text: str, at: int) -> int:
    """Where the line of an offset begins."""
    return max(text.rfind("\n", 0, at), text.rfind("\r", 0, at)) + 1


def line_end(text: str, at: int) -> int:
    """Where the line of an offset ends, before its line break."""
    found = BREAK.search(text, at)
    return found.start() if found else len(text)


def past_break(text: str, at: int) -> int:
    """Past the line break at an offset, if there is one."""
    found = BREAK.match(text, at)
    return found.end() if found else at


def with_comments_above(text: str, at: int, indent: int) -> int:
    """The start of the comment lines directly above a line that are indented as it is."""
    while at:
        above = line_start(text, before_break(text, at))
        found = COMMENT.match(text, above)
        if found is None or found.end() - 1 - above != indent or found.end() > at:
            break
        at = above
    return at


def blank_before(text: str, at: int) -> bool:
    """Whether the line above the one that begins here is blank."""
    above = BREAK.split(text[:at])
    return len(above) > 1 and not above[-2].strip()


def before_break(text: str, at: int) -> int:
    """Before the line break that ends at an offset, if there is one."""
    return at - (2 if text[:at].endswith("\r\n") else 1 if text[:at].endswith(("\n", "\r")) else 0)


def past_blank(text: str, at: int) -> int:
    """Past the line end at `at` and the blank lines below it."""
    found = re.compile(r"(?:\r\n|[\r\n])(?:[ \t]*(?:\r\n|[\r\n]))*").match(text, at)
    return found.end() if found else at


def point(at: int) -> Span:
    """No characters: where something is put between two."""
    return Span(at, at)


def line_break(text: str) -> str:
    """How the lines of a file end: as its first one does."""
    found = BREAK.search(text)
    return found[0] if found else "\n"


Splice = tuple[Span, str]
"""Characters to replace, and what to put there; line ends are LF, to be made the file's own."""


def in_flow(tree: Tree, path: NodePath) -> bool:
    """Whether a node stands within brackets."""
    text, nodes = tree.file.text, tree.file.nodes
    return any(text[nodes[path[:n]].span.start] in "[{" for n in range(len(path)))


def scalar_columns(tree: Tree, path: NodePath) -> tuple[int, int]:
    """How far the further lines of a scalar are indented, and at which column its first begins (from 0)."""
    node = tree.file.nodes[path]
    column = _column(tree, node.span.start)
    if node.key:
        return _column(tree, node.key.start) + 2, column
    return (_column(tree, tree.file.nodes[path[:-1]].span.start) + 2 if path else 0), column


# --- entries ----------------------------------------------------------------------------------------------------


def new_entry(tree: Tree, path: NodePath, entry: Value, index: int) -> Splice:
    """A new entry of the list at `path`, before the one with this number."""
    text, nodes = tree.file.text, tree.file.nodes
    span, count = nodes[path].span, len(_seq(tree, path))
    if text[span.start] == "[":
        if not count and not in_flow(tree, path) and not isinstance(entry, str):
            return other_value(tree, path, [entry])
        return _new_in_brackets(tree, path, entries.flow(entry), index, count)
    indent = _column(tree, span.start)
    lines = " " * indent + entries.entry(entry, indent)
    gap = "\n\n" if _apart(tree, path, entry) else "\n"
    if index == count:
        return _after(tree, (*path, count - 1), gap, lines, indent + 1)
    if index == 0 and text[line_start(text, span.start) : span.start].strip(" "):
        # the list begins on the line of the dash above it
        return point(span.start), lines.lstrip() + gap + " " * indent
    at = with_comments_above(text, line_start(text, _dash(tree, (*path, index))), indent)
    return Span(at, at), lines + gap


def _new_in_brackets(tree: Tree, path: NodePath, written: str, index: int, count: int) -> Splice:
    span = tree.file.nodes[path].span
    if not count:
        return Span(span.start + 1, span.end - 1), written
    if index == count:
        end = _span(tree, path, count - 1).end
        return Span(end, end), f", {written}"
    start = _span(tree, path, index).start
    return Span(start, start), f"{written}, "


def _apart(tree: Tree, path: NodePath, entry: Value) -> bool:
    """Whether blank lines stand between the entries of a list; in a new one, between mappings at the top."""
    count = len(_seq(tree, path))
    if count < 2:
        return not isinstance(entry, str) and len(path) == 1
    text = tree.file.text
    between = Span(_span(tree, path, count - 2).end, _dash(tree, (*path, count - 1)))
    return BLANK_LINE.search(between.of(text)) is not None


# --- fields -----------------------------------------------------------------------------------------------------


def new_field(tree: Tree, path: NodePath, key: str, value: Value) -> Splice:
    """A new field at the end of the mapping at `path`, or of an empty file."""
    text = tree.file.text
    if tree.data is None:
        start = len(text)
        break_ = "" if not text or text.endswith(("\n", "\r")) else "\n"
        return Span(start, start), break_ + top_field(key, value) + "\n"
    span = tree.file.nodes[path].span
    if text[span.start] == "{":
        written = f"{key}: {entries.flow(value)}"
        ends = [_span(tree, path, inner).end for inner in _map(tree, path)]
        return point(ends[-1] if ends else span.start + 1), f", {written}" if ends else written
    indent = _column(tree, span.start)
    last = list(_map(tree, path))[-1]
    lines = " " * indent + (entries.field(key, value, indent) if path else top_field(key, value))
    gap = "\n\n" if not path and not isinstance(value, str) else "\n"
    return _after(tree, (*path, last), gap, lines, max(indent, 1))


def top_field(key: str, value: Value) -> str:
    """A field of the file itself; entries that are mappings stand apart."""
    if isinstance(value, list | tuple) and any(not isinstance(inner, str) for inner in value):
        return f"{key}:\n" + "\n\n".join("  " + entries.entry(inner, 2) for inner in value)
    return entries.field(key, value, 0)


def other_value(tree: Tree, path: NodePath, value: Value) -> Splice:
    """Another value for the field or entry at `path`, which holds a list, a mapping or nothing."""
    node = tree.file.nodes[path]
    if in_flow(tree, path):
        return node.span, entries.flow(value)
    key, text = node.key, tree.file.text
    if key is None:
        indent = _column(tree, _dash(tree, path))
        return node.span, entries.entry(value, indent)[2:]
    colon = text.index(":", key.end) + 1
    column = _column(tree, key.start)
    made = entries.field("x", value, column) if column or isinstance(value, str) else top_field("x", value)
    if node.span.start == node.span.end:
        # nothing stands there; a comment may, and goes on standing on the line of its key
        end = line_end(text, colon)
        first, _, further = made[2:].partition("\n")
        return Span(colon, end), (first + text[colon:end] + ("\n" + further if further else "")).rstrip(" ")
    return Span(colon, node.span.end), made[2:]


def _after(tree: Tree, path: NodePath, gap: str, lines: str, deep: int) -> Splice:
    """New lines below a node, and below comments that hang on to it: indented by `deep` columns or more."""
    text, end = tree.file.text, tree.file.nodes[path].span.end
    if end and text[end - 1] in "\r\n":
        # a block that keeps its blank lines ends with one
        return point(end), lines + "\n"
    return point(_below(text, end, deep)), gap + lines


def _below(text: str, end: int, deep: int) -> int:
    """The end of the line at `end`, or of the last comment below it that is indented by `deep` columns or more."""
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
    """An entry with its comments, from the first column of its first line to the end of its last."""
    text, dash = tree.file.text, _dash(tree, path)
    indent = _column(tree, dash)
    start = with_comments_above(text, line_start(text, dash), indent)
    return Span(start, _below(text, tree.file.nodes[path].span.end, indent + 1))


def blank_line(text: str) -> str:
    """What parts two entries with a blank line between them."""
    return 2 * line_break(text)


# --- removal ----------------------------------------------------------------------------------------------------


def without(tree: Tree, path: NodePath) -> Splice:
    """The characters of an entry or field, with the line end and blank lines that belong to it."""
    text, nodes, parent = tree.file.text, tree.file.nodes, path[:-1]
    siblings = [(*parent, each) for each in _siblings(tree, parent)]
    at = siblings.index(path)
    if in_flow(tree, path):
        return _without_in_brackets(tree, siblings, at)
    if len(siblings) == 1:
        return _emptied(tree, parent)
    start, last = _start(tree, path), at == len(siblings) - 1
    if line_start(text, start) != start and text[line_start(text, start) : start].strip(" "):
        return Span(start, _start(tree, siblings[1])), ""
    end = line_end(text, nodes[path].span.end)
    first = line_start(text, start)
    if last:
        return Span(
            len(text[:first].rstrip(" \r\n")) if blank_before(text, first) else before_break(text, first), end
        ), ""
    return Span(first, past_blank(text, end)), ""


def _without_in_brackets(tree: Tree, siblings: list[NodePath], at: int) -> Splice:
    nodes = tree.file.nodes

    def begin(path: NodePath) -> int:
        return (nodes[path].key or nodes[path].span).start

    if at + 1 < len(siblings):
        return Span(begin(siblings[at]), begin(siblings[at + 1])), ""
    start = nodes[siblings[at - 1]].span.end if at else begin(siblings[at])
    return Span(start, nodes[siblings[at]].span.end), ""


def _emptied(tree: Tree, path: NodePath) -> Splice:
    """A list or mapping without its only entry."""
    node, empty = tree.file.nodes[path], "[]" if isinstance(data_at(tree, path), Seq) else "{}"
    if node.key is None:
        return node.span, empty
    colon = tree.file.text.index(":", node.key.end) + 1
    between = tree.file.text[colon : node.span.start]
    if "#" not in between:
        return Span(colon, node.span.end), f" {empty}"
    return Span(colon, node.span.end), f" {empty}{between.rstrip()}"


# --- columns ----------------------------------------------------------------------------------------------------


def _column(tree: Tree, at: int) -> int:
    return line_and_column(tree.file.text, at)[1] - 1


def _start(tree: Tree, path: NodePath) -> int:
    """Where a field's key or an entry's dash stands."""
    key = tree.file.nodes[path].key
    return key.start if key else _dash(tree, path)


def _dash(tree: Tree, path: NodePath) -> int:
    """Where the dash of a list entry stands: the last one before it with nothing but space and comments between."""
    text, span = tree.file.text, tree.file.nodes[path[:-1]].span
    if path[-1] == 0:
        return span.start
    at = _span(tree, path[:-1], int(path[-1]) - 1).end
    column = _column(tree, span.start)
    for found in re.compile(r"^( *)-(?=\s|$)", re.MULTILINE).finditer(text.replace("\r", "\n"), at):
        if len(found[1]) == column:
            return found.end() - 1
    raise ValueError("a list entry has no dash")


def _span(tree: Tree, path: NodePath, inner: str | int) -> Span:
    """The characters of an entry or of a field's value."""
    below: NodePath = (*path, inner)
    return tree.file.nodes[below].span


def _seq(tree: Tree, path: NodePath) -> Seq:
    found = data_at(tree, path)
    assert isinstance(found, Seq)
    return found


def _map(tree: Tree, path: NodePath) -> Map:
    found = data_at(tree, path)
    assert isinstance(found, Map)
    return found


def data_at(tree: Tree, path: NodePath) -> object:
    """The value at a path that is there."""
    data: object = tree.data
    for part in path:
        data = data[part]  # type: ignore[index]
    return data


def _siblings(tree: Tree, path: NodePath) -> list[str | int]:
    data = data_at(tree, path)
    return list(data) if isinstance(data, Map) else list(range(len(_seq(tree, path))))
