"""A long annotated text: on several pages, each reachable without a script, with every link on the right one."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup, Tag

from briefing.render.text_pages import HEAVIEST
from tests.generate import write_headings, write_library
from tests.sites import build_site, make_site, search_index

ANNOTATIONS, PARAGRAPHS, EVERY = 600, 300, 12
ABOUT = "briefings/b0000"
PAGES = ("text", "text-2", "text-3", "text-4")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A strict build: a link to a page or fragment that is not there would stop it."""
    folder = tmp_path_factory.mktemp("long")
    write_library(folder / "docs", 1, ANNOTATIONS, PARAGRAPHS)
    write_headings(folder / "docs" / ABOUT, EVERY)
    return build_site(make_site(folder, docs=None))


def page(built: Path, name: str) -> BeautifulSoup:
    return BeautifulSoup((built / ABOUT / name / "index.html").read_text("utf-8"), "html.parser")


def test_every_paragraph_is_on_one_page_in_its_order_and_no_page_is_heavy(built: Path) -> None:
    found = [str(tag["id"]) for name in PAGES for tag in page(built, name).select(".bf-paragraph > p")]
    assert found == [f"p{number}" for number in range(1, len(found) + 1)] and len(found) > 300
    assert not (built / ABOUT / "text-5").exists()
    sizes = [(built / ABOUT / name / "index.html").stat().st_size for name in PAGES]
    assert max(sizes) < 1.5 * HEAVIEST and min(sizes) > HEAVIEST / 2


def test_each_further_page_begins_with_a_heading_and_the_first_lists_them(built: Path) -> None:
    listed = page(built, "text").select(".bf-jumps a")
    assert [urljoin(f"{ABOUT}/text/", str(link["href"])).partition("#")[0] for link in listed] == [
        f"{ABOUT}/{name}/" for name in PAGES
    ]
    for name, link in list(zip(PAGES, listed, strict=True))[1:]:
        first = page(built, name).select_one(".bf-paragraph > p")
        assert isinstance(first, Tag) and first.get_text().startswith("Chapter ")
        assert str(link["href"]).endswith(f"#{first['id']}") and first.get_text() in link.get_text()


def test_each_note_is_below_its_words(built: Path) -> None:
    seen: list[str] = []
    for name in PAGES:
        here = page(built, name)
        marks = {id for mark in here.select("mark[data-bf]") for id in str(mark["data-bf"]).split()}
        assert marks == {str(note["id"])[1:] for note in here.select(".bf-note")}
        assert all(here.find(id=f"t-{id}") for id in marks)
        seen += marks
    assert len(seen) == len(set(seen)) > ANNOTATIONS - 10


def test_cards_lead_to_the_page_that_has_their_words(built: Path) -> None:
    texts = {name: page(built, name) for name in PAGES}
    led: set[str] = set()
    for kind in ("quotes", "figures"):
        for link in page(built, kind).select('a[href*="#t-"]'):
            name, fragment = str(link["href"]).removeprefix("../").split("/#")
            assert texts[name].find(id=fragment)
            led.add(name)
    assert led == set(PAGES)


def test_the_pages_lead_to_each_other(built: Path) -> None:
    for name, following in zip(PAGES, (*PAGES[1:], "quotes"), strict=True):
        here = page(built, name)
        assert len(here.select(".bf-paged")[0].select("[aria-current=page]")) == 1
        link = here.select_one(".bf-next a")
        assert isinstance(link, Tag) and urljoin(f"{ABOUT}/{name}/", str(link["href"])) == f"{ABOUT}/{following}/"
        current = here.select_one(".bf-tabs [aria-current]")
        assert isinstance(current, Tag) and current.get_text() == "Annotated text"
    assert len({str(page(built, name).title) for name in PAGES}) == len(PAGES)


def test_scripts_find_every_place_and_every_word(built: Path) -> None:
    def read(name: str, function: str) -> dict[str, object]:
        found = re.fullmatch(rf"{function}\((.*)\)\n", (built / ABOUT / name).read_text("utf-8"))
        assert found
        return dict(json.loads(found[1]))

    texts = {name: page(built, name) for name in PAGES}
    places = read("places.js", "bfPlaces")
    annotations = places["annotations"]
    assert isinstance(annotations, dict) and len(annotations) > ANNOTATIONS - 10
    assert all(texts[name].find(id=f"t-{id}") and texts[name].find(id=f"_{id}") for id, name in annotations.items())
    paragraphs = places["paragraphs"]
    assert isinstance(paragraphs, list) and [name for name, _ in paragraphs] == list(PAGES)
    for name, number in paragraphs:
        first = texts[name].select_one(".bf-paragraph > p")
        assert first and first["id"] == f"p{number}"
    rows = read("passages.js", "bfPassages")["paragraphs"]
    assert isinstance(rows, list)
    for number, name, html, *_ in rows:
        shown = texts[name].find(id=f"p{number}")
        assert isinstance(shown, Tag)
        for mark in shown.select(".bf-ref"):
            mark.decompose()
        assert BeautifulSoup(html, "html.parser").get_text() == shown.get_text()


def test_the_search_has_each_page(built: Path) -> None:
    found = [entry for entry in search_index(built) if "/text" in entry["location"]]
    assert {entry["location"] for entry in found} >= {f"{ABOUT}/{name}/" for name in PAGES}
    words = [entry for entry in found if "Chapter 20: What was seen" in entry["text"]]
    assert len(words) == 1


def test_a_short_text_has_none_of_this(tmp_path: Path) -> None:
    write_library(tmp_path / "docs", 1, 20)
    site = build_site(make_site(tmp_path, docs=None))
    assert not (site / ABOUT / "text-2").exists() and not (site / ABOUT / "places.js").exists()
    assert not page(site, "text").select(".bf-paged, .bf-pager, .bf-jumps")
