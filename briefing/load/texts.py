"""The ordinary Markdown pages of a site, read for what they cite."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def load_texts(docs: Path) -> Mapping[str, str]:
    """Every Markdown page below the docs folder, by its path there; hidden folders and files are no pages."""
    found: dict[str, str] = {}
    for folder, folders, files in os.walk(docs):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(folder) / name
            if name.endswith(".md") and not name.startswith(".") and path.is_file():
                # As MkDocs reads pages: without a byte order mark, line ends as they are.
                found[path.relative_to(docs).as_posix()] = path.read_bytes().decode("utf-8-sig", "replace")
    return found
