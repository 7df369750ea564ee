"""Hundreds of comments: on several pages, all reachable without a script, found by search, cited where they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag

from briefing import build
from tests.generate import write_comments, write_library
from tests.sites import build_site, make_site, search_index

COMMENTS, THEMES = 600, 14
ABOUT = "briefings/b0000"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A strict build: a link to a page or fragment that is not there would stop it."""
    folder = tmp_path_factory.mktemp("many")
    write_library(folder / "docs", 1, annotations=4, paragraphs=2)
    write_comments(folder / "docs" / ABOUT, COMMENTS, THEMES)
    return build_site(make_site(folder, docs=None))


def page(built: Path, name: str) -> BeautifulSoup:
    path = built / ABOUT / ("" if name == "index" else name) / "index.html"
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def test_every_comment_stands_on_one_page(built: Path) -> None:
    pages = [page(built, name) for name in ("comments", "comments-2", "comments-3")]
    found = [str(tag["id"]) for each in pages for tag in each.select(".bf-comment h3")]
    assert found == [f"c{number}" for number in range(1, COMMENTS + 1)]
    assert not (built / ABOUT / "comments-4").exists()


def test_the_pages_lead_to_each_other_without_a_script(built: Path) -> None:
    for name in ("comments", "comments-2", "comments-3"):
        pager = page(built, name).select_one(".bf-pager")
        assert isinstance(pager, Tag)
        assert pager.get_text(" ", strip=True) == "1 to 250 251 to 500 501 to 600"
        assert len(pager.select("a")) == 2 and len(pager.select("[aria-current=page]")) == 1


def test_themes_stand_once_and_lead_to_all_their_comments(built: Path) -> None:
    assert page(built, "comments-2").select(".bf-theme") == []
    cards = page(built, "comments").select(".bf-theme")
    assert len(cards) == THEMES
    numbers: list[int] = []
    for card in cards:
        links = [str(link["href"]) for link in card.select(".bf-members:not(.bf-dissent) a, .bf-rest a")]
        numbers += [int(href.rpartition("#c")[2]) for href in links]
    assert sorted(numbers) == [number for number in range(1, COMMENTS + 1) if number % 97]
    rest = cards[3].select_one("details.bf-rest")
    assert rest and "Critical:" in rest.get_text()


def test_the_smaller_side_is_heard_on_card_and_overview(built: Path) -> None:
    for found in (page(built, "comments").select(".bf-theme"), page(built, "index").select(".bf-voice")):
        assert found and all(card.select(".bf-dissent q") for card in found)
    assert "go against the majority" in page(built, "index").get_text()


def test_the_overview_shows_the_largest_themes_and_says_so(built: Path) -> None:
    overview = page(built, "index")
    assert len(overview.select(".bf-voice")) == 12
    assert "The 12 largest of 14 themes." in overview.get_text()


def test_counts_on_all_pages_come_to_the_same_sum(built: Path) -> None:
    aside = COMMENTS // 97
    words = f"{COMMENTS} comments: {COMMENTS - aside} in themes, {aside} set aside, 0 in neither."
    assert words in page(built, "index").get_text() and words in page(built, "comments").get_text()
    method = page(built, "method")
    assert words in method.get_text()
    cells = [int(cell.get_text()) for cell in method.select(".bf-ledger-sum td")]
    assert sum(cells[:-1]) == cells[-1] == COMMENTS
    cards = page(built, "comments").select(".bf-theme .bf-meta:first-of-type")
    counts = [re.findall(r"(\d+) comments", card.get_text()) for card in cards]
    assert all(len(found) == 1 for found in counts)
    assert sum(int(found[0]) for found in counts) == COMMENTS - aside


def test_the_filter_is_for_the_comments_of_its_page(built: Path) -> None:
    for name in ("comments", "comments-3"):
        document = page(built, name)
        comments = document.select(".bf-comment")
        for button in document.select(".bf-themes button"):
            theme, count = str(button["data-theme"]), button.select_one("span")
            own = [one for one in comments if not theme or theme in str(one["data-themes"]).split()]
            assert count and int(count.get_text()) == len(own) > 0


def test_a_search_finds_a_comment_on_its_page(built: Path) -> None:
    found = {entry["location"]: entry["text"] for entry in search_index(built)}
    assert "Reader 333 says that" in found[f"{ABOUT}/comments-2/#c333"]
    assert f"{ABOUT}/comments/#c333" not in found


def test_links_lead_to_the_page_of_the_comment(built: Path) -> None:
    answer = page(built, "comments-2").find(id="c252")
    assert isinstance(answer, Tag) and answer.parent and answer.parent.select('a[href$="/#c251"]')
    overview = page(built, "index")
    assert overview.select('a[href="comments/#c1"]')
    themes = page(built, "comments")
    assert themes.select('a[href="../comments-2/#c333"]') and themes.select('a[href="../comments-3/#c555"]')


def test_a_file_of_the_authors_in_the_place_of_a_further_page_is_told(tmp_path: Path) -> None:
    write_library(tmp_path / "docs", 1, annotations=4, paragraphs=2)
    write_comments(tmp_path / "docs" / ABOUT, 300, 3)
    (tmp_path / "docs" / ABOUT / "comments-2.md").write_text("mine\n", "utf-8")
    found = [problem.code for problem, _ in build.check_library(tmp_path / "docs").located()]
    assert found == ["page-collision"]
