"""Which briefings a command means: from the paths on its command line to docs folders and briefings in them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import click

from briefing import load
from briefing.load.project import docs_folder, project_docs


def chosen(paths: tuple[str, ...]) -> list[tuple[Path, tuple[str, ...]]]:
    """Docs folders with the briefings to check in each. UsageError where a path leads to none."""
    found: dict[Path, dict[str, None]] = {}
    for name in paths or (".",):
        path = existing(name)
        docs = docs_folder(path)
        briefings = list(_briefings(docs, path.resolve()))
        if not briefings and paths:
            raise click.UsageError(f"there is no briefing.yml in {name}, below it or above it")
        found.setdefault(docs, {}).update(dict.fromkeys(briefings))
    return [(docs, tuple(briefings)) for docs, briefings in found.items()]


def existing(name: str) -> Path:
    """A path as given, or below the docs folder of the site in this folder, as pages print it; or the last name of one
    briefing there.
    """
    docs = project_docs(Path.cwd())
    named = [docs / path for path in load.find_briefings(docs) if path.split("/")[-1] == name] if docs else []
    for path in (Path(name), *([docs / name] if docs else []), *(named if len(named) == 1 else [])):
        if path.exists():
            return path
    raise click.UsageError(f"{name} does not exist")


def _briefings(docs: Path, path: Path) -> Iterable[str]:
    """The briefings that a path means: those below it, or the one that it lies in."""
    for found in load.find_briefings(docs):
        folder = docs / found
        if path in (docs.parent, folder) or path in folder.parents or folder in path.parents:
            yield found


def prefix_of(docs: Path) -> str:
    """What leads from the working directory to the docs folder in messages."""
    return Path(os.path.relpath(docs)).as_posix() + "/"
