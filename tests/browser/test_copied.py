"""What readers copy from the annotated text and from cards, and what screen readers call what is reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Window, served
from tests.browser.waiting import copied_by
from tests.check import folders
from tests.conftest import CASES
from tests.sites import build_site, make_site

SELECT = """words => {
    const nodes = []; let all = '';
    for (const p of document.querySelectorAll('.bf-paragraph > p')) {
        const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
        for (let node; (node = walker.nextNode());) {
            if (node.parentElement.closest('.bf-ref')) continue;
            nodes.push([node, all.length]); all += node.data;
        }
        all += ' ';
    }
    const at = all.indexOf(words);
    if (at < 0) throw new Error(all);
    const place = (offset, end) => {
        const [node, from] = nodes.findLast(([, from]) => (end ? from < offset : from <= offset));
        return [node, offset - from];
    };
    const range = document.createRange();
    range.setStart(...place(at, false)); range.setEnd(...place(at + words.length, true));
    getSelection().removeAllRanges(); getSelection().addRange(range);
}"""


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("copied")
    with served(build_site(make_site(folder, docs=CASES / "reported" / "docs"))) as address:
        yield address


@pytest.fixture
def writer(window: Window, reported: str) -> Page:
    return window(reported, 1280, permissions=["clipboard-read", "clipboard-write"])


MARSH = "Ines Marsh, Keeper of the waterworks. [Article], The Harwick Courier."
COURIER = "[Article], The Harwick Courier"
HADDAD = "ليلى حداد، مديرة المياه. [مقال]."
MEETING = "Council meeting of 1 June, Harwick Council"

SELECTED = [
    ("en", "We wrote to", "“We wrote to”", MARSH),
    ("en", "“We wrote to the council,”", "“We wrote to the council,”", MARSH),
    ("en", "“We wrote", "“We wrote”", MARSH),
    ("en", "the council,” Marsh", "“‘the council,’ Marsh”", COURIER),
    ("en", "Marsh said. “Nobody answered", "“Marsh said. ‘Nobody answered’”", COURIER),
    ("en", "the sign that says ‘temporary’ has", "“the sign that says ‘temporary’ has”", MARSH),
    ("en", "council,” Marsh said. “Nobody", "“‘council,’ Marsh said. ‘Nobody’”", COURIER),
    (
        *("en", "“We wrote to the council,” Marsh said. “Nobody answered, and the sign that says ‘temporary’ has hung"),
        "“‘We wrote to the council,’ Marsh said. ‘Nobody answered, and the sign that says “temporary” has hung’”",
        COURIER,
    ),
    ("en", "the old pump had been broken", "“the old pump had been broken”", COURIER),
    ("en", "years.” “The", "“‘years.’ ‘The’”", COURIER),
    ("de", "Das Schild", "„Das Schild“", None),
    ("de", "Das Schild ‚Betreten verboten‘ bleibt", "„Das Schild ‚Betreten verboten‘ bleibt“", None),
    ("de", "sagte Brandt. „Das Schild", "„sagte Brandt. ‚Das Schild‘“", "Jule Petersen, [Dokument], 1. April 2026"),
    ("ar", "سنفتح الخزان", "«سنفتح الخزان»", HADDAD),
    ("ar", "غدًا»، قالت", "«“غدًا”، قالت»", "[مقال]"),
    ("talk", "The dam is old", "“The dam is old”", f"Ines Marsh, Keeper of the waterworks. {MEETING}."),
    (
        *("talk", "every winter. The letter that we got says “no money before June”"),
        *("“every winter. The letter that we got says ‘no money before June’”",),
        f"Ines Marsh, Keeper of the waterworks. {MEETING}.",
    ),
    ("talk", "nothing else. QUILL: That", "“nothing else. QUILL: That”", MEETING),
]


@pytest.mark.parametrize(("name", "words", "quoted", "credit"), SELECTED)
def test_selected_words_are_copied_with_the_right_marks_and_names(
    writer: Page, name: str, words: str, quoted: str, credit: str | None
) -> None:
    writer.goto(f"briefings/{name}/text/")
    expect(writer.locator(".bf-text")).to_have_attribute("data-ready", "")
    writer.evaluate(SELECT, words)
    expect(writer.locator(".bf-pick")).to_be_visible()
    first, second, _ = copied_by(writer, writer.locator(".bf-pick [data-copy=quotation]").click).split("\n")
    assert first == quoted
    assert second == (credit or "Erika Brandt, Deichgräfin. Jule Petersen, [Dokument], 1. April 2026.")


@pytest.mark.parametrize(
    ("id", "copied"),
    [
        (
            "pump-broken",
            "Ines Marsh, Keeper of the waterworks, as reported by The Harwick Courier: the old pump had been broken "
            "since the spring\n[Article], The Harwick Courier.\n",
        ),
        (
            "two-parts",
            "“We wrote to the council” “Nobody answered, and the sign that says ‘temporary’ has hung there for "
            f"years.”\n{MARSH}\n",
        ),
    ],
)
def test_a_card_is_copied_as_what_it_is(writer: Page, id: str, copied: str) -> None:
    writer.goto("briefings/en/quotes/")
    button = writer.locator(f"article:has(> #{id}) .bf-copy")
    assert copied_by(writer, button.click).startswith(copied)


def test_screen_readers_and_the_bar_have_a_name_for_what_is_reported(writer: Page) -> None:
    writer.goto("briefings/en/text/?kinds=quotation,figure")
    bar = writer.get_by_role("button", name="3 reported statements")
    expect(bar).to_have_attribute("aria-pressed", "false")
    number = writer.locator("sup").get_by_role(
        "link", name=re.compile("^Note 5, reported statement: Tobias Quill, as reported: a new pump")
    )
    words = writer.locator("mark[data-bf='new-pump']").first
    assert "gradient" not in words.evaluate("mark => getComputedStyle(mark).backgroundImage")
    expect(number.first).to_be_visible()
    bar.click()
    assert "gradient" in words.evaluate("mark => getComputedStyle(mark).backgroundImage")
    claim = re.compile("^Note 1, reported statement, verdict “Unverified”: Ines Marsh, as reported: the")
    expect(writer.locator("sup").get_by_role("link", name=claim)).to_be_visible()
    writer.goto("briefings/de/text/?kinds=all")
    name = re.compile("berichtete Aussage.*: Erika Brandt, laut Bericht: der Deich")
    expect(writer.get_by_role("link", name=name).first).to_be_visible()
    lines = writer.evaluate(
        """() => [...document.querySelectorAll('mark')]
            .map(mark => [mark.className, getComputedStyle(mark).backgroundImage])"""
    )
    looks = {kind: line for kind, line in lines if kind in ("bf-mark bf-reported", "bf-mark bf-quotation")}
    assert len(set(looks.values())) == len(looks) == 2, "its line is not that of a quotation"
    writer.goto("briefings/en/quotes/")
    card = writer.locator("article:has(> #pump-broken)")
    named = re.compile("Ines Marsh, as reported ?: the old pump had been broken since the spring")
    expect(card.get_by_role("heading")).to_have_accessible_name(named)
    assert card.get_by_role("blockquote").count() == 0


OMITTED = (
    "The harbour has 12 boats, which nobody counted twice in all the years that they have been there, whatever the "
    "committee of the house says about them now and then.\n\nIt rained.\n\nThe port has 5 rafts.\n"
)


@pytest.mark.parametrize("press", ["button", "keys"])
def test_paragraphs_that_are_left_out_are_a_line_of_what_is_copied(tmp_path: Path, window: Window, press: str) -> None:
    case = {
        "source.txt": OMITTED,
        "briefing": {"source": {"publish": "excerpts", "rights": "CC BY 4.0"}},
        "figures": [
            {"id": "boats", "target": "12 boats", "value": 12, "unit": "boats"},
            {"id": "rafts", "target": "5 rafts", "value": 5, "unit": "rafts"},
        ],
    }
    folders.make(tmp_path, case)
    with served(build_site(make_site(tmp_path, docs=None))) as address:
        page = window(address, 1280, permissions=["clipboard-read", "clipboard-write"])
        page.goto("b/text/")
        expect(page.locator(".bf-text")).to_have_attribute("data-ready", "")
        first, second = (each.inner_text() for each in page.locator(".bf-paragraph > p").all())
        words = re.sub(r"\b(boats|rafts)\d", r"\1", f"{first} […] {second}")
        page.evaluate(SELECT, words)
        if press == "keys":
            copied = copied_by(page, lambda: page.keyboard.press("Control+c"))
            assert copied.split("\n\n") == words.replace(" […] ", "\n\n[…]\n\n").split("\n\n")
        else:
            copied = copied_by(page, page.locator(".bf-pick [data-copy=quotation]").click)
            assert copied.split("\n")[:3] == f"“{words}”".replace(" […] ", "\n[…]\n").split("\n")
