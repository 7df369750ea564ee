"""What a reader's first search costs: bytes that are fetched until the first result, and the time to it.

`python -m tests.bench.search` prints, for sites of 10, 100 and 1,000 briefings of 40 annotations, what each engine
fetches from the moment a reader opens the search, compressed as hosts send it, and what making its index takes. Other
sizes may be given. The records are those of generated briefings, with words of a vocabulary that is as uneven as a
language's; the pages themselves are not built, because no search looks at them.
"""

from __future__ import annotations

import functools
import gzip
import random
import re
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from http.server import ThreadingHTTPServer
from itertools import accumulate
from pathlib import Path
from statistics import median

from mkdocs.utils import write_file
from playwright.sync_api import Browser, sync_playwright

from briefing.pipeline.checking import check_library
from briefing.render.assets import ENGINE, search_assets
from briefing.site import pagefind
from briefing.site.search import SearchRecord, search_records
from briefing.site.search_index import FoundRecord, documents, with_records
from tests.browser.conftest import FLAGS, QuietHandler, chromium
from tests.generate import write_library
from tests.sites import GOOD, build_site, make_site

SIZES = (10, 100, 1_000)
ANNOTATIONS = 40
PATTERNS = 10
"""Briefings that are generated; the others have their records with other words."""
RUNS = 3
PATIENCE = 20_000
"""Records from which on lunr is asked once: it takes a minute to its first result."""


def main() -> None:
    """Print a line for each size and engine."""
    print("briefings  engine    records  KB to first result  s to it (median)  CPU s to make  MB in the site")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        site = build_site(make_site(Path(folder, "built"), docs=GOOD, plugins=["search", "briefing"]))
        patterns = records_of_patterns(Path(folder, "docs"))
        made = (site / "search/search_index.json").read_text("utf-8")
        for size in map(int, sys.argv[1:]) if sys.argv[1:] else SIZES:
            found = list(records(patterns, size))
            for engine, files in (("lunr", lunr_files(made, found)), ("pagefind", pagefind_files(made, found))):
                print(measure(browser, site, engine, files, size, len(found)), flush=True)
        browser.close()


def records_of_patterns(docs: Path) -> list[tuple[SearchRecord, ...]]:
    write_library(docs, PATTERNS, ANNOTATIONS)
    return [search_records(built.briefing) for built in check_library(docs).briefings if built.briefing]


def records(patterns: list[tuple[SearchRecord, ...]], size: int) -> Iterator[FoundRecord]:
    """The records of so many briefings, each with some twenty words of its own."""
    chance = random.Random(size)
    syllables = re.findall("..", "bacodifeguhajokilumenoparesotivuwazeanerinoustr")
    words = ["".join(chance.choices(syllables, k=chance.randint(2, 4))) for _ in range(30_000)]
    weights = list(accumulate(1 / (rank + 10) for rank in range(len(words))))
    for number in range(size):
        for record in patterns[number % len(patterns)]:
            own = " ".join(chance.choices(words, cum_weights=weights, k=20))
            page = record.page.removesuffix(".md").removesuffix("index")
            text = (*record.text, own, "Wherever" if record.fragment == "q1" and number == size // 2 else "")
            yield FoundRecord(f"briefings/b{number:04}/{page}/".replace("//", "/"), replace(record, text=text))


Made = tuple[Mapping[str, bytes], float]
"""Files by their paths in a site, and the seconds of CPU that they took, child processes included."""


def lunr_files(made: str, found: list[FoundRecord]) -> Made:
    start = time.process_time()
    index = with_records(made, found).encode()
    return {"search/search_index.json": index, ENGINE: search_assets("lunr")[ENGINE]}, time.process_time() - start


def pagefind_files(made: str, found: list[FoundRecord]) -> Made:
    start, before = time.process_time(), children()
    files = pagefind.make_index(documents(made, [found], {one.url for one in found}, len(found), "en"), "en")
    spent = time.process_time() - start + children() - before
    own = {f"{pagefind.FOLDER}/{name}": content for name, content in files.items()}
    return {**own, ENGINE: search_assets("pagefind")[ENGINE]}, spent


def children() -> float:
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(browser: Browser, site: Path, engine: str, made: Made, size: int, found: int) -> str:
    files, spent = made
    for name, content in files.items():
        write_file(content, str(site / name))
    runs = 1 if engine == "lunr" and found > PATIENCE else RUNS
    taken, bytes_sent = zip(*(first_result(browser, site) for _ in range(runs)), strict=True)
    weight = sum(map(len, files.values())) / 1e6
    return (
        f"{size:9,}  {engine:8}  {found:7,}  {max(bytes_sent) / 1000:18.0f}  {median(taken):16.2f}  {spent:13.1f}  "
        f"{weight:14.1f}"
    )


def first_result(browser: Browser, site: Path) -> tuple[float, int]:
    """Seconds and bytes from the key that opens the search to the first result, with nothing in the browser's cache."""
    with counted(site) as (address, sent):
        context = browser.new_context(base_url=address)
        page = context.new_page()
        page.goto("briefings/good/", wait_until="networkidle")
        sent.clear()
        start = time.perf_counter()
        page.keyboard.press("s")
        page.locator("input[name=query]").fill("wherever")
        page.locator(".md-search-result__link").first.wait_for(timeout=0)
        taken = time.perf_counter() - start
        context.close()
        return taken, sum(sent)


class CompressingHandler(QuietHandler):
    """Sends texts compressed, as hosts do, and counts what it sends."""

    protocol_version = "HTTP/1.1"
    sent: list[int]

    def do_GET(self) -> None:  # noqa: N802
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        content, text = path.read_bytes(), path.suffix in (".html", ".js", ".css", ".json", ".svg", ".xml")
        content = gzip.compress(content) if text else content
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Content-Length", str(len(content)))
        if text:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(content)
        self.sent.append(len(content))


@contextmanager
def counted(site: Path) -> Iterator[tuple[str, list[int]]]:
    """The address of a site that is served compressed, and the bytes of each answer."""
    sent: list[int] = []
    handler = functools.partial(type("Counting", (CompressingHandler,), {"sent": sent}), directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        server.block_on_close = False
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", sent
        server.shutdown()


if __name__ == "__main__":
    main()
