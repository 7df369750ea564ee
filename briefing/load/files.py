"""Bytes and text of the files that people write, read so that no file can surprise a later stage.

Every name is relative to the docs folder, with `/`. A file that cannot be used gives problems instead of text;
the text that comes with them is for showing the place only.
"""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from briefing.model.places import Place, Problem, Span, TextFile, in_file, line_and_column

YAML_LIMIT = 2_000_000
"""Bytes. A briefing with ten thousand annotations is about this size; more is a mistake or an attack."""

COMMENTS_LIMIT = 10_000_000
"""Bytes of comments.yml: ten thousand comments of a paragraph each are 5 MB."""

TEXT_LIMIT = 20_000_000
"""Bytes of a source or an original; a long book is 5 MB, a scanned report as PDF is more."""

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""What YAML 1.1 refuses too: controls without tab, LF, CR and NEL, lone surrogates, noncharacters."""

BOMS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16", b"\xff\xfe\0\0": "UTF-32", b"\0\0\xfe\xff": "UTF-32"}


def read_text(docs: Path, name: str, inside: str, limit: int) -> tuple[TextFile | None, tuple[Problem, ...]]:
    """A file's text without its byte order mark, or why it cannot be used.

    With problems the text is None or only good for showing where they are.
    """
    data = read_bytes(docs, name, inside, limit, Place(name))
    return (None, (data,)) if isinstance(data, Problem) else decode(data, name)


def read_bytes(docs: Path, name: str, inside: str, limit: int, at: Place) -> bytes | Problem:
    """A file's bytes, or why there are none; `inside` is the folder that it must not leave, `at` what names it."""
    real = Path(os.path.realpath(docs / name))
    if leaves(docs, name, inside):
        hint = "copy the file into the folder, and name it without “..” and without a link"
        folder = f"the folder “{inside}”" if inside else "the docs folder"
        return Problem("outside-folder", f"“{name}” leads out of {folder}", at, hint)
    try:
        mode = real.stat().st_mode
        if not stat.S_ISREG(mode):
            what = "a folder" if stat.S_ISDIR(mode) else "no ordinary file"
            hint = "rename it, and put a file in its place"
            return Problem("file-unreadable", f"“{name}” is {what}, where a file is needed", at, hint)
        with real.open("rb") as file:
            data = file.read(limit + 1)
    except (FileNotFoundError, NotADirectoryError):
        return Problem("file-missing", f"there is no file “{name}”", at, _hint_missing(docs, name))
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        return Problem("file-unreadable", f"“{name}” cannot be opened: {reason}", at)
    if len(data) > limit:
        message = f"“{name}” is larger than {limit // 1_000_000} MB"
        hint = "leave out what is not needed; annotations may fill several files"
        return Problem("file-too-large", message, at, hint)
    return data


def leaves(docs: Path, name: str, inside: str) -> bool:
    """Whether a name, followed through all links, ends outside of its folder (or its folder outside of docs)."""
    root, folder, file = (Path(os.path.realpath(path)) for path in (docs, docs / inside, docs / name))
    return not (folder.is_relative_to(root) and file.is_relative_to(folder))


def decode(data: bytes, name: str) -> tuple[TextFile, tuple[Problem, ...]]:
    """Bytes as text, with a problem where they are not UTF-8 or hold a forbidden character."""
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
    start = len(data[:offset].decode("utf-8").lstrip("\ufeff"))
    line, column, _ = line_and_column(file.text, start)
    byte = f"byte 0x{data[offset]:02X} at offset {offset} (line {line}, column {column})"
    message = f"“{name}” is not UTF-8: {byte} does not belong there"
    return file, (Problem("not-utf8", message, in_file(name, start, start + 1), _hint_encoding(data)),)


def _hint_encoding(data: bytes) -> str:
    """What to do; where most of a file is UTF-8, another encoding would spoil the rest."""
    text = data.decode("utf-8", "surrogateescape")
    stray = sum("\udc80" <= character <= "\udcff" for character in text)
    if 2 * stray < sum(character > "\x7f" for character in text) and not _looks_like_utf16(data):
        return "the rest of the file is UTF-8: write this character again, and save the file as UTF-8"
    encoding = guess_encoding(data)
    return (f"it is probably {encoding}; " if encoding else "") + "open it in an editor and save it as UTF-8"


def guess_encoding(data: bytes) -> str:
    """What bytes that are not UTF-8 probably are; empty where nothing speaks for one encoding."""
    for length in (4, 2):
        if data[:length] in BOMS:
            return BOMS[data[:length]]
    if _looks_like_utf16(data):
        return "UTF-16"
    stray = [character for character in data.decode("utf-8", "surrogateescape") if "\udc80" <= character <= "\udcff"]
    if len(stray) * 3 > len(data) or any(character in "\udc81\udc8d\udc8f\udc90\udc9d" for character in stray):
        return ""
    return "Windows-1252"


def _looks_like_utf16(data: bytes) -> bool:
    """Latin text in UTF-16 has a NUL in every second byte; without a mark it passes for UTF-8."""
    return len(data) > 3 and data.count(0) * 3 > len(data)


def _forbidden(file: TextFile) -> list[Problem]:
    """One problem for a file, at the first; a broken file can hold thousands."""
    found = [match.start() for match in FORBIDDEN.finditer(file.text)]
    if not found:
        return []
    more = f", and {len(found) - 1} more like it" if len(found) > 1 else ""
    message = f"“{file.name}” holds the control character {name_character(file.text[found[0]])}{more}"
    hint = "delete it; editors show it when they show invisible characters"
    return [Problem("forbidden-character", message, in_file(file.name, found[0], found[0] + 1), hint)]


def forbidden_in(value: str) -> Span | None:
    """The first forbidden character of a value (YAML can write one as an escape)."""
    found = FORBIDDEN.search(value)
    return Span(found.start(), found.end()) if found else None


def name_character(character: str) -> str:
    """A character that cannot be shown, by its number."""
    return "NUL" if character == "\0" else f"U+{ord(character):04X}"


def _hint_missing(docs: Path, name: str) -> str:
    if (docs / name).is_symlink():
        return "it is a link to a file that does not exist"
    other = Path(name).with_suffix(".yaml") if name.endswith(".yml") else None
    if other and (docs / other).exists():
        return f"there is “{other.as_posix()}”: rename it"
    return f"put it into the folder “{Path(name).parent.as_posix()}”, or look how its name is spelt"
