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


FERRY = (
    "We will keep the old bridge, the mayor of the small town of Harbourlight said on Friday to a room full of people, "
    "and we will pay for it. The ferry is slow. THE FERRY IS SLOW. “No more cars,” she wrote. (It was late; nobody "
    "slept.) Is it ours? It is ours! On 3 May 2021 some 1,200 people came – more than in 2019. Well-known well known."
)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("bridge, and we will pay for it", "people, and we will pay for it | “people”, not “bridge”"),
        ("old bridge, and we will", ""),
        ("We will keep the old bridge, and", "We will keep the old bridge, the | “bridge, the”, not “bridge, and”"),
        ("hte odl brigde wlil satya opne", ""),
        ("rooms full of persons", "room full of people | “room”, not “rooms”, and one more difference"),
        ("a rom ful of peple", "a room full of people | “a room full”, not “a rom ful”, and one more difference"),
        ("full of peopel,", "full of people, | “of people”, not “of peopel”"),
        ("a room full of peopel and we", "a room full of people, and we | “of people,”, not “of peopel”"),
        ("the ferri is slow", "The ferry is slow | “The ferry”, not “the ferri”"),
        ("The Ferry is", "The ferry is | “The ferry”, not “The Ferry”, only capital and small letters differ"),
        ("is slow THE FERRY", "is slow. THE FERRY | “slow.”, not “slow”, only punctuation differs"),
        ("The ferry , is slow", "The ferry is slow | “ferry”, not “ferry ,”, only punctuation differs"),
        ("No mare cars,” she", "No more cars,” she | “No more”, not “No mare”"),
        ("“No mare cars,” she", "“No more cars,” she | “No more”, not “No mare”"),
        ("No mare cars,” she wrote.", "No more cars,” she wrote. | “No more”, not “No mare”"),
        ("No mare cars,”", "No more cars, | “No more”, not “No mare”, and one more difference"),
        ("“No mare cars", "No more cars | “No”, not ‘“No’, and one more difference"),
        ("“No mare cars”", "No more cars | “No”, not ‘“No’, and 2 more differences"),
        ("(It was lat; nobody slept.)", "(It was late; nobody slept.) | “was late”, not “was lat”"),
        ("(It was lat; nobody", "(It was late; nobody | “was late”, not “was lat”"),
        ("was lat; nobody slept!", "was late; nobody slept. | “was late”, not “was lat”, and one more difference"),
        ("was lat; nobody slept...", "was late; nobody slept | “was late”, not “was lat”, and one more difference"),
        ("it was lat nobody slept", "It was late; nobody slept | “It”, not “it”, and one more difference"),
        ("Is it hours?", "Is it ours? | “it ours”, not “it hours”"),
        ("It is hours!", "It is ours! | “is ours”, not “is hours”"),
        ("It is hours.", "It is ours! | “is ours!”, not “is hours.”"),
        ("On 4 May 2021 some", "On 3 May 2021 some | “On 3”, not “On 4”, only digits differ"),
        ("some 1.200 people", "some 1,200 people | “some 1,200”, not “some 1.200”, only digits differ"),
        ("some 1,300 people", "some 1,200 people | “some 1,200”, not “some 1,300”, only digits differ"),
        ("in 2018", "in 2019 | “in 2019”, not “in 2018”, only digits differ"),
        ("people came - mor than in", "people came – more than in | “– more”, not “- mor”"),
        ("came more than in 2019.", "came – more than in 2019. | “came –”, not “came”, only punctuation differs"),
        ("more people came", "people came | “people”, not “more people”"),
        ("well-knwon", "Well-known | “Well-known”, not “well-knwon”, and one more difference"),
        ("a small town of Harborlight", "small town of Harbourlight | “small”, not “a small”, and one more difference"),
        ("Fridya", "Friday | “Friday”, not “Fridya”"),
    ],
)
def test_what_the_text_says_instead(written: str, told: str) -> None:
    near = nearest.nearest(FERRY, written)
    assert (f"{near.span.of(FERRY)} | {difference(FERRY, written, near)}" if near else "") == told


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
