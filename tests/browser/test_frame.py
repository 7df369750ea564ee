"""The frame: nothing moves from one page of a briefing to another, and a reader sees where they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Window, served
from tests.browser.test_layout import BRIEFING, PAGES
from tests.browser.waiting import at_widths
from tests.sites import build_site, make_site

PLACES = """() => ["h1", ".bf-origin", ".bf-tabs"].map(name => {
    const box = document.querySelector(name).getBoundingClientRect();
    return [name, box.left, box.top];
  }).concat([["content", document.querySelector(".bf-tabs ~ *").getBoundingClientRect().left]])"""


WIDTHS = (360, 768, 1280, 1920)


def test_the_head_is_at_the_same_place_on_all_pages(page: Page) -> None:
    places: dict[int, dict[str, Any]] = {width: {} for width in WIDTHS}
    for part in PAGES:
        page.goto(BRIEFING + part)
        for width in at_widths(page, *WIDTHS):
            places[width][part] = page.evaluate(PLACES)
    for found in places.values():
        first = found[""]
        assert all(other == first for other in found.values()), found
        assert {left for _, left, *_ in first} == {first[0][1]}, "one left edge"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_tabs_stick_and_show_the_current_one(window: Window, address: str, width: int) -> None:
    page = window(address, width=width)
    page.goto(f"{address}{BRIEFING}method/")
    page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
    tab = page.locator(".bf-tabs [aria-current]")
    expect(tab).to_be_in_viewport(ratio=1)
    header = page.locator(".md-header").bounding_box()
    box = page.locator(".bf-tabs").bounding_box()
    assert header and box
    assert abs(box["y"] - header["height"]) < 2


def test_what_is_jumped_to_is_not_behind_the_tabs(window: Window, address: str) -> None:
    page = window(address, width=1280)
    page.goto(f"{address}{BRIEFING}method/#_verify")
    box, tabs = page.locator("#_verify").bounding_box(), page.locator(".bf-tabs").bounding_box()
    assert box and tabs
    assert tabs["y"] + tabs["height"] <= box["y"] < 350


@pytest.mark.parametrize("part", PAGES)
def test_every_page_leads_to_the_next(window: Window, address: str, part: str) -> None:
    page = window(address, width=1280)
    page.goto(f"{address}{BRIEFING}{part}")
    following = [*PAGES[1:], PAGES[0]][PAGES.index(part)]
    page.locator(".bf-next a").click()
    expect(page).to_have_url(f"{address}{BRIEFING}{following}")


@pytest.mark.parametrize(
    ("path", "tab"),
    [(f"{BRIEFING}figures/", "Rutte in Bucharest"), ("people/rutte/", "People"), ("topics/nato/", "Topics")],
)
def test_the_tab_of_the_site_is_active(window: Window, address: str, path: str, tab: str) -> None:
    page = window(address, width=1280)
    page.goto(f"{address}{path}")
    expect(page.locator(".md-tabs__item--active")).to_have_text(tab)


def pages_in_the_drawer(page: Page) -> list[str]:
    page.locator("label.md-header__button[for='__drawer']").click()
    links = page.locator(".md-sidebar--primary .md-nav__item--active.md-nav__item--nested .md-nav__list a")
    expect(links.first).to_be_visible()
    return [text.strip() for text in links.all_inner_texts()]


def test_the_drawer_lists_the_pages_of_the_briefing(window: Window, address: str) -> None:
    page = window(address, width=360)
    page.goto(f"{address}{BRIEFING}figures/")
    tabs = [text.strip() for text in page.locator(".bf-tabs p > *").all_inner_texts()]
    found = pages_in_the_drawer(page)
    assert found == tabs[1:], "the overview is the heading of the section"
    page.locator(".md-sidebar--primary a", has_text="Comments").first.click()
    expect(page).to_have_url(f"{address}{BRIEFING}comments/")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site without `nav:` and without tabs, whose navigation makes itself from the files."""
    with served(build_site(make_site(tmp_path_factory.mktemp("plain")))) as address:
        yield address


def test_a_site_without_tabs_keeps_its_navigation_beside_the_page(browser: Browser, plain: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    lefts = set()
    for part in ("", "text/", "figures/"):
        page.goto(f"{plain}briefings/good/{part}")
        expect(page.locator(".md-sidebar--primary")).to_be_visible()
        expect(page.locator(".md-sidebar--primary").get_by_role("link", name="Annotated text")).to_be_visible()
        lefts.add(page.evaluate("document.querySelector('h1').getBoundingClientRect().left"))
    page.close()
    assert len(lefts) == 1


EDGE = "() => document.querySelector('h1').getBoundingClientRect().left"
ORDINARY = ("", "about/", "manual/", "manual/format/", "decisions/", "404.html", "people/", "references/")


def test_ordinary_pages_begin_at_the_edge_of_those_of_briefings(page: Page) -> None:
    page.goto(BRIEFING)
    edges = {width: page.evaluate(EDGE) for width in at_widths(page, *WIDTHS)}
    for path in ORDINARY:
        page.goto(path)
        assert {width: page.evaluate(EDGE) for width in at_widths(page, *WIDTHS)} == edges, path


def test_a_section_lists_its_pages_beside_the_text_and_a_page_in_none_has_no_empty_column(
    window: Window, address: str
) -> None:
    page = window(address, width=1280)
    page.goto(f"{address}about/")
    listed = page.locator(".md-sidebar--primary")
    expect(listed.get_by_role("link", name="Decisions")).to_be_visible()
    text, beside = page.locator("article").bounding_box(), listed.bounding_box()
    assert text and beside
    assert text["x"] + text["width"] <= beside["x"]
    page.goto(f"{address}404.html")
    expect(listed).to_be_hidden()
