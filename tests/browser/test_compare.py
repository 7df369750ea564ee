"""“Did they say that?”: a pasted sentence is compared with the words of the source, within the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Window, served
from tests.browser.test_accessibility import findings
from tests.conftest import CASES
from tests.sites import GOOD, build_site, make_site

TEXT = "briefings/nato-ammunition/text/"


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("compared")
    with served(build_site(make_site(folder, docs=CASES / "reported" / "docs"), strict=False)) as address:
        yield address


def compared(page: Page, words: str, button: str = "Compare") -> str:
    page.locator(".bf-compare textarea").fill(words)
    result = page.locator(".bf-compare [role=status]")
    result.evaluate("result => { result.removeAttribute('data-found'); result.replaceChildren(); }")
    page.get_by_role("button", name=button).click()
    expect(result.locator(".bf-answer")).to_be_visible()
    return str(result.get_attribute("data-found"))


SENTENCES = [
    ("Five percent is serious money, but it is what we need to stay safe", "said", 4),
    ("“five  percent is SERIOUS money - but it is what we need to stay safe”", "said", 4),
    ("'Don't let the fear of future surplus capacity keep you from meeting the real needs we face today.'", "said", 11),
    ("There are creative minds in this room, from large corporations\nto small startups.", "said", 6),
    ("powerful enemies must be out—fought and out–produced", "said", 9),
    ("We make more", "altered", 3),
    ("But not anymore. Across the Alliance, we are now opening dozens of new production lines", "parts", 3),
    ("Sometimes governments need to sign long-term contracts … The money is there", "parts", 10),
    ("the alliance has overtaken Russia in ammunition production", "reported", 1),
    ("this level of commitment is necessary to rebuild Europe’s military strength", "reported", 4),
    ("NATO pushes ahead with new defence spending goals agreed at its 2025 summit in The Hague", "own", 4),
    ("Five percent is not serious money, but it is what we need to stay safe", "altered", 4),
    ("Russia is producing more ammunition than all NATO Allies put together", "altered", 3),
    ("where leaders committed to investing three percent of GDP in defence by 2035", "altered", 4),
    ("Germany will deliver two hundred tanks to the coast of Portugal", "absent", None),
    ("We will never again allow the bankers to decide our future", "absent", None),
    ("ammunition", "said", 3),
]


@pytest.fixture(scope="module")
def reader(browser: object, address: str) -> Iterator[Page]:
    context = browser.new_context(base_url=address)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(TEXT)
    yield page
    context.close()


@pytest.mark.parametrize(("words", "found", "paragraph"), SENTENCES)
def test_a_sentence_is_judged(reader: Page, words: str, found: str, paragraph: int | None) -> None:
    assert compared(reader, words) == found
    links = reader.locator(".bf-compare [role=status] a")
    hrefs = links.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert hrefs[:1] == ([f"#p{paragraph}"] if paragraph else [])


def test_the_difference_is_shown_word_by_word(reader: Page) -> None:
    compared(reader, "Five per cent is not serious money, but it is what Europe needs to stay safe")
    line = reader.locator(".bf-differences")
    text = line.evaluate(
        """line => { const copy = line.cloneNode(true);
            copy.querySelectorAll('.bf-unseen').forEach(label => label.remove());
            const words = name => [...copy.querySelectorAll(name)].map(one => one.textContent.trim());
            const pasted = words('del'), text = words('ins');
            copy.querySelectorAll('del, ins').forEach(one => one.remove());
            return [pasted, text, copy.textContent.replace(/\\s+/g, ' ').trim()]; }"""
    )
    kept = "Five is serious money but it is what to stay safe"
    assert text == [["per cent", "not", "Europe needs"], ["percent", "we need"], kept]
    expect(line.locator("del .bf-unseen").first).to_have_text("only in what you pasted:")


def test_who_is_quoted_is_named_and_the_place_is_opened(window: Window, address: str) -> None:
    page = window(address)
    page.goto(TEXT)
    compared(page, "The defence dividend is real")
    result = page.locator(".bf-compare [role=status]")
    expect(result).to_contain_text("Mark Rutte")
    result.get_by_role("link").click()
    expect(page.locator("#p12")).to_be_in_viewport()
    expect(page.locator("#p12")).to_have_class("bf-target")


def test_it_is_reached_and_used_by_keyboard_and_pasting_is_enough(window: Window, address: str) -> None:
    page = window(address, permissions=["clipboard-read", "clipboard-write"])
    page.goto("briefings/nato-ammunition/method/")
    page.get_by_role("link", name="Did they say that?").press("Enter")
    field = page.get_by_label("Paste a sentence")
    expect(field).to_be_in_viewport()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url))
    with page.expect_request("**/compare.js"):
        field.focus()
    page.evaluate("navigator.clipboard.writeText('Together we can deliver a safer and more prosperous future')")
    page.wait_for_function("window.bfCompare")
    page.keyboard.press("Control+v")
    expect(page.locator(".bf-compare [role=status]")).to_contain_text("Word for word: Mark Rutte")
    assert [url for url in fetched if "/assets/briefing/" not in url] == []
    assert findings(page, ".bf-compare-words") == []


def test_it_works_from_a_file(window: Window, site: Path) -> None:
    page = window("file://", 360)
    page.goto(f"file://{site}/{TEXT}index.html")
    assert compared(page, "peace through strength") == "said"
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360


OTHERS = [
    ("en", "Compare", "We wrote to the council. Nobody answered", "parts"),
    ("en", "Compare", "the old pump had been broken since the spring", "reported"),
    ("de", "Vergleichen", "„das schild ‚Betreten verboten‘ bleibt“", "said"),
    ("ar", "قارن", "سنفتح الخزّان", "said"),
    ("ar", "قارن", "سنغلق المدينة كلها غدا في الصباح الباكر", "absent"),
]


@pytest.mark.parametrize(("name", "button", "words", "found"), OTHERS)
def test_other_languages(window: Window, reported: str, name: str, button: str, words: str, found: str) -> None:
    page = window(reported)
    page.goto(f"briefings/{name}/text/")
    assert compared(page, words, button) == found


def test_where_only_excerpts_are_published_what_is_not_found_may_be_elsewhere(
    window: Window, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("excerpts")
    about = (GOOD / "briefings/good/briefing.yml").read_text("utf-8").replace("publish: full", "publish: excerpts")
    site = build_site(make_site(folder, files={"briefings/good/briefing.yml": about}), strict=False)
    with served(site) as address:
        page = window(address)
        page.goto("briefings/good/text/")
        assert page.locator(".bf-gap").count() > 0
        assert compared(page, "The mayor of a distant city sold every bridge") == "unpublished"
        expect(page.locator(".bf-answer")).to_contain_text("published here")
