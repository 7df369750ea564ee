"""Operations on references: what a page, an export or a text says of a work, and adding it with excerpts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

from briefing.authoring.references.adding import add_excerpts, add_works
from briefing.authoring.references.exports import read_export
from briefing.authoring.references.pages import PAGES, SavedWork, excerpt_of, read_saved
from briefing.authoring.references.typed import FIELDS, completed, read_typed
from briefing.authoring.references.works import FoundWork, WorkError, as_date, known_as
from briefing.authoring.tried_change import readable
from briefing.editor.interface import Arguments, EditSession, Operation, failure_row, problem_rows

Answered = Mapping[str, Any]
LONGEST_NAME = 200


def read(session: EditSession, asked: Arguments) -> Answered:
    """Return the works that a file or a text has, by `name` and `content` or `text`, and the text of a page.

    A text is a DOI, an ISBN, an address, or what another program exports. What a work does not say is empty; `known` is
    the id of the reference that it is already.
    """
    references = readable(session.open(asked.text("briefing"))).references
    works, saved = _source(asked)
    rows = [
        {"key": work.key, "title": work.title, "authors": work.authors, "publisher": work.publisher}
        | {"published": as_date(work.published), "url": work.url, "checked": as_date(work.checked)}
        | {"volume": work.volume, "issue": work.issue, "pages": work.pages, "isbn": work.isbn}
        | {"known": known_as(work, references), "report": saved is not None and saved.is_report}
        for work in works
    ]
    return {"works": rows, "paragraphs": saved.paragraphs if saved else ()}


def add(session: EditSession, asked: Arguments) -> Answered:
    """Add a work, or those that `only` names by key or title or `numbers` by their places from 0, with excerpts that
    are looked up in the page; return their ids. With the `id` of a reference that is there and a page alone, only its
    excerpts are added. `fields` are what the author says of a single work, which needs no file or text; where they
    cannot be so, nothing is written, no id is returned, and the problems are those of the fields."""
    opened = session.open(asked.text("briefing"))
    works, saved = _source(asked)
    excerpts, id = _excerpts(asked, saved), asked.text("id")
    ids: tuple[str, ...] = (id,)
    if id in {work.id for work in readable(opened).references}:
        change = add_excerpts(opened, id, excerpts)
    else:
        chosen, said = _chosen(works, asked), asked.part("fields")
        if said:
            chosen, wrong = _completed(chosen, said)
            if wrong:
                return {"ids": (), "file": "", "line": 0, "undo": "", "problems": wrong}
        number = bool(asked.text("text")) and not said and not any(work.title for work in chosen)
        made = add_works(opened, chosen, id=id, excerpts=excerpts, checked=asked.text("checked"), from_number=number)
        change, ids = made.change, made.added or made.known
    undo = session.save(change) if change.contents else ""
    rows = problem_rows(change.problems, change.result.files, change.field_of)
    return {"ids": ids, "file": change.file, "line": change.line, "undo": undo, "problems": rows}


def _chosen(works: Sequence[FoundWork], asked: Arguments) -> tuple[FoundWork, ...]:
    names, places = {each.casefold() for each in asked.texts("only")}, asked.numbers("numbers")
    found = tuple(
        work
        for place, work in enumerate(works)
        if not (names or places) or place in places or {work.key.casefold(), work.title.casefold()} & names
    )
    if not found:
        raise WorkError("no work is chosen", "choose at least one of those in the file")
    return found


def _completed(works: Sequence[FoundWork], said: Arguments) -> tuple[tuple[FoundWork, ...], list[dict[str, Any]]]:
    """Return a work as its author says that it is, and what cannot be so."""
    if len(works) != 1:
        raise WorkError(f"what is said of a work is for one, and these are {len(works)}", "choose one")
    texts = {name: said.text(name) for name in FIELDS if name in said.given}
    work, wrong = completed(works[0], texts, said.texts("authors") if "authors" in said.given else None)
    rows = [{**failure_row(WorkError(*told)), "field": name} for name, told in wrong.items()]
    return (work,), rows


def _excerpts(asked: Arguments, saved: SavedWork | None) -> list[tuple[str, str]]:
    """Return the words that were chosen (each with `words` and `where`) as the page has them, with where they are."""
    given = [Arguments(each) for each in asked.objects("excerpts")]
    chosen = [(words, each.text("where").strip()) for each in given if (words := each.text("words")).strip()]
    if chosen and saved is None:
        raise WorkError("an excerpt is looked up in the saved page", "open the page that you have saved")
    name = asked.text("name") or "the page"
    return [(excerpt_of(saved.paragraphs, words, name), where) for words, where in chosen] if saved else []


def _source(asked: Arguments) -> tuple[tuple[FoundWork, ...], SavedWork | None]:
    """Return the works that are meant, and the page, if it is one. Nothing is asked of other hosts."""
    text, name, content = asked.text("text"), asked.text("name")[:LONGEST_NAME], asked.text("content")
    saved = read_saved(content.encode(), name) if content and PurePosixPath(name).suffix.lower() in PAGES else None
    if text:
        return read_typed(text, "what you pasted"), saved
    if saved:
        return (saved.work,), saved
    if not content and asked.part("fields"):
        return (FoundWork(),), None
    if not content:
        raise WorkError("there is nothing to read", "give a DOI, an ISBN, a saved page or an export")
    return read_export(content.encode(), name), None


OPERATIONS: Mapping[str, Operation] = {"references/read": read, "references/add": add}
