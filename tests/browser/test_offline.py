"""A site with Material's plugin `offline`, opened from a disk: it can be searched, and asks no host for anything."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Window
from tests.sites import build_site, make_site


def test_a_site_on_a_disk_is_searched_and_asks_nobody(window: Window, tmp_path: Path) -> None:
    built = build_site(make_site(tmp_path, plugins=["search", "briefing", "offline"]))
    page = window(built.as_uri())
    page.goto((built / "briefings/good/quotes.html").as_uri())
    field = page.locator("input.md-search__input")
    expect(field).to_be_visible()
    field.fill("ferry")
    found = page.locator("a.md-search-result__link")
    expect(found.first).to_be_visible()
    with page.expect_navigation():
        found.first.click()
    assert page.url.startswith(built.as_uri()) and ".html" in page.url
    page.goto((built / "briefings/good/index.html").as_uri())
    with page.expect_navigation():
        page.locator(".bf-cite a").first.click()
    expect(page.locator(":target")).to_be_visible()
