"""What numbers take from those beside them: a unit that occurs once, millions, a currency, a word for the hour.

Prose says much only once: "122 and 152 mm", "€3 to 4 million", "between 8 and 10 p.m.".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import zip_longest

from msgspec.structs import replace

from briefing.model.places import Span
from briefing.text.dates import minutes
from briefing.text.language_rules import GAP, Language, Patterns, any_of
from briefing.text.numbers.quantity import Quantity
from briefing.text.units import MONEY, PERCENT, POINTS, TIMES, counts_something, unit_after

_LONGEST_UNIT = 16
"""Code points of the name of a unit that a fraction is of."""
_LAST = frozenset({"and", "or", "&", "und", "oder", "sowie"})
"""Words before the last thing of a list, which a comma may be before as well."""
_NEAR = 30
"""Code points from a bare number to the one in millions that it may be like."""


def shared(text: str, language: Language, found: Iterable[Quantity]) -> Iterator[Quantity]:
    """Return the numbers, of which those that are joined share a unit: "122 and 152 mm", "€3 to 4 million"."""
    joined = [_part_of_a_unit(text, language, one) for one in found]
    for at in range(len(joined) - 2, -1, -1):
        if _one_list(text, language, joined[at : at + 3]):
            joined[at] = _with_unit_of(text, language, joined[at], joined[at], joined[at + 1])
    for at in range(1, len(joined)):
        joined[at] = _with_unit_of(text, language, joined[at], joined[at - 1], joined[at])
    return _share_compared(text, language, _in_the_same_money(_share_hours(text, language, joined)))


def _part_of_a_unit(text: str, language: Language, one: Quantity) -> Quantity:
    """ "Half an hour", "a quarter of a century": so much of the unit."""
    found = (
        _unit_patterns(language).part_of.match(text, one.span.end) if one.fraction and len(one.values) == 1 else None
    )
    unit, end = unit_after(text, found.end(), language) if found else ("", 0)
    if not found or not unit or end - found.end() > _LONGEST_UNIT:
        return one
    return replace(one, span=Span(one.span.start, end), unit=unit, fraction=False, step=None, parts=())


def _one_list(text: str, language: Language, three: Sequence[Quantity]) -> bool:
    """Return whether the first two of some numbers are joined: a comma alone joins them in a list that goes on.

    "2, 3 and 5 percent", but "of the children under three, 40 percent".
    """
    first, second, *more = three
    if text[first.span.end : second.span.start].strip() != ",":
        return True
    return bool(more) and bool(_unit_patterns(language).ends.fullmatch(text, second.span.end, more[0].span.start))


def _share_hours(text: str, language: Language, found: Sequence[Quantity]) -> Iterator[Quantity]:
    """Yield the numbers; a bare one that is joined with a time of day is one too: "between 8 and 10 p.m."."""
    for one, following in zip_longest(found, found[1:]):
        if following and following.clock and _only_counts(one) and not one.unit and one.multiplier <= 1:
            hour = f"{one.values[0]:f}-00"
            joined = _unit_patterns(language).ends.fullmatch(text, one.span.end, following.span.start)
            if joined and minutes(hour):
                one = replace(one, clock=minutes(hour), verbatim=hour)
        yield one


def in_millions(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Yield the numbers; a bare one before one in millions may be in millions too: "from 96 to 71.5 million"."""
    for one, following in zip_longest(found, found[1:]):
        if following and following.multiplier >= 1000 and _only_counts(one) and one.multiplier == 1:
            gap = text[one.span.end : following.span.start]
            if one.unit in ("", following.unit) and len(gap) <= _NEAR and not re.search(r"[.;:]", gap):
                one = replace(one, values=(*one.values, *(value * following.multiplier for value in one.values)))
        yield one


def _only_counts(one: Quantity) -> bool:
    """Return whether a number says only how much, with or without a unit: nothing that it counts, no date, no rank."""
    return bool(one.values) and not (one.noun or one.date or one.fraction or one.rank)


def _in_the_same_money(found: Iterable[Quantity]) -> Iterator[Quantity]:
    """Yield the numbers; a bare one of thousands or more has the currency named last: "€3.5bn, after 1.9 billion"."""
    money = ""
    for one in found:
        money = one.unit if one.unit in MONEY else money
        bare = money and one.multiplier >= 1000 and not (one.unit or one.noun or one.date or one.least)
        yield replace(one, unit=money) if bare else one


def _share_compared(text: str, language: Language, found: Iterable[Quantity]) -> Iterator[Quantity]:
    """Yield the numbers; one before "more" or "less" has the unit of the one before: "31 hours, ten more than"."""
    unit = ""
    for one in found:
        bare = one.values and not (one.unit or one.date or one.fraction)
        more = _unit_patterns(language).comparing.match(text, one.span.end) if unit and bare else None
        if more and not counts_something(text, more.end(), language):  # not so "£38,000 for two more posts"
            one = replace(one, unit=unit, noun=False)
        unit = one.unit
        yield one


def _with_unit_of(text: str, language: Language, one: Quantity, first: Quantity, second: Quantity) -> Quantity:
    other = second if one is first else first
    if one is second and one.multiplier > 1 and other.unit in (PERCENT, TIMES, POINTS):
        return one  # "fell 17 percent to 38.2 million"
    bare = _only_counts(one) and not one.unit
    joined = bare and other.unit and _unit_patterns(language).ends.fullmatch(text, first.span.end, second.span.start)
    return replace(one, unit=other.unit) if joined else one


@cache
def _unit_patterns(language: Language) -> Patterns:
    words = language.stated
    money = any_of(sign for signs in language.unit_symbols.values() for sign in signs)
    return Patterns(
        ends=rf"{GAP}?(?:,|[–×x-]|{GAP}{any_of(words.ends)}|,{GAP}{any_of(_LAST)}){GAP}?(?:{money}{GAP}?)?",
        comparing=rf"{GAP}{any_of(words.comparing)}(?!\w)",
        part_of=rf"(?:{GAP}{any_of(language.fractions.of)})?{GAP}{any_of(language.numbers.article)}(?={GAP})",
    )
