"""One namespace over everything that can be cited, so that an id in prose or in an address means one thing."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from briefing.load import annotation_records, briefing_record, records
from briefing.load.raw_files import raw_files
from briefing.load.reader import FolderReader
from briefing.load.records import Report
from briefing.load.schema.annotations import AnnotationsFile
from briefing.load.schema.briefing import BriefingFile
from briefing.load.schema.registers import CommentsFile, MeasuresFile, PeopleFile, ReferencesFile
from briefing.model import (
    Annotation,
    Briefing,
    Comment,
    ContextNote,
    Derived,
    Figure,
    Measure,
    Person,
    Quotation,
    Reference,
    Theme,
    Unread,
    Withdrawn,
)
from briefing.model.places import Place, Problem, TextFile, locate

R = TypeVar("R", Quotation, Figure, Derived, ContextNote, Theme, Comment, Reference, Withdrawn)


def unique(
    records: Iterable[R], taken: dict[str, Place], files: Mapping[str, TextFile], report: Report
) -> tuple[R, ...]:
    """The records whose id is not in `taken`, where their ids, former ones too, are then written down."""
    return tuple(record for record in records if _takes(record, taken, files, report))


def _takes(
    record: Quotation | Figure | Derived | ContextNote | Theme | Comment | Reference | Withdrawn,
    taken: dict[str, Place],
    files: Mapping[str, TextFile],
    report: Report,
) -> bool:
    """Whether the record may keep its id; a former id that is taken is reported, but costs nothing."""
    former = record.was if isinstance(record, Annotation | Derived | Theme | Withdrawn) else ()
    clash = False
    if circle := _circle(record.id, former, record.at, taken):
        report(circle)
        return False
    for id, name in [(record.id, "id"), *((id, "was") for id in former)]:
        at = record.at.child(name)
        if id in taken:
            report(_duplicate(id, at, taken[id], files))
            clash = clash or name == "id"
        else:
            taken[id] = at
    return not clash


def _circle(id: str, former: Iterable[str], at: Place, taken: Mapping[str, Place]) -> Problem | None:
    """A former id leads to what has it now; where two lead to each other, neither address has an end."""
    if id in former:
        hint = f"leave “{id}” out of `was`"
        return Problem("duplicate-id", f"“{id}” is named as its own former id", at.child("was"), hint)
    claimed = taken[id].path if id in taken else ()
    other = next((old for old in former if old in taken and taken[old].path == (*claimed[:-1], "id")), "")
    if not other or claimed[-1] != "was":
        return None
    message = f"“{id}” and “{other}” are former ids of each other, so neither address has an end"
    return Problem("duplicate-id", message, at.child("was"), "keep `was` at the one that was renamed last")


def _duplicate(id: str, at: Place, first: Place, files: Mapping[str, TextFile]) -> Problem:
    found = locate(first, files)
    line = f", line {found.line}" if found else ""
    hint = f"the first stands in “{first.file}”{line}; choose another"
    return Problem("duplicate-id", f"the id “{id}” is taken", at, hint)


MAIN = "briefing.yml"
PEOPLE = "people.yml"
MEASURES = "measures.yml"
REGISTERS = (PEOPLE, MEASURES)
"""What all briefings of a docs folder share."""
ENTRY = 2
"""Length of the path of a list entry under a key, as in comments.yml: `("comments", 3)`."""


@dataclass(frozen=True, slots=True)
class People:
    """Everyone in people.yml."""

    people: Mapping[str, Person]
    problems: tuple[Problem, ...]
    files: Mapping[str, TextFile]
    unread: Unread
    """Entries that a problem has kept out."""


@dataclass(frozen=True, slots=True)
class Measures:
    """Everything in measures.yml."""

    measures: Mapping[str, Measure] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    files: Mapping[str, TextFile] = field(default_factory=dict)
    unread: Unread = field(default_factory=Unread)
    """Entries that a problem has kept out."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A briefing's folder as far as it could be read."""

    path: str
    briefing: Briefing | None
    """None where briefing.yml or source.txt cannot be used at all."""
    problems: tuple[Problem, ...]
    files: Mapping[str, TextFile]
    """Every text file that was read, to locate problems in."""
    names: tuple[str, ...]
    """The raw files that belong to it, relative to docs; an original also that briefing.yml does not name."""
    unread: Unread
    """What a problem has kept out; the briefing has it too."""


def find_briefings(docs: Path) -> tuple[str, ...]:
    """Paths of the folders that hold a briefing.yml; hidden folders and links to folders are not looked into."""
    found = []
    for folder, folders, files in os.walk(docs):
        folders[:] = [name for name in folders if not name.startswith(".")]
        if MAIN in files or MAIN in folders:
            found.append(Path(folder).relative_to(docs).as_posix())
    return tuple(sorted(found))


def source_texts(docs: Path) -> Mapping[str, str]:
    """The sources of all briefings by their folders, as far as they can be read: to look words up in."""
    texts: dict[str, str] = {}
    for path in find_briefings(docs):
        desk = FolderReader(docs, "" if path == "." else path)
        file = desk.text("source.txt")
        if file is not None:
            texts[path] = file.text
    return texts


def register_files(docs: Path) -> tuple[str, ...]:
    """The files of what all briefings share, whether they can be read or not, and copies that lie beside them."""
    stems = tuple(name.removesuffix("yml") for name in REGISTERS)
    return tuple(name for name in raw_files(docs, below=False) if name.startswith(stems))


def load_people(docs: Path) -> People:
    """Everyone in people.yml; nobody where there is no such file."""
    desk = FolderReader(docs, "")
    given = desk.read(PEOPLE, "people", PeopleFile, depth=1) if desk.has(PEOPLE, "people") else None
    people = records.people(given, PEOPLE) if given else {}
    return People(people, tuple(desk.problems), desk.files, desk.unread)


def load_measures(docs: Path) -> Measures:
    """Everything in measures.yml; nothing where there is no such file."""
    desk = FolderReader(docs, "")
    given = desk.read(MEASURES, "measures", MeasuresFile, depth=1) if desk.has(MEASURES, "measures") else None
    measures = records.measures(given, MEASURES) if given else {}
    return Measures(measures, tuple(desk.problems), desk.files, desk.unread)


def load_briefing(
    docs: Path,
    path: str,
    people: Mapping[str, Person],
    unread: Unread | None = None,
    measures: Measures | None = None,
) -> Loaded:
    """Everything in a briefing's folder; what is wrong is kept out with its problems, the rest is there.

    `unread` is what was kept out of people.yml.
    """
    desk = FolderReader(docs, "" if path == "." else path)
    measures = measures or Measures()
    desk.left |= measures.unread.entries | (unread.entries if unread else set())
    given = desk.read(MAIN, "roles", BriefingFile, stands=briefing_record.stands(path))
    text = _source_text(desk)
    notes = _notes(desk)
    notes["ignored"] = (*annotation_records.ignored(given.ignore if given else [], desk.name(MAIN)), *notes["ignored"])
    notes["measures"] = dict(measures.measures)
    made = _briefing(desk, given, text, people, notes) if given and text else None
    original = given.source.original.file if given and given.source.original else ""
    kept = (one.file.removeprefix(desk.name("")) for one in notes["comment_originals"])
    names = desk.names((original, *kept))
    return Loaded(path, made, tuple(_todos(desk, given)), desk.files, names, desk.unread)


def _todos(desk: FolderReader, given: BriefingFile | None) -> Iterator[Problem]:
    """A TODO stops a publication; in a draft, of a briefing or in one, it only reminds."""
    published = given is not None and given.status == "published"
    for problem in desk.problems:
        stops = published and (problem.at.file, problem.at.path[:ENTRY]) not in desk.waiting
        yield replace(problem, code="todo-published") if stops and problem.code == "todo-left" else problem


def _source_text(desk: FolderReader) -> TextFile | None:
    text = desk.text("source.txt")
    if text is None or text.text.strip():
        return text
    hint = "put the text of the document into it, one paragraph a line"
    desk.report(Problem("empty-source", "source.txt has no text", Place(text.name), hint))
    return None


def _briefing(
    desk: FolderReader, given: BriefingFile, text: TextFile, people: Mapping[str, Person], notes: dict[str, Any]
) -> Briefing:
    file = desk.name(MAIN)
    source = briefing_record.source(given, text, Place(file, ("source",)), desk.bytes, desk.report)
    points = (records.prose(point, file, desk.report) for point in given.key_points)
    return Briefing(
        path=desk.path or ".",
        title=given.title,
        date=given.date,
        language=given.language,
        authors=records.several(given.authors),
        status=given.status,
        reviewed_by=records.several(given.reviewed_by),
        aliases=records.several(given.aliases),
        tags=records.several(given.tags),
        summary=records.prose(given.summary, file, desk.report),
        key_points=tuple(point for point in points if point is not None),
        highlights=records.several(given.highlights),
        allow=records.allowances(given.allow, file),
        source=source,
        people=dict(people),
        roles=briefing_record.roles(given),
        at=Place(file),
        unread=desk.unread,
        **notes,
    )


def _notes(desk: FolderReader) -> dict[str, Any]:
    """Comments, references and annotations, by the fields of a briefing that they fill."""
    taken: dict[str, Place] = {}
    return {**_comments(desk, taken), "references": _references(desk, taken), **_annotations(desk, taken)}


def _comments(desk: FolderReader, taken: dict[str, Place]) -> dict[str, Any]:
    name = "comments.yml"
    given = desk.read(name, "comments", CommentsFile, depth=ENTRY) if desk.has(name, "comments") else None
    given, file = given or CommentsFile.model_validate({}), desk.name(name)
    comments = unique(records.comments(given, file, desk.report), taken, desk.files, desk.report)
    desk.drop("comments", given.comments, comments)
    return {
        "comments": comments,
        "scope": given.scope,
        "comment_originals": records.comment_originals(given, file, desk.bytes, desk.report),
        "set_aside": records.set_aside(given, file),
        "show_authors": given.show_authors,
    }


def _references(desk: FolderReader, taken: dict[str, Place]) -> Any:
    name = "references.yml"
    given = desk.read(name, "references", ReferencesFile, depth=ENTRY) if desk.has(name, "references") else None
    works = (records.reference(entry, desk.name(name), desk.report) for entry in (given.references if given else ()))
    return unique(works, taken, desk.files, desk.report)


def _annotations(desk: FolderReader, taken: dict[str, Place]) -> dict[str, Any]:
    makers: dict[str, tuple[str, Any]] = {
        "quotations": ("quotes", annotation_records.quotation),
        "figures": ("figures", annotation_records.figure),
        "derived": ("derived", annotation_records.derived),
        "context": ("context", annotation_records.context_note),
        "themes": ("themes", annotation_records.theme),
        "withdrawn": ("withdrawn", annotation_records.withdrawn),
    }
    made: dict[str, tuple[Any, ...]] = dict.fromkeys((*makers, "ignored"), ())
    for file in desk.annotation_files():
        given = desk.read(file, "annotations", AnnotationsFile, depth=ENTRY)
        if given is None:
            continue
        for field_, (key, make) in makers.items():
            records = (make(entry, desk.name(file), desk.report) for entry in getattr(given, key))
            kept = unique((record for record in records if record), taken, desk.files, desk.report)
            desk.drop("annotations", getattr(given, key), kept)
            made[field_] += kept
        made["ignored"] += annotation_records.ignored(given.ignore, desk.name(file))
    return made
