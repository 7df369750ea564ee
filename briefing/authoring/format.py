"""Format annotation files: entries in the order of the source, and words in lines of one width."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate, pairwise

from briefing.authoring import edit
from briefing.authoring.edit import layout
from briefing.authoring.edit.entries import LONG, block
from briefing.authoring.new_entries import position
from briefing.load.yaml import Map, Scalar, Seq, Tree
from briefing.model import Briefing
from briefing.model.places import Span, TextFile

# --- blocks -----------------------------------------------------------------------------------------------------


def wrapped(file: TextFile) -> TextFile:
    """Return the file with every folded block (`>`) wrapped anew; its words are the same. EditError for bad YAML."""
    tree = edit.parsed(file)
    text, done = "", 0
    for path, node in sorted(tree.file.nodes.items(), key=lambda item: item[1].span.start):
        value = layout.value_at(tree.data, path)
        # a field in which people write sentences, or an entry of a list of such
        is_prose = isinstance(value, Scalar) and any(part in LONG for part in path[-2:])
        if is_prose and file.text[node.span.start] in ">":
            written = _wrap_block(file.text, node.span, str(value), layout.scalar_columns(tree, path)[0])
            text += file.text[done : node.span.start] + written
            done = node.span.end
    text += file.text[done:]
    fresh = edit.parsed(replace(file, text=text, nodes={}))
    if not edit.same(tree.data, fresh.data):
        raise edit.EditError(f"{file.name} cannot be wrapped; do it by hand")
    return fresh.file


def _wrap_block(text: str, span: Span, value: str, indent: int) -> str:
    raw = span.of(text)
    written = block(value.rstrip("\n"), indent)
    head = re.match(r">[^\r\n]*", raw)
    if not written.startswith(">") or head is None or re.search("[+0-9]", head[0].split("#")[0]):
        return raw
    return written.replace(">-", head[0].rstrip(), 1).replace("\n", layout.line_break(text))


# --- order ------------------------------------------------------------------------------------------------------

KEYS = ("quotes", "figures", "context")


def ordered(file: TextFile, briefing: Briefing) -> TextFile:
    """Return the file with each of its lists of annotations in order. EditError where its YAML has problems."""
    for key in KEYS:
        tree = edit.parsed(file)
        entries = tree.data.get(key) if isinstance(tree.data, Map) else None
        if isinstance(entries, Seq) and len(entries) > 1 and not layout.in_flow(tree, (key, 0)):
            file = _order_list(tree, key, _sort_keys(entries, briefing))
    return file


def _sort_keys(entries: Seq, briefing: Briefing) -> list[tuple[int, int, int]]:
    """Return what to sort by; an entry without a place stays behind the one above it."""
    ranks: list[tuple[int, int, int]] = []
    for entry in entries:
        found = briefing.anchors.get(str(entry.get("id", ""))) if isinstance(entry, Map) else None
        above = ranks[-1] if ranks else (-1, -1, -1)
        ranks.append(position(briefing, found) if found else above)
    return ranks


def _order_list(tree: Tree, key: str, ranks: list[tuple[int, int, int]]) -> TextFile:
    """Return the file with the entries of a list in order; none crosses words that stand between two entries."""
    text = tree.file.text
    chunks = [layout.lines_of(tree, (key, number)) for number in range(len(ranks))]
    between = [Span(a.end, b.start).of(text) for a, b in pairwise(chunks)]
    sections = list(accumulate((bool(gap.strip()) for gap in between), initial=0))
    order = sorted(range(len(ranks)), key=lambda number: (sections[number], ranks[number], number))
    written = chunks[order[0]].of(text)
    for gap, chosen in zip(between, order[1:], strict=True):
        written += (gap if gap.strip() else 2 * layout.line_break(text)) + chunks[chosen].of(text)
    whole = text[: chunks[0].start] + written + text[chunks[-1].end :]
    fresh = edit.parsed(replace(tree.file, text=whole, nodes={}))
    entries = layout.value_at(tree.data, (key,))
    expected = {**layout.value_at(tree.data, ()), key: [entries[number] for number in order]}
    if not edit.same(expected, fresh.data):
        raise edit.EditError(f"{tree.file.name} cannot be put in order; do it by hand")
    return fresh.file
