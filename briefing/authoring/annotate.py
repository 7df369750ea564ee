"""Add an annotation: what `briefing add` and the editor in the preview share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from briefing.authoring import locate, new_entries
from briefing.authoring.edit.entries import Value
from briefing.authoring.found_entry import one_break_each, plain_value
from briefing.authoring.locate import Spot
from briefing.authoring.trial import OpenBriefing
from briefing.authoring.tried_change import ChangeRefusedError, TriedChange, readable, try_files
from briefing.model import AnnotationKey, Briefing
from briefing.model.places import Place

ASSUMED: Mapping[str, str] = {"status": "published", "kind": "direct"}
"""What a field says where it is left out; the rest of them says nothing then."""
LAST = ("tags", "status", "note")
"""The fields that a new entry ends with."""


# --- places -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChosenWords:
    """The words that an annotation is to be about, as an author gives or selects them."""

    words: tuple[str, ...]
    """Several are the parts that the source interrupts."""
    comment: str = ""
    """The id of the comment that they are in; empty for the source."""
    prefix: str = ""
    """The words just before, and `suffix` those just after, for words in one part."""
    suffix: str = ""
    number: int = 0
    """Which of several places is meant, counted from 1; 0 where there must be only one."""


def find_spot(briefing: Briefing, chosen: ChosenWords) -> Spot:
    """Return the one place that is meant.

    Raises ChangeRefusedError where there is none or several, with the problem that a check would report.
    """
    found = locate.look_up(briefing, chosen.words, chosen.comment, (chosen.prefix, chosen.suffix))
    if 0 < chosen.number <= len(found.spots):
        return found.spots[chosen.number - 1]
    if len(found.spots) == 1 and not chosen.number:
        return found.spots[0]
    if len(found.spots) > 1:
        help = "select a few words more, or say which place is meant"
        message = f"the words are in {len(found.spots)} places"
    else:
        help = "select words of the text as it now is"
        message = "the words are not in one place of the text"
    raise ChangeRefusedError(message, help, found.problems, {found.given.name: found.given}, lambda _: "target")


# --- adding -----------------------------------------------------------------------------------------------------


def add_entry(before: OpenBriefing, key: AnnotationKey, fields: Mapping[str, Any], chosen: ChosenWords) -> TriedChange:
    """Return the change that adds an annotation, with these fields, in its file and place.

    Without `id` it gets one from its words; a quotation without `kind` the one that its quotation marks show. Raises
    ChangeRefusedError, and EditError where the file has problems of its own.
    """
    briefing = readable(before)
    return add_at(before, key, fields, find_spot(briefing, chosen))


def add_at(before: OpenBriefing, key: AnnotationKey, fields: Mapping[str, Any], spot: Spot) -> TriedChange:
    """Do the same for words whose place is known."""
    briefing = readable(before)
    said = _said(fields)
    if key == "quotes" and not fields.get("kind"):
        kind = new_entries.quotation_kind(briefing, spot, str(said.get("speaker", "")))
        said = {"kind": kind, **said} if kind != ASSUMED["kind"] else said
    id = str(said.pop("id", "")) or _made_id(briefing, key, said, spot)
    entry: dict[str, Value] = {"id": id, "target": new_entries.selector_values(spot.selectors)}
    entry |= {"in": spot.comment} if spot.comment else {}
    entry |= {name: value for name, value in said.items() if name not in LAST}
    entry |= {name: said[name] for name in LAST if name in said}
    name = new_entries.home_file(before.checked.files, before.folder, key)
    old = before.checked.files.get(name) or new_entries.new_file(before.checked.files, name, before.folder)
    file, path = new_entries.with_entry(old, key, entry, briefing, spot)
    return try_files(before, {name: file.text}, id, Place(name, path))


def _made_id(briefing: Briefing, key: AnnotationKey, said: Mapping[str, Value], spot: Spot) -> str:
    kind = {"quotes": "quote", "figures": "figure"}.get(key, key)
    words = " ".join(selector.exact for selector in spot.selectors)
    naming = said.get({"figures": "label", "context": "title"}.get(key, "")) or words
    return new_entries.make_id(str(naming), kind, new_entries.used_ids(briefing))


def _said(fields: Mapping[str, Any]) -> dict[str, Value]:
    """Return the fields that say anything: without what is empty, and without what would be understood anyway."""
    plain = {name: plain_value(value) for name, value in fields.items() if name not in ("target", "in")}
    return {name: one_break_each(name, value) for name, value in plain.items() if value and value != ASSUMED.get(name)}
