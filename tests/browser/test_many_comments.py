"""Many comments in many themes: the overview, the way to a theme, the folds, and the pages, as a reader uses them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from mkdocs.utils import yaml_load
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, Window, served
from tests.browser.test_accessibility import findings
from tests.generate import write_comments, write_library
from tests.shared import built_once
from tests.sites import build_site, make_site

COMMENTS, THEMES = 600, 60
ABOUT = "briefings/b0000/"


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with one such briefing."""

    def make(folder: Path) -> None:
        write_library(folder / "docs", 1, annotations=4, paragraphs=2)
        write_comments(folder / "docs" / ABOUT, COMMENTS, THEMES)
        palette = yaml_load((ROOT / "mkdocs.yml").read_text("utf-8"))["theme"]["palette"]
        build_site(make_site(folder, docs=None, theme={"name": "material", "font": False, "palette": palette}))

    with served(built_once(tmp_path_factory, "many-comments", make)) as address:
        yield address


@pytest.fixture
def reader(window: Window, crowd: str) -> Page:
    return window(crowd)


def test_the_overview_shows_the_largest_themes_and_unfolds_the_others(reader: Page) -> None:
    reader.goto(f"{ABOUT}comments/")
    lines = reader.locator(".bf-overview > li:visible")
    expect(lines).to_have_count(12)
    fold = reader.get_by_text(f"{THEMES - 12} more themes")
    fold.focus()
    reader.keyboard.press("Enter")
    expect(lines).to_have_count(THEMES)
    assert reader.locator(".bf-overview .bf-strip").count() == THEMES


def test_words_narrow_the_overview_to_themes_wherever_they_are(reader: Page) -> None:
    reader.goto(f"{ABOUT}comments/")
    lines, field = reader.locator(".bf-overview > li:visible"), reader.get_by_label("Find a theme")
    field.fill("PART 47")
    expect(lines).to_have_count(1)
    expect(reader.locator(".bf-find output")).to_have_text(f"Shown: 1 of {THEMES}")
    expect(lines.get_by_role("link")).to_have_text("What matters, Part 47")
    field.press("Enter")
    field.fill("nothing like it")
    expect(lines).to_have_count(0)
    field.fill("")
    expect(lines).to_have_count(12)
    expect(reader.locator(".bf-find output")).to_have_text("")


def test_whoever_chooses_a_theme_has_all_of_its_comments_on_one_page(reader: Page) -> None:
    reader.goto(f"{ABOUT}comments/")
    reader.get_by_label("Find a theme").fill("Part 47")
    reader.get_by_role("link", name="What matters, Part 47").click()
    heading = reader.locator("[id='theme-47']")
    expect(heading).to_be_in_viewport()
    card = reader.locator(".bf-theme:has([id='theme-47'])")
    count = re.search(r"(\d+)\scomments", card.locator(".bf-meta").first.inner_text())
    parts = card.evaluate(
        """(card) => {
          const parts = [];
          for (let next = card.nextElementSibling; next && !next.matches(".bf-theme"); next = next.nextElementSibling)
            parts.push(next.matches(".bf-comment") ? 1 : next.querySelectorAll(".bf-comment").length);
          return parts;
        }"""
    )
    assert count and sum(parts) == int(count[1])
    expect(reader.get_by_text("more comments").first).to_be_visible()
    reader.get_by_role("link", name="All themes").click()
    expect(reader.locator("#_comments")).to_be_in_viewport()


def folded(page: Page) -> str:
    """The address of a comment that is folded up."""
    page.goto(f"{ABOUT}comments-2/")
    id = page.locator(".bf-fold .bf-comment h3").last.get_attribute("id") or ""
    expect(page.locator(f"[id='{id}']")).to_be_hidden()
    return f"{ABOUT}comments-2/#{id}"


@pytest.mark.parametrize("scripts", [True, False])
def test_an_address_opens_the_fold_that_its_comment_is_in(browser: Browser, crowd: str, scripts: bool) -> None:
    context = browser.new_context(base_url=crowd, java_script_enabled=scripts)
    page = context.new_page()
    address = folded(page)
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator(f"[id='{address.partition('#')[2]}']")).to_be_in_viewport()
    context.close()


def test_a_search_hit_opens_the_fold_that_its_comment_is_in(reader: Page) -> None:
    id = folded(reader).partition("#")[2]
    reader.goto(ABOUT)
    reader.keyboard.press("/")
    reader.keyboard.type(f"reader {id[1:]}")
    hit = reader.locator(f".md-search-result__link[href*='#{id}']").first
    hit.click()
    expect(reader.locator(f"[id='{id}']")).to_be_in_viewport()
    expect(reader.locator(f".bf-fold[open]:has([id='{id}'])")).to_have_count(1)


def test_a_link_on_the_page_leads_to_a_folded_comment_each_time(reader: Page) -> None:
    reader.goto(f"{ABOUT}comments-2/")
    address = reader.evaluate(
        """() => {
          const folded = (one) => one?.closest(".bf-fold");
          const link = [...document.querySelectorAll(".bf-comment .bf-links a")].find((one) => {
            const to = one.pathname === location.pathname && folded(document.getElementById(one.hash.slice(1)));
            return to && to !== folded(one);
          });
          link.closest(".bf-fold")?.setAttribute("open", "");
          return link.getAttribute("href");
        }"""
    )
    fold = reader.locator(f".bf-fold:has([id='{address.partition('#')[2]}'])")
    for _ in range(2):
        fold.evaluate("(fold) => { fold.open = false; }")
        reader.locator(f".bf-comment .bf-links a[href='{address}']").click()
        expect(fold).to_have_attribute("open", "")
        expect(reader.locator(f"[id='{address.partition('#')[2]}']")).to_be_in_viewport()


def test_the_pager_leads_on_by_keyboard_and_says_where_one_is(reader: Page) -> None:
    reader.goto(f"{ABOUT}comments/")
    pager = reader.get_by_role("navigation", name="Pages of this list", exact=True)
    expect(pager.locator("[aria-current=page]")).to_have_text("Page 1")
    last = pager.get_by_role("link").last
    last.focus()
    reader.keyboard.press("Enter")
    expect(reader).to_have_url(re.compile(r"comments-\d+/$"))
    expect(pager.locator("[aria-current=page]")).to_have_text(re.compile(r"Page [3-9]"))
    expect(reader.get_by_role("heading", level=1)).to_have_text(re.compile(r"Comments, page [3-9]"))
    pager.get_by_role("link").first.click()
    expect(reader).to_have_url(re.compile("comments/$"))


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
@pytest.mark.parametrize("name", ["comments/", "comments-5/"])
def test_nothing_is_wider_than_the_screen_and_axe_finds_nothing(
    window: Window, crowd: str, name: str, width: int, scheme: str
) -> None:
    page = window(crowd, width, color_scheme=scheme)
    page.goto(ABOUT + name)
    page.locator(".bf-fold summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") == width
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "slate" if scheme == "dark" else "default")
    page.evaluate("scrollTo(0, 0)")  # a link that is half below the tabs is small until the page is scrolled on
    assert findings(page, ".bf-page") == []


def test_paper_has_what_is_folded_up(reader: Page) -> None:
    reader.goto(f"{ABOUT}comments-2/")
    reader.emulate_media(media="print")
    shown = reader.locator(".bf-comment").evaluate_all("(all) => all.filter((one) => one.checkVisibility()).length")
    assert shown == reader.locator(".bf-comment").count()
    expect(reader.locator(".bf-pager").first).to_be_hidden()
