"""A kind of number that a text is closed to is none that its patterns would find in it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.check.rules.quantifiers import _patterns as _count_patterns
from briefing.text import Language, language, openings
from briefing.text.dates import _clock_patterns, _date_pattern
from briefing.text.numbers.digits import _digit_patterns
from briefing.text.numbers.lenient_numbers import _lenient_patterns
from briefing.text.numbers.number_words import _word_patterns
from briefing.text.numbers.ordinals import _rank_patterns
from briefing.text.numbers.quantities import _name_patterns, _quantity_patterns
from briefing.text.openings import folded, kinds_in

TAGS = ("en", "de", "fr", "ja")
WHOLE = (
    *("12 High Street", "the nineties", "half past two", "two o’clock", "155 mm shells", "calibre of 5", "Article 5"),
    *("Boeing 737", "24/7", "of the two", "every fifth of", "the richest tenth", "one person in three", "a quarter"),
    *("an hour and a half", "twice", "a mile", "the 3rd", "first half", "dozens", "6 November", "at 3 p.m."),
    *("most readers", "except for two, all readers", "bis auf zwei loben alle", "die meisten"),
    *("Hochstraße 5", "neunziger Jahre", "halb drei", "zwei Uhr", "155-mm-Granaten", "Artikel 5", "sechsjährig"),
    *("zweithöchste", "jeder fünfte ", "das reichste Zehntel", "einer von drei", "zweifach", "dreiköpfig", "Dutzende"),
)
"""What each of the patterns is for."""


@cache
def gated(rules: Language) -> tuple[tuple[int, re.Pattern[str]], ...]:
    """Every pattern that is tried on texts of some kinds only, with the kinds one of which opens it."""
    of, words, ranks = openings, _word_patterns(rules), _rank_patterns(rules)
    said, leniently, digits = _quantity_patterns(rules), _lenient_patterns(rules), _digit_patterns(rules)
    return (
        (of.YEAR | of.MONTH, _date_pattern(rules)[0]),
        *((of.DIGITS | of.CLOCK, pattern) for pattern in _clock_patterns(rules)),
        (of.VAGUE, words.vague),
        (of.ORDINAL, words.ordinal),
        (of.DIGITS, digits.cluster),
        (of.DIGITS, digits.ordinal),
        (of.STEM, ranks.compound),
        (of.DIGITS | of.DECADE, ranks.decade),
        (of.SHARE, ranks.share),
        (of.SMALL | of.DIGITS, ranks.one_of),
        (of.PERIOD, leniently.period),
        (of.ARTICLE, leniently.article),
        (of.FRACTION, leniently.fraction),
        (of.GLUED, said.glued),
        (of.COMPOSED, said.composed),
        (of.HALF, said.and_a_half),
        (of.MULTIPLE, said.multiple),
        (of.COUNT, _count_patterns(rules).word),
        (of.COUNT, _count_patterns(rules).left_out_first),
    )


@cache
def pieces(tag: str) -> list[str]:
    """Words of a language that its numbers are made of, a few of each list, and what is between them."""
    rules = language(tag)
    found: list[str] = []
    for record in (rules.stated, rules.numbers, rules.fractions, rules.quantifiers):
        for name in record.__slots__:
            value = getattr(record, name)
            found += [str(each) for each in value][:12] if not isinstance(value, bool | str) else ()
    found += [*list(rules.vague)[:20], *list(rules.ordinals)[:20], *list(_date_pattern(rules)[1])[:30]]
    gaps = (" ", "-", "\u00a0", ".", ",", ":", "s", "st", "ste", "er", "every", "the", "o’clock", "12", "1990", "½")
    return [
        *found,
        *WHOLE * 5,
        *map(str.upper, found),
        *(word.replace("i", "ı").replace("s", "ſ") for word in found),
        *gaps * 6,
    ]


@given(st.data(), st.sampled_from(TAGS))
def test_what_is_closed_would_find_nothing(data: st.DataObject, tag: str) -> None:
    words = data.draw(st.lists(st.sampled_from(pieces(tag)), max_size=8))
    text, rules = data.draw(st.sampled_from(("", " "))).join(words), language(tag)
    kinds = kinds_in(text, rules)
    for needed, pattern in gated(rules):
        assert kinds & needed or not pattern.search(text), (pattern.pattern[:200], text)
    for needed, source in _name_patterns(rules):
        assert kinds & needed == needed or not re.search(source, text), (source[:200], text)


@pytest.mark.parametrize("text", WHOLE)
def test_what_patterns_are_for_is_open(text: str) -> None:
    matched = 0
    for rules in map(language, ("en", "de")):
        kinds = kinds_in(text, rules)
        for needed, pattern in gated(rules):
            matched += pattern.search(text) is not None
            assert kinds & needed or not pattern.search(text), pattern.pattern[:200]
        for needed, source in _name_patterns(rules):
            matched += re.search(source, text) is not None
            assert kinds & needed == needed or not re.search(source, text), source[:200]
    assert matched


@pytest.mark.parametrize("tag", ["en", "de"])
def test_each_word_of_a_list_opens_its_kind(tag: str) -> None:
    rules = language(tag)
    for words, kind in [(rules.vague, openings.VAGUE), (rules.ordinals, openings.ORDINAL)]:
        for word in words:
            assert kinds_in(f"So {word} it is", rules) & kind, word
    assert not kinds_in("Nothing of it is here", language("en")), "most texts are closed to all kinds"


def letters_alike() -> Iterator[tuple[str, str]]:
    """Every two letters of which a pattern without regard to case matches one by the other, as far as either is a form
    of the other, or both of one letter."""
    alike: dict[str, set[str]] = {}
    for letter in map(chr, range(sys.maxunicode + 1)):
        forms = {letter.lower(), letter.upper(), letter.title(), letter.casefold(), letter.swapcase()} - {letter}
        for form in forms:
            alike.setdefault(form, set()).add(letter)
            if len(form) == 1:
                alike.setdefault(letter, set()).add(form)
    for one, others in alike.items():
        yield from ((one, other) for other in others if len(one) == 1)
        yield from ((a, b) for a in others for b in others if a != b)


def test_letters_that_patterns_match_alike_are_folded_alike() -> None:
    found = [(a, b) for a, b in letters_alike() if re.match(re.escape(a), b, re.I)] + [("i", "ı"), ("I", "İ")]
    assert len(found) > 2000
    assert [pair for pair in found if folded(pair[0]) != folded(pair[1])] == []
