"""How the bytes of a document are characters, where neither it nor UTF-8 says so.

A guess by statistics, so it is made once, when the briefing is made, and written down (`encoding`); the readers
themselves never guess, or the installed detector would decide what an original says.
"""

from __future__ import annotations

import codecs
from pathlib import PurePosixPath

from briefing.readers import MissingLibrary
from briefing.readers.decode import DECLARABLE, decode
from briefing.readers.html import DECLARED, DECLARED_WITHIN

TEXTS = (".txt", ".md", ".markdown", ".html", ".htm", ".vtt", ".srt")
SAMPLE = 200_000
"""Bytes that are looked at: more does not make the guess better, and takes a second for each of these."""
WEB = {"cp125": "windows-125", "iso8859-": "iso-8859-", "mac_": "mac-"}
"""How the names of Python begin, and how those of the Encoding Standard do."""


def encoding_of(data: bytes, filename: str) -> str:
    """What `original.encoding` should say; empty where nothing needs to be said, or nothing speaks for one."""
    extension = PurePosixPath(filename).suffix.lower()
    if extension not in TEXTS or not decode(data, _declared(data, extension)).guessed:
        return ""
    try:
        from charset_normalizer import from_bytes
    except ImportError as error:
        raise MissingLibrary(extension, "charset-normalizer", "ingest") from error
    best = from_bytes(data[:SAMPLE]).best()
    if best is None:
        return ""
    name = codecs.lookup(best.encoding).name
    if name not in DECLARABLE or decode(data, name).encoding != name:
        return ""
    return next((web + name.removeprefix(own) for own, web in WEB.items() if name.startswith(own)), name)


def text_of(data: bytes, filename: str, encoding: str) -> str:
    """A text document as characters."""
    extension = PurePosixPath(filename).suffix.lower()
    return decode(data, encoding or _declared(data, extension)).text


def _declared(data: bytes, extension: str) -> str:
    if extension not in (".html", ".htm"):
        return ""
    found = DECLARED.search(data, 0, DECLARED_WITHIN)
    return found[1].decode("ascii", "replace") if found else ""
