"""Pages on paper: documents with a running head, the works that they cite, and no controls."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import served
from tests.conftest import CASES
from tests.sites import build_site, make_site

BRIEFING = "briefings/nato-ammunition/"
PAGES = ("", "text/", "quotes/", "figures/", "context/", "comments/", "method/")
MM = 72 / 25.4
CONTROLS = (
    "Full entry",
    "In the text",
    "Link to this",
    "Copy",
    "Press J",
    "All marks",
    "Next:",
    "Skip to",
    "▲",
    "▼",
    "↕",
)


def printed(page: Page, path: str) -> pypdfium2.PdfDocument:
    page.goto(path)
    return pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))


def words(document: pypdfium2.PdfDocument) -> list[str]:
    return [sheet.get_textpage().get_text_bounded() for sheet in document]


def plain(text: str) -> str:
    """Letters and digits alone: where an address breaks, a sheet has a mark."""
    return re.sub(r"[^a-z0-9]", "", text.lower())


def boxes(sheet: pypdfium2.PdfPage) -> list[tuple[str, tuple[float, float, float, float]]]:
    """The characters of a sheet that can be seen, with their places in points from the lower left corner."""
    text = sheet.get_textpage()
    found = [(text.get_text_range(n, 1), text.get_charbox(n, loose=True)) for n in range(text.count_chars())]
    return [(char, box) for char, box in found if char.strip()]


@pytest.fixture(scope="module")
def paper(browser: Browser, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address)
    yield context.new_page()
    context.close()


def test_text_and_overview_of_the_first_briefing_have_at_most_eight_sheets(paper: Page) -> None:
    sheets = [*printed(paper, BRIEFING), *printed(paper, f"{BRIEFING}text/")]
    assert len(sheets) <= 8
    assert {tuple(round(side / MM) for side in sheet.get_size()) for sheet in sheets} == {(210, 297)}


@pytest.mark.parametrize("name", PAGES)
def test_a_page_on_paper_is_a_document(paper: Page, name: str) -> None:
    document = printed(paper, BRIEFING + name)
    shown = words(document)
    for number, text in enumerate(shown, 1):
        assert "NATO no longer trails Russia on ammunition" in " ".join(text.split())[:160], "a running head"
        assert f"{number} / {len(shown)}" in text
        assert [control for control in CONTROLS if control in text] == []
    for sheet in document:
        width, height = sheet.get_size()
        inner = [box for _, box in boxes(sheet) if 16 * MM < box[1] < height - 17 * MM]
        assert len(inner) > 100, "no sheet is empty"
        assert min(box[0] for box in inner) >= 14.5 * MM
        assert max(box[2] for box in inner) <= width - 14.5 * MM


@pytest.mark.parametrize("name", ["", "people/", "people/rutte/", "timeline/", "references/"])
def test_other_pages_of_the_site_have_a_running_head_and_numbers_too(paper: Page, name: str) -> None:
    shown = words(printed(paper, name))
    title = str(paper.title())
    assert title.split(" - ")[0][:40] in " ".join(shown[0].split())[:120]
    assert f"1 / {len(shown)}" in shown[0]


@pytest.mark.parametrize(("name", "selector"), [("", ".bf-summary"), ("", ".bf-keys li"), ("text/", ".bf-paragraph p")])
def test_running_text_has_ten_points_or_more(paper: Page, name: str, selector: str) -> None:
    paper.goto(BRIEFING + name)
    paper.emulate_media(media="print")
    size = paper.locator(selector).first.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    paper.emulate_media(media="null")
    assert size * 0.75 >= 9.99


@pytest.mark.parametrize("name", ["", "text/", "figures/", "context/"])
def test_what_is_cited_is_listed_with_its_address(paper: Page, name: str) -> None:
    text = plain("".join(words(printed(paper, BRIEFING + name))))
    cited = paper.evaluate(
        "[...new Set([...document.querySelectorAll(`.bf-cite a[href*='method/#']`)].map(link => link.textContent))]"
    )
    listed = paper.evaluate(
        "[...document.querySelectorAll('.bf-works-cited li')].map(li => [li.value, li.querySelector('a')?.href])"
    )
    assert len(cited) > 3
    assert {f"R{number}" for number, _ in listed} >= set(cited)
    for _, href in listed:
        assert not href or plain(href)[:50] in text
    expect(paper.locator(".bf-works-cited")).to_be_hidden()


def test_every_kind_is_marked_and_every_note_is_there_on_paper(paper: Page) -> None:
    text = " ".join(" ".join(words(printed(paper, f"{BRIEFING}text/"))).split())
    for head in paper.locator(".bf-note-head").all():
        assert " ".join(str(head.inner_text() or head.text_content()).split()[-3:]) in text
    paper.emulate_media(media="print")
    lines = paper.evaluate(
        """[...document.querySelectorAll('mark.bf-mark')].filter(
            mark => !getComputedStyle(mark).backgroundImage.includes('gradient')).length"""
    )
    paper.emulate_media(media="null")
    assert lines == 0


def test_a_page_in_arabic_is_a_document_too(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("arabic")
    with served(build_site(make_site(folder, docs=CASES / "languages" / "docs"), strict=False)) as address:
        context = browser.new_context(base_url=address)
        page = context.new_page()
        for name in ("text/", "method/"):
            document = printed(page, f"briefings/ar/{name}")
            assert f"1 / {len(document)}" in words(document)[0]
        context.close()
