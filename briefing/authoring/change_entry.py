"""Change an entry of a file of annotations, or take it back: fields, the ends of its words, deleted or withdrawn.

What somebody else has changed in the entry since its author saw it stays; who changes the same field is told so.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from briefing.authoring import edit, locate, new_entries
from briefing.authoring.annotate import ASSUMED, ChosenWords, find_spot, plain_value
from briefing.authoring.edit.entries import Value
from briefing.authoring.trial import OpenBriefing
from briefing.authoring.tried_change import ChangeRefusedError, EntryChangedError, TriedChange, readable, try_files
from briefing.load.yaml import Map, Seq
from briefing.model import AnnotationKey
from briefing.model.places import NodePath, Place, TextFile, one_line

KINDS: tuple[AnnotationKey, ...] = get_args(AnnotationKey)
LISTS = (*KINDS, "derived", "themes")
"""The lists of entries that readers see, by their keys in the files of annotations/."""


@dataclass(frozen=True, slots=True)
class FoundEntry:
    """An entry of a file of annotations, as it is written."""

    file: TextFile
    path: NodePath
    data: Mapping[str, Any]

    @property
    def key(self) -> str:
        """The list that it is in."""
        return str(self.path[0])

    @property
    def seen(self) -> dict[str, str]:
        """A mark of each field as it is, by which a later change of it is noticed."""
        return {name: _mark(value) for name, value in self.data.items()}


def find_entry(opened: OpenBriefing, id: str, lists: Sequence[str] = LISTS) -> FoundEntry:
    """Return the entry that has an id. Raises ChangeRefusedError where there is none."""
    start = f"{opened.folder}annotations/"
    for name, file in sorted(opened.checked.files.items()):
        if not name.startswith(start) or id not in file.text:
            continue
        tree = edit.parsed(file)
        data = tree.data if isinstance(tree.data, Map) else {}
        for key in lists:
            entries = data.get(key)
            for number, entry in enumerate(entries if isinstance(entries, Seq) else ()):
                if isinstance(entry, Map) and str(entry.get("id", "")) == id:
                    return FoundEntry(tree.file, (key, number), edit.bare(entry))
    raise ChangeRefusedError(f"there is no entry “{one_line(id)}”", "it may have been renamed or taken out: load again")


def change_entry(
    before: OpenBriefing,
    id: str,
    fields: Mapping[str, Any],
    passage: ChosenWords | None = None,
    seen: Mapping[str, str] | None = None,
) -> TriedChange:
    """Return the change that gives an entry other fields, and other words where there is a passage.

    Fields that are not named stay; an empty one is taken out. `seen` are the marks of the entry as the author has seen
    it: what somebody else has changed since stays, too, and raises EntryChangedError where the author changes the same.
    """
    entry = find_entry(before, id)
    wanted: dict[str, Value] = {
        name: plain_value(value) for name, value in fields.items() if name not in ("target", "in")
    }
    if wanted.pop("id", id) != id:
        raise ChangeRefusedError("an id is not changed here", f"type: briefing rename {id}")
    if passage is not None:
        spot = find_spot(readable(before), passage)
        wanted |= {"target": new_entries.selector_values(spot.selectors), "in": spot.comment}
    file = entry.file
    for name, value in _changes(entry, wanted, seen).items():
        file = _put(file, entry.path, name, entry.data.get(name), value)
    return try_files(before, {file.name: file.text}, id, Place(file.name, entry.path))


def _changes(entry: FoundEntry, wanted: Mapping[str, Value], seen: Mapping[str, str] | None) -> dict[str, Value]:
    """Return the fields to change: those that the author wants otherwise than they were seen to be."""
    found: dict[str, Value] = {}
    touched = []
    for name, value in wanted.items():
        said = "" if value == ASSUMED.get(name) else value
        now, own = _mark(_unless_assumed(name, entry.data.get(name))), _mark(said)
        before = now if seen is None else _mark_seen(name, seen)
        if own in (now, before):
            continue
        if now != before:
            touched.append(name)
        found[name] = said
    if touched:
        names = ", ".join(f"“{name}”" for name in touched)
        message = f"{names} of “{entry.data['id']}” has been changed by somebody else meanwhile"
        raise EntryChangedError(message, "look at what is there now, then make your change again")
    return found


def _unless_assumed(name: str, value: Any) -> Any:
    return "" if value == ASSUMED.get(name) else value


def _mark_seen(name: str, seen: Mapping[str, str]) -> str:
    mark = seen.get(name, _mark(""))
    return _mark("") if name in ASSUMED and mark == _mark(ASSUMED[name]) else mark


def _mark(value: Any) -> str:
    """Return a short mark of a value; one entry in a list is the same as that entry alone, and nothing as a blank."""
    return hashlib.blake2b(repr(_canonical(value)).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def _canonical(value: Any) -> Any:
    if isinstance(value, Mapping) and value.keys() == {"points"}:
        return _canonical(value["points"])  # the points of a series alone are short for it
    if isinstance(value, Mapping):
        return sorted((str(key), _canonical(inner)) for key, inner in value.items() if inner not in (None, "", [], {}))
    if isinstance(value, list | tuple):
        return _canonical(value[0]) if len(value) == 1 else [_canonical(inner) for inner in value] or ""
    return "" if value is None else str(value).rstrip("\n")


def _put(file: TextFile, path: NodePath, name: str, old: Any, value: Value) -> TextFile:
    """Return the file with another value in a field, or without it; of a mapping only what differs is changed."""
    if not value:
        return edit.remove(file, (*path, name)) if old is not None else file
    if isinstance(old, Mapping) and isinstance(value, Mapping) and old.keys() & value.keys():
        for key in (*(each for each in old if each not in value), *value):
            if _mark(old.get(key)) != _mark(value.get(key)):
                file = _put(file, (*path, name), key, old.get(key), value.get(key, ""))
        return file
    return edit.set_field(file, path, name, value)


# --- taking back ------------------------------------------------------------------------------------------------


def cited_by(opened: OpenBriefing, id: str) -> list[str]:
    """Return the names of the places that cite an entry."""
    briefing = opened.checked.briefing
    return list(dict.fromkeys(locate.citing(briefing, id))) if briefing else []


def delete_entry(before: OpenBriefing, id: str) -> TriedChange:
    """Return the change that takes an entry out as if it had never been. Raises ChangeRefusedError where it is
    cited."""
    entry = find_entry(before, id)
    _refuse_cited(before, id, "deleted")
    file = edit.remove(entry.file, entry.path)
    return try_files(before, {file.name: file.text}, id)


def withdraw_entry(before: OpenBriefing, id: str, reason: str, day: datetime.date) -> TriedChange:
    """Return the change that withdraws a published entry: its addresses stay, and say when and why.

    Raises ChangeRefusedError where it is cited, is no annotation or theme, or nobody has been able to read it.
    """
    entry = find_entry(before, id, (*KINDS, "themes"))
    if entry.data.get("status", "published") != "published":
        raise ChangeRefusedError(f"“{id}” is not published, so there is nothing to withdraw", "delete it instead")
    if not reason.strip():
        raise ChangeRefusedError("readers are told why something is withdrawn", "write the reason")
    _refuse_cited(before, id, "withdrawn")
    told: dict[str, Value] = {"id": id, "was": plain_value(entry.data.get("was")), "from": entry.key}
    told |= {"date": day.isoformat(), "reason": reason.strip()}
    withdrawn = {name: value for name, value in told.items() if value}
    file = edit.insert(edit.remove(entry.file, entry.path), ("withdrawn",), withdrawn)
    number = sum(len(path) == 2 and path[0] == "withdrawn" for path in file.nodes) - 1
    return try_files(before, {file.name: file.text}, id, Place(file.name, ("withdrawn", number)))


def _refuse_cited(before: OpenBriefing, id: str, what: str) -> None:
    if places := cited_by(before, id):
        message = f"“{id}” cannot be {what}: it is cited by {', '.join(places)}"
        raise ChangeRefusedError(message, "take the citations out first")
