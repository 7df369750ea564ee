"""Accounting for an original: what is composed of its pieces passes, and nothing else does."""

from __future__ import annotations

import time
from collections import Counter
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.check.provenance_cover import Words, cover

KINDS = st.sampled_from(["paragraph", "comment", "left out", "removed"])
LENGTHS = st.integers(1, 4)
words = st.lists(st.sampled_from("abc"), max_size=12).map(tuple)
pieces = st.lists(st.lists(st.sampled_from("abc"), min_size=1, max_size=4).map(tuple), max_size=5)


def composed(plan: list[tuple[str, int]]) -> tuple[Words, dict[str, list[Words]]]:
    """An original of words that are all different, and its pieces; what is removed is a comment without words."""
    numbers = count()
    original: list[str] = []
    made: dict[str, list[Words]] = {"paragraph": [], "comment": [], "left out": [], "removed": []}
    for kind, length in plan:
        piece = tuple(f"w{next(numbers)}" for _ in range(length))
        original += piece
        if kind == "removed":
            made["comment"].append(())
        made[kind].append(piece)
    return tuple(original), made


plans = st.lists(st.tuples(KINDS, LENGTHS), max_size=12)


@given(plans.map(lambda plan: [(kind, length) for kind, length in plan if kind != "removed"]))
def test_what_is_composed_of_its_pieces_is_covered(plan: list[tuple[str, int]]) -> None:
    original, made = composed(plan)
    found = cover(original, made["paragraph"], made["comment"], made["left out"])
    assert (found.lost, found.bare) == ((), ())


@given(plans.filter(bool), st.data())
def test_a_piece_that_is_taken_away_leaves_its_words_bare(plan: list[tuple[str, int]], data: st.DataObject) -> None:
    plan = [(kind, length) for kind, length in plan if kind != "removed"] or [("paragraph", 2)]
    original, made = composed(plan)
    kind = data.draw(st.sampled_from([kind for kind in ("paragraph", "comment", "left out") if made[kind]]))
    gone = made[kind].pop(data.draw(st.integers(0, len(made[kind]) - 1)))
    found = cover(original, made["paragraph"], made["comment"], made["left out"])
    assert found.lost == ()
    assert [original[start:end] for start, end in found.bare] == [gone]


@given(st.lists(st.tuples(st.sampled_from(["comment", "removed"]), LENGTHS), max_size=8), LENGTHS)
def test_removed_comments_are_the_gaps_between_the_others(plan: list[tuple[str, int]], length: int) -> None:
    original, made = composed([("paragraph", length), *plan])
    found = cover(original, made["paragraph"], made["comment"], made["left out"])
    assert (found.lost, found.bare) == ((), ())


@given(words, pieces, pieces, pieces)
def test_nothing_open_means_that_all_words_are_accounted_for_once(
    original: Words, paragraphs: list[Words], comments: list[Words], left_out: list[Words]
) -> None:
    found = cover(original, paragraphs, comments, left_out)
    bare = [word for start, end in found.bare for word in original[start:end]]
    groups = {"paragraph": paragraphs, "comment": comments, "left out": left_out}
    lost = [word for each in found.lost for word in groups[each.kind][each.number]]
    laid = Counter(word for group in groups.values() for piece in group for word in piece) - Counter(lost)
    assert laid + Counter(bare) == Counter(original)


@given(words, pieces, pieces, pieces)
def test_every_piece_is_lost_at_most_once(
    original: Words, paragraphs: list[Words], comments: list[Words], left_out: list[Words]
) -> None:
    found = [(each.kind, each.number) for each in cover(original, paragraphs, comments, left_out).lost]
    assert len(found) == len(set(found))


@pytest.mark.full
def test_time_grows_with_length() -> None:
    """A quarter of a million words of which every hundredth was changed: seconds; with the square, an hour."""
    original = tuple(f"w{number % 5000}" for number in range(250_000))
    paragraphs = [(*original[at : at + 99], "changed") for at in range(0, len(original), 100)]
    started = time.process_time()
    found = cover(original, paragraphs, [], [])
    assert time.process_time() - started < 10
    assert len(found.lost) == len(paragraphs)


PARAGRAPHS = [tuple(f"{letter}{number}" for number in range(4)) for letter in "abcdefg"]


@pytest.mark.parametrize(
    ("order", "moved"),
    [
        ("eabcd", "e"),
        ("bcdea", "a"),
        ("abdce", "dc"),
        ("abecd", "e"),
        ("debac", "abcde"),
        ("deabc", "de"),
        ("cdeab", "ab"),
        ("abgcdef", "g"),
        ("bcdefga", "a"),
        ("gabcdef", "g"),
        ("fgabcde", "fg"),
        ("abcde", ""),
    ],
)
@pytest.mark.parametrize("kind", ["paragraph", "comment"])
def test_of_pieces_in_another_order_as_few_as_can_be_are_lost(order: str, moved: str, kind: str) -> None:
    names = dict(zip("abcdefg", PARAGRAPHS, strict=True))
    original = tuple(word for letter in order for word in names[letter])
    pieces = [names[letter] for letter in sorted(order)]
    found = cover(original, *((pieces, []) if kind == "paragraph" else ([], pieces)), [])
    lost = {sorted(order)[each.number] for each in found.lost}
    assert lost <= set(moved)
    assert len(lost) == {"dc": 1, "abcde": 3}.get(moved, len(moved))


@pytest.mark.full
def test_the_order_of_many_pieces_takes_time_in_proportion() -> None:
    words = tuple(f"w{number % 977}" for number in range(200_000))
    pieces = [words[at : at + 20] for at in range(0, len(words), 20)]
    started = time.process_time()
    cover(words, [*pieces[5000:], *pieces[:5000]], [], [])
    assert time.process_time() - started < 10
