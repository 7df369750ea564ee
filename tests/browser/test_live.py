"""The author's browser beside the editor: a saved file is shown by itself, and the place in the page is kept."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.site.test_serve import PROGRAMS, server, wait_for
from tests.sites import make_site

ROOT = Path(__file__).parent.parent.parent


def settled(page: Page) -> float:
    """Where the page is scrolled to, once that stays the same for half a second."""
    before, since = -1.0, time.monotonic()
    while time.monotonic() - since < 0.5:
        now = float(page.evaluate("scrollY"))
        if now != before:
            before, since = now, time.monotonic()
        page.wait_for_timeout(50)
    return before


PLACES = (("quotes/#until-recently", "#confrontation"), ("text/#p2", "#_confrontation"))
"""Pages that somebody has scrolled away from the fragment in the address, and what changes on them."""


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_saved_file_is_shown_and_the_readers_place_is_kept(tmp_path: Path, browser: Browser, program: str) -> None:
    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    file = tmp_path / "docs/briefings/nato-ammunition/annotations/quotes.yml"
    text = file.read_text("utf-8")
    with server(tmp_path / "mkdocs.yml", program) as address:
        wait_for(address + "briefings/nato-ammunition/quotes/", "bf-quotation")
        for number, (path, changed) in zip(("alpha", "beta"), PLACES, strict=True):
            page = browser.new_page(viewport={"width": 1280, "height": 600})
            page.goto(f"{address}briefings/nato-ammunition/{path}")
            settled(page)
            page.mouse.move(600, 300)
            page.mouse.wheel(0, 1500)
            place = settled(page)
            assert place > 500, path
            words = f"What the author changed on page {number} says that the words are about"
            file.write_text(text.replace("In another report the words are about", words), "utf-8")
            shown = page.locator(changed).locator("xpath=ancestor-or-self::*[contains(@class, 'bf-')]").last
            expect(shown).to_contain_text(words, timeout=60_000)
            assert abs(settled(page) - place) < 60, path
            page.close()


QUOTES = "docs/briefings/good/annotations/quotes.yml"


def save(folder: Path, old: str, new: str) -> None:
    text = (folder / QUOTES).read_text("utf-8")
    assert old in text
    (folder / QUOTES).write_text(text.replace(old, new), "utf-8")


def loads(page: Page) -> int:
    """How often a window has loaded a page."""
    return int(
        page.evaluate(
            "sessionStorage.loads = (+sessionStorage.loads || 0) + (window.known ? 0 : 1), "
            "window.known = true, +sessionStorage.loads"
        )
    )


ABOUT = "# About\n\n<details markdown='1'><summary>More</summary>\n\nThe first words.\n\n</details>\n"


def test_only_pages_that_have_changed_load_again_and_what_is_open_stays_open(tmp_path: Path, browser: Browser) -> None:
    extensions = ["attr_list", "md_in_html"]
    with server(make_site(tmp_path, files={"about.md": ABOUT}, markdown_extensions=extensions)) as address:
        wait_for(address + "briefings/good/quotes/", "bf-quotation")
        quotes, about = browser.new_page(), browser.new_page()
        quotes.goto(address + "briefings/good/quotes/")
        about.goto(address + "about/")
        assert (loads(quotes), loads(about)) == (1, 1)
        about.locator("summary").click()
        save(tmp_path, "promises a ferry", "promises a boat")
        expect(quotes.locator("body")).to_contain_text("promises a boat", timeout=60_000)
        quotes.wait_for_timeout(3000)  # all of the site has been built meanwhile
        assert (loads(quotes), loads(about)) == (2, 1)
        (tmp_path / "docs/about.md").write_text(ABOUT.replace("first words", "other words"), "utf-8")
        expect(about.get_by_text("The other words")).to_be_visible(timeout=60_000)
        assert loads(about) == 2
        quotes.close()
        about.close()


def test_a_build_that_fails_is_told_of_on_the_page_until_it_succeeds(tmp_path: Path, browser: Browser) -> None:
    with server(make_site(tmp_path, files={"about.md": "# About\n"})) as address:
        wait_for(address + "about/", "About")
        page = browser.new_page()
        page.goto(address + "about/")
        good = (tmp_path / "mkdocs.yml").read_text("utf-8")
        (tmp_path / "mkdocs.yml").write_text(good + "nonsense: [\n", "utf-8")
        expect(page.get_by_role("alert")).to_contain_text("could not be built", timeout=60_000)
        (tmp_path / "mkdocs.yml").write_text(good, "utf-8")
        expect(page.get_by_role("alert")).to_have_count(0, timeout=60_000)
        page.close()
