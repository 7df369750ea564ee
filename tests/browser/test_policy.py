"""The Content-Security-Policies of the manual work on the real site, and our own parts need no exception."""

from __future__ import annotations

import functools
import io
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, QuietHandler

BRIEFING = "briefings/nato-ammunition/"
PAGES = ("", BRIEFING, *(BRIEFING + name for name in ("text/", "quotes/", "figures/", "comments/", "method/")))
WATCH = """window.refused = []; addEventListener("securitypolicyviolation", event =>
  refused.push(`${event.violatedDirective} ${event.sourceFile || ""} ${event.sample}`))"""


class PolicyHandler(QuietHandler):
    """Sends a policy with every answer."""

    policy = ""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()


@contextmanager
def opened(browser: Browser, site: Path, policy: str) -> Iterator[Page]:
    """A page of the site under a policy."""
    handler = functools.partial(type("Handler", (PolicyHandler,), {"policy": policy}), directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        context = browser.new_context(base_url=f"http://127.0.0.1:{server.server_port}/")
        context.add_init_script(WATCH)
        yield context.new_page()
        context.close()
        server.shutdown()


def manual() -> str:
    return (ROOT / "docs/manual/security-policy.md").read_text("utf-8")


def documented() -> str:
    """The policy that the manual gives for a whole site."""
    found = re.search(r"^Content-Security-Policy: (.+)$", manual(), re.M)
    assert found
    return found[1]


def hashed(site: Path) -> str:
    """The same with what the manual's script prints for the site."""
    script = re.search(r"```python\n(.+?)```", manual(), re.S)
    assert script
    printed, before = io.StringIO(), Path.cwd()
    os.chdir(site.parent)
    try:
        with redirect_stdout(printed):
            exec(compile(script[1].replace('"site"', repr(site.name)), "security-policy.md", "exec"), {})
    finally:
        os.chdir(before)
    return documented().replace("script-src 'self' 'unsafe-inline'", printed.getvalue().strip())


def use(page: Page) -> None:
    """What needs scripts and styles: a note opens, words are selected, a citation is pointed at."""
    page.goto(BRIEFING + "text/")
    expect(page.locator(".bf-text")).to_have_attribute("data-ready", "")
    page.locator("p#p1").select_text()
    expect(page.locator(".bf-pick")).to_be_visible()
    page.goto(BRIEFING)
    page.locator(".bf-keys .bf-cite a").first.hover()
    expect(page.locator(".bf-preview")).to_be_visible()


@pytest.mark.parametrize("kind", ["documented", "hashed"])
def test_nothing_is_refused_under_the_policies_of_the_manual(browser: Browser, site: Path, kind: str) -> None:
    policy = documented() if kind == "documented" else hashed(site)
    assert ("unsafe-inline" in policy) == (kind == "documented")
    with opened(browser, site, policy) as page:
        for name in PAGES:
            page.goto(name, wait_until="networkidle")
            assert page.evaluate("refused") == [], name
        use(page)
        assert page.evaluate("refused") == []


def test_our_own_parts_need_no_inline_script_or_style(browser: Browser, site: Path) -> None:
    """Under the strictest policy the three scripts that are refused are the theme's, and what is ours works."""
    with opened(browser, site, "default-src 'self'; script-src 'self' 'report-sample'") as page:
        page.goto(BRIEFING + "figures/", wait_until="networkidle")
        samples = [line.rpartition(" ")[0] for line in page.evaluate("refused")]
        assert len(samples) == 3
        for line, begins in zip(page.evaluate("refused"), ("__md_scope", "var palette", "var target"), strict=True):
            assert begins in line
        use(page)
