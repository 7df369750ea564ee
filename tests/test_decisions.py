"""The list of decisions has each page once, by its number and with its title."""

from __future__ import annotations

import re
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "docs" / "decisions"
ENTRY = re.compile(r"- \[(\d+\. .+)\]\((.+)\)")


PAGES = sorted(path for path in FOLDER.glob("*.md") if path.name != "index.md")


def test_each_decision_is_listed_once_by_its_number_and_title() -> None:
    entries = map(ENTRY.fullmatch, (FOLDER / "index.md").read_text("utf-8").splitlines())
    headings = [(page.read_text("utf-8").partition("\n")[0].removeprefix("# "), page.name) for page in PAGES]
    assert [entry.groups() for entry in entries if entry] == headings


def test_no_number_is_left_out_or_taken_twice() -> None:
    numbers = list(range(1, len(PAGES) + 1))
    assert [int(page.name[:4]) for page in PAGES] == numbers
    assert [int(page.read_text("utf-8").removeprefix("# ").partition(".")[0]) for page in PAGES] == numbers
