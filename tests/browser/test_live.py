"""The author's browser beside the editor: a saved file is shown by itself, and the place in the page is kept."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from tests.site.test_serve import server, wait_for

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


def test_a_saved_file_is_shown_and_the_readers_place_is_kept(tmp_path: Path, browser: Browser) -> None:
    for name in ("docs", "overrides"):
        shutil.copytree(ROOT / name, tmp_path / name)
    shutil.copy(ROOT / "mkdocs.yml", tmp_path)
    file = tmp_path / "docs/briefings/nato-ammunition/annotations/quotes.yml"
    text = file.read_text("utf-8")
    with server(tmp_path / "mkdocs.yml") as address:
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
