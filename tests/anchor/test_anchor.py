"""anchor: the public function gives status, span and candidates, and never takes likeness for a match."""

from __future__ import annotations

from briefing.anchor import MatchLevel, anchor, nearest
from briefing.anchor.nearest import LIKE
from briefing.model.places import Span

TEXT = "The danger posed by Russia will not end. The money is there, the demand is there."


def test_words_in_one_place_are_found() -> None:
    result = anchor(TEXT, "the  demand")
    assert (result.status, result.span, result.level) == ("found", Span(61, 71), MatchLevel.SPACE)
    assert [(candidate.span, candidate.score) for candidate in result.candidates] == [(Span(61, 71), 100.0)]


def test_words_in_two_places_are_ambiguous_with_both_as_candidates() -> None:
    result = anchor(TEXT, "is there")
    assert (result.status, result.span) == ("ambiguous", None)
    assert [candidate.span for candidate in result.candidates] == [Span(51, 59), Span(72, 80)]


def test_a_suffix_decides_between_two_places() -> None:
    assert anchor(TEXT, "is there", suffix=",").span == Span(51, 59)


def test_a_prefix_decides_between_two_places() -> None:
    assert anchor(TEXT, "is there", prefix="the demand").span == Span(72, 80)


def test_words_that_are_merely_like_are_a_candidate_of_an_orphan() -> None:
    result = anchor(TEXT, "The dangers posed by Russia")
    assert (result.status, result.span, result.level) == ("orphan", None, None)
    (candidate,) = result.candidates
    assert candidate.span.of(TEXT) == "The danger posed by Russia"
    assert LIKE < candidate.score < 100


def test_words_that_nothing_is_like_have_no_candidate() -> None:
    assert anchor(TEXT, "crafty people in Paris").candidates == ()


def test_a_long_quotation_with_one_word_wrong_has_its_whole_passage_as_candidate() -> None:
    words = " ".join(f"word{number}" for number in range(2000))
    text = f"Before it. {words} After it."
    (candidate,) = anchor(text, words.replace("word999 ", "wrong ")).candidates
    assert candidate.span.of(text) == words


def test_words_beyond_the_limit_are_not_compared() -> None:
    assert anchor("a text", "word " * (nearest.LONGEST // 5 + 1)).candidates == ()
