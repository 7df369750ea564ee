"""The comments page: filter by theme, and links into what the filter hides."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

COMMENTS = "briefings/nato-ammunition/comments/"
WIDTHS = (360, 1024, 1600)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_theme_narrows_the_comments_and_the_address_says_so(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(COMMENTS)
    buttons, shown = page.locator(".bf-themes button"), page.locator(".bf-comment:visible")
    everything = shown.count()
    expect(buttons.first).to_have_attribute("aria-pressed", "true")
    for button in buttons.all()[1:]:
        theme = button.get_attribute("data-theme") or ""
        button.focus()
        page.keyboard.press("Enter")
        expect(button).to_have_attribute("aria-pressed", "true")
        expect(page.locator(".bf-themes [aria-pressed=true]")).to_have_count(1)
        count = button.locator("span").inner_text()
        expect(shown).to_have_count(int(count))
        expect(page.locator(".bf-themes [role=status]")).to_have_text(f"Shown: {count} of {everything}")
        expect(page).to_have_url(re.compile(rf"\?theme={theme}$"))
        members = page.locator(f".bf-theme:has([id='{theme}']) .bf-members li")
        expect(members).to_have_count(int(count))
    buttons.first.click()
    expect(shown).to_have_count(everything)
    expect(page).to_have_url(re.compile("comments/$"))


def test_an_address_with_a_theme_opens_it(page: Page) -> None:
    page.goto(COMMENTS)
    theme = page.locator(".bf-themes button").nth(1).get_attribute("data-theme")
    page.goto(f"{COMMENTS}?theme={theme}")
    expect(page.locator(f".bf-themes button[data-theme='{theme}']")).to_have_attribute("aria-pressed", "true")
    page.goto(f"{COMMENTS}?theme=no-such-theme")
    expect(page.locator(".bf-themes button").first).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".bf-comment:visible")).to_have_count(page.locator(".bf-comment").count())


def hiding(page: Page) -> tuple[str, str]:
    """A theme, and a comment that is not in it."""
    page.goto(COMMENTS)
    theme = page.locator(".bf-themes button").last.get_attribute("data-theme") or ""
    return theme, page.locator(f".bf-comment:not([data-themes~='{theme}']) h3").first.get_attribute("id") or ""


@pytest.mark.parametrize("width", WIDTHS)
def test_a_link_into_a_hidden_comment_shows_it(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    theme, comment = hiding(page)
    page.goto("about:blank")
    page.goto(f"{COMMENTS}?theme={theme}#{comment}")
    expect(page.locator(f"[id='{comment}']")).to_be_in_viewport()
    expect(page.locator(".bf-themes button").first).to_have_attribute("aria-pressed", "true")


def test_a_citation_on_the_page_shows_the_comment_that_it_cites_each_time(page: Page) -> None:
    theme, comment = hiding(page)
    for _ in range(2):
        page.locator(f".bf-themes button[data-theme='{theme}']").click()
        expect(page.locator(f"[id='{comment}']")).to_be_hidden()
        page.locator(f".bf-theme a[href$='#{comment}']").first.click()
        expect(page.locator(f"[id='{comment}']")).to_be_in_viewport()


def test_each_membership_shows_its_words_and_leads_to_its_comment(page: Page) -> None:
    page.goto(COMMENTS)
    for member in page.locator(".bf-members li").all():
        words = member.locator("q").inner_text()
        comment = (member.locator("a").first.get_attribute("href") or "").partition("#")[2]
        whole = page.locator(f".bf-comment:has([id='{comment}']) blockquote").inner_text()
        assert " ".join(words.strip("“”").split()) in " ".join(whole.split())


def test_every_sentence_of_a_summary_leads_to_comments(page: Page) -> None:
    page.goto(COMMENTS)
    for theme in page.locator(".bf-theme").all():
        citations = theme.locator(".bf-cite a")
        assert citations.count() > 0
        ids = [(link.get_attribute("href") or "").partition("#")[2] for link in citations.all()]
        assert all(page.locator(f".bf-comment [id='{id}']").count() == 1 for id in ids)


def test_without_javascript_every_comment_is_there(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=address)
    page = context.new_page()
    page.goto(f"{COMMENTS}?theme=whatever")
    expect(page.locator(".bf-themes")).to_be_hidden()
    assert page.locator(".bf-comment:visible").count() == page.locator(".bf-comment").count() > 0
    context.close()


def test_the_filter_works_from_a_file(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / COMMENTS / "index.html").as_uri())
    button = page.locator(".bf-themes button").last
    button.click()
    expect(page.locator(".bf-comment:visible")).to_have_count(int(button.locator("span").inner_text()))
    page.close()
