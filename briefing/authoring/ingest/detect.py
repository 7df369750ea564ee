"""Detect the encoding and the days of a document.

A day is read as pages write it, in attributes and in words; what is not certain is not a date.
"""

from __future__ import annotations

import codecs
import re
from datetime import datetime, timezone
from pathlib import PurePosixPath

from briefing.readers.html import DECLARED, DECLARED_WITHIN
from briefing.readers.libraries import needed
from briefing.readers.reading import DECLARABLE, decode
from briefing.text.dates import dates
from briefing.text.language_rules import Language

TEXTS = (".txt", ".md", ".markdown", ".html", ".htm", ".vtt", ".srt")
SAMPLE = 200_000
"""Bytes that are looked at: more does not make the guess better, and takes a second for each of these."""
WEB = {"cp125": "windows-125", "iso8859-": "iso-8859-", "mac_": "mac-"}
"""How the names of Python begin, and how those of the Encoding Standard do."""


def encoding_of(data: bytes, filename: str) -> str:
    """Return what `original.encoding` should say; empty where nothing needs to be said, or nothing speaks for one."""
    extension = PurePosixPath(filename).suffix.lower()
    if extension not in TEXTS or not decode(data, _declared(data, extension)).guessed:
        return ""
    with needed("charset_normalizer", extension, "ingest", "charset-normalizer"):
        from charset_normalizer import from_bytes
    best = from_bytes(data[:SAMPLE]).best()
    if best is None:
        return ""
    name = codecs.lookup(best.encoding).name
    if name not in DECLARABLE or decode(data, name).encoding != name:
        return ""
    return next((web + name.removeprefix(own) for own, web in WEB.items() if name.startswith(own)), name)


def text_of(data: bytes, filename: str, encoding: str) -> str:
    """Return a text document as characters."""
    extension = PurePosixPath(filename).suffix.lower()
    return decode(data, encoding or _declared(data, extension)).text


def _declared(data: bytes, extension: str) -> str:
    if extension not in (".html", ".htm"):
        return ""
    found = DECLARED.search(data, 0, DECLARED_WITHIN)
    return found[1].decode("ascii", "replace") if found else ""


ISO = re.compile(r"(?<!\d)([12]\d{3})[-/](\d\d)(?:[-/](\d\d))?(?!\d)")
SLASHES = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/([12]\d{3})(?!\d)")
EPOCH = re.compile(r"(1\d{9})(\d{3})?")
"""Seconds or milliseconds since 1970: the years 2001 to 2033."""


def day(text: str, language: Language) -> str:
    """Return the one day, month or year that a text names, as ISO 8601; empty where there is none or several."""
    text = " ".join(text.split())[:200]
    if found := EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(found[1]), timezone.utc).date().isoformat()
    if found := ISO.search(text):
        return _as_iso(int(found[1]), int(found[2]), int(found[3]) if found[3] else None)
    if found := SLASHES.search(text):
        first, second, year = map(int, found.groups())
        if first == second or min(first, second) > 12 or max(first, second) <= 12:
            return _as_iso(year, first, second) if first == second else ""
        return _as_iso(year, min(first, second), max(first, second))
    named = {(date.year, date.month, date.day) for date in dates(text, language) if date.year and date.month}
    if len(named) != 1:
        return ""
    year_, month, day_ = named.pop()
    return _as_iso(year_ or 0, month or 0, day_)


def _as_iso(year: int, month: int, day: int | None) -> str:
    try:
        datetime(year, month, day or 1)
    except ValueError:
        return ""
    return f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")
