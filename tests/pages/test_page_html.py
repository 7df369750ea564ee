"""The HTML of generated pages is, byte for byte, what MkDocs and Python-Markdown make of their Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.generate import write_library
from tests.sites import GOOD, rendered_site
from tests.stock import BARE, INIT, Stock

EVERY_CONFIGURATION = [
    pytest.param(extensions, directory_urls, id=f"{name}-{'folders' if directory_urls else 'files'}")
    for name, extensions in {"init": INIT, "bare": BARE}.items()
    for directory_urls in (True, False)
]


@pytest.mark.parametrize(("extensions", "directory_urls"), EVERY_CONFIGURATION)
@pytest.mark.parametrize("preview", [False, True])
def test_the_pages_of_the_good_briefing(extensions: list[object], directory_urls: bool, preview: bool) -> None:
    stock = Stock(extensions, directory_urls=directory_urls)
    pages = rendered_site(GOOD, preview=preview).pages
    assert [page.path for page in pages if not stock.same(page)] == []


def test_the_pages_of_this_site() -> None:
    stock = Stock()
    pages = rendered_site(Path(__file__).parents[2] / "docs").pages
    assert [page.path for page in pages if not stock.same(page)] == []


def test_the_pages_of_a_library(tmp_path: Path) -> None:
    write_library(tmp_path / "docs", 4)
    stock = Stock()
    pages = rendered_site(tmp_path / "docs").pages
    assert [page.path for page in pages if not stock.same(page)] == []
