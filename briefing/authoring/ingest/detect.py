"""Detect the language, the encoding and the days of a document.

A language is known by its commonest small words, only where they leave no doubt. A day is read as pages write it, in
attributes and in words; what is not certain is not a date.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from datetime import datetime, timezone
from pathlib import PurePosixPath

from briefing.readers import MissingLibrary
from briefing.readers.html import DECLARED, DECLARED_WITHIN
from briefing.readers.reading import DECLARABLE, decode
from briefing.text.dates import dates
from briefing.text.language_rules import Language

WORDS = {
    "en": "the of and to in that is was for it with as on be at by this had not are but from or have",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an",
    "fr": "de la le et les des en un du une que est pour qui dans par plus pas sur ne se au avec ce",
    "es": "de la que el en y a los del se las por un para con no una su al es lo como más o",
    "it": "di e il la che in un per è una del si non con da le i della sono dei al come più",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas",
    "nl": "de van het een en in is dat op te zijn met voor niet aan er om ook als dan maar bij",
    "sv": "och i att det som en på är av för med till den har de inte om ett han men",
    "da": "og i at det som en på er af for med til den har de ikke om et han men",
    "pl": "w i na z do się że nie to jest o jak za od po przez ale co są dla",
    "ro": "de și în a la cu pe nu că o un din care mai este pentru ca se au",
    "ru": "и в не на я что он с как это по но они мы из за у от о для",
    "uk": "і в не на що з як це та до він за у від про для є але по або",
}
FEWEST = 12
"""Small words that are needed."""
MARGIN = 1.5
"""How many times as frequent the best language's must be as the second's."""


def language_of(text: str) -> str:
    """Return a tag, or nothing where there are too few words or two languages fit."""
    words = Counter(re.findall(r"\w+", text.lower()[:100_000]))
    scores = sorted(((sum(words[word] for word in small.split()), tag) for tag, small in WORDS.items()), reverse=True)
    (best, tag), (second, _) = scores[:2]
    return tag if best >= FEWEST and best >= MARGIN * second and best >= 0.1 * sum(words.values()) else ""


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
