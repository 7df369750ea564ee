"""Put works and excerpts into references.yml: new text of the file, checked before it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from briefing.authoring import edit
from briefing.authoring.edit.entries import START, Value
from briefing.authoring.new_entries import MODELINE, used_ids
from briefing.authoring.references.works import FoundWork, WorkError, entry_of, id_of, known_as
from briefing.authoring.trial import OpenBriefing
from briefing.authoring.tried_change import TriedChange, readable, try_files
from briefing.load.schema.formats import ID
from briefing.model.places import Place, TextFile
from briefing.text import language
from briefing.text.marked_passages import marked

NAME = "references.yml"


@dataclass(frozen=True, slots=True)
class AddedWorks:
    """What adding works would make of a briefing."""

    change: TriedChange
    added: tuple[str, ...]
    """The ids of the new references."""
    known: tuple[str, ...]
    """The ids of those that were there already; excerpts go to them, too."""


def add_works(
    opened: OpenBriefing,
    works: Sequence[FoundWork],
    *,
    id: str = "",
    excerpts: Sequence[tuple[str, str]] = (),
    checked: str = "",
    from_number: bool = False,
) -> AddedWorks:
    """Return references.yml with works at its end, those left out that it has.

    An `id` and `excerpts` (words as the work has them, and where) are for one work. `checked` is the day on which it
    was read. Raises WorkError, EditError and ChangeRefusedError.
    """
    briefing = readable(opened)
    _refuse_wrong(works, id, excerpts)
    there = [known_as(work, briefing.references) for work in works]
    fresh, used, file = [], used_ids(briefing), _present(opened)
    for work in (work for work, known in zip(works, there, strict=True) if not known):
        entry = entry_of(work, id or id_of(work, used), from_number=from_number)
        used.add(str(entry["id"]))
        headline = [(work.title, "")] if marked(work.title, language(briefing.language)) else []
        found = [_excerpt(*each) for each in (*headline, *excerpts)]  # what a headline quotes is in no other record
        more: dict[str, Value] = {"checked": checked, "excerpts": found}
        fresh.append({**entry, **{key: value for key, value in more.items() if value}})
    added = tuple(str(entry["id"]) for entry in fresh)
    known = tuple(filter(None, there))
    if fresh:
        file = edit.insert_all(file, ("references",), fresh)
    elif excerpts:
        file = _with_excerpts(file, known[0], excerpts)
    about = (*added, *known)[0]
    # what is asked for of a number is a TODO that its author wants written, also in what is published
    left = frozenset({"todo-published"}) if from_number else frozenset[str]()
    change = try_files(opened, {file.name: file.text}, about, _place_of(file, about), left=left)
    return AddedWorks(change, added, known)


def _refuse_wrong(works: Sequence[FoundWork], id: str, excerpts: Sequence[tuple[str, str]]) -> None:
    if len(works) != 1 and (id or excerpts):
        raise WorkError(f"an id and excerpts are for one work, and these are {len(works)}: choose one")
    if id and not ID.fullmatch(id):
        raise WorkError(f"“{id}” cannot be an id: use a–z, 0–9 and hyphens, beginning with a letter")


def add_excerpts(opened: OpenBriefing, id: str, excerpts: Sequence[tuple[str, str]]) -> TriedChange:
    """Return references.yml with further excerpts of a work that is in it. Raises WorkError and EditError."""
    file = _with_excerpts(_present(opened), id, excerpts)
    return try_files(opened, {file.name: file.text}, id, _place_of(file, id))


def _with_excerpts(file: TextFile, id: str, excerpts: Sequence[tuple[str, str]]) -> TextFile:
    place = _place_of(file, id)
    if place is None:
        raise WorkError(f"there is no reference “{id}”")
    entries: list[Value] = [_excerpt(*each) for each in excerpts]
    return edit.insert_all(file, (*place.path, "excerpts"), entries)


def _excerpt(words: str, where: str) -> Value:
    fields = {"exact": words, "where": where}
    return {key: value for key, value in fields.items() if value}


def _place_of(file: TextFile, id: str) -> Place | None:
    data = edit.parsed(file).data
    entries = data.get("references") if isinstance(data, dict) else None
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict) and str(entry.get("id")) == id:
            return Place(file.name, ("references", number))
    return None


def _present(opened: OpenBriefing) -> TextFile:
    """Return the file as it is, or a new one, whose first line names the schema if briefing.yml does."""
    name = f"{opened.folder}{NAME}"
    files = opened.checked.files
    if name in files:
        return files[name]
    main = files.get(f"{opened.folder}briefing.yml")
    found = MODELINE.match(main.text) if main else None
    return TextFile(name, f"{START}{found[1]}references.schema.json\n" if found else "")
