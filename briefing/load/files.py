"""The text of files that people write, decoded so that no file can surprise a later stage.

Every name is relative to the docs folder, with `/`. A file that cannot be used gives problems; the text that comes with
them is for showing the place only.
"""

from __future__ import annotations

import re

from briefing.model.places import Place, Problem, Span, TextFile, in_file, line_and_column

YAML_LIMIT = 2_000_000
"""Bytes. A briefing with ten thousand annotations is about this size; more is a mistake or an attack."""

COMMENTS_LIMIT = 10_000_000
"""Bytes of comments.yml: ten thousand comments of a paragraph each are 5 MB."""

TEXT_LIMIT = 20_000_000
"""Bytes of a source or an original; a long book is 5 MB, a scanned report as PDF is more."""

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
