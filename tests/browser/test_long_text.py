"""A text on several pages, as a reader uses it: addresses from elsewhere, keys, a sentence of another page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.utils import yaml_load
from playwright.sync_api import Page, expect

from tests.browser.conftest import ROOT, Window, served
from tests.browser.test_accessibility import findings
from tests.generate import write_headings, write_library
from tests.sites import build_site, make_site

ABOUT = "briefings/b0000/"


@pytest.fixture(scope="module", params=["directories", "files"])
def long(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """The address of a site with one such text, and how its pages end: served, and opened from a disk."""
    folder = tmp_path_factory.mktemp("long")
    write_library(folder / "docs", 1, 600, 300)
    write_headings(folder / "docs" / ABOUT, 12)
    palette = yaml_load((ROOT / "mkdocs.yml").read_text("utf-8"))["theme"]["palette"]
    made = make_site(folder, docs=None, theme={"name": "material", "font": False, "palette": palette})
    if request.param == "files":
        site = build_site(made, use_directory_urls=False)
        yield f"{Path(site).as_uri()}/", ".html"
    else:
        with served(build_site(made)) as address:
            yield address, "/"


@pytest.fixture
def reader(window: Window, long: tuple[str, str]) -> Page:
    return window(long[0])


def last_paragraph(reader: Page, address: str, ending: str) -> str:
    reader.goto(f"{address}{ABOUT}text-4{ending}")
    return str(reader.locator(".bf-paragraph > p").last.get_attribute("id"))


def test_an_address_of_the_whole_text_leads_to_the_page_that_has_it_now(reader: Page, long: tuple[str, str]) -> None:
    address, ending = long
    last = last_paragraph(reader, address, ending)
    note = str(reader.locator(".bf-note").last.get_attribute("id"))
    for fragment in (last, note, f"t-{note[1:]}"):
        reader.goto("about:blank")
        reader.goto(f"{address}{ABOUT}text{ending}#{fragment}")
        reader.wait_for_url(f"{address}{ABOUT}text-4{ending}#*")
        assert reader.url.endswith(f"#{fragment}")
        expect(reader.locator(f"[id='{fragment}']")).to_be_visible()
    reader.goto(f"{address}{ABOUT}text-3{ending}#p1")
    reader.wait_for_url(f"{address}{ABOUT}text{ending}#p1")


def test_an_address_of_nothing_stays_where_it_is(reader: Page, long: tuple[str, str]) -> None:
    address, ending = long
    for fragment in ("t-nothing", "constructor", "p99999x"):
        reader.goto("about:blank")
        with reader.expect_event("request", lambda request: request.url.endswith("places.js")):
            reader.goto(f"{address}{ABOUT}text{ending}#{fragment}")
        reader.wait_for_timeout(200)
        assert reader.url == f"{address}{ABOUT}text{ending}#{fragment}"


def test_keys_go_on_at_the_next_page_and_back(reader: Page, long: tuple[str, str]) -> None:
    address, ending = long
    reader.goto(f"{address}{ABOUT}text{ending}")
    last = str(reader.locator(".bf-note").last.get_attribute("id"))
    reader.goto(f"{address}{ABOUT}text{ending}#{last}")
    expect(reader.locator(".bf-note.bf-open")).to_have_attribute("id", last)
    reader.keyboard.press("j")
    reader.wait_for_url(f"{address}{ABOUT}text-2{ending}#_*")
    first = str(reader.locator(".bf-note").first.get_attribute("id"))
    expect(reader.locator(".bf-note.bf-open")).to_have_attribute("id", first)
    reader.keyboard.press("k")
    reader.wait_for_url(f"{address}{ABOUT}text{ending}#{last}")


def test_a_sentence_is_looked_for_in_all_pages(reader: Page, long: tuple[str, str]) -> None:
    address, ending = long
    last = last_paragraph(reader, address, ending)
    words = "The bridge will open again before the river rises in the spring"
    reader.goto(f"{address}{ABOUT}text{ending}")
    assert not reader.evaluate(
        "() => performance.getEntriesByType('resource').some(({ name }) => /places|passages/.test(name))"
    )
    reader.locator(".bf-compare textarea").fill(words)
    reader.locator(".bf-compare button").click()
    expect(reader.locator(".bf-answer")).to_have_text(
        "Word for word: Jane Doe, Station master is quoted with these words."
    )
    link = reader.locator(".bf-compare [role=status] a")
    expect(link).to_have_text(f"Paragraph {last[1:]}")
    link.click()
    reader.wait_for_url(f"{address}{ABOUT}text-4{ending}#{last}")
    reader.locator(".bf-compare textarea").fill(words.replace("spring", "autumn"))
    reader.locator(".bf-compare button").click()
    expect(reader.locator(".bf-compare [data-found]")).to_have_attribute("data-found", "altered")
    expect(link).to_have_attribute("href", f"#{last}")


def test_without_scripts_the_first_page_leads_everywhere(window: Window, long: tuple[str, str]) -> None:
    address, ending = long
    reader = window(address, java_script_enabled=False)
    reader.goto(f"{address}{ABOUT}text{ending}")
    reader.get_by_role("navigation", name="Parts of the text", exact=True).get_by_role("link").last.click()
    assert f"{ABOUT}text-4{ending}#p" in reader.url
    reader.get_by_role("navigation", name="Parts of the text", exact=True).get_by_role("link").first.click()
    assert reader.url == f"{address}{ABOUT}text{ending}"


def test_the_pages_have_no_barriers(reader: Page, long: tuple[str, str]) -> None:
    address, ending = long
    if ending == "/":  # a page on a disk may not read its styles, which axe wants to
        for name in ("text", "text-2"):
            reader.goto(f"{address}{ABOUT}{name}{ending}")
            assert findings(reader, ".bf-page") == []
