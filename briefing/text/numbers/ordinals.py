"""Ranks, decades, and shares that an ordinal tells: "the 3rd", "second-largest", "the twenties", "every fifth".

An ordinal in words is a rank only before a superlative or a word such as "century": "the second half" and "a third
party" say no number. What prose rests on is read leniently: any ordinal in it may be the rank that prose states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from briefing.model.places import Span
from briefing.text.language_rules import GAP, Language, any_of
from briefing.text.numbers.numerals import ordinals
from briefing.text.numbers.quantity import Number

_LEAST_IN_WORDS = 3
"""From which ordinal in words a word like "time" makes it a rank: "for the first time" counts none."""


_LOOK_BACK = 8
"""Code points before an ordinal in which an "or" is looked for: "a second or third time" is no rank."""
_LARGEST = 200
"""Below which an ordinal in digits may be a rank of any noun."""


def ranks(text: str, language: Language, leniently: bool = False) -> Iterator[tuple[Span, Decimal]]:
    """Ordinals in digits that are no part of a name, those in words that rank something, and compounds with one."""
    patterns = _patterns(language)
    for number in ordinals(text, language):
        words, end = number.span.of(text), number.span.end
        if words[0].isdigit():
            counts = patterns.ranked.match(text, end) or (leniently and _may_rank(text, number, language))
        else:
            either = patterns.either.search(text, max(0, number.span.start - _LOOK_BACK), number.span.start)
            ranked = number.low >= _LEAST_IN_WORDS and not either and patterns.in_words.match(text, end)
            counts = patterns.superlative.match(text, end) or ranked or _placed(text, number, patterns)
        if counts or (leniently and not words[0].isdigit()):
            yield number.span, number.low
    for found in patterns.compound.finditer(text):
        yield Span(*found.span()), patterns.stems[_named(found)["stem"].lower()]


def _may_rank(text: str, number: Number, language: Language) -> bool:
    """Whether digits with a full stop may be an ordinal, and not the end of a sentence."""
    following = re.match(r"\W*(\w*)", text[number.span.end : number.span.end + 30])
    return number.low < _LARGEST and following is not None and following[1] not in language.starters


def _placed(text: str, number: Number, patterns: _Patterns) -> bool:
    """Whether an ordinal in words says who came in where: "finished third"."""
    if number.low == 1 or not patterns.before.search(text, max(0, number.span.start - 24), number.span.start):
        return False
    return bool(patterns.no_noun.match(text, number.span.end))


def decades(text: str, language: Language) -> Iterator[tuple[Span, int]]:
    """Decades with their first year; below 100 where the century is not said."""
    words = {word.lower(): value for word, value in language.stated.decades.items()}
    for found in _patterns(language).decade.finditer(text):
        named = _named(found)
        first = int(named["digits"]) if "digits" in named else words[named["word"].lower()]
        yield Span(*found.span()), first


def shares(text: str, language: Language) -> Iterator[tuple[Span, Decimal]]:
    """ "Every fifth", and where "third" or "quarter" can only be a part: "the richest tenth"."""
    patterns = _patterns(language)
    for found in patterns.share.finditer(text):
        (kind, words), *_ = _named(found).items()
        bottom = (language.ordinals if kind == "ordinal" else language.fractions.nouns_one)[words.lower()]
        if bottom > 1:
            yield Span(*found.span()), Decimal(1) / bottom
    for found in patterns.one_of.finditer(text):
        digits = _named(found)["number"].lower()
        bottom = int(digits) if digits.isdecimal() else language.stated.small[digits]
        if bottom > 1:
            yield Span(*found.span()), Decimal(1) / bottom


def _named(found: re.Match[str]) -> dict[str, str]:
    """What the groups of a match have, by their names without the number of their pattern."""
    return {name.partition("_")[0]: value for name, value in found.groupdict().items() if value}


@dataclass(frozen=True, slots=True)
class _Patterns:
    ranked: re.Pattern[str]
    in_words: re.Pattern[str]
    before: re.Pattern[str]
    no_noun: re.Pattern[str]
    either: re.Pattern[str]
    superlative: re.Pattern[str]
    compound: re.Pattern[str]
    stems: dict[str, Decimal]
    decade: re.Pattern[str]
    share: re.Pattern[str]
    one_of: re.Pattern[str]


@cache
def _patterns(language: Language) -> _Patterns:
    words = language.stated
    ranked, ordinal = any_of(words.ranked), any_of(language.ordinals)
    stems = {word[:-1]: Decimal(value) for word, value in language.ordinals.items() if word.endswith("te")}
    filled = {
        "ordinal": f"(?P<ordinal>{ordinal})",
        "part": f"(?P<part>{any_of(language.fractions.nouns_one)})",
        "stem": f"(?P<stem>{any_of(stems)})",
        "decade": any_of(words.decades),
        "Decade": any_of(word.capitalize() for word in words.decades),
        "number": rf"(?P<number>{any_of(words.small)}|\d{{1,3}})",
    }

    def any_pattern(given: tuple[str, ...]) -> re.Pattern[str]:
        """Any of some patterns of a language file; a group that stands in several gets a number in each."""
        made = []
        for number, pattern in enumerate(given):
            for name, value in filled.items():
                pattern = pattern.replace("{" + name + "}", value)
            made.append(re.sub(r"\(\?P<(\w+)>", rf"(?P<\g<1>_{number}>", pattern))
        return re.compile("|".join(made).replace(" ", f"{GAP}") or "(?!)", re.I)

    return _Patterns(
        ranked=re.compile(rf"(?:{GAP}|-)(?:[a-zäöü]|(?i:{ranked})(?!\w))|(?=[.,;:!?)]|{GAP}?$)"),
        before=re.compile(rf"(?<!\w){any_of(words.rank_before)}{GAP}$", re.I),
        no_noun=re.compile(rf"\s*(?:$|[.,;:)!?]|{any_of(words.function)}(?!\w))", re.I),
        either=re.compile(rf"\w{GAP}{any_of(language.quantifiers.or_)}{GAP}(?:a{GAP})?$", re.I),
        in_words=re.compile(
            rf"(?:{GAP}|-)(?:{any_of(words.ranked_in_words)}|(?:\w+{GAP})?{any_of(words.series)})(?!\w)", re.I
        ),
        superlative=re.compile("|".join(words.superlative) or "(?!)", re.I),
        compound=any_pattern(words.rank_compounds),
        stems=stems,
        decade=any_pattern(words.decade_patterns),
        share=any_pattern(words.share_patterns),
        one_of=any_pattern(words.one_of_patterns),
    )
