"""Put suggestions into a briefing's files: annotations/suggested.yml, people.yml, and `people` of briefing.yml.

Nothing that the author wrote is changed. The result is checked first: where the check does not agree on the speaker,
that is left open; another draft that it would not accept is dropped; and unless the result is as sound as the folder
is, nothing is written at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing import load
from briefing.anchor.diagnose import short
from briefing.authoring import edit
from briefing.authoring.edit.files import Content, write_all
from briefing.authoring.new_entries import new_file
from briefing.authoring.suggest import Entry, Suggestions, suggest
from briefing.authoring.trial import as_read, check_with, new_problems
from briefing.model import Briefing
from briefing.model.places import Problem, TextFile, one_line
from briefing.pipeline import checking
from briefing.pipeline.briefing_build import BriefingBuild

FILE = "annotations/suggested.yml"
PEOPLE = "people.yml"
MAIN = "briefing.yml"
HEADER = """\
# Drafted by `briefing suggest` from the words of the source. Nothing of this is on the site before you keep it:
# `briefing review` shows each entry beside its words. What you ignore there is never drafted again.
"""
SPEAKER = ("wrong-speaker", "speaker-not-named", "via-missing")
"""What the check finds where a draft names the wrong speaker; the author then says who it is."""
ROUNDS = 4
"""Times that drafts are dropped because the check found something in them, before giving up."""


class SuggestError(Exception):
    """No drafts can be written; says why, for an author."""


@dataclass(frozen=True, slots=True)
class DraftPlan:
    """What a run would write."""

    path: str
    """The briefing's folder, relative to the docs folder."""
    suggestions: Suggestions
    files: Mapping[str, str]
    """The new text of each file that changes, by name relative to the docs folder."""
    dropped: Sequence[tuple[str, str]]
    """The words of each draft that the check did not accept, in one line, and why."""
    was: Mapping[Path, Content | None]
    """The text of each file that they rest on, as it was read."""


def status_of(docs: Path, path: str) -> str:
    """Return the status of the briefing in a folder; empty where it cannot be read."""
    people = load.load_people(docs)
    loaded = load.load_briefing(docs, path, people.people, people.unread)
    return loaded.briefing.status if loaded.briefing else ""


def plan_drafts(docs: Path, path: str, *, every_number: bool = False) -> DraftPlan:
    """Return what there is to suggest for the briefing in a folder, as `suggest` does.

    SuggestError where the folder cannot be read, or the language of its source is not known.
    """
    present = _read_texts(docs, _folder(path))
    checked = checking.check_alone(docs, path)
    was = {**as_read(docs, checked), **{docs / name: text for name, text in present.items()}}
    suggestions, dropped = suggest(_readable_briefing(checked), every_number=every_number), list[tuple[str, str]]()
    for _ in range(ROUNDS):
        if suggestions.empty:
            return DraftPlan(path, suggestions, {}, dropped, was)
        files = _new_texts(present, checked, suggestions.decided())
        wrong = _problems_with(docs, checked, files)
        if not wrong:
            return DraftPlan(path, suggestions, _new_texts(present, checked, suggestions), dropped, was)
        drafted = TextFile(_folder(path) + FILE, files[_folder(path) + FILE])
        unsure = _drafts_with((each for each in wrong if each.code in SPEAKER), drafted, suggestions)
        ids = _drafts_with((each for each in wrong if each.code not in SPEAKER), drafted, suggestions)
        if not ids and not unsure:
            break
        words = {str(each["id"]): _words_of(each) for group in _groups_of(suggestions).values() for each in group}
        dropped += ((words[id], message) for id, message in ids.items())
        suggestions = suggestions.without(frozenset(ids), frozenset(unsure))
    raise SuggestError(f"the drafts for {path} would not pass the check: {wrong[0].message}")


def _readable_briefing(checked: BriefingBuild) -> Briefing:
    """Return the briefing; SuggestError where there is none, where the language of its source is not known, or where an
    entry of people.yml was left out."""
    if checked.briefing is None:
        raise SuggestError(f"{checked.path} cannot be read; `briefing check` says why")
    if checked.briefing.source.language == "und":
        raise SuggestError(
            f"the language of the source of {checked.path} is not known, and numbers read without it would be cut "
            f"short; in {_folder(checked.path)}{MAIN}, write the language that you write in, and under `source` that "
            "of the source, if another"
        )
    if checked.briefing.unread.lacks("people"):
        raise SuggestError(
            f"an entry of {PEOPLE} cannot be read, and whoever it is would be drafted as somebody new; "
            "`briefing check` says what is wrong there"
        )
    return checked.briefing


def _folder(path: str) -> str:
    """Return what the names of a briefing's files begin with, relative to the docs folder."""
    return "" if path == "." else f"{path}/"


def _problems_with(docs: Path, checked: BriefingBuild, files: Mapping[str, str]) -> list[Problem]:
    """Return what the check finds with the new files that it does not find today; a draft may have a TODO."""
    after = check_with(docs, checked, {name: text.encode() for name, text in files.items()})
    return [problem for problem in new_problems(checked, after) if problem.code != "todo-left"]


def write_drafts(docs: Path, planned: DraftPlan) -> None:
    """Write all files of a plan, or none. OSError where the disk refuses."""
    write_all({docs / name: text for name, text in planned.files.items()}, was=planned.was, inside=docs)


def _new_texts(
    present: Mapping[str, str | None], checked: BriefingBuild, suggestions: Suggestions
) -> Mapping[str, str]:
    """Return the new texts of the files; `present` are those that are there."""
    folder = _folder(checked.path)
    try:
        started = present[folder + FILE]
        if started is None:
            started = new_file(checked.files, folder + FILE, folder).text + HEADER
        drafted = TextFile(folder + FILE, started)
        for key, entries in _groups_of(suggestions).items():
            if entries:
                drafted = edit.insert_all(drafted, (key,), [dict(entry) for entry in entries])
        files = [drafted]
        for name, path, fields in ((PEOPLE, (), suggestions.people), (folder + MAIN, ("people",), suggestions.roles)):
            if fields:
                file = TextFile(name, present[name] or "")
                for id, value in fields.items():
                    file = edit.add_field(file, path, id, value)
                files.append(file)
    except edit.EditError as error:
        raise SuggestError(str(error)) from error
    return {file.name: file.text for file in files}


def _groups_of(suggestions: Suggestions) -> Mapping[str, tuple[Entry, ...]]:
    return {"quotes": suggestions.quotes, "figures": suggestions.figures, "context": suggestions.context}


def _read_texts(docs: Path, folder: str) -> dict[str, str | None]:
    """Return the texts of the files that drafts go to, as they are; None where there is no such file."""
    found: dict[str, str | None] = {}
    for name in (folder + FILE, PEOPLE, folder + MAIN):
        if (docs / name).exists() and not (docs / name).is_file():  # a pipe would be waited for without end
            raise SuggestError(f"{name} is no ordinary file; rename it, and put a file in its place")
        try:
            found[name] = (docs / name).read_bytes().decode("utf-8-sig")
        except FileNotFoundError:
            found[name] = None
        except (OSError, UnicodeDecodeError) as error:
            raise SuggestError(f"{name} cannot be read: {error}") from error
    return found


def _words_of(entry: Entry) -> str:
    """Return the words that a draft is about, shortened to a line."""
    target = entry["target"]
    parts = target if isinstance(target, list) else [target]
    return short(" … ".join(str(part.get("exact", "") if isinstance(part, Mapping) else part) for part in parts))


def _drafts_with(problems: Iterable[Problem], written: TextFile, suggestions: Suggestions) -> dict[str, str]:
    """Return the ids of the drafts that problems are in, or name, in the file of drafts as it would be, and what each
    problem is."""
    data: Any = edit.parsed(written).data
    found: dict[str, str] = {}
    for problem in (each for each in problems if each.at.file == written.name and len(each.at.path) > 1):
        key, index = problem.at.path[:2]
        drafted = {str(entry["id"]) for entry in _groups_of(suggestions).get(str(key), ())}
        meant = (id for id in drafted if id == data[key][index].get("id") or f"“{id}”" in problem.message)
        found = {**dict.fromkeys(meant, one_line(problem.message)), **found}
    return found
