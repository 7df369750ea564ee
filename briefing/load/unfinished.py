"""What was cut out of a file, by part of the folder and id, so that later stages do not blame what leads there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from briefing.load.schema.fields import is_todo
from briefing.load.schema.formats import ID
from briefing.load.validate import todo
from briefing.load.yaml import Data, Map, Scalar, Seq
from briefing.model import FolderPart
from briefing.model.places import NodePath, Place, Problem

Entry = tuple[FolderPart, str]

LISTS = ("comments", "references", "quotes", "figures", "derived", "context", "themes", "withdrawn")
"""Keys of lists of entries that have an id."""


def entries(part: FolderPart, data: Data | None, cut: Iterable[NodePath]) -> Iterator[Entry]:
    """The entries that stood at these paths of a file; without an id where that cannot be known."""
    for path in cut:
        if not path or path[0] == "originals":
            yield part, ""
        elif part == "people":
            yield part, str(path[0]) if ID.fullmatch(str(path[0])) else ""
        else:
            yield from ((part, id) for id in _ids_in(_node_at(data, path), is_entry=path[0] in LISTS))


def of_briefing(cut: Iterable[NodePath]) -> Iterator[Entry]:
    """People's roles, and what is left out, at these paths of briefing.yml."""
    for path in cut:
        if path[:1] == ("people",):
            yield "roles", str(path[1]) if path[1:] else ""
        elif path in ((), ("source",)) or path[:2] == ("source", "left_out"):
            yield "left_out", ""


def _ids_in(value: Any, is_entry: bool) -> Iterator[str]:
    """The ids of an entry, its former ones too, or of all entries in a list."""
    if isinstance(value, Seq):
        for inner in value:
            yield from _ids_in(inner, is_entry)
    elif isinstance(value, Map) and _is_id(value.get("id")):
        yield str(value["id"])
        former = value.get("was")
        yield from (str(id) for id in (former if isinstance(former, Seq) else [former]) if _is_id(id))
    elif is_entry:
        yield ""


def _is_id(value: Any) -> bool:
    return isinstance(value, Scalar) and ID.fullmatch(value) is not None


def _node_at(data: Any, path: NodePath) -> Any:
    """The value at a path, or None where something was missing rather than wrong."""
    for part in path:
        present = part in data if isinstance(data, Map) else isinstance(data, Seq) and int(part) < len(data)
        data = data[part] if present else None
    return data


OPEN = {"figures": "label"}
"""By list, the field of its entries."""


def unfinished(data: Data | None, file: str) -> Iterator[Problem]:
    """Every label and every reason of an allowance that is still to be written."""
    if not isinstance(data, Map):
        return
    found = [*_reasons(data, ())]
    for key in LISTS:
        entries = data.get(key)
        for number, entry in enumerate(entries if isinstance(entries, Seq) else ()):
            if isinstance(entry, Map):
                found += _reasons(entry, (key, number))
                found += _if_open(entry, (key, number), OPEN.get(key, ""))
    yield from (todo(Place(file, path), words) for path, words in found)


def _reasons(entry: Map, path: NodePath) -> Iterator[tuple[NodePath, str]]:
    allowances = entry.get("allow")
    for number, allow in enumerate(allowances if isinstance(allowances, Seq) else ()):
        if isinstance(allow, Map):
            yield from _if_open(allow, (*path, "allow", number), "reason")


def _if_open(entry: Map, path: NodePath, key: str) -> Iterator[tuple[NodePath, str]]:
    value = entry.get(key)
    if isinstance(value, Scalar) and is_todo(value):
        yield (*path, key), str(value)
