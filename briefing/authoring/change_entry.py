"""Change an entry of a file of annotations, or take it back: fields, the ends of its words, deleted or withdrawn.

What somebody else has changed in the entry since its author saw it stays; who changes the same field is told so.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, get_args

from briefing.authoring import edit, locate, new_entries
from briefing.authoring.annotate import ASSUMED, ChosenWords, find_spot
from briefing.authoring.edit.entries import Value
from briefing.authoring.found_entry import FoundEntry, Marks, plain_value
from briefing.authoring.trial import OpenBriefing
from briefing.authoring.tried_change import ChangeRefusedError, TriedChange, readable, try_files
from briefing.load.folder_files import ANNOTATIONS
from briefing.load.yaml import Map, Seq
from briefing.model import AnnotationKey
from briefing.model.places import Place, TextFile, one_line

KINDS: tuple[AnnotationKey, ...] = get_args(AnnotationKey)
LISTS = (*KINDS, "derived", "themes")
"""The lists of entries that readers see, by their keys in the files of annotations/."""
REFERENCES = ("references",)
"""The list of references.yml."""


def annotation_files(opened: OpenBriefing) -> list[TextFile]:
    """Return the files of annotations/ that could be read, by their names."""
    start = f"{opened.folder}{ANNOTATIONS}/"
    return [file for name, file in sorted(opened.checked.files.items()) if name.startswith(start)]


def reference_files(opened: OpenBriefing) -> list[TextFile]:
    """Return references.yml, if it could be read."""
    return [file for name, file in opened.checked.files.items() if name == f"{opened.folder}references.yml"]


def entries_of(file: TextFile, lists: Sequence[str]) -> Iterator[FoundEntry]:
    """Yield the entries of some lists of a file. Raises EditError where it is not valid YAML."""
    tree = edit.parsed(file)
    data = tree.data if isinstance(tree.data, Map) else {}
    for key in lists:
        entries = data.get(key)
        for number, entry in enumerate(entries if isinstance(entries, Seq) else ()):
            if isinstance(entry, Map):
                yield FoundEntry(tree.file, (key, number), edit.bare(entry), ASSUMED)


def find_entry(opened: OpenBriefing, id: str, lists: Sequence[str] = LISTS) -> FoundEntry:
    """Return the entry that has an id. Raises ChangeRefusedError where there is none."""
    for file in reference_files(opened) if lists == REFERENCES else annotation_files(opened):
        for entry in entries_of(file, lists) if id in file.text else ():
            if str(entry.data.get("id") or "") == id:
                return entry
    raise ChangeRefusedError(f"there is no entry “{one_line(id)}”", "it may have been renamed or taken out: load again")


def change_entry(
    before: OpenBriefing,
    id: str,
    fields: Mapping[str, Any],
    chosen: ChosenWords | None = None,
    seen: Marks | None = None,
    lists: Sequence[str] = LISTS,
) -> TriedChange:
    """Return the change that gives an entry of some lists other fields, and other words where they are chosen.

    Fields that are not named stay; an empty one is taken out. `seen` are the marks of the entry as the author has seen
    it: what somebody else has changed since stays, too, and raises EntryChangedError where the author changes the same.
    """
    entry = find_entry(before, id, lists)
    wanted: dict[str, Value] = {
        name: plain_value(value) for name, value in fields.items() if name not in ("target", "in")
    }
    if (wanted.pop("id", "") or id) != id:
        raise ChangeRefusedError("an id is not changed here", f"type: briefing rename {id}")
    if chosen is not None:
        wanted |= chosen_target(before, chosen)
    file = entry.with_fields(wanted, seen)
    return try_files(before, {file.name: file.text}, id, entry.place)


def chosen_target(before: OpenBriefing, chosen: ChosenWords) -> dict[str, Value]:
    """Return the fields that say which words an annotation is about. Raises ChangeRefusedError where they are in no
    place of the text, or in several."""
    spot = find_spot(readable(before), chosen)
    return {"target": new_entries.selector_values(spot.selectors), "in": spot.comment}


# --- taking back ------------------------------------------------------------------------------------------------


def cited_by(opened: OpenBriefing, id: str) -> list[str]:
    """Return the names of the places that cite an entry."""
    briefing = opened.checked.briefing
    return list(dict.fromkeys(locate.citing(briefing, id))) if briefing else []


def delete_entry(before: OpenBriefing, id: str, seen: Marks | None = None) -> TriedChange:
    """Return the change that takes an entry out as if it had never been.

    Raises ChangeRefusedError where it is cited, and EntryChangedError where it is not as it was `seen`.
    """
    entry = find_entry(before, id)
    entry.refuse_changed(seen)
    refuse_cited(before, id, "deleted")
    file = edit.remove(entry.file, entry.path)
    return try_files(before, {file.name: file.text}, id)


def withdraw_entry(
    before: OpenBriefing, id: str, reason: str, day: datetime.date, seen: Marks | None = None
) -> TriedChange:
    """Return the change that withdraws a published entry: its addresses stay, and say when and why.

    Raises ChangeRefusedError where it is cited, is no annotation or theme, or nobody has been able to read it, and
    EntryChangedError where it is not as it was `seen`.
    """
    entry = find_entry(before, id, (*KINDS, "themes"))
    entry.refuse_changed(seen)
    if entry.data.get("status", "published") != "published":
        raise ChangeRefusedError(f"“{id}” is not published, so there is nothing to withdraw", "delete it instead")
    if not reason.strip():
        raise ChangeRefusedError("readers are told why something is withdrawn", "write the reason")
    refuse_cited(before, id, "withdrawn")
    file = edit.insert(edit.remove(entry.file, entry.path), ("withdrawn",), withdrawal(entry, reason.strip(), day))
    number = sum(len(path) == 2 and path[0] == "withdrawn" for path in file.nodes) - 1
    return try_files(before, {file.name: file.text}, id, Place(file.name, ("withdrawn", number)))


def withdrawal(entry: FoundEntry, reason: str, day: datetime.date) -> dict[str, Value]:
    """Return the entry of `withdrawn` that takes the place of one that readers could see."""
    told: dict[str, Value] = {"id": entry.name, "was": plain_value(entry.data.get("was")), "from": str(entry.path[0])}
    told |= {"date": day.isoformat(), "reason": reason}
    return {name: value for name, value in told.items() if value}


def refuse_cited(before: OpenBriefing, id: str, what: str) -> None:
    """Raise ChangeRefusedError where something cites an entry, which is then not to be `what` its author wants."""
    if places := cited_by(before, id):
        message = f"“{id}” cannot be {what}: it is cited by {', '.join(places)}"
        raise ChangeRefusedError(message, "take the citations out first")
