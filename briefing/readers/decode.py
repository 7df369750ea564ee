"""From bytes to characters, in an order that gives the same result on every machine.

No statistical guessing: which detector is installed would decide what an original says.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from briefing.readers.reading import UnreadableDocument

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like UTF-16's, so it comes first
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

STRAY = 0.0005
"""Of the bytes of a text: so many NULs are slips of the program that wrote it, and browsers do not show them."""
WESTERN = ("cp1252", "latin-1")
"""What browsers take where nothing is said; Latin-1 has a character for the five bytes that cp1252 leaves open."""

DECLARABLE = {
    "utf-8", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic", "shift_jis", "cp932", "euc_jp", "iso2022_jp",
    "euc_kr", "cp949", "gb2312", "gbk", "gb18030", "big5", "big5hkscs", "cp866", "cp874",
    *(f"cp125{number}" for number in range(9)), *(f"iso8859-{number}" for number in range(2, 17)),
}  # fmt: skip
"""By Python's names: what the Encoding Standard lets a page declare. Python has others that run or unpack things."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters, and how they came about."""

    text: str
    encoding: str
    guessed: bool


def decode(data: bytes, declared: str = "") -> Decoded:
    """By byte order mark, else as the document declares, else as UTF-8, else as Western European (a guess)."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(data, encoding), encoding, False)
    if data.count(0) > STRAY * len(data):
        raise UnreadableDocument("it holds NUL bytes: it is no text, or UTF-16 without a byte order mark")
    data = data.replace(b"\0", b"")
    for encoding in (_declarable(declared), "utf-8", *WESTERN):
        try:
            return Decoded(data.decode(encoding), encoding, encoding in WESTERN and encoding != _declarable(declared))
        except UnicodeDecodeError:
            continue
    raise AssertionError("Latin-1 decodes every byte")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableDocument(f"its byte order mark says {encoding}, but byte {error.start} is not") from error


def _declarable(label: str) -> str:
    """Python's name for a declared encoding; UTF-8 for none or one that a page cannot have."""
    try:
        name = codecs.lookup(label).name if label else "utf-8"
    except LookupError:
        return "utf-8"
    if name in ("iso8859-1", "ascii"):
        return "cp1252"
    return name if name in DECLARABLE else "utf-8"
