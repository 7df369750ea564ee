"""Which numbers and dates of a text say something.

Left out are numbers that are names (F-16, Article 5, 155 mm, Agenda 2030), "one" that counts nothing, phrases that
point back ("the two"), ordinals that are no rank ("the third largest" is one), and months without a day or year.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import attrgetter

from briefing.model.places import Span, clear_of
from briefing.text import Date, Language, Number, dates, ordinals, past_percent, ranges, speech, worth
from briefing.text.language_rules import Patterns, any_of

_LOOK_BACK = 40
"""Code points before a number in which its label or sign is looked for."""
_WORD_BEFORE = re.compile(r"(?P<before>[.!?:“\"„»] |^|\n)?(?P<word>[^\W\d_][\w’'.-]*)[ \u00a0]$")
_WORD_AFTER = re.compile(r"[ \u00a0-]?([^\W\d_][\w’'-]*)")
_SIGN_BEFORE = re.compile(r"(?:(?<!\w)[A-Z]{1,3})?[^\w\s.,;:!?()–\-%“”„\"‘’«»/*]$")
_FIRST_OWN_YEAR = 1900
"""Before this a number with a plural after it is mostly a count: 1500 tanks, but the 2025 elections."""


@dataclass(frozen=True, slots=True)
class NumberMention:
    """A number or date that says something."""

    span: Span
    """The words that say it, with sign, currency sign and percent."""
    numbers: tuple[Number, ...] = ()
    """One, or both ends of a range; none for a date."""
    date: Date | None = None
    rank: bool = False


@lru_cache(maxsize=64)
def mentions(text: str, language: Language) -> tuple[NumberMention, ...]:
    """Return every number and date of a text that says something, in its order."""
    dated = []
    for date in dates(text, language):
        if _is_date(text, language, date):
            stop = text[date.span.end - 1] == "."  # may be of the name of a month; in "3 March." it is the sentence's
            dated.append(NumberMention(Span(date.span.start, date.span.end - stop), date=date))
    taken = [mention.span for mention in dated]
    found = filter(None, (_counted_mention(text, language, group) for group in ranges(text, language)))
    counted = list(clear_of(found, attrgetter("span"), taken))
    taken = sorted((*taken, *(mention.span for mention in counted)))
    ranked = clear_of(_find_ranks(text, language), attrgetter("span"), taken)
    return tuple(sorted([*dated, *counted, *ranked], key=lambda mention: mention.span))


# --- dates ------------------------------------------------------------------------------------------------------


def _is_date(text: str, language: Language, date: Date) -> bool:
    """Return whether a date is one: a year alone may be a number or belong to a name, a month alone says too little."""
    if date.parts > 1:
        return True
    if date.year is None or _is_labelled(text, language, date.span):
        return False
    if (
        _sign_start(text, date.span.start) < date.span.start
        or past_percent(text, language, date.span.end) > date.span.end
    ):
        return False
    rules, following = worth(language), _word_after(text, date.span.end)
    if following in rules.measures | rules.people_nouns | rules.currency_words:
        return False
    return date.year >= _FIRST_OWN_YEAR or not (following.islower() and following.endswith("s"))


# --- numbers ----------------------------------------------------------------------------------------------------


def _counted_mention(text: str, language: Language, group: tuple[Number, ...]) -> NumberMention | None:
    """Return the mention of a number or range, or none where it says nothing."""
    span = Span(group[0].span.start, group[-1].span.end)
    if _is_one(text, language, group) or _is_phrase(text, language, span):
        return None
    start = _sign_start(text, span.start)
    if start == span.start and _is_labelled(text, language, span):
        return None
    return NumberMention(Span(start, past_percent(text, language, span.end)), group)


def _is_one(text: str, language: Language, group: tuple[Number, ...]) -> bool:
    """Return whether a number is the word for one, which mostly counts nothing."""
    first = group[0]
    plain = first.low == 1 and first.multiplier == 1 and not (first.percent or first.fraction or first.words)
    return len(group) == 1 and plain and not any(letter.isdigit() for letter in first.span.of(text))


def _is_labelled(text: str, language: Language, span: Span) -> bool:
    """Return whether a number belongs to a name: by the word before it, or by that after it."""
    rules = worth(language)
    if _name_patterns(language).named_after.match(text, span.end):
        return True
    found = _WORD_BEFORE.search(text, max(span.start - _LOOK_BACK, 0), span.start)
    if not found or not text[span.start].isdigit():
        return False
    if found["word"].rstrip(".") in rules.labels:
        return True
    # In English a capital within a sentence is a name's: Leopard 2, Camp 7.
    small = span.end - span.start <= 3 and text[span.start : span.end].isdigit()
    if small and rules.labels and not speech(language).nouns_have_capitals and found["before"] is None:
        following = _word_after(text, span.end)
        return found["word"][0].isupper() and (not following or following in rules.stop)
    return False


def _word_after(text: str, end: int) -> str:
    """Return the word after a number, where only a space or hyphen is between."""
    found = _WORD_AFTER.match(text, end)
    return found[1] if found else ""


def _sign_start(text: str, start: int) -> int:
    """Return where a currency sign before a number begins, or the number itself."""
    bare = text[max(start - _LOOK_BACK, 0) : start].rstrip(" \u00a0\u202f")
    found = _SIGN_BEFORE.search(bare)
    if not found or unicodedata.category(bare[-1]) != "Sc":
        return start
    return max(start - _LOOK_BACK, 0) + found.start()


def _is_phrase(text: str, language: Language, span: Span) -> bool:
    """Return whether a number is in a phrase that counts nothing."""
    phrases = _name_patterns(language).phrase
    around = phrases.finditer(text, max(span.start - _LOOK_BACK, 0), span.end + _LOOK_BACK)
    return any(Span(*found.span()).holds(span) for found in around)


def _find_ranks(text: str, language: Language) -> Iterator[NumberMention]:
    """Yield ordinals that make a rank, with the superlative after them."""
    rules = worth(language)
    for number in ordinals(text, language):
        following = _WORD_AFTER.match(text, number.span.end)
        if following and following[1] in rules.rank_ends:
            yield NumberMention(Span(number.span.start, following.end()), (number,), rank=True)
        elif number.span.of(text).lower().endswith(tuple(rules.rank_ends) or ("\0",)):
            yield NumberMention(number.span, (number,), rank=True)


@cache
def _name_patterns(language: Language) -> Patterns:
    """Return patterns for phrases that count nothing, and for words after a number that make it a name: 155 mm."""
    words = worth(language)
    return Patterns(
        phrase=rf"(?<![\w.,]){any_of(words.anaphora | words.idioms)}(?!\w)",
        named_after=rf"[ \u00a0-]?(?-i:(?:[A-Z][\w’'-]+ ){{0,2}}{any_of(words.names_after)})(?!\w)",
    )
