"""The ordinary Markdown pages of a site, read for what they cite."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from briefing.load.project import patterns

_UNPUBLISHED = ("exclude_docs", "draft_docs")
"""MkDocs' settings for pages that no build publishes, as lines of a .gitignore file."""


def load_texts(docs: Path) -> Mapping[str, str]:
    """Every Markdown page below the docs folder that a build publishes, by its path there."""
    kept_back = [patterns(docs, name) for name in _UNPUBLISHED]
    return {
        name: load_text(docs / name) for name in _pages(docs) if not any(spec.match_file(name) for spec in kept_back)
    }


def load_text(path: Path) -> str:
    """One page, as MkDocs reads it: without a byte order mark, line ends as they are."""
    return path.read_bytes().decode("utf-8-sig", "replace")


def _pages(docs: Path) -> Iterator[str]:
    """The paths of all pages; hidden folders and files are none."""
    for folder, folders, files in os.walk(docs):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(folder) / name
            if name.endswith(".md") and not name.startswith(".") and path.is_file():
                yield path.relative_to(docs).as_posix()
