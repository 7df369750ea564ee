"""What pages say of readers' comments is fair: a stance has the sentence that it is about, a majority is one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.pages.test_grounding import page, told


def case_of(about: str, stances: str, number: int = 0) -> dict[str, Any]:
    """A briefing with a comment for each letter: supportive, critical, neutral; and further ones in no theme."""
    names = {"s": "supportive", "c": "critical", "n": "neutral"}
    members = [
        {"id": f"c{n}", "stance": names[letter], "words": f"Words of {n}"} for n, letter in enumerate(stances, 1)
    ]
    comments = [{"id": f"c{n}", "text": f"Words of {n}."} for n in range(1, max(len(stances), number) + 1)]
    aside = [{"comment": f"c{n}", "reason": "spam"} for n in range(len(stances) + 1, number + 1)]
    return {
        "source.txt": "The town has two ferries.",
        "comments": comments,
        "themes": [{"title": "Ferries", "about": about, "comments": members}],
        **({"set_aside": aside} if aside else {}),
    }


@pytest.mark.parametrize(
    ("about", "said"),
    [
        (
            "Two are too many",
            "2 comments. Measured against a sentence written for this briefing, which nobody said "
            "(“Two are too many”): 2 critical.",
        ),
        (
            "the town has TWO ferries",
            "2 comments. Measured against words of the source (“the town has TWO ferries”): 2 critical.",
        ),
    ],
)
def test_a_stance_is_shown_with_what_it_is_about(tmp_path: Path, about: str, said: str) -> None:
    assert said in told(page(tmp_path, case_of(about, "cc"), "comments"))


@pytest.mark.parametrize(
    ("stances", "said"),
    [
        ("sccccccnn", "1 of 9 comments is supportive; the majority (6) is critical."),
        ("ssccccccc", "2 of 9 comments are supportive; the majority (7) is critical."),
        ("sccnnnnnn", "1 of 9 comments is supportive, 2 critical."),
        ("cssssnnnn", "1 of 9 comments is critical, 4 supportive."),
    ],
)
def test_a_majority_is_more_than_half_and_both_sides_are_named(tmp_path: Path, stances: str, said: str) -> None:
    assert said in told(page(tmp_path, case_of("Two are too many", stances), "comments"))


@pytest.mark.parametrize(("number", "first"), [(12, True), (13, False)])
def test_a_few_comments_come_before_what_is_made_of_them(tmp_path: Path, number: int, first: bool) -> None:
    shown = page(tmp_path, case_of("Two are too many", "cs", number), "comments")
    assert (shown.index('id="c1"') < shown.index("bf-card bf-theme")) == first
