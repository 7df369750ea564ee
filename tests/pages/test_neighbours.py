"""From one annotation to the next in the order of the text, on whichever page it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.pages.test_grounding import page


def test_cards_lead_to_the_annotation_before_and_after_them(tmp_path: Path) -> None:
    case = {
        "source.txt": "It has 7 boats. “They are old,” Ada said. Nobody minds.",
        "people": {"ada": {"name": "Ada"}},
        "figures": [{"id": "fleet", "target": "7 boats", "value": 7, "unit": "boats"}],
        "quotes": [{"id": "old", "target": "They are old", "speaker": "ada"}],
        "context": [{"id": "minds", "target": "Nobody minds", "note": "So it was."}],
    }
    found = {}
    for name in ("figures", "quotes", "context"):
        shown = page(tmp_path / name, case, name)
        found[name] = re.findall(r"\[(Previous|Next)&#58; (\w[\w ]+) (\d)\]\((\S+) ", shown)
    assert found == {
        "figures": [("Next", "Quotation", "2", "quotes.md#old")],
        "quotes": [("Previous", "Figure", "1", "figures.md#fleet"), ("Next", "Context note", "3", "context.md#minds")],
        "context": [("Previous", "Quotation", "2", "quotes.md#old")],
    }


def test_no_page_names_a_file_of_its_author(tmp_path: Path) -> None:
    case = {"context": [{"target": "One paragraph", "note": "So it was."}]}
    for name in ("context", "method"):
        assert ".yml" not in page(tmp_path / name, case, name)


def test_what_is_not_known_of_the_source_is_one_line(tmp_path: Path) -> None:
    shown = page(tmp_path, {}, "method")
    assert shown.count("Not known") == 1


@pytest.mark.parametrize("publish", ["excerpts", "full"])
def test_a_figure_is_shown_with_what_disputes_it(tmp_path: Path, publish: str) -> None:
    case = {
        "source.txt": "Nobody came. The levy brought 1,700 homes back. Opponents dispute the figure. It rained.",
        "source": {"publish": publish},
        "figures": [{"id": "homes", "target": "1,700 homes", "value": 1700, "unit": "homes"}],
    }
    shown = page(tmp_path, case, "figures")
    assert "back. Opponents dispute the figure.</span>" in shown
    assert "It rained" not in shown
