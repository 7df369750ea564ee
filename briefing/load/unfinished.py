"""Fields that may still say TODO while the rest of their entry is used: a draft is checked and shown before they are
written, and nothing with one of them is published."""

from __future__ import annotations

from collections.abc import Iterator

from briefing.load.errors import todo
from briefing.load.fields import is_todo
from briefing.load.leftovers import LISTS
from briefing.load.tree import Data, Map, Scalar, Seq
from briefing.places import NodePath, Place, Problem

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
