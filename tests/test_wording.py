"""What readers, authors and newcomers meet is free of the turns that `tests/wording.py` lists."""

from __future__ import annotations

import pytest

from tests import wording

TEXTS = {
    "catalogue": wording.catalogue,
    "messages": wording.messages,
    "templates": lambda: wording.files("templates"),
    "README": lambda: wording.files("README.md", "CONTRIBUTING.md"),
}


@pytest.mark.parametrize("name", TEXTS)
def test_plain_terms_are_used(name: str) -> None:
    found = [f"{place}: {words}" for place, text in TEXTS[name]() for _, words in wording.occurrences(text)]
    assert not found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It must be mended, and then it stands in the source.", ["mended", "stands in"]),
        ("Findings let pass are\ntold apart.", ["let pass", "told apart"]),
        ("It is taken for a title; an ellipsis stands for words, taken for granted.", ["taken for"]),
        ("Whom a pronoun means, and a `rung` of “the shelf”.", ["Whom a pronoun means"]),
        ("```text\na ceremony\n```\nThe way through the house.", ["way through"]),
        ("bf-shelf, method.rungs, understand in, amended", []),
    ],
)
def test_a_turn_is_found_but_in_quotations_and_code(text: str, found: list[str]) -> None:
    assert [words for _, words in wording.occurrences(text)] == found
