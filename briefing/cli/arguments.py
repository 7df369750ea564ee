"""Which briefings a command means: from the paths on its command line to docs folders and briefings in them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import click

from briefing import load
from briefing.load.project import docs_folder, project_docs


def chosen(paths: tuple[str, ...], *, pages: bool = False) -> list[tuple[Path, tuple[str, ...]]]:
    """Docs folders with the briefings meant in each. UsageError where a path leads to none; with `pages`, it may be an
    ordinary page, or a folder of such.
    """
    found: dict[Path, dict[str, None]] = {}
    for name in paths or (".",):
        path = existing(name)
        docs = docs_folder(path)
        briefings = list(_briefings(docs, path.resolve()))
        if not briefings and paths and not (pages and _has_pages(docs, path.resolve())):
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


def _has_pages(docs: Path, path: Path) -> bool:
    return docs in path.parents and (path.suffix == ".md" or next(path.rglob("*.md"), None) is not None)


def _briefings(docs: Path, path: Path) -> Iterable[str]:
    """The briefings that a path means: those below it, or the one that it lies in."""
    for found in load.find_briefings(docs):
        folder = docs / found
        if path in (docs.parent, folder) or path in folder.parents or folder in path.parents:
            yield found


def prefix_of(docs: Path) -> str:
    """What leads from the working directory to the docs folder in messages."""
    return Path(os.path.relpath(docs)).as_posix() + "/"
