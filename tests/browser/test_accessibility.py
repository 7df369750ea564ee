"""WCAG 2.2 AA on every template, light and dark, on a phone and a laptop; what axe cannot see is tested by hand."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import served
from tests.browser.waiting import at_widths
from tests.sites import GOOD, build_site, make_site

BRIEFING = "briefings/nato-ammunition/"
PAGES = (  # and those across briefings, in test_library
    "",
    BRIEFING,
    *(BRIEFING + name for name in ("text/", "quotes/", "figures/", "context/", "comments/", "method/")),
    BRIEFING + "cite.html#until-recently",
    BRIEFING + "embed.html#until-recently",
    "about/",
    "manual/publish/",
    "404.html",
)
OPTIONS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],  # what passes need not be described, which takes most of the time
}
COLOURS = {**OPTIONS, "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules whose answer depends on colours."""
RUN = "([context, options]) => axe.run(context ?? document, options).then(found => found.violations)"


def findings(page: Page, *parts: str, options: Mapping[str, object] = OPTIONS) -> list[str]:
    """What axe finds in a page or in parts of it, by their selectors, each with the element that it is about."""
    if not page.evaluate("'axe' in window"):  # a fifth of the time goes into reading it
        page.evaluate(Axe().axe_script)
    violations = page.evaluate(RUN, [{"include": [[part] for part in parts]} if parts else None, dict(options)])
    return [
        f"{found['id']}: {node['target']} {node['failureSummary']}" for found in violations for node in found["nodes"]
    ]


def rules_for(scheme: str, name: str) -> Mapping[str, object]:
    """What is looked for in a colour scheme: a second one changes colours alone, and its button, which all have."""
    return OPTIONS if scheme == "light" or name == "about/" else COLOURS


@pytest.fixture(scope="module", params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def reader(scheme: Literal["light", "dark"], browser: Browser, address: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=address, color_scheme=scheme, reduced_motion="reduce")
    yield context
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(reader: BrowserContext, scheme: str, name: str) -> None:
    page = reader.new_page()
    page.goto(name)
    expect(page.locator("h1:visible").first).to_be_visible()
    for width in at_widths(page, 1280, 360, height=900):
        assert findings(page, options=rules_for(scheme, name)) == [], width
    page.close()


@pytest.mark.parametrize("words", ["ammunition", "nothinglikethis"])
def test_axe_finds_nothing_in_an_open_search(reader: BrowserContext, scheme: str, words: str) -> None:
    page = reader.new_page()
    for width, name, opens in ((360, "about/", "label[for=__search]"), (1280, BRIEFING, "input[name=query]")):
        page.set_viewport_size({"width": width, "height": 900})
        page.goto(name)
        page.locator(f".md-header {opens}").first.click()
        page.keyboard.type(words)
        expect(page.locator(".bf-search [role=status]")).to_contain_text("matching")
        assert findings(page, options=rules_for(scheme, name)) == [], width
        page.keyboard.press("ArrowDown")
        assert findings(page, options=rules_for(scheme, name)) == [], width
    page.close()


def test_axe_finds_nothing_where_a_briefing_has_problems(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    source = "briefings/good/source.txt"
    broken = {source: (GOOD / source).read_text("utf-8").replace("the", "teh")}
    site = build_site(make_site(tmp_path_factory.mktemp("broken"), files=broken), command="serve")
    with served(site) as address:
        context = browser.new_context(viewport={"width": 360, "height": 800}, base_url=address)
        page = context.new_page()
        page.goto("briefings/good/")
        expect(page.locator(".bf-problem").first).to_be_visible()
        # What stands outside the content is the theme's, which this site has not mended.
        assert findings(page, "article") == []
        assert page.evaluate("document.scrollingElement.scrollWidth") <= 360
        context.close()


def test_the_navigation_of_a_site_without_nav_has_no_two_parts_of_one_name(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The theme names a section with a page of its own after an empty label."""
    folder = tmp_path_factory.mktemp("sections")
    docs = folder / "docs" / "briefings"
    for name in ("first", "second"):
        shutil.copytree(GOOD / "briefings/good", docs / name)
    theme = {"name": "material", "font": False, "features": ["navigation.indexes", "navigation.sections"]}
    with served(
        build_site(make_site(folder, theme=theme, files={"notes/index.md": "# Notes", "notes/a.md": "# A"}))
    ) as address:
        page = browser.new_page(viewport={"width": 360, "height": 800})
        for path in ("briefings/first/", "briefings/second/figures/", "people/", "topics/transport/"):
            page.goto(f"{address}{path}")
            assert [found for found in findings(page) if found.startswith("landmark")] == [], path
        page.close()
