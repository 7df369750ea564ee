"""Puts suggestions into a briefing's files: into annotations/suggested.yml, people.yml and `people` of briefing.yml.

Nothing that the author wrote is changed. The result is first checked in a copy of the folder: where the check does not
agree on the speaker, that is left open; another draft that it would not accept is dropped; and unless the copy is as
sound as the folder is, nothing is written at all.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing import load
from briefing.authoring import edit
from briefing.authoring.add import new_file
from briefing.authoring.suggest.draft import Suggestions, suggest
from briefing.model.places import Problem, TextFile
from briefing.pipeline import build
from briefing.pipeline.briefing_build import BriefingBuild

FILE = "annotations/suggested.yml"
PEOPLE = "people.yml"
MAIN = "briefing.yml"
HEADER = """\
# Drafted by `briefing suggest` from the words of the source. Nothing here is on the site until its `status` is
# `published`: review each entry, correct or delete it. What is never to be drafted again goes under `ignore`.
"""
SPEAKER = ("wrong-speaker", "speaker-not-named", "via-missing")
"""What the check finds where a draft names the wrong speaker; the author is then to say who it is."""
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
    dropped: int
    """Drafts that the check did not accept."""


def plan(docs: Path, path: str) -> DraftPlan:
    """What there is to suggest for the briefing in a folder. SuggestError where the folder cannot be read."""
    checked = build.check_alone(docs, path)
    if checked.briefing is None:
        raise SuggestError(f"{path} cannot be read; `briefing check` says why")
    suggestions, dropped = suggest(checked.briefing), 0
    for _ in range(ROUNDS):
        if suggestions.empty:
            return DraftPlan(path, suggestions, {}, dropped)
        files = _files(docs, checked, suggestions)
        wrong = _new_problems(docs, checked, files)
        if not wrong:
            return DraftPlan(path, suggestions, files, dropped)
        written = next(TextFile(name, text) for name, text in files.items() if name.endswith(FILE))
        unsure = _drafts_in((each for each in wrong if each.code in SPEAKER), written, suggestions)
        ids = _drafts_in((each for each in wrong if each.code not in SPEAKER), written, suggestions)
        if not ids and not unsure:
            raise SuggestError(f"the drafts for {path} would not pass the check: {wrong[0].message}")
        suggestions, dropped = suggestions.without(ids, unsure), dropped + len(ids)
    raise SuggestError(f"the drafts for {path} would not pass the check: {wrong[0].message}")


def write(docs: Path, planned: DraftPlan) -> None:
    """Write all files of a plan, or none. OSError where the disk refuses."""
    edit.write_all({docs / name: text.encode() for name, text in planned.files.items()}, inside=docs)


def _files(docs: Path, checked: BriefingBuild, suggestions: Suggestions) -> Mapping[str, str]:
    """The new texts of the files."""
    folder = "" if checked.path == "." else f"{checked.path}/"
    new: dict[str, str] = {}
    try:
        drafted = _file(docs, folder + FILE, new_file(checked.files, folder + FILE, folder).text + HEADER)
        for key, entries in (
            ("quotes", suggestions.quotes),
            ("figures", suggestions.figures),
            ("context", suggestions.context),
        ):
            drafted = _with_entries(drafted, key, [dict(entry) for entry in entries])
        new[drafted.name] = drafted.text
        if suggestions.people:
            people = _file(docs, PEOPLE, "")
            for id, entry in suggestions.people.items():
                people = edit.set_field(people, (), id, entry)
            new[PEOPLE] = people.text
        if suggestions.roles:
            main = _file(docs, folder + MAIN, "")
            for id, role in suggestions.roles.items():
                main = edit.set_field(main, ("people",), id, role)
            new[main.name] = main.text
    except edit.EditError as error:
        raise SuggestError(str(error)) from error
    return new


def _with_entries(file: TextFile, key: str, entries: list[dict[str, edit.Value]]) -> TextFile:
    """The file with new entries at the end of a list."""
    data = edit.parsed(file).data if file.text.strip() else None
    if entries and not (isinstance(data, dict) and data.get(key)):
        return edit.set_field(file, (), key, entries)
    for entry in entries:
        file = edit.insert(file, (key,), entry)
    return file


def _file(docs: Path, name: str, otherwise: str) -> TextFile:
    """A file's text as it is; some other text where there is no such file."""
    try:
        return TextFile(name, (docs / name).read_bytes().decode())
    except FileNotFoundError:
        return TextFile(name, otherwise)
    except (OSError, UnicodeDecodeError) as error:
        raise SuggestError(f"{name} cannot be read: {error}") from error


def _new_problems(docs: Path, checked: BriefingBuild, files: Mapping[str, str]) -> list[Problem]:
    """What the check finds in a copy of the folder with the new files that it does not find today."""
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        shutil.copytree(docs / checked.path, copy / checked.path, symlinks=True)
        for register in load.REGISTERS:
            if (docs / register).is_file() and checked.path != ".":
                shutil.copyfile(docs / register, copy / register)
        for file, text in files.items():
            (copy / file).parent.mkdir(parents=True, exist_ok=True)
            (copy / file).write_bytes(text.encode())
        again = build.check_alone(copy, checked.path)
    before = Counter((problem.code, problem.message, problem.at.file) for problem in checked.problems)
    found = []
    for problem in (each for each in again.problems if each.code != "todo-left"):  # a draft may have a TODO
        key = problem.code, problem.message, problem.at.file
        if before[key]:
            before[key] -= 1
        else:
            found.append(problem)
    return found


def _drafts_in(problems: Iterable[Problem], written: TextFile, suggestions: Suggestions) -> frozenset[str]:
    """The ids of the drafts that problems stand in, or name, in the file of drafts as it would be."""
    groups = {"quotes": suggestions.quotes, "figures": suggestions.figures, "context": suggestions.context}
    data: Any = edit.parsed(written).data
    found = set()
    for problem in (each for each in problems if each.at.file == written.name and len(each.at.path) > 1):
        key, index = problem.at.path[:2]
        drafted = {str(entry["id"]) for entry in groups.get(str(key), ())}
        found |= {id for id in drafted if id == data[key][index].get("id") or f"“{id}”" in problem.message}
    return frozenset(found)
