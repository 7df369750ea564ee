"""Two people's versions of one YAML file as one, entry by entry.

Version control compares lines: two entries that are added between the same neighbours are two changes of one place to
it, and it asks which is meant. Both are. So what either side adds to a list of entries with ids is taken out first,
the rest is merged line by line, and the new entries go back behind the neighbours that they had.
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
    """The text with what both sides changed; None where they changed the same thing, or one of them is no sound YAML.

    An id that both add is for a person to look at: its entries are left to the lines.
    """
    try:
        known, mine, other = (_lists(edit.parsed(file)) for file in (base, ours, theirs))
        added = [_added(side, known, apart) for side, apart in ((mine, other), (other, mine))]
        rest = by_lines(_without(ours, mine, added[0]), base.text, _without(theirs, other, added[1]))
        if rest is None:
            return None
        whole = replace(base, text=rest, nodes={})
        expected = {
            key: {entry.id: entry.data for entry in entries} for key, entries in _lists(edit.parsed(whole)).items()
        }
        for file, side, new in ((theirs, other, added[1]), (ours, mine, added[0])):
            for key, ids in new.items():
                whole = _with(whole, file.text, key, side[key], ids)
                expected[key] |= {entry.id: entry.data for entry in side[key] if entry.id in ids}
        found = {
            key: {entry.id: entry.data for entry in entries} for key, entries in _lists(edit.parsed(whole)).items()
        }
    except edit.EditError:
        return None
    return whole.text if edit.same(expected, found) else None


def _lists(tree: Tree) -> Lists:
    """EditError where an id stands twice: what is meant by it is open."""
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


def _added(side: Lists, base: Lists, other: Lists) -> dict[str, set[str]]:
    """The ids that only this side has, in lists that it does not begin."""
    new = {
        key: {entry.id for entry in entries} - {entry.id for lists in (base, other) for entry in lists.get(key, ())}
        for key, entries in side.items()
        if key in base
    }
    return {key: ids for key, ids in new.items() if ids and len(ids) < len(side[key])}


def _without(file: TextFile, lists: Lists, gone: Mapping[str, set[str]]) -> str:
    """The text without some entries, each with the lines between it and its neighbour."""
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


def _with(file: TextFile, source: str, key: str, entries: tuple[ListEntry, ...], ids: set[str]) -> TextFile:
    """The file with the entries of these ids, each behind the nearest one above it that is there."""
    for number, entry in enumerate(entries):
        if entry.id not in ids:
            continue
        here = _lists(edit.parsed(file)).get(key)
        if not here:
            raise edit.EditError(f"{key} is no longer in {file.name}")
        ends = {each.id: each.span.end for each in here}
        above = next((ends[each.id] for each in reversed(entries[:number]) if each.id in ends), None)
        between = Span(entries[number - 1].span.end, entry.span.start) if number else Span(0, 0)
        gap = between.of(source) or layout.blank_line(file.text)
        at, written = (
            (here[0].span.start, entry.span.of(source) + gap) if above is None else (above, gap + entry.span.of(source))
        )
        file = replace(file, text=file.text[:at] + written + file.text[at:], nodes={})
    return file
