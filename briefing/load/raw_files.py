"""The raw files of briefings: what their authors write and keep, and no reader is to download."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from pathspec.gitignore import GitIgnoreSpec

RAW = (
    "*.yml",
    "*.yaml",
    "source.txt",
    "original.*",
    "comments-original*",
    "*~",
    "*.bak",
    "*.orig",
    "*.rej",
)
"""The names of raw files, and of the copies that editors and version control leave beside them, as lines of a
.gitignore file: what `exclude_docs` takes."""

_RAW = GitIgnoreSpec.from_lines(RAW)


def raw_files(folder: Path, *, below: bool) -> Iterator[str]:
    """The raw files in a folder by their names, and those in its folders too where `below` says so."""
    for inner, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if below and not name.startswith("."))
        for name in sorted(files):
            if _RAW.match_file(name):
                yield (Path(inner) / name).relative_to(folder).as_posix()
