"""The old address of a briefing that has moved leads to the same words at the new one."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Window, served
from tests.sites import GOOD, build_site, make_site

MAIN = "briefings/good/briefing.yml"


@pytest.mark.parametrize(("script", "fragment"), [(True, "#leave-early"), (False, "")])
def test_an_old_address_leads_on(window: Window, tmp_path: Path, script: bool, fragment: str) -> None:
    moved = (GOOD / MAIN).read_text("utf-8") + "\naliases: [briefings/ferry]\n"
    with served(build_site(make_site(tmp_path, files={MAIN: moved}))) as address:
        page = window(address, java_script_enabled=script)
        page.goto("briefings/ferry/quotes/#leave-early")
        expect(page).to_have_url(f"{address}briefings/good/quotes/{fragment}")
        page.wait_for_load_state("networkidle")  # or the server goes while the page still asks
