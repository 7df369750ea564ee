"""Makes the pictures of the README and the home page from the real site: `python -m tests.browser.pictures`."""

from __future__ import annotations

import functools
import tempfile
import threading
from http.server import ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS, ROOT, QuietHandler, chromium
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
    """Build the site, serve it, and photograph it."""
    FOLDER.mkdir(exist_ok=True)
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
                tab.screenshot(path=FOLDER / f"{name}.png")
                context.close()
            browser.close()
            server.shutdown()


if __name__ == "__main__":
    main()
