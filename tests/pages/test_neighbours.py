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


SOURCE = "A study found that 38 per cent would leave. “We will stay,” Ada said. “All of us.” It has 7 boats."


@pytest.mark.parametrize(
    ("target", "cites", "expected"),
    [
        ("would leave", "", {"share"}),  # in the sentence of the figure
        ("38 per cent", "", {"share"}),
        ("stay", "", {"stay"}),
        ("Ada", "", set()),  # beside the words of the quotation, and none of them
        ("All of us", "", {"stay"}),
        ("7 boats", " [@share]", {"fleet", "share"}),
    ],
)
def test_a_statement_or_figure_leads_to_the_notes_about_its_words(
    target: str, cites: str, expected: set[str], tmp_path: Path
) -> None:
    case = {
        "source.txt": SOURCE,
        "figures": [
            {"id": "share", "target": "38 per cent", "value": 38, "unit": "per cent", "label": "Would leave"},
            {"id": "fleet", "target": "7 boats", "value": 7, "unit": "boats", "label": "Boats"},
        ],
        "quotes": [{"id": "stay", "target": ["We will stay", "All of us"], "speaker": "ada"}],
        "context": [{"id": "why", "target": target, "title": "Why", "note": f"It was so{cites}."}],
    }
    found = set()
    for name in ("figures", "quotes"):
        for card in page(tmp_path / name, case, name).split("<article")[1:]:
            if re.search(r"\[See note \d: Why\]\(context\.md#why\)", card.replace("&#58;", ":")):
                found |= set(re.findall(r'<h\d id="([a-z]+)"', card))
    assert found == expected


@pytest.mark.parametrize(
    ("note", "expected", "more"),
    [
        ("There were 7 boats [@survey].", ["7"], "4 more excerpts"),
        ("Some saw it. There were 7 boats [@survey].", ["7"], "4 more excerpts"),
        ("There were 7 boats [@survey]. They came late [@survey].", ["7", "3", "4"], "2 more excerpts"),
        ("There were 7 boats and then 5 [@survey].", ["5", "7"], "3 more excerpts"),
        ("They came late [@survey].", ["3", "4", "5"], "2 more excerpts"),
    ],
)
def test_a_note_opens_the_excerpts_of_what_it_cites_only_those_with_its_numbers_where_these_decide(
    note: str, expected: list[str], more: str, tmp_path: Path
) -> None:
    excerpts = [{"exact": f"{number} boats lay there", "where": f"page {number}"} for number in range(3, 8)]
    case = {
        "references": [
            {"id": "survey", "title": "A survey", "excerpts": excerpts},
            {"id": "unseen", "title": "A work"},
        ],
        "context": [{"target": "One paragraph", "note": f"{note} Others saw it, too [@unseen]."}],
    }
    shown = page(tmp_path, case, "context")
    count = "1 excerpt" if len(expected) == 1 else f"{len(expected)} excerpts"
    assert re.findall(r"<summary>(.*)</summary>", shown) == [f"What R1 (A survey) says&#58; {count}"]
    assert re.findall(r"<p>(\d) boats lay there</p><footer>page \d</footer>", shown) == expected
    assert f"[{more}](method.md#survey)" in shown


def test_a_note_without_numbers_opens_first_the_excerpts_that_share_its_words(tmp_path: Path) -> None:
    said = ["Fares rose", "The quay is old", "Many boats lay there", "Nothing of this applies to other harbours"]
    case = {
        "references": [{"id": "survey", "title": "A survey", "excerpts": [{"exact": each} for each in said]}],
        "context": [{"target": "One paragraph", "note": "It warns that this applies to no other harbours [@survey]."}],
    }
    shown = page(tmp_path, case, "context")
    assert re.findall(r"<blockquote[^>]*><p>([^<]+)</p>", shown) == [said[3], said[0], said[1]]
