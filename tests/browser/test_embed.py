"""A card in a frame on another site: it shows one entry, and turns grey when its words no longer verify; and what the
page of citations gives to copy and to download."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Browser, Frame, Page, Route, expect

from tests.browser.conftest import Window, served

BRIEFING = "briefings/nato-ammunition/"
ID = "until-recently"
Open = Callable[..., Frame]


@pytest.fixture
def pasted(site: Path, address: str) -> str:
    """What the page of citations gives to paste, with whole addresses."""
    page = BeautifulSoup((site / BRIEFING / "cite.html").read_text("utf-8"), "lxml")
    return page.select(f"#{ID} .bf-snippet")[0].get_text().replace('src="', f'src="{address}{BRIEFING}')


@pytest.mark.parametrize("host", ["https://briefings.example/", "http://localhost:8000/", "http://127.0.0.1/", ""])
def test_html_for_other_sites_is_offered_with_public_addresses_alone(window: Window, site: Path, host: str) -> None:
    page = window(host)
    if host:
        files = {"text/html": ".html", "text/javascript": ".js", "text/css": ".css"}

        def answer(route: Route) -> None:
            file = site / urlsplit(route.request.url).path.lstrip("/")
            kind = next((kind for kind, ending in files.items() if file.name.endswith(ending)), "")
            route.fulfill(body=file.read_bytes(), content_type=kind) if kind and file.is_file() else route.abort()

        page.route(f"{host}**", answer)
    page.goto(f"{host or site.as_uri() + '/'}{BRIEFING}cite.html#{ID}")
    expect(page.locator("section:visible")).to_have_count(1)
    offered = page.locator(f"#{ID} .bf-snippet")
    if host.startswith("https"):
        expect(offered.first).to_contain_text(f'src="{host}{BRIEFING}embed.html?words=')
        expect(offered).to_have_count(2)
    else:
        expect(offered).to_have_count(0)
        expect(page.locator(f"#{ID}")).to_contain_text("Set site_url in mkdocs.yml")


@pytest.fixture
def embedded(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens a page of another site with something pasted into it, and gives the frame."""
    with served(tmp_path) as host:
        yield from _opener(browser, tmp_path / "index.html", host)


def _opener(browser: Browser, file: Path, host: str) -> Iterator[Open]:
    contexts = []

    def open_frame(html: str, change: Callable[[Page], None] = lambda page: None, script: bool = True) -> Frame:
        context = browser.new_context(java_script_enabled=script)
        contexts.append(context)
        page = context.new_page()
        file.write_text(f"<!doctype html><p>Ours.</p>{html}", "utf-8")
        change(page)
        page.goto(host, wait_until="networkidle")
        frame = page.locator("iframe").element_handle().content_frame()
        assert frame
        return frame

    yield open_frame
    for context in contexts:
        context.close()


def is_grey(frame: Frame) -> bool:
    expect(frame.locator("article:visible")).to_have_count(1)
    return "bf-gone" in (frame.locator("article:visible").get_attribute("class") or "")


@pytest.mark.parametrize("script", [True, False])
def test_a_frame_shows_the_entry_and_nothing_else(embedded: Open, pasted: str, script: bool) -> None:
    frame = embedded(pasted, script=script)
    assert not is_grey(frame)
    expect(frame.locator("article:visible")).to_have_id(ID)
    expect(frame.locator("blockquote:visible")).to_contain_text("Until recently, Russia was producing more ammunition")


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize("fragment", ["%", "%E0%A4%A", "until-recently%00"])
def test_a_fragment_that_is_none_is_a_grey_notice(embedded: Open, pasted: str, fragment: str, script: bool) -> None:
    errors: list[str] = []
    frame = embedded(
        pasted.replace(f"#{ID}", f"#{fragment}"),
        lambda page: page.on("pageerror", lambda error: errors.append(str(error))),
        script,
    )
    assert is_grey(frame)
    assert errors == []


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(("id", "says"), [("nothing-like-it", "no longer part of this briefing"), ("", "Withdrawn on")])
def test_what_is_gone_is_a_grey_notice_without_a_script_too(
    embedded: Open, pasted: str, site: Path, id: str, says: str, script: bool
) -> None:
    withdrawn = re.findall(
        r'class="bf-frame bf-gone" id="([^"]+)"', (site / BRIEFING / "embed.html").read_text("utf-8")
    )
    frame = embedded(pasted.replace(f"#{ID}", f"#{id or withdrawn[0]}"), script=script)
    assert is_grey(frame)
    expect(frame.locator("article:visible")).to_contain_text(says)


def altered(route: Route) -> None:
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.text().replace("producing more ammunition", "producing less ammunition"))


def with_other_words(route: Route) -> None:
    answer = route.fetch()
    data = json.loads(answer.text())
    data["source"]["text"] = data["source"]["text"].replace("producing more ammunition", "producing less ammunition")
    route.fulfill(response=answer, body=json.dumps(data))


@pytest.mark.parametrize(
    ("file", "answer", "grey"),
    [
        ("embed.html*", altered, "do not agree with the records"),
        ("manifest.json", with_other_words, "do not agree with the records"),
        ("manifest.json", lambda route: route.abort(), ""),
    ],
    ids=["altered card", "altered source", "nothing to compare with"],
)
def test_words_that_do_not_verify_are_grey(
    embedded: Open, pasted: str, file: str, answer: Callable[[Route], None], grey: str
) -> None:
    frame = embedded(pasted, lambda page: page.route(f"**/{file}", answer))
    assert is_grey(frame) == bool(grey)
    if grey:
        expect(frame.locator(".bf-reason:visible")).to_contain_text(grey)


def test_words_that_have_changed_since_they_were_pasted_are_grey(embedded: Open, pasted: str) -> None:
    frame = embedded(re.sub(r"words=\w+", "words=00000000", pasted))
    assert is_grey(frame)
    expect(frame.locator(".bf-reason:visible")).to_contain_text("have changed since")


def test_a_citation_is_copied_and_one_entry_downloaded(window: Window, address: str) -> None:
    page = window(address, permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{BRIEFING}cite.html#{ID}")
    section = page.locator(f"#{ID}")
    section.get_by_role("button").first.click()
    expect(section.get_by_role("button").first).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == section.locator(".bf-copied").first.inner_text()
    entries = {"BibTeX": "@incollection{", "RIS": "TY  - CHAP\r\n", "CSL-JSON": "["}
    for name, begins in entries.items():
        with page.expect_download() as download:
            section.get_by_role("link", name=name).click()
        text = download.value.path().read_bytes().decode()
        assert download.value.suggested_filename.startswith(f"nato-ammunition-{ID}.")
        assert text.startswith(begins)
        assert text.count(f"nato-ammunition/{ID}") == 1
        assert "nato-ammunition/danger" not in text
