"""Which numbers a text names, in digits and in words.

What is not surely a number is none: names (F-16, COVID-19, 5G), decades (1980s), versions and section numbers (1.6.1),
times, seasons (2024-25), phone numbers, marks that do not fit the language (3.5 in German), and the parts of a date
with a month. A year alone is a number, and a date as well. "One in five" is two numbers, no share.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from operator import attrgetter

from msgspec.structs import replace

from briefing.model.places import Span, clear_of, outermost
from briefing.text.dates import dates
from briefing.text.language_rules import GAP, Language, Patterns, any_of
from briefing.text.numbers import digits, number_words
from briefing.text.numbers.quantity import Number

_LOOK_BACK = 24
"""Code points before a number in which "between" is looked for."""


@lru_cache(maxsize=512)  # rules ask for the same paragraphs again and again
def numbers(text: str, language: Language) -> tuple[Number, ...]:
    """Return every cardinal number in a text, in its order."""
    found = [
        *number_words.vague(text, language),
        *digits.cardinals(text, language),
        *number_words.cardinals(text, language),
    ]
    percent = _range_patterns(language).percent
    marked = (replace(number, percent=bool(percent.match(text, number.span.end))) for number in found)
    done: list[Number] = []
    for number in reversed(list(_outside_dates(text, language, marked))):
        done.append(
            _like_second(number, done[-1]) if done and _joins_range(text, language, number, done[-1]) else number
        )
    return tuple(reversed(done))


@lru_cache(maxsize=512)
def ordinals(text: str, language: Language) -> tuple[Number, ...]:
    """Return every ordinal number in a text ("third", "21st")."""
    found = [*digits.ordinals(text, language), *number_words.ordinals(text, language)]
    return tuple(_outside_dates(text, language, found))


def ranges(text: str, language: Language) -> tuple[tuple[Number, ...], ...]:
    """Return every cardinal number in a text, the two ends of a range together: "300 to 400", "between 300 and 400"."""
    groups: list[tuple[Number, ...]] = []
    for number in numbers(text, language):
        before = groups[-1] if groups else ()
        rising = len(before) == 1 and before[0].low < number.low
        if rising and _joins_range(text, language, before[0], number):
            groups[-1] = (*before, number)
        else:
            groups.append((number,))
    return tuple(groups)


def past_percent(text: str, language: Language, end: int) -> int:
    """Return where a percent sign or word after a number ends; where the number ends if there is none."""
    found = _range_patterns(language).percent.match(text, end)
    return found.end() if found else end


def _outside_dates(text: str, language: Language, found: Iterable[Number]) -> Iterator[Number]:
    """Return the longest numbers that are not parts of a date with more than a year or month."""
    dated = (date.span for date in dates(text, language) if date.parts > 1)
    return clear_of(outermost(found, attrgetter("span")), attrgetter("span"), dated)


def _joins_range(text: str, language: Language, first: Number, second: Number) -> bool:
    """Return whether two numbers are the ends of one range."""
    patterns = _range_patterns(language)
    gap = Span(first.span.end, second.span.start)
    if gap.end - gap.start > _LOOK_BACK:
        return False
    if patterns.joiner.fullmatch(text, gap.start, gap.end):
        return True
    before = text[max(0, first.span.start - _LOOK_BACK) : first.span.start]
    return bool(patterns.both.fullmatch(text, gap.start, gap.end) and patterns.between.search(before))


def _like_second(first: Number, second: Number) -> Number:
    """Return the first end of a range with what is written after the second only: "3 to 4 million"."""
    first = replace(first, percent=first.percent or second.percent)
    if second.multiplier == 1 or first.multiplier != 1 or first.high is None or first.fraction:
        return first
    low = first.low * second.multiplier
    if abs(first.low) >= second.multiplier or low > second.low:
        return first
    return replace(first, low=low, high=low, also=first.low, multiplier=second.multiplier)


@cache
def _range_patterns(language: Language) -> Patterns:
    """Return a percent sign or word; what joins the ends of a range; what announces two numbers with "and"."""
    signs = any_of(word for word in language.percent if not word[0].isalpha())
    words = any_of(word for word in language.percent if word[0].isalpha())
    currency = r"(?:[^\w\s.,;:!?()–-]|" + any_of(language.currencies) + rf"{GAP})?"
    return Patterns(
        percent=rf"{GAP}?{signs}|(?:{GAP}|-){words}(?!\w)",
        joiner=rf"{GAP}?{any_of(language.range)}{GAP}?{currency}",
        both=rf"{GAP}{any_of(language.numbers.and_)}{GAP}{currency}",
        between=rf"(?<!\w){any_of(language.numbers.between)}{GAP}{currency}$",
    )
