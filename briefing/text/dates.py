"""Which dates and times of day a text names.

Read are ISO days, dotted days (6.11.2025), day and month or month and day in words with or without the year, month
and year, the years 1000 to 2199 in four digits, the forms of Chinese, Japanese and Korean, and, in languages with
rules of their own, the name of a month alone. Names of months come from Babel, with a capital or as Babel has them
("may" is no month in English). Dates with slashes are not read: 6/11 means two days.

A time is a set of minutes of the day: "half past three" may be 3:30 or 15:30, "3:30 p.m." and "15.30 Uhr" are one.
Digits with marks that can only be compared as they are written are scores, seasons and durations.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from msgspec import Struct

from briefing.model.places import Span
from briefing.text.language_rules import GAP, Language, any_of, fill_pattern
from briefing.text.months import month_names
from briefing.text.openings import CLOCK, DIGITS, MONTH, YEAR, kinds_in

_FIRST_YEAR, _LAST_YEAR = 1000, 2199


class Date(Struct, frozen=True):
    """A day, month or year that a text names, as far as it names it."""

    span: Span
    year: int | None
    month: int | None
    day: int | None

    @property
    def parts(self) -> int:
        """How many of year, month and day are named."""
        return sum(part is not None for part in (self.year, self.month, self.day))


@lru_cache(maxsize=512)  # rules ask for the same paragraphs again and again
def dates(text: str, language: Language) -> tuple[Date, ...]:
    """Return every date in a text that exists in the calendar; of "6–7 November" and of "March and April 2024" both."""
    if not kinds_in(text, language) & (YEAR | MONTH):
        return ()
    pattern, months = _date_pattern(language)
    return tuple(date for found in pattern.finditer(text) for date in _read_match(found, months))


def _read_match(found: re.Match[str], months: Mapping[str, int]) -> Iterator[Date]:
    """Yield the dates of one match: one, or two where days are joined, or none where there is no such day."""
    groups = {name.rstrip("0123456789_"): (name, value) for name, value in found.groupdict().items() if value}
    year, month, day = (_read_part(groups, name, months) for name in ("year", "month", "day"))
    if not _is_in_calendar(year, month, day):
        return
    if "first" in groups:
        name, digits = groups["first"]
        if _is_in_calendar(year, month, int(digits)):
            yield Date(Span(*found.span(name)), year, month, int(digits))
        yield Date(Span(found.start(groups["day"][0]), found.end()), year, month, day)
    elif "from" in groups:
        name, first = groups["from"]
        yield Date(Span(*found.span(name)), year, months[first], None)
        yield Date(Span(found.start(groups["month"][0]), found.end()), year, month, day)
    else:
        yield Date(Span(*found.span()), year, month, day)


def _read_part(groups: Mapping[str, tuple[str, str]], name: str, months: Mapping[str, int]) -> int | None:
    if name not in groups:
        return None
    value = groups[name][1]
    return int(value) if value.isdecimal() else months[value]


def _is_in_calendar(year: int | None, month: int | None, day: int | None) -> bool:
    """Return whether the calendar has such a date; a day without a year may be 29 February."""
    if year is not None and not (_FIRST_YEAR <= year <= _LAST_YEAR):
        return False
    if month is not None and not 1 <= month <= 12:
        return False
    return day is None or 1 <= day <= monthrange(year or 2000, month or 1)[1]


@cache
def _date_pattern(language: Language) -> tuple[re.Pattern[str], Mapping[str, int]]:
    """Return one pattern for every form of a date, the longer first, and the months by every name that it can match."""
    wide, every = month_names(language)
    joined = f"{GAP}(?:{any_of(language.date_joiners)}{GAP}?)?"
    ordinal = rf"(?:{any_of((*language.ordinal_suffixes, 'er', 'º', 'ª'))}\b)?\.?"
    month = any_of(every)
    end = r"(?![\w])"
    year = r"\d{4}(?!\w|[.,:/]\d)"
    day_month = (
        rf"(?<![\w.,:/])(?:(?P<first>\d{{1,2}}){ordinal}{GAP}?(?:[-–]|{any_of(_ANDS)}){GAP}?)?"
        rf"(?P<day_1>\d{{1,2}}){ordinal}{joined}?(?P<month_1>{month}){end}\.?(?:,?{joined}(?P<year_1>{year}))?"
    )
    month_day = (
        rf"(?<!\w)(?P<month_2>{month})\.?{GAP}(?:(?P<first_2>\d{{1,2}}){ordinal}{GAP}?(?:[-–]|{any_of(_ANDS)}){GAP}?)?"
        rf"(?P<day_2>\d{{1,2}}){ordinal}(?!\w|[.,:/]\d|{GAP}?%)"
        rf"(?:,?{GAP}(?P<year_2>{year}))?"
    )
    month_year = (
        rf"(?<!\w)(?:(?P<from_3>{month})\.?{GAP}?(?:[-–]|{any_of(_ANDS)}){GAP}?)?"
        rf"(?P<month_3>{month})\.?,?{joined}(?P<year_3>{year})"
    )
    never = set(wide) if language.months_not_alone is None else language.months_not_alone
    alone = [name for name in wide if name not in never]
    forms = [*_FORMS, *([day_month, month_day, month_year] if every else []), _YEAR]
    if alone:
        forms.append(rf"(?<!\w)(?P<month_4>{any_of(alone)}){end}")
    return re.compile("|".join(forms)), every


_ANDS = ("and", "or", "to", "und", "oder", "bis zum", "bis", "et", "y", "e", "en", "och", "og")
"""What joins two days of a month, or two months of a year: short words of several languages."""

_FORMS = (
    r"(?<![\w.-])(?P<year_5>\d{4})-(?P<month_5>\d{2})-(?P<day_5>\d{2})(?![\d-])",
    r"(?<![\w.,])(?P<day_6>\d{1,2})\. ?(?P<month_6>\d{1,2})\. ?(?P<year_6>\d{4})(?!\w|[.,]\d)",
    r"(?<!\d)(?P<year_7>\d{4}) ?[年년](?: ?(?P<month_7>\d{1,2}) ?[月월](?: ?(?P<day_7>\d{1,2}) ?[日일])?)?",
    r"(?<!\d)(?P<month_8>\d{1,2}) ?[月월] ?(?P<day_8>\d{1,2}) ?[日일]",
)
_YEAR = (
    r"(?:(?<=\b\d{4}[-–])|(?<=[a-z]-)|(?<![\w.,:/#$€£¥-]))"
    r"(?P<year_9>\d{4})(?![\w%‰]|[.,:/]\d|[-–]\d(?!\d{3}\b))"
)


# --- times of day ----------------------------------------------------------------------------------------------------


_HALF_DAY = 12 * 60
_DAY = 24 * 60


def clocks(text: str, language: Language) -> Iterator[tuple[Span, frozenset[int]]]:
    """Yield times of day in the forms that a language writes, each with the minutes of the day that it may mean."""
    if not kinds_in(text, language) & (DIGITS | CLOCK):
        return
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
