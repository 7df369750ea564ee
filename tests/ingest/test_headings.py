"""What a document has as a heading is one, from `briefing new` to the page."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.authoring.ingest import draft
from briefing.coverage import coverage
from briefing.pipeline.checking import check_alone
from briefing.render.text_pages import text_parts
from tests.ingest.test_block_quotations import MORE, checked, made, run, site
from tests.sites import rendered

__all__ = ["site"]

PARTS = "".join(f"<p>{words}</p>" for words in MORE)
HEADINGS = (
    ("h2", "What would it cost?"),
    ("h3", "“It is the sea,” says Magnus Flett."),
    ("h2", "By 2030, 12 boats are to be built!"),
)
PAGE = (
    '<html lang="en"><head><title>A ferry</title></head><body><article><h1>A ferry</h1>'
    + "".join(f"{PARTS}<{tag}>{words}</{tag}>" for tag, words in HEADINGS)
    + f"{PARTS}</article></body></html>"
)
"""Headings that end as sentences do, have quotation marks and numbers; they are paragraphs 4, 8 and 12."""


@pytest.fixture
def folder(site: Path) -> Path:
    return made(site, PAGE)


def change(folder: Path, old: str, new: str) -> None:
    text = (folder / "briefing.yml").read_text("utf-8")
    assert old in text
    (folder / "briefing.yml").write_text(text.replace(old, new), "utf-8")


def text_page(site: Path) -> str:
    [text] = [page.markdown for path, page in rendered(checked(site)[0]).items() if path.endswith("text.md")]
    return text


def test_they_are_recorded_with_their_levels(site: Path, folder: Path) -> None:
    assert "  headings: 4 8:3 12\n" in (folder / "briefing.yml").read_text("utf-8")
    briefing, codes = checked(site)
    assert briefing.source.headings == ((4, 2), (8, 3), (12, 2))
    assert "wrong-value" not in codes


def test_nothing_in_them_is_drafted_or_counted(site: Path, folder: Path) -> None:
    run("suggest", "--every-number")
    briefing = checked(site)[0]
    text, headings = briefing.source.text, briefing.source.heading_lines
    taken = [*(anchor.whole for anchor in briefing.anchors.values()), *(one.span for one in coverage(briefing).items)]
    assert "eleven to two" in {span.of(text) for span in taken}
    assert not [span.of(text) for span in taken if any(line.overlaps(span) for line in headings)]


def test_the_page_has_them_as_headings_and_leads_to_them(site: Path, folder: Path) -> None:
    assert 'role="heading"' not in text_page(site) and "bf-jumps" not in text_page(site)
    change(folder, "publish: excerpts", "publish: full")
    text = text_page(site)
    for number, level in ((4, 2), (8, 3), (12, 2)):
        assert f'<p id="p{number}" dir="auto" role="heading" aria-level="{level}"' in text
        assert f"](text.md#p{number})" in text
    assert text.count('role="heading"') == 3


def test_a_long_text_is_cut_at_them(site: Path, folder: Path) -> None:
    paragraph = f"{MORE[0]} " * 60
    page = PAGE.replace(PARTS, f"<p>{paragraph}</p>" * 9 + "<p>A line that looks like a heading</p>" + PARTS)
    briefing, _ = checked(site)
    (site / "long.html").write_text(page, "utf-8")
    run("new", "long", "--from", "long.html")
    briefing = check_alone(site / "docs", "briefings/long").briefing
    assert briefing
    assert {part.paragraphs.start for part in text_parts(briefing)[1:]} <= {n - 1 for n, _ in briefing.source.headings}


NUMBERS = {
    "4 7": "paragraph 7 is no heading in “original.html”",
    "4 99": "the source has no paragraph 99, only 15",
    "4:1": "“4:1” are no numbers of headings",
    "8 4": "“8 4” are no numbers of headings",
}


@pytest.mark.parametrize("given", NUMBERS)
def test_numbers_that_are_wrong_are_said(site: Path, folder: Path, given: str) -> None:
    change(folder, "headings: 4 8:3 12", f"headings: {given}")
    assert NUMBERS[given] in run("check")


def test_rebase_follows_them(site: Path, folder: Path) -> None:
    new = PAGE.replace(f"<p>{MORE[0]}</p>", f"<p>{MORE[0]}</p><p>It rained all day on both sides of the water.</p>", 1)
    (site / "new.html").write_text(new, "utf-8")
    told = run("rebase", "-b", "briefings/ferry", "--to", "new.html", "--accept", "added", "--no-ask")
    assert "headings: 5 9:3 13" in (folder / "briefing.yml").read_text("utf-8"), told


DOCUMENTS = {
    "saved.md": (f"# A ferry\n\n{MORE[0]}\n\n### Who pays?\n\n{MORE[1]}\n\n{MORE[2]}\n", "1 3:3"),
    "most.md": (f"## {MORE[0]}\n\n## {MORE[1]}\n\n{MORE[2]}\n", ""),
    "long.html": (PAGE.replace("What would it cost?", f"{MORE[0]} {MORE[1]}"), "8:3 12"),
    "saved.txt": (f"# A ferry\n\n{MORE[0]}\n", ""),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_kinds_of_documents(name: str) -> None:
    text, numbers = DOCUMENTS[name]
    assert draft(text.encode(), name).headings == numbers
