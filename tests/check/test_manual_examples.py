"""The examples of the manual's pages on annotations are right: a check of each section finds nothing.

The first line of an example names its file. What a section does not show is here: the briefing, its people and two
works. A section with a text has that as its source; else the source is that of the first section of its page.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from briefing.pipeline.checking import check_library
from tests.conftest import CASES

MANUAL = CASES.parent.parent / "docs" / "manual"
PAGES = ("quotations.md", "figures.md", "themes.md", "references.md", "assessments.md", "format.md")
BLOCK = re.compile(r"^```(?P<kind>text|yaml)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
BASE = {
    "people.yml": "carr: Mina Carr\nhale: Theo Hale\nashwick: {name: Ashwick Council, kind: organisation}\n",
    "briefing.yml": (
        "title: A draft\ndate: 2026-01-20\nlanguage: en-GB\nauthors: [Robin Hale]\n"
        "source:\n  kind: article\n  rights: Written for a test.\n  publish: full\n"
        "people:\n  carr: {role: Chair of the transport committee}\n  hale: {role: Driver}\n  ashwick: {}\n"
    ),
    "references.yml": (
        "references:\n"
        "  - id: trial-report\n    title: Report on the night bus trial\n    excerpts:\n"
        "      - exact: From September to November the last bus left the station at midnight\n"
        "      - exact: It carried 4,300 passengers in 2025, 3,900 in 2024, 3,100 in 2023 and 2,500 in 2022\n"
        "  - id: carr-letter\n    title: Letter from Mina Carr\n    excerpts:\n"
        "      - exact: The service will be reviewed in the summer of 2026\n"
    ),
    "comments.yml": "comments: []\n",
}
SOURCE = (
    "“Nobody walks home any more.”\n"
    "Ashwick keeps the night bus, the only one there is. On most nights two thirds of the seats are taken.\n"
)
"""The source of pages without one."""


def sections() -> list[tuple[str, str]]:
    """Each section with an example of a file, by its page and title."""
    found = []
    for page in PAGES:
        for part in re.split(r"^##+ ", (MANUAL / page).read_text("utf-8"), flags=re.MULTILINE):
            if any(named(block["text"]) for block in BLOCK.finditer(part)):
                found.append((page, part.partition("\n")[0]))
    return found


def named(example: str) -> str:
    """The file that an example's first line names."""
    found = re.match(r"# (\S+\.yml)\n", example)
    return found[1] if found else ""


def section(page: str, title: str) -> str:
    text = (MANUAL / page).read_text("utf-8")
    return next(part for part in re.split(r"^##+ ", text, flags=re.MULTILINE) if part.startswith(f"{title}\n"))


def blocks(page: str, title: str) -> list[re.Match[str]]:
    return list(BLOCK.finditer(section(page, title)))


def source(page: str, title: str) -> str:
    """The text that a section is about: one paragraph, which the page wraps."""
    text = (MANUAL / page).read_text("utf-8")
    found = [block for block in (*blocks(page, title), *BLOCK.finditer(text)) if block["kind"] == "text"]
    return " ".join(found[0]["text"].split()) + "\n" if found else SOURCE


@pytest.mark.parametrize(("page", "title"), sections())
def test_a_check_finds_nothing_in_an_example(page: str, title: str, tmp_path: Path) -> None:
    files = {**BASE, "source.txt": source(page, title)}
    for block in blocks(page, title):
        if name := named(block["text"]):
            files[name] = block["text"]
    for name, text in files.items():
        shared = name in ("people.yml", "measures.yml")
        path = tmp_path / name if shared else tmp_path / "briefings/bus" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    library = check_library(tmp_path)
    told = [f"{each.code}: {each.message}" for each, _ in library.located()]
    assert told == []


def test_the_pages_have_examples_of_every_list() -> None:
    shown = "\n".join((MANUAL / page).read_text("utf-8") for page in PAGES)
    for key in ("quotes", "figures", "derived", "themes", "ignore", "withdrawn", "allow", "set_aside", "references"):
        assert re.search(rf"^ *{key}:", shown, re.MULTILINE), key
    assert len(sections()) > 12
