"""Times of day, and digits with marks that can only be compared as they are written: scores, seasons, durations.

A time is a set of minutes of the day: "half past three" may be 3:30 or 15:30, "3:30 p.m." and "15.30 Uhr" are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from briefing.model.places import Span
from briefing.text.language_rules import GAP, Language, any_of, fill_pattern

_HALF_DAY = 12 * 60
_DAY = 24 * 60


def clocks(text: str, language: Language) -> Iterator[tuple[Span, frozenset[int]]]:
    """Yield times of day in the forms that a language writes, each with the minutes of the day that it may mean."""
    for pattern in _clock_patterns(language):
        for found in pattern.finditer(text):
            minutes = _possible_minutes(found, language)
            if minutes:
                yield Span(*found.span()), minutes


def _possible_minutes(found: re.Match[str], language: Language) -> frozenset[int]:
    named = {"hour": "", "minute": "", "shift": "", "half": ""} | {k: v for k, v in found.groupdict().items() if v}
    hour = _read_count(named["hour"], language)
    minute = _read_count(named["minute"], language) if named["minute"] else 0
    if hour > 24 or minute > 59:
        return frozenset()
    shift = language.stated.clock_shifts.get(" ".join(named["shift"].lower().split()), 0)
    at = (hour * 60 + minute + shift) % _DAY
    half = re.sub(r"\W", "", named["half"].lower())
    if half in ("am", "pm"):
        return frozenset({at % _HALF_DAY + (_HALF_DAY if half == "pm" else 0)})
    return _either_half(hour, at)


def _either_half(hour: int, at: int) -> frozenset[int]:
    """Return a time as it was written, and as well half a day later where the hour may mean that."""
    return frozenset({at} if hour > 12 or hour == 0 else {at % _HALF_DAY, at % _HALF_DAY + _HALF_DAY})


def _read_count(words: str, language: Language) -> int:
    if words.isdecimal():
        return int(words)
    return language.stated.small.get(words.lower(), 1)


@cache
def _clock_patterns(language: Language) -> tuple[re.Pattern[str], ...]:
    words = language.stated
    shifts = f"(?P<shift>{any_of(words.clock_shifts)})"
    filled = {"number": any_of([*words.small, *words.hour_one]), "shift": shifts}
    sources = (fill_pattern(pattern, filled).replace(r"\ ", " ").replace(" ", GAP) for pattern in words.clock_patterns)
    return tuple(re.compile(source, re.I) for source in sources)


def written(text: str) -> Iterator[tuple[Span, str]]:
    """Yield digits that are joined by a colon, slash or dash and are no numbers alone, with how they are compared."""
    for found in _JOINED.finditer(text):
        yield Span(*found.span()), as_written(found.group())


_JOINED = re.compile(r"(?<![\w.,:/–-])(?:\d{1,3}(?::\d{1,2}){1,2}(?:[.,]\d{1,3})?|\d{4}[/–-]\d{2})(?![\w:/–-]|[.,]\d)")


def as_written(digits: str) -> str:
    """Return digits with their marks: dashes, slashes and colons alike, without a zero at the beginning."""
    return re.sub("[/:–]", "-", digits).replace(",", ".").lstrip("0")


def minutes(written: str) -> frozenset[int]:
    """Return the minutes of the day that written digits may mean as a time ("3-40"); empty where they can be none."""
    found = re.fullmatch(r"(\d{1,2})-(\d{2})(?:-\d{2})?|-(\d{2})", written)
    if found is None:
        return frozenset()
    hour, minute = int(found[1] or 0), int(found[2] or found[3])
    if hour > 24 or minute > 59:
        return frozenset()
    return _either_half(hour, (hour * 60 + minute) % _DAY)
