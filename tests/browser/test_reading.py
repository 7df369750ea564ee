"""What a reader does on the real site."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.waiting import at_widths

BRIEFING = "briefings/nato-ammunition/"
PAGES = ("", "text/", "quotes/", "figures/", "context/", "comments/", "method/")


@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways(page: Page, name: str) -> None:
    page.goto(BRIEFING + name)
    expect(page.locator("h1")).to_be_visible()
    for width in at_widths(page, 1600, 1024, 320):
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width


def test_tabs_lead_through_the_pages_of_the_briefing(page: Page) -> None:
    page.goto(BRIEFING)
    page.locator(".bf-tabs a", has_text="Annotated text").click()
    expect(page).to_have_url(re.compile("/text/$"))
    page.locator(".bf-tabs a", has_text="Statements").click()
    expect(page.locator("article.bf-quotation").first).to_be_visible()


def test_a_number_leads_to_its_note_and_back(page: Page) -> None:
    page.goto(BRIEFING + "text/")
    number = page.locator(".bf-ref a").first
    target = number.get_attribute("href") or ""
    number.click()
    expect(page.locator(f"aside[id='{target[1:]}']")).to_be_in_viewport()
    page.locator(f"aside[id='{target[1:]}'] .bf-note-head a").click()
    expect(page.locator(f"[id='t-{target[2:]}']")).to_be_in_viewport()


def test_search_opens_at_the_annotation_once(page: Page) -> None:
    query = page.locator("input[name=query]")
    page.goto("")
    query.click()
    query.press_sequentially("dozens production lines", delay=20)
    hits = page.locator(".md-search-result__link[href*='quotes/'][href$='#until-recently']")
    expect(hits).to_have_count(1)
    page.goto(hits.get_attribute("href") or "")
    expect(page.locator("#until-recently")).to_be_in_viewport()


def test_a_citation_leads_to_what_it_cites(page: Page) -> None:
    page.goto(BRIEFING)
    citation = page.locator(".bf-keys .bf-cite a").first
    href = citation.get_attribute("href") or ""
    citation.click()
    expect(page.locator(f"[id='{href.partition('#')[2]}']")).to_be_in_viewport()


def test_the_text_and_its_notes_read_without_javascript(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto(BRIEFING + "text/")
    expect(page.locator(".bf-note").first).to_be_visible()
    context.close()
