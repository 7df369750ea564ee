"""The files of one folder as a value: names and bytes. Only `read_folder` and `read_files` touch the disk.

All that is read later (YAML, source, originals) is read from this value, so that the same bytes give the same briefing
in any process and on any machine.

Files: the text of files that people write, decoded so that no file can surprise a later stage.

Every name is relative to the docs folder, with `/`. A file that cannot be used gives problems; the text that comes with
them is for showing the place only.
"""

from __future__ import annotations

import fnmatch
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Literal

from msgspec import Struct, field

from briefing.load.lock import BusyError, locked
from briefing.model import JOURNAL
from briefing.model.places import Place, Problem, Span, TextFile, in_file, line_and_column

# --- files -----------------------------------------------------------------------------------------------------------


YAML_LIMIT = 1_000_000
"""Bytes. Some five thousand annotations with a note each fill a file of this size, and annotations may fill several."""

MAIN_LIMIT = 300_000
"""Bytes of briefing.yml: a summary, key points and questions of a hundred pages."""

COMMENTS_LIMIT = 10_000_000
"""Bytes of comments.yml: ten thousand comments of a paragraph each are 5 MB."""

SOURCE_LIMIT = 6_000_000
"""Bytes of source.txt: a long book in Cyrillic letters. Every sentence of it is looked at."""

SOURCE_LENGTH = 1_500_000
"""Code points of source.txt: a book of 250,000 words. A short word takes up to 700 bytes while it is read."""

SOURCE_LINES = 200_000
"""Line ends of source.txt, of which the longest books have a fifth."""

TEXT_LIMIT = 20_000_000
"""Bytes of an original; a scanned report as PDF is larger than a book."""

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What YAML 1.1 refuses too: controls without tab, LF, CR and NEL, lone surrogates, noncharacters."""

_WESTERN = "Windows-1252"
BOMS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"\xff\xfe\0\0": "UTF-32", b"\0\0\xfe\xff": "UTF-32"}


def decode(data: bytes, name: str) -> tuple[TextFile, tuple[Problem, ...]]:
    """Return bytes as text, with a problem where they are not UTF-8 or hold a forbidden character."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf8(data, error.start, name)
    if _looks_like_utf16(data):
        return _not_utf8(data, data.index(0), name)
    file = TextFile(name, text.lstrip("\ufeff"))
    return file, tuple(_forbidden(file))


def _not_utf8(data: bytes, offset: int, name: str) -> tuple[TextFile, tuple[Problem, ...]]:
    file = TextFile(name, data.decode("utf-8", "replace").lstrip("\ufeff"))
    encoding = guess_encoding(data)
    if encoding.startswith("UTF"):
        message = f"“{name}” is saved as {encoding}, and not as UTF-8"
        return file, (Problem("not-utf8", message, Place(name), _SAVE),)
    start = len(data[:offset].decode("utf-8").lstrip("\ufeff"))
    line, column, _ = line_and_column(file.text, start)
    message = f"“{name}” is not saved as UTF-8: the character in line {line}, column {column} cannot be read"
    hint = _hint_encoding(data, encoding, data[offset : offset + 1])
    return file, (Problem("not-utf8", message, in_file(name, start, start + 1), hint),)


_SAVE = "open it in an editor and save it with the encoding UTF-8"


def _hint_encoding(data: bytes, encoding: str, first: bytes) -> str:
    """Return what to do; where most of a file is UTF-8, another encoding would spoil the rest."""
    text = data.decode("utf-8", "surrogateescape")
    stray = sum("\udc80" <= character <= "\udcff" for character in text)
    if 2 * stray < sum(character > "\x7f" for character in text):
        return "the rest of the file is UTF-8: write this character again, and save the file as UTF-8"
    if encoding == _WESTERN:
        return f"the file is probably {encoding}, where this character is {first.decode('cp1252')}; {_SAVE}"
    return _SAVE


def guess_encoding(data: bytes) -> str:
    """Return what bytes that are not UTF-8 probably are; empty where nothing speaks for one encoding."""
    for length in (4, 2):
        if data[:length] in BOMS:
            return BOMS[data[:length]]
    if _looks_like_utf16(data):
        return "UTF-16"
    stray = [character for character in data.decode("utf-8", "surrogateescape") if "\udc80" <= character <= "\udcff"]
    if len(stray) * 3 > len(data) or any(character in "\udc81\udc8d\udc8f\udc90\udc9d" for character in stray):
        return ""
    return _WESTERN


def _looks_like_utf16(data: bytes) -> bool:
    """Latin text in UTF-16 has a NUL in every second byte; without a mark it passes for UTF-8."""
    return len(data) > 3 and data.count(0) * 3 > len(data)


def _forbidden(file: TextFile) -> list[Problem]:
    """Return one problem for a file, at the first; a broken file can hold thousands."""
    found = [match.start() for match in FORBIDDEN.finditer(file.text)]
    if not found:
        return []
    more = f", and {len(found) - 1} more like it" if len(found) > 1 else ""
    message = f"“{file.name}” holds the control character {name_character(file.text[found[0]])}{more}"
    hint = "delete it; editors show it when they show invisible characters"
    return [Problem("forbidden-character", message, in_file(file.name, found[0], found[0] + 1), hint)]


def forbidden_in(value: str) -> Span | None:
    """Return the first forbidden character of a value (YAML can write one as an escape)."""
    found = FORBIDDEN.search(value)
    return Span(found.start(), found.end()) if found else None


def name_character(character: str) -> str:
    """Return a character that cannot be shown, by its number."""
    return "NUL" if character == "\0" else f"U+{ord(character):04X}"


# --- folder files ----------------------------------------------------------------------------------------------------


ANNOTATIONS = "annotations"
_NAMED = ("comments", "references", "releases", "corrections")
FIXED = ("briefing.yml", "source.txt", *(f"{name}{ending}" for ending in (".yml", ".yaml") for name in _NAMED))
"""Files with a name of their own; those that end in .yaml are not read, but they are nothing to publish either."""
YAML = (".yml", ".yaml")
_NAMING = ("briefing.yml", "comments.yml")
"""Files that name others."""
_LONGEST = 4096
"""Characters of a path that may be that of a file."""
RAW = ("*.yml", "*.yaml", "source.txt", "original.*", "comments-original*", "*~", "*.bak", "*.orig", "*.rej")
"""The names of raw files, which authors write and keep and no reader is to download, and of the copies that editors
and version control leave beside them, as lines of a .gitignore file: what `exclude_docs` takes."""
_COPIES = ("*.yml.*", "*.yaml.*", "[#]*[#]", "source.txt?*", "source[ ._(-]*.txt", "*copy*source.txt")
"""Copies beside them that need not be byte for byte the same: `#source.txt#`, `source.txt.save`, `source (1).txt`."""
_RAW = re.compile("|".join(map(fnmatch.translate, (*RAW, *_COPIES))))
"""The same for a name alone, in which they mean what they mean to a shell."""
_PAGES = (".md", ".markdown")


def is_raw(name: str) -> bool:
    """Return whether a file of this name, whatever folder it is in, is a raw one or a copy; capital letters are no
    difference, for some systems make them."""
    return _RAW.match(name.rpartition("/")[2].lower()) is not None


class NoContent(Struct, frozen=True):
    """Why there are no bytes of an entry of a folder."""

    kind: Literal["outside", "folder", "special", "dangling", "unreadable", "untaken"]
    """`outside`: a link out of the folder; `dangling`: a link to nothing; `untaken`: nobody has asked for its bytes."""
    reason: str = ""
    """The system's own words, of what is unreadable."""


UNTAKEN = NoContent("untaken")


class ContentNeededError(Exception):
    """A file is asked for whose bytes were not taken along; `name` is relative to the docs folder."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class FolderFiles(Struct, frozen=True):
    """The entries of a folder by their names relative to the docs folder, with `/`."""

    path: str
    """The folder, relative to the docs folder; empty for that itself."""
    entries: Mapping[str, bytes | NoContent] = field(default_factory=dict)
    outside: bool = False
    """Whether the folder itself is a link out of the docs folder."""

    def name(self, file: str) -> str:
        """Return a file's name relative to the docs folder."""
        return f"{self.path}/{file}" if self.path else file

    def has(self, file: str) -> bool:
        """Return whether the folder has such an entry, be it a link to nothing."""
        return normpath(self.name(file)) in self.entries

    def text(self, file: str, limit: int) -> tuple[TextFile | None, tuple[Problem, ...]]:
        """Return a file's text without its byte order mark, or why it cannot be used.

        With problems the text is None or only good for showing where they are.
        """
        name = self.name(file)
        data = self.content(file, limit, Place(name))
        return (None, (data,)) if isinstance(data, Problem) else decode(data, name)

    def content(self, file: str, limit: int, at: Place) -> bytes | Problem:
        """Return a file's bytes, or why there are none; `at` is what names it, `limit` how many bytes it may have.

        Raises ContentNeededError for a file that is there and whose bytes were not taken along.
        """
        name = self.name(file)
        entry = self._entry(file)
        if isinstance(entry, bytes):
            if len(entry) <= limit:
                return entry
            hint = "leave out what is not needed; annotations may fill several files"
            shown = f"{limit // 1_000_000} MB" if limit >= 1_000_000 else f"{limit // 1000} KB"
            return Problem("file-too-large", f"“{name}” is larger than {shown}", at, hint)
        if entry is None or entry.kind == "dangling":
            return Problem("file-missing", f"there is no file “{name}”", at, self._hint_missing(name, entry))
        if entry.kind == "untaken":
            raise ContentNeededError(normpath(name))
        if entry.kind == "outside":
            hint = "copy the file into the folder, and name it without “..” and without a link"
            folder = f"the folder “{self.path}”" if self.path else "the docs folder"
            return Problem("outside-folder", f"“{name}” leads out of {folder}", at, hint)
        if entry.kind == "unreadable":
            return Problem("file-unreadable", f"“{name}” cannot be opened: {entry.reason}", at)
        what = "a folder" if entry.kind == "folder" else "no ordinary file"
        hint = "rename it, and put a file in its place"
        return Problem("file-unreadable", f"“{name}” is {what}, where a file is needed", at, hint)

    def leads_out(self, file: str) -> bool:
        """Return whether a file's name, or a link, leads out of the folder."""
        entry = self._entry(file)
        return isinstance(entry, NoContent) and entry.kind == "outside"

    def raw(self) -> Iterator[str]:
        """Yield the names of the raw files and of their copies under any name, relative to the folder; below the docs
        folder itself only its own.

        An export stays where somebody saved it, and a document under the name that it came with: what has the bytes of
        a raw file is one. A page is its author's own, whatever it says.
        """
        raw = {data for name, data in self.entries.items() if isinstance(data, bytes) and data and is_raw(name)}
        for name, entry in self.entries.items():
            inner = name.removeprefix(f"{self.path}/") if self.path else name
            is_copy = isinstance(entry, bytes) and entry in raw and not name.lower().endswith(_PAGES)
            if (is_raw(inner) or is_copy) and self._is_file(name) and (self.path or "/" not in inner):
                yield inner

    def beside(self) -> Iterator[tuple[str, bytes]]:
        """Yield the files of the folder itself whose bytes were taken along, by their names in it."""
        start = f"{self.path}/" if self.path else ""
        for name, entry in self.entries.items():
            inner = name.removeprefix(start)
            if isinstance(entry, bytes) and "/" not in inner:
                yield inner, entry

    def annotation_files(self) -> list[str]:
        """Return the names of what is in the folder of annotations, sorted."""
        start = self.name(ANNOTATIONS) + "/"
        found = (name.removeprefix(start) for name in self.entries if name.startswith(start))
        return sorted(name for name in found if "/" not in name)

    def _entry(self, file: str) -> bytes | NoContent | None:
        if len(file) > _LONGEST:
            return None
        name = normpath(self.name(file))
        if self.outside or name.startswith("../") or name == "..":
            return NoContent("outside")
        if self.path and name != self.path and not name.startswith(f"{self.path}/"):
            return NoContent("outside")
        if name in (".", self.path):
            return NoContent("folder")
        above = (parent.as_posix() for parent in PurePosixPath(name).parents)
        if any(isinstance(e := self.entries.get(one), NoContent) and e.kind == "outside" for one in above):
            return NoContent("outside")
        return self.entries.get(name)

    def _is_file(self, name: str) -> bool:
        entry = self.entries[name]
        return isinstance(entry, bytes) or entry.kind != "folder"

    def _hint_missing(self, name: str, entry: NoContent | None) -> str:
        if entry:
            return "it is a link to a file that does not exist"
        other = PurePosixPath(name).with_suffix(".yaml") if name.endswith(".yml") else None
        if other and other.as_posix() in self.entries:
            return f"there is “{other.as_posix()}”: rename it"
        return f"put it into the folder “{PurePosixPath(name).parent.as_posix()}”, or check the spelling of its name"


def read_folder(docs: Path, path: str, also: Iterable[str] = ()) -> FolderFiles:
    """Read a briefing's folder: the names of all that is in it, and the bytes of what a briefing is made from.

    These are the files of the folder format, the files that briefing.yml or comments.yml name, and those named in
    `also` (relative to `docs`). Links that lead out of the folder are not followed. A change of several files that is
    under way is waited for, so a journal among them is one that a killed process left, or that nobody could wait for.
    """
    files = _read_folder(docs, path, also)
    if JOURNAL in files.entries:
        with suppress(BusyError), locked(docs):
            return _read_folder(docs, path, also)
    return files


def _read_folder(docs: Path, path: str, also: Iterable[str]) -> FolderFiles:
    own = "" if path == "." else path
    root, folder = (Path(os.path.realpath(one)) for one in (docs, docs / own))
    if not folder.is_relative_to(root):
        return FolderFiles(own, outside=True)
    start = f"{own}/" if own else ""
    entries = _list_entries(docs, start, folder)
    if os.path.lexists(docs / JOURNAL):
        entries[JOURNAL] = UNTAKEN
    for name in (*(start + name for name in FIXED), start + ANNOTATIONS):
        if name not in entries and (entry := _look(f"{docs}{os.sep}{name}", folder)).kind == "unreadable":
            entries[name] = entry  # the folder cannot be listed, or what is in it cannot be looked at
    for name in (*_format_files(entries, start), *also):
        _take_bytes(docs, name, entries)
    for name in _named_files(entries, start):
        _take_bytes(docs, name, entries)
    for name in _as_long_as_raw(docs, entries):
        _take_bytes(docs, name, entries)
    return FolderFiles(own, entries)


def _as_long_as_raw(docs: Path, entries: Mapping[str, bytes | NoContent]) -> list[str]:
    """Return the entries not read yet that have as many bytes as a raw file: they may be copies of it."""
    sizes = {len(data) for name, data in entries.items() if isinstance(data, bytes) and is_raw(name)}
    return [name for name, entry in entries.items() if entry == UNTAKEN and _size(docs / name) in sizes]


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return -1


def _format_files(entries: Mapping[str, bytes | NoContent], start: str) -> list[str]:
    """Return the files that the folder format names, and the YAML files of the folder and of its annotations."""
    notes = [name for name in entries if name.startswith(f"{start}{ANNOTATIONS}/") and name.endswith(YAML)]
    beside = [name for name in entries if name.endswith(YAML) and "/" not in name.removeprefix(start)]
    return [*(start + name for name in FIXED), *notes, *beside]


def _named_files(entries: Mapping[str, bytes | NoContent], start: str) -> list[str]:
    """Return the entries whose last name is somewhere in the files that name others."""
    naming = b"\n".join(data for name in _NAMING if isinstance(data := entries.get(start + name), bytes))
    return [name for name in entries if name.rpartition("/")[2].encode("utf-8", "surrogateescape") in naming]


def read_files(docs: Path, path: str, names: Iterable[str]) -> FolderFiles:
    """Read a few files of a folder alone, and note where there is one that only has another ending."""
    own = "" if path == "." else path
    entries: dict[str, bytes | NoContent] = {}
    for name in (f"{own}/{name}" if own else name for name in names):
        for file in (name, name.removesuffix("yml") + "yaml"):
            if os.path.lexists(docs / file):
                entries[file] = _look(str(docs / file), Path(os.path.realpath(docs / own)))
        _take_bytes(docs, name, entries)
    return FolderFiles(own, entries)


def _list_entries(docs: Path, start: str, folder: Path) -> dict[str, bytes | NoContent]:
    """Return everything in a folder and its folders, by name; hidden folders and links to folders are not entered,
    but for the folder of annotations.

    Paths are texts here: every build asks for every folder, and to make a `Path` takes longer than to look at a file.
    """
    entries: dict[str, bytes | NoContent] = {}

    def unlisted(error: OSError) -> None:
        name = Path(error.filename).relative_to(docs).as_posix()
        entries[name] = NoContent("unreadable", (error.strerror or "").lower())

    places = [(str(docs / start), start)]
    for place, named in places:
        for inner, folders, files in os.walk(place, onerror=unlisted):
            below = inner[len(place) :].replace(os.sep, "/").strip("/")
            here = f"{named}{below}/" if below else named
            for name in (*sorted(folders), *sorted(files)):
                entries[here + name] = _look(f"{inner.rstrip(os.sep)}{os.sep}{name}", folder)
            notes = entries.get(start + ANNOTATIONS)
            if here == start and isinstance(notes, NoContent) and notes.kind == "folder":
                linked = docs / start / ANNOTATIONS
                places += [(str(linked), f"{start}{ANNOTATIONS}/")] if linked.is_symlink() else []
            folders[:] = sorted(name for name in folders if not name.startswith("."))
    return entries


def _look(file: str, folder: Path) -> NoContent:
    """Return what an entry is, before its bytes are taken; `folder` is the real path that links must not leave."""
    try:
        mode = os.lstat(file).st_mode
        if stat.S_ISLNK(mode):
            if not Path(os.path.realpath(file)).is_relative_to(folder):
                return NoContent("outside")
            mode = Path(file).stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return NoContent("dangling")
    except OSError as error:
        return _unreadable(error)
    return UNTAKEN if stat.S_ISREG(mode) else NoContent("folder" if stat.S_ISDIR(mode) else "special")


def _take_bytes(docs: Path, name: str, entries: dict[str, bytes | NoContent]) -> None:
    """Read the bytes of an entry where there are any, one more than the most that it may have."""
    if entries.get(name) == UNTAKEN:
        try:
            with (docs / name).open("rb") as file:
                entries[name] = file.read(TEXT_LIMIT + 1)
        except OSError as error:
            entries[name] = _unreadable(error)


def _unreadable(error: OSError) -> NoContent:
    return NoContent("unreadable", (error.strerror or type(error).__name__).lower())
