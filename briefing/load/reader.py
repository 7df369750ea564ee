"""Read the files of one folder, and note what had to be left out, so that what leads there is not blamed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any, Protocol, TypeVar

from msgspec import Struct, field

from briefing.load.folder_files import (
    ANNOTATIONS,
    COMMENTS_LIMIT,
    FIXED,
    MAIN_LIMIT,
    TEXT_LIMIT,
    YAML,
    YAML_LIMIT,
    ContentNeededError,
    FolderFiles,
    NoContent,
)
from briefing.load.schema import PROSE_KEYS
from briefing.load.schema.fields import is_todo
from briefing.load.schema.formats import ID
from briefing.load.schema.inputs import Input
from briefing.load.validate import Stands, todo, validate, waits
from briefing.load.yaml import Data, Map, Scalar, Seq, node_at
from briefing.load.yaml.events import read_yaml
from briefing.model import FolderPart, Unread
from briefing.model.places import NodePath, Place, Problem, TextFile


class HasId(Protocol):
    """An entry or record with an id."""

    @property
    def id(self) -> str: ...  # noqa: D102


M = TypeVar("M", bound=Input)
Entry = tuple[FolderPart, str]
"""The part of the folder that an entry belongs to, and its id."""

LISTS = ("comments", "references", "quotes", "figures", "derived", "context", "themes", "withdrawn")
"""Keys of lists of entries that have an id."""


_LIMITS: Mapping[FolderPart, int] = {
    "roles": MAIN_LIMIT,
    **dict.fromkeys(("comments", "releases", "people", "measures", "topics"), COMMENTS_LIMIT),
}
"""Bytes of the parts whose file is smaller than others, or holds as much as all of them together, or is that of all
briefings."""


class FolderReader(Struct):
    """One folder being read."""

    folder: FolderFiles
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, TextFile] = field(default_factory=dict)
    left: set[Entry] = field(default_factory=set)
    """What was kept out."""
    waiting: set[tuple[str, NodePath]] = field(default_factory=set)
    """Entries with a TODO that say of themselves that they are not to be published yet, by file and path."""

    @property
    def unread(self) -> Unread:
        """What was kept out, for the stages that meet its ids."""
        return Unread(frozenset(self.left))

    def name(self, file: str) -> str:
        """Return a file's name relative to the docs folder."""
        return self.folder.name(file)

    def report(self, problem: Problem) -> None:
        """Take a problem."""
        self.problems.append(problem)

    def has(self, file: str, part: FolderPart) -> bool:
        """Return whether there is such an entry, be it a link to nowhere; says so where it only has another ending."""
        there = self.folder.has(file)
        other = file.removesuffix(".yml") + ".yaml"
        if not there and self.folder.has(other):
            message = f"“{self.name(other)}” is not read under this name"
            self.report(Problem("file-missing", message, Place(self.name(other)), f"rename it to “{file}”"))
            self.left.add((part, ""))
        return there

    def read_if_there(self, file: str, part: FolderPart, model: type[M], depth: int) -> M | None:
        """Return a file of entries as its model; None where there is no such file."""
        return self.read(file, part, model, depth) if self.has(file, part) else None

    def text(self, file: str, limit: int) -> TextFile | None:
        """Return a file's text, or None with a problem."""
        read, problems = self.folder.text(file, limit)
        if read:
            self.files[read.name] = read
        self.problems += problems
        return None if problems else read

    def bytes(self, file: str, at: Place) -> bytes | Problem:
        """Return a file as it is; `at` is what names it."""
        if PurePosixPath(file).is_absolute():
            hint = "copy the file into the folder, and write its name alone"
            return Problem("outside-folder", f"“{file}” leads out of the folder “{self.folder.path}”", at, hint)
        return self.folder.content(file, TEXT_LIMIT, at)

    def missing(self, file: str, at: Place) -> Problem | None:
        """Return what is wrong with a file that is named and not read, such as a recording; None where it is there."""
        try:
            found = self.folder.content(file, 0, at)
        except ContentNeededError:
            return None
        return None if isinstance(found, bytes) or found.code == "file-too-large" else found

    def read(
        self, file: str, part: FolderPart, model: type[M], depth: int | None = None, stands: Stands | None = None
    ) -> M | None:
        """Return a YAML file as its model, without what is wrong in it; `part` is what its entries are."""
        text = self.text(file, _LIMITS.get(part, YAML_LIMIT))
        if text is None:
            self.left.add((part, ""))
            return None
        tree = read_yaml(text, PROSE_KEYS)
        self.files[text.name] = tree.file
        valid = validate(model, tree, depth, stands)
        open_ = tuple(unfinished(tree.data, text.name))
        self.problems += (*tree.problems, *valid.problems, *open_)
        if depth and isinstance(tree.data, Map):
            found = (*valid.problems, *open_)
            todos = {problem.at.path[:depth] for problem in found if problem.code == "todo-left"}
            self.waiting |= {(text.name, entry) for entry in todos if waits(tree.data, entry)}
        self.left |= set(of_briefing(valid.cut) if part == "roles" else entries(part, tree.data, valid.cut))
        self.left |= {(part, "")} if tree.problems else set()
        return valid.given

    def drop(self, part: FolderPart, given: Iterable[HasId], kept: Iterable[HasId], taken: Container[str]) -> None:
        """Note the ids of entries of which no record was made; none where it is `taken`: another was meant then."""
        lost = Counter(entry.id for entry in given) - Counter(record.id for record in kept)
        self.left |= {(part, "" if id in taken else id) for id in lost}

    def annotation_files(self) -> list[str]:
        """Return the YAML files in annotations/, in the order of their names."""
        name, folder = self.name(ANNOTATIONS), self.folder
        at, entry = Place(name), folder.entries.get(name)
        if entry is None and not folder.outside:
            return []
        if folder.leads_out(ANNOTATIONS):
            hint = "copy the files into the folder"
            self.report(Problem("outside-folder", f"“{name}” leads out of the folder “{folder.path}”", at, hint))
            self.left.add(("annotations", ""))
            return []
        if not isinstance(entry, NoContent) or entry.kind != "folder":
            reason = entry.reason if isinstance(entry, NoContent) and entry.reason else "not a directory"
            hint = f"make “{name}” a folder, and put YAML files into it"
            self.report(Problem("file-unreadable", f"“{name}” cannot be opened as a folder: {reason}", at, hint))
            self.left.add(("annotations", ""))
            return []
        entries = folder.annotation_files()
        for file in (file for file in entries if _is_yaml(file) and not file.isprintable()):
            shown = file.encode("ascii", "backslashreplace").decode()
            self.report(Problem("file-unreadable", f"the file name “{shown}” cannot be shown", at, "rename the file"))
        return [f"{ANNOTATIONS}/{file}" for file in entries if _is_yaml(file) and file.isprintable()]

    def report_stray_files(self) -> None:
        """Report files that look like annotations and are not read: beside their folder, or under another ending."""
        for file, data in self.folder.beside():
            if file.endswith(YAML) and file not in FIXED and _ANNOTATIONS_KEY.search(data):
                hint = f"move it into the folder “{self.name(ANNOTATIONS)}”"
                self._report_stray(file, hint)
        names = [name for name, _ in self.folder.beside()] + [
            f"{ANNOTATIONS}/{name}" for name in self.folder.annotation_files()
        ]
        for file in names:
            meant = _meant_name(file)
            if meant != file and not file.endswith(_COPIES) and (meant in FIXED or file.startswith(f"{ANNOTATIONS}/")):
                self._report_stray(file, f"rename it to “{self.name(meant)}”{_HIDDEN * (len(meant) < len(file))}")

    def _report_stray(self, file: str, hint: str) -> None:
        name = self.name(file)
        self.report(Problem("stray-file", f"“{name}” is not read", Place(name), hint))
        self.left.add(("annotations", ""))

    def names(self, named: Iterable[str]) -> tuple[str, ...]:
        """Return the raw files that are there, those that are `named` too; originals also where no file names them."""
        notes = (f"{ANNOTATIONS}/{name}" for name in self.folder.annotation_files() if _is_yaml(name))
        inside = (file for file in named if file and not self.folder.leads_out(file))
        there = (file for file in (*FIXED, *self.folder.raw(), *inside, *notes) if self.folder.has(file))
        return tuple(dict.fromkeys(self.name(file) for file in there))


_ANNOTATIONS_KEY = re.compile(rb"^(?:quotes|figures|derived|context|themes|withdrawn)[ \t]*:", re.M)
"""What begins a list in a file of annotations."""
_HIDDEN = "; your computer may not show the last ending"
_COPIES = (".bak", ".orig", ".rej", ".swp", ".tmp")
"""Endings of copies that programs leave beside a file; that they are not read is as it should be."""
_ADDED_ENDING = re.compile(r"(?<=\.yml)\.\w+$|(?<=\.yaml)\.\w+$", re.I)
"""An ending that an editor has put behind the right one."""


def _meant_name(file: str) -> str:
    """Return the name under which a file would be read: without an ending that was added, and in small letters."""
    name = _ADDED_ENDING.sub("", file)
    stem, dot, ending = name.rpartition(".")
    return f"{stem}{dot}{ending.lower()}" if ending.lower() in ("yml", "yaml") else file


def _is_yaml(name: str) -> bool:
    return name.endswith(YAML) and not name.startswith(".")


# --- what was left out, and what is to be written ---------------------------------------------------------------


def entries(part: FolderPart, data: Data | None, cut: Iterable[NodePath]) -> Iterator[Entry]:
    """Yield the entries at these paths of a file; without an id where that cannot be known."""
    for path in cut:
        if not path or path[0] == "originals":
            yield part, ""
        elif part == "people":
            yield part, str(path[0]) if ID.fullmatch(str(path[0])) else ""
        else:
            yield from ((part, id) for id in _ids_in(node_at(data, path), is_entry=path[0] in LISTS))


def of_briefing(cut: Iterable[NodePath]) -> Iterator[Entry]:
    """Yield the people whose roles, and the part whose words, are at these paths of briefing.yml."""
    for path in cut:
        if path[:1] == ("people",):
            yield "roles", str(path[1]) if path[1:] else ""
        elif path in ((), ("source",)) or path[:2] == ("source", "left_out"):
            yield "left_out", ""


def _ids_in(value: Any, is_entry: bool) -> Iterator[str]:
    """Yield the ids of an entry, its former ones too, or of all entries in a list."""
    if isinstance(value, Seq):
        for inner in value:
            yield from _ids_in(inner, is_entry)
        return
    id, former = (value.get("id"), value.get("was")) if isinstance(value, Map) else (None, None)
    former = former if isinstance(former, Seq) else [former]
    known = [str(each) for each in (id, *former) if isinstance(each, Scalar) and ID.fullmatch(each)]
    if known[:1] == [id]:
        yield from known
    elif is_entry:
        yield ""


def unfinished(data: Data | None, file: str) -> Iterator[Problem]:
    """Yield a problem for every label, and every reason of an allowance, that is still to be written."""
    entries = [(), *((key, number) for key in LISTS for number in range(_length(data, key)))]
    for path in entries:
        allowances = range(_length(node_at(data, path), "allow"))
        labels = [(*path, "label")] if path[:1] == ("figures",) else []
        for place in (*((*path, "allow", number, "reason") for number in allowances), *labels):
            value = node_at(data, place)
            if isinstance(value, Scalar) and is_todo(value):
                yield todo(Place(file, place), str(value))


def _length(data: Any, key: str) -> int:
    """Return how many entries a list under a key has; 0 where there is none."""
    entries = data.get(key) if isinstance(data, Map) else None
    return len(entries) if isinstance(entries, Seq) else 0
