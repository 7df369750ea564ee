"""A review file, opened from a disk: remarks are written, kept, saved, and taken in by the author."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import expect

from briefing.cli import main
from tests.browser.conftest import Window
from tests.browser.test_accessibility import findings
from tests.sites import GOOD


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_remarks_go_from_a_colleague_to_the_author(window: Window, tmp_path: Path, scheme: str) -> None:
    shutil.copytree(GOOD, tmp_path / "docs")
    folder, file = tmp_path / "docs/briefings/good", tmp_path / "review.html"
    source = folder / "source.txt"
    source.write_text(source.read_text("utf-8") + "\n<img src=http://example.org/x onerror=alert(1)></p>\n", "utf-8")
    run = CliRunner().invoke
    assert run(main, ["export", "--format", "review", str(file), "-b", str(folder)]).exit_code == 0
    page = window(file.as_uri(), color_scheme=scheme, accept_downloads=True)
    page.goto(file.as_uri())
    expect(page.get_by_text("Not for publication.")).to_be_visible()
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert findings(page) == [], width
    save, told = page.get_by_role("button", name="Save remarks"), page.locator("#told")
    save.press("Enter")
    expect(told).to_have_text("There are no remarks to save: write one first.")
    page.locator(".text a").first.click()
    expect(page.locator(".card:target")).to_be_visible()
    box = page.locator("textarea[data-annotation=who-pays]")
    box.fill("Who says “so”?\n</script>\n\nAsk her.")
    page.get_by_label("Your name").fill("Ann Å.")
    page.get_by_label("Your remark on the whole").fill("Good.")
    expect(told).to_have_text("2 remarks, kept in this browser, not saved as a file yet.")
    page.reload()
    expect(box).to_have_value("Who says “so”?\n</script>\n\nAsk her.")
    with page.expect_download() as download:
        save.press("Enter")
    expect(told).to_have_text("2 remarks, saved as a file.")
    assert download.value.suggested_filename == "remarks-good-ann-å.json"
    saved = tmp_path / "back.json"
    download.value.save_as(saved)
    page.locator("summary").click()
    assert json.loads(page.get_by_label("Your remarks as text").input_value()) == json.loads(saved.read_text("utf-8"))
    result = run(main, ["import", "review", str(saved), "-b", str(folder)])
    lines = [line.partition(": on ")[2] for line in result.output.splitlines()[:2]]
    assert lines == ["the whole: Ann Å.: Good.", "“who-pays”: Ann Å.: Who says “so”? </script> Ask her."]
    assert "2 remarks added" in result.output
