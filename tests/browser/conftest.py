"""The real site of this repository, built once, served on this machine, opened in a real browser."""

from __future__ import annotations

import functools
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from mkdocs.utils import yaml_load
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.sites import build_site

FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
"""The sandbox needs rights that containers do not give; only our own pages are opened."""
ROOT = Path(__file__).parent.parent.parent

Window = Callable[..., Page]


def chromium() -> str:
    """The browser to drive; tests/browser/install-chromium.sh installs one where it can."""
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("BRIEFING_CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    assert found, "the browser tests need Chromium: run tests/browser/install-chromium.sh"
    return found


class PatientServer(ThreadingHTTPServer):
    request_queue_size = 128
    """A browser asks for more at once than the five that wait by default; the others would be refused."""


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def site(real_site: Path) -> Path:
    return real_site


def is_fault(words: str) -> bool:
    """Not that the theme, opened as a file, looks for the search index of its plugin for offline use; and not that a
    preview refuses to save what has problems, or what somebody else has changed."""
    return "search_index.js" not in words and not re.search(r"status of (409|422)\b.*/\.briefing/edit/", words)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a folder that is served on this machine; it may be filled afterwards."""
    handler = functools.partial(QuietHandler, directory=str(site))
    with PatientServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture(scope="session")
def instant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real site once more, with the theme's instant navigation, by script, and its way back to the top."""
    folder = tmp_path_factory.mktemp("instant") / "site"
    theme = yaml_load((ROOT / "mkdocs.yml").read_text("utf-8"))["theme"]
    theme["features"] = [*theme["features"], "navigation.instant", "navigation.top"]
    with served(folder) as address:
        build_site(ROOT / "mkdocs.yml", site_dir=str(folder), site_url=address, theme=theme)
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def page(window: Window, address: str) -> Page:
    """A laptop's window; an error in the console or a request to another host fails the test."""
    return window(address)


@pytest.fixture
def window(browser: Browser) -> Iterator[Window]:
    """Opens windows on an address, with what Playwright's contexts can be told; all are watched as `page` is."""
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def told(message: ConsoleMessage) -> None:
        if message.type == "error" and is_fault(message.text + message.location["url"]):
            wrong.append(message.text)

    def open_window(address: str, width: int = 1280, height: int = 800, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, base_url=address, **options)
        contexts.append(context)
        page = context.new_page()
        allowed = (address, "data:", "blob:")
        page.on("console", told)
        page.on("pageerror", lambda error: wrong.append(str(error)) if is_fault(str(error)) else None)
        page.on("request", lambda request: None if request.url.startswith(allowed) else wrong.append(request.url))
        return page

    yield open_window
    for context in contexts:
        context.close()
    assert wrong == []
