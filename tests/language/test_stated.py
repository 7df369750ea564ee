"""What a text states in numbers: never a failure, spans within the text, time in proportion to it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.check.equal_numbers import rests
from briefing.text import language, quantities

LANGUAGES = ("en", "de", "fr", "uk", "und")
WORDS = """
5 17 1.5 2,300 million bn % percent € $ about more than half a third of one in five two the and to – - , .
2019 6 November 2025 1980s 03:40 3–1 doubled twice Article F-16 155 mm shells tonnes Mio. § ( ) minus
"""
PIECES = st.sampled_from(WORDS.split())
texts = st.one_of(st.text(max_size=60), st.lists(PIECES, max_size=14).map(" ".join))


@given(texts, st.sampled_from(LANGUAGES))
def test_it_never_fails_and_stays_within_the_text(text: str, tag: str) -> None:
    for one in quantities(text, language(tag)):
        assert 0 <= one.span.start < one.span.end <= len(text)


@given(texts, st.sampled_from(LANGUAGES))
def test_whatever_is_stated_rests_on_the_same_words(text: str, tag: str) -> None:
    found = quantities(text, language(tag), with_names=True)
    for one in quantities(text, language(tag)):
        assert any(rests(one, other) for other in found), one.span.of(text)


@pytest.mark.full
@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "two ", "A-", "a third of ", "12 and ", "1,", "1.", "one in ", "€1-", "5 mm ", "Article ", "3-1 "],
)
def test_time_grows_with_length(piece: str) -> None:
    started = time.process_time()
    quantities(piece * 4_000, language("en"))
    assert time.process_time() - started < 3
