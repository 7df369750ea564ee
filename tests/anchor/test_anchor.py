"""anchor: the public function gives status, span and candidates, and never takes likeness for a match."""

from __future__ import annotations

import pytest

from briefing.anchor import MatchLevel, anchor, nearest
from briefing.anchor.diagnose import difference
from briefing.anchor.nearest import LIKE
from briefing.model.places import Span
from tests.anchor.slips import cases
from tests.conftest import CASES, Golden
from tests.revision.recipes import text as revised_text

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


BRIDGE = (
    "The mayor said on Friday that the old bridge will stay open until spring comes to the town of Harbourlight. "
    "“It is ours,” she said, and paid 310,000 pounds. We are long-term tenants of the Café Noir… and of nothing else."
)


@pytest.mark.parametrize(
    ("written", "proposed"),
    [
        ("“the old bridge will stay open”", "the old bridge will stay open"),
        ("the old bridge will stay…", "the old bridge will stay"),
        ("bridge will stay…", "bridge will stay"),
        ("... the old bridge will stay open [...]", "the old bridge will stay open"),
        ("“…the old bridge will stay open.”", "the old bridge will stay open"),
        ("the old bridge will stay open,", "the old bridge will stay open"),
        ("[T]he old bridge will stay open[2]", "the old bridge will stay open"),
        ("the old brigde will stay opem", "the old bridge will stay open"),
        ("the old bridge wil lstay open", "the old bridge will stay open"),
        ("the old bridge will stayopen", "the old bridge will stay open"),
        ("the old old bridge will stay open", "the old bridge will stay open"),
        ("the old bridge will stay op", "the old bridge will stay open"),
        ("until spring comes to the town of Harborlight!", "until spring comes to the town of Harbourlight."),
        ("“It is our’s,” she said", "“It is ours,” she said"),
        ("“It's ours", "It is ours"),
        ("310.000 pounds", "310,000 pounds"),
        ("320,000 pounds", "310,000 pounds"),
        ("we are longterm tenants", "We are long-term tenants"),
        ("tenants of the Cafe Noir… and", "tenants of the Café Noir… and"),
    ],
)
def test_the_words_that_are_proposed_begin_and_end_as_the_author_meant(written: str, proposed: str) -> None:
    (candidate,) = anchor(BRIDGE, written).candidates
    assert candidate.span.of(BRIDGE) == proposed


def test_a_single_word_may_be_misspelt() -> None:
    (candidate,) = anchor("Shameful.", "Shamefull").candidates
    assert candidate.span == Span(0, 8)


@pytest.mark.parametrize("name", ["harbour", "haushalt", "interview", "japanese", "arabic", "rules"])
def test_slips_of_authors_are_answered_with_their_own_words(name: str, golden: Golden) -> None:
    """But for those that were looked at, which are told one by one: a share would hide another."""
    text = revised_text(name)
    found = [(case, nearest.nearest(text, case.written)) for seed in range(3) for case in cases(text, seed)]
    wrong = [(case, near) for case, near in found if near is None or near.span != case.here]
    assert len(found) > 30
    assert len(wrong) <= 0.06 * len(found)
    lines = [f"{case.written!r}\n  {near.span.of(text)!r}\n" if near else f"{case.written!r}\n" for case, near in wrong]
    golden.check(CASES / "anchor" / "slips" / f"{name}-wrong.txt", "".join(lines))


@pytest.mark.parametrize("name", ["harbour", "haushalt", "interview", "japanese"])
def test_slips_are_answered_as_was_looked_at(name: str, golden: Golden) -> None:
    text = revised_text(name)
    lines = []
    for case in cases(text, 7):
        near = nearest.nearest(text, case.written)
        said = f"{near.score:.1f} % {near.kind}, {difference(text, case.written, near)}" if near else "-"
        lines += [f"{case.kind}: {case.written!r}", f"  {said}", f"  {near.span.of(text)!r}" if near else "  -"]
    golden.check(CASES / "anchor" / "slips" / f"{name}.txt", "\n".join([*lines, ""]))
