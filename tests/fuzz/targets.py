"""What is fuzzed: functions that take any bytes, and raise for what must not happen.

A refusal that a person can read (`TableError`, `UnreadableDocument`, a `Problem`) is an answer. Any other exception,
and an answer that contradicts the input, is a find.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from msgspec.structs import replace

from briefing.anchor import Selector, anchor, describe, find
from briefing.anchor.diagnose import Texts, orphan
from briefing.authoring import edit
from briefing.authoring.imports.annotations import import_annotations
from briefing.authoring.imports.comments import import_comments
from briefing.authoring.imports.remarks import read_remarks
from briefing.authoring.imports.web_annotations import read_annotations
from briefing.authoring.yaml_files import merged
from briefing.load.folder_files import FolderFiles, read_folder
from briefing.model import Briefing
from briefing.model.places import Place, TextFile, locate
from briefing.pipeline.briefing_build import Registers, build_briefing
from briefing.pipeline.checking import read_registers
from briefing.prose.parse import parse
from briefing.readers import READERS, UnreadableDocument, read_here
from briefing.tables import TableError, rows, style_of
from tests.load.folders import FOLDER, GOOD

LOADED = ("briefing.yml", "source.txt", "comments.yml", "references.yml", "annotations/quotes.yml", "releases.yml")
IMPORTED = ("c.csv", "c.json", "c.jsonl", "c.xml", "a.json", "a.csv", "r.json")
READ = tuple(sorted(READERS))
DIVIDER = b"\0"
"""Between the parts of an input that has several."""


def load(data: bytes) -> None:
    """A briefing, one file of which is anything: checked, and every problem has a place."""
    name, content = _chosen(LOADED, data)
    files, registers = _good()
    changed = replace(files, entries={**files.entries, f"{FOLDER}/{name}": content})
    made = build_briefing(changed, registers)
    for problem in made.problems:
        assert problem.message and problem.code
        assert problem.at.file not in made.files or locate(problem.at, made.files)


def anchoring(data: bytes) -> None:
    """A target in a text: what is found is there, and its description finds it again."""
    text, exact, prefix, suffix = _texts(data, 4)
    result = anchor(text, exact, prefix, suffix)
    if result.span is None:
        assert orphan(Texts(text), "", Selector(exact, prefix, suffix)).message or not exact
        return
    assert 0 <= result.span.start < result.span.end <= len(text)
    again = find(text, describe(text, result.span))
    assert [match.span for match in again] == [result.span]


def prose(data: bytes) -> None:
    """A field of prose: its parts stand inside it, and problems point into it."""
    (value,) = _texts(data, 1)
    made, problems = parse(value, Place("briefing.yml", ("summary",)), folded=value.startswith("a"))
    assert all(0 <= block.span.start <= block.span.end <= len(value) for block in made.blocks)
    for problem in problems:
        span = problem.at.span
        assert span is None or 0 <= span.start <= span.end <= len(value)


def readers(data: bytes) -> None:
    """A document of any kind: read or refused."""
    ending, content = _chosen(READ, data)
    try:
        document = read_here(content, f"original{ending}")
    except UnreadableDocument as refusal:
        assert refusal.reason
        return
    assert all(paragraph.strip() for paragraph in document.paragraphs)
    for lists in (document.pages, document.times):
        assert len(lists) in (0, len(document.paragraphs))


def imports(data: bytes) -> None:
    """An export of comments, annotations of another program, or remarks."""
    name, content = _chosen(IMPORTED, data)
    try:
        if name.startswith("r"):
            read_remarks(content, name)
        elif name.startswith("a"):
            import_annotations(list(read_annotations(content, name)), _briefing())
        else:
            style = style_of(name)
            import_comments(rows(content, name, style), style, {}, _briefing().comments)
    except TableError as refusal:
        assert str(refusal)


def merge(data: bytes) -> None:
    """A file as it was and as two people changed it: no entry that both kept is lost."""
    base, ours, theirs = (TextFile("a.yml", text) for text in _texts(data, 3))
    text = merged(base, ours, theirs, _by_lines)
    if text is not None:
        ids = [_ids(file) for file in (base, ours, theirs, TextFile("a.yml", text))]
        assert ids[3] == (ids[1] & ids[2]) | (ids[1] - ids[0]) | (ids[2] - ids[0])


TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "load": load,
    "anchor": anchoring,
    "prose": prose,
    "readers": readers,
    "imports": imports,
    "merge": merge,
}


def _chosen(names: tuple[str, ...], data: bytes) -> tuple[str, bytes]:
    """The first byte chooses one of the names; the rest is its content."""
    return names[(data[0] if data else 0) % len(names)], data[1:]


def _texts(data: bytes, count: int) -> list[str]:
    parts = data.decode("utf-8", "replace").split(DIVIDER.decode(), count - 1)
    return [*parts, *[""] * (count - len(parts))]


def _by_lines(ours: str, base: str, theirs: str) -> str | None:
    """A merge of lines that knows only what is certain."""
    if ours in (base, theirs):
        return theirs
    return ours if theirs == base else None


def _ids(file: TextFile) -> set[tuple[str, str]]:
    data = edit.parsed(file).data
    lists = data.items() if isinstance(data, dict) else ()
    return {
        (key, str(entry["id"]))
        for key, entries in lists
        if isinstance(entries, list)
        for entry in entries
        if isinstance(entry, dict) and "id" in entry
    }


@lru_cache
def _good() -> tuple[FolderFiles, Registers]:
    return read_folder(GOOD, FOLDER), read_registers(GOOD)


@lru_cache
def _briefing() -> Briefing:
    made = build_briefing(*_good()).briefing
    assert made is not None
    return made
