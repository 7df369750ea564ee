"""Makes the pictures of the README and the manual from the real program: `python -m tests.browser.pictures`.

Those of pages are of this repository’s own site, those of the editor of what the scripted author writes. `pages` or
`editor` makes these alone.
"""

from __future__ import annotations

import functools
import sys
import tempfile
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS, ROOT, QuietHandler, chromium
from tests.browser.scripted_author import Photographer, write_briefing
from tests.sites import build_site

FOLDER = ROOT / "docs" / "images"
BRIEFING = "briefings/nato-ammunition/"
PICTURES = (
    ("overview", BRIEFING, 1200, 860, "light"),
    ("text", BRIEFING + "text/#p3", 1200, 860, "light"),
    ("text-dark", BRIEFING + "text/#p4", 390, 780, "dark"),
)
"""Name, page, width, height, colour scheme."""


def main() -> None:
    """Make the pictures that are asked for, or all."""
    FOLDER.mkdir(exist_ok=True)
    asked = sys.argv[1:] or ["pages", "editor"]
    if "pages" in asked:
        photograph_pages()
    if "editor" in asked:
        photograph_editor()


def photograph_editor() -> None:
    """Have a briefing written in the editor, and photograph its steps."""
    photographer = Photographer()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        write_briefing(Path(folder), browser, photographer)
        browser.close()
    photographer.save(FOLDER)


def photograph_pages() -> None:
    """Build the site, serve it, and photograph it."""
    with tempfile.TemporaryDirectory() as folder:
        site = build_site(ROOT / "mkdocs.yml", site_dir=str(Path(folder) / "site"))
        handler = functools.partial(QuietHandler, directory=str(site))
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server, sync_playwright() as playwright:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
            for name, page, width, height, scheme in PICTURES:
                context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=scheme)
                tab = context.new_page()
                tab.goto(f"http://127.0.0.1:{server.server_port}/{page}", wait_until="networkidle")
                tab.wait_for_timeout(800)  # until all of it is drawn
                tab.screenshot(path=FOLDER / f"{name}.png", animations="disabled")
                context.close()
            browser.close()
            server.shutdown()


if __name__ == "__main__":
    main()
