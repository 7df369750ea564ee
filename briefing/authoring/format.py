"""Format annotation files: entries in the order of the source, and words in lines of one width."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from briefing.authoring import edit
from briefing.authoring.add import position
from briefing.authoring.edit import layout
from briefing.authoring.edit.entries import LONG, block
from briefing.load.yaml import Map, Scalar, Seq, Tree
from briefing.model import Briefing
from briefing.model.places import NodePath, Span, TextFile


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
    return written.replace(">-", head[0].rstrip(), 1).replace("\n", layout.line_break(text))


KEYS = ("quotes", "figures", "context")

Rank = tuple[int, int, int]


def ordered(file: TextFile, briefing: Briefing) -> TextFile:
    """The file with each of its lists of annotations in order. EditError where its YAML has problems."""
    for key in KEYS:
        tree = edit.parsed(file)
        entries = tree.data.get(key) if isinstance(tree.data, Map) else None
        if isinstance(entries, Seq) and len(entries) > 1 and not layout.in_flow(tree, (key, 0)):
            file = _list_in_order(tree, (key,), _ranks(entries, briefing))
    return file


def _ranks(entries: Seq, briefing: Briefing) -> list[Rank]:
    """What to sort by; an entry without a place stays behind the one above it."""
    ranks: list[Rank] = []
    for entry in entries:
        found = briefing.anchors.get(str(entry.get("id", ""))) if isinstance(entry, Map) else None
        above = ranks[-1] if ranks else (-1, -1, -1)
        ranks.append(position(briefing, found) if found else above)
    return ranks


def _list_in_order(tree: Tree, path: NodePath, ranks: list[Rank]) -> TextFile:
    text = tree.file.text
    chunks = [layout.lines_of(tree, (*path, number)) for number in range(len(ranks))]
    between = [Span(a.end, b.start).of(text) for a, b in pairwise(chunks)]
    order = _sections(ranks, [bool(gap.strip()) for gap in between])
    gap = layout.blank_line(text)
    written = chunks[order[0]].of(text)
    for number, chosen in enumerate(order[1:]):
        written += (between[number] if between[number].strip() else gap) + chunks[chosen].of(text)
    fresh = text[: chunks[0].start] + written + text[chunks[-1].end :]
    return _proved(tree, path, order, fresh)


def _sections(ranks: list[Rank], parted: list[bool]) -> list[int]:
    """The numbers of the entries in their new order; none crosses a gap that parts sections."""
    section, sections = 0, [0]
    for gap in parted:
        section += gap
        sections.append(section)
    return sorted(range(len(ranks)), key=lambda number: (sections[number], ranks[number], number))


def _proved(tree: Tree, path: NodePath, order: list[int], text: str) -> TextFile:
    """The file with this text, if it has the same entries in the new order."""
    fresh = edit.parsed(replace(tree.file, text=text, nodes={}))
    before, after = tree.data, fresh.data
    if not isinstance(before, Map) or not isinstance(after, Map):
        raise edit.EditError(f"{tree.file.name} cannot be put in order")
    entries = before[str(path[0])]
    if edit.same({**before, path[0]: [entries[number] for number in order]}, after):
        return fresh.file
    raise edit.EditError(f"{tree.file.name} cannot be put in order; do it by hand")
