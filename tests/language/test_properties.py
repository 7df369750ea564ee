"""Whatever the text: nothing fails, spans lie in it and in order, and time grows with its length."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.places import Span, overlapping
from briefing.text import Language, dates, joined, language, numbers, ordinals, paragraphs, quoted, sentences
from briefing.text.sentences import whole_lines
from tests.sizes import soak

TAGS = ("en", "en-GB", "de", "fr", "ja", "ar", "und", "generic", "", "../en", "xx-YY", "日本")
PIECES = (
    *" .!?…,;:-–−%€$\"“”„»«‘’'()\n\r\t\u00a0。", "U.S.", "Dr.", "one", "five", "hundred", "and", "a", "half", "million",
    "zwei", "und", "zwanzig", "Mio.", "6", "16", "2025", "1,500", "3.5", "½", "November", "May", "th", "of", "third",
    "bn", "m", "percent", "between", "to", "dozens", "年", "月", "é", "İ", "\u0301", "\ud800", "🙂",
)  # fmt: skip
texts = st.one_of(
    st.text(), st.lists(st.sampled_from(PIECES)).map("".join), st.lists(st.sampled_from(PIECES)).map(" ".join)
)
languages = st.sampled_from(TAGS).map(language)


def in_order(spans: Sequence[Span], text: str) -> bool:
    edges = [edge for span in spans for edge in (span.start, span.end)]
    return edges == sorted(edges) and all(0 <= edge <= len(text) for edge in edges)


@given(texts, languages)
def test_every_word_is_in_one_sentence(text: str, rules: Language) -> None:
    spans = sentences(text, rules)
    assert in_order(spans, text)
    assert "".join("".join(span.of(text).split()) for span in spans) == "".join(
        "".join(span.of(text).split()) for span in paragraphs(text)
    )
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)


@given(texts, languages)
def test_passages_are_enclosed_and_apart(text: str, rules: Language) -> None:
    found, pairs = quoted(text, rules), (*rules.double, *rules.single)
    assert in_order([passage.outer for passage in found], text)
    for passage in found:
        assert (text[passage.outer.start], text[passage.outer.end - 1]) in pairs or passage.continues
        assert not set(passage.inner.of(text)) & set("\r\n")
    assert in_order([passage.outer for passage in joined(found)], text)


@given(texts, languages, st.integers(0, 60), st.integers(0, 60))
def test_a_part_of_a_text_has_the_passages_of_the_whole_that_overlap_it(
    text: str, rules: Language, start: int, length: int
) -> None:
    within = Span(min(start, len(text)), min(start + length, len(text)))
    assert quoted(text, rules, within) == tuple(each for each in quoted(text, rules) if each.outer.overlaps(within))


@given(texts, languages, st.integers(0, 60), st.integers(0, 60))
def test_sentences_within_a_part_are_those_of_the_part_alone(
    text: str, rules: Language, start: int, length: int
) -> None:
    within = Span(min(start, len(text)), min(start + length, len(text)))
    alone = sentences(within.of(text), rules)
    assert sentences(text, rules, within) == tuple(
        Span(each.start + within.start, each.end + within.start) for each in alone
    )


@given(texts, languages)
def test_numbers_lie_apart_in_the_text(text: str, rules: Language) -> None:
    for found in (numbers(text, rules), ordinals(text, rules)):
        assert in_order([number.span for number in found], text)
        assert all(number.high in (number.low, None) and number.low.is_finite() for number in found)


@given(texts, languages)
def test_dates_exist_and_lie_apart(text: str, rules: Language) -> None:
    found = dates(text, rules)
    assert in_order([date.span for date in found], text)
    assert all(date.parts and (date.day is None or date.month) for date in found)


@given(st.integers(0, 999_999_999))
def test_digits_with_grouping_are_read_back(number: int) -> None:
    assert [int(found.low) for found in numbers(f"some {number:,} things", language("en"))] == [number]
    german = f"{number:,}".replace(",", ".")
    assert [int(found.low) for found in numbers(f"etwa {german} Dinge", language("de"))] == [number]


UNITS = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
]  # fmt: skip
TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def in_words(number: int) -> str:
    if number < 20:
        return UNITS[number]
    if number < 100:
        return TENS[number // 10] + (f"-{UNITS[number % 10]}" if number % 10 else "")
    for size, name in ((1_000_000, "million"), (1000, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            joiner = " and " if rest < 100 else " "
            return f"{in_words(number // size)} {name}" + (joiner + in_words(rest) if rest else "")
    raise AssertionError(number)


@soak(500)
@given(st.integers(0, 999_999_999))
def test_english_numbers_in_words_are_read_back(number: int) -> None:
    text = f"some {in_words(number)} things"
    assert [int(found.low) for found in numbers(text, language("en"))] == [number], text


EINER = [
    "null", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun",
    "zehn", "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn",
]  # fmt: skip
ZEHNER = ["_", "_", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]


def auf_deutsch(number: int) -> str:
    if number < 20:
        return EINER[number]
    if number < 100:
        return (f"{EINER[number % 10]}und" if number % 10 else "") + ZEHNER[number // 10]
    size, name = (1000, "tausend") if number >= 1000 else (100, "hundert")
    rest = number % size
    return f"{auf_deutsch(number // size)}{name}" + (auf_deutsch(rest) if rest else "")


@soak(500)
@given(st.integers(2, 999_999).filter(lambda number: number % 100 != 1))
def test_german_compounds_are_read_back(number: int) -> None:
    text = f"etwa {auf_deutsch(number)} Dinge"
    assert [int(found.low) for found in numbers(text, language("de"))] == [number], text


LONG = (
    "a. ",
    "“",
    "“”",
    '"',
    ".",
    "„»",
    "U.S. ",
    ".\n",
    "“\n",
    "1",
    "1,000",
    "1-",
    "€",
    "one ",
    "and a half ",
    "6 November ",
)


@pytest.mark.full
@pytest.mark.parametrize("piece", LONG)
@pytest.mark.parametrize("read", [sentences, quoted, numbers, dates])
@pytest.mark.parametrize("tag", ["en", "de", "fr"])
def test_time_grows_with_length(piece: str, read: Callable[[str, Language], object], tag: str) -> None:
    """A megabyte of the worst takes seconds; where time grew with the square, this twentieth of it would take more."""
    text = (piece * 50_000)[:50_000]
    started = time.process_time()
    read(text, language(tag))
    assert time.process_time() - started < 3


@given(texts, languages, st.integers(0, 60), st.integers(0, 60))
def test_passages_at_a_span_are_those_of_the_text_that_overlap_it(text: str, rules: Language, a: int, b: int) -> None:
    within = Span(min(a, b, len(text)), min(max(a, b), len(text)))
    assert quoted(text, rules, within) == tuple(p for p in quoted(text, rules) if p.outer.overlaps(within))


@given(texts, st.integers(0, 60), st.integers(0, 60))
def test_whole_lines_end_at_the_nearest_line_ends(text: str, a: int, b: int) -> None:
    span = Span(min(a, b, len(text)), min(max(a, b), len(text)))
    start = max(text.rfind(end, 0, span.start) for end in "\r\n") + 1
    ends = [at for at in (text.find(mark, span.end) for mark in "\r\n") if at >= 0]
    assert whole_lines(text, span) == Span(start, min(ends, default=len(text)))


@given(st.lists(st.integers(0, 40), unique=True), st.integers(0, 45), st.integers(0, 45))
def test_spans_that_overlap_one_are_found_by_halving(edges: list[int], a: int, b: int) -> None:
    edges.sort()
    spans = [Span(start, end) for start, end in zip(edges[::2], edges[1::2], strict=False)]
    span = Span(min(a, b), max(a, b))
    assert [spans[n] for n in overlapping(spans, span)] == [each for each in spans if each.overlaps(span)]
