"""Feeds of a topic and of a person, by the same rules as the feed of the site, and the ways to them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree as ET

import feedparser
import pytest
from bs4 import BeautifulSoup, Tag
from click.testing import CliRunner

from briefing.cli import main
from tests.library.world import TEXT, WORDS, write_world
from tests.sites import build_site, make_site

ROOT = "https://example.org/news/"
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = 'Sea & "ports" <b>'
FEED_LINKS = "head link[rel~=alternate]:not([type='text/markdown'])"


def briefing(day: str, **about: Any) -> dict[str, Any]:
    return {"briefing": {"date": day, **about}, "quotes": [{"target": WORDS}]}


def world(folder: Path) -> Path:
    """Ada in four briefings, one of them a draft; a topic of two briefings, one by a derived figure; hidden ones."""
    second = briefing("2025-02-01") | {
        "source.txt": f"{TEXT}“We never will,” Ben Ruiz said.\n",
        "figures": [{"id": "share", "target": "5 percent", "value": 5, "unit": "% of the budget"}],
        "derived": [
            {"id": "twice", "formula": "share * 2", "value": 10, "unit": "% of the budget", "tags": [HOSTILE]},
            {"id": "thrice", "formula": "share * 3", "value": 15, "status": "review", "tags": ["Secrettopic"]},
        ],
        "comments": [{"id": "c1", "text": "Good."}],
        "themes": [
            {"id": "open", "comments": ["c1"]},
            {"id": "hidden", "title": "Secrettheme", "comments": ["c1"], "tags": ["Secrettopic"], "status": "draft"},
        ],
    }
    verdict = {"verdict": "disputed", "by": "Secretverdict", "date": "2025-02-02", "evidence": ["share"]}
    never = {"id": "never", "target": "We never will", "speaker": "ben", "status": "review", "tags": ["Secrettopic"]}
    second["quotes"] += [never | {"assessment": verdict}]
    second["briefing"] |= {"people": {"ben": "Ruiz, clerk"}}
    return write_world(
        folder / "docs",
        {
            "b/one": briefing("2025-01-01", tags=[HOSTILE]),
            "b/next": second,
            "b/last": briefing("2025-03-01"),
            "b/draft": briefing("2025-04-01", status="draft", tags=["Secrettopic", HOSTILE], title="Secretbriefing"),
        },
    )


def topic(site: Path) -> str:
    """The path of the one topic's page, without its ending."""
    (page,) = (site / "feeds/topics").glob("*.xml")
    return f"topics/{page.stem}"


@pytest.fixture(scope="module", params=[True, False], ids=["directories", "files"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bool]:
    folder = tmp_path_factory.mktemp("following")
    world(folder)
    return build_site(make_site(folder, docs=None, site_url=ROOT, use_directory_urls=request.param)), request.param


def address(page: str, directories: bool) -> str:
    return f"{page}/" if directories else f"{page}.html"


def document(site: tuple[Path, bool], page: str) -> BeautifulSoup:
    name = f"{page}/index.html" if site[1] else f"{page}.html"
    return BeautifulSoup((site[0] / name).read_text("utf-8"), "html.parser")


def test_a_feed_has_the_briefings_of_its_person_or_topic_alone(site: tuple[Path, bool]) -> None:
    of_topic = topic(site[0])
    for page, name, expected in (
        ("people/ada", "Ada Lang", ["b/last/", "b/next/", "b/one/"]),
        (of_topic, HOSTILE, ["b/next/", "b/one/"]),
    ):
        feed = json.loads((site[0] / f"feeds/{page}.json").read_text("utf-8"))
        assert [item["url"] for item in feed["items"]] == [ROOT + path for path in expected]
        assert name in feed["title"]
        assert feed["feed_url"] == f"{ROOT}feeds/{page}.json"
        assert feed["home_page_url"] == ROOT + address(page, site[1])


def test_the_atom_feeds_keep_the_rules(site: tuple[Path, bool]) -> None:
    whole = ET.fromstring((site[0] / "feeds/briefings.xml").read_bytes())
    ids = {entry.findtext(f"{ATOM}id") for entry in whole.findall(f"{ATOM}entry")}
    for page in ("people/ada", topic(site[0])):
        written = (site[0] / f"feeds/{page}.xml").read_bytes()
        assert not feedparser.parse(written).bozo
        feed = ET.fromstring(written)
        assert feed.findtext(f"{ATOM}id") == f"{ROOT}feeds/{page}.xml"
        assert feed.findtext(f"{ATOM}title") and feed.findtext(f"{ATOM}author/{ATOM}name")
        assert re.fullmatch(r"2025-0[1-3]-01T00:00:00Z", feed.findtext(f"{ATOM}updated") or "")
        links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
        assert links == {"self": f"{ROOT}feeds/{page}.xml", "alternate": ROOT + address(page, site[1])}
        entries = [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
        assert entries and {*entries} <= ids, "one briefing is one item in all feeds"


def test_pages_lead_to_their_feeds_in_their_heads_and_in_sight(site: tuple[Path, bool]) -> None:
    for page in ("people/ada", topic(site[0])):
        soup, here = document(site, page), ROOT + address(page, site[1])
        heads = [link for link in soup.select(FEED_LINKS) if isinstance(link, Tag)]
        found = [(str(link["type"]), urljoin(here, str(link["href"])).removeprefix(ROOT)) for link in heads]
        assert found == [
            ("application/atom+xml", f"feeds/{page}.xml"),
            ("application/feed+json", f"feeds/{page}.json"),
            ("application/atom+xml", "feeds/briefings.xml"),
            ("application/feed+json", "feeds/briefings.json"),
        ]
        assert len({str(link["title"]) for link in heads}) == 2
        shown = {link.get_text(): urljoin(here, str(link["href"])) for link in soup.select("article .bf-meta a[href]")}
        assert shown["Atom feed"] == f"{ROOT}feeds/{page}.xml"
        assert shown["JSON feed"] == f"{ROOT}feeds/{page}.json"
    assert len(document(site, "b/one/quotes").select(FEED_LINKS)) == 2


def test_drafts_have_no_feeds_and_are_in_none(site: tuple[Path, bool]) -> None:
    made = {path.relative_to(site[0]).as_posix() for path in (site[0] / "feeds").rglob("*") if path.is_file()}
    pages = ("briefings", "people/ada", topic(site[0]))
    assert made == {f"feeds/{page}.{ending}" for page in pages for ending in ("xml", "json")}
    assert not list((site[0] / "people").glob("ben*"))
    for path in site[0].rglob("*"):
        if path.is_file() and not path.name.endswith(".gz"):
            text = path.read_bytes().decode("utf-8", "replace")
            found = ("ecrettopic", "ecretbriefing", "ecrettheme", "ecretverdict", "b/draft", "thrice", "Ruiz, clerk")
            assert not [word for word in found if word in text], path


@pytest.mark.parametrize(
    ("setting", "url", "expected"),
    [("site", ROOT, {"briefings.xml", "briefings.json"}), (False, ROOT, set()), (True, None, set())],
)
def test_the_setting_and_the_address_bound_their_number(
    tmp_path: Path, setting: object, url: str | None, expected: set[str]
) -> None:
    world(tmp_path)
    plugins = ["search", {"briefing": {"feeds": setting}}]
    built = build_site(make_site(tmp_path, docs=None, plugins=plugins, site_url=url))
    assert {path.name for path in (built / "feeds").rglob("*") if path.is_file()} == expected
    assert "Atom feed" not in (built / "people/ada/index.html").read_text("utf-8")


def test_in_a_preview_nobody_is_followed_who_is_in_drafts_alone(tmp_path: Path) -> None:
    draft = {"status": "draft", "people": {"ben": "Clerk"}}
    ben = {"source.txt": TEXT.replace("Ada Lang", "Ben Ruiz"), "quotes": [{"target": WORDS, "speaker": "ben"}]}
    write_world(tmp_path / "docs", {"b/one": briefing("2025-01-01"), "b/draft": ben | {"briefing": draft}})
    built = build_site(make_site(tmp_path, docs=None, site_url=ROOT), command="serve")
    assert (built / "people/ben/index.html").is_file() and (built / "feeds/people/ada.xml").is_file()
    assert not (built / "feeds/people/ben.xml").exists()
    assert "Atom feed" not in (built / "people/ben/index.html").read_text("utf-8")


def test_an_export_has_the_same_feeds(tmp_path: Path, site: tuple[Path, bool], monkeypatch: pytest.MonkeyPatch) -> None:
    world(tmp_path)
    make_site(tmp_path, docs=None, site_url=ROOT, use_directory_urls=site[1])
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["export", str(tmp_path / "plain")])
    assert result.exit_code == 0, result.output
    feeds = {path.relative_to(site[0]): path.read_bytes() for path in (site[0] / "feeds").rglob("*") if path.is_file()}
    assert feeds and all((tmp_path / "plain/docs" / path).read_bytes() == content for path, content in feeds.items())
    assert "(../feeds/people/ada.xml)" in (tmp_path / "plain/docs/people/ada.md").read_text("utf-8")
