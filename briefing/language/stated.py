"""The numbers and dates that a text states, each with its unit and how exactly it is meant.

Prose and what prose rests on are read by the same eyes, so that the two can be compared (`briefing.check.same`).
`numbers` and `dates` find most of it; added are words that multiply ("doubled"), shares of two numbers ("one in five"),
ranks ("the 3rd", "second-largest"), decades, and what can only be compared as it is written: times of day, seasons and
scores. What is a name is left out. What all this means to an author is in docs/manual/grounded.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import Literal

from briefing.language.date import Date, dates
from briefing.language.nameless import names
from briefing.language.number import GAP, Number, any_of
from briefing.language.numerals import numbers, ordinals
from briefing.language.rules import Language
from briefing.language.units import MONEY, PERCENT, TIMES, counts_something, money_before, unit_after
from briefing.places import Span

Hedge = Literal["", "about", "less", "more"]

_LOOK_BACK = 30
"""Code points before a number in which words like "about" are looked for."""


@dataclass(frozen=True, slots=True)
class Stated:
    """A number, date, decade, rank or other figure that a text states."""

    span: Span
    """With its unit, where it has one of those that are known."""
    values: tuple[Decimal, ...] = ()
    """Every exact value that it may have, and the number of a year; none for vague words and what is verbatim."""
    least: Decimal | None = None
    """The least that vague words can mean ("dozens")."""
    unit: str = ""
    """The name of a known unit; empty where there is none."""
    noun: bool = False
    """Whether it counts something that is no known unit ("5 soldiers")."""
    fraction: bool = False
    """Whether it is a fraction by name or a share of two numbers."""
    hedge: Hedge = ""
    """Whether it is said to be round, and on which side it errs."""
    rank: bool = False
    date: Date | None = None
    decade: int | None = None
    """The first year of a decade."""
    verbatim: str = ""
    """Digits with their marks, where they are no number by themselves ("03:40")."""
    small: int = 0
    """The value of a word from two to twelve, which may count what its sentence lists; 0 otherwise."""
    known: bool = True
    """Whether its language has rules for number words and multipliers."""
    multiplier: int = 1
    parts: tuple[Stated, ...] = ()
    """Of a share of two numbers: the two, without a word for one."""


@lru_cache(maxsize=4096)  # excerpts and paragraphs are asked for again and again
def stated(text: str, language: Language, with_names: bool = False) -> tuple[Stated, ...]:
    """Everything that a text states in numbers, in its order; never fails.

    `with_names` reads what may be a name and a number as well ("155 mm shells", "one"), because prose may rest on it.
    """
    left_out = names(text, language, surely=with_names)
    found = [*_numbers(text, language), *_dates(text, language), *_multiples(text, language)]
    found += _glued(text, language)
    found += [*_ranks(text, language), *_decades(text), *_verbatim(text, language)]
    named = _covered(text, left_out)
    kept = [one for one in found if not any(named[one.span.start : one.span.end])]
    kept.sort(key=lambda one: (one.span.start, -one.span.end))
    read = tuple(_shared(text, language, _apart(_shares(text, language, list(_scores(text, kept))))))
    return read if with_names else tuple(one for one in read if one.unit or not _is_one(text, one, language))


def _covered(text: str, spans: Iterable[Span]) -> bytearray:
    """For each code point whether a span covers it, so that long texts take time in proportion."""
    covered = bytearray(len(text))
    for span in spans:
        covered[span.start : span.end] = b"\1" * (span.end - span.start)
    return covered


# --- numbers ----------------------------------------------------------------------------------------------------


def _numbers(text: str, language: Language) -> Iterator[Stated]:
    years = {date.span: date for date in dates(text, language) if date.parts == 1 and date.year}
    for number in numbers(text, language):
        one = _number(text, number, language)
        if number.span in years and not one.unit and (not one.noun or _is_year(text, number.span.start, language)):
            one = replace(one, date=years[number.span])
        yield one


def _number(text: str, number: Number, language: Language) -> Stated:
    words, end = number.span.of(text), number.span.end
    before = text[max(0, number.span.start - _LOOK_BACK) : number.span.start]
    negative = number.low > 0 and _patterns(language).minus.search(before)
    unit, after = (PERCENT, end) if number.percent else unit_after(text, end, language)
    unit = unit or money_before(text, number.span.start, language)
    if unit == PERCENT:
        after = _past_percent(text, end, language)
    small = language.stated.small.get(words.lower(), 0)
    return Stated(
        span=Span(number.span.start, after),
        values=tuple(-value for value in number.readings) if negative else number.readings,
        least=number.low if number.high is None else None,
        unit=unit,
        noun=not unit and counts_something(text, end, language),
        fraction=number.fraction,
        hedge=_hedge(text, number.span.start, language),
        small=0 if unit else small,
        known=language.known,
        multiplier=number.multiplier,
    )


def _is_year(text: str, start: int, language: Language) -> bool:
    return bool(_patterns(language).year_after.search(text[max(0, start - _LOOK_BACK) : start]))


def _glued(text: str, language: Language) -> Iterator[Stated]:
    """Number words in one word with a unit: "sechsmonatig"."""
    words = language.stated
    for found in _patterns(language).glued.finditer(text):
        value = Decimal(words.small[found["number"].lower()])
        yield Stated(Span(*found.span()), (value,), unit=words.glued[found["unit"].lower()])


def _past_percent(text: str, end: int, language: Language) -> int:
    found = _patterns(language).percent.match(text, end)
    return found.end() if found else end


def _hedge(text: str, start: int, language: Language) -> Hedge:
    found = _patterns(language).hedge.search(text[max(0, start - _LOOK_BACK) : start])
    if not found:
        return ""
    words = " ".join(found[1].lower().split())
    if words in language.stated.about:
        return "about"
    return "less" if words in language.stated.less else "more"


def _multiples(text: str, language: Language) -> Iterator[Stated]:
    for found in _patterns(language).multiple.finditer(text):
        value = Decimal(language.stated.multiples[" ".join(found.group().lower().split())])
        hedge = _hedge(text, found.start(), language)
        yield Stated(Span(*found.span()), (value,), unit=TIMES, hedge=hedge, known=language.known)


def _shares(text: str, language: Language, found: list[Stated]) -> Iterator[Stated]:
    """Two numbers with "in" or "out of" between them as one share, beside the two."""
    for first, second in pairwise(found):
        gap = text[first.span.end : second.span.start]
        small = first.values and second.values and not first.unit and not first.date and not second.date
        small = small and not first.fraction and not second.fraction
        if small and _patterns(language).out_of.fullmatch(gap) and 0 < first.values[0] < second.values[0]:
            span = Span(first.span.start, second.span.end)
            parts = tuple(one for one in (first, second) if not _is_one(text, one, language))
            value = first.values[0] / second.values[0]
            yield Stated(span, (value,), fraction=True, hedge=first.hedge, parts=parts)
    yield from found


def _scores(text: str, found: list[Stated]) -> Iterator[Stated]:
    """ "3–1" as it is written: with the higher number first, a dash joins no range."""
    scores = [score for first, second in pairwise(found) if (score := _score(text, first, second))]
    joined = _covered(text, (score.span for score in scores))
    yield from scores
    yield from (one for one in found if not all(joined[one.span.start : one.span.end]))


def _score(text: str, first: Stated, second: Stated) -> Stated | None:
    if text[first.span.end : second.span.start] not in ("-", "–") or not (first.values and second.values):
        return None
    written = Span(first.span.start, second.span.end)
    plain = not (first.unit or second.unit or first.date or second.date) and written.of(text)[-1].isdigit()
    if not plain or not 100 > first.values[0] >= second.values[0] or text[written.start] in "-–−":
        return None
    return Stated(written, verbatim=_as_written(written.of(text)))


def _is_one(text: str, one: Stated, language: Language) -> bool:
    return one.span.of(text).lower() in language.stated.one


def _apart(found: Iterable[Stated]) -> Iterator[Stated]:
    """In the order of the text, without what lies in something longer."""
    end = -1
    for one in sorted(found, key=lambda one: (one.span.start, -one.span.end, one.date is None)):
        if one.span.start >= end:
            yield one
            end = one.span.end


def _shared(text: str, language: Language, found: Iterable[Stated]) -> Iterator[Stated]:
    """Numbers that are joined share the unit of the one that has it: "122 and 152 mm", "€3 to 4 million"."""
    joined = list(found)
    for at in range(len(joined) - 2, -1, -1):
        joined[at] = _with_unit_of(text, language, joined[at], joined[at], joined[at + 1])
    for at in range(1, len(joined)):
        joined[at] = _with_unit_of(text, language, joined[at], joined[at - 1], joined[at])
    return _compared(text, language, _in_the_same_money(joined))


def _in_the_same_money(found: Iterable[Stated]) -> Iterator[Stated]:
    """A bare number of thousands or more has the currency that was named last: "€3.5bn, after 1.9 billion before"."""
    money = ""
    for one in found:
        money = one.unit if one.unit in MONEY else money
        bare = money and one.multiplier >= 1000 and not (one.unit or one.noun or one.date or one.least)
        yield replace(one, unit=money) if bare else one


def _compared(text: str, language: Language, found: Iterable[Stated]) -> Iterator[Stated]:
    """A number before "more" or "less" has the unit of the one before it: "31 hours, ten more than planned"."""
    unit = ""
    for one in found:
        if one.values and not one.unit and unit and _patterns(language).comparing.match(text, one.span.end):
            one = replace(one, unit=unit, noun=False)
        unit = one.unit
        yield one


def _with_unit_of(text: str, language: Language, one: Stated, first: Stated, second: Stated) -> Stated:
    other = second if one is first else first
    bare = one.values and not one.unit and not one.noun and not one.date and not one.fraction
    if not bare or not other.unit or not _patterns(language).ends.fullmatch(text, first.span.end, second.span.start):
        return one
    return replace(one, unit=other.unit)


# --- dates and the rest -----------------------------------------------------------------------------------------


def _dates(text: str, language: Language) -> Iterator[Stated]:
    read = {number.span for number in numbers(text, language)}
    for date in dates(text, language):
        if date.parts > 1 or date.span not in read:
            yield Stated(date.span, date=date, known=language.known)


def _ranks(text: str, language: Language) -> Iterator[Stated]:
    """Ordinals in digits that are no part of a name, and those in words before a superlative."""
    patterns = _patterns(language)
    for number in ordinals(text, language):
        words = number.span.of(text)
        if words[0].isdigit():
            counts = patterns.ranked.match(text, number.span.end)
        else:
            counts = patterns.superlative.match(text, number.span.end) or patterns.compound.fullmatch(words)
        if counts:
            yield Stated(number.span, (number.low,), rank=True, known=language.known)


def _decades(text: str) -> Iterator[Stated]:
    for found in _DECADE.finditer(text):
        yield Stated(Span(*found.span()), decade=int(found[1]))


_DECADE = re.compile(r"(?<![\w.,])(\d{4})(?:s|er)(?!\w)")


def _verbatim(text: str, language: Language) -> Iterator[Stated]:
    """Times of day, seasons, scores: digits that are joined by a colon, slash or dash and are no numbers alone."""
    numbered = (number.span for number in numbers(text, language))
    read = _covered(text, (*numbered, *(date.span for date in dates(text, language) if date.parts > 1)))
    for found in _JOINED.finditer(text):
        span = Span(*found.span())
        if not any(read[span.start : span.end]):
            yield Stated(span, verbatim=_as_written(found.group()))


_JOINED = re.compile(r"(?<![\w.,:/–-])(?:\d{1,3}(?::\d{1,2}){1,2}|\d{4}[/–-]\d{2})(?![\w:/–-]|[.,]\d)")


def _as_written(digits: str) -> str:
    """Digits with their marks: dashes, slashes and colons alike, without a zero at the beginning."""
    return re.sub("[/:–]", "-", digits).lstrip("0")


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Patterns for what surrounds numbers in one language."""

    hedge: re.Pattern[str]
    multiple: re.Pattern[str]
    out_of: re.Pattern[str]
    ends: re.Pattern[str]
    ranked: re.Pattern[str]
    year_after: re.Pattern[str]
    glued: re.Pattern[str]
    comparing: re.Pattern[str]
    minus: re.Pattern[str]
    superlative: re.Pattern[str]
    compound: re.Pattern[str]
    percent: re.Pattern[str]


@cache
def _patterns(language: Language) -> _Patterns:
    words = language.stated
    money = any_of(sign for signs in language.unit_symbols.values() for sign in signs)
    hedges = any_of([*words.about, *words.less, *words.more]).replace(r"\ ", GAP)
    out_of = any_of(words.out_of).replace(r"\ ", GAP)
    return _Patterns(
        hedge=re.compile(
            rf"(?<!\w)({hedges}){GAP}(?:(?:a|an|the|one|die|das|ein|eine){GAP})?(?:{money}{GAP}?)?$", re.I
        ),
        multiple=re.compile(rf"(?<![\w-]){any_of(words.multiples)}(?![\w-])".replace(r"\ ", GAP), re.I),
        out_of=re.compile(rf"{GAP}{out_of}{GAP}", re.I),
        ends=re.compile(rf"{GAP}?(?:,|[–-]|,?{GAP}{any_of(words.ends)}){GAP}?(?:{money}{GAP}?)?", re.I),
        year_after=re.compile(rf"(?<!\w){any_of(words.year_after)}(?:{GAP}|-)$", re.I),
        glued=re.compile(
            rf"(?<!\w)(?P<number>{any_of(words.small)})(?P<unit>{any_of(words.glued)})\w{{0,2}}(?!\w)", re.I
        ),
        comparing=re.compile(rf"{GAP}{any_of(words.comparing)}(?!\w)", re.I),
        minus=re.compile(rf"(?<!\w){any_of(words.minus)}{GAP}$", re.I),
        ranked=re.compile(rf"(?:{GAP}|-)(?:[a-zäöü]|(?i:{any_of(words.ranked)})(?!\w))|(?=[.,;:!?)]|{GAP}?$)"),
        superlative=re.compile("|".join(words.superlative) or "(?!)", re.I),
        compound=re.compile(r"\w+größte[nrs]?", re.I),
        percent=re.compile(rf"{GAP}?{any_of(language.percent)}", re.I),
    )
