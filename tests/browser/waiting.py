"""Waiting for what a page is about to do, without a fixed time: a busy machine is late, and never wrong."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from playwright.sync_api import Page

Found = TypeVar("Found")


def eventually(page: Page, holds: Callable[[], Found], seconds: float = 10) -> Found:
    """What `holds` answers as soon as none of its assertions fails; they are tried again for so many seconds."""
    end = time.monotonic() + seconds
    while True:
        try:
            return holds()
        except AssertionError:
            if time.monotonic() > end:
                raise
        page.wait_for_timeout(50)


def copied_by(page: Page, act: Callable[[], object]) -> str:
    """What is on the clipboard once something has been put there by what `act` does."""
    page.evaluate("navigator.clipboard.writeText('')")
    act()
    page.wait_for_function("async () => (await navigator.clipboard.readText()) !== ''")
    return str(page.evaluate("navigator.clipboard.readText()"))


def at_widths(page: Page, *widths: int, height: int = 800) -> Iterator[int]:
    """Give a page that is open each width in turn, and yield it once what follows the window has been laid out."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
        yield width
