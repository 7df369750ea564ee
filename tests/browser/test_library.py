"""The pages across briefings in a browser: nothing for axe to find, and nothing wider than the screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.conftest import served
from tests.browser.test_accessibility import OPTIONS, findings
from tests.site.test_across import case, world
from tests.sites import build_site, make_site

REAL = ("people/", "people/rutte/", "topics/", "topics/nato/", "timeline/", "references/")
MADE = ("", "measures/", "measures/share/", "people/ada/", "briefings/y2021/quotes/")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A made-up library, whose frame is the theme's own."""
    folder: Path = tmp_path_factory.mktemp("library")
    world(folder, **{f"briefings/x{year}": case(year) for year in range(1990, 2010)})
    with served(build_site(make_site(folder, docs=None))) as address:
        yield address


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_real_pages(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(base_url=address, color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    for name in REAL:
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(name)
            expect(page.locator("h1").first).to_be_visible()
            assert findings(page) == [], (name, width)
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
        report = Axe().run(page, context="article", options=OPTIONS)
        assert report.response["violations"] == [], name
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width, name
    context.close()
