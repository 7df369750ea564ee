"""Several briefings on one site."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup

from tests.generate import write_library
from tests.sites import build_site, make_site, search_index


def test_several_briefings_are_listed_newest_first_and_kept_apart(tmp_path: Path) -> None:
    write_library(tmp_path / "docs", 3, annotations=20)
    site = build_site(make_site(tmp_path, docs=None))
    home = BeautifulSoup((site / "index.html").read_text("utf-8"), "html.parser")
    links = [str(link["href"]) for link in home.select(".bf-item-title a:not(.headerlink)")]
    assert links == ["briefings/b0002/", "briefings/b0001/", "briefings/b0000/"]
    locations = [entry["location"] for entry in search_index(site)]
    for number in range(3):
        assert f"briefings/b000{number}/quotes/?at=q0#q0" in locations


def test_a_list_can_stand_in_any_page_and_its_links_lead_there(tmp_path: Path) -> None:
    write_library(tmp_path / "docs", 2, annotations=5)
    files = {"deep/down/here.md": "# Here\n\nBefore.\n\n<!-- briefings -->\n\nAfter.\n"}
    site = build_site(make_site(tmp_path, docs=None, files=files, site_author="Ferry & Sons <b>"))
    page = BeautifulSoup((site / "deep/down/here/index.html").read_text("utf-8"), "html.parser")
    for link in page.select(".bf-item-title a:not(.headerlink)"):
        assert (site / "deep/down/here" / str(link["href"]) / "index.html").is_file()
    assert "Before." in page.get_text() and "After." in page.get_text()
    assert page.get_text().count("A site by Ferry & Sons <b>") == 1


def test_a_list_without_published_briefings_says_so(tmp_path: Path) -> None:
    site = build_site(make_site(tmp_path, docs=None))
    home = (site / "index.html").read_text("utf-8").replace("&#46;", ".")
    assert "No briefings have been published yet." in home and "A site by" not in home


def test_one_broken_briefing_leaves_the_others_in_a_preview(tmp_path: Path) -> None:
    write_library(tmp_path / "docs", 2, annotations=5)
    (tmp_path / "docs/briefings/b0000/source.txt").write_text("Other words.\n", "utf-8")
    site = build_site(make_site(tmp_path, docs=None), command="serve")
    assert "orphan" in (site / "briefings/b0000/index.html").read_text("utf-8").replace("&#45;", "-")
    assert "bf-quotation" in (site / "briefings/b0001/quotes/index.html").read_text("utf-8")
