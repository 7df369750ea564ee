"""The copy of a briefing in one HTML file, opened from a disk without a network."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Window
from tests.browser.test_accessibility import findings
from tests.copies.made import copied, copies_of
from tests.everywhere import write_everywhere


@pytest.mark.parametrize("name", ["good", "languages", "reported"])
def test_a_copy_fits_every_screen_in_light_and_dark_and_is_accessible(
    name: str, window: Window, tmp_path: Path
) -> None:
    for briefing, files in copies_of(name):
        file = tmp_path / f"{briefing.path.replace('/', '-')}.html"
        file.write_bytes(files["html"])
        for scheme in ("light", "dark"):
            page = window(file.as_uri(), color_scheme=scheme, java_script_enabled=True, offline=True)
            page.goto(file.as_uri())
            for width in (320, 390, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert findings(page) == [], (file.name, scheme)


def test_a_reader_gets_from_a_number_to_its_note_to_its_card_without_a_script(window: Window, tmp_path: Path) -> None:
    ((_, files),) = copies_of("good")
    file = tmp_path / "copy.html"
    file.write_bytes(files["html"])
    page = window(file.as_uri(), java_script_enabled=False, offline=True)
    page.goto(file.as_uri())
    page.get_by_role("link", name="Annotated text").first.click()
    expect(page.get_by_role("heading", name="Annotated text")).to_be_in_viewport()
    page.locator(".bf-ref a").first.click()
    note = page.locator(".bf-note:target")
    expect(note).to_be_in_viewport()
    note.get_by_role("link", name="Full entry").click()
    expect(page.locator(".bf-card > :target")).to_be_in_viewport()
    page.locator("summary").first.click()
    expect(page.locator("details[open]")).to_have_count(1)


def test_nothing_that_a_stranger_wrote_runs_or_is_asked_for(window: Window, tmp_path: Path) -> None:
    write_everywhere(tmp_path / "docs")
    for _, files in copied(tmp_path / "docs"):
        file = tmp_path / "copy.html"
        file.write_bytes(files["html"])
        page = window(file.as_uri())
        page.add_init_script("window.hits = 0; window.hit = () => hits++; window.alert = hit")
        page.goto(file.as_uri())
        page.mouse.move(200, 200)
        assert page.evaluate("hits") == 0
        assert page.evaluate("document.scripts.length + document.images.length") == 0
