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
MOST = 90_500
"""Bytes over the wire, without the search index and what reads it."""

COMPARE = """async (sheets) => {
    // each element and each part that is made for it, with all its style in one text
    const names = [...getComputedStyle(document.body)].filter((name) => !name.startsWith("--"));
    const text = (style) => names.map((name) => `${name}: ${style.getPropertyValue(name)}`).join("; ");
    const drawn = () => [...document.querySelectorAll("body, body *")].flatMap((element) =>
        [null, "::before", "::after"].map((part) => [part, getComputedStyle(element, part)])
            .filter(([part, style]) => !part || style.content !== "none")
            .map(([part, style]) => [element.className + (part ?? ""), text(style)]));
    const lighter = drawn();
    const theme = document.querySelector("link[href$='assets/briefing/theme.css']");
    for (const sheet of sheets) {
        const link = document.createElement("link");
        link.rel = "stylesheet";
        link.href = new URL(`../stylesheets/${sheet}`, theme.href);
        theme.before(link);
        await new Promise((done) => link.addEventListener("load", done));
    }
    theme.remove();
    // the theme's script gives places to what stands still a moment after the header has another height
    let whole, different;
    for (let times = 0; times < 10; times += 1) {
        await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 100)));
        whole = drawn();
        different = lighter.flatMap(([name, style], at) => {
            const [other, its] = whole[at] ?? ["nothing", ""];
            if (name === other && style === its) return [];
            const [ours, theirs] = [style, its].map((text) => text.split("; "));
            return [[name, ours.filter((line) => !theirs.includes(line)),
                     other, theirs.filter((line) => !ours.includes(line))]];
        });
        if (different.length === 0) break;
    }
    return { lighter: lighter.length, whole: whole.length, body: lighter[0][1], different: different.slice(0, 5) };
}"""
"""Looks at every style of a page under the lighter stylesheet, and under the theme's own in its place."""


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
    sheets = sorted(path.name for path in (site / "assets/stylesheets").glob("*.min.css"))
    found = page.evaluate(COMPARE, sheets)
    assert found["lighter"] == found["whole"] > 1000
    assert "background-color: rgb(" in found["body"]
    assert found["different"] == []
