"""Fields that hold a day, or a month or year where no more is known; another way of writing one is read for hints."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated

from briefing.load.schema.fields import bare
from briefing.load.schema.inputs import FieldError, Reads
from briefing.load.yaml.scalars import shortened
from briefing.model.places import in_marks
from briefing.text import dates, language

DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)


def some_date(value: object) -> str:
    """Return a day, month or year that exists, as ISO 8601."""
    given = bare(value)
    reason = wrong_date(given)
    if reason:
        raise FieldError("bad-date", *reason)
    return given


def day(value: object) -> str:
    """Return a day that exists, as ISO 8601."""
    given = bare(value)
    reason = wrong_date(given, example=_DAY)
    if reason or len(given) < 10:
        more = f"write year, month and day, for example {given}{_EXAMPLE[len(given) :]}"
        raise FieldError("bad-date", *reason or (f"“{given}” is not a full date", more))
    return given


_EXAMPLE = "2025-11-06"
_DAY = f", for example {_EXAMPLE}"
_SOME_DATE = f"{_DAY}; or 2025-11, or 2025"


def wrong_date(given: str, example: str = _SOME_DATE) -> tuple[str, str] | None:
    """Return what is wrong with a date and what to write, or None for a good one."""
    found = DATE.fullmatch(given)
    if found and _in_calendar(found[1], found[2] or "1", found[3] or "1"):
        return None
    meant = " or ".join(other_readings(given))
    if found:
        hint = f"write {meant} if you mean that" if meant else "check the month (01 to 12) and the day"
        return f"there is no date {given} in the calendar", hint
    hint = f"write dates as year-month-day{f': {meant}' if meant else example}"
    return f"{in_marks(shortened(given))} is not a date written as year-month-day", hint


def other_readings(given: str) -> list[str]:
    """Return what a date that is written in another way may mean, ISO 8601: 3/4/2025 is two days, 21.11.2025 one."""
    if found := _NUMBERS.fullmatch(given.strip()):
        return _days_of(list(found.groups()), day_first=found["mark"] == ".")
    for tag in ("en", "de"):
        named = dates(given[:_LONGEST], language(tag))
        if len(named) == 1 and named[0].year and (named[0].day or not named[0].span.start):
            parts = (named[0].month, named[0].day)
            return ["-".join([str(named[0].year), *(f"{part:02}" for part in parts if part)])]
    return []


_NUMBERS = re.compile(r"(\d{1,4})\s*(?P<mark>[./-])\s*(\d{1,2})\s*(?P=mark)\s*(\d{1,2}|\d{4})", re.ASCII)
_LONGEST = 60
"""Characters in which a date in words is looked for."""


def _days_of(parts: list[str], day_first: bool) -> list[str]:
    """Return the days that three numbers may mean: the usual one, or where there is none, or two are usual, others."""
    parts = [part for part in parts if part.isdecimal()]
    year_first = len(parts[0]) == 4
    year = parts.pop(0 if year_first else -1)
    year = year if len(year) == 4 else f"20{year.zfill(2)}"
    usual, other = [(month.zfill(2), day.zfill(2)) for month, day in (parts, parts[::-1])]
    if day_first and not year_first:
        usual, other = other, usual
    days = [f"{year}-{month}-{day}" for month, day in (usual, other) if _in_calendar(year, month, day)]
    return sorted(set(days[:1] if year_first or day_first else days))


def _in_calendar(year: str, month: str, day: str) -> bool:
    try:
        date(int(year), int(month), int(day))
    except ValueError:
        return False
    return True


Day = Annotated[str, Reads(day, {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d$"})]
SomeDate = Annotated[
    str,
    Reads(some_date, {"type": ["string", "integer"], "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}),
]
