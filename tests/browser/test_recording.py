"""A recording that is published with the site plays in place, from the moment that a link names."""

from __future__ import annotations

import wave
from pathlib import Path

import yaml
from playwright.sync_api import Page, expect

from tests.browser.conftest import Window
from tests.sites import GOOD, build_site, make_site

FOLDER = "briefings/good"


def with_recording(folder: Path, status: str = "published") -> Path:
    """Build a site with a briefing on a speech that was recorded: half a minute of silence."""
    about = yaml.safe_load((GOOD / FOLDER / "briefing.yml").read_text("utf-8"))
    about["status"] = status
    about["source"] |= {"recording": "talk.wav", "times": " ".join(f"0:{second:02}" for second in range(2, 29, 3))}
    configuration = make_site(folder, files={f"{FOLDER}/briefing.yml": yaml.safe_dump(about, sort_keys=False)})
    with wave.open(str(folder / "docs" / FOLDER / "talk.wav"), "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(1)
        made.setframerate(8000)
        made.writeframes(b"\x80" * 240_000)
    return build_site(configuration)


def second(page: Page) -> float:
    page.wait_for_function("document.querySelector('.bf-player')?.currentTime > 1")
    found: float = page.eval_on_selector(".bf-player", "(player) => player.currentTime")
    return found


def test_a_moment_plays_above_the_text_and_beside_a_card(tmp_path: Path, window: Window) -> None:
    built = with_recording(tmp_path)
    page = window(built.as_uri())
    page.goto((built / FOLDER / "text/index.html").as_uri())
    moments = page.locator(".bf-place a")
    expect(moments).to_have_count(9)
    moments.nth(3).click()
    assert 11 <= second(page) < 20
    expect(page.locator(".bf-recording audio")).to_have_count(1)
    moments.nth(1).click()
    page.wait_for_function("document.querySelector('.bf-player').currentTime < 10")
    expect(page.locator("audio")).to_have_count(1)
    page.goto((built / FOLDER / "quotes/index.html").as_uri())
    page.get_by_text("in the recording").first.click()
    assert second(page) > 1


def test_the_recording_of_a_draft_is_not_published(tmp_path: Path) -> None:
    assert not list(with_recording(tmp_path, "draft").rglob("*.wav"))
