"""What the features of a site do together: derived figures, drafts, topics and long lists of comments."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from briefing.load import load_texts
from briefing.pipeline import checking
from briefing.site.findings import findings
from tests.library.world import WORDS, write_world
from tests.sites import build_site, make_site

FIGURE = {"id": "share", "target": "5 percent", "value": 5, "unit": "% of the budget"}
TWICE: dict[str, Any] = {
    "id": "twice",
    "was": ["double"],
    "label": "Twice the share",
    "formula": "share * 2",
    "value": 10,
    "unit": "% of the budget",
    "tags": ["Town budget"],
}


def world(folder: Path, page: str = "", derived: dict[str, Any] | None = None, **about: Any) -> Path:
    """A briefing with a derived figure, and a page of the site that asks for something of it."""
    one = {
        "briefing": about,
        "quotes": [{"target": WORDS}],
        "figures": [FIGURE],
        "derived": [TWICE | (derived or {})],
    }
    docs = write_world(folder / "docs", {"b/one": one})
    (docs / "page.md").write_text(f"# A page\n\n{page}\n", "utf-8")
    return docs


def codes(docs: Path, *, require_review: bool = False) -> list[str]:
    library = checking.check_library(docs)
    found = [problem.code for problem, _ in library.located()]
    site = findings(library, docs, load_texts(docs), require_review=require_review)
    return [*found, *(problem.code for problem in site.problems)]


def read(site: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((site / name / "index.html").read_text("utf-8"), "html.parser")


def test_a_page_cites_and_shows_a_derived_figure(tmp_path: Path) -> None:
    world(tmp_path, "So much [@one/twice], by its old id [@one/double].\n\n<!-- briefing: one/double -->")
    page = read(build_site(make_site(tmp_path, docs=None)), "page")
    cited = [str(link["href"]) for link in page.select("p .bf-cite a")]
    assert cited == ["../b/one/figures/#twice"] * 2
    (card,) = page.select("article.bf-embed")
    words = " ".join(card.get_text(" ").split())
    assert "Twice the share 10% of the budget" in words and "Computed: share * 2" in words
    assert [str(link["href"]) for link in card.select("a")] == ["../b/one/figures/#twice", "../b/one/"]


@pytest.mark.parametrize("asked", ["[@one/twice]", "[@one/double]", "<!-- briefing: one/twice -->"])
def test_a_derived_figure_that_is_no_longer_or_not_yet_published_is_told(tmp_path: Path, asked: str) -> None:
    assert codes(world(tmp_path / "a", asked)) == []
    assert codes(world(tmp_path / "b", asked, {"status": "review"})) == ["draft-cited"]
    docs = world(tmp_path / "c", asked, {"id": "other", "was": []})
    assert codes(docs) == ["unknown-citation"]
    with (docs / "b/one/annotations/gone.yml").open("w", encoding="utf-8") as file:
        file.write("withdrawn: [{id: twice, was: double, from: derived, date: 2025-12-01, reason: A slip}]\n")
    assert codes(docs) == ["withdrawn-cited"]


def test_a_derived_figure_is_reviewed_as_annotations_are(tmp_path: Path) -> None:
    by, reviewer = {"by": ["Zoe"]}, {"reviewed_by": ["Zoe"]}
    assert codes(world(tmp_path / "a", "", by, **reviewer), require_review=True) == ["review-missing"]
    assert codes(world(tmp_path / "b", "", by | {"reviewed_by": ["Max"]}, **reviewer), require_review=True) == []


def test_a_derived_figure_is_in_the_topic_of_its_tag(tmp_path: Path) -> None:
    world(tmp_path)
    site = build_site(make_site(tmp_path, docs=None))
    (entry,) = read(site, "topics/town-budget").select(".bf-entry")
    assert "10% of the budget Twice the share" in " ".join(entry.get_text(" ").split())
    assert [str(link["href"]) for link in entry.select("a")] == ["../../b/one/figures/#twice"]
    assert read(site, "b/one/figures").select('.bf-derived a[href="../../../topics/town-budget/"]')


def test_a_list_takes_a_tag_in_any_spelling_of_its_topic(tmp_path: Path) -> None:
    world(tmp_path, '<!-- briefings: tag="town-budget" -->', tags=["Town budget"])
    page = read(build_site(make_site(tmp_path, docs=None)), "page")
    assert [str(a["href"]) for a in page.select(".bf-item-title a:not(.headerlink)")] == ["../b/one/"]


def test_words_in_a_late_comment_are_found_from_other_pages(tmp_path: Path) -> None:
    """Of a theme with more than 250 comments the others stand on a page of their own, and links know it."""
    comments = [{"id": f"c{number}", "text": f"Comment {number} says so."} for number in range(1, 261)]
    late = {"id": "late", "target": "Comment 260 says so", "in": "c260", "title": "Late", "note": "A note."}
    one = {
        "quotes": [{"target": WORDS}],
        "comments": comments,
        "themes": [{"comments": [str(comment["id"]) for comment in comments]}],
        "context": [late | {"tags": ["Late"]}],
    }
    write_world(tmp_path / "docs", {"b/one": one})
    topic = read(build_site(make_site(tmp_path, docs=None)), "topics/late")
    assert topic.select('.bf-entry a[href="../../b/one/comments-3/#c260"]')


def test_a_page_that_no_longer_asks_is_as_it_was(tmp_path: Path) -> None:
    """MkDocs keeps the plugin from one build to the next, as a preview does."""
    docs = world(tmp_path, "It cites nothing.")
    configuration = make_site(tmp_path, docs=None)
    page = build_site(configuration) / "page/index.html"
    before = page.read_bytes()
    (docs / "page.md").write_text("# A page\n\nIt cites [@one/twice].\n", "utf-8")
    assert b"briefing.css" in (build_site(configuration) / "page/index.html").read_bytes()
    (docs / "page.md").write_text("# A page\n\nIt cites nothing.\n", "utf-8")
    build_site(configuration)
    assert page.read_bytes() == before


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It takes 5 percent [@one/share].", []),
        ("It takes 50 percent [@one/share].", ["cited-number"]),
        ("It takes 50 percent. It is so [@one/share].", ["cited-number"]),
        ("It takes 50 percent.\n\nIt is so [@one/share].", []),
        ("That is 10 percent [@one/twice].", []),
        ("It takes `50` percent [@one/share].", []),
        ("It takes 50 percent [@one/share].\n\n<!-- briefing-allow: cited-number “50 percent” A joke. -->", []),
        (
            "It takes 50 percent [@one/share].\n\n<!-- briefing-allow: cited-number “50 percent” -->",
            ["cited-number", "missing-field"],
        ),
        ("So it is [@one/share].\n\n<!-- briefing-allow: cited-number “50 percent” A joke. -->", ["unused-allow"]),
    ],
)
def test_a_number_of_a_page_is_in_what_its_sentence_cites(tmp_path: Path, sentence: str, expected: list[str]) -> None:
    assert sorted(codes(world(tmp_path, sentence))) == expected
