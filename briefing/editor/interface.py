"""From a request of a page to its answer: reads the JSON, calls the operation of that name, says what went wrong.

`POST /.briefing/edit/<operation>` has one object as its content and another as its answer. What goes wrong is
`{"error", "help", "problems"}` with a status of 4xx; 409 where something was changed by somebody else.
"""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

from briefing import resources
from briefing.authoring.edit import EditError
from briefing.authoring.edit.files import ChangedMeanwhileError, Content, finish
from briefing.authoring.trial import OpenBriefing, OpenBriefings
from briefing.authoring.tried_change import ChangeRefusedError, EntryChangedError, TriedChange, write
from briefing.authoring.undo import SavedChanges, UndoneError
from briefing.editor.access import new_token, refusal
from briefing.load.folder_files import FORBIDDEN, name_character
from briefing.load.lock import BusyError
from briefing.model.places import Problem, TextFile, locate
from briefing.preview.router import HTML, OWN, Answer, media_type
from briefing.report import is_draft_todo, is_todo, reason_of

log = logging.getLogger("briefing.preview")

T = TypeVar("T")
EDIT = "edit/"
"""Where operations are, below the preview's own addresses."""
TRIES = 3
"""How often an operation is done anew when a file has changed while it was at work."""
UNDONE = "open what was saved, and change or remove it"
"""What to do about a change that can no longer be taken back; the page then offers the one before it."""
DEEPEST = 12
"""Lists and mappings within one another; the folder format itself needs six."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""What the editor's own pages may load (Content Security Policy 3): nothing but what the preview itself has."""


class RequestError(Exception):
    """A request cannot be answered; the message says why, `help` what to do."""

    def __init__(self, message: str, help: str = "", status: int = 400) -> None:
        super().__init__(message)
        self.help, self.status = help, status


# --- what operations get ----------------------------------------------------------------------------------------


class Arguments:
    """The object that a page sends. Raises RequestError for what is not as an operation needs it."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self.given = given

    def text(self, name: str) -> str:
        """Return a text; empty where it is not given."""
        return self._of(name, str, "", "a text")

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts; empty where it is not given."""
        found: list[Any] = self._of(name, list, [], "a list of texts")
        if not all(isinstance(each, str) for each in found):
            raise RequestError(f"“{name}” is to be a list of texts")
        return tuple(found)

    def numbers(self, name: str) -> tuple[int, ...]:
        """Return a list of whole numbers; empty where it is not given."""
        found: list[Any] = self._of(name, list, [], "a list of whole numbers")
        if not all(isinstance(each, int) and not isinstance(each, bool) for each in found):
            raise RequestError(f"“{name}” is to be a list of whole numbers")
        return tuple(found)

    def objects(self, name: str) -> tuple[dict[str, Any], ...]:
        """Return a list of objects; empty where it is not given."""
        found: list[Any] = self._of(name, list, [], "a list of objects")
        if not all(isinstance(each, dict) for each in found):
            raise RequestError(f"“{name}” is to be a list of objects")
        return tuple(found)

    def number(self, name: str) -> int:
        """Return a whole number; 0 where it is not given."""
        return self._of(name, int, 0, "a whole number")

    def mapping(self, name: str) -> dict[str, Any]:
        """Return an object; empty where it is not given."""
        return self._of(name, dict, {}, "an object")

    def part(self, name: str) -> Arguments | None:
        """Return an object to take further arguments from; None where it is not given."""
        found = self.mapping(name)
        return Arguments(found) if found else None

    def _of(self, name: str, type: type[T], default: T, what: str) -> T:
        found = self.given.get(name)
        if found is None:
            return default
        if not isinstance(found, type) or isinstance(found, bool):
            raise RequestError(f"“{name}” is to be {what}")
        return found


class EditSession:
    """What the operations of one preview share: the briefings of a docs folder, and what was saved."""

    def __init__(self, docs: Path) -> None:
        self.docs = docs
        self._open, self._saved = OpenBriefings(docs), SavedChanges(docs)

    def open(self, name: str) -> OpenBriefing:
        """Return the briefing in a folder below the docs folder, as its files are now. RequestError for none."""
        if not is_briefing(self.docs, name):
            raise RequestError("there is no such briefing", "load the page again", 404)
        finish(self.docs)
        return self._open.open(name)

    def save(self, change: TriedChange) -> str:
        """Write a change, and return by what it can be taken back. Raises what `write` does."""
        write(change)
        return self._saved.keep(change)

    def keep_files(self, files: Mapping[Path, tuple[Content | None, Content | None]]) -> str:
        """Note files that were written otherwise, and return by what that can be taken back."""
        return self._saved.keep_files(files)

    def undo(self, name: str) -> str:
        """Take a saved change back, and return the id that it was about. Raises UndoneError, and what `write` does."""
        return self._saved.take_back(name, self._open)


@dataclass(frozen=True, slots=True)
class BarItem:
    """What is left to do on a page of the editor, as the author's bar shows it."""

    page: str
    """The page's name, as in `review.html`."""
    label: str
    count: int
    words: str
    """The number with what it is of, as “12 drafts”."""


Counter = Callable[[OpenBriefing], BarItem]
Operation = Callable[[EditSession, Arguments], Mapping[str, Any]]
"""Answers one kind of request. What it raises of this module and of `authoring` is told to the author."""


def is_briefing(docs: Path, name: str) -> bool:
    """Return whether this is the folder of a briefing below the docs folder, and no link leads there."""
    folder = docs
    try:
        for part in name.split("/") if name != "." else ():
            if not part or part.startswith(".") or "\\" in part or FORBIDDEN.search(part):
                return False
            folder = folder / part
            if folder.is_symlink():
                return False
        return (folder / "briefing.yml").is_file()
    except OSError:
        return False  # a name that no file can have


# --- the interface ----------------------------------------------------------------------------------------------


class EditInterface:
    """Answers the requests to write of a preview's pages, one after another."""

    def __init__(self, docs: Path, operations: Mapping[str, Operation], counters: Sequence[Counter] = ()) -> None:
        self.session, self.counters, self.token = EditSession(docs), counters, new_token()
        self.operations = {**operations, "author-bar": self._count}
        self._turn = threading.Lock()

    def tags(self, briefing: str, page: str) -> str:
        """Return what a page of a briefing, named without its folder, is given so that it can be edited."""
        return f'<link rel="stylesheet" href="{OWN}editor/editor.css">' + self._script("editor", briefing, page)

    def page(self, name: str, framed: bool) -> Answer | None:
        """Return a page, style or script of the editor; None where there is none of this name.

        A page, such as `review/briefings/one`, has a file `review.html`, and a script `review.js` that knows the token.
        In a frame, which a stranger may have made, there is none.
        """
        files = {path.name: path for path in (resources.templates() / "editor").glob("*.*")}
        kind, _, briefing = name.partition("/")
        if kind == "editor" and briefing in files and not briefing.endswith(".html"):
            return Answer(200, files[briefing], media_type(briefing))
        if framed or f"{kind}.html" not in files or not is_briefing(self.session.docs, briefing):
            return None
        content = files[f"{kind}.html"].read_text("utf-8") + self._script(kind, briefing, "")
        return Answer(200, content.encode(), HTML, {"Content-Security-Policy": POLICY})

    def _count(self, session: EditSession, asked: Arguments) -> Mapping[str, Any]:
        """Return what is left to do, page by page, and how many problems there are: `open` is what is to be filled in
        before the briefing can be published, without what is in drafts, which can stay so."""
        opened = session.open(asked.text("briefing"))
        items = [count(opened) for count in self.counters] if opened.checked.briefing else []
        located = [(one, opened.files, "") for one in opened.checked.problems]
        kinds = ["open" if is_todo(found) else found[0].severity for found in located if not is_draft_todo(found)]
        return {
            "items": [
                {"name": item.page, "label": item.label, "count": item.count, "words": item.words}
                | {"href": f"{OWN}{item.page}/{quote(opened.checked.path)}"}
                for item in items
            ],
            "problems": {name: kinds.count(name) for name in ("error", "warning", "open")},
        }

    def _script(self, name: str, briefing: str, page: str) -> str:
        given = {"token": self.token, "briefing": briefing, "page": page}
        data = "".join(f' data-{key}="{escape(value, quote=True)}"' for key, value in given.items())
        return f'<script type="module" src="{OWN}editor/{name}.js"{data}></script>'

    def refuse(self, headers: Mapping[str, str]) -> Answer | None:
        """Return the answer to a request that may not write, by its headers in lower case; None where it may."""
        found = refusal(headers, self.token)
        return _failure(*found) if found else None

    def answer(self, name: str, content: bytes) -> Answer:
        """Return the answer to a request below the preview's own addresses, whose headers were not refused."""
        operation = self.operations.get(name.removeprefix(EDIT)) if name.startswith(EDIT) else None
        if operation is None:
            return _failure(404, "there is nothing at this address", "load the page again")
        try:
            arguments = Arguments(_read(content))
            with self._turn:
                return _as_json(200, _done(operation, self.session, arguments))
        except RequestError as error:
            return _failure(error.status, str(error), error.help)
        except ChangeRefusedError as error:
            status = 409 if isinstance(error, EntryChangedError) else 422
            return _failure(status, str(error), error.help, problem_rows(error.problems, error.files, error.field_of))
        except UndoneError as error:
            return _as_json(409, {"error": str(error), "help": UNDONE, "problems": [], "final": True})
        except EditError as error:
            return _failure(422, str(error), "correct the file in a text editor; nothing was written")
        except (ChangedMeanwhileError, BusyError) as error:
            return _failure(409, reason_of(error), "try again in a moment; nothing was written")
        except OSError as error:
            return _failure(500, f"nothing was written: {reason_of(error)}")


def _done(operation: Operation, session: EditSession, arguments: Arguments) -> Mapping[str, Any]:
    """Return what an operation gives, done anew where another program has just written a file that it rests on."""
    for _ in range(TRIES - 1):
        try:
            return operation(session, arguments)
        except ChangedMeanwhileError:
            log.debug("a file has changed meanwhile; once more")
    return operation(session, arguments)


def _read(content: bytes) -> Mapping[str, Any]:
    """Return the object that a request holds. RequestError where it holds none, or what no file may hold."""
    try:
        given = json.loads(content.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise RequestError("the request is not JSON") from error
    if not isinstance(given, dict):
        raise RequestError("the request is not an object")
    made: Mapping[str, Any] = _cleaned(given, DEEPEST)
    return made


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _cleaned(value: Any, deep: int) -> Any:
    """Return a value with the line ends of files. RequestError for characters that no file may hold."""
    if isinstance(value, str):
        if found := FORBIDDEN.search(value):
            raise RequestError(f"there is the control character {name_character(found[0])} in it", "delete it", 422)
        return value.replace("\r\n", "\n").replace("\r", "\n")
    if not deep:
        raise RequestError("the request has too many lists in lists")
    if isinstance(value, dict):
        return {_cleaned(key, deep): _cleaned(inner, deep - 1) for key, inner in value.items()}
    return [_cleaned(inner, deep - 1) for inner in value] if isinstance(value, list) else value


# --- answers ----------------------------------------------------------------------------------------------------


def problem_rows(
    problems: Iterable[Problem], files: Mapping[str, TextFile], field: Callable[[Problem], str | None] = lambda _: None
) -> list[dict[str, Any]]:
    """Return problems as pages get them: the words that a check prints, without markup; lines count from 1.

    `field` gives the field of the entry at hand that one is about, empty for all of the entry, None for elsewhere.
    """
    rows: list[dict[str, Any]] = []
    for problem in problems:
        found = locate(problem.at, files)
        row: dict[str, Any] = {
            "code": problem.code,
            "severity": problem.severity,
            "message": problem.message,
            "help": problem.hint,
        }
        row |= {"file": problem.at.file, "line": found and found.line, "column": found and found.column}
        rows.append({**row, "field": field(problem)})
    return rows


def failure_row(error: ChangeRefusedError) -> dict[str, Any]:
    """Return why a change cannot be made as a problem of no file."""
    code = "entry-changed" if isinstance(error, EntryChangedError) else ""
    told = {"code": code, "severity": "error", "message": str(error), "help": error.help}
    return {**told, "file": "", "line": None, "column": None, "field": ""}


def _failure(status: int, error: str, help: str = "", problems: Iterable[Mapping[str, Any]] = ()) -> Answer:
    return _as_json(status, {"error": error, "help": help, "problems": list(problems)})


def _as_json(status: int, value: Mapping[str, Any]) -> Answer:
    return Answer(status, json.dumps(value, ensure_ascii=False).encode(), "application/json")
