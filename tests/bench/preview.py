"""`python -m tests.bench.preview 1 10 100`: what an author waits for in a preview of so many briefings.

Seconds of the clock, since that is what is waited for; on a busy machine they say less than the CPU beside them. For
each number of briefings, of 40 annotations each:

- first: from the start of the program to the first page of a briefing, without anything kept and once more with it;
- told: from saving a note until the browser is told, and has the page that changed (the median of several edits);
- all: until it has every page of that briefing;
- error, repair: the same for a misspelt field, and for its correction;
- site: from an edit of a note until a page across briefings shows it, the pause that is waited for included.

`all` is also given in seconds of CPU of the server.
"""

from __future__ import annotations

import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

from tests.generate import write_library

SIZES = (1, 10, 100)
EDITS = ("red", "green", "blue", "yellow", "brown", "white", "black", "grey", "pink")
"""Words without numbers, which a note would have to cite."""
CONFIGURATION = """site_name: Bench
theme: {name: material, font: false}
plugins: [search, briefing]
markdown_extensions: [attr_list, md_in_html, tables, {toc: {permalink: true}}]
nav: [{Home: index.md}, {People: people/index.md}]
validation: {nav: {omitted_files: ignore}}
"""
BRIEFING = "briefings/b0000"
PAGES = ("", "text/", "quotes/", "figures/", "context/", "comments/", "references/", "method/")
CHANGED = "quotes/"


def main() -> None:
    """Print a line for each size."""
    print("briefings  first  again   told    all  error repair   site   CPU of all  memory")
    for size in map(int, sys.argv[1:]) if sys.argv[1:] else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            print(measure(Path(folder), size), flush=True)


def measure(folder: Path, size: int) -> str:
    """Start a preview of a new site twice, edit it, and return a line."""
    write_library(folder / "docs", size, annotations=40)
    (folder / "mkdocs.yml").write_text(CONFIGURATION, "utf-8")
    began = time.monotonic()
    with served(folder) as (_, address):
        wait_for(address + f"{BRIEFING}/{CHANGED}", "bf-quotation")
        first = time.monotonic() - began
        wait_for(address, "Briefing No. 0")
    began = time.monotonic()
    with served(folder) as (process, address):
        wait_for(address + f"{BRIEFING}/{CHANGED}", "bf-quotation")
        again = time.monotonic() - began
        wait_for(address, "Briefing No. 0")
        time.sleep(2)
        return f"{size:>9} {first:>6.2f} {again:>6.2f} {edits(folder, address, process.pid)}"


def edits(folder: Path, address: str, pid: int) -> str:
    """Edit one briefing in several ways, and return the columns of that."""
    quotes, main = (folder / "docs" / BRIEFING / name for name in ("annotations/quotes.yml", "briefing.yml"))
    notes, about = quotes.read_text("utf-8"), main.read_text("utf-8")

    def note(colour: str) -> Callable[[], str]:
        words = f"of the {colour} wagons"
        return lambda: save(quotes, notes.replace("of the wagons", words, 1), words)

    told, everything, cpu = [], [], []
    for number, colour in enumerate(EDITS):
        before = seconds_of_cpu(pid)
        one, all_pages = shown_after(address, note(colour))
        told, everything, cpu = [*told, one], [*everything, all_pages], [*cpu, seconds_of_cpu(pid) - before]
        time.sleep(0.3 if number % 2 else 2.5)  # some edits come while all of the site is built
    time.sleep(3)
    wrong = about.replace("title:", "titel:", 1)
    error, repair = [], []
    for _ in range(3):
        error.append(shown_after(address, lambda: save(main, wrong, "unknown-field"))[1])
        repair.append(shown_after(address, lambda: save(main, about, f"of the {EDITS[-1]} wagons"))[1])
    began = time.monotonic()
    save(main, re.sub(r"title: .*", "title: Another title", about, count=1), "")
    wait_for(address + "people/jane/", "Another title")
    site, memory = time.monotonic() - began, peak_memory(pid) / 1e6
    middle = [statistics.median(times) for times in (told, everything, error, repair)]
    columns = " ".join(f"{seconds:>6.2f}" for seconds in (*middle, site))
    return f"{columns} {statistics.median(cpu):>12.2f} {memory:>4.0f} MB"


def save(file: Path, text: str, words: str) -> str:
    """Save a file as an editor does, and return the words that the page then shows."""
    file.write_text(text, "utf-8")
    return words


def shown_after(address: str, edit: Callable[[], str]) -> tuple[float, float]:
    """Return the seconds from an edit until the page that changed has come, and until all pages of its briefing have.

    A browser has that page open, and is told of the change.
    """
    page = f"/{BRIEFING}/{CHANGED}"
    asked = urlencode({"page": page, "seen": version_in(fetched(address + page[1:])), "problem": ""})
    with subprocess.Popen(
        [sys.executable, "-c", _WAIT, f"{address}.briefing/changes?{asked}"], stdout=subprocess.PIPE
    ) as waiting:
        assert waiting.stdout
        waiting.stdout.read(1)  # it has asked, and waits
        time.sleep(0.3)
        began = time.monotonic()
        words = edit()
        waiting.stdout.read()
    shown = fetched(address + page[1:])
    one = time.monotonic() - began
    assert words in shown, f"{words!r} is not shown"
    for name in PAGES:
        fetched(address + f"{BRIEFING}/{name}")
    return one, time.monotonic() - began


_WAIT = """import sys, urllib.request
print("?", end="", flush=True)
print(urllib.request.urlopen(sys.argv[1]).read().decode(), flush=True)
"""


def version_in(page: str) -> str:
    """Return the version that a page says it is."""
    found = re.search(r'data-version="(\w*)"', page)
    return found[1] if found else ""


def fetched(url: str) -> str:
    """Return a page; a page that is missing is empty."""
    try:
        with urllib.request.urlopen(url, timeout=600) as answer:
            return unescape(answer.read().decode())
    except urllib.error.HTTPError:
        return ""


PATIENCE = 900
"""Seconds after which something is wrong."""


def wait_for(url: str, words: str) -> None:
    """Return when a page has words."""
    end = time.monotonic() + PATIENCE
    while words not in fetched_early(url):
        assert time.monotonic() < end, f"{url} never had {words!r}"
        time.sleep(0.02)


def fetched_early(url: str) -> str:
    """Return a page of a server that may not be there yet."""
    try:
        return fetched(url)
    except OSError:
        return ""


@contextmanager
def served(folder: Path) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A preview of a site, and its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command: Sequence[str] = [sys.executable, "-m", "briefing", "serve", "-q", "-a", address]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.DEVNULL) as process:
        try:
            yield process, f"http://{address}/"
        finally:
            process.terminate()


def seconds_of_cpu(pid: int) -> float:
    """Return what a process has used so far; zero where the system does not say."""
    stat = Path(f"/proc/{pid}/stat")
    if not stat.exists():
        return 0.0
    user, system = stat.read_text("ascii").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def peak_memory(pid: int) -> float:
    """Return the most bytes that a process has held; zero where the system does not say."""
    status = Path(f"/proc/{pid}/status")
    found = re.search(r"VmHWM:\s*(\d+) kB", status.read_text("ascii")) if status.exists() else None
    return int(found[1]) * 1024 if found else 0.0


if __name__ == "__main__":
    main()
