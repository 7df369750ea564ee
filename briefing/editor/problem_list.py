"""All that a check finds in a briefing, each with where an author can do something about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from briefing.authoring import edit
from briefing.authoring.change_entry import LISTS, REFERENCES, annotation_files, entries_of, reference_files
from briefing.authoring.settings import MEASURES, PEOPLE, SCOPE
from briefing.authoring.trial import OpenBriefing
from briefing.authoring.vocabulary import forms, words_for
from briefing.editor.form_words import form_words, label_of
from briefing.editor.interface import Arguments, EditSession, Operation, problem_rows
from briefing.load.commenter_names import CODE
from briefing.model import Briefing
from briefing.model.places import Problem, TextFile
from briefing.pipeline.briefing_build import BriefingBuild
from briefing.preview.router import OWN
from briefing.report import is_draft_todo

Answered = Mapping[str, Any]
EntryIds = Mapping[tuple[str, tuple[str | int, ...]], str]
"""The id of each entry that has one, by its file and path."""
_REGISTERS = {PEOPLE: "person", MEASURES: "measure"}
"""The kinds of what has a form of its own, by the file that all briefings share."""


def list_problems(session: EditSession, asked: Arguments) -> Answered:
    """Return every problem of a briefing, errors first, and last what is still to be filled in; of that, what is in a
    `draft` comes after all else, as it can stay so.

    Each has its `form` (`id`, `kind` and `field` of what is opened for it, for an annotation with the `words` that tell
    which one it is) or the address of the page, as `href`, where
    it is dealt with; neither where that is its file alone.
    """
    opened = session.open(asked.text("briefing"))
    return {"problems": listed(opened, opened.checked, opened.files)}


def listed(
    opened: OpenBriefing,
    checked: BriefingBuild,
    files: Mapping[str, TextFile],
    only: Sequence[Problem] | None = None,
) -> list[dict[str, Any]]:
    """Return the rows of what a check has found in a briefing as it is, or as it would be with a change: all, or `only`
    some. What a form opens for is said in the words of a form."""

    def is_draft(one: Problem) -> bool:
        return is_draft_todo((one, files, ""))

    problems = sorted(
        checked.problems if only is None else only,
        key=lambda one: (one.severity != "error", one.code == "todo-left", is_draft(one)),
    )
    ids = {(file, path): id for file, path, id in _entry_ids(opened)}
    names = {person.id: person.name for person in checked.briefing.people.values()} if checked.briefing else {}
    words = {each.id: words_for(each) for each in checked.briefing.annotations} if checked.briefing else {}
    rows = problem_rows(problems, files)
    found = [
        {**row, **_in_place(opened, one, ids, names), "draft": is_draft(one)}
        for one, row in zip(problems, rows, strict=True)
    ]
    for row in found:
        if (form := row.get("form")) and form["id"] in words:
            form["words"] = words[form["id"]]
    return found


def _in_place(opened: OpenBriefing, problem: Problem, ids: EntryIds, names: Mapping[str, str]) -> dict[str, Any]:
    """Return where a problem is dealt with, and its words there where it is in a form."""
    home, path = _home_of(opened, problem, ids), problem.at.path
    if "form" not in home:
        return home
    kind = home["form"]["kind"] or str(path[0])
    said = form_words(problem, kind, names)
    label = label_of(kind, home["form"]["field"])
    return {**home, **said, "message": f"{label}: {said['message']}" if label else said["message"]}


def _entry_ids(opened: OpenBriefing) -> Iterator[tuple[str, tuple[str | int, ...], str]]:
    """Yield the file, the path and the id of each entry that has one."""
    for file in (*annotation_files(opened), *reference_files(opened)):
        try:
            entries = list(entries_of(file, (*LISTS, *REFERENCES)))
        except edit.EditError:
            continue  # that it cannot be read is a problem in the list
        yield from ((file.name, entry.path[:2], str(entry.data["id"])) for entry in entries if entry.data.get("id"))


def _home_of(opened: OpenBriefing, problem: Problem, ids: EntryIds) -> dict[str, Any]:
    name, path = problem.at.file, problem.at.path
    own = name.removeprefix(opened.folder)
    board: dict[str, Any] = {"href": f"{OWN}themes/{quote(opened.checked.path)}"}
    if own == "comments.yml" and path[:1] != (SCOPE,):
        return {**board, **found_name(problem, opened.checked.briefing)}
    if own in ("briefing.yml", "comments.yml"):
        shown = path and path[0] in {form.name for form in forms()["briefing"]}
        return {"form": {"id": "", "kind": "briefing", "field": ".".join(map(str, path))}} if shown else {}
    if name in _REGISTERS and path:
        return {"form": {"id": str(path[0]), "kind": _REGISTERS[name], "field": ".".join(map(str, path[1:]))}}
    id = ids.get((name, path[:2]))
    if path[:1] == ("themes",):
        return board if id else {}
    kind = "reference" if path[:1] == REFERENCES else ""
    known = id and (kind or path[0] in forms())
    return {"form": {"id": id, "kind": kind, "field": ".".join(map(str, path[2:]))}} if known else {}


def found_name(problem: Problem, briefing: Briefing | None) -> dict[str, Any]:
    """Return what the board asks for to decide on a name that a check has found in a comment, as `name`: its words and
    the comment; nothing for other problems."""
    known = briefing.comments if briefing and problem.code == CODE else ()
    within = (each.id for each in known if (each.at.file, each.at.path) == (problem.at.file, problem.at.path[:2]))
    comment = next(within, "")
    return {"name": {"words": problem.passage, "comment": comment}} if comment else {}


OPERATIONS: Mapping[str, Operation] = {"problems": list_problems}
