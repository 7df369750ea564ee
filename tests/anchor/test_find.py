"""find: the cases stand in tests/cases/anchor/find, by how exactly they match, and `describe` is its inverse."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from briefing.anchor import MatchLevel, Selector, describe, find
from tests.anchor.marked import MARKS, marked, unmarked
from tests.tables import read_yaml

CASES = Path(__file__).parent.parent / "cases" / "anchor" / "find"


def cases() -> list[Any]:
    tables = [read_yaml(path) for path in sorted(CASES.glob("*.yml"))]
    return [pytest.param(case, id=name) for table in tables for name, case in table.items()]


@pytest.mark.parametrize("case", cases())
def test_the_words_are_found_where_the_marks_are(case: dict[str, str]) -> None:
    assert case.keys() <= {"text", "marks", "exact", "prefix", "suffix", "level"}
    marks = case.get("marks", MARKS)
    text, spans = unmarked(case["text"], marks)
    matches = find(text, Selector(case["exact"], case.get("prefix", ""), case.get("suffix", "")))
    assert marked(text, [match.span for match in matches], marks) == marked(text, spans, marks)
    assert [match.level.name.lower() for match in matches] == [case.get("level")] * len(spans)


@pytest.mark.parametrize("case", cases())
def test_what_was_found_is_described_so_that_it_is_found_again(case: dict[str, str]) -> None:
    text, spans = unmarked(case["text"], case.get("marks", MARKS))
    for span in spans:
        assert [match.span for match in find(text, describe(text, span))] == [span]


def test_a_limit_stops_the_search() -> None:
    assert len(find("a a a a", Selector("a"), limit=2)) == 2


def test_a_limit_that_is_not_reached_changes_nothing() -> None:
    assert find("a b a", Selector("a"), limit=9) == find("a b a", Selector("a"))


@pytest.mark.parametrize(
    ("text", "exact", "prefix", "suffix", "starts"),
    [
        ("!!!! x", "x", "!!!", "", [5]),
        ("x !!!!", "x", "", "!!!!", [0]),
        ("one x !!! two x !!!", "x", "", "!!!", [4, 14]),
        ("one two x, one two x, two x", "x", "one two", "", [8, 19]),
        ("x y, x z, x y", "x", "", "y, x", [0]),
        ("a bb a bb", "a", "bb", "", [5]),
        ("a bb a bb", "a", "", "bb a", [0]),
        ("aa aa aa", "aa aa", "", "", [0, 3]),
        ("aab ab", "ab", "", "", [4]),
        ("a", "a", "", "", [0]),
        ("cafe\u0300 cafe", "cafe", "", "", [6]),
        ("a", "a", "b", "", []),
        ("a", "a", "", "b", []),
    ],
)
def test_what_is_around_the_words_is_tried_in_every_place(
    text: str, exact: str, prefix: str, suffix: str, starts: list[int]
) -> None:
    long = "lorem, " * 800  # a text that is looked up by its words
    assert [match.span.start for match in find(text, Selector(exact, prefix, suffix))] == starts
    found = find(f"{long}{text}", Selector(exact, prefix, suffix))
    assert [match.span.start - len(long) for match in found] == starts


def test_matches_stand_in_the_order_of_the_text_whatever_is_looked_for_first() -> None:
    text = "x yes a, y no a, x yes a"
    matches = find(text, Selector("a", prefix="x yes"))
    assert [(match.span.start, match.level) for match in matches] == [(6, MatchLevel.EXACT), (23, MatchLevel.EXACT)]
