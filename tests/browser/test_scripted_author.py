"""A saved page with comments becomes a published briefing with the editor alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Browser

from tests.browser.scripted_author import ScriptedAuthor, write_briefing


@pytest.mark.long
def test_a_saved_page_becomes_a_published_briefing_with_less_than_by_hand(tmp_path: Path, browser: Browser) -> None:
    author, by_hand, folder = write_briefing(tmp_path, browser, lambda page, name: None)
    actions = author.actions
    assert author.lookups == []
    assert sum(actions.values()) < sum(by_hand.values()), (actions, by_hand)
    assert actions["field"] < by_hand["field"] / 2, "most of what is in the files is read from the text and selections"
    home = folder / "docs/briefings/library"
    lists = {
        key: entries
        for file in (home / "annotations").glob("*.yml")
        for key, entries in (yaml.safe_load(file.read_text("utf-8")) or {}).items()
    }
    assert {key: len(lists[key]) for key in ("quotes", "figures", "context", "themes")} == {
        "quotes": 5,
        "figures": 3,
        "context": 2,
        "themes": 2,
    }
    assert yaml.safe_load((home / "briefing.yml").read_text("utf-8"))["status"] == "published"
    checked = subprocess.run([sys.executable, "-m", "briefing", "check", "--strict"], cwd=folder, capture_output=True)
    assert checked.returncode == 0, checked.stdout.decode()


def test_what_is_looked_up_is_counted(browser: Browser) -> None:
    page = browser.new_page()
    author = ScriptedAuthor(page, "http://127.0.0.1:1/")
    page.set_content("<a href='about:blank#manual' target='_blank'>The manual</a>")
    with page.expect_popup():
        author.click(page.get_by_role("link", name="The manual"))
    page.evaluate("location.hash = 'here'")
    assert (len(author.lookups), author.actions["click"]) == (1, 1)
    page.goto("data:text/html,fields")
    assert author.lookups[1:] == ["data:text/html,fields"]
    page.close()
