"""What a card has more of is folded up, and comes into view for whoever is led there, and on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Window
from tests.browser.test_layout import BRIEFING

METHOD, QUOTES = f"{BRIEFING}method/", f"{BRIEFING}quotes/"


@pytest.mark.parametrize(
    ("path", "opened"),
    [
        (f"{METHOD}#nspa", ".bf-reference:has(#nspa) blockquote"),
        (f"{QUOTES}#_wordings-serious-money", "#_wordings-serious-money li"),
    ],
)
def test_a_link_opens_what_it_leads_to_and_nothing_else(window: Window, address: str, path: str, opened: str) -> None:
    page = window(address)
    page.goto(f"{address}{path}")
    expect(page.locator(opened).first).to_be_visible()
    assert page.locator("details[open]").count() == 1


def test_a_link_on_the_page_opens_it_again(window: Window, address: str) -> None:
    page = window(address)
    page.goto(f"{address}{METHOD}#nspa")
    excerpt = page.locator(".bf-reference:has(#nspa) blockquote").first
    page.locator(".bf-reference:has(#nspa) summary").click()
    expect(excerpt).to_be_hidden()
    page.locator("#nspa .bf-permalink").click()
    expect(excerpt).to_be_visible()


def test_paper_has_what_is_folded_up(window: Window, address: str) -> None:
    page = window(address)
    page.emulate_media(media="print")
    page.goto(f"{address}{METHOD}")
    box = page.locator(".bf-reference:has(#nspa) blockquote").first.bounding_box()
    assert box and box["height"] > 10


@pytest.mark.parametrize("part", ["quotes/", "context/"])
def test_long_pages_of_entries_lead_to_their_groups(window: Window, address: str, part: str) -> None:
    page = window(address, width=360)
    page.goto(f"{address}{BRIEFING}{part}")
    for link in page.locator(".bf-jumps a").all():
        link.click()
        group = page.locator(page.evaluate("location.hash"))
        expect(group).to_be_in_viewport()
        assert link.inner_text().startswith(group.inner_text().removesuffix("¶").strip())
