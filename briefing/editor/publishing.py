"""What keeps a briefing from being published, with what its form says now; and the example of a new site, which is
published until somebody takes it out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from briefing import resources
from briefing.authoring.example import EXAMPLE, ExampleChangedError, has_example, is_unchanged, remove_example
from briefing.authoring.review import count_waiting
from briefing.authoring.settings import change_settings, find_settings
from briefing.authoring.themes import ledger_of
from briefing.authoring.tried_change import ChangeRefusedError, TriedChange
from briefing.editor.interface import Arguments, EditSession, Operation, RequestError, failure_row
from briefing.editor.problem_list import listed
from briefing.engines import ENGINES
from briefing.load.project import project_folder
from briefing.report import count_of

Answered = Mapping[str, Any]
DRAFT = "draft"
UNNAMED = re.compile(rf"""\s*site_name\s*[:=]\s*(["']?){re.escape(resources.SITE_NAME)}\1\s*(?:\#.*)?""")
"""The line of a configuration in which a new site has its name."""


def publishing(session: EditSession, asked: Arguments) -> Answered:
    """Return the `status` that a briefing has with the `fields` of its form, and what a check would find if it were
    published with them, each with where it is dealt with; and how many `drafts` there are, which can stay so.

    `example` says of the example, if there is one, whether this is it (`here`), and whether it is as it was made
    (`unchanged`), so that it can be taken out here. `unnamed` is where the name of the site is to be written, while it
    is still that of a new one: the file is beside the docs folder, in which alone anything is written here.
    """
    opened, fields = session.open(asked.text("briefing")), asked.mapping("fields")
    status = str(fields.get("status", find_settings(opened).data.get("status")) or DRAFT)
    try:
        change = change_settings(opened, {**fields, "status": "published"})
        found = _with_unsorted(listed(opened, change.result, change.files), change)
    except ChangeRefusedError as error:
        found = [failure_row(error)]
    drafts = count_waiting(opened)
    told = {"status": status, "problems": found, "drafts": drafts, "example": _example(session, opened.checked.path)}
    unnamed = _unnamed(session.docs)
    return {**told, "unnamed": unnamed} if unnamed else told


def _unnamed(docs: Path) -> Answered | None:
    """Return the file and line in which a site still has the name of a new one, and what that is; None elsewhere."""
    folder = project_folder(docs)
    if folder is None:
        return None
    for name in (name for engine in ENGINES.values() for name in engine.configurations):
        try:
            lines = (folder / name).read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            continue
        found = next((number for number, line in enumerate(lines, 1) if UNNAMED.fullmatch(line)), 0)
        if found:
            sign = " = " if name.endswith(".toml") else ": "
            keys = [f"{key}{sign}" for key in ("site_name", "site_author")]
            return {"file": name, "line": found, "name": resources.SITE_NAME, "keys": keys}
    return None


def _with_unsorted(rows: list[dict[str, Any]], change: TriedChange) -> list[dict[str, Any]]:
    """Return the rows with one for all comments that are in no theme, in place of one that names them."""
    code, briefing = "comment-unaccounted", change.result.briefing
    first = next((row for row in rows if row["code"] == code), None)
    if first is None or briefing is None:
        return rows
    left = len(ledger_of(briefing).unsorted)
    one = {**first, "message": f"{count_of(left, 'comment')} in no theme yet", "help": ""}
    return [one if row is first else row for row in rows if row is first or row["code"] != code]


def _example(session: EditSession, path: str) -> Answered | None:
    if not has_example(session.docs):
        return None
    return {"here": path == EXAMPLE, "folder": f"docs/{EXAMPLE}", "unchanged": is_unchanged(session.docs)}


def take_out_example(session: EditSession, asked: Arguments) -> Answered:
    """Delete the example of a new site; return by what that can be taken back."""
    try:
        return {"undo": session.keep_files(remove_example(session.docs))}
    except ExampleChangedError as error:
        raise RequestError(
            str(error), f"delete the folder docs/{EXAMPLE} yourself, if nothing in it is yours", 409
        ) from error


OPERATIONS: Mapping[str, Operation] = {"publishing": publishing, "example/take-out": take_out_example}
