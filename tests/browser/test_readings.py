"""The sign of an author's reading as readers meet it: by pointer, keyboard and finger, on paper, mirrored."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests import readings
from tests.browser.conftest import Window, served
from tests.browser.test_accessibility import findings, rules_for
from tests.sites import build_site, make_site

GOOD = f"{readings.BRIEFING}/"


@pytest.fixture(scope="module", params=["en-GB", "ar"])
def address(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("readings")
    with served(build_site(make_site(folder, files=readings.files(request.param)))) as address:
        yield address


def signs(page: Page, within: str = "") -> int:
    return page.locator(f"{within} .bf-sign:not(.bf-onward):visible").count()


def test_pointing_at_a_sign_says_what_it_means(page: Page) -> None:
    page.goto(GOOD)
    sign = page.locator(".bf-keys .bf-sign:not(.bf-onward)").first
    title = str(sign.get_attribute("title"))
    sign.hover()
    expect(page.get_by_role("tooltip")).to_have_text(title)
    page.keyboard.press("Escape")
    expect(page.get_by_role("tooltip")).to_have_count(0)
    expect(sign).to_have_attribute("title", title)


def test_by_the_keyboard_the_words_of_a_paragraph_say_it_and_signs_are_no_stops(page: Page) -> None:
    page.goto(GOOD)
    point = page.locator(".bf-keys > li", has_text="99")
    point.locator("a").first.focus()
    page.wait_for_function("window.bfPreview")
    page.keyboard.press("Tab")
    expect(point.locator(".bf-reading a")).to_be_focused()
    expect(page.get_by_role("tooltip")).to_contain_text("◦")
    assert point.locator(".bf-sign:not(.bf-onward)").count() == 2 and point.locator("a").count() == 2


def test_a_tap_on_a_sign_says_it(window: Window, address: str) -> None:
    page = window(address, width=360, has_touch=True)
    page.goto(GOOD)
    page.locator(".bf-keys .bf-sign:not(.bf-onward)").first.tap()
    expect(page.get_by_role("tooltip")).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_opened_note_has_the_signs_beside_the_text_and_at_its_foot(
    window: Window, address: str, width: int
) -> None:
    page = window(address, width=width)
    page.goto(f"{GOOD}text/#_landing-stage")
    note = page.locator(".bf-sheet" if width == 360 else ".bf-note.bf-open")
    expect(note.locator(".bf-sign:not(.bf-onward)")).to_have_count(2)
    expect(note.locator(".bf-reading a")).to_be_visible()


@pytest.mark.parametrize("name", ["", "text/"])
def test_they_are_there_without_scripts_and_on_paper(window: Window, address: str, name: str) -> None:
    page = window(address, java_script_enabled=False)
    page.goto(GOOD + name)
    assert signs(page) == len(readings.SENTENCES[name.strip("/") or "index"])
    page.emulate_media(media="print")
    assert signs(page) == len(readings.SENTENCES[name.strip("/") or "index"])
    expect(page.locator(".bf-reading a").first).to_be_visible()


def test_the_preview_of_a_note_says_it_in_words(window: Window, address: str) -> None:
    page = window(address)
    page.goto(GOOD)
    page.evaluate("document.querySelector('.bf-cite a').href = 'context/#landing-stage'")
    page.locator(".bf-cite a").first.hover()
    words = page.locator(".bf-reading a").first.inner_text()
    expect(page.get_by_role("tooltip")).to_contain_text(f"◦\u00a0({words})")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["", GOOD, f"{GOOD}context/", f"{GOOD}text/#_landing-stage"])
def test_axe_finds_nothing_and_nothing_is_wider_than_a_phone(
    window: Window, address: str, name: str, scheme: str
) -> None:
    page = window(address, width=360, color_scheme=scheme, reduced_motion="reduce")
    page.goto(name)
    expect(page.locator(".bf-sign:not(.bf-onward)").first).to_be_attached()
    assert findings(page, ".md-content", options=rules_for(scheme, name)) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
