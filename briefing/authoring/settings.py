"""What an author says of a briefing itself, in briefing.yml and comments.yml, and of what all briefings share: people
and measures."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from briefing.authoring import edit
from briefing.authoring.edit.entries import Value
from briefing.authoring.found_entry import FoundEntry, Marks, plain_value
from briefing.authoring.new_entries import as_role, free_id, make_id
from briefing.authoring.trial import OpenBriefing, new_problems
from briefing.authoring.tried_change import JUDGED, ChangeRefusedError, TriedChange, readable, try_files
from briefing.authoring.vocabulary import forms
from briefing.load.folder_files import ANNOTATIONS
from briefing.load.site_files import find_briefings
from briefing.load.yaml import Map
from briefing.model.places import NodePath, Place, TextFile, one_line
from briefing.text.filing import untitled

PEOPLE, MEASURES = "people.yml", "measures.yml"
_CALLED = {PEOPLE: "people", MEASURES: "measures"}
SCOPE = "scope"
"""The field of comments.yml that is among those of the briefing."""


def find_settings(opened: OpenBriefing) -> FoundEntry:
    """Return briefing.yml, with what comments.yml says of all comments. Raises ChangeRefusedError where there is
    none."""
    main = _mapping(opened, f"{opened.folder}briefing.yml", ())
    comments = opened.files.get(f"{opened.folder}comments.yml")
    scope = {SCOPE: edit.bare(edit.parsed(comments).data).get(SCOPE)} if comments else {}
    return FoundEntry(main.file, (), {**main.data, **scope}, {"status": "draft"})


def change_settings(before: OpenBriefing, fields: Mapping[str, Any], seen: Marks | None = None) -> TriedChange:
    """Return the change that gives the briefing other fields; those that are not named, and what no form shows of the
    source, stay. Raises what `FoundEntry.with_fields` does."""
    found = find_settings(before)
    wanted = {name: plain_value(value) for name, value in fields.items()}
    source, shown = found.data.get("source"), _shown_of_source()
    if isinstance(source, Mapping) and isinstance(given := wanted.get("source"), Mapping):
        wanted["source"] = {**{name: value for name, value in source.items() if name not in shown}, **given}
    scope = wanted.pop(SCOPE, None)
    contents = {found.file.name: found.with_fields(wanted, seen).text}
    if scope is not None and SCOPE in found.data:
        comments = _mapping(before, f"{before.folder}comments.yml", ())
        contents[comments.file.name] = comments.with_fields({SCOPE: scope}, seen).text
    return try_files(before, contents, "", Place(found.file.name))


def _shown_of_source() -> set[str]:
    source = next(form for form in forms()["briefing"] if form.name == "source")
    return {form.name for form in source.fields}


def _mapping(opened: OpenBriefing, name: str, path: NodePath) -> FoundEntry:
    """Return the mapping at a path of a file; an empty one where there is no such file or path."""
    file = opened.files.get(name, TextFile(name, ""))
    tree = edit.parsed(file)
    data: Any = tree.data
    for part in path:
        data = data.get(str(part)) if isinstance(data, Map) else None
    return FoundEntry(tree.file, path, edit.bare(data) if isinstance(data, Map) else {})


# --- people -----------------------------------------------------------------------------------------------------


def find_person(opened: OpenBriefing, id: str) -> FoundEntry:
    """Return the entry of somebody in people.yml, with the `role` in this briefing. Raises ChangeRefusedError where
    there is none."""
    people, roles = _mapping(opened, PEOPLE, ()), _mapping(opened, f"{opened.folder}briefing.yml", ("people",))
    if id not in people.data:
        raise ChangeRefusedError(f"there is nobody “{one_line(id)}” among the people", "load the page again")
    told, role = people.data[id], roles.data.get(id)
    data = dict(told) if isinstance(told, Mapping) else {"name": told}
    role = role.get("role") if isinstance(role, Mapping) else role
    return FoundEntry(people.file, (id,), {**data, **({"role": role} if role else {})})


def put_person(before: OpenBriefing, id: str, fields: Mapping[str, Any], seen: Marks | None = None) -> TriedChange:
    """Return the change that adds somebody to people.yml and to the people of the briefing, or gives an entry other
    fields: without `id` somebody new, whose id is made from the name.

    Raises what `FoundEntry.with_fields` does.
    """
    readable(before)
    wanted = {name: plain_value(value) for name, value in fields.items()}
    name = str(wanted.get("name", ""))
    words = name if wanted.get("kind") == "organisation" else " ".join(untitled(name).split()[-1:])  # the surname
    found = _found_or_new(before, PEOPLE, find_person, id, wanted, make_id(words, "person", ()))
    id, role = found.name, wanted.pop("role", None)
    if not found.data and isinstance(role, str):
        role = as_role(role)
    people_file = _with_person(found, id, wanted, seen)
    main = _with_role(before, found, id, role, seen)
    # somebody new may be who speaks elsewhere, too, and has to be there before that can be said
    joins = not (found.data and id in readable(before).roles)
    later = JUDGED if joins else frozenset[str]()
    return try_files(before, {PEOPLE: people_file.text, main.name: main.text}, id, found.place, left_elsewhere=later)


def remove_person(before: OpenBriefing, id: str) -> TriedChange:
    """Return the change that takes somebody out of the people of the briefing, and out of people.yml where no other
    briefing has the id. Raises ChangeRefusedError where something here refers to them."""
    found, main = find_person(before, id), _mapping(before, f"{before.folder}briefing.yml", ("people",))
    contents = {main.file.name: edit.remove(main.file, ("people", id)).text} if id in main.data else {}
    if not _is_used_elsewhere(before, id):
        contents[PEOPLE] = edit.remove(found.file, (id,)).text
    if not contents:
        raise ChangeRefusedError(f"“{id}” is among the people of another briefing", "take it out there first")
    change = try_files(before, contents, id)
    lost = [one for one in new_problems(before.checked, change.result) if one.code == "unknown-person"]
    if lost:
        where = change.other_words(lost[0])
        place = f"“{where}”" if where else lost[0].at.file
        more = f" and {len(lost) - 1} more refer" if lost[1:] else " refers"
        raise ChangeRefusedError(f"“{id}” cannot be removed: {place}{more} to this person", "change that first")
    return change


def _is_used_elsewhere(before: OpenBriefing, id: str) -> bool:
    """Return whether the files of another briefing have an id."""
    word = re.compile(rf"(?<![\w-]){re.escape(id)}(?![\w-])")
    others = (path for path in find_briefings(before.docs) if path != before.checked.path)
    return any(
        word.search(file.read_text("utf-8", "replace"))
        for path in others
        for file in (*(before.docs / path).glob("*.yml"), *(before.docs / path / ANNOTATIONS).glob("*.yml"))
    )


def _found_or_new(
    before: OpenBriefing,
    file: str,
    find: Callable[[OpenBriefing, str], FoundEntry],
    id: str,
    wanted: dict[str, Value],
    fresh: str,
) -> FoundEntry:
    """Return the entry of an id, or without one an empty entry for what is new in a register: its id is the one that is
    `wanted`, which is taken out of there, or `fresh`. Raises ChangeRefusedError where that is none for it."""
    own = str(wanted.pop("id", ""))
    if id and own not in ("", id):
        raise ChangeRefusedError("an id is not changed here", f"type: briefing rename {id}")
    if id:
        return find(before, id)
    register = _mapping(before, file, ())
    id = own or free_id(fresh, register.data)
    if id in register.data:
        raise ChangeRefusedError(
            f"“{id}” is among the {_CALLED[file]} already", "choose that entry, or write another id"
        )
    return FoundEntry(register.file, (id,), {})


def _with_person(found: FoundEntry, id: str, wanted: Mapping[str, Value], seen: Marks | None) -> TextFile:
    """Return people.yml with an entry: a new one, a name alone made whole, or one with other fields."""
    if (id, "name") in found.file.nodes:
        return found.with_fields(wanted, seen)
    said = {name: value for name, value in {**found.data, **wanted}.items() if value and name != "role"}
    alone = found.data and said.keys() == {"name"}
    return edit.set_field(found.file, (), id, said["name"] if alone else said)


def _with_role(before: OpenBriefing, found: FoundEntry, id: str, role: Value | None, seen: Marks | None) -> TextFile:
    """Return briefing.yml with somebody among its people, in this role where one is given."""
    roles = _mapping(before, f"{before.folder}briefing.yml", ("people",))
    if id not in roles.data:
        return edit.set_field(roles.file, ("people",), id, role or {})
    if role is None:
        return roles.file
    told = FoundEntry(roles.file, ("people",), {"role": found.data.get("role", "")})
    if not told.changes({"role": role}, seen):
        return told.file
    inner = isinstance(roles.data[id], Mapping) and "role" in roles.data[id]
    path: NodePath = ("people", id) if inner else ("people",)
    return edit.set_field(roles.file, path, "role" if inner else id, role or {})


# --- measures ---------------------------------------------------------------------------------------------------


def find_measure(opened: OpenBriefing, id: str) -> FoundEntry:
    """Return an entry of measures.yml. Raises ChangeRefusedError where there is none."""
    measures = _mapping(opened, MEASURES, ())
    if id not in measures.data:
        raise ChangeRefusedError(f"there is no measure “{one_line(id)}” any more", "load the page again")
    told = measures.data[id]
    return FoundEntry(measures.file, (id,), dict(told) if isinstance(told, Mapping) else {})


def put_measure(before: OpenBriefing, id: str, fields: Mapping[str, Any], seen: Marks | None = None) -> TriedChange:
    """Return the change that adds a measure to measures.yml, or gives one other fields: without `id` something new,
    whose id is made from the label. Raises what `FoundEntry.with_fields` does."""
    readable(before)
    wanted = {name: plain_value(value) for name, value in fields.items()}
    fresh = make_id(str(wanted.get("label", "")), "measure", ())
    found = _found_or_new(before, MEASURES, find_measure, id, wanted, fresh)
    said = {name: value for name, value in wanted.items() if value}
    file = found.with_fields(wanted, seen) if found.data else edit.set_field(found.file, (), found.name, said)
    return try_files(before, {MEASURES: file.text}, found.name, found.place)
