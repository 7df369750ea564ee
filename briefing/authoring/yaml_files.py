"""Format annotation files: entries in the order of the source, and words in lines of one width.

Merge: merge two people's versions of one YAML file, entry by entry.

Version control compares lines: two entries that are added between the same neighbours are a conflict to it, although
both are wanted. So what either side adds to a list of entries with ids is taken out first, the rest is merged line by
line, and the new entries go back behind the neighbours that they had.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise

from msgspec.structs import replace

from briefing.authoring import edit
from briefing.authoring.edit import layout
from briefing.authoring.edit.entries import LONG, block
from briefing.authoring.new_entries import position
from briefing.load.yaml import Map, Scalar, Seq, Tree
from briefing.model import Briefing
from briefing.model.places import Span, TextFile

# --- format ----------------------------------------------------------------------------------------------------------


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


# --- merge -----------------------------------------------------------------------------------------------------------


Lines = Callable[[str, str, str], str | None]
"""Merges ours, base and theirs line by line; None where they conflict."""


@dataclass(frozen=True, slots=True)
class ListEntry:
    """One entry of a list, with the comments above it."""

    id: str
    data: object
    span: Span
    """From the first column of its first line to the end of its last."""


Lists = Mapping[str, tuple[ListEntry, ...]]
"""By the key at the top of the file: the lists whose entries all have an id."""


def merged(base: TextFile, ours: TextFile, theirs: TextFile, by_lines: Lines) -> str | None:
    """Return the text with what both sides changed; None where they changed the same thing, or one is not valid YAML.

    An id that both add is for a person to review: its entries are left to the lines.
    """
    try:
        known, mine, other = (_read_lists(edit.parsed(file)) for file in (base, ours, theirs))
        added = [_added_ids(side, known, apart) for side, apart in ((mine, other), (other, mine))]
        rest = by_lines(_without(ours, mine, added[0]), base.text, _without(theirs, other, added[1]))
        if rest is None:
            return None
        whole = replace(base, text=rest, nodes={})
        expected = _data_by_id(whole)
        for file, side, new in ((theirs, other, added[1]), (ours, mine, added[0])):
            for key, ids in new.items():
                whole = _with_entries(whole, file.text, key, side[key], ids)
                expected[key] |= {entry.id: entry.data for entry in side[key] if entry.id in ids}
        found = _data_by_id(whole)
    except edit.EditError:
        return None
    return whole.text if edit.same(expected, found) else None


def _data_by_id(file: TextFile) -> dict[str, dict[str, object]]:
    lists = _read_lists(edit.parsed(file))
    return {key: {entry.id: entry.data for entry in entries} for key, entries in lists.items()}


def _read_lists(tree: Tree) -> Lists:
    """Return the lists of a file. EditError where an id is used twice: it is open which entry is meant."""
    found: dict[str, tuple[ListEntry, ...]] = {}
    for key, entries in tree.data.items() if isinstance(tree.data, Map) else ():
        if not isinstance(entries, Seq) or not entries or layout.in_flow(tree, (key, 0)):
            continue
        ids = [str(entry.get("id", "")) if isinstance(entry, Map) else "" for entry in entries]
        if len({*ids}) < len(ids) and all(ids):
            raise edit.EditError(f"an id is used twice in {tree.file.name}")
        if all(ids):
            spans = [layout.lines_of(tree, (key, number)) for number in range(len(ids))]
            found[key] = tuple(ListEntry(*each) for each in zip(ids, entries, spans, strict=True))
    return found


def _added_ids(side: Lists, base: Lists, other: Lists) -> dict[str, set[str]]:
    """Return the ids that only this side has, in lists that it does not begin."""
    new = {
        key: {entry.id for entry in entries} - {entry.id for lists in (base, other) for entry in lists.get(key, ())}
        for key, entries in side.items()
        if key in base
    }
    return {key: ids for key, ids in new.items() if ids and len(ids) < len(side[key])}


def _without(file: TextFile, lists: Lists, gone: Mapping[str, set[str]]) -> str:
    """Return the text without some entries, each with the lines between it and its neighbour."""
    spans = []
    for key, ids in gone.items():
        entries = lists[key]
        stays = [number for number, entry in enumerate(entries) if entry.id not in ids]
        if stays[0]:
            spans.append(Span(entries[0].span.start, entries[stays[0]].span.start))
        spans += [
            Span(entries[number - 1].span.end, entries[number].span.end)
            for number in range(stays[0], len(entries))
            if entries[number].id in ids
        ]
    text = file.text
    for span in sorted(spans, key=lambda span: span.start, reverse=True):
        text = text[: span.start] + text[span.end :]
    return text


def _with_entries(file: TextFile, source: str, key: str, entries: tuple[ListEntry, ...], ids: set[str]) -> TextFile:
    """Return the file with the entries of these ids, each behind the nearest one above it that is there."""
    for number, entry in enumerate(entries):
        if entry.id not in ids:
            continue
        here = _read_lists(edit.parsed(file)).get(key)
        if not here:
            raise edit.EditError(f"{key} is no longer in {file.name}")
        ends = {each.id: each.span.end for each in here}
        above = next((ends[each.id] for each in reversed(entries[:number]) if each.id in ends), None)
        between = Span(entries[number - 1].span.end, entry.span.start) if number else Span(0, 0)
        gap, own = between.of(source) or 2 * layout.line_break(file.text), entry.span.of(source)
        at, written = (here[0].span.start, own + gap) if above is None else (above, gap + own)
        file = replace(file, text=file.text[:at] + written + file.text[at:], nodes={})
    return file
