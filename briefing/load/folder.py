"""A briefing's folder as records. Everything that can be cited has an id of its own in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from briefing.load import briefing_record, records
from briefing.load.commenter_names import without_names
from briefing.load.folder_files import (
    SOURCE_LENGTH,
    SOURCE_LIMIT,
    SOURCE_LINES,
    ContentNeededError,
    FolderFiles,
    read_files,
    read_folder,
)
from briefing.load.reader import FolderReader
from briefing.load.records import Report
from briefing.load.schema.annotations import AnnotationsFile, NamedInput, WithdrawnInput
from briefing.load.schema.briefing import (
    BriefingFile,
    CommentsFile,
    MeasuresFile,
    PeopleFile,
    ReferencesFile,
    TopicsFile,
)
from briefing.load.schema.corrections import CorrectionsFile, ReleasesFile
from briefing.load.site_files import CORRECTIONS, MAIN, MEASURES, PEOPLE, RELEASES, SOURCE, TOPICS
from briefing.model import (
    Briefing,
    Comment,
    CommentsOriginal,
    ContextNote,
    Correction,
    Derived,
    Figure,
    Ignored,
    Measure,
    Person,
    Quotation,
    Reference,
    Releases,
    RenamedTopic,
    SetAside,
    Theme,
    Unread,
    Withdrawn,
)
from briefing.model.places import Place, Problem, TextFile, locate

T = TypeVar("T")
R = TypeVar("R", Quotation, Figure, Derived, ContextNote, Theme, Comment, Reference, Withdrawn)


def unique(
    records: Iterable[R], taken: dict[str, Place], files: Mapping[str, TextFile], report: Report
) -> tuple[R, ...]:
    """Return the records whose id is not in `taken`, where their ids, former ones too, are then written down."""
    return tuple(record for record in records if _take_ids(record, taken, files, report))


def _take_ids(
    record: Quotation | Figure | Derived | ContextNote | Theme | Comment | Reference | Withdrawn,
    taken: dict[str, Place],
    files: Mapping[str, TextFile],
    report: Report,
) -> bool:
    """Return whether the record may keep its id; a former id that is taken is reported, but costs nothing."""
    clash = False
    if circle := _find_circle(record.id, record.was, record.at, taken):
        report(circle)
        return False
    for id, name in [(record.id, "id"), *((id, "was") for id in record.was)]:
        at = record.at.child(name)
        if id in taken:
            report(_duplicate_problem(id, at, taken[id], files))
            clash = clash or name == "id"
        else:
            taken[id] = at
    return not clash


def _find_circle(id: str, former: Iterable[str], at: Place, taken: Mapping[str, Place]) -> Problem | None:
    """Return that two former ids lead to each other, if so: then neither address has an end."""
    if id in former:
        hint = f"leave “{id}” out of `was`"
        return Problem("duplicate-id", f"“{id}” is named as its own former id", at.child("was"), hint)
    claimed = taken[id].path if id in taken else ()
    other = next((old for old in former if old in taken and taken[old].path == (*claimed[:-1], "id")), "")
    if not other or claimed[-1] != "was":
        return None
    message = f"“{id}” and “{other}” are former ids of each other, so neither address has an end"
    return Problem("duplicate-id", message, at.child("was"), "keep `was` at the one that was renamed last")


def _duplicate_problem(id: str, at: Place, first: Place, files: Mapping[str, TextFile]) -> Problem:
    found = locate(first, files)
    line = f", line {found.line}" if found else ""
    hint = f"it is already used in “{first.file}”{line}; choose a different id"
    return Problem("duplicate-id", f"the id “{id}” is taken", at, hint)


ENTRY = 2
"""Length of the path of a list entry under a key, as in comments.yml: `("comments", 3)`."""


class People(Struct, frozen=True):
    """Everyone in people.yml."""

    people: Mapping[str, Person]
    problems: tuple[Problem, ...]
    files: Mapping[str, TextFile]
    unread: Unread
    """Entries that a problem has kept out."""


class Measures(Struct, frozen=True):
    """Everything in measures.yml."""

    measures: Mapping[str, Measure] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    files: Mapping[str, TextFile] = field(default_factory=dict)
    unread: Unread = field(default_factory=Unread)
    """Entries that a problem has kept out."""


class Topics(Struct, frozen=True):
    """Everything in topics.yml."""

    topics: tuple[RenamedTopic, ...] = ()
    problems: tuple[Problem, ...] = ()
    files: Mapping[str, TextFile] = field(default_factory=dict)


class Loaded(Struct, frozen=True):
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


def load_people(docs: Path) -> People:
    """Return everyone in people.yml; nobody where there is no such file."""
    return parse_people(read_files(docs, "", (PEOPLE,)))


def parse_people(files: FolderFiles) -> People:
    """Return the same from the file's bytes."""
    reader = FolderReader(files)
    given = reader.read_if_there(PEOPLE, "people", PeopleFile, depth=1)
    people = records.people(given, PEOPLE, reader.report) if given else {}
    return People(people, tuple(reader.problems), reader.files, reader.unread)


def load_measures(docs: Path) -> Measures:
    """Return everything in measures.yml; nothing where there is no such file."""
    return parse_measures(read_files(docs, "", (MEASURES,)))


def parse_measures(files: FolderFiles) -> Measures:
    """Return the same from the file's bytes."""
    reader = FolderReader(files)
    given = reader.read_if_there(MEASURES, "measures", MeasuresFile, depth=1)
    measures = records.measures(given, MEASURES, reader.report) if given else {}
    return Measures(measures, tuple(reader.problems), reader.files, reader.unread)


def load_topics(docs: Path) -> Topics:
    """Return everything in topics.yml; nothing where there is no such file."""
    return parse_topics(read_files(docs, "", (TOPICS,)))


def parse_topics(files: FolderFiles) -> Topics:
    """Return the same from the file's bytes."""
    reader = FolderReader(files)
    given = reader.read_if_there(TOPICS, "topics", TopicsFile, depth=1)
    topics = records.topics(given, TOPICS, reader.report) if given else ()
    return Topics(topics, tuple(reader.problems), reader.files)


def load_briefing(
    docs: Path,
    path: str,
    people: Mapping[str, Person],
    unread: Unread | None = None,
    measures: Measures | None = None,
) -> Loaded:
    """Return everything in a briefing's folder; what is wrong is kept out with its problems, the rest is there.

    `unread` is what was kept out of people.yml.
    """
    return with_contents(docs, path, lambda files: parse_briefing(files, people, unread, measures))


def with_contents(docs: Path, path: str, use: Callable[[FolderFiles], T]) -> T:
    """Read a briefing's folder and use it, again with one file more as often as one is named that was not read."""
    also: list[str] = []
    while True:
        try:
            return use(read_folder(docs, path, also))
        except ContentNeededError as needed:
            also.append(needed.name)


def parse_briefing(
    files: FolderFiles,
    people: Mapping[str, Person],
    unread: Unread | None = None,
    measures: Measures | None = None,
) -> Loaded:
    """Return the same from the names and bytes of a folder."""
    reader = FolderReader(files)
    measures = measures or Measures()
    reader.left |= measures.unread.entries | (unread.entries if unread else set())
    path = files.path or "."
    given = reader.read(MAIN, "roles", BriefingFile, stands=briefing_record.stands(path))
    text = _source_text(reader)
    notes = _read_notes(reader, given)
    made = _make_briefing(reader, given, text, people, measures.measures, notes) if given and text else None
    made = without_names(made) if made else None
    original = given.source.original.file if given and given.source.original else ""
    kept = (one.file.removeprefix(reader.name("")) for one in notes.comment_originals)
    names = reader.names((original, *kept))
    return Loaded(path, made, tuple(_grade_todos(reader, given)), reader.files, names, reader.unread)


def _grade_todos(reader: FolderReader, given: BriefingFile | None) -> Iterator[Problem]:
    """Yield the problems as they count: a TODO stops a publication, and only reminds in a draft of or in a briefing."""
    published = given is not None and given.status == "published"
    for problem in reader.problems:
        stops = published and (problem.at.file, problem.at.path[:ENTRY]) not in reader.waiting
        yield replace(problem, code="todo-published") if stops and problem.code == "todo-left" else problem


def _source_text(reader: FolderReader) -> TextFile | None:
    text = reader.text(SOURCE, SOURCE_LIMIT)
    if text is None:
        return None
    lines = text.text.count("\n") + text.text.count("\r")
    counts = (("lines", lines, SOURCE_LINES), ("characters", len(text.text), SOURCE_LENGTH))
    beyond = next((f"{most:,} {what}" for what, found, most in counts if found > most), "")
    if beyond:
        message = f"“{text.name}” has more than {beyond}"
        hint = "write one paragraph a line; divide a longer text into several briefings"
        reader.report(Problem("file-too-large", message, Place(text.name), hint))
        return None
    if text.text.strip():
        return text
    hint = "put the text of the document into it, one paragraph a line"
    reader.report(Problem("empty-source", "source.txt has no text", Place(text.name), hint))
    return None


class _Notes(Struct):
    """What a briefing is made of besides briefing.yml and the source; the fields are those of a briefing."""

    comments: tuple[Comment, ...] = ()
    scope: str = ""
    comment_originals: tuple[CommentsOriginal, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    show_authors: bool = False
    hide_names: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    references_note: str = ""
    quotations: tuple[Quotation, ...] = ()
    figures: tuple[Figure, ...] = ()
    derived: tuple[Derived, ...] = ()
    context: tuple[ContextNote, ...] = ()
    themes: tuple[Theme, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    ignored: tuple[Ignored, ...] = ()
    releases: Releases | None = None
    corrections: tuple[Correction, ...] = ()


def _make_briefing(
    reader: FolderReader,
    given: BriefingFile,
    text: TextFile,
    people: Mapping[str, Person],
    measures: Mapping[str, Measure],
    notes: _Notes,
) -> Briefing:
    file, report = reader.name(MAIN), reader.report
    source = briefing_record.source(given, text, Place(file, ("source",)), reader.bytes, reader.missing, report)
    return records.record(
        Briefing,
        given,
        file,
        report,
        path=reader.folder.path or ".",
        source=source,
        people=dict(people),
        roles=briefing_record.roles(given),
        measures=dict(measures),
        unread=reader.unread,
        **asdict(notes),
    )


def _read_notes(reader: FolderReader, given: BriefingFile | None) -> _Notes:
    """Read comments, references and annotations; an id is taken by the first that has it, in this order."""
    notes, taken = _Notes(), dict[str, Place]()
    _read_comments(reader, taken, notes)
    _read_references(reader, taken, notes)
    notes.ignored = records.all_records(Ignored, given.ignore if given else (), reader.name(MAIN), reader.report)
    reader.report_stray_files()
    for file in reader.annotation_files():
        _read_annotations(reader, file, taken, notes)
    _read_releases(reader, notes)
    return notes


def _read_releases(reader: FolderReader, notes: _Notes) -> None:
    released = reader.read_if_there(RELEASES, "releases", ReleasesFile, ENTRY)
    if released is not None:
        notes.releases = records.releases(released, reader.name(RELEASES))
    corrected = reader.read_if_there(CORRECTIONS, "corrections", CorrectionsFile, ENTRY)
    if corrected is not None:
        file = reader.name(CORRECTIONS)
        notes.corrections = records.all_records(Correction, corrected.corrections, file, reader.report)


def _read_comments(reader: FolderReader, taken: dict[str, Place], notes: _Notes) -> None:
    name = "comments.yml"
    given = reader.read_if_there(name, "comments", CommentsFile, ENTRY)
    if given is None:
        return
    file = reader.name(name)
    notes.comments = unique(records.comments(given, file, reader.report), taken, reader.files, reader.report)
    reader.drop("comments", given.comments, notes.comments, taken)
    notes.scope, notes.show_authors = given.scope, given.show_authors
    notes.hide_names = records.several(given.hide_names)
    for name in notes.hide_names:
        if not any(name in comment.text for comment in notes.comments):
            message = f"no comment has the name “{name}”, so there is nothing to hide"
            hint = "write it as it is in the comment, with the same capitals, or take it out of `hide_names`"
            reader.report(Problem("wrong-value", message, Place(file, ("hide_names",)), hint))
    notes.set_aside = records.all_records(SetAside, given.set_aside, file, reader.report)
    originals = (records.comments_original(entry, file, reader.bytes, reader.report) for entry in given.originals)
    notes.comment_originals = tuple(original for original in originals if original)


def _read_references(reader: FolderReader, taken: dict[str, Place], notes: _Notes) -> None:
    name = "references.yml"
    given = reader.read_if_there(name, "references", ReferencesFile, ENTRY)
    if given is None:
        return
    works = (records.reference(entry, reader.name(name), reader.report) for entry in given.references)
    notes.references, notes.references_note = unique(works, taken, reader.files, reader.report), given.note
    reader.drop("references", given.references, notes.references, taken)


def _read_annotations(reader: FolderReader, name: str, taken: dict[str, Place], notes: _Notes) -> None:
    given = reader.read(name, "annotations", AnnotationsFile, depth=ENTRY)
    if given is None:
        return
    file = reader.name(name)
    if not reader.files[file].text.strip():
        hint = "write entries under `quotes:`, `figures:`, `context:` or `themes:`, or delete the file"
        reader.report(Problem("empty-file", f"“{file}” is empty", Place(file), hint))

    def kept(entries: Sequence[NamedInput | WithdrawnInput], make: type[R]) -> tuple[R, ...]:
        made = (records.annotation(make, entry, file, reader.report) for entry in entries)
        own = unique((record for record in made if record), taken, reader.files, reader.report)
        reader.drop("annotations", entries, own, taken)
        return own

    notes.quotations += kept(given.quotes, Quotation)
    notes.figures += kept(given.figures, Figure)
    notes.derived += kept(given.derived, Derived)
    notes.context += kept(given.context, ContextNote)
    notes.themes += kept(given.themes, Theme)
    notes.withdrawn += kept(given.withdrawn, Withdrawn)
    notes.ignored += records.all_records(Ignored, given.ignore, file, reader.report)
