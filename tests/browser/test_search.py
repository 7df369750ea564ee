"""The site's search, as a reader uses it: type, press Enter, and the annotation is there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mkdocs.utils import yaml_load
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import ROOT, Window, served
from tests.browser.test_accessibility import findings
from tests.browser.test_policy import documented, opened
from tests.sites import GOOD, build_site, make_site

FIRST = {
    "surplus capacity": "quotes/#surplus",
    "Roosevelt enemies": "quotes/#roosevelt-enemies",
    "4.5 million shells": "figures/#russia-ahead",
    "4500000": "context/#russian-output",
    "5%": "figures/#five-percent",
    "spain target": "figures/#five-percent",
    "6 november": "figures/#forum-day",
    "ammunition": "figures/#russia-ahead",
    "unverified": "quotes/#overtaken",
    "until recently": "quotes/#until-recently",
}
"""What a reader of the first briefing types, and what they look for."""


def enter(page: Page, words: str, place: str) -> None:
    """Type words and press Enter: the best result is the annotation, and the page opens at it and lights it up."""
    path, _, fragment = place.partition("#")
    field = page.locator("input[name=query]")
    field.click()
    field.press_sequentially(words)
    address = re.compile(rf"{re.escape(path)}(\?h=[^#]+)?#{fragment}$")
    expect(page.locator(".md-search-result__link").first).to_have_attribute("href", address)
    field.press("Enter")
    expect(page).to_have_url(address)
    heading = page.locator(f"[id='{fragment}']:target")
    expect(heading).to_be_in_viewport()
    assert heading.evaluate("e => getComputedStyle(e).backgroundColor") != "rgba(0, 0, 0, 0)"


@pytest.mark.parametrize("words", FIRST)
def test_enter_opens_the_annotation_that_is_looked_for(page: Page, words: str) -> None:
    page.goto("people/")
    enter(page, words, FIRST[words])


def test_the_words_are_marked_where_it_opens(page: Page) -> None:
    page.goto("")
    enter(page, "surplus capacity", "quotes/#surplus")
    expect(page.locator(".bf-card:has(:target) blockquote mark[data-md-highlight]")).to_have_text("surplus capacity")


def test_it_does_so_where_the_theme_swaps_pages_by_script(window: Window, instant: str) -> None:
    page = window(instant)
    page.goto("")
    enter(page, "surplus capacity", "quotes/#surplus")


def test_it_does_so_on_a_disk(window: Window, tmp_path: Path) -> None:
    built = build_site(make_site(tmp_path, plugins=["search", "briefing", "offline"]))
    page = window(built.as_uri())
    page.goto((built / "index.html").as_uri())
    enter(page, "boats break down", "quotes.html#who-pays")


def test_a_line_says_what_it_is_who_says_it_the_verdict_and_the_words(page: Page) -> None:
    page.goto("briefings/nato-ammunition/")
    page.locator("input[name=query]").click()
    page.locator("input[name=query]").press_sequentially("ammunition")
    line = page.locator(".md-search-result__link[href$='#overtaken'] .bf-line")
    expect(line).to_have_text(
        "Reported statement · Mark Rutte · Unverified · the alliance has overtaken Russia in ammunition production"
    )
    sign = line.locator(".bf-verdict-unverified")
    assert sign.evaluate("e => getComputedStyle(e, '::before').content") not in ("none", "normal")
    for hit in page.locator(".md-search-result__link").all():
        assert len(hit.inner_text()) < 600
        assert not re.search(r"\bR\d", hit.inner_text())


# --- nothing is fetched before it is opened ---------------------------------------------------------------------------


SEARCHED = re.compile("search-panel|search-engine|search.css|search_index|workers/|pagefind")


def asked_for(page: Page) -> list[str]:
    """The addresses of what a page has fetched for its search, as they come."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if SEARCHED.search(request.url) else None)
    return asked


@pytest.mark.parametrize("path", ["", "about/", "people/", "briefings/nato-ammunition/text/"])
def test_a_page_fetches_nothing_for_a_search_that_nobody_opens(page: Page, path: str) -> None:
    asked = asked_for(page)
    page.goto(path, wait_until="networkidle")
    page.mouse.wheel(0, 2000)
    page.wait_for_load_state("networkidle")
    assert asked == []


def test_nor_where_the_theme_swaps_pages_by_script(window: Window, instant: str) -> None:
    page = window(instant)
    asked = asked_for(page)
    page.goto("", wait_until="networkidle")
    page.locator(".md-tabs a", has_text="People").click()
    expect(page).to_have_url(re.compile("people/$"))
    page.wait_for_load_state("networkidle")
    assert asked == []
    page.keyboard.press("s")
    expect(page.locator(".bf-search [role=status]")).to_have_text("Type to start searching")
    assert len([url for url in asked if "search_index" in url]) == 1


@pytest.mark.parametrize("key", ["f", "s", "/"])
def test_a_key_opens_it_and_escape_gives_the_focus_back(page: Page, key: str) -> None:
    page.goto("briefings/nato-ammunition/")
    link = page.locator(".bf-tabs a").first
    link.focus()
    page.keyboard.press(key)
    field = page.locator("input[name=query]")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    page.keyboard.type("surplus")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#__search")).not_to_be_checked()
    expect(link).to_be_focused()


def test_the_arrows_step_through_the_results_and_a_letter_goes_on_typing(page: Page) -> None:
    page.goto("")
    page.keyboard.press("s")
    page.keyboard.type("ammunition")
    links = page.locator(".md-search-result__link")
    expect(links.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.type("x")
    expect(page.locator("input[name=query]")).to_be_focused()
    expect(page.locator("input[name=query]")).to_have_value("ammunitionx")
    expect(page.locator(".bf-search [role=status]")).to_have_text("No matching documents")


def test_tab_reaches_the_results_and_what_is_behind_them_closes_it(page: Page) -> None:
    page.goto("")
    page.keyboard.press("s")
    page.keyboard.type("surplus")
    links = page.locator(".md-search-result__link")
    expect(links.first).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.bf-search') !== null")
    links.last.focus()
    page.keyboard.press("Tab")
    expect(page.locator("#__search")).not_to_be_checked()


def test_enter_may_be_pressed_before_there_is_a_result(page: Page) -> None:
    held: list[Route] = []
    page.route("**/search_index.json", lambda route: held.append(route))
    page.goto("")
    page.keyboard.press("s")
    page.keyboard.type("surplus capacity")
    page.keyboard.press("Enter")
    while not held:
        page.wait_for_timeout(20)
    held[0].continue_()
    expect(page).to_have_url(re.compile("quotes/.*#surplus$"))


def test_an_address_can_hold_the_words(page: Page) -> None:
    page.goto("about/?q=surplus+capacity")
    expect(page.locator(".md-search-result__link").first).to_have_attribute("href", re.compile("#surplus$"))
    page.keyboard.press("Escape")
    expect(page).to_have_url(re.compile("about/$"))


def test_the_page_of_what_is_not_there_searches(page: Page) -> None:
    page.goto("404.html")
    page.locator("#site-search").fill("surplus capacity")
    page.locator("#site-search").press("Enter")
    expect(page.locator(".md-search-result__link").first).to_have_attribute("href", re.compile("#surplus$"))


def test_a_search_that_cannot_be_fetched_says_so_and_is_tried_again(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    page.route("**/search_index.json", lambda route: route.abort())
    page.goto("")
    page.keyboard.press("s")
    status = page.locator(".bf-search [role=status]")
    expect(status).to_contain_text("could not be loaded")
    page.unroute("**/search_index.json")
    page.keyboard.type("surplus")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("quotes/.*#"))
    context.close()


# --- Pagefind ---------------------------------------------------------------------------------------------------------


LARGE = {**FIRST, "Rutte": "people/rutte/", "estimate": "#", "accessible fonts": ""}
EQUAL = {"4500000": "figures/#russia-ahead", "ammunition": "quotes/#overtaken", "unverified": "figures/#"}
"""What is as good as the first: which of the two is above depends on how many words the whole site has."""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real site, searched as a large one is."""
    plugins: list[Any] = yaml_load((ROOT / "mkdocs.yml").read_text("utf-8"))["plugins"]
    chosen = [{"briefing": {"search": "pagefind", "cache": False}} if one == "briefing" else one for one in plugins]
    return build_site(ROOT / "mkdocs.yml", site_dir=str(tmp_path_factory.mktemp("large") / "site"), plugins=chosen)


@pytest.fixture(scope="module")
def large_address(large: Path) -> Iterator[str]:
    with served(large) as address:
        yield address


def at(place: str) -> str:
    """A pattern of the address of a place, with the words that were looked for."""
    path, there, fragment = place.partition("#")
    return rf"{re.escape(path)}\?h=[^#]+" + (f"#{re.escape(fragment)}" if there else "$")


@pytest.mark.parametrize("words", LARGE)
def test_pagefind_finds_the_annotation_first_and_enter_opens_it(window: Window, large_address: str, words: str) -> None:
    page = window(large_address)
    page.goto("about/")
    page.keyboard.press("s")
    page.keyboard.type(words)
    if not LARGE[words]:
        expect(page.locator(".bf-search [role=status]")).to_have_text("No matching documents")
        return
    link = page.locator(".md-search-result__link").first
    expect(link).to_have_attribute(
        "href", re.compile("|".join(map(at, {LARGE[words], EQUAL.get(words, LARGE[words])})))
    )
    address = link.get_attribute("href") or ""
    page.keyboard.press("Enter")
    expect(page).to_have_url(address)
    if fragment := address.partition("#")[2]:
        expect(page.locator(f"[id='{fragment}']:target")).to_be_in_viewport()
    if words != "4500000":  # which the page writes as “4.5 million”
        expect(page.locator("mark[data-md-highlight]").first).to_be_attached()


def test_a_line_of_pagefind_says_the_same(window: Window, large_address: str) -> None:
    page = window(large_address)
    page.goto("about/")
    page.keyboard.press("s")
    page.keyboard.type("overtaken ammunition")
    line = page.locator(".md-search-result__link[href$='#overtaken'] .bf-line")
    expect(line).to_have_text(
        "Reported statement · Mark Rutte · Unverified · the alliance has overtaken Russia in ammunition production"
    )
    expect(line.locator("mark")).to_have_text(["overtaken", "ammunition"])
    sign = line.locator(".bf-verdict-unverified")
    assert sign.evaluate("e => getComputedStyle(e, '::before').content") not in ("none", "normal")


def test_ordinary_pages_and_further_results_are_found(window: Window, large_address: str) -> None:
    page = window(large_address)
    page.goto("")
    page.keyboard.press("s")
    page.keyboard.type("letter by letter")
    expect(page.locator(".md-search-result__link[href*='about/']").first).to_be_visible()
    page.locator("input[name=query]").fill("nato")
    links = page.locator(".md-search-result__link")
    expect(links.first).to_be_visible()
    begin = links.count()
    for _ in range(4):
        page.locator(".bf-search .md-search__scrollwrap").evaluate("e => e.scrollTo(0, e.scrollHeight)")
        page.wait_for_timeout(150)
    assert links.count() > begin
    addresses = [link.get_attribute("href") for link in links.all()]
    assert len(set(addresses)) == len(addresses)


def test_pagefind_works_where_the_theme_swaps_pages_by_script(
    window: Window, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("swapped")
    theme = {"name": "material", "font": False, "features": ["navigation.instant", "search.highlight"]}
    with served(folder / "site") as address:
        plugins = ["search", {"briefing": {"search": "pagefind"}}]
        build_site(make_site(folder, theme=theme, plugins=plugins, site_url=address))
        page = window(address)
        asked = asked_for(page)
        page.goto("briefings/good/", wait_until="networkidle")
        assert asked == []
        for words, place in (("boats break down", "#who-pays"), ("ferry", "briefings/good")):
            page.keyboard.press("s")
            page.locator("input[name=query]").fill(words)
            expect(page.locator(".md-search-result__link").first).to_have_attribute("href", re.compile(place))
            page.keyboard.press("Enter")
            expect(page).to_have_url(re.compile(place))
            expect(page.locator("#__search")).not_to_be_checked()


def test_nothing_of_pagefind_is_refused_under_the_policy_of_the_manual(browser: Browser, large: Path) -> None:
    policy = documented().replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
    with opened(browser, large, policy) as page:
        page.goto("about/", wait_until="networkidle")
        page.keyboard.press("s")
        page.keyboard.type("surplus")
        expect(page.locator(".md-search-result__link").first).to_be_visible()
        assert page.evaluate("refused") == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1920])
def test_results_are_accessible_and_stay_within_the_window(
    browser: Browser, large_address: str, scheme: Any, width: int
) -> None:
    context = browser.new_context(
        base_url=large_address, color_scheme=scheme, viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto("about/")
    page.keyboard.press("s")
    page.keyboard.type("ammunition")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    assert findings(page) == []
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    context.close()


HOSTILE = "<img src=x onerror=alert(1)> ✓ Supported </h2><script>alert(1)</script> {{ hit }}"


@pytest.mark.parametrize("engine", ["lunr", "pagefind"])
def test_text_of_others_is_text_in_the_results(window: Window, tmp_path: Path, engine: str) -> None:
    comments = (GOOD / "briefings/good/comments.yml").read_text("utf-8")
    changed = (
        re.sub(r"(?m)^(\s+author: ).*", lambda found: found[1] + json.dumps(HOSTILE), comments, count=1)
        + "show_authors: true\n"
    )
    plugins = ["search", {"briefing": {"search": engine}}]
    built = build_site(make_site(tmp_path, files={"briefings/good/comments.yml": changed}, plugins=plugins))
    with served(built) as address:
        page = window(address)
        page.on("dialog", lambda dialog: pytest.fail(dialog.message))
        page.goto("briefings/good/")
        page.keyboard.press("s")
        page.keyboard.type("onerror")
        line = page.locator(".md-search-result__link .bf-line", has_text="onerror").first
        expect(line).to_contain_text(HOSTILE)
        assert page.locator(".md-search-result").evaluate("e => e.querySelectorAll('img, script, h2').length") == 0
        assert line.locator(".bf-verdict").count() == 0
