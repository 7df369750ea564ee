"""A text as a row of words: which there are, what parts them, and where some of them stand."""

from __future__ import annotations

import pytest

from briefing.anchor.words import around, sought, view
from briefing.model.places import Span


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The old-age pension, Ann’s.", ["the", "old", "age", "pension", "ann", "s"]),
        ("From 3.5% to -2 and 1’000", ["from", "3.5%", "to", "-2", "and", "1'000"]),
        ("中文 ab", ["中", "文", "ab"]),
        ("… – !", []),
    ],
)
def test_the_words_of_a_text(text: str, words: list[str]) -> None:
    assert view(text).words == words


def test_characters_of_a_script_without_spaces_are_looked_up_with_the_next_two() -> None:
    assert view("中文字地 a").keys == ["中文字", "文字地", "字地a", "地a", "a"]


@pytest.mark.parametrize(
    ("text", "row", "count"),
    [
        ("one two. one three. one two", "one two", 2),
        ("one two. one three. one two", "two one", 1),
        ("one two. one three. one two", "three", 1),
        ("one two", "one two three", 0),
        ("two", "one two", 0),
        ("中文字天。中文字地", "中文字天", 1),
    ],
)
def test_in_how_many_places_words_stand(text: str, row: str, count: int) -> None:
    other = view(row)
    assert view(text).count(other, 0, len(other.words)) == count


def test_only_some_of_the_words_may_be_counted() -> None:
    assert view("中文字天。中文字地").count(view("中文字天"), 0, 3) == 2
    assert view("a b c. b c").count(view("a b c"), 1, 3) == 2


SENTENCES = "“Go,” she said. Then\nit rained: much; a. 5 p.m. came! “No?” Yes"


def test_where_sentences_and_lines_begin() -> None:
    there = view(SENTENCES)
    sentences = [there.words[at] for at in range(len(there.words)) if there.begins_sentence(at)]
    assert sentences == ["go", "then", "it", "much", "5", "m", "came", "no", "yes"]
    assert [there.words[at] for at in range(len(there.words)) if there.begins_line(at)] == ["go", "it"]
    assert there.begins_line(len(there.words)) and there.begins_sentence(len(there.words))
    ended = [there.words[at - 1] for at in range(1, len(there.words) + 1) if there.ends_sentence(at)]
    assert ended == ["said", "a", "p", "m", "came", "no"]
    assert not there.ends_sentence(0)


@pytest.mark.parametrize(
    ("span", "numbers"),
    [((1, 3), (0, 1)), ((0, 5), (0, 1)), ((3, 6), (1, 1)), ((2, 9), (0, 2)), ((3, 8), (1, 2)), ((0, 0), (0, 0))],
)
def test_the_words_in_a_span(span: tuple[int, int], numbers: tuple[int, int]) -> None:
    assert view("“Go,” she said. Then").words_in(Span(*span)) == numbers


@pytest.mark.parametrize(
    ("first", "end", "marks", "words"),
    [
        (0, 1, ("", ""), "Go"),
        (0, 1, ('"', ""), "“Go"),
        (0, 1, ('"', ',"'), "“Go,”"),
        (0, 1, ("", ","), "Go,"),
        (0, 3, ('"', "."), "“Go,” she said."),
        (0, 3, ("", " ..."), "Go,” she said."),
        (1, 3, ("", ""), "she said"),
        (1, 3, ("(", "!"), "she said."),
        (3, 4, ("", "."), "Then"),
    ],
)
def test_words_with_the_marks_that_are_wanted(first: int, end: int, marks: tuple[str, str], words: str) -> None:
    text = "“Go,” she said. Then"
    found = view(text).span(first, end, marks)
    assert found is not None and found.of(text) == words


@pytest.mark.parametrize(("first", "end"), [(-1, 1), (1, 1), (2, 1), (0, 5)])
def test_no_words_have_no_place(first: int, end: int) -> None:
    assert view("“Go,” she said. Then").span(first, end) is None


def word(number: int) -> str:
    return "x" + chr(97 + number // 26) + chr(97 + number % 26)


def test_what_is_around_a_target() -> None:
    old = view(" ".join(word(number) for number in range(60)) + "\nlast one")
    wanted = around(sought(view(f"{word(30)} {word(31)}"), opens=False, closes=False), old, (30, 32))
    assert (wanted.before[0], wanted.before[-1], len(wanted.before)) == (word(6), word(29), 24)
    assert (wanted.after[0], wanted.after[-1], len(wanted.after)) == (word(32), word(55), 24)
    assert (wanted.around[0], wanted.around[-1]) == (word(6), word(55))
    assert (wanted.edges, wanted.lines) == ((False, False), (False, False))
    wanted = around(sought(view(word(2)), opens=False, closes=False), old, (2, 3))
    assert (list(wanted.before), wanted.edges) == ([word(0), word(1)], (True, False))
    wanted = around(sought(view(word(59)), opens=False, closes=False), old, (59, 60))
    assert (list(wanted.after), wanted.edges, wanted.lines) == (["last", "one"], (False, True), (False, True))
    wanted = around(sought(view(word(38)), opens=False, closes=False), old, (38, 39))
    assert (len(wanted.after), wanted.edges) == (23, (False, True))
    wanted = around(sought(view("last"), opens=False, closes=False), old, (60, 61), 58, 61)
    assert (list(wanted.before), list(wanted.after), wanted.lines) == ([word(58), word(59)], [], (True, False))
    assert wanted.edges == (False, False)


def test_what_is_sought() -> None:
    wanted = sought(view("“One. Two three: four,”"), opens=True, closes=False)
    assert (wanted.sentences, wanted.marks, wanted.opens, wanted.closes) == ({1, 3}, ('"', ',"'), True, False)
    assert sought(view("…"), opens=False, closes=True).marks == ("", "")
