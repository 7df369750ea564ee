"""What pages say of grounds: labels beside sentences, shares, evidence, derived figures, counts in good grammar."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from markdown import markdown

from briefing import pages, resources
from briefing.messages import messages
from briefing.pages.environment import environment
from briefing.pages.holdings import counter
from tests.check import folders


def page(folder: Path, case: dict[str, Any], name: str) -> str:
    """One page as Markdown; the case has no problem."""
    briefing = folders.make(folder, case)
    assert folders.found(briefing) == []
    made = {page.path: page.markdown for page in pages.render(briefing, environment(resources.templates() / "pages"))}
    return made[f"b/{name}.md"]


REFERENCES = [
    {"id": "seen", "title": "A work", "excerpts": [{"exact": "5 boats"}]},
    {"id": "unseen", "title": "A work"},
]


def labelled(markdown: str) -> list[str]:
    """The words before each label of an author's reading."""
    plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    return re.findall(r"(\w+) ?\W*<span class=\"bf-cite\">[^<]*</span> <span class=\"bf-cite bf-reading\">", plain)


def test_a_sentence_that_rests_on_a_reference_without_excerpts_is_labelled(tmp_path: Path) -> None:
    note = (
        "There were 5 boats [@seen]. There were 6 rafts [@unseen]. "
        "Both floated [@seen; @unseen]. Some were blue [@unseen]."
    )
    case = {"references": REFERENCES, "context": [{"target": "One paragraph", "note": note}]}
    assert labelled(page(tmp_path / "a", case, "context")) == ["rafts", "blue"]
    method = page(tmp_path / "b", case, "method")
    assert "2 of 4 sentences are the author’s reading" in method
    assert "1 number in the prose of this briefing was found" in method


def test_the_label_stands_at_the_citation_that_closes_the_paragraph(tmp_path: Path) -> None:
    case = {"references": REFERENCES, "briefing": {"key_points": ["There were 6 rafts. All were new [@unseen]."]}}
    assert labelled(page(tmp_path, case, "index")) == ["new"]


def test_a_theme_says_how_many_of_its_comments_have_words_that_show_it(tmp_path: Path) -> None:
    case = {
        "comments": [{"id": f"c{n}", "text": f"Words of {n}."} for n in (1, 2, 3)],
        "themes": [{"comments": [{"id": "c1", "words": "Words"}, "c2", {"id": "c3", "words": "of 3"}]}],
    }
    assert "Evidenced&#58; 2 of 3" in page(tmp_path, case, "comments")


def test_the_rubric_is_published_where_there_are_comments(tmp_path: Path) -> None:
    case = {"comments": [{"id": "c1", "text": "A."}], "themes": [{"comments": ["c1"]}]}
    assert "more than half, of three at least" in page(tmp_path / "a", case, "method")
    assert "more than half" not in page(tmp_path / "b", {}, "method")


def test_a_derived_figure_shows_its_formula_and_what_it_uses(tmp_path: Path) -> None:
    case = {
        "source.txt": "It made 4.5 million.",
        "figures": [{"id": "theirs", "target": "4.5 million", "value": 4.5, "unit": "million shells"}],
        "references": REFERENCES,
        "derived": [
            {
                "id": "each",
                "label": "Shells for each boat",
                "formula": "theirs / boats",
                "inputs": [{"name": "boats", "cite": "seen", "value": 5}],
                "value": 900000,
                "unit": "shells",
            }
        ],
        "briefing": {"key_points": ["Each boat gets 900,000 shells [@each]."]},
    }
    figures = page(tmp_path / "a", case, "figures")
    assert '<h3 id="each"' in figures
    assert "900,000 shells" in figures and "theirs &#47; boats" in figures
    assert re.search(
        r"<code>theirs</code></th><td>4,500,000</td><td markdown=\"span\">\[1\]\(figures.md#theirs", figures
    )
    assert re.search(r"<code>boats</code></th><td>5</td><td markdown=\"span\">\[R1\]\(method.md#seen", figures)
    assert "figures.md#each" in page(tmp_path / "b", case, "index")


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", ["1 comment", "2 comments"]),
        ("de", ["1 Kommentar", "2 Kommentare"]),
        ("ar", ["تعليق واحد", "تعليقان"]),
    ],
)
def test_counts_agree_in_grammar(tmp_path: Path, language: str, expected: list[str]) -> None:
    case = {
        "comments": [{"id": "c1", "text": "A."}, {"id": "c2", "text": "B."}],
        "themes": [{"id": "t1", "was": ["old"], "comments": ["c1", "c1"]}],
    }
    count = counter(folders.make(tmp_path, case), messages(language))
    assert [count("t1"), count("comments")] == expected
    assert count("old") == expected[0]


def test_counts_are_harmless_in_plain_markdown() -> None:
    assert markdown("In [#comments] and [#a-theme], see [@c1].") == "<p>In [#comments] and [#a-theme], see [@c1].</p>"
