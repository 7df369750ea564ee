"""Days as pages write them, in attributes and in words. What is not certain is no date."""

from __future__ import annotations

import re
from datetime import datetime, timezone

from briefing.text.dates import dates
from briefing.text.language_rules import Language

ISO = re.compile(r"(?<!\d)([12]\d{3})[-/](\d\d)(?:[-/](\d\d))?(?!\d)")
SLASHES = re.compile(r"(?<!\d)(\d{1,2})/(\d{1,2})/([12]\d{3})(?!\d)")
EPOCH = re.compile(r"(1\d{9})(\d{3})?")
"""Seconds or milliseconds since 1970: the years 2001 to 2033."""


def day(text: str, language: Language) -> str:
    """The one day, month or year that a text names, as ISO 8601; empty where there is none or several."""
    text = " ".join(text.split())[:200]
    if found := EPOCH.fullmatch(text):
        return datetime.fromtimestamp(int(found[1]), timezone.utc).date().isoformat()
    if found := ISO.search(text):
        return _iso(int(found[1]), int(found[2]), int(found[3]) if found[3] else None)
    if found := SLASHES.search(text):
        first, second, year = map(int, found.groups())
        if first == second or min(first, second) > 12 or max(first, second) <= 12:
            return _iso(year, first, second) if first == second else ""
        return _iso(year, min(first, second), max(first, second))
    named = {(date.year, date.month, date.day) for date in dates(text, language) if date.year and date.month}
    if len(named) != 1:
        return ""
    year_, month, day_ = named.pop()
    return _iso(year_ or 0, month or 0, day_)


def _iso(year: int, month: int, day: int | None) -> str:
    try:
        datetime(year, month, day or 1)
    except ValueError:
        return ""
    return f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")
