"""Merge two people's versions of one YAML file, entry by entry.

Version control compares lines: two entries that are added between the same neighbours are a conflict to it, although
both are wanted. So what either side adds to a list of entries with ids is taken out first, the rest is merged line by
line, and the new entries go back behind the neighbours that they had.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from briefing.authoring import edit
from briefing.authoring.edit import layout
from briefing.load.yaml import Map, Seq, Tree
from briefing.model.places import Span, TextFile

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
