"""Feeds by the rules of RFC 4287 and JSON Feed 1.1, and as a feed reader takes them."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import jsonschema
import pytest
from bs4 import BeautifulSoup

from tests.npm import installed
from tests.sites import GOOD, build_site, make_site

ATOM = "{http://www.w3.org/2005/Atom}"
MAIN = "briefings/good/briefing.yml"
HOSTILE = "<script>alert(1)</script> & what’s new ]]>"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    text = (GOOD / MAIN).read_text("utf-8").replace("Harwick brings", f"{HOSTILE} Harwick brings")
    folder = tmp_path_factory.mktemp("feeds")
    return build_site(make_site(folder, files={MAIN: text}, site_url="https://example.org/news/"))


def only(element: ET.Element, name: str) -> ET.Element:
    found = element.findall(ATOM + name)
    assert len(found) == 1, name
    return found[0]


def words(element: ET.Element, name: str) -> str:
    text = only(element, name).text
    assert text and text.strip(), name
    return text


def test_the_atom_feed_keeps_the_rules(site: Path) -> None:
    feed = ET.fromstring((site / "feeds/briefings.xml").read_bytes())
    assert feed.tag == f"{ATOM}feed"
    for element in (feed, *feed.findall(f"{ATOM}entry")):
        assert re.match(r"(tag|https?):\S+$", words(element, "id"))
        assert words(element, "title")
        assert datetime.fromisoformat(words(element, "updated").replace("Z", "+00:00")).tzinfo
        for author in element.findall(f"{ATOM}author"):
            assert words(author, "name")
        links = [(link.get("rel"), link.get("type")) for link in element.findall(f"{ATOM}link")]
        assert links and len(links) == len(set(links))
        assert all(
            str(link.get("href")).startswith("https://example.org/news/") for link in element.findall(f"{ATOM}link")
        )
    assert feed.findall(f"{ATOM}author")
    (entry,) = feed.findall(f"{ATOM}entry")
    assert HOSTILE in words(entry, "title")
    assert only(entry, "content").get("type") == "html"
    assert [category.get("term") for category in entry.findall(f"{ATOM}category")] == ["transport", "councils"]
    assert [link.get("rel") for link in entry.findall(f"{ATOM}link")] == ["alternate"]


def test_every_json_feed_is_valid_by_the_schema_of_somebody_else(site: Path) -> None:
    schema = json.loads((installed("jsonfeed-schema", "0.5.0") / "schema-v1.1.json").read_bytes())
    rules = jsonschema.Draft7Validator(schema)
    feeds = [json.loads(path.read_bytes()) for path in (site / "feeds").rglob("*.json")]
    assert len(feeds) > 3
    assert [error.message for feed in feeds for error in rules.iter_errors(feed)] == []
    without = {key: value for key, value in feeds[0]["items"][0].items() if key != "id"}
    assert not rules.is_valid({**feeds[0], "items": [without]})


def test_the_json_feed_keeps_the_rules(site: Path) -> None:
    feed = json.loads((site / "feeds/briefings.json").read_text("utf-8"))
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["title"] and feed["feed_url"] == "https://example.org/news/feeds/briefings.json"
    (item,) = feed["items"]
    assert isinstance(item["id"], str) and item["url"] == "https://example.org/news/briefings/good/"
    assert item["content_html"].startswith("<p>") and "<script" not in item["content_html"]
    assert datetime.fromisoformat(item["date_published"].replace("Z", "+00:00")).tzinfo
    assert [author["name"] for author in item["authors"]] == ["Mira Castell", "Jonah Reed"]
    assert item["tags"] == ["transport", "councils"]


def test_an_item_has_the_statements_that_carry_the_story_with_who_says_them_and_the_note(site: Path) -> None:
    (item,) = json.loads((site / "feeds/briefings.json").read_text("utf-8"))["items"]
    soup = BeautifulSoup(item["content_html"], "html.parser")
    said = [
        (one["cite"].rpartition("/")[2], one.get_text(), one.find_next("p").get_text()) for one in soup("blockquote")
    ]
    speakers = [one.find_next_sibling("p").get_text() for one in soup("blockquote")]
    assert [id for id, _, _ in said] == ["#leave-early", "#who-pays", "#held-up"]
    assert said[1][1] == "“But nobody has shown us who pays when the boats break down”"
    assert speakers[1] == "Idris Vane, Harwick councillor [Verdict: Partly supported]"
    assert "The mayor promises a ferry for students." in soup.get_text()
    assert (site / "briefings/good/quotes/index.html").is_file()
    address = "https://example.org/news/briefings/good/quotes/#leave-early"
    assert soup.blockquote and soup.blockquote["cite"] == address
    parsed = feedparser.parse((site / "feeds/briefings.xml").read_bytes())
    assert "who pays when the boats break down" in parsed.entries[0].content[0].value


def test_the_feed_of_a_person_has_what_they_say(site: Path) -> None:
    (item,) = json.loads((site / "feeds/people/brink.json").read_text("utf-8"))["items"]
    soup = BeautifulSoup(item["content_html"], "html.parser")
    assert [one.get_text() for one in soup("blockquote")] == ["“Een stad zonder veer is een halve stad”"]


def test_a_feed_reader_takes_both_pages_of_it(site: Path) -> None:
    read = feedparser.parse((site / "feeds/briefings.xml").read_bytes())
    assert not read.bozo
    assert read.entries[0].link == "https://example.org/news/briefings/good/"


def test_pages_of_briefings_say_where_the_feeds_are_and_others_do_not_change(site: Path) -> None:
    for name in ("index.html", "briefings/good/quotes/index.html"):
        page = BeautifulSoup((site / name).read_text("utf-8"), "html.parser")
        links = page.select("head link[rel~=alternate]:not([type='text/markdown'])")
        assert [str(link["type"]) for link in links] == ["application/atom+xml", "application/feed+json"]
        assert all(((site / name).parent / str(link["href"])).is_file() for link in links)


def test_an_id_outlives_a_new_address(tmp_path: Path, site: Path) -> None:
    first = json.loads((site / "feeds/briefings.json").read_text("utf-8"))["items"][0]["id"]
    configuration = make_site(tmp_path, site_url="https://example.org/news/")
    (tmp_path / "docs/briefings/good").rename(tmp_path / "docs/briefings/ferry")
    main = tmp_path / "docs/briefings/ferry/briefing.yml"
    main.write_text(main.read_text("utf-8") + "aliases: briefings/good\n", "utf-8")
    item = json.loads((build_site(configuration) / "feeds/briefings.json").read_text("utf-8"))["items"][0]
    assert item["id"] == first and item["url"].endswith("/briefings/ferry/")


@pytest.mark.parametrize("plugins", [["search", "briefing"], ["search", {"briefing": {"feeds": False}}]])
def test_without_an_address_or_when_switched_off_there_is_none(tmp_path: Path, plugins: list[object]) -> None:
    url = None if plugins[1] == "briefing" else "https://example.org/"
    site = build_site(make_site(tmp_path, plugins=plugins, site_url=url))
    assert not (site / "feeds").exists()
    assert "feeds/" not in (site / "index.html").read_text("utf-8")


def test_a_key_point_has_the_verdict_on_its_claim_in_words(site: Path) -> None:
    (item,) = json.loads((site / "feeds/briefings.json").read_text("utf-8"))["items"]
    points = [point.get_text() for point in BeautifulSoup(item["content_html"], "html.parser").select("li")]
    assert points[1].endswith("60% of the costs. [Verdict: Unverified]")
    assert "Verdict" not in points[0]
