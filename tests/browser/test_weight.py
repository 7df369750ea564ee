"""What a reader's browser fetches for the annotated text of the first briefing, and that the theme's lighter stylesheet
draws our pages as its own does."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Window

BRIEFING = "briefings/nato-ammunition/"
MOST = 90_000
"""Bytes over the wire, without the search index and what reads it."""

STYLES = """() => {
    const drawn = [];
    for (const element of document.querySelectorAll("body, body *")) {
        for (const part of [null, "::before", "::after"]) {
            const style = getComputedStyle(element, part);
            if (part && style.content === "none") continue;
            const names = [...style].filter((name) => !name.startsWith("--"));
            const what = `${element.className}${part ?? ""}`;
            drawn.push(names.map((name) => `${what} ${name}: ${style.getPropertyValue(name)}`));
        }
    }
    return drawn; }"""
WHOLE = """async (sheets) => {
    const theme = document.querySelector("link[href$='assets/briefing/theme.css']");
    for (const sheet of sheets) {
        const link = document.createElement("link");
        link.rel = "stylesheet";
        link.href = new URL(`../stylesheets/${sheet}`, theme.href);
        theme.before(link);
        await new Promise((done) => link.addEventListener("load", done));
    }
    theme.remove();
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


def test_the_annotated_text_of_the_first_briefing_is_light(page: Page, site: Path) -> None:
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(unquote(urlsplit(request.url).path)))
    page.goto(f"{BRIEFING}text/", wait_until="networkidle")
    expect(page.locator(".bf-text")).to_have_attribute("data-ready", "")
    sizes: dict[str, int] = {}
    for path in dict.fromkeys(fetched):
        if path.startswith("/search/") or "/workers/" in path:
            continue
        file = site / path.lstrip("/")
        file = file / "index.html" if file.is_dir() else file
        sizes[path] = len(gzip.compress(file.read_bytes(), 9))
    assert len(sizes) > 5
    assert sum(sizes.values()) <= MOST, sizes


@pytest.mark.parametrize(
    ("name", "width", "scheme"), [("text/", 360, "dark"), ("quotes/", 1280, "dark"), ("method/", 1280, "light")]
)
def test_the_lighter_stylesheet_draws_a_page_as_the_theme_does(
    window: Window, address: str, site: Path, name: str, width: int, scheme: str
) -> None:
    page = window(address, width, color_scheme=scheme, reduced_motion="reduce")
    page.goto(BRIEFING + name, wait_until="networkidle")
    page.wait_for_timeout(300)  # the theme's header is drawn anew a moment after the page has come
    lighter = page.evaluate(STYLES)
    assert len(lighter) > 1000
    sheets = sorted(path.name for path in (site / "assets/stylesheets").glob("*.min.css"))
    page.evaluate(WHOLE, sheets)
    whole = page.evaluate(STYLES)
    assert any(" background-color: rgb(" in line for line in lighter[0])
    different = [pair for one, other in zip(lighter, whole, strict=True) for pair in zip(one, other, strict=True)]
    assert [pair for pair in different if pair[0] != pair[1]][:5] == []
