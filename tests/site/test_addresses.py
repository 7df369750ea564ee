"""Addresses that last: former paths and ids, and what was withdrawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from briefing.cli import main
from briefing.verify import verify
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


PEOPLE, FIGURES = "people.yml", "briefings/good/annotations/figures.yml"
RENAMED = {
    PEOPLE: (GOOD / PEOPLE).read_text("utf-8") + "index: {name: Nobody}\n",
    "measures.yml": "fares: {label: Cover, was: [fare-cover, cover], unit: '% of running costs'}\n",
    "topics.yml": "transport: {was: [Traffic, C++]}\n",
    FIGURES: (GOOD / FIGURES)
    .read_text("utf-8")
    .replace("  - id: fare-cover\n", "  - id: fare-cover\n    measure: fares\n"),
}
RENAMED[PEOPLE] = RENAMED[PEOPLE].replace("vane: Idris Vane", "vane: {name: Idris Vane, was: [idris, index-vane]}")
FORMER = {
    "people/idris": "people/vane",
    "people/index-vane": "people/vane",
    "measures/fare-cover": "measures/fares",
    "measures/cover": "measures/fares",
    "topics/traffic": "topics/transport",
}


@pytest.mark.parametrize("urls", [True, False])
def test_pages_of_people_topics_and_measures_are_found_at_their_former_addresses(tmp_path: Path, urls: bool) -> None:
    settings = {"plugins": ["search", {"briefing": {"feeds": True}}], "site_url": "https://example.org/news/"}
    site = build_site(make_site(tmp_path, files=RENAMED, use_directory_urls=urls, **settings))
    end = "/index.html" if urls else ".html"
    for old, new in FORMER.items():
        page = soup(site, old + end)
        link, script = page.find("a"), page.find("script")
        assert link and script and script["data-to"] == link["href"]
        target = (site / f"{old}{end}").parent / str(link["href"])
        assert (target / "index.html" if urls else target).resolve() == (site / f"{new}{end}").resolve()
        assert page.select("meta[name=robots][content=noindex]")
        for kind in ("xml", "json"):
            if not new.startswith("measures/"):
                assert (site / f"feeds/{old}.{kind}").read_bytes() == (site / f"feeds/{new}.{kind}").read_bytes()
    assert list((site / "topics").glob("c-*"))
    assert "people/idris" not in (site / "sitemap.xml").read_text("utf-8")
    assert not verify(site).findings


def test_further_pages_of_a_long_list_are_found_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefing.render.pagination.MOST", 1)
    site = build_site(make_site(tmp_path, files=RENAMED))
    second = soup(site, "people/idris/2/index.html").find("a")
    assert second and second["href"] == "../../vane/2/" and (site / "people/vane/2/index.html").is_file()


def test_former_ids_of_works_and_comments_work(tmp_path: Path) -> None:
    files = {}
    for name, id in (("comments", "c1"), ("references", "fares-2018")):
        text = (GOOD / f"briefings/good/{name}.yml").read_text("utf-8")
        files[f"briefings/good/{name}.yml"] = text.replace(f"  - id: {id}\n", f"  - id: {id}\n    was: [old-{id}]\n")
    files["page.md"] = "# P\n\nA reader [@good/old-c1], a report [@good/old-fares-2018].\n"
    site = build_site(make_site(tmp_path, files=files))
    assert soup(site, "briefings/good/comments/index.html").find(id="old-c1")
    assert soup(site, "briefings/good/method/index.html").find(id="old-fares-2018")
    cited = [str(a["href"]) for a in soup(site, "page/index.html").select(".bf-cite a")]
    assert cited == ["../briefings/good/comments/#c1", "../briefings/good/method/#fares-2018"]


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
