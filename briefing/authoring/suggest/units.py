"""Read what a number counts: the currency, the per cent and of what, or the noun after it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from briefing.coverage import NumberMention
from briefing.text import Language, speech, worth

_LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[ \u00a0-]([^\W\d_][\w’'-]*)")
_NOUN_WORDS = 3
"""Words of which a noun with its adjectives has at most."""
_NO_PLURAL = ("ss", "us", "is", "’s", "'s")


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts."""

    name: str
    """Empty where the words after the number do not say."""
    end: int
    """The end of the words for it."""
    measured: bool
    """Whether it is a unit of measurement or money."""


def unit_after(text: str, language: Language, mention: NumberMention) -> Unit:
    """Return the unit of a number, in the source's own words."""
    end, rules = mention.span.end, worth(language)
    if mention.date or mention.rank or not rules.stop:
        return Unit("", end, False)
    if any(number.percent or number.fraction for number in mention.numbers):
        return _share_of(text, language, end)
    last = mention.numbers[-1]
    if within := _unit_within(text, language, mention):
        return within
    end += text[end : end + 1] == "." and text[end - 1].isalpha() and last.multiplier > 1
    unit = _money_of(text, language, mention, end) or _noun_after(text, language, end, vague=bool(last.words))
    if not unit.name:
        return Unit("", end, False)
    per = _per_pattern(language).match(text, unit.end)
    return Unit(f"{unit.name}{per.group()}", per.end(), unit.measured) if per else unit


def _unit_within(text: str, language: Language, mention: NumberMention) -> Unit | None:
    """Return the unit that is among the words of a number: "half a mile"."""
    within = [word for word in _LETTERS.findall(mention.span.of(text)) if word in _unit_words(language)]
    if not within or mention.numbers[-1].multiplier > 1:
        return None
    return Unit(within[-1], mention.span.end, within[-1] in worth(language).measures)


def _money_of(text: str, language: Language, mention: NumberMention, end: int) -> Unit | None:
    """Return the currency by the sign before a number, or the sign itself where it is not known."""
    sign = text[mention.span.start : mention.numbers[0].span.start].strip(" \u00a0")
    if not sign:
        return None
    return Unit(worth(language).currencies.get(sign.lstrip("-−–"), sign), end, True)


def _share_of(text: str, language: Language, end: int) -> Unit:
    """Return per cent, and what a share is a share of: "% of GDP"."""
    rules, articles = worth(language), speech(language).articles
    found = _WORD.match(text, end)
    at, count = found.end() if found else end, 0
    while count < _NOUN_WORDS and (word := _WORD.match(text, at)):
        if word[1].lower() in rules.stop and not (count == 0 and word[1].lower() in articles):
            break
        at, count = word.end(), count + 1
    if not found or found[1] not in rules.of or not count:
        return Unit("%", end, False)
    words = text[found.start() + 1 : at]
    return Unit("%", end, False) if words.split()[-1].lower() in articles else Unit(f"% {words}", at, False)


def _noun_after(text: str, language: Language, end: int, *, vague: bool) -> Unit:
    """Return the noun after a number with its adjectives, as far as it can be read: "40 boats", "dozens of boats"."""
    rules, words = worth(language), list[str]()
    of = _WORD.match(text, end) if vague else None
    at = of.end() if of and of[1] in rules.of else end
    while len(words) < _NOUN_WORDS and (found := _WORD.match(text, at)):
        word = found[1]
        if word.lower() in rules.stop or (text[at] == "-" and not words and word not in _unit_words(language)):
            break
        words.append(word)
        at = found.end()
        measured = word in rules.currency_words or word in rules.measures
        if measured or (not words[1:] and word in _unit_words(language)):
            return Unit(" ".join(words), at, measured)
        if _is_noun(word, language):
            return Unit(" ".join(words), at, False)
    return Unit("", end, False)


def _is_noun(word: str, language: Language) -> bool:
    if speech(language).nouns_have_capitals:
        return word[0].isupper()
    return word in worth(language).people_nouns or (word.endswith("s") and not word.endswith(_NO_PLURAL))


@cache
def _unit_words(language: Language) -> frozenset[str]:
    """Return the words for units that have one name in all languages: mile, hours."""
    return frozenset(word for words in language.stated.units.values() for word in words)


@cache
def _per_pattern(language: Language) -> re.Pattern[str]:
    listed = "|".join(sorted(map(re.escape, worth(language).per), key=len, reverse=True))
    return re.compile(rf"[ \u00a0](?:{listed})(?!\w)" if listed else "(?!)")
