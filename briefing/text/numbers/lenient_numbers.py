"""What else the numbers of a text may mean, for prose that rests on it: docs/decisions/0038-read-generously.md."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from itertools import pairwise

from msgspec.structs import replace

from briefing.model.places import Span
from briefing.text.dates import as_written
from briefing.text.language_rules import GAP, Language, Patterns, any_of
from briefing.text.numbers.quantity import Quantity
from briefing.text.openings import ARTICLE, FRACTION, PERIOD, kinds_in
from briefing.text.units import unit_after

CLOCKED = ("h", "min", "s")
"""The units of what is written with colons."""


def read_leniently(text: str, language: Language, read: Sequence[Quantity]) -> Iterator[Quantity]:
    """Yield everything that a text may state besides what was read in it."""
    yield from _find_scores(text, language, read)
    yield from _like_neighbours(text, read)
    yield from _find_articles(text, language)
    yield from _find_durations(text, read)
    yield from _find_periods(text, language)
    yield from _bare_fractions(text, language)


def _find_scores(text: str, language: Language, found: Iterable[Quantity]) -> Iterator[Quantity]:
    """Yield two small numbers with "to" between them as a score or ratio."""
    for first, second in pairwise(found):
        gap = text[first.span.end : second.span.start]
        plain = not (first.unit or first.date or second.date or first.rank)
        if plain and first.values and second.values and _lenient_patterns(language).against.fullmatch(gap):
            digits = f"{first.values[0]}-{second.values[0]}"
            yield Quantity(Span(first.span.start, second.span.end), verbatim=as_written(digits))


def _like_neighbours(text: str, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """Bare numbers with each unit, and in the millions, of the others in their sentence.

    "7.9 percent; a year ago it was 6.4": the second may be stated with the unit of the first.
    """
    numbers = [one for one in found if one.values and not (one.rank or one.fraction)]
    sentence = _sentence_numbers(text, numbers)
    for at, one in enumerate(numbers):
        if one.unit or one.noun or one.date:
            continue
        near = range(max(at - _NEIGHBOURS, 0), min(at + _NEIGHBOURS + 1, len(numbers)))
        yield from _stated_like(one, (numbers[other] for other in near if sentence[other] == sentence[at]))


def _stated_like(one: Quantity, others: Iterable[Quantity]) -> Iterator[Quantity]:
    """Yield a bare number with the unit of each of some others, and its values also in the millions of that."""
    for unit, factor in dict.fromkeys((other.unit, other.multiplier) for other in others):
        scaled = one.multiplier == 1 and factor > 1
        if unit or scaled:
            more = tuple(value * factor for value in one.values) if scaled else ()
            yield replace(one, unit=unit, values=tuple(dict.fromkeys((*one.values, *more))))


def _sentence_numbers(text: str, numbers: Sequence[Quantity]) -> list[int]:
    """Return for each number which sentence it is in; a full stop inside a number ends none."""
    starts = [one.span.start for one in numbers]
    ends = []
    for end in _SENTENCE_ENDS.finditer(text):
        before = numbers[bisect(starts, end.start()) - 1 :][:1]
        if not any(one.span.end > end.start() for one in before):
            ends.append(end.start())
    return [bisect(ends, start) for start in starts]


_NEIGHBOURS = 4
"""Numbers before and after a bare one whose unit it may have."""
_SENTENCE_ENDS = re.compile(r"[.!?]\s+[^\W\d_a-zäöüß]")


def _find_durations(text: str, found: Iterable[Quantity]) -> Iterator[Quantity]:
    """ "Two minutes and 35 seconds" as it may be written: "2:35"."""
    for first, second in pairwise(one for one in found if one.values and one.unit in CLOCKED):
        if (first.unit, second.unit) in pairwise(CLOCKED) and second.span.start - first.span.end in range(_BETWEEN):
            digits = f"{first.values[0]:f}-{second.values[0]:0>2f}"
            yield Quantity(Span(first.span.start, second.span.end), verbatim=as_written(digits))


_BETWEEN = 7
"""Code points between the parts of a duration: " and ", ", "."""


def _find_periods(text: str, language: Language) -> Iterator[Quantity]:
    """Yield words for a period with its length: "the first half-year" took six months."""
    if not kinds_in(text, language) & PERIOD:
        return
    for found in _lenient_patterns(language).period.finditer(text):
        number, unit = language.stated.periods[found.group().lower()]
        yield Quantity(Span(*found.span()), (Decimal(number),), unit=unit)


def _find_articles(text: str, language: Language) -> Iterator[Quantity]:
    """Yield one of a unit: "a mile" may be stated as "one mile"."""
    if not kinds_in(text, language) & ARTICLE:
        return
    for found in _lenient_patterns(language).article.finditer(text):
        unit, after = unit_after(text, found.end(), language)
        if unit and after - found.end() <= _LONGEST_UNIT:
            yield Quantity(Span(found.start(), after), (Decimal(1),), unit=unit)


def _bare_fractions(text: str, language: Language) -> Iterator[Quantity]:
    """ "A quarter stopped" as a fraction, which may be a period as well."""
    if not kinds_in(text, language) & FRACTION:
        return
    for found in _lenient_patterns(language).fraction.finditer(text):
        below = language.fractions.nouns_one[found["name"].lower()]
        yield Quantity(Span(*found.span()), (Decimal(1) / below,), fraction=True)


_LONGEST_UNIT = 16
"""Code points of the name of a unit after an article."""


@cache
def _lenient_patterns(language: Language) -> Patterns:
    words, named = language.stated, language.fractions
    return Patterns(
        against=rf"{GAP}?{any_of(words.against)}{GAP}?",
        article=rf"(?<!\w){any_of(language.numbers.article)}(?={GAP})",
        period=rf"(?<!\w){any_of(words.periods)}(?!\w)".replace(r"\ ", GAP),
        fraction=rf"(?<!\w){any_of(named.one)}{GAP}(?P<name>{any_of(named.nouns_one)})(?!\w)",
    )
