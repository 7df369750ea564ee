"""Hundreds of comments: by theme on several pages, reachable without a script, found by search, cited in place."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup, Tag

from briefing.pipeline import checking
from tests.generate import doubled, write_comments, write_library
from tests.sites import build_site, make_site, search_index

COMMENTS, THEMES = 600, 14
ABOUT = "briefings/b0000"
FURTHER = ("comments-2", "comments-3", "comments-4")


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


def test_every_comment_has_one_place(built: Path) -> None:
    assert not page(built, "comments").select(".bf-comment")
    found = [str(tag["id"]) for name in FURTHER for tag in page(built, name).select(".bf-comment h3")]
    assert sorted(found) == sorted(f"c{number}" for number in range(1, COMMENTS + 1))
    assert not (built / ABOUT / "comments-5").exists()


def test_the_pages_lead_to_each_other_without_a_script(built: Path) -> None:
    for name in ("comments", *FURTHER):
        pager = page(built, name).select_one(".bf-pager")
        assert isinstance(pager, Tag)
        assert re.findall(r"\d", pager.get_text(" ")) == ["1", "2", "3", "4"] or name == "comments"
        assert len(pager.select("[aria-current=page]")) == 1
    titles = [page(built, name).title for name in ("comments", *FURTHER)]
    assert len({title.get_text() for title in titles if title}) == 4


def test_the_overview_has_every_theme_with_its_count_the_largest_first(built: Path) -> None:
    overview = page(built, "comments")
    lines = [line.get_text(" ", strip=True) for line in overview.select(".bf-overview > li")]
    counts = [int(found[1]) for line in lines if (found := re.search(r"(\d+) comments:", line))]
    assert len(counts) == THEMES and counts == sorted(counts, reverse=True)
    assert len(overview.select("details .bf-overview > li")) == THEMES - 12
    addresses = [urljoin(f"{ABOUT}/comments/", str(link["href"])) for link in overview.select(".bf-overview a")]
    stand = [f"{ABOUT}/{name}/#{tag['id']}" for name in FURTHER for tag in page(built, name).select(".bf-theme h2")]
    assert sorted(addresses) == sorted(stand)


def test_below_each_theme_stand_all_of_its_comments(built: Path) -> None:
    """Nothing is narrowed, so nothing can be missing: as many stand below the card as the card says."""
    for name in FURTHER:
        below: dict[str, list[Tag]] = {}
        for card in page(built, name).select(".bf-card, h2.bf-section"):
            if "bf-comment" in (card.get("class") or []):
                [*below.values()][-1].append(card)
            else:
                below[card.get_text(" ", strip=True)] = []
        for theme, comments in below.items():
            count = re.search(r"(\d+) comments", theme)
            assert len(comments) == int(count[1]) if count else theme.startswith("Set aside")


def test_a_comment_of_two_themes_is_repeated_and_leads_to_its_place(built: Path) -> None:
    own = page(built, "comments-2").find(id="c200")
    assert isinstance(own, Tag) and own.parent and own.parent.select_one('.bf-links a[href="../comments-3/#theme-5"]')
    again = page(built, "comments-3").select_one('.bf-comment a[href="../comments-2/#c200"]')
    assert again and again.get_text() == "Comment 200"
    repeated = again.find_parent("article")
    assert repeated and "Reader 200 says that" in repeated.get_text()


def test_the_smaller_side_is_heard_on_card_and_overview(built: Path) -> None:
    for found in (page(built, "comments-2").select(".bf-theme"), page(built, "index").select(".bf-voice")):
        assert found and all(card.select(".bf-dissent q") for card in found)
    assert "; the majority (" in page(built, "index").get_text()


def test_the_overview_shows_the_largest_themes_and_says_so(built: Path) -> None:
    overview = page(built, "index")
    assert len(overview.select(".bf-voice")) == 12
    assert "The 12 largest of 14 themes." in overview.get_text()


def test_counts_on_all_pages_come_to_the_same_sum(built: Path) -> None:
    aside = COMMENTS // 97
    words = f"{COMMENTS} comments: {COMMENTS - aside} in themes and {aside} set aside."
    for name in ("index", "comments", "method"):
        assert words in page(built, name).get_text().replace("\N{NO-BREAK SPACE}", " ")
    method = page(built, "method")
    cells = [int(cell.get_text()) for cell in method.select(".bf-ledger-sum td")]
    assert sum(cells[:-1]) == cells[-1] == COMMENTS
    cards = [card for name in FURTHER for card in page(built, name).select(".bf-theme .bf-about")]
    counts = [re.findall(r"(\d+) comments", card.get_text()) for card in cards]
    assert all(len(found) == 1 for found in counts)
    twice = sum(map(doubled, range(1, COMMENTS + 1)))
    assert sum(int(found[0]) for found in counts) == COMMENTS - aside + twice


def test_a_search_finds_a_comment_once_on_its_page(built: Path) -> None:
    found = {entry["location"]: entry["text"] for entry in search_index(built)}
    places = [place for place, text in found.items() if "Reader 200 says that" in text]
    assert places == [f"{ABOUT}/comments-2/?at=c200#c200"]
    assert not any("more comments" in text for text in found.values())
    assert not any("Reader" in text for place, text in found.items() if place.startswith(f"{ABOUT}/comments/"))


def test_links_lead_to_the_page_of_the_comment(built: Path) -> None:
    answer = page(built, "comments-2").find(id="c14")
    assert isinstance(answer, Tag) and answer.parent and answer.parent.select('a[href="../comments-4/#c13"]')
    overview = page(built, "index")
    assert overview.select('a[href="comments-2/#c1"]') and overview.select('a[href="comments/"]')


def test_a_file_of_the_authors_in_the_place_of_a_further_page_is_told(tmp_path: Path) -> None:
    write_library(tmp_path / "docs", 1, annotations=4, paragraphs=2)
    write_comments(tmp_path / "docs" / ABOUT, 300, 3)
    (tmp_path / "docs" / ABOUT / "comments-2.md").write_text("mine\n", "utf-8")
    found = [problem.code for problem, _ in checking.check_library(tmp_path / "docs").located()]
    assert found == ["page-collision"]
