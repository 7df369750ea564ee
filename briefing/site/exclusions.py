"""Checks that a site keeps the raw files of briefings to itself also where this program's plugin does not run.

Zensical runs no plugin and says nothing of it, and a line that is missing from `plugins` is no error to MkDocs: either
would publish names, drafts and originals. Only `exclude_docs` holds everywhere. What its patterns do is judged by the
library that MkDocs asks, and on the files that are there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from pathspec.gitignore import GitIgnoreSpec

from briefing.load.folder_files import RAW
from briefing.load.project import Exclusions, exclusions, spec_of
from briefing.model.places import Problem, TextFile
from briefing.pipeline.site_build import BriefingBuilds

NAMED = 3
"""Files that a message names."""


def not_excluded(library: BriefingBuilds, docs: Path, used: Path | None) -> Iterator[tuple[Problem, TextFile | None]]:
    """Yield a problem for each configuration that leaves raw files in the site, with the file that it points into."""
    raw = sorted({*library.names, *(name for checked in library.briefings for name in checked.names)})
    for found in exclusions(docs, used) if raw else ():
        left = [name for name in raw if not spec_of(found.lines).match_file(name)]
        if left:
            yield _problem(found, left), found.file


def _problem(found: Exclusions, left: Sequence[str]) -> Problem:
    named = ", ".join(f"“{name}”" for name in left[:NAMED])
    more = f" and {len(left) - NAMED} more" if len(left) > NAMED else ""
    message = f"only the plugin keeps raw files of briefings out of the site: {named}{more}"
    hint = "without the plugin, or under Zensical, they would be published as they are; write into this file:\n"
    return Problem("files-not-excluded", message, found.at, hint + _setting(proposed(found.lines, left), found.is_toml))


def proposed(lines: str, left: Sequence[str]) -> list[str]:
    """Return the lines that are there with those that the files `left` need after them."""
    own = [line for line in lines.splitlines() if line.strip()]
    useful = [line for line in RAW if not own or any(GitIgnoreSpec.from_lines([line]).match_file(f) for f in left)]
    rest = [name for name in left if not GitIgnoreSpec.from_lines(useful).match_file(name)]
    return [*own, *useful, *(f"/{_escaped(name)}" for name in rest)]


def _escaped(name: str) -> str:
    """Return a path as a line of a .gitignore file that means it alone."""
    return re.sub(r"([\\*?\[\]!#]|\s(?=\s*$))", r"\\\1", name)


def _setting(lines: Sequence[str], is_toml: bool) -> str:
    if is_toml:
        return "\n".join(["exclude_docs = '''", *lines, "'''"])
    return "\n".join(["exclude_docs: |", *(f"  {line}" for line in lines)])
