"""What a number counts: the currency, the per cent and of what, or the noun after it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from briefing.coverage import NumberMention
from briefing.model.places import Span
from briefing.text import Language, speech, worth

_WORD = re.compile(r"[ \u00a0-]([^\W\d_][\w’'-]*)")
_NOUN_WORDS = 3
"""Words of which a noun with its adjectives has at most."""
_NO_PLURAL = ("ss", "us", "is", "’s", "'s")


@dataclass(frozen=True, slots=True)
class Unit:
    """What a number counts."""

    name: str
    """Empty where the words after the number do not tell."""
    end: int
    """Where the words for it end."""
    measured: bool
    """Whether it is a unit of measurement or money."""


def unit_after(text: str, language: Language, mention: NumberMention) -> Unit:
    """The unit of a number, in the source's own words."""
    end, rules = mention.span.end, worth(language)
    if mention.date or mention.rank or not rules.stop:
        return Unit("", end, False)
    if any(number.percent or number.fraction for number in mention.numbers):
        of = _of(text, language, end)
        return Unit(f"% {of[0]}" if of else "%", of[1] if of else end, False)
    end += text[end : end + 1] == "." and text[end - 1].isalpha() and mention.numbers[-1].multiplier > 1
    sign = text[mention.span.start : mention.numbers[0].span.start].strip(" \u00a0")
    vague = _WORD.match(text, end) if mention.numbers[-1].words else None
    begin = vague.end() if vague and vague[1] in rules.of else end
    unit = _money(language, sign, end) or _noun(text, language, begin)
    unit = unit if unit.name else Unit("", end, False)
    per = _per(language).match(text, unit.end)
    return Unit(f"{unit.name}{per.group()}", per.end(), unit.measured) if per and unit.name else unit


def _money(language: Language, sign: str, end: int) -> Unit | None:
    for signs, name in worth(language).currencies.items():
        if sign.lstrip("-−–") == signs:
            return Unit(name, end, True)
    return Unit(sign, end, True) if sign else None


def _of(text: str, language: Language, end: int) -> tuple[str, int] | None:
    """What a share is a share of: "of GDP"."""
    rules, articles = worth(language), speech(language).articles
    found = _WORD.match(text, end)
    if not found or found[1] not in rules.of:
        return None
    at, count = found.end(), 0
    while count < _NOUN_WORDS and (word := _WORD.match(text, at)):
        article = count == 0 and word[1].lower() in articles
        if word[1].lower() in rules.stop and not article:
            break
        at, count = word.end(), count + 1
    words = Span(found.start() + 1, at).of(text)
    return (words, at) if count and words.split()[-1].lower() not in articles else None


def _noun(text: str, language: Language, end: int) -> Unit:
    """The noun after a number with its adjectives, as far as it can be told."""
    rules = worth(language)
    at = end
    words: list[str] = []
    while len(words) < _NOUN_WORDS and (found := _WORD.match(text, at)):
        word = found[1]
        if word.lower() in rules.stop or (text[at] == "-" and not words):
            break
        words.append(word)
        at = found.end()
        if word in rules.currency_words or word in rules.measures:
            return Unit(" ".join(words), at, True)
        if _is_noun(word, language):
            return Unit(" ".join(words), at, False)
    return Unit("", end, False)


def _is_noun(word: str, language: Language) -> bool:
    if speech(language).nouns_have_capitals:
        return word[0].isupper()
    return word in worth(language).people_nouns or (word.endswith("s") and not word.endswith(_NO_PLURAL))


@cache
def _per(language: Language) -> re.Pattern[str]:
    listed = "|".join(sorted(map(re.escape, worth(language).per), key=len, reverse=True))
    return re.compile(rf"[ \u00a0](?:{listed})(?!\w)" if listed else "(?!)")
