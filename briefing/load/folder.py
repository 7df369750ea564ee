"""A briefing's folder: found, and read into one record with every problem on the way."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from briefing.load import convert, convert_annotations, convert_briefing
from briefing.load.desk import Desk
from briefing.load.ids import unique
from briefing.load.inputs.annotations import AnnotationsFile
from briefing.load.inputs.briefing import BriefingFile
from briefing.load.inputs.comments import CommentsFile, ReferencesFile
from briefing.load.inputs.measures import MeasuresFile
from briefing.load.inputs.people import PeopleFile
from briefing.load.raw_files import raw_files
from briefing.model import Briefing, Measure, Person, Unread
from briefing.places import Place, Problem, TextFile

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
        desk = Desk(docs, "" if path == "." else path)
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
    desk = Desk(docs, "")
    given = desk.read(PEOPLE, "people", PeopleFile, depth=1) if desk.has(PEOPLE, "people") else None
    people = convert.people(given, PEOPLE) if given else {}
    return People(people, tuple(desk.problems), desk.files, desk.unread)


def load_measures(docs: Path) -> Measures:
    """Everything in measures.yml; nothing where there is no such file."""
    desk = Desk(docs, "")
    given = desk.read(MEASURES, "measures", MeasuresFile, depth=1) if desk.has(MEASURES, "measures") else None
    measures = convert.measures(given, MEASURES) if given else {}
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
    desk = Desk(docs, "" if path == "." else path)
    measures = measures or Measures()
    desk.left |= measures.unread.entries | (unread.entries if unread else set())
    given = desk.read(MAIN, "roles", BriefingFile, stands=convert_briefing.stands(path))
    text = _source_text(desk)
    notes = _notes(desk)
    notes["ignored"] = (*convert_annotations.ignored(given.ignore if given else [], desk.name(MAIN)), *notes["ignored"])
    notes["measures"] = dict(measures.measures)
    made = _briefing(desk, given, text, people, notes) if given and text else None
    original = given.source.original.file if given and given.source.original else ""
    kept = (one.file.removeprefix(desk.name("")) for one in notes["comment_originals"])
    names = desk.names((original, *kept))
    return Loaded(path, made, tuple(_todos(desk, given)), desk.files, names, desk.unread)


def _todos(desk: Desk, given: BriefingFile | None) -> Iterator[Problem]:
    """A TODO stops a publication; in a draft, of a briefing or in one, it only reminds."""
    published = given is not None and given.status == "published"
    for problem in desk.problems:
        stops = published and (problem.at.file, problem.at.path[:ENTRY]) not in desk.waiting
        yield replace(problem, code="todo-published") if stops and problem.code == "todo-left" else problem


def _source_text(desk: Desk) -> TextFile | None:
    text = desk.text("source.txt")
    if text is None or text.text.strip():
        return text
    hint = "put the text of the document into it, one paragraph a line"
    desk.report(Problem("empty-source", "source.txt has no text", Place(text.name), hint))
    return None


def _briefing(
    desk: Desk, given: BriefingFile, text: TextFile, people: Mapping[str, Person], notes: dict[str, Any]
) -> Briefing:
    file = desk.name(MAIN)
    source = convert_briefing.source(given, text, Place(file, ("source",)), desk.bytes, desk.report)
    points = (convert.prose(point, file, desk.report) for point in given.key_points)
    return Briefing(
        path=desk.path or ".",
        title=given.title,
        date=given.date,
        language=given.language,
        authors=convert.several(given.authors),
        status=given.status,
        reviewed_by=convert.several(given.reviewed_by),
        aliases=convert.several(given.aliases),
        tags=convert.several(given.tags),
        summary=convert.prose(given.summary, file, desk.report),
        key_points=tuple(point for point in points if point is not None),
        highlights=convert.several(given.highlights),
        allow=convert.allowances(given.allow, file),
        source=source,
        people=dict(people),
        roles=convert_briefing.roles(given),
        at=Place(file),
        unread=desk.unread,
        **notes,
    )


def _notes(desk: Desk) -> dict[str, Any]:
    """Comments, references and annotations, by the fields of a briefing that they fill."""
    taken: dict[str, Place] = {}
    return {**_comments(desk, taken), "references": _references(desk, taken), **_annotations(desk, taken)}


def _comments(desk: Desk, taken: dict[str, Place]) -> dict[str, Any]:
    name = "comments.yml"
    given = desk.read(name, "comments", CommentsFile, depth=ENTRY) if desk.has(name, "comments") else None
    given, file = given or CommentsFile.model_validate({}), desk.name(name)
    comments = unique(convert.comments(given, file, desk.report), taken, desk.files, desk.report)
    desk.drop("comments", given.comments, comments)
    return {
        "comments": comments,
        "scope": given.scope,
        "comment_originals": convert.comment_originals(given, file, desk.bytes, desk.report),
        "set_aside": convert.set_aside(given, file),
        "show_authors": given.show_authors,
    }


def _references(desk: Desk, taken: dict[str, Place]) -> Any:
    name = "references.yml"
    given = desk.read(name, "references", ReferencesFile, depth=ENTRY) if desk.has(name, "references") else None
    works = (convert.reference(entry, desk.name(name), desk.report) for entry in (given.references if given else ()))
    return unique(works, taken, desk.files, desk.report)


def _annotations(desk: Desk, taken: dict[str, Place]) -> dict[str, Any]:
    makers: dict[str, tuple[str, Any]] = {
        "quotations": ("quotes", convert_annotations.quotation),
        "figures": ("figures", convert_annotations.figure),
        "derived": ("derived", convert_annotations.derived),
        "context": ("context", convert_annotations.context_note),
        "themes": ("themes", convert_annotations.theme),
        "withdrawn": ("withdrawn", convert_annotations.withdrawn),
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
        made["ignored"] += convert_annotations.ignored(given.ignore, desk.name(file))
    return made
