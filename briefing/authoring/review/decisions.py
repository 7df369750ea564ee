"""What an author decides of a draft: keep it, change it, ignore it; each as a change that can be looked at and written.

To keep a draft publishes it, and is refused while anything in it is still to be filled in or wrong. What is ignored
goes under `ignore`, so that it is not drafted again; with a reason it is set aside, which readers are told. From there
it can be brought back.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from briefing.authoring import edit
from briefing.authoring.annotate import ChosenWords, add_entry
from briefing.authoring.change_entry import chosen_target, refuse_cited, withdrawal
from briefing.authoring.edit.entries import Value
from briefing.authoring.found_entry import FoundEntry, Marks, mark, plain_value
from briefing.authoring.new_entries import make_id, used_ids
from briefing.authoring.proposals import proposed_fields
from briefing.authoring.rebase import BY_REBASE
from briefing.authoring.review import PUT_OFF, IgnoredDraft, comments_above, find_draft, ignored_drafts
from briefing.authoring.review.open_fields import TODO_CODES
from briefing.authoring.suggest import OFFER, suggest
from briefing.authoring.trial import OpenBriefing
from briefing.authoring.tried_change import ChangeRefusedError, EntryChangedError, TriedChange, readable, try_files
from briefing.load.schema.fields import is_todo
from briefing.model import Briefing
from briefing.model.places import Problem, TextFile, one_line

_FEWEST_LETTERS = 3
"""Letters of a reason, in a script of one sign a word."""
_SETTLED = re.compile(rf"^[ \t]*#[ \t]?(?:{BY_REBASE}.*|{PUT_OFF}[ \t]*)(?:\r\n|[\r\n])", re.MULTILINE)
"""Comments above a draft that say nothing any more once it is decided on."""


def kept_draft(
    before: OpenBriefing,
    id: str,
    fields: Mapping[str, Any],
    seen: Marks | None = None,
    chosen: ChosenWords | None = None,
) -> TriedChange:
    """Return the change that publishes a draft, with other values in some fields and with the words that are `chosen`,
    if any; a check of it decides whether it can be kept. Raises EntryChangedError where the draft is not as it
    was `seen`, ChangeRefusedError for words that are nowhere and fields that there are not."""
    entry = find_draft(before, id, seen).entry
    settled = replace(entry, file=_without_remarks(entry))
    file = settled.with_fields({**_wanted(before, entry, fields, chosen), "status": "published"})
    return try_files(before, {file.name: file.text}, id, entry.place)


def keep(
    before: OpenBriefing,
    id: str,
    fields: Mapping[str, Any],
    seen: Marks | None = None,
    chosen: ChosenWords | None = None,
) -> TriedChange:
    """Return the change of `kept_draft`. Raises as that does, and ChangeRefusedError, with the problems, while anything
    in it is to be filled in or wrong, or anything elsewhere would become wrong."""
    change = kept_draft(before, id, fields, seen, chosen)
    stopping = [problem for problem in change.problems if _stops(change, problem)]
    if stopping:
        todos = all(problem.code in TODO_CODES for problem in stopping)
        help = "fill in what is open, then keep it" if todos else "correct it, then keep it"
        message = f"“{id}” cannot be published as it is"
        raise ChangeRefusedError(message, help, stopping, change.result.files, change.field_of)
    return change


def _stops(change: TriedChange, problem: Problem) -> bool:
    todo = problem.code in TODO_CODES and change.field_of(problem) is not None
    left = change.field_of(problem) is None and problem in change.left_over
    return todo or (problem.severity == "error" and not left)


def revise(
    before: OpenBriefing,
    id: str,
    fields: Mapping[str, Any],
    seen: Marks | None = None,
    chosen: ChosenWords | None = None,
) -> TriedChange:
    """Return the change that gives a draft other fields and words, and leaves it a draft. Raises as `kept_draft`
    does."""
    entry = find_draft(before, id, seen).entry
    wanted = _wanted(before, entry, {name: value for name, value in fields.items() if name != "status"}, chosen)
    file = entry.with_fields(wanted)
    return try_files(before, {file.name: file.text}, id, entry.place)


def put_off(before: OpenBriefing, id: str, seen: Marks | None = None) -> TriedChange:
    """Return the change that notes in its file, above a draft, that it was left for later; none where it was before, or
    where a comment has no room. Raises EntryChangedError where it is not as it was `seen`."""
    draft = find_draft(before, id, seen)
    entry = draft.entry
    file = entry.file if draft.put_off else edit.comment_above(entry.file, entry.path, PUT_OFF)
    return try_files(before, {file.name: file.text}, id, entry.place)


def _wanted(
    before: OpenBriefing, entry: FoundEntry, fields: Mapping[str, Any], chosen: ChosenWords | None
) -> dict[str, Value]:
    """Return the fields of an entry as they are to be. A name in dots is a field within a field: `allow.0.reason`."""
    if fields.get("id", entry.name) != entry.name:
        raise ChangeRefusedError("an id is not changed here", f"type: briefing rename {entry.name}")
    data = deepcopy(dict(entry.data))
    for name, value in fields.items():
        _put_at(data, name.split("."), value)
    wanted = {name: plain_value(data[name]) for name in dict.fromkeys(name.partition(".")[0] for name in fields)}
    return {**wanted, **(chosen_target(before, chosen) if chosen else {})}


def _put_at(data: Any, path: list[str], value: Any) -> None:
    """Set a value within lists and mappings. Raises ChangeRefusedError where there is no such field in them."""
    first, *rest = path
    inside = isinstance(data, list) and first.isdecimal() and int(first) < len(data)
    if not (inside or isinstance(data, dict)) or (rest and isinstance(data, dict) and first not in data):
        raise ChangeRefusedError(f"there is no field “{one_line(first)}” to fill in", "see the entry in its file")
    key = int(first) if inside else first
    if rest:
        _put_at(data[key], rest, value)
    else:
        data[key] = value


def ignore(
    before: OpenBriefing, id: str, day: datetime.date, reason: str = "", seen: Marks | None = None
) -> TriedChange:
    """Return the change that takes a draft out and names its words under `ignore`, so that it is not drafted again.

    Without a reason it is as if it had not been drafted: readers are told nothing. What they could see before a rebase
    is withdrawn on this day instead, and needs one. Raises ChangeRefusedError where that is missing or says nothing,
    and where something cites the draft.
    """
    draft, reason = find_draft(before, id, seen), " ".join(reason.split())
    if draft.was_published and not reason:
        raise ChangeRefusedError("there is no reason", "readers have seen it: say in a few words why it is taken back")
    if reason and (sum(map(str.isalnum, reason)) < _FEWEST_LETTERS or is_todo(reason)):
        raise ChangeRefusedError("this is no reason", "say in a few words why, or give none")
    refuse_cited(before, id, "ignored")
    entry = draft.entry
    without = edit.remove(_without_remarks(entry), entry.path)
    if draft.was_published:
        withdrawn = edit.insert(without, ("withdrawn",), withdrawal(entry, reason, day))
        return try_files(before, {withdrawn.name: withdrawn.text}, id)
    if draft.shown:
        said: dict[str, Value] = {"target": plain_value(entry.data["target"]), "as": str(entry.path[0])}
        said |= {"in": draft.comment} if draft.comment else {}
        said |= {"reason": reason} if reason else {}
        aside = edit.insert(without, ("ignore",), said)
        change = try_files(before, {aside.name: aside.text}, id)
        if not any(problem.code == "ignored-annotated" for problem in change.errors):
            return change
    # its words are nowhere, or another annotation has them: neither would be drafted again
    return try_files(before, {without.name: without.text}, id)


def _without_remarks(entry: FoundEntry) -> TextFile:
    """Return the file without what a rebase and “later” have left above an entry, which is settled; other comments
    stay."""
    text, above = entry.file.text, comments_above(entry)
    kept = text[: above.start] + _SETTLED.sub("", above.of(text)) + text[above.end :]
    return edit.parsed(TextFile(entry.file.name, kept)).file


# --- bringing back ----------------------------------------------------------------------------------------------


def bring_back(before: OpenBriefing, name: str) -> TriedChange:
    """Return the change that makes a draft again of the words of one that was ignored, by its name in
    `ignored_drafts`; a reason that readers were told goes with it.

    The draft is the one that the rules make of these words; of others, such as those of a comment, what its author
    would begin with. Raises EntryChangedError where there is none of this name any more, and ChangeRefusedError where
    the words are in no place of the text, or in several, or do not say the value of a figure.
    """
    ignored = next((each for each in ignored_drafts(before) if each.name == name), None)
    if ignored is None:
        raise EntryChangedError("this is not among what was ignored any more", "look at the list again")
    file = edit.remove(ignored.entry.file, ignored.entry.path)
    freed = OpenBriefing(before.docs, try_files(before, {file.name: file.text}, "").result, before.registers)
    draft = _as_drafted(readable(freed), ignored)
    if draft:
        file = edit.insert(file, (ignored.key,), draft)
        return try_files(before, {file.name: file.text}, str(draft["id"]))
    made = _begun(freed, ignored)
    return try_files(before, {file.name: file.text, **made.contents}, made.id)


def _as_drafted(briefing: Briefing, ignored: IgnoredDraft) -> dict[str, Value]:
    """Return what the rules draft of the words; empty where that is nothing. Who is not among the people stays open."""
    if ignored.comment or briefing.source.language == "und":
        return {}
    found = suggest(briefing, every_number=True)
    groups = {"quotes": found.quotes, "figures": found.figures, "context": found.context}
    same = mark(ignored.entry.data["target"])
    draft = next((dict(each) for each in groups[ignored.key] if mark(each["target"]) == same), {})
    known = briefing.people.keys() & briefing.roles.keys()
    return {
        key: value
        for key, value in draft.items()
        if key not in ("speaker", "via") or str(value).removeprefix(OFFER) in known
    }


def _begun(freed: OpenBriefing, ignored: IgnoredDraft) -> TriedChange:
    """Return the change that adds a draft with what the words say by themselves."""
    parts = ignored.selectors
    words = tuple(each.exact for each in parts)
    around = (parts[0].prefix, parts[0].suffix) if len(parts) == 1 else ("", "")
    chosen = ChosenWords(words, ignored.comment, *around)
    settled = proposed_fields(readable(freed), ignored.key, chosen)
    if ignored.key == "figures" and "value" not in settled:
        raise ChangeRefusedError("what its words say is not known any more", "annotate them anew, in the text")
    id = make_id(ignored.words, "figure", used_ids(readable(freed)))
    open_: Mapping[str, dict[str, Value]] = {
        "quotes": {},
        "figures": {"id": id, "label": "TODO", "basis": "reported"},
        "context": {"title": ignored.words, "note": "TODO"},
    }
    return add_entry(freed, ignored.key, {**open_[ignored.key], **settled, "status": "draft"}, chosen)
