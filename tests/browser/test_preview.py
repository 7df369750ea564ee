"""A citation shows what it cites, and goes away again as readers want (WCAG 1.4.13)."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Window
from tests.browser.test_text import focused
from tests.browser.waiting import eventually

BRIEFING = "briefings/nato-ammunition/"


def citation(page: Page, file: str = "quotes") -> Locator:
    return page.locator(f".bf-cite a[href*='{file}']:visible").first


@pytest.mark.parametrize(("file", "part"), [("quotes", ".bf-words"), ("figures", ".bf-verdict-line"), ("method", "p")])
def test_pointing_at_a_citation_shows_what_it_cites(page: Page, file: str, part: str) -> None:
    page.goto(BRIEFING)
    link = citation(page, file)
    title = str(link.get_attribute("title"))
    link.hover()
    preview = page.get_by_role("tooltip")
    expect(preview).to_be_visible()
    expect(preview).to_contain_text(title)
    expect(preview.locator(part).first).to_be_visible()
    expect(link).to_have_attribute("aria-describedby", "bf-preview")
    page.mouse.move(1, 1)  # the heading may lie below the preview
    expect(preview).to_have_count(0)
    expect(link).to_have_attribute("title", title)


def test_the_preview_can_be_pointed_at_and_stays(page: Page) -> None:
    page.goto(BRIEFING)
    citation(page).hover()
    preview = page.get_by_role("tooltip")
    expect(preview.locator(".bf-words").first).to_be_visible()
    box = preview.bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + box["height"] / 2, steps=8)
    page.wait_for_timeout(600)
    expect(preview).to_be_visible()


def test_escape_takes_the_preview_away_and_leaves_the_pointer_and_an_open_note(page: Page) -> None:
    page.goto(BRIEFING + "text/#_overtaken")
    note = page.locator(".bf-note.bf-open")
    page.goto(BRIEFING + "text/#_forum")
    link = note.locator(".bf-cite a").first
    link.hover()
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_have_count(0)
    expect(note).to_have_count(1)
    page.keyboard.press("Escape")
    expect(note).to_have_count(0)


def test_focus_by_keyboard_shows_the_preview_and_a_page_is_fetched_once(page: Page) -> None:
    page.goto(BRIEFING)
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    links = page.locator(".bf-cite a[href*='quotes']:visible")
    assert links.count() > 1
    links.first.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    focused(links.first)
    expect(page.get_by_role("tooltip").locator(".bf-words").first).to_be_visible()
    expect(links.first).to_have_accessible_description(re.compile("Quotation"))
    page.keyboard.press("Escape")
    focused(links.first)
    links.nth(1).hover()
    expect(page.get_by_role("tooltip").locator(".bf-words").first).to_be_visible()
    assert len([url for url in fetched if "/quotes/" in url]) == 1


def test_the_preview_of_a_work_shows_the_excerpts_that_its_sentence_rests_on(page: Page) -> None:
    page.goto(BRIEFING + "method/")
    works = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('.bf-reference')].map(card =>
            [card.querySelector('h3').id, [...card.querySelectorAll('blockquote p')].map(p => p.textContent)]))"""
    )
    many = {id for id, excerpts in works.items() if len(excerpts) > 3}
    page.goto(BRIEFING + "text/?kinds=all")
    shown: dict[str, set[str]] = {}
    cited = page.locator(".bf-note-body .bf-cite a").evaluate_all("links => links.map(link => link.hash.slice(1))")
    for number in [number for number, id in enumerate(cited) if id in many][:15]:
        id, link = cited[number], page.locator(".bf-note-body .bf-cite a").nth(number)
        link.evaluate("link => link.dispatchEvent(new PointerEvent('pointerover', {bubbles: true}))")
        preview = page.get_by_role("tooltip")
        expect(preview.locator(".bf-words").first).to_be_visible()
        title = str(preview.locator("strong").text_content())
        assert title not in [line.strip() for line in preview.locator("p").all_text_contents()]
        assert 1 <= preview.locator(".bf-words").count() <= 2
        shown.setdefault(id, set()).update(preview.locator(".bf-words").all_text_contents())
        page.keyboard.press("Escape")
        expect(preview).to_have_count(0)
    assert shown
    assert any(words - {" ".join(text.split()) for text in works[id][:2]} for id, words in shown.items()), (
        "not the first ones"
    )


def beside(page: Page, link: Locator, width: int) -> None:
    box, at = page.get_by_role("tooltip").bounding_box(), link.bounding_box()
    assert box and at
    assert box["x"] >= 0 and box["x"] + box["width"] <= width
    assert box["y"] >= at["y"] + at["height"] - 1 or box["y"] + box["height"] <= at["y"] + 1


@pytest.mark.parametrize("width", [360, 1024, 1600])
def test_the_preview_stays_on_the_screen_and_off_its_link(window: Window, address: str, width: int) -> None:
    page = window(address, width)
    page.goto(BRIEFING)
    for link in page.locator(".bf-cite a:visible").all()[:6]:
        link.hover()
        expect(page.get_by_role("tooltip")).to_be_visible()
        eventually(page, partial(beside, page, link, width))
        page.keyboard.press("Escape")


def test_under_a_finger_the_link_just_works(window: Window, address: str) -> None:
    page = window(address, 360, has_touch=True, is_mobile=True)
    page.goto(BRIEFING)
    citation(page).tap()
    expect(page).to_have_url(re.compile("/quotes/#"))
    expect(page.get_by_role("tooltip")).to_have_count(0)


def test_from_a_file_the_title_is_shown(window: Window, site: Path) -> None:
    page = window("file://")
    page.goto(f"file://{site}/{BRIEFING}index.html")
    link = page.locator(".bf-cite a").first
    title = str(link.get_attribute("title"))
    link.hover()
    expect(page.get_by_role("tooltip")).to_have_text(title)


def test_previews_work_under_instant_navigation(window: Window, instant: str) -> None:
    page = window(instant)
    page.goto("manual/")
    page.locator("a[href$='nato-ammunition/']:visible").first.click()
    citation(page).hover()
    expect(page.get_by_role("tooltip").locator(".bf-words").first).to_be_visible()
    citation(page).click()
    expect(page).to_have_url(re.compile("/quotes/#"))
    expect(page.get_by_role("tooltip")).to_have_count(0)
