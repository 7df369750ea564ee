"""Nothing that people write breaks a page: no sideways scrolling, nothing outside the window, nothing on words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from briefing.pipeline.checking import check_library
from tests.browser.conftest import Window, served
from tests.browser.waiting import at_widths
from tests.hostile import SCRIPTS, write_hostile
from tests.shared import built_once
from tests.sites import build_site, make_site

BRIEFING = "briefings/nato-ammunition/"
PAGES = ("", "text/", "quotes/", "figures/", "context/", "comments/", "method/")

OUTSIDE = """() => [...document.querySelectorAll(".md-content *")].filter(e => {
    const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    const away = ".bf-unseen, [hidden], .headerlink, .bf-tabs > *, dialog:not([open])";
    const unseen = e.closest(away) || style.visibility == "hidden";
    return box.width && !unseen && (box.right > innerWidth + 1 || box.left < -1);
  }).map(e => e.outerHTML.slice(0, 90))"""


def stands_in_the_window(page: Page, width: int) -> None:
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width, page.url
    assert page.evaluate(OUTSIDE) == [], page.url


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    def make(folder: Path) -> None:
        write_hostile(folder / "docs")
        build_site(make_site(folder, docs=None))

    with served(built_once(tmp_path_factory, "hostile-layout", make)) as address:
        yield address


@pytest.fixture(scope="module")
def context(browser: Browser, hostile: str) -> Iterator[BrowserContext]:
    context = browser.new_context(base_url=hostile, reduced_motion="reduce")
    yield context
    context.close()


def test_the_hostile_briefings_are_right_but_for_their_size(tmp_path: Path) -> None:
    paths = write_hostile(tmp_path / "docs")
    assert not check_library(tmp_path / "docs", paths).broken


@pytest.mark.parametrize("name", ["huge", "bare", *SCRIPTS])
def test_nothing_breaks_the_layout(context: BrowserContext, name: str) -> None:
    page = context.new_page()
    for part in PAGES:
        answer = page.goto(f"briefings/{name}/{part}")
        if answer and answer.ok:
            expect(page.locator("h1")).to_be_visible()
            for width in at_widths(page, 1280, 320):
                stands_in_the_window(page, width)
    page.close()


def test_nothing_breaks_the_list_of_briefings(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("")
    for width in at_widths(page, 1280, 320):
        stands_in_the_window(page, width)
    page.close()


def test_where_there_are_no_quotations_and_no_comments_there_are_no_pages_and_no_links(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("briefings/bare/")
    assert page.locator(".bf-tabs p > *").all_inner_texts() == ["Overview", "Annotated text", "Sources"]
    for part in ("quotes/", "figures/", "context/", "comments/"):
        answer = page.request.get(f"briefings/bare/{part}")
        assert answer.status == 404
    page.close()


def test_every_one_of_forty_overlapping_notes_can_be_reached_with_the_keyboard(context: BrowserContext) -> None:
    page = context.new_page()
    page.goto("briefings/huge/text/?kinds=all")
    expect(page.locator(".bf-text")).to_have_attribute("data-ready", "")
    links = page.locator(".bf-ref a:visible")
    expect(links).to_have_count(41)
    tops = links.evaluate_all("all => all.map(e => { const b = e.getBoundingClientRect(); return [b.left, b.top] })")
    assert len({(round(left), round(top)) for left, top in tops}) == 41, "no number stands on another"
    reached = set()
    for _ in range(41):
        page.keyboard.press("j")
        reached.add(page.evaluate("document.activeElement.hash"))
    assert reached == set(links.evaluate_all("all => all.map(link => link.hash)"))
    page.close()


@pytest.mark.parametrize("name", ["", *(BRIEFING + part for part in PAGES), "manual/publish/", "404.html"])
def test_at_twice_the_size_nothing_scrolls_sideways(browser: Browser, address: str, name: str) -> None:
    """A window of 640 pixels at 200 % is one of 320, with letters twice as large as the reader's system asks for."""
    context = browser.new_context(viewport={"width": 320, "height": 400}, device_scale_factor=2, base_url=address)
    page = context.new_page()
    page.goto(name)
    page.add_style_tag(content="html { font-size: 200% !important }")
    expect(page.locator("h1").first).to_be_visible()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
    context.close()


@pytest.mark.parametrize("name", [BRIEFING, BRIEFING + "quotes/"])
def test_with_more_space_between_letters_and_lines_no_words_are_cut(browser: Browser, address: str, name: str) -> None:
    """WCAG 1.4.12."""
    context = browser.new_context(viewport={"width": 360, "height": 800}, base_url=address)
    page = context.new_page()
    page.goto(name)
    spacing = "line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important"
    page.add_style_tag(content=f"* {{ {spacing} }} p {{ margin-bottom: 2em !important }}")
    stands_in_the_window(page, 360)
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".bf-page :is(p, h1, h2, h3, a, button)")].filter(e =>
        getComputedStyle(e).overflow == "hidden" && !e.closest(".bf-unseen, .bf-tabs")
        && e.scrollHeight > e.clientHeight + 1).map(e => e.outerHTML.slice(0, 90))"""
    )
    assert cut == []
    context.close()


def test_in_forced_colours_the_focus_and_the_current_tab_can_be_seen(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, forced_colors="active")
    page = context.new_page()
    page.goto(BRIEFING)
    tab = page.locator(".bf-tabs a").first
    tab.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    assert tab.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    current = page.locator(".bf-tabs strong")
    other, own = (e.evaluate("e => getComputedStyle(e).borderBottomWidth") for e in (tab, current))
    assert (other, own) == ("0px", "3px"), "only the current tab has a line"
    assert current.evaluate("e => getComputedStyle(e).fontWeight") == "700"
    context.close()


def test_every_link_and_button_of_a_briefing_shows_its_focus(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(BRIEFING + "quotes/")
    seen = 0
    page.locator(".bf-origin a").first.focus()
    for _ in range(25):
        page.keyboard.press("Tab")
        style = page.evaluate(
            "() => { const e = document.activeElement, s = getComputedStyle(e);"
            "return [e.closest('.bf-page') != null, s.outlineStyle, parseFloat(s.outlineWidth)] }"
        )
        if style[0]:
            seen += 1
            assert style[1] != "none", style
            assert style[2] >= 2, style
    assert seen > 15
    context.close()


def test_with_reduced_motion_nothing_moves(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, reduced_motion="reduce")
    page = context.new_page()
    page.goto(BRIEFING + "text/")
    moving = page.evaluate(
        """() => [...document.querySelectorAll(".md-content *")].filter(e => {
        const s = getComputedStyle(e);
        return [...s.transitionDuration.split(","), ...s.animationDuration.split(",")].some(t => parseFloat(t) > .01);
        }).map(e => e.className)"""
    )
    assert moving == []
    context.close()


def test_a_permalink_copies_its_address_and_a_button_the_words_with_their_source(
    browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(BRIEFING + "quotes/")
    card = page.locator("article.bf-quotation", has=page.locator("#surplus"))
    card.locator(".bf-permalink").click()
    expect(page).to_have_url(f"{address}{BRIEFING}quotes/#surplus")
    expect(card.locator(".bf-permalink")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == f"{address}{BRIEFING}quotes/#surplus"
    card.locator(".bf-copy").click()
    expect(card.locator(".bf-copy")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("“Don’t let the fear of future surplus capacity")
    assert "Mark Rutte, NATO Secretary General." in copied
    assert copied.endswith("quotes/#surplus")
    expect(card.locator(".bf-permalink")).to_have_text("")
    context.close()


def test_the_page_for_what_is_not_there_offers_a_search_that_works(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto("404.html")
    page.locator("#site-search").fill("surplus capacity")
    page.keyboard.press("Enter")
    expect(page.locator(".md-search-result__link[href*='#surplus']").first).to_be_visible()
    context.close()


ROWS = """() => [...document.querySelectorAll("div.bf-actions")].map(row => {
    const shown = [...row.querySelectorAll(":scope > p > *, :scope > details > summary")].filter(e => e.offsetHeight);
    const boxes = shown.map(e => e.getBoundingClientRect());
    const middles = boxes.map(box => (box.top + box.bottom) / 2);
    return [boxes.length, Math.max(...middles) - Math.min(...middles), Math.min(...boxes.map(box => box.height))];
})"""


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
@pytest.mark.parametrize("name", ["quotes/", "figures/", "context/"])
def test_a_card_has_one_row_of_actions_and_the_rest_is_behind_its_last_word(
    window: Window, address: str, name: str, width: int
) -> None:
    page = window(address, width)
    page.goto(f"briefings/nato-ammunition/{name}")
    rows = page.evaluate(ROWS)
    assert len(rows) > 5
    assert all(apart < 4 and height >= 24 for _, apart, height in rows)
    assert sum(count >= 3 for count, _, _ in rows) > len(rows) / 2
    row = page.locator("div.bf-actions").first
    more = row.locator("details")
    topics = more.get_by_text("Topics")
    expect(topics).to_be_hidden()
    before = row.locator("summary").bounding_box()
    row.locator("summary").click()
    expect(topics).to_be_visible()
    after, shown = row.locator("summary").bounding_box(), topics.bounding_box()
    assert before and after and shown
    assert abs(before["x"] - after["x"]) < 1, "what opens it stays where it is"
    assert shown["y"] >= after["y"] + after["height"] - 4
    beside = page.locator(".bf-neighbours").first
    number = page.locator(".bf-card:has(.bf-neighbours) .bf-permalink").first
    near, at = beside.bounding_box(), number.bounding_box()
    assert near and at
    assert abs(near["y"] - at["y"]) < 12 if width > 704 else near["y"] > row.bounding_box()["y"]  # type: ignore[index]


def test_what_is_quoted_is_in_quotation_marks_and_what_is_reported_is_not(window: Window, address: str) -> None:
    page = window(address, 1280)
    page.goto("briefings/nato-ammunition/quotes/")
    marks = "all => all.map(p => ['::before', '::after'].map(part => getComputedStyle(p, part).content))"
    quoted = page.locator(".bf-card.bf-quotation .bf-quoted > * > p").evaluate_all(marks)
    assert {tuple(each) for each in quoted} == {("open-quote", "close-quote"), ('" … " open-quote', "close-quote")}
    told = page.locator(".bf-card.bf-reported .bf-quoted > * > p").evaluate_all(marks)
    assert told and all(each == ["none", "none"] for each in told)


@pytest.mark.parametrize("place", ["briefings/nato-ammunition/method/", "briefings/nato-ammunition/quotes/"])
def test_on_a_telephone_the_tabs_begin_with_a_whole_label_and_the_current_one_is_in_sight(
    place: str, browser: Browser, address: str
) -> None:
    context = browser.new_context(base_url=address, viewport={"width": 390, "height": 700})
    page = context.new_page()
    page.goto(place)
    found = page.locator(".bf-tabs").evaluate(
        """box => { const own = box.getBoundingClientRect();
        const at = [...box.querySelectorAll("p > *")].map(e => e.getBoundingClientRect());
        const current = box.querySelector("[aria-current]").getBoundingClientRect();
        const isWhole = at.some(e => Math.abs(e.left - own.left) < 1.5);
        return [isWhole, current.left > own.left - 2, current.right < own.right + 2] }"""
    )
    assert found == [True, True, True]
    context.close()
