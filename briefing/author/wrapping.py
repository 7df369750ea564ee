"""The words of blocks in lines of one width, so that a later change touches few of them."""

from __future__ import annotations

import re
from dataclasses import replace

from briefing import edit
from briefing.edit import layout, lines
from briefing.edit.block import LONG, block
from briefing.load.tree import Scalar
from briefing.places import NodePath, Span, TextFile


def wrapped(file: TextFile) -> TextFile:
    """The file with every folded block (`>`) wrapped anew; its words are the same. EditError for unsound YAML."""
    tree = edit.parsed(file)
    text, done = "", 0
    for path, node in sorted(tree.file.nodes.items(), key=lambda item: item[1].span.start):
        value = layout.data_at(tree, path)
        if isinstance(value, Scalar) and _is_prose(path) and file.text[node.span.start] in ">":
            text += file.text[done : node.span.start] + _again(
                file.text, node.span, str(value), layout.scalar_columns(tree, path)[0]
            )
            done = node.span.end
    text += file.text[done:]
    fresh = edit.parsed(replace(file, text=text, nodes={}))
    if not edit.same(tree.data, fresh.data):
        raise edit.EditError(f"{file.name} cannot be wrapped; do it by hand")
    return fresh.file


def _is_prose(path: NodePath) -> bool:
    """Whether a node, or the list that it is an entry of, is a field in which people write sentences."""
    return any(part in LONG for part in path[-2:])


def _again(text: str, span: Span, value: str, indent: int) -> str:
    raw = span.of(text)
    written = block(value.rstrip("\n"), indent)
    head = re.match(r">[^\r\n]*", raw)
    if not written.startswith(">") or head is None or re.search("[+0-9]", head[0].split("#")[0]):
        return raw
    return written.replace(">-", head[0].rstrip(), 1).replace("\n", lines.line_break(text))
