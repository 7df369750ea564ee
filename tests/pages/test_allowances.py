"""What pages say of findings that are let pass: on the method page all, on a card what its readers have to know."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.model.codes import CODES
from briefing.render.messages import messages
from tests.pages.test_grounding import page, told

CASE = {
    "source.txt": "It costs 5 crowns.",
    "figures": [
        {
            "id": "cost",
            "target": "5 crowns",
            "value": 7,
            "allow": [{"code": "value-not-in-target", "reason": "Two go to the town."}],
        }
    ],
    "briefing": {
        "summary": "It killed 900 people [@cost].",
        "allow": [{"code": "cited-number", "passage": "It killed 900 people", "reason": "Counted since."}],
    },
}


def test_the_method_page_links_what_is_let_pass(tmp_path: Path) -> None:
    method = page(tmp_path, CASE, "method")
    assert "(figures.md#cost): The value was not found in the words of the source" in method
    shown = told(method)
    assert '<q dir="auto">It killed 900 people</q>: A number was not found in what its sentence is based on' in shown
    assert "The author’s reason: Counted since." in shown
    assert "Exceptions the author allowed, with reasons below: 1." in shown
    assert "value-not-in-target" not in shown and "cited-number" not in shown


def test_the_card_says_that_its_author_allows_it(tmp_path: Path) -> None:
    shown = told(page(tmp_path, CASE, "figures"))
    assert "The value was not found in the words of the source. The author’s reason: Two go to the town." in shown


def test_sentences_that_cite_nothing_are_counted(tmp_path: Path) -> None:
    case = {"source.txt": "It costs 5 crowns.", "briefing": {"summary": "It is dear. It is old."}}
    shown = told(page(tmp_path, case, "method"))
    assert "2 of 2 sentences cite nothing." in shown
    assert "◦" not in shown


@pytest.mark.parametrize("language", ["en", "de", "ar"])
def test_every_finding_that_can_be_allowed_has_words(language: str) -> None:
    for code, known in CODES.items():
        assert known.why
        if known.allowable != "never":
            assert messages(language)(f"allowed.{code}")
