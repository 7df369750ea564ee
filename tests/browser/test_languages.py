"""Briefings in other languages: the interface speaks theirs, and Arabic runs from right to left on an English site."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from briefing import render
from briefing.pipeline.checking import check_library
from tests.browser.conftest import served
from tests.browser.test_accessibility import findings
from tests.browser.waiting import at_widths
from tests.conftest import CASES, Golden
from tests.shared import built_once
from tests.sites import build_site, make_site, rendered

DOCS = CASES / "languages" / "docs"
PAGES = ("", "text/", "quotes/", "figures/", "context/", "comments/", "method/")


@pytest.fixture(scope="module")
def languages(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An English site with a German and an Arabic briefing, and an Arabic site with both."""

    def make(folder: Path) -> None:
        for language in ("en", "ar"):
            theme = {"name": "material", "font": False, "language": language}
            site = folder / "site" / language
            build_site(make_site(folder / language, docs=DOCS, theme=theme, site_dir=str(site)))

    with served(built_once(tmp_path_factory, "languages", make)) as address:
        yield address


@pytest.fixture
def page(browser: Browser, languages: str) -> Iterator[Page]:
    context = browser.new_context(base_url=languages, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", render.NAMES)
def test_a_german_briefing_is_german_to_the_last_word(golden: Golden, name: str) -> None:
    library = check_library(DOCS, ["briefings/de"])
    briefing = library.briefings[0].briefing
    assert briefing and not library.broken
    page = rendered(briefing)[f"briefings/de/{name}.md"]
    golden.check(CASES / "languages" / "golden" / f"{name}.md", page.markdown)


@pytest.mark.parametrize("language", ["de", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_the_content_says_its_language_and_direction(page: Page, language: str, name: str) -> None:
    page.goto(f"en/briefings/{language}/{name}")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator(".bf-page")).to_have_attribute("lang", {"de": "de-DE", "ar": "ar"}[language])
    expect(page.locator(".bf-page")).to_have_attribute("dir", {"de": "ltr", "ar": "rtl"}[language])
    assert page.evaluate("getComputedStyle(document.querySelector('.bf-page h1')).textAlign") == "start"


@pytest.mark.parametrize("site", ["en", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_an_arabic_briefing_is_mirrored_and_does_not_scroll_sideways(page: Page, site: str, name: str) -> None:
    page.goto(f"{site}/briefings/ar/{name}")
    expect(page.locator("h1")).to_be_visible()
    for width in at_widths(page, 320, 1280):
        overflow = page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")
        assert overflow <= 0, width
    heading = page.evaluate(
        """() => { const range = document.createRange();
        range.selectNodeContents(document.querySelector(".bf-page h1"));
        const box = document.querySelector(".bf-page h1").getBoundingClientRect();
        return box.right - Math.max(...[...range.getClientRects()].map(part => part.right)) }"""
    )
    assert abs(heading) < 2, "the heading begins at the right edge"


def test_the_bar_of_a_quotation_stands_on_the_side_where_its_lines_begin(page: Page) -> None:
    widths = "e => [getComputedStyle(e).borderLeftWidth, getComputedStyle(e).borderRightWidth]"
    page.goto("en/briefings/ar/quotes/")
    assert page.locator(".bf-quoted blockquote").first.evaluate(widths) == ["0px", "4px"]
    page.goto("en/briefings/de/quotes/")
    assert page.locator(".bf-quoted blockquote").first.evaluate(widths) == ["4px", "0px"]


def test_a_list_in_an_arabic_note_has_its_marks_on_the_right(page: Page) -> None:
    page.goto("en/briefings/ar/quotes/")
    item = page.locator(".bf-card li").first
    margins = "e => [parseFloat(getComputedStyle(e).marginLeft), parseFloat(getComputedStyle(e).marginRight)]"
    left, right = item.evaluate(margins)
    assert right > left == 0


@pytest.mark.parametrize("language", ["de", "ar"])
def test_axe_finds_nothing_in_the_content(page: Page, language: str) -> None:
    for name in ("", "text/", "quotes/"):
        page.goto(f"en/briefings/{language}/{name}")
        assert findings(page, ".bf-page") == []


@pytest.mark.parametrize("site", ["en", "ar"])
@pytest.mark.parametrize(
    ("words", "line", "id"),
    [("Brücke bis 2030", "Zitat · Erika Brandt · „Wir bauen", "bruecke"), ("سنبني الجسر", "اقتباس · ", "jisr")],
)
def test_the_search_says_what_a_hit_is_in_the_language_of_its_briefing(
    page: Page, site: str, words: str, line: str, id: str
) -> None:
    page.goto(f"{site}/briefings/de/")
    page.locator("input[name=query]").click()
    page.locator("input[name=query]").press_sequentially(words)
    hit = page.locator(".md-search-result__link").first
    expect(hit).to_have_attribute("href", re.compile(f"#{id}$"))
    expect(hit).to_contain_text(line)
    page.keyboard.press("Enter")
    expect(page.locator(f"#{id}:target")).to_be_in_viewport()


ACROSS = ("", "people/", "people/haddad/", "topics/", "topics/جسر/", "timeline/", "references/")
"""Without `data/`, which names the fields of files."""
FOREIGN = """() => {
const found = new Set(), latin = /[A-Za-z]{3,}/;
const tell = (element, words) => {
  if (element.closest("[lang]").lang !== "ar" || element.closest("code, pre, textarea")) return;
  if (latin.test(words)) found.add(words.trim());
};
const roots = document.querySelectorAll(".md-content, .md-sidebar--secondary");
for (const root of roots.length ? roots : [document.body]) {
  for (const element of [root, ...root.querySelectorAll("*:not(script, style, template)")]) {
    for (const node of element.childNodes) if (node.nodeType === 3) tell(element, node.data);
    for (const name of ["title", "aria-label", "aria-description", "alt", "placeholder", "data-copied"])
      if (element.hasAttribute(name)) tell(element, element.getAttribute(name));
  }
}
return [...found];
}"""
WRITTEN = frozenset(re.findall(r"\w+", "".join(path.read_text("utf-8") for path in DOCS.rglob("*.*")).lower()))
NAMES = re.compile(
    "APA|Annotation|BibTeX|CSL|CSV|Crate|Data|HTML|JSON|Markdown|Package|RIS|SHA|Web|mkdocs-briefing|site"
    "|Permanent link|Home"
)
"""Of formats and programs, which have no others, and what an author writes: `permalink_title`, and a first heading."""


@pytest.mark.parametrize("name", [*(f"briefings/ar/{name}" for name in (*PAGES, "cite.html", "embed.html")), *ACROSS])
def test_no_word_of_ours_on_an_arabic_page_is_english(page: Page, name: str) -> None:
    page.goto(f"ar/{name}")
    page.wait_for_load_state("networkidle")
    told = " ".join(page.evaluate(FOREIGN))
    assert set(re.findall("[a-zäöüß]{3,}", NAMES.sub("", told).lower())) <= WRITTEN
