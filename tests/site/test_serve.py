"""`briefing serve` and `mkdocs serve` as an author uses them: a broken briefing shows its problems and recovers."""

from __future__ import annotations

import html
import json
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.sites import make_site

PATIENCE = 60
"""Seconds after which waiting for a rebuild means that none comes; a rebuild takes one or two."""


PROGRAMS = ("briefing", "mkdocs")


@contextmanager
def server(configuration: Path, program: str = "briefing", *options: str) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", program, "serve", "-f", str(configuration), "-a", address, *options]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield f"http://{address}/"
        assert process.poll() is None, "the server ended by itself"
    finally:
        process.terminate()
        process.wait(10)


def wait_for(url: str, words: str) -> str:
    """The page once it shows some words."""
    end = time.monotonic() + PATIENCE
    shown = ""
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                shown = html.unescape(answer.read().decode())
        except OSError:
            shown = ""
        if words in shown:
            return shown
        time.sleep(0.2)
    raise AssertionError(f"{url} never showed {words!r} but: {shown[:500]}")


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_broken_briefing_shows_its_problems_on_every_page_and_recovers(tmp_path: Path, program: str) -> None:
    configuration = make_site(tmp_path)
    file = tmp_path / "docs/briefings/good/briefing.yml"
    good = file.read_text("utf-8")
    with server(configuration, program) as address:
        wait_for(address + "briefings/good/quotes/", "bf-quotation")
        file.write_text(good.replace("title:", "titel:", 1), "utf-8")
        for name in ("quotes/", "text/", ""):
            shown = wait_for(f"{address}briefings/good/{name}", "unknown-field")
            assert "did you mean" in shown.lower()
        wait_for(address, "<h1")
        file.write_text(good, "utf-8")
        wait_for(address + "briefings/good/quotes/", "bf-quotation")


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_preview_begins_with_a_broken_briefing_and_recovers(tmp_path: Path, program: str) -> None:
    configuration = make_site(tmp_path)
    file = tmp_path / "docs/briefings/good/source.txt"
    good = file.read_text("utf-8")
    file.write_text("", "utf-8")
    with server(configuration, program) as address:
        wait_for(address + "briefings/good/", "empty-source")
        file.write_text(good, "utf-8")
        wait_for(address + "briefings/good/text/", "bf-paragraph")


def listens(address: str) -> bool:
    parts = urlsplit(address)
    with suppress(OSError), socket.create_connection((parts.hostname or "", parts.port or 80), 1):
        return True
    return False


def test_an_edit_during_the_first_build_is_noticed(tmp_path: Path) -> None:
    configuration = make_site(tmp_path)
    file = tmp_path / "docs/briefings/good/annotations/quotes.yml"
    with server(configuration) as address:
        while not listens(address):  # it does so before it builds
            time.sleep(0.01)
        file.write_text(file.read_text("utf-8").replace("promises a ferry", "promises a boat"), "utf-8")
        wait_for(address + "briefings/good/quotes/", "promises a boat")


def test_changes_are_found_by_looking_where_none_are_reported(tmp_path: Path) -> None:
    configuration = make_site(tmp_path)
    with server(configuration, "briefing", "--poll") as address:
        wait_for(address, "Home")
        (tmp_path / "docs/index.md").write_text("# Another home\n", "utf-8")
        wait_for(address, "Another home")
        file = tmp_path / "docs/briefings/good/annotations/quotes.yml"
        file.write_text(file.read_text("utf-8").replace("promises a ferry", "promises a boat"), "utf-8")
        wait_for(address + "briefings/good/quotes/", "promises a boat")


def test_a_site_that_cannot_be_built_keeps_its_last_state_and_recovers(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    configuration = make_site(tmp_path, plugins=["search", {"briefing": {"templates": "templates"}}])
    with server(configuration) as address:
        quotes = address + "briefings/good/quotes/"
        wait_for(quotes, "bf-quotation")
        (tmp_path / "templates/quotes.md.jinja").write_text("{% if %}", "utf-8")
        shown = wait_for(quotes, "quotes.md.jinja")
        assert "bf-quotation" in shown and "data-problem=" in shown
        (tmp_path / "templates/quotes.md.jinja").write_text("# Ours\n\nAll quotations.\n", "utf-8")
        assert 'data-problem=""' in wait_for(quotes, "All quotations.")


def test_a_site_below_a_path_is_shown_there(tmp_path: Path) -> None:
    configuration = make_site(tmp_path, site_url="https://example.org/news/room/")
    with server(configuration) as address:
        wait_for(address + "news/room/briefings/good/", "bf-")
        with urllib.request.urlopen(address) as answer:
            assert answer.url == address + "news/room/"


def post(address: str, operation: str, token: str, **asked: object) -> tuple[int, dict[str, str]]:
    """Status and answer to what a page of a preview asks."""
    headers = {"Content-Type": "application/json", "Origin": address.rstrip("/"), "X-Briefing-Token": token}
    content = json.dumps({"briefing": "briefings/good", **asked}).encode()
    request = urllib.request.Request(f"{address}.briefing/edit/{operation}", content, headers)
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, {"error": error.read().decode()}


def test_what_is_saved_in_the_browser_is_in_the_file_and_on_the_next_page_and_can_be_taken_back(tmp_path: Path) -> None:
    configuration = make_site(tmp_path)
    file = tmp_path / "docs/briefings/good/annotations/context.yml"
    before = file.read_bytes()
    note = {"title": "A habit", "note": "So it has always been."}
    asked = {"kind": "context", "fields": note, "place": {"words": ["held up by habit"]}}
    with server(configuration) as address:
        text = f"{address}briefings/good/text/"
        found = re.search('data-token="([^"]+)"', wait_for(text, "Saltgate"))
        assert found
        status, saved = post(address, "save", found[1], **asked)
        assert status == 200 and b"title: A habit" in file.read_bytes()
        with urllib.request.urlopen(text, timeout=20) as page:
            assert 'aria-label="Note 13, context note: A habit"' in page.read().decode()
        assert post(address, "undo", found[1], undo=saved["undo"])[0] == 200
        assert file.read_bytes() == before
        with urllib.request.urlopen(text, timeout=20) as page:
            assert "context note: A habit" not in page.read().decode()
    with server(configuration, "briefing", "--read-only") as address:
        page = wait_for(f"{address}briefings/good/text/", "Saltgate")
        assert "data-token" not in page and "/.briefing/editor" not in page
        assert post(address, "save", found[1], **asked)[0] == 405
        assert file.read_bytes() == before
