"""A site that was written for the last release, with page templates of its own, still builds, and is told what changed.

tests/cases/upgrade/site is a site as it was: a complete briefing, and copies of two page templates of that time.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner

from briefing.cli import main
from tests.conftest import CASES, Golden
from tests.sites import build_site

SITE = CASES / "upgrade" / "site"


def test_a_site_of_the_last_release_builds_with_its_own_templates(tmp_path: Path) -> None:
    shutil.copytree(SITE, tmp_path / "site")
    site = build_site(tmp_path / "site/mkdocs.yml", strict=False)
    quotes = BeautifulSoup((site / "briefings/good/quotes/index.html").read_text("utf-8"), "html.parser")
    method = BeautifulSoup((site / "briefings/good/method/index.html").read_text("utf-8"), "html.parser")
    assert quotes.select(".bf-quotation blockquote")
    assert quotes.find("a", string=lambda words: words is not None and words.startswith("Everything by"))
    assert "code point for code point" in method.get_text() or "character for character" in method.get_text()
    assert not list(site.rglob("*.yml"))


def test_the_check_says_what_changed_since(tmp_path: Path, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(SITE, tmp_path / "site")
    monkeypatch.chdir(tmp_path)  # places are told from where one is
    result = CliRunner().invoke(main, ["check", "-b", "site/docs"])
    assert result.exit_code in (0, 1), result.output
    golden.check(CASES / "upgrade" / "expected.txt", result.output)
