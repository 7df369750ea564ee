"""The site's search, as a reader uses it: type, press Enter, and the annotation is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Window
from tests.sites import build_site, make_site

FIRST = {
    "surplus capacity": "quotes/#surplus",
    "Roosevelt enemies": "quotes/#roosevelt-enemies",
    "4.5 million shells": "figures/#russia-ahead",
    "4500000": "context/#russian-output",
    "5%": "figures/#five-percent",
    "spain target": "figures/#five-percent",
    "6 november": "figures/#forum-day",
    "ammunition": "figures/#russia-ahead",
    "unverified": "quotes/#overtaken",
    "until recently": "quotes/#until-recently",
}
"""What a reader of the first briefing types, and what they look for."""


def enter(page: Page, words: str, place: str) -> None:
    """Type words and press Enter: the best result is the annotation, and the page opens at it and lights it up."""
    path, _, fragment = place.partition("#")
    field = page.locator("input[name=query]")
    field.click()
    field.press_sequentially(words)
    address = re.compile(rf"{re.escape(path)}\?at={fragment}(&h=[^#]+)?#{fragment}$")
    expect(page.locator(".md-search-result__link").first).to_have_attribute("href", address)
    field.press("Enter")
    expect(page).to_have_url(address)
    heading = page.locator(f"[id='{fragment}']:target")
    expect(heading).to_be_in_viewport()
    assert heading.evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"


@pytest.mark.parametrize("words", FIRST)
def test_enter_opens_the_annotation_that_is_looked_for(page: Page, words: str) -> None:
    page.goto("people/")
    enter(page, words, FIRST[words])


def test_the_words_are_marked_where_it_opens(page: Page) -> None:
    page.goto("")
    enter(page, "surplus capacity", "quotes/#surplus")
    expect(page.locator(".bf-card:has(:target) blockquote mark[data-md-highlight]")).to_have_text("surplus capacity")


def test_it_does_so_where_the_theme_swaps_pages_by_script(window: Window, instant: str) -> None:
    page = window(instant)
    page.goto("")
    enter(page, "surplus capacity", "quotes/#surplus")


def test_it_does_so_on_a_disk(window: Window, tmp_path: Path) -> None:
    built = build_site(make_site(tmp_path, plugins=["search", "briefing", "offline"]))
    page = window(built.as_uri())
    page.goto((built / "index.html").as_uri())
    enter(page, "boats break down", "quotes.html#who-pays")


def test_a_line_says_what_it_is_who_says_it_the_verdict_and_the_words(page: Page) -> None:
    page.goto("briefings/nato-ammunition/")
    page.locator("input[name=query]").click()
    page.locator("input[name=query]").press_sequentially("ammunition")
    line = page.locator(".md-search-result__link[href$='#overtaken']")
    expect(line).to_have_text(
        "Reported statement · Mark Rutte · Unverified · the alliance has overtaken Russia in ammunition production"
    )
    sign = line.locator(".bf-verdict-unverified")
    assert sign.evaluate("e => getComputedStyle(e, '::before').content") not in ("none", "normal")
    for hit in page.locator(".md-search-result__link").all():
        assert len(hit.inner_text()) < 600
        assert not re.search(r"\bR\d", hit.inner_text())
