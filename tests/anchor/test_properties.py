"""What holds for every text: made of the characters that went wrong elsewhere, with many repetitions."""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from unicodedata import normalize

import pytest
import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from briefing.anchor import MatchLevel, Selector, anchor, describe, find
from briefing.anchor.boundaries import begins, ends, next_beginning, whole
from briefing.anchor.characters import INVISIBLE, SINGLE_QUOTES
from briefing.anchor.describe import describe_on_one_line
from briefing.anchor.diagnose import part, target
from briefing.anchor.fold import fold, words
from briefing.anchor.nearest import nearest
from briefing.model.places import Span

search = sys.modules[find.__module__]

PIECES = [
    *("a", "b", "ab", "no", "3", "5", "-", "−", "–", "—", "%", "€", ".", ",", "/", "'", "’", '"', "“", "”", "…", "_"),
    *(" ", "  ", "\n", "\r\n", "\t", "\xa0", "\u2009", "\u3000", "\xad", "\u200b", "\u200d", "\u200f", "\ufeff"),
    *(
        "é",
        "e\u0301",
        "\u0323",
        "가",
        "\u1100",
        "\u1161",
        "한",
        "中",
        "国",
        "。",
        "カ",
        "ไ",
        "ทย",
        "ា",
        "្",
        "שלום",
        "سلام",
    ),
    *(
        "🙂",
        "👨\u200d👩\u200d👧",
        "👍🏽",
        "🇩🇪",
        "🇫",
        "\ufe0f",
        "3\ufe0f\u20e3",
        "²",
        "ʼ",
        "[",
        ":",
        "#",
        "- ",
        "٫",
        "٣",
    ),
]
texts = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)
anything = st.one_of(texts, st.text(max_size=30))
LEVELS = st.sampled_from(list(MatchLevel))


def natural(text: str) -> bool:
    """Whether every combining mark stands directly behind what it is combined with."""
    return not re.search(f"[{INVISIBLE}](?=[^\\x00-\u02ff])", text)


@st.composite
def places(draw: st.DrawFn) -> tuple[str, Span]:
    """A text and some of its words, from edge to edge and without white space around them."""
    text = draw(texts)
    starts = [at for at in range(len(text)) if not text[at].isspace() and begins(text, at)]
    assume(starts)
    start = draw(st.sampled_from(starts))
    stops = [at for at in range(start + 1, len(text) + 1) if not text[at - 1].isspace() and ends(text, at)]
    assume(stops)
    return text, Span(start, draw(st.sampled_from(stops)))


@given(places())
def test_what_describe_says_find_finds(place: tuple[str, Span]) -> None:
    text, span = place
    selector = describe(text, span)
    assert [(match.span, match.level) for match in find(text, selector)] == [(span, MatchLevel.EXACT)]


@given(places(), st.integers(2, 4))
def test_a_text_that_repeats_itself_is_described_too(place: tuple[str, Span], times: int) -> None:
    text, span = place
    repeated = " ".join([text] * times)
    assume(begins(repeated, span.start) and ends(repeated, span.end))
    assert [match.span for match in find(repeated, describe(repeated, span))] == [span]


@given(st.lists(st.sampled_from(["a", "no", "yes,"]), min_size=2, max_size=30), st.data())
def test_the_selector_is_as_small_as_it_can_be(tokens: list[str], data: st.DataObject) -> None:
    """No word of a prefix or suffix can be left out, and neither can all of it."""
    text = " ".join(tokens)
    at = data.draw(st.integers(0, len(tokens) - 1))
    start = len(" ".join(tokens[:at])) + bool(at)
    span = Span(start, start + len(tokens[at]))
    selector = describe(text, span)
    before, after = selector.prefix.split(), selector.suffix.split()
    fewer = [(before[1:], after)] * bool(before) + [(before, after[:-1])] * bool(after)
    for prefix, suffix in fewer:
        found = find(text, Selector(selector.exact, " ".join(prefix), " ".join(suffix)))
        assert len(found) > 1


@given(texts, st.integers(0, 30), st.integers(0, 30))
def test_half_a_word_has_no_selector(text: str, start: int, end: int) -> None:
    span = Span(start, end)
    taken = span.of(text)
    words = start < end <= len(text) and taken == taken.strip() != ""
    if not (words and begins(text, start) and ends(text, end)):
        with pytest.raises(ValueError, match="white space, or inside a word"):
            describe(text, span)


@given(places())
def test_what_is_pasted_from_a_hint_finds_its_place(place: tuple[str, Span]) -> None:
    text, span = place
    selector = describe_on_one_line(text, span)
    for pasted in (yaml.safe_load(target(selector))["target"], yaml.safe_load(part(selector))[0]):
        fields = {"exact": pasted} if isinstance(pasted, str) else pasted
        assert [match.span for match in find(text, Selector(**fields))] == [span]


@given(texts, texts)
def test_rung_0_is_every_whole_occurrence_and_nothing_else(text: str, exact: str) -> None:
    wanted = exact.strip()
    spans = [Span(at, at + len(wanted)) for at in range(len(text)) if wanted and text.startswith(wanted, at)]
    whole = [span for span in spans if begins(text, span.start) and ends(text, span.end)]
    found = find(text, Selector(exact))
    if whole or any(match.level is MatchLevel.EXACT for match in found):
        assert [match.span for match in found] == whole


@given(anything, anything, st.one_of(st.just(""), anything), st.one_of(st.just(""), anything))
def test_a_match_is_the_words_themselves_but_for_the_folding(text: str, exact: str, prefix: str, suffix: str) -> None:
    for match in find(text, Selector(exact, prefix, suffix)):
        assert words(match.span.of(text), match.level) == words(exact, match.level)


@given(places(), LEVELS)
@example(("a-3ʼ٣", Span(0, 5)), MatchLevel.TYPOGRAPHY)
def test_words_retyped_are_found_where_they_were(place: tuple[str, Span], level: MatchLevel) -> None:
    """Typed as a level sees them, they are found at that level or below it, in that place among others."""
    text, span = place
    retyped = fold(text, level).text
    here = words(span.of(text), level)
    assume(natural(text) and here in retyped)
    at = retyped.index(here)
    assume(here and fold(text, level).span(at, at + len(here)) == span)
    found = find(text, Selector(here))
    assert found and found[0].level <= level
    assert span in [match.span for match in found] or found[0].level < level


@given(st.sampled_from(SINGLE_QUOTES), LEVELS)
def test_an_apostrophe_within_a_number_is_no_edge_however_it_is_written(mark: str, level: MatchLevel) -> None:
    assert not ends(f"1{mark}000", 1) and not begins(f"1{mark}000", 2)
    assert not ends(fold(f"1{mark}000", level).text, 1)


def test_where_a_number_ends_in_the_text_it_ends_in_the_folded_text() -> None:
    """Hypothesis found these words: with another apostrophe "3" ended in the one and went on in the other."""
    text = "a-3ʼ٣"
    assert not whole(text, Span(0, 3))
    for end in range(1, len(text) + 1):
        folded = fold(text, MatchLevel.TYPOGRAPHY).text
        assert ends(text, end) == ends(folded, end)


@given(anything.filter(natural), LEVELS)
def test_folding_keeps_every_letter_and_digit(text: str, level: MatchLevel) -> None:
    def kept(words: str) -> str:
        plain = "".join(character for character in words if character.isalnum() and character not in "ʼʻ")
        return normalize("NFC", plain)

    assert kept(normalize("NFC", fold(text, level).text)) == kept(normalize("NFC", text))


@given(anything.filter(natural), LEVELS)
def test_folding_twice_is_folding_once(text: str, level: MatchLevel) -> None:
    once = fold(text, level).text
    assert fold(once, level).text == once


@given(anything, LEVELS)
def test_every_folded_character_has_its_place_in_the_source(text: str, level: MatchLevel) -> None:
    folded = fold(text, level)
    spans = [folded.span(at, at + 1) for at in range(len(folded.text))]
    whole = [span for span in spans if span is not None]
    assert all(before.end <= after.start for before, after in pairwise(whole))
    assert all(0 <= span.start < span.end <= len(text) for span in whole)
    if folded.text:
        everything = folded.span(0, len(folded.text))
        assert everything is not None
        assert fold(everything.of(text), level).text == folded.text


@given(anything, st.integers(0, 30))
def test_the_next_beginning_passes_over_none(text: str, at: int) -> None:
    stepwise = next((here for here in range(at, len(text)) if begins(text, here)), max(at, len(text)))
    assert next_beginning(text, at) == stepwise


@given(anything, anything)
def test_something_like_it_is_never_taken_for_it(text: str, exact: str) -> None:
    result = anchor(text, exact)
    matches = find(text, Selector(exact))
    assert result.status == ("orphan" if not matches else "found" if len(matches) == 1 else "ambiguous")
    assert result.span == (matches[0].span if len(matches) == 1 else None)


@given(anything, anything)
def test_the_nearest_words_are_whole_words_that_can_be_pasted(text: str, exact: str) -> None:
    near = nearest(text, exact)
    if near is not None:
        assert [match.span for match in find(text, describe(text, near.span))] == [near.span]
        assert 0 <= near.written.start < near.written.end <= len(exact)


@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.lists(st.sampled_from(PIECES), max_size=5))
def test_an_index_of_words_finds_what_a_search_finds(text: str, pieces: list[str]) -> None:
    """Long texts are searched by their index of words: here every text counts as long, then none."""
    selectors = [
        Selector("".join(pieces)),
        Selector(text[3:9], text[1:3]),
        Selector(text[5:7]),
        Selector("a", "b", "-"),
    ]
    found = []
    with pytest.MonkeyPatch.context() as patched:
        for short in (-1, len(text)):
            patched.setattr(search, "_SHORT", short)
            found.append([find(text, selector) for selector in selectors])
    assert found[0] == found[1]
