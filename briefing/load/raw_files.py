"""The raw files of briefings: what their authors write and keep, and no reader is to download."""

from __future__ import annotations

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


def is_raw(name: str) -> bool:
    """Return whether a file of this name, whatever folder it is in, is a raw one."""
    return _RAW.match_file(name.rpartition("/")[2])
