"""The pages across briefings in a browser: nothing for axe to find, and nothing wider than the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from briefing.render.pagination import MOST
from tests.browser.conftest import Window, served
from tests.browser.test_accessibility import findings, rules_for
from tests.browser.waiting import at_widths
from tests.library.crowd import names, write_crowd
from tests.shared import built_once
from tests.site.test_across import case, world
from tests.sites import build_site, make_site

REAL = ("people/", "people/rutte/", "topics/", "topics/nato/", "timeline/", "references/")
MADE = ("", "measures/", "measures/share/", "people/ada/", "briefings/y2021/quotes/")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A made-up library, whose frame is the theme's own."""

    def make(folder: Path) -> None:
        world(folder, **{f"briefings/x{year}": case(year) for year in range(1990, 2010)})
        build_site(make_site(folder, docs=None))

    with served(built_once(tmp_path_factory, "measures", make)) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_real_pages(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(base_url=address, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    for name in REAL:
        page.goto(name)
        expect(page.locator("h1").first).to_be_visible()
        for width in at_widths(page, 360, 1280):
            assert findings(page, options=rules_for(scheme, name)) == [], (name, width)
            assert page.evaluate("document.scrollingElement.scrollWidth") <= width, (name, width)
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_in_a_library_with_measures_and_many_briefings(
    browser: Browser, library: str, width: int
) -> None:
    context = browser.new_context(base_url=library, viewport={"width": width, "height": 900})
    page = context.new_page()
    for name in MADE:
        page.goto(name)
        if folded := page.locator("details summary").all():
            folded[0].click()
        assert findings(page, "article") == [], name
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width, name
    context.close()


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of more people than a page of their index has."""

    def make(folder: Path) -> None:
        write_crowd(folder / "docs", MOST + 30)
        build_site(make_site(folder, docs=None))

    return built_once(tmp_path_factory, "many-people", make)


def shown(page: Page) -> list[str]:
    return page.locator(".bf-register > li:visible .bf-entry-name").all_inner_texts()


def test_people_are_found_on_all_pages_of_their_index(window: Window, crowd: Path) -> None:
    last = list(names(MOST + 30).values())[25]
    with served(crowd) as address:
        page = window(address)
        page.goto(f"{address}people/_2/")
        assert len(shown(page)) == 30
        page.get_by_role("searchbox", name="Find a person or organisation").fill("aana adler")
        expect(page.locator(".bf-look-up output")).to_have_text(re.compile(f"of {MOST + 30}$"))
        assert shown(page)[0].startswith("Aana Adler")
        expect(page.locator(".bf-letters, .bf-pager").first).to_be_hidden()
        page.locator(".bf-register > li:visible a").first.click()
        expect(page.locator("h1")).to_contain_text("Aana Adler 0")
        page.goto(f"{address}people/?find={last}")
        expect(page.locator(".bf-found > li")).to_have_count(1)
        page.get_by_role("searchbox", name="Find a person or organisation").fill("")
        assert len(shown(page)) == MOST
        assert "find" not in page.url


def test_where_nothing_can_be_fetched_only_the_page_is_searched_and_says_so(window: Window, crowd: Path) -> None:
    with served(crowd) as address:
        page = window(address)
        page.goto(f"{address}people/")
        page.evaluate("() => { window.fetch = () => Promise.reject(new Error()); }")
        page.get_by_role("searchbox", name="Find a person or organisation").fill("aana")
        expect(page.locator(".bf-look-up output")).to_have_text(re.compile(f"of {MOST}. Only this page was searched.$"))


def test_without_a_script_the_letters_lead_to_the_names(window: Window, crowd: Path) -> None:
    with served(crowd) as address:
        page = window(address, java_script_enabled=False)
        page.goto(f"{address}people/")
        expect(page.locator(".bf-look-up")).to_be_hidden()
        page.locator(".bf-letters").get_by_role("link", name="Z", exact=True).click()
        expect(page).to_have_url(f"{address}people/_2/#_z")
        expect(page.locator("#_z")).to_be_in_viewport()


def test_axe_finds_nothing_in_a_long_index(browser: Browser, crowd: Path) -> None:
    with served(crowd) as address:
        context = browser.new_context(base_url=address)
        page = context.new_page()
        page.goto(f"{address}people/")
        for width in at_widths(page, 320, 1280):
            assert findings(page, "article") == []
            assert page.evaluate("document.scrollingElement.scrollWidth") <= width
        context.close()
