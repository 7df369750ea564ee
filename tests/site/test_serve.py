"""`mkdocs serve` as an author uses it: a broken briefing shows its problems and recovers."""

from __future__ import annotations

import html
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.sites import make_site

PATIENCE = 60
"""Seconds after which waiting for a rebuild means that none comes; a rebuild takes one or two."""


@contextmanager
def server(configuration: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "mkdocs", "serve", "-f", str(configuration), "-a", address]
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


def test_a_broken_briefing_shows_its_problems_on_every_page_and_recovers(tmp_path: Path) -> None:
    configuration = make_site(tmp_path)
    file = tmp_path / "docs/briefings/good/briefing.yml"
    good = file.read_text("utf-8")
    with server(configuration) as address:
        wait_for(address + "briefings/good/quotes/", "bf-quotation")
        file.write_text(good.replace("title:", "titel:", 1), "utf-8")
        for name in ("quotes/", "text/", ""):
            shown = wait_for(f"{address}briefings/good/{name}", "unknown-field")
            assert "did you mean" in shown.lower()
        wait_for(address, "<h1")
        file.write_text(good, "utf-8")
        wait_for(address + "briefings/good/quotes/", "bf-quotation")


def test_a_preview_begins_with_a_broken_briefing_and_recovers(tmp_path: Path) -> None:
    configuration = make_site(tmp_path)
    file = tmp_path / "docs/briefings/good/source.txt"
    good = file.read_text("utf-8")
    file.write_text("", "utf-8")
    with server(configuration) as address:
        wait_for(address + "briefings/good/", "empty-source")
        file.write_text(good, "utf-8")
        wait_for(address + "briefings/good/text/", "bf-paragraph")
