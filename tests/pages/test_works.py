"""A note names the excerpts of a cited work that have its numbers, where the work has several."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from tests.pages.test_grounding import page

EXCERPTS = [
    {"exact": "nine of the piles", "where": "page 2"},
    {"exact": "<b>40</b> boats", "where": "page 7"},
    {"exact": "“60 rafts” and 40 boats", "where": ""},
    {"exact": "it is 70 years old", "where": ""},
]
CASES = [
    ("Nine piles rot [@r1].", EXCERPTS, ["page 2"]),
    ("Nine piles rot [@r1]. It is 70 years old [@r1].", EXCERPTS, ["page 2", "“it is 70 years old”"]),
    ("It has 60 rafts [@r1].", EXCERPTS, ["“‘60 rafts’ and 40 boats”"]),
    ("It has 40 boats [@r1].", EXCERPTS, []),
    ("Its piles rot [@r1].", EXCERPTS, []),
    ("Nine piles rot [@r1].", EXCERPTS[:1], []),
    ("It has 5 boats. Nine piles rot [@r1].", EXCERPTS, ["page 2"]),
]


@pytest.mark.parametrize(("note", "excerpts", "shown"), CASES)
def test_the_excerpt_of_a_note_is_the_one_that_alone_has_its_number(
    note: str, excerpts: list[dict[str, str]], shown: list[str], tmp_path: Path
) -> None:
    work = {"id": "r1", "title": "A survey", "url": "https://example.org/survey", "excerpts": excerpts}
    case = {
        "source.txt": "It has 5 boats.",
        "references": [work],
        "context": [{"id": "n", "target": "5 boats", "note": note}],
    }
    (line,) = re.findall(r'<p class="bf-meta" [^>]*markdown="span">(.*A survey.*)</p>', page(tmp_path, case, "context"))
    assert re.findall(r'<a href="https://example.org/survey#:~:text=[^"]*">(.*?)</a>', unescape(line)) == shown


@pytest.mark.parametrize(
    ("author", "meet"),
    [("Imelda Szostak", True), ("Prof. Imelda Szostak", True), ("I. Szostak", False), ("Imelda Szostaková", False)],
)
def test_a_speaker_and_a_work_by_somebody_of_the_same_name_lead_to_each_other(
    author: str, meet: bool, tmp_path: Path
) -> None:
    case = {
        "source.txt": "“We will stay,” Dr Imelda Szostak said. It has 5 boats.",
        "people.yml": {"szostak": {"name": "Dr Imelda Szostak"}},
        "briefing": {"people": {"szostak": "Vet"}},
        "quotes": [{"id": "stay", "target": "We will stay", "speaker": "szostak"}],
        "references": [{"id": "r1", "title": "A survey", "authors": [author], "excerpts": EXCERPTS}],
        "context": [{"target": "5 boats", "note": "Its piles rot [@r1]."}],
    }
    quotes, method = (unescape(page(tmp_path / name, case, name)) for name in ("quotes", "method"))
    assert ("By an author of the same name: [A survey](method.md#r1)" in quotes) is meet
    assert ("Same name as somebody quoted here: [Dr Imelda Szostak](quotes.md#_by-szostak)" in method) is meet


@pytest.mark.parametrize(
    ("facts", "short", "long"),
    [
        ({}, "A survey", "A survey"),
        ({"publisher": "The Post"}, "The Post", "The Post, A survey"),
        ({"publisher": "The Post", "published": "2018"}, "The Post 2018", "The Post, A survey, 2018"),
        ({"authors": ["Ann Ford"], "published": "2018-05-07"}, "Ann Ford 2018", "Ann Ford, A survey, 2018"),
        (
            {"authors": ["Ann Ford", "Bo Li"], "publisher": "The Post"},
            "Ann Ford and Bo Li",
            "Ann Ford and Bo Li, The Post, A survey",
        ),
        ({"authors": ["Ann Ford", "Bo Li", "Cy Day", "Di Orr"]}, "Ann Ford et al.", "Ann Ford et al., A survey"),
        ({"authors": ["The Post"], "publisher": "The Post"}, "The Post", "The Post, A survey"),
    ],
)
def test_a_work_is_called_by_who_wrote_it_and_when(
    facts: dict[str, Any], short: str, long: str, tmp_path: Path
) -> None:
    case = {
        "source.txt": "It has 5 boats.",
        "references": [{"id": "r1", "title": "A survey", "excerpts": EXCERPTS, **facts}],
        "context": [{"target": "5 boats", "note": "Its piles rot [@r1]."}],
        "figures": [{"target": "5 boats", "value": 5, "unit": "boats", "note": "So it is [@r1]."}],
    }
    notes, figures = (unescape(page(tmp_path / name, case, name)) for name in ("context", "figures"))
    assert f"What R1 ({short}) says" in notes
    for shown in (notes, figures):
        assert f"[R1: {long}](method.md#r1)" in shown
