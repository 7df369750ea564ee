"""The annotated text, as readers with all sorts of screens, keyboards and settings use it."""

from __future__ import annotations

import json
import random
import re
import shutil
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from playwright.sync_api import Locator, Page, expect

from briefing.anchor.describe import describe_on_one_line
from briefing.cli import main
from briefing.model.places import Span
from tests.browser.conftest import ROOT, Window, served
from tests.browser.waiting import copied_by, eventually
from tests.generate import write_library
from tests.shared import built_once, made_once
from tests.sites import build_site, make_site

TEXT = "briefings/nato-ammunition/text/"
ALL = f"{TEXT}?kinds=all"
"""The same with every kind of annotation marked."""
SOURCE = (ROOT / "docs/briefings/nato-ammunition/source.txt").read_text("utf-8")
WIDE, MIDDLE, NARROW = 1600, 1024, 360

BOXES = """() => [...document.querySelectorAll('.bf-note:not(.bf-open)')].map(note => note.getBoundingClientRect())
    .filter(box => box.height).map(box => [box.left, box.top, box.right, box.bottom])"""
ACTIVE = "document.activeElement.id || document.activeElement.className"


def opened(window: Window, address: str, width: int, path: str = TEXT, **options: Any) -> Page:
    page = window(address, width, **options)
    page.goto(path)
    expect(page.locator(".bf-text")).to_have_attribute("data-ready", "")
    return page


def number(page: Page, id: str) -> Any:
    return page.locator(f".bf-ref a[href$='#_{id}']")


def focused(element: Locator) -> None:
    """Whether the page's focus is there; the browser's own may be in another window."""
    element.page.wait_for_function("element => document.activeElement === element", arg=element.element_handle())


def sheet(page: Page) -> Any:
    return page.get_by_role("dialog", name=re.compile("^Note"))


def in_sight(page: Page, selector: str) -> bool:
    """Whether the first line of an element is below the header and above an open sheet."""
    return bool(
        page.evaluate(
            """selector => {
                const box = document.querySelector(selector).getClientRects()[0];
                const sheet = document.querySelector('.bf-sheet[open]');
                const header = document.querySelector('.md-header').getBoundingClientRect().bottom;
                return box.top >= header && box.bottom <= (sheet ? sheet.getBoundingClientRect().top : innerHeight);
            }""",
            selector,
        )
    )


# --- marks ---


def test_kinds_differ_by_line_and_overlaps_show_every_kind(page: Page) -> None:
    page.goto(ALL)
    lines = page.evaluate(
        """() => [...document.querySelectorAll('mark.bf-mark')].map(mark => [
            ['quotation', 'reported', 'figure', 'context'].filter(kind => mark.classList.contains(`bf-${kind}`)).length,
            getComputedStyle(mark).backgroundImage.split(/,\\s*(?=none|linear|repeating)/)
                .filter(line => line !== 'none')])"""
    )
    assert {kinds for kinds, _ in lines} >= {1, 2}
    for kinds, drawn in lines:
        assert len(set(drawn)) == kinds
    assert len({drawn[0] for kinds, drawn in lines if kinds == 1}) == 4


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_each_annotation_has_one_focusable_number_with_a_name_and_room_for_a_finger(
    window: Window, address: str, width: int
) -> None:
    page = opened(window, address, width, ALL)
    numbers = page.locator(".bf-paragraph p a[href], .bf-paragraph p [tabindex], .bf-paragraph p button")
    notes = page.locator(".bf-note")
    assert numbers.count() == notes.count() > 40
    sizes = numbers.evaluate_all(
        "links => links.map(link => link.getBoundingClientRect()).map(box => [box.width, box.height])"
    )
    assert [size for size in sizes if min(size) < 24] == []
    for link in numbers.all()[:8]:
        expect(link).to_have_accessible_name(
            re.compile(r"^Note \d+, (quotation|reported statement|figure|context note)(, verdict “[\w ]+”)?: .+")
        )


def test_numbers_that_stand_together_do_not_cover_each_other(page: Page) -> None:
    page.goto(ALL)
    overlaps = page.evaluate(
        """() => [...document.querySelectorAll('.bf-ref + .bf-ref a')].filter(link => {
            const before = link.parentElement.previousElementSibling.firstChild.getBoundingClientRect();
            const box = link.getBoundingClientRect();
            return box.top === before.top && box.left < before.right - 1;
        }).length"""
    )
    assert page.locator(".bf-ref + .bf-ref").count() > 0
    assert overlaps == 0


@pytest.mark.parametrize(
    "kinds", ["", "?kinds=", "?kinds=quotation", "?kinds=figure", "?kinds=context,figure", "?kinds=all"]
)
def test_no_gap_is_where_a_number_is_not_shown(kinds: str, page: Page) -> None:
    page.goto(TEXT + kinds)
    gaps, apart = page.evaluate(
        """() => {
            const gaps = [], apart = [];
            for (const group of document.querySelectorAll('.bf-refs')) {
                const shown = [...group.querySelectorAll('a')].filter(link => link.getClientRects().length);
                const edge = shown.length && group.previousElementSibling.getClientRects();
                shown.forEach((link, at) => {
                    const words = document.createRange();
                    words.selectNodeContents(link);
                    const box = words.getBoundingClientRect();
                    const before = at ? shown[at - 1].getBoundingClientRect() : edge[edge.length - 1];
                    if (at && before.top === link.getBoundingClientRect().top)
                        apart.push(link.getBoundingClientRect().left - before.right);
                    if (!at && box.top < before.bottom && box.bottom > before.top) gaps.push(box.left - before.right);
                });
            }
            return [gaps, apart];
        }"""
    )
    assert [gap for gap in gaps if not 0 <= gap < 5] == []
    assert [room for room in apart if room < -1] == []
    assert page.locator(".bf-refs").count() > 0
    assert gaps or kinds == "?kinds="


@pytest.mark.parametrize("width", [NARROW, MIDDLE, WIDE])
def test_the_text_without_its_markers_is_the_source(window: Window, address: str, width: int) -> None:
    page = opened(window, address, width)
    shown = page.evaluate(
        """() => [...document.querySelectorAll('.bf-paragraph > p')].map(p => {
            const copy = p.cloneNode(true);
            copy.querySelectorAll('.bf-ref').forEach(marker => marker.remove());
            return copy.textContent; })"""
    )
    assert shown == [line for line in SOURCE.splitlines() if line.strip()]


def test_kinds_stay_visible_in_forced_colours(window: Window, address: str) -> None:
    page = opened(window, address, WIDE, forced_colors="active")
    drawn = page.evaluate("getComputedStyle(document.querySelector('mark.bf-mark.bf-figure')).backgroundImage")
    assert "repeating-linear-gradient" in drawn


# --- the margin ---


@pytest.mark.parametrize("width", [MIDDLE, 1220, WIDE, 2560])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_margin_notes_never_overlap_each_other_or_the_text(
    window: Window, address: str, width: int, scheme: str
) -> None:
    page = opened(window, address, width, color_scheme=scheme)
    apart(page)
    page.get_by_role("button", name="All marks").click()
    apart(page)


def apart(page: Page) -> list[list[float]]:
    return eventually(page, lambda: measured_apart(page))


def measured_apart(page: Page) -> list[list[float]]:
    boxes: list[list[float]] = sorted(page.evaluate(BOXES), key=lambda box: box[1])
    hidden = str(page.locator(".bf-text").get_attribute("data-hide")).split()
    labels = ".bf-note:not(.bf-bare, .bf-open)" + "".join(f":not(.bf-{kind}:not(.bf-claim))" for kind in hidden)
    assert len(boxes) == page.locator(labels).count() > 10
    for above, below in pairwise(boxes):
        assert above[3] <= below[1]
    text = page.evaluate(
        "Math.max(...[...document.querySelectorAll('.bf-paragraph p')].map(p => p.getBoundingClientRect().right))"
    )
    assert min(box[0] for box in boxes) >= text
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    return boxes


TOPS = """() => [...document.querySelectorAll('.bf-note:not(.bf-open)')]
    .map(note => [note.id, note.getBoundingClientRect()]).filter(([, box]) => box.height)
    .map(([id, box]) => [id, Math.round(box.top + scrollY), Math.round(box.height)])"""
DRIFT = """() => [...document.querySelectorAll('.bf-note')].filter(note => note.offsetHeight).map(note => {
    const mark = [...document.querySelectorAll(`mark[data-bf~="${note.id.slice(1)}"]`)].at(-1);
    const { top, height } = note.getBoundingClientRect();
    const line = [...mark.getClientRects()].at(-1);
    return [Math.abs(top - line.top), height / parseFloat(getComputedStyle(note).lineHeight)];
})"""


@pytest.mark.parametrize("width", [MIDDLE, 1280, WIDE])
def test_a_note_shows_its_first_two_lines_at_its_line(window: Window, address: str, width: int) -> None:
    page = opened(window, address, width)

    def near() -> None:
        notes = page.evaluate(DRIFT)
        assert len(notes) > 20
        assert all(drift < 120 and lines <= 2.05 for drift, lines in notes)
        assert sum(drift < 40 for drift, _ in notes) > len(notes) / 2
        assert sum(lines > 1.9 for _, lines in notes) > len(notes) / 2

    eventually(page, near)


CUT = """() => [...document.querySelectorAll('.bf-note')].filter(note => note.offsetHeight).filter(note => {
    const { bottom } = note.querySelector('.bf-note-body').getBoundingClientRect();
    return [...note.querySelector('.bf-note-head').getClientRects()].at(-1).bottom > bottom + 4;
}).map(note => note.textContent)"""


@pytest.mark.parametrize("width", [MIDDLE, 1280, WIDE, 1920])
@pytest.mark.parametrize("path", [TEXT, ALL])
def test_no_title_in_the_margin_is_cut_where_notes_are_many(
    window: Window, address: str, width: int, path: str
) -> None:
    page = opened(window, address, width, path)

    def whole() -> None:
        assert page.evaluate(CUT) == []
        assert all(drift < 120 for drift, _ in page.evaluate(DRIFT))

    eventually(page, whole)
    page.add_style_tag(content=".bf-note-head { letter-spacing: .6em }")
    assert page.evaluate(CUT), "longer titles would be"


@pytest.mark.parametrize("width", [1280, WIDE])
def test_the_bar_has_one_line_where_there_is_room_and_begins_each_at_the_edge(
    window: Window, address: str, width: int
) -> None:
    page = opened(window, address, width)
    rows = "() => [...document.querySelectorAll('.bf-bar > *')].map(e => e.getBoundingClientRect())"
    boxes = page.evaluate(f"({rows})().map(box => [box.left, box.top, box.bottom])")
    assert max(top for _, top, _ in boxes) < min(bottom for _, _, bottom in boxes)
    page.set_viewport_size({"width": MIDDLE, "height": 800})
    boxes = page.evaluate(f"({rows})().map(box => [box.left, box.top, box.bottom])")
    firsts = [box for before, box in pairwise(boxes) if box[1] >= before[2]]
    assert firsts and all(abs(box[0] - boxes[0][0]) < 1 for box in firsts)


def test_a_note_in_the_margin_says_what_it_is_the_verdict_and_how_it_begins(page: Page) -> None:
    page.goto(TEXT)
    expect(page.locator("#_forum")).to_contain_text("The NATO-Industry Forum The forum is")
    claim = page.locator("#_until-recently .bf-note-head")
    expect(claim).to_contain_text(re.compile("13 .*Unverified Quotation by Mark Rutte"))
    expect(claim.locator(".bf-verdict-unverified")).to_be_visible()
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.bf-note-head')].filter(head => head.getClientRects().length > 2 &&
            head.closest('.bf-note').getBoundingClientRect().height).map(head => head.textContent)"""
    )
    assert cut == [], "no title has more lines than are shown"


def test_an_annotation_without_a_note_has_no_label(page: Page) -> None:
    page.goto(ALL)
    bare = page.locator("#_proof")
    expect(bare).to_be_hidden()
    number(page, "proof").click()
    expect(bare).to_be_visible()
    expect(bare.get_by_role("link", name="Full entry")).to_be_visible()
    page.keyboard.press("Escape")
    expect(bare).to_be_hidden()


@pytest.mark.parametrize("id", ["office", "how-far-confirmed", "diana", "speech-elsewhere", "danger"])
def test_an_open_note_lies_over_the_others_and_moves_none(page: Page, id: str) -> None:
    page.goto(TEXT)
    expect(page.locator("#_forum")).to_be_visible()
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    before = page.evaluate(TOPS)
    page.evaluate("id => { location.hash = `#_${id}`; }", id)
    note = page.locator(f"#_{id}.bf-open")
    focused(note)
    assert page.evaluate(TOPS) == [entry for entry in before if entry[0] != f"_{id}"]
    box, mark = note.bounding_box(), page.locator(f"mark[data-bf~='{id}']").first.bounding_box()
    assert box and mark and abs(box["y"] - mark["y"]) < 130
    above = page.evaluate(
        "([x, y]) => document.elementFromPoint(x, y).closest('.bf-note').id",
        [box["x"] + 40, min(box["y"] + box["height"], 795) - 8],
    )
    assert above == f"_{id}"
    page.keyboard.press("Escape")
    expect(page.locator(".bf-open")).to_have_count(0)
    assert page.evaluate(TOPS) == before


# --- a calm text ---

UNDERLINED = """() => {
    let lines = 0, all = 0;
    for (const p of document.querySelectorAll('.bf-paragraph > p')) {
        const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
        for (let node; (node = walker.nextNode());) {
            if (node.parentElement.closest('.bf-ref')) continue;
            const mark = node.parentElement.closest('mark');
            all += node.length;
            if (mark && /gradient/.test(getComputedStyle(mark).backgroundImage)) lines += node.length;
        }
    }
    return lines / all; }"""


def test_at_most_a_quarter_of_the_text_is_underlined_until_more_is_asked_for(page: Page) -> None:
    page.goto(TEXT)
    assert 0.1 < page.evaluate(UNDERLINED) <= 0.25
    every = page.get_by_role("button", name="All marks")
    every.click()
    assert page.evaluate(UNDERLINED) > 0.6
    expect(every).to_have_attribute("aria-pressed", "true")
    expect(page).to_have_url(re.compile(r"\?kinds=all$"))
    page.reload()
    assert page.evaluate(UNDERLINED) > 0.6
    every.click()
    expect(page).to_have_url(re.compile("/text/$"))
    assert page.evaluate(UNDERLINED) <= 0.25


def test_verdicts_are_never_hidden_and_stand_at_their_marks_as_words(page: Page) -> None:
    page.goto(TEXT + "?kinds=")
    claims = page.locator(".bf-ref[data-claim]")
    assert claims.count() == page.locator(".bf-note.bf-claim").count() > 5
    for claim in claims.all():
        expect(claim.locator(".bf-verdict")).to_be_visible()
    expect(page.locator("#_until-recently")).to_be_visible()
    underlined = page.evaluate(
        "getComputedStyle(document.querySelector('mark.bf-claim-quotation')).backgroundImage.includes('gradient')"
    )
    assert underlined
    expect(page.get_by_text(f"{claims.count()} claims with a verdict")).to_be_visible()


def test_what_is_reported_keeps_a_quiet_number(page: Page) -> None:
    page.goto(TEXT)
    quiet = number(page, "quantity-meant")
    expect(quiet).to_be_visible()
    lines = "link => getComputedStyle(link).textDecorationStyle"
    assert quiet.evaluate(lines) == "double"
    plain = "getComputedStyle(document.querySelector(\"mark[data-bf='quantity-meant']\")).backgroundImage"
    assert "gradient" not in page.evaluate(plain)
    expect(page.locator("#_quantity-meant")).to_be_hidden()
    quiet.click()
    expect(page.locator("#_quantity-meant.bf-open")).to_be_visible()


def test_a_permalink_to_a_kind_that_is_off_shows_that_one_alone(page: Page) -> None:
    page.goto(TEXT + "#t-danger")
    note = page.locator("#_danger.bf-open")
    expect(note).to_be_visible()
    expect(page.locator("#_contracts")).to_be_hidden()
    page.keyboard.press("Escape")
    focused(number(page, "danger"))
    expect(number(page, "danger")).to_be_visible()


def test_the_text_is_reached_by_keyboard_in_seven_presses(page: Page) -> None:
    page.goto(TEXT)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.bf-skip') !== null"):
            break
    page.keyboard.press("Enter")
    focused(page.locator("#p1"))
    page.keyboard.press("Tab")
    focused(number(page, "office"))
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.bf-ref') !== null"), "notes in the margin are no stops"


def test_pointing_at_a_mark_lights_up_its_note_and_the_other_way_round(page: Page) -> None:
    page.goto(TEXT)
    mark = page.locator("mark[data-bf='forum']").first
    mark.hover()
    expect(page.locator("#_forum")).to_have_class(re.compile("bf-lit"))
    page.locator("h1").hover()
    expect(page.locator(".bf-lit")).to_have_count(0)
    page.locator("#_forum").hover()
    expect(mark).to_have_class(re.compile("bf-lit"))


def test_focus_lights_up_mark_and_note(page: Page) -> None:
    page.goto(TEXT)
    number(page, "forum").focus()
    expect(page.locator("#_forum")).to_have_class(re.compile("bf-lit"))
    expect(page.locator("mark[data-bf='forum']").first).to_have_class(re.compile("bf-lit"))


def test_every_annotation_under_a_mark_opens_by_clicking_it_again(page: Page) -> None:
    page.goto(TEXT)
    mark = page.locator("mark.bf-quotation.bf-context").first
    ids = str(mark.get_attribute("data-bf")).split(" ")
    seen = []
    for _ in ids:
        mark.click()
        seen.append(str(page.locator(".bf-note.bf-open").get_attribute("id"))[1:])
    assert seen == ids[::-1]


def test_a_margin_note_closes_with_escape_and_gives_the_focus_back(page: Page) -> None:
    page.goto(TEXT)
    number(page, "forum").click()
    focused(page.locator("#_forum"))
    expect(page).to_have_url(re.compile("#_forum$"))
    page.keyboard.press("Escape")
    focused(number(page, "forum"))
    expect(page).not_to_have_url(re.compile("#_forum$"))
    expect(page.locator(".bf-open")).to_have_count(0)


def test_a_resized_window_moves_an_open_note_between_margin_and_sheet(page: Page) -> None:
    page.goto(TEXT + "#_forum")
    expect(page.locator("#_forum.bf-open")).to_be_visible()
    page.set_viewport_size({"width": NARROW, "height": 700})
    expect(page.locator(".bf-sheet[open]")).to_contain_text("Forum")
    page.set_viewport_size({"width": WIDE, "height": 900})
    expect(page.locator(".bf-sheet[open]")).to_have_count(0)
    expect(page.locator("#_forum.bf-open")).to_be_visible()


def test_a_window_resized_before_the_first_report_moves_the_open_note_too(page: Page) -> None:
    """What is observed changes between the placing of the notes and the first report of its size."""
    page.add_init_script("""
        const observe = ResizeObserver.prototype.observe;
        ResizeObserver.prototype.observe = function (element) {
          if (element.matches(".bf-text")) element.style = "--bf-wide: 0; inline-size: 20rem";
          return observe.call(this, element);
        }""")
    page.goto(TEXT + "#_forum")
    expect(page.locator(".bf-sheet[open]")).to_contain_text("Forum")


def test_notes_are_placed_when_a_window_becomes_wide_while_one_is_open(window: Window, address: str) -> None:
    def places(page: Page) -> list[int]:
        script = "notes => notes.map(note => note.offsetTop)"
        return list(page.locator(".bf-note:not(.bf-open):visible").evaluate_all(script))

    fresh = opened(window, address, WIDE, TEXT + "#_forum")
    page = opened(window, address, NARROW, TEXT + "#_forum")
    expect(page.locator(".bf-sheet[open]")).to_be_visible()
    page.set_viewport_size({"width": WIDE, "height": 900})
    expect(page.locator("#_forum.bf-open")).to_be_visible()
    assert len(places(page)) > 3 and places(page) == places(fresh)


# --- the sheet ---


def test_on_a_narrow_screen_a_tap_opens_the_note_as_a_sheet_above_which_its_words_stay(
    window: Window, address: str
) -> None:
    page = opened(window, address, NARROW, height=640, has_touch=True, is_mobile=True)
    expect(page.locator(".bf-note:visible")).to_have_count(0)
    for id in ("forum", "new-lines", "office"):
        number(page, id).tap()
        dialog = sheet(page)
        expect(dialog).to_be_visible()
        expect(dialog).to_have_accessible_name(re.compile("^Note "))
        assert in_sight(page, f"mark[data-bf~='{id}']")
        box = dialog.bounding_box()
        assert box and box["y"] + box["height"] >= 639 and box["width"] == NARROW
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        focused(number(page, id))


def test_the_last_words_of_the_text_are_not_covered_either(window: Window, address: str) -> None:
    page = opened(window, address, NARROW, ALL, height=640)
    last = str(page.locator(".bf-ref a").last.get_attribute("href")).partition("#_")[2]
    page.locator(".bf-ref a").last.click()
    expect(sheet(page)).to_be_visible()
    assert in_sight(page, f"mark[data-bf~='{last}']")


def test_the_sheet_closes_with_its_button_and_with_back(window: Window, address: str) -> None:
    page = opened(window, address, NARROW)
    entries = page.evaluate("history.length")
    number(page, "forum").click()
    page.get_by_role("button", name="Close the note").click()
    expect(sheet(page)).to_have_count(0)
    focused(number(page, "forum"))
    expect(page).to_have_url(re.compile("/text/$"))
    number(page, "forum").click()
    expect(sheet(page)).to_be_visible()
    page.go_back()
    expect(sheet(page)).to_have_count(0)
    focused(number(page, "forum"))
    expect(page).to_have_url(re.compile("/text/$"))
    assert page.evaluate("history.length") <= entries + 1


def test_the_sheet_steps_to_the_next_and_previous_note(window: Window, address: str) -> None:
    page = opened(window, address, NARROW)
    page.locator(".bf-ref a", has_text=re.compile("^4$")).click()
    dialog = sheet(page)
    page.get_by_role("button", name="Next note").click()
    expect(dialog).to_have_accessible_name(re.compile("^Note 5,"))
    page.get_by_role("button", name="Previous note").click()
    page.get_by_role("button", name="Previous note").click()
    expect(dialog).to_have_accessible_name(re.compile("^Note 3,"))
    page.go_back()
    expect(dialog).to_have_count(0)


def test_a_tap_on_the_words_opens_the_innermost_note(window: Window, address: str) -> None:
    page = opened(window, address, NARROW, has_touch=True)
    page.locator("mark[data-bf='office']").first.tap()
    expect(sheet(page)).to_contain_text("The Secretary General")


# --- without a script, and on paper ---


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_without_javascript_notes_stand_below_their_paragraph(window: Window, address: str, width: int) -> None:
    page = window(address, width, java_script_enabled=False)
    page.goto(TEXT)
    expect(page.locator(".bf-note:visible")).to_have_count(page.locator(".bf-note").count())
    paragraph, note = page.locator("#p2").bounding_box(), page.locator("#_forum").bounding_box()
    assert paragraph and note and note["y"] >= paragraph["y"] + paragraph["height"]
    for tool in (".bf-bar", ".bf-sheet", ".bf-pick", ".bf-step"):
        expect(page.locator(tool)).to_be_hidden()
    number(page, "forum").click()
    expect(page.locator("#_forum")).to_be_in_viewport()


@pytest.mark.parametrize("width", [700, WIDE])
def test_on_paper_notes_stand_below_their_paragraph(window: Window, address: str, width: int) -> None:
    page = opened(window, address, width)
    page.emulate_media(media="print")
    paragraph, note = page.locator("#p2").bounding_box(), page.locator("#_forum").bounding_box()
    assert paragraph and note and note["y"] >= paragraph["y"] + paragraph["height"]
    expect(page.locator(".bf-note:visible")).to_have_count(page.locator(".bf-note").count())
    expect(page.locator(".bf-bar")).to_be_hidden()
    expect(number(page, "forum")).to_be_visible()


def test_notes_appear_where_the_script_never_comes(window: Window, address: str) -> None:
    page = window(address, WIDE)
    page.route("**/text.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    page.goto(TEXT)

    def shown() -> None:
        box, below = page.locator("#_forum").bounding_box(), page.locator("#p3").bounding_box()
        assert box and below and box["height"] > 0 and box["y"] + box["height"] <= below["y"]

    eventually(page, shown, 20)


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_it_works_from_a_file(window: Window, site: Path, width: int) -> None:
    page = window("file://", width)
    page.goto(f"file://{site}/{TEXT}index.html")
    expect(page.locator(".bf-text")).to_have_attribute("data-ready", "")
    number(page, "forum").click()
    expect(page.locator("#_forum.bf-open" if width == WIDE else ".bf-sheet[open]")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="quotations").click()
    expect(page).to_have_url(re.compile("kinds=context,quotation"))


# --- the bar ---


def test_the_bar_counts_the_kinds_and_switches_them_off_and_on(page: Page) -> None:
    page.goto(TEXT)
    button = page.get_by_role("button", name=re.compile(r"^\d+ quotations$"))
    quotations = page.locator(".bf-ref[data-kind=quotation]")
    plain = page.locator("mark.bf-quotation:not([class*=claim])")
    underlined = "mark => getComputedStyle(mark).backgroundImage.split('gradient').length"
    assert str(button.text_content()).startswith(f"{quotations.count()} ")
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(page.locator(".bf-ref[data-kind=quotation]:not([data-claim]):visible")).to_have_count(0)
    before = plain.first.evaluate(underlined)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".bf-ref[data-kind=quotation]:visible")).to_have_count(quotations.count())
    assert plain.first.evaluate(underlined) == before + 1
    expect(page).to_have_url(re.compile(r"\?kinds=context,quotation$"))
    button.click()
    expect(page).not_to_have_url(re.compile("kinds"))


def test_a_kind_whose_marks_are_all_claims_is_counted_without_a_switch(page: Page) -> None:
    page.goto(TEXT)
    figures = page.locator(".bf-ref[data-kind=figure]")
    assert figures.count() == page.locator(".bf-ref[data-kind=figure][data-claim]:visible").count() > 0
    expect(page.locator(".bf-bar [data-kind=figure]")).to_have_text(f"{figures.count()} figures")
    expect(page.get_by_role("button", name="figures")).to_have_count(0)


def test_the_choice_of_kinds_is_restored_from_the_address(page: Page) -> None:
    page.goto(TEXT + "?kinds=quotation,figure")
    expect(page.get_by_role("button", name="context notes")).to_have_attribute("aria-pressed", "false")
    expect(page.get_by_role("button", name="quotations")).to_have_attribute("aria-pressed", "true")
    expect(page.locator(".bf-note.bf-context:visible")).to_have_count(0)
    expect(page.locator(".bf-note.bf-quotation:visible").nth(4)).to_be_visible()
    page.goto(TEXT + "?kinds=")
    expect(page.locator(".bf-note:visible:not(.bf-claim)")).to_have_count(0)


def test_a_permalink_shows_its_note_even_if_its_kind_is_off(page: Page) -> None:
    page.goto(TEXT + "?kinds=figure#_forum")
    expect(page.locator("#_forum.bf-open")).to_be_visible()


# --- keys ---


def test_j_and_k_step_from_the_first_press(page: Page) -> None:
    page.goto(ALL)
    expect(page.locator(".bf-text")).to_have_attribute("data-ready", "")
    for expected in (r"^1$", r"^2$", r"^3\D"):
        page.keyboard.press("j")
        expect(page.locator(":focus")).to_have_text(re.compile(expected))
    page.keyboard.press("k")
    expect(page.locator(":focus")).to_have_text(re.compile("^2"))
    page.get_by_role("button", name="quotations").click()
    number(page, "roosevelt-message").focus()
    page.keyboard.press("k")
    focused(number(page, "four-capitals"))


def test_j_and_k_leave_fields_and_other_parts_of_the_page_alone(page: Page) -> None:
    page.goto(TEXT)
    expect(page.locator(".bf-text")).to_have_attribute("data-ready", "")
    search = page.locator("input[name=query]")
    search.focus()
    page.keyboard.press("j")
    expect(search).to_have_value("j")
    page.keyboard.press("Escape")
    tab = page.locator(".bf-tabs a").first
    tab.focus()
    page.keyboard.press("j")
    focused(tab)


def test_stepping_goes_on_in_open_notes(page: Page) -> None:
    page.goto(TEXT)
    number(page, "office").press("Enter")
    focused(page.locator("#_office"))
    page.keyboard.press("j")
    expect(page.locator(".bf-note.bf-open")).to_have_attribute("aria-label", re.compile("^Note 2,"))
    page.get_by_role("button", name="Next note").click()
    expect(page.locator(".bf-note.bf-open")).to_have_attribute("aria-label", re.compile("^Note 3,"))


def test_stepping_can_be_switched_off_for_the_session(page: Page) -> None:
    page.goto(TEXT)
    toggle = page.get_by_role("button", name="J or K")
    toggle.click()
    page.reload()
    expect(toggle).to_have_attribute("aria-pressed", "false")
    number(page, "office").focus()
    page.keyboard.press("j")
    focused(number(page, "office"))
    toggle.click()
    number(page, "office").focus()
    page.keyboard.press("j")
    focused(number(page, "how-far-confirmed"))


# --- permalinks ---


@pytest.mark.parametrize("width", [NARROW, MIDDLE, WIDE])
@pytest.mark.parametrize("id", ["new-lines", "danger", "p9", "p14"])
def test_a_permalink_scrolls_highlights_opens_its_note_and_focuses(
    window: Window, address: str, width: int, id: str
) -> None:
    target = f"#{id}" if id.startswith("p") else f"#t-{id}"
    page = opened(window, address, width, TEXT + target)
    element = page.locator(target)
    if id.startswith("p"):
        focused(element)
    elif width == NARROW:
        focused(sheet(page))
        assert in_sight(page, target)
    else:
        focused(page.locator(f"#_{id}.bf-open"))
        expect(page.locator(f"#_{id}")).to_be_in_viewport()
    expect(element).to_have_class(re.compile("bf-target"))
    expect(element).to_be_in_viewport()
    assert page.evaluate("target => getComputedStyle(document.querySelector(target)).backgroundColor", target) not in (
        "rgba(0, 0, 0, 0)",
        "transparent",
    )


def test_a_permalink_of_what_has_no_note_puts_the_focus_on_its_words(page: Page) -> None:
    page.goto(TEXT + "#t-proof")
    focused(page.locator("#t-proof"))
    expect(page.locator("#t-proof")).to_have_class(re.compile("bf-target"))


def test_a_permalink_of_a_note_opens_it(window: Window, address: str) -> None:
    page = opened(window, address, WIDE, TEXT + "#_new-lines")
    focused(page.locator("#_new-lines"))
    expect(page.locator("#_new-lines")).to_be_in_viewport()
    page = opened(window, address, NARROW, TEXT + "#_new-lines")
    focused(sheet(page))
    assert in_sight(page, "#t-new-lines")
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("/text/$"))


def test_a_changed_fragment_is_followed(page: Page) -> None:
    page.goto(TEXT)
    page.evaluate("location.hash = '#p12'")
    focused(page.locator("#p12"))
    page.evaluate("location.hash = '#t-forum'")
    focused(page.locator("#_forum.bf-open"))
    page.go_back()
    focused(page.locator("#p12"))
    expect(page.locator(".bf-target")).to_have_count(1)


def test_the_number_of_a_paragraph_is_its_permalink(page: Page) -> None:
    page.goto(TEXT)
    page.get_by_role("link", name="Link to paragraph 4").click()
    expect(page).to_have_url(re.compile("#p4$"))
    focused(page.locator("#p4"))


def test_the_way_back_from_a_note(page: Page) -> None:
    page.goto(TEXT + "#_new-lines")
    page.locator("#_new-lines .bf-note-head a").click()
    focused(number(page, "new-lines"))
    expect(page.locator(".bf-open")).to_have_count(0)


# --- instant navigation ---


def test_everything_works_when_instant_navigation_opens_the_page(window: Window, instant: str) -> None:
    page = window(instant)
    page.goto("manual/")
    page.evaluate("window.kept = true")
    page.locator("a[href$='nato-ammunition/']:visible").first.click()
    page.locator(".bf-tabs a", has_text="Statements").click()
    page.locator("article.bf-quotation", has_text="dozens of new production lines").get_by_role(
        "link", name="In the text"
    ).first.click()
    expect(page.locator(".bf-text")).to_have_attribute("data-ready", "")
    expect(page.locator(".bf-target").first).to_be_in_viewport()
    focused(page.locator(".bf-note.bf-open"))
    page.keyboard.press("Escape")
    number(page, "forum").click()
    expect(page.locator("#_forum.bf-open")).to_be_visible()
    page.keyboard.press("Escape")
    focused(number(page, "forum"))
    page.locator(".bf-tabs a", has_text="Figures").click()
    expect(page.locator(".bf-text")).to_have_count(0)
    page.locator(".bf-tabs a", has_text="Annotated text").click()
    expect(page.locator(".bf-text")).to_have_attribute("data-ready", "")
    number(page, "forum").focus()
    page.keyboard.press("j")
    focused(number(page, "forum-day"))
    assert page.evaluate("window.kept")


def test_the_sheet_closes_with_back_under_instant_navigation(window: Window, instant: str) -> None:
    page = opened(window, instant, NARROW)
    page.evaluate("window.kept = true")
    number(page, "new-lines").click()
    expect(page).to_have_url(re.compile("#_new-lines$"))
    expect(sheet(page)).to_be_visible()
    page.go_back()
    expect(sheet(page)).to_have_count(0)
    focused(number(page, "new-lines"))
    number(page, "new-lines").click()
    page.get_by_role("button", name="Close the note").click()
    expect(page).to_have_url(re.compile("/text/$"))
    page.get_by_role("link", name="Link to paragraph 9").click()
    focused(page.locator("#p9"))
    assert page.evaluate("window.kept")


# --- selected words ---


def select(page: Page, start: int, end: int) -> None:
    """Select by offsets into the paragraphs of the page, joined by single line ends."""
    page.evaluate(
        """([start, end]) => {
            let at = 0; const range = document.createRange(); const places = [];
            for (const p of document.querySelectorAll('.bf-paragraph > p')) {
                const walker = document.createTreeWalker(p, NodeFilter.SHOW_TEXT);
                for (let node; (node = walker.nextNode());) {
                    if (node.parentElement.closest('.bf-ref')) continue;
                    for (const [index, wanted] of [start, end].entries())
                        if (!places[index] && wanted <= at + node.length && (index || wanted < at + node.length))
                            places[index] = [node, wanted - at];
                    at += node.length;
                }
                at += 1;
            }
            range.setStart(...places[0]); range.setEnd(...places[1]);
            const selection = getSelection(); selection.removeAllRanges(); selection.addRange(range);
        }""",
        [start, end],
    )


def select_words(page: Page, words: str) -> None:
    start = SHOWN.index(words)
    select(page, start, start + len(words))
    page.locator(".bf-paragraph p").nth(SHOWN.count("\n", 0, start)).scroll_into_view_if_needed()
    expect(page.locator(".bf-pick")).to_be_visible()


SHOWN = "\n".join(line for line in SOURCE.splitlines() if line.strip())


def copied(page: Page, what: str) -> str:
    words = copied_by(page, page.locator(f".bf-pick [data-copy={what}]").click)
    expect(page.locator(".bf-said")).to_have_text("Copied")
    return words


@pytest.fixture
def writer(window: Window, address: str) -> Page:
    return opened(window, address, 1280, permissions=["clipboard-read", "clipboard-write"])


def test_selected_words_are_copied_as_a_quotation_with_their_source(writer: Page) -> None:
    select_words(writer, "there are great business opportunities".capitalize())
    quotation, credit, address = copied(writer, "quotation").split("\n")
    assert quotation == "“There are great business opportunities”"
    assert "UK Defence Journal" in credit
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/briefings/nato-ammunition/text/#p12", address)


def test_a_link_to_selected_words_leads_to_them(writer: Page) -> None:
    select_words(writer, "The defence dividend is real")
    link = copied(writer, "link")
    assert "#p12:~:text=The%20defence%20dividend%20is%20real" in link
    writer.goto("about:blank")
    writer.goto(link)
    focused(writer.locator("#p12"))
    expect(writer.locator("#p12")).to_be_in_viewport()


def test_the_toolbar_does_not_cover_the_words_and_is_reached_and_left_by_keyboard(writer: Page) -> None:
    select_words(writer, "The money is there, the demand is there")
    bar = writer.locator(".bf-pick").bounding_box()
    words = writer.evaluate(
        "(({top, bottom}) => ({top, bottom}))(getSelection().getRangeAt(0).getBoundingClientRect())"
    )
    assert bar and (bar["y"] + bar["height"] <= words["top"] or bar["y"] >= words["bottom"])
    writer.keyboard.press("Tab")
    focused(writer.get_by_role("button", name="Copy as quotation"))
    writer.keyboard.press("Tab")
    writer.keyboard.press("Enter")
    expect(writer.locator(".bf-said")).to_have_text("Copied")
    writer.keyboard.press("Escape")
    expect(writer.locator(".bf-pick")).to_be_hidden()
    assert writer.evaluate("document.querySelector('.bf-text').contains(document.activeElement)")


@pytest.mark.parametrize("width", [NARROW, MIDDLE])
def test_the_toolbar_stays_on_the_screen(window: Window, address: str, width: int) -> None:
    page = opened(window, address, width)
    select_words(page, "growing cooperation between Moscow")
    bar = page.locator(".bf-pick").bounding_box()
    assert bar and bar["x"] >= 0 and bar["x"] + bar["width"] <= width and bar["y"] >= 0


def spans() -> list[tuple[int, int]]:
    """Words of all lengths, rare and common, within a paragraph and across."""
    chance, words = random.Random(4), [match.span() for match in re.finditer(r"[\w’-]+", SHOWN)]
    chosen = [(words[n][0], words[n][1]) for n in chance.sample(range(len(words)), 18)]
    starts = chance.sample(range(len(words) - 12), 18)
    return chosen + [(words[n][0], words[n + chance.randint(1, 11)][1]) for n in starts]


Copied = list[tuple[int, int, dict[str, str]]]
"""Places in the text, and the YAML that is copied there for each kind."""


def test_a_published_page_has_no_tools_for_authors(writer: Page, site: Path) -> None:
    select_words(writer, "The defence dividend is real")
    expect(writer.locator(".bf-pick button:visible")).to_have_count(2)
    html = (site / TEXT / "index.html").read_text("utf-8")
    assert "YAML" not in html and "annotate.js" not in html
    assert not (site / "assets/briefing/annotate.js").exists()


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory, browser: Any) -> Copied:
    """What is copied at many places in a preview."""

    def make(folder: Path) -> None:
        preview = build_site(ROOT / "mkdocs.yml", command="serve", site_dir=str(folder / "site"))
        with served(preview) as address:
            (folder / "copied.json").write_text(json.dumps(copied_in(browser, address)), "utf-8")

    copied: Copied = json.loads((made_once(tmp_path_factory, "many", make) / "copied.json").read_text("utf-8"))
    return copied


def copied_in(browser: Any, address: str) -> Copied:
    context = browser.new_context(base_url=address, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(TEXT)
    found = []
    for start, end in spans():
        # The toolbar of the selection before must be gone, or what is copied could be of that.
        page.evaluate("getSelection().removeAllRanges()")
        expect(page.locator(".bf-pick")).to_be_hidden()
        select(page, start, end)
        expect(page.locator(".bf-pick")).to_be_visible()
        kinds = {}
        for button in page.locator(".bf-yaml button:not([hidden])").all():
            kinds[button.get_attribute("data-copy")] = copied_by(page, partial(button.dispatch_event, "click"))
        found.append((start, end, kinds))
    context.close()
    return found


def test_the_selector_that_is_copied_is_the_smallest_that_is_unique(many: Copied) -> None:
    for start, end, kinds in many:
        target = yaml.safe_load(kinds["context"])[0]["target"]
        target = target if isinstance(target, dict) else {"exact": target}
        wanted = describe_on_one_line(SHOWN, Span(start, end))
        assert target == {key: value for key in ("exact", "prefix", "suffix") if (value := getattr(wanted, key))}


def test_what_is_copied_passes_the_check(many: Copied, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(ROOT / "docs", docs)
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: A copy\nplugins: [briefing]\nexclude_docs: |\n  *.yml\n  original.*\n  source.txt\n", "utf-8"
    )
    folder = docs / "briefings/nato-ammunition/annotations"
    for kind in ("figures", "context"):
        pasted = "".join(unique(f"{kind}{n}", kinds[kind]) for n, (_, _, kinds) in enumerate(many))
        (folder / f"pasted-{kind}.yml").write_text(f"{kind}:\n{pasted}", "utf-8")
    # Who is reported to say something is for the author to find out.
    said = [text for _, _, kinds in many if "kind: reported" not in (text := kinds.get("quotes", "kind: reported"))]
    with (folder / "quotes.yml").open("a", encoding="utf-8") as file:
        file.write("\n" + "".join(unique(f"quotes{n}", text) for n, text in enumerate(said)))
    assert len(said) > 5
    assert checked(tmp_path, monkeypatch) <= checked(ROOT, monkeypatch)


def unique(tail: str, text: str) -> str:
    """What two readers copy on two days may have one id; here all is pasted at once."""
    return re.sub("- id: (.*)", rf"- id: \1-{tail}", text)


def checked(folder: Path, monkeypatch: pytest.MonkeyPatch) -> set[tuple[str, str]]:
    monkeypatch.chdir(folder)
    problems = json.loads(CliRunner().invoke(main, ["check", "--format", "json"]).stdout)
    problems = problems if isinstance(problems, list) else problems["problems"]
    # what the briefing sets aside may be among the words that are selected
    return {(each["code"], each["message"]) for each in problems if each["code"] != "ignored-annotated"}


def test_copied_text_holds_no_numbers(writer: Page) -> None:
    start = SHOWN.index("NATO Secretary")
    select(writer, start, SHOWN.index("under-investment") + len("under-investment"))
    expect(writer.locator(".bf-pick")).to_be_visible()
    plain = copied_by(writer, lambda: writer.keyboard.press("Control+c"))
    first, second = SHOWN.split("\n")[:2]
    assert plain == f"{first}\n\n{second.rstrip('.')}"


# --- other texts ---


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A crowded text, one with overlaps in all ways, and one that is read from right to left."""

    def make(folder: Path) -> None:
        write_library(folder / "docs", 1)
        layers(folder / "docs/briefings/layers")
        rightwards(folder / "docs/briefings/rightwards")
        build_site(make_site(folder, docs=None))

    with served(built_once(tmp_path_factory, "other-texts", make)) as address:
        yield address


def about(language: str) -> str:
    return (
        f"title: A text\ndate: 2026-01-01\nlanguage: {language}\nstatus: published\n"
        f"source: {{kind: document, language: {language}, title: A document, "
        "rights: Made for a test., publish: full}\n"
    )


def write(folder: Path, language: str, source: str, targets: list[str]) -> None:
    (folder / "annotations").mkdir(parents=True)
    (folder / "briefing.yml").write_text(about(language), "utf-8")
    (folder / "source.txt").write_text(source, "utf-8")
    entries = (
        f"  - id: note-{n}\n    title: A thing\n    target: >-\n      {target}\n    note: Some words on it.\n"
        for n, target in enumerate(targets)
    )
    (folder / "annotations/context.yml").write_text("context:\n" + "".join(entries), "utf-8")


def layers(folder: Path) -> None:
    """Forty marks over one paragraph, each within the one before, and one from a paragraph into the next."""
    words = [f"word{n}" for n in range(100)]
    nested = [" ".join(words[n : 100 - n]) for n in range(40)]
    write(folder, "en", " ".join(words) + "\nThe next paragraph.\n", [*nested, "word98 word99 The next"])


def rightwards(folder: Path) -> None:
    lines = ["قال الوزير إن الإنتاج ارتفع بنسبة كبيرة هذا العام في جميع المصانع.", "وأضاف أن العمل مستمر دون توقف."]
    write(folder, "ar", "\n".join(lines * 1) + "\n", ["الإنتاج ارتفع", "العمل مستمر"])


@pytest.mark.parametrize("width", [MIDDLE, WIDE])
def test_a_hundred_notes_on_twenty_five_paragraphs_do_not_overlap(window: Window, others: str, width: int) -> None:
    page = opened(window, others, width, "briefings/b0000/text/")
    assert page.locator(".bf-note").count() >= 100
    boxes = apart(page)
    foot = page.evaluate("document.querySelector('.bf-text').getBoundingClientRect().bottom")
    assert boxes[-1][3] <= foot + 1
    page.locator(".bf-note").nth(50).click()
    expect(page.locator(".bf-note.bf-open")).to_have_count(1)
    apart(page)


def test_forty_nested_marks_and_one_across_paragraphs_are_all_reached(window: Window, others: str) -> None:
    page = opened(window, others, WIDE, "briefings/layers/text/")
    apart(page)
    number(page, "note-40").click()
    marks = page.locator("mark.bf-lit")
    assert marks.evaluate_all("marks => new Set(marks.map(mark => mark.closest('p').id)).size") == 2
    page.keyboard.press("Escape")
    page.locator(".bf-ref a").first.focus()
    seen = []
    for _ in range(40):
        seen.append(page.evaluate("document.activeElement.textContent"))
        page.keyboard.press("j")
    assert len(set(seen)) == 40
    seen = []
    middle = page.locator("mark.bf-mark", has_text="word50")
    for _ in range(40):
        middle.click()
        seen.append(page.locator(".bf-note.bf-open").get_attribute("id"))
    assert len(set(seen)) == 40


def test_a_text_from_right_to_left_is_mirrored(window: Window, others: str) -> None:
    page = opened(window, others, WIDE, "briefings/rightwards/text/")
    paragraph, note = page.locator("#p1").bounding_box(), page.locator(".bf-note").first.bounding_box()
    label = page.locator(".bf-number").first.bounding_box()
    assert paragraph and note and label
    assert note["x"] + note["width"] <= paragraph["x"]
    assert label["x"] >= paragraph["x"] + paragraph["width"]
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")


def test_the_themes_way_back_to_the_top_lies_on_no_words(window: Window, instant: str) -> None:
    page = opened(window, instant, 1280)
    page.mouse.wheel(0, 2500)
    page.wait_for_function("scrollY > 1500")
    page.mouse.wheel(0, -200)
    expect(page.locator(".md-top")).to_be_attached()
    expect(page.locator(".md-top")).to_be_hidden()
