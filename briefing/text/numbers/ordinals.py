"""Ranks, decades, and shares that an ordinal tells: "the 3rd", "second-largest", "the twenties", "every fifth".

An ordinal in words is a rank only before a superlative or a word such as "century": "the second half" and "a third
party" say no number. What prose rests on is read leniently: any ordinal in it may be the rank that prose states.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache

from briefing.model.places import Span
from briefing.text.language_rules import GAP, Language, Patterns, any_of, fill_pattern
from briefing.text.numbers.numerals import ordinals
from briefing.text.numbers.quantity import Number
from briefing.text.openings import DECADE, DIGITS, SHARE, SMALL, STEM, kinds_in

_LEAST_IN_WORDS = 3
"""From which ordinal in words a word like "time" makes it a rank: "for the first time" counts none."""


_LOOK_BACK = 8
"""Code points before an ordinal in which an "or" is looked for: "a second or third time" is no rank."""
_LOOK_FURTHER_BACK = 24
"""The same for words such as "finished"."""
_LARGEST = 200
"""Below which an ordinal in digits may be a rank of any noun."""


def ranks(text: str, language: Language, leniently: bool = False) -> Iterator[tuple[Span, Decimal]]:
    """Yield ordinals in digits that are no part of a name, those in words that rank something, and compounds
    with one."""
    patterns = _rank_patterns(language)
    for number in ordinals(text, language):
        start, end = number.span.start, number.span.end
        if text[start].isdigit():
            following = re.match(r"\W*(\w*)", text[end : end + 30])
            ends_no_sentence = following is not None and following[1] not in language.starters
            may_count = leniently and number.low < _LARGEST and ends_no_sentence
            counts = may_count or patterns.ranked.match(text, end) is not None
        else:
            counts = leniently or _ranks_in_words(text, number, patterns)
        if counts:
            yield number.span, number.low
    for found in patterns.compound.finditer(text) if kinds_in(text, language) & STEM else ():
        yield Span(*found.span()), _ordinal_stems(language)[_named_groups(found)["stem"].lower()]


def _ranks_in_words(text: str, number: Number, patterns: Patterns) -> bool:
    """Return whether an ordinal in words is a rank, by what is around it: "finished third", "third-largest"."""
    start, end = number.span.start, number.span.end
    either = patterns.either.search(text, max(0, start - _LOOK_BACK), start)
    counted = number.low >= _LEAST_IN_WORDS and not either and patterns.in_words.match(text, end)
    placed = number.low > 1 and patterns.before.search(text, max(0, start - _LOOK_FURTHER_BACK), start)
    return bool(patterns.superlative.match(text, end) or counted or (placed and patterns.no_noun.match(text, end)))


def decades(text: str, language: Language) -> Iterator[tuple[Span, int]]:
    """Yield decades with their first year; below 100 where the century is not said."""
    if not kinds_in(text, language) & (DIGITS | DECADE):
        return
    words = _decade_words(language)
    for found in _rank_patterns(language).decade.finditer(text):
        named = _named_groups(found)
        first = int(named["digits"]) if "digits" in named else words[named["word"].lower()]
        yield Span(*found.span()), first


@cache
def _decade_words(language: Language) -> Mapping[str, int]:
    """Return the first year of each decade by its word in lower case."""
    return {word.lower(): value for word, value in language.stated.decades.items()}


def shares(text: str, language: Language) -> Iterator[tuple[Span, Decimal]]:
    """ "Every fifth", and where "third" or "quarter" can only be a part: "the richest tenth"."""
    patterns, kinds = _rank_patterns(language), kinds_in(text, language)
    every = patterns.share.finditer(text) if kinds & SHARE else ()
    one_of = patterns.one_of.finditer(text) if kinds & (SMALL | DIGITS) else ()
    wholes = {"ordinal": language.ordinals, "part": language.fractions.nouns_one, "number": language.stated.small}
    for found in (*every, *one_of):
        (kind, words), *_ = _named_groups(found).items()
        bottom = int(words) if words.isdecimal() else wholes[kind][words.lower()]
        if bottom > 1:
            yield Span(*found.span()), Decimal(1) / bottom


def _named_groups(found: re.Match[str]) -> dict[str, str]:
    """Return what the groups of a match have, by their names without the number of their pattern."""
    return {name.partition("_")[0]: value for name, value in found.groupdict().items() if value}


def _ordinal_stems(language: Language) -> dict[str, Decimal]:
    """Return the ordinals of German without their ending, as compounds have them: "dritt"."""
    return {word[:-1]: Decimal(value) for word, value in language.ordinals.items() if word.endswith("te")}


@cache
def _rank_patterns(language: Language) -> Patterns:
    words = language.stated
    filled = {
        "ordinal": f"(?P<ordinal>{any_of(language.ordinals)})",
        "part": f"(?P<part>{any_of(language.fractions.nouns_one)})",
        "stem": f"(?P<stem>{any_of(_ordinal_stems(language))})",
        "decade": any_of(words.decades),
        "Decade": any_of(word.capitalize() for word in words.decades),
        "number": rf"(?P<number>{any_of(words.small)}|\d{{1,3}})",
    }

    def any_pattern(given: tuple[str, ...]) -> str:
        """Return any of some patterns of a language file; a group that is in several gets a number in each."""
        made = (
            re.sub(r"\(\?P<(\w+)>", rf"(?P<\g<1>_{number}>", fill_pattern(pattern, filled))
            for number, pattern in enumerate(given)
        )
        return "|".join(made).replace(" ", GAP) or "(?!)"

    return Patterns(
        ranked=rf"(?:{GAP}|-)(?:(?-i:[a-zäöü])|{any_of(words.ranked)}(?!\w))|(?=[.,;:!?)]|{GAP}?$)",
        before=rf"(?<!\w){any_of(words.rank_before)}{GAP}$",
        no_noun=rf"\s*(?:$|[.,;:)!?]|{any_of(words.function)}(?!\w))",
        either=rf"\w{GAP}{any_of(language.quantifiers.or_)}{GAP}(?:a{GAP})?$",
        in_words=rf"(?:{GAP}|-)(?:{any_of(words.ranked_in_words)}|(?:\w+{GAP})?{any_of(words.series)})(?!\w)",
        superlative="|".join(words.superlative) or "(?!)",
        compound=any_pattern(words.rank_compounds),
        decade=any_pattern(words.decade_patterns),
        share=any_pattern(words.share_patterns),
        one_of=any_pattern(words.one_of_patterns),
    )
