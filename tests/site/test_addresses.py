"""Addresses that last: former paths and ids, and what was withdrawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from briefing.cli import main
from tests.sites import GOOD, build_site, make_site

MAIN = "briefings/good/briefing.yml"
ALIASES = {MAIN: (GOOD / MAIN).read_text("utf-8") + "aliases: [old/ferry, briefings/ferry]\n"}
CONTEXT = "briefings/good/annotations/context.yml"
WITHDRAWN = """withdrawn:
  - {id: fares, was: [tickets], from: quotes, date: 2025-12-01, reason: The council has taken it back <b>.}
"""


def soup(site: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((site / name).read_text("utf-8"), "html.parser")


@pytest.mark.parametrize("urls", [True, False])
@pytest.mark.parametrize("alias", ["old/ferry", "briefings/ferry"])
def test_every_former_address_leads_to_the_page(tmp_path: Path, urls: bool, alias: str) -> None:
    site = build_site(make_site(tmp_path, files=ALIASES, use_directory_urls=urls, site_url="https://example.org/news/"))
    pages = ["index.html", *(f"{name}/index.html" if urls else f"{name}.html" for name in ("text", "quotes", "method"))]
    for file in (*pages, "cite.html", "embed.html"):
        page = soup(site, f"{alias}/{file}")
        link = page.find("a")
        assert link
        target = (site / alias / file).parent / str(link["href"])
        target = target / "index.html" if target.is_dir() else target
        assert target.resolve() == (site / "briefings/good" / file).resolve()
        script = page.find("script")
        assert script and not script.string and script["data-to"] == link["href"]
        assert ((site / alias / file).parent / str(script["src"])).resolve() == site / "assets/briefing/moved.js"
        refresh = page.select_one("noscript meta[http-equiv=refresh]")
        assert refresh and str(refresh["content"]).endswith(f"url={link['href']}")
        canonical = page.select_one("link[rel=canonical]")
        assert canonical and str(canonical["href"]).startswith("https://example.org/news/briefings/good/")
        assert page.select("meta[name=robots][content=noindex]")
    assert alias not in (site / "sitemap.xml").read_text("utf-8")
    assert alias not in (site / "search/search_index.json").read_text("utf-8")


def test_a_former_folder_can_still_be_cited(tmp_path: Path) -> None:
    files = {**ALIASES, "page.md": "# P\n\nWords [@ferry/lectures].\n"}
    page = soup(build_site(make_site(tmp_path, files=files)), "page/index.html")
    assert [str(a["href"]) for a in page.select(".bf-cite a")] == ["../briefings/good/quotes/#leave-early"]


def test_former_ids_work_on_every_page(tmp_path: Path) -> None:
    site = build_site(make_site(tmp_path))
    assert soup(site, "briefings/good/quotes/index.html").find(id="lectures")
    text = soup(site, "briefings/good/text/index.html")
    assert text.find(id="t-lectures") and text.find(id="_lectures")


def test_what_was_withdrawn_says_when_and_why_at_its_old_addresses(tmp_path: Path) -> None:
    files = {CONTEXT: (GOOD / CONTEXT).read_text("utf-8") + WITHDRAWN}
    site = build_site(make_site(tmp_path, files=files))
    for name, ids in (("quotes", ("fares", "tickets")), ("text", ("t-fares", "_fares", "t-tickets", "_tickets"))):
        page = soup(site, f"briefings/good/{name}/index.html")
        for id in ids:
            mark = page.find(id=id)
            assert mark
            stone = mark.find_parent("div", class_="bf-withdrawn")
            assert stone
            assert "Withdrawn on 1 December 2025: The council has taken it back <b>." in stone.get_text()
    embed = soup(site, "briefings/good/embed.html")
    for id in ("fares", "tickets"):
        mark = embed.find(id=id)
        notice = mark and (mark if mark.name == "article" else mark.find_parent("article"))
        assert notice and "bf-gone" in notice["class"]
        assert "Withdrawn on 1 December 2025: The council has taken it back <b>." in notice.get_text()


def test_a_page_stays_for_what_was_withdrawn_from_it(tmp_path: Path) -> None:
    entry = "withdrawn:\n  - {id: gone, from: context, date: 2025-12-01, reason: It was wrong.}\n"
    from tests.generate import write_library

    write_library(tmp_path / "docs", 1, annotations=2)
    folder = tmp_path / "docs/briefings/b0000"
    (folder / "annotations/gone.yml").write_text(entry, "utf-8")
    site = build_site(make_site(tmp_path, docs=None))
    assert "It was wrong." in soup(site, "briefings/b0000/context/index.html").get_text()


def test_an_export_keeps_former_addresses(tmp_path: Path) -> None:
    configuration = make_site(tmp_path / "site", files=ALIASES)
    result = CliRunner().invoke(main, ["export", "-f", str(configuration), str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out/docs/old/ferry/quotes/index.html").is_file()
