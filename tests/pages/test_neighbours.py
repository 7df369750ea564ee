"""From one annotation to the next of its page in the order of the text, and what cards show of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefing.render.messages import messages
from briefing.render.summary_counts import summary_counts
from tests.check import folders
from tests.pages.test_grounding import page


def test_cards_lead_to_the_annotation_of_their_page_before_and_after_them(tmp_path: Path) -> None:
    case = {
        "source.txt": "It has 7 boats. “They are old,” Ada said. She has 3 rafts. Ada said that all is well.",
        "people": {"ada": {"name": "Ada"}},
        "figures": [
            {"id": "rafts", "target": "3 rafts", "value": 3, "unit": "rafts"},
            {"id": "fleet", "target": "7 boats", "value": 7, "unit": "boats"},
        ],
        "quotes": [
            {"id": "old", "target": "They are old", "speaker": "ada"},
            {"id": "well", "target": "all is well", "speaker": "ada", "kind": "reported"},
        ],
    }
    found = {}
    for name in ("figures", "quotes"):
        shown = page(tmp_path / name, case, name)
        found[name] = set(re.findall(r"\[((?:Previous|Next) [\w ]+)\]\((\S+) ", shown))
    assert found == {
        "figures": {("Next figure", "figures.md#rafts"), ("Previous figure", "figures.md#fleet")},
        "quotes": {("Next reported statement", "quotes.md#well"), ("Previous quotation", "quotes.md#old")},
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
        "briefing": {"source": {"publish": publish, "rights": "CC BY 4.0"}},
        "figures": [{"id": "homes", "target": "1,700 homes", "value": 1700, "unit": "homes"}],
    }
    shown = page(tmp_path, case, "figures")
    assert "back. Opponents dispute the figure.</span>" in shown
    assert "It rained" not in shown


@pytest.mark.parametrize(("publish", "marked"), [("excerpts", "true"), ("full", "false")])
def test_excerpts_are_marked_in_full_at_first(tmp_path: Path, publish: str, marked: str) -> None:
    case = {
        "source.txt": "The levy brought 1,700 homes back. Nobody minds.",
        "briefing": {"source": {"publish": publish, "rights": "CC BY 4.0"}},
        "figures": [{"id": "homes", "target": "1,700 homes", "value": 1700, "unit": "homes", "basis": "estimate"}],
        "context": [{"id": "minds", "target": "Nobody minds", "note": "So it was."}],
    }
    shown = page(tmp_path / "text", case, "text")
    assert re.findall(r'data-kind="figure" aria-pressed="(\w+)"', shown) == [marked]
    assert '<p class="bf-meta">Estimate · the source</p>' in page(tmp_path / "figures", case, "figures")


def test_drafts_are_counted_apart(tmp_path: Path) -> None:
    given = {"value": 7, "unit": "boats", "status": "draft"}
    figures = [{"id": "some", "target": "7 boats", **given}, {"id": "more", "target": "3 rafts", "value": 3}]
    case = {"source.txt": "It has 7 boats and 3 rafts.", "figures": figures}
    assert summary_counts(folders.make(tmp_path, case), messages("en")) == ["2 figures (1 draft)"]
