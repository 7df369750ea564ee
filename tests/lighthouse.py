"""Builds the real site, serves it compressed, and prints Lighthouse's scores and what is missing."""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import tempfile
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.browser.conftest import FLAGS, ROOT, chromium
from tests.sites import build_site

PAGES = ("", "briefings/nato-ammunition/", "briefings/nato-ammunition/text/", "briefings/nato-ammunition/figures/")
CATEGORIES = "performance,accessibility,best-practices,seo"


class CompressingHandler(SimpleHTTPRequestHandler):
    """Serves `folder` as static hosts do: text compressed, and kept by the browser for a while."""

    folder = ""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Answer with the file, compressed."""
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body = gzip.compress(path.read_bytes())
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=31536000")
        self.end_headers()
        self.wfile.write(body)


def main(lighthouse: str) -> None:
    """Print the scores of each page."""
    with tempfile.TemporaryDirectory() as folder:
        handler = type("Handler", (CompressingHandler,), {"translate_path": lambda self, path: located(folder, path)})
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            address = f"http://127.0.0.1:{server.server_port}/"
            build_site(ROOT / "mkdocs.yml", site_dir=folder, site_url=address)
            for page in PAGES:
                show(page, audit(lighthouse, address + page))
            server.shutdown()


def located(folder: str, path: str) -> str:
    """The file of an address, below the folder."""
    return str(Path(folder) / path.partition("?")[0].lstrip("/"))


def audit(lighthouse: str, address: str) -> dict[str, object]:
    """Lighthouse's report of a page, with its mobile settings."""
    command = ["node", lighthouse, address, "--quiet", "--output=json", f"--only-categories={CATEGORIES}"]
    command.append(f"--chrome-flags=--headless=new {' '.join(FLAGS)}")
    environment = {**os.environ, "CHROME_PATH": chromium()}
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=True, env=environment)
    report: dict[str, object] = json.loads(done.stdout)
    return report


def show(page: str, report: dict[str, object]) -> None:
    """Print the scores of a page and every audit that costs something."""
    categories, audits = report["categories"], report["audits"]
    assert isinstance(categories, dict)
    assert isinstance(audits, dict)
    print(f"/{page}", {name: round(100 * category["score"]) for name, category in categories.items()})
    for name, category in categories.items():
        weighed = [ref["id"] for ref in category["auditRefs"] if ref["weight"]]
        for id in weighed:
            audit = audits[id]
            if audit["score"] is not None and audit["score"] < 1:
                print(f"    {name}: {audit['title']} ({audit.get('displayValue', '')}, {audit['score']})")


if __name__ == "__main__":
    main(sys.argv[1])
