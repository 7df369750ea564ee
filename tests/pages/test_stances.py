"""What pages say of readers' comments is fair: a stance has the sentence that it is about, a majority is one."""

from __future__ import annotations

import re
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
            "2 comments. On the sentence “Two are too many” (the authors’ own, no quotation): 2 critical.",
        ),
        (
            "the town has TWO ferries",
            "2 comments. On the source’s words “the town has TWO ferries”: 2 critical.",
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
        ("sscc", "“Two are too many” (the authors’ own, no quotation): 2 supportive and 2 critical."),
        ("ssssccccn", "1 neutral"),
        ("cssssnnnn", "1 of 9 comments is critical, 4 supportive."),
    ],
)
def test_a_majority_is_more_than_half_and_both_sides_are_named(tmp_path: Path, stances: str, said: str) -> None:
    shown = told(page(tmp_path, case_of("Two are too many", stances), "comments"))
    assert said in shown and ("majority" in shown) == ("majority" in said)


@pytest.mark.parametrize(("number", "first"), [(12, True), (13, False)])
def test_a_few_comments_come_before_what_is_made_of_them(tmp_path: Path, number: int, first: bool) -> None:
    shown = page(tmp_path, case_of("Two are too many", "cs", number), "comments")
    assert (shown.index('id="c1"') < shown.index("bf-card bf-theme")) == first


LONG = "The ferry was late again on Monday, and nobody on the landing stage could say when the next will come."
COMMENTS = [
    ({"text": "Two are *enough*."}, {}, "C1 · <q>Two are *enough*.</q>"),
    (
        {"text": LONG},
        {},
        "C1 · <q>The ferry was late again on Monday, and nobody on the landing stage could say</q>…",
    ),
    ({"text": "A first line.\nA second one."}, {}, "C1 · <q>A first line.</q>…"),
    ({"text": LONG}, {"words": "nobody on the landing stage"}, "C1 · <q>nobody on the landing stage</q>"),
    ({"text": "Two are enough.", "author": "A. Berg"}, {}, "C1 · A. Berg · <q>Two are enough.</q>"),
]


@pytest.mark.parametrize("size", [1, 30])
@pytest.mark.parametrize(("comment", "member", "line"), COMMENTS)
def test_a_comment_in_a_list_of_a_theme_is_known_by_its_words(
    tmp_path: Path, size: int, comment: dict[str, Any], member: dict[str, Any], line: str
) -> None:
    case = {
        "source.txt": "The town has two ferries.",
        "comments": [{"id": f"c{n}", **comment} for n in range(1, size + 1)],
        "comments.yml": {"show_authors": "author" in comment},
        "themes": [{"title": "Ferries", "comments": [{"id": f"c{n}", **member} for n in range(1, size + 1)]}],
    }
    shown = re.sub(" <q[^>]*>", " · <q>", told(page(tmp_path, case, "comments")))
    shown = re.sub(" <span class=.bf-role.>(.*?)</span>", r" · \1", shown)
    lines = re.findall("<li markdown=.span.>(.*)</li>", shown)
    assert lines == [line.replace("C1", f"C{n}") for n in range(1, size + 1)]
