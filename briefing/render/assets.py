"""Stylesheets and scripts of briefing pages, as they are published: without comments, so that they weigh less.

What stands in `templates/assets/` is written for people; nothing is renamed or rearranged, so the two read alike.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import rcssmin
import rjsmin

from briefing import resources

FOLDER = "assets/briefing"
"""Where they stand in a site."""
WORKER = f"{FOLDER}/iframe-worker.js"
"""What the theme's search needs on pages that are opened from a disk."""


AUTHORS_ONLY = ("annotate.js", "drafts.css")
"""What only a preview has."""


def assets(preview: bool = False) -> Mapping[str, bytes]:
    """Each file's content by its path in a site."""
    files = sorted((resources.templates() / "assets").iterdir())
    files = [path for path in files if preview or path.name not in AUTHORS_ONLY]
    return {f"{FOLDER}/{path.name}": _published(path) for path in files}


ENGINE = f"{FOLDER}/search-engine.js"
"""The script of whichever engine a site's search has."""
ENGINES = ("lunr", "pagefind")


def search_assets(engine: str = "lunr") -> Mapping[str, bytes]:
    """Return the scripts and styles of the search box with an engine of ENGINES, by their paths in a site."""
    folder = resources.templates() / "search"
    others = {f"search-{name}.js" for name in ENGINES}
    files = sorted(path for path in folder.iterdir() if path.suffix in (".js", ".css") and path.name not in others)
    own = {f"{FOLDER}/{path.name}": _published(path) for path in files}
    return {**own, ENGINE: _published(folder / f"search-{engine}.js")}


def worker() -> Mapping[str, bytes]:
    """Return that script, which is another's, and its licence, by their paths in a site."""
    files = sorted((resources.templates() / "vendored").glob("iframe-worker.*"))
    return {f"{FOLDER}/{path.name}": path.read_bytes() for path in files}


def _published(path: Path) -> bytes:
    text = path.read_text("utf-8")
    light = rjsmin.jsmin(text) if path.suffix == ".js" else rcssmin.cssmin(text) if path.suffix == ".css" else text
    return f"{light}\n".encode()
