"""Which briefings, or which one, a command means: from the paths on its command line to docs folders and briefings."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from briefing import load, report
from briefing.cli.problems import colour
from briefing.load.project import docs_folder, project_docs
from briefing.model import Briefing
from briefing.model.places import Problem, TextFile
from briefing.pipeline import build
from briefing.pipeline.briefing_build import BriefingBuild


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


in_briefing = click.option(
    "-b", "--briefing", "path", metavar="PATH", help="The briefing’s folder, where there are several."
)


def all_checked(path: str | None) -> list[tuple[Path, BriefingBuild]]:
    """The briefings that a command may mean, checked, with their docs folders. UsageError where there is none."""
    found = [
        (docs, build.check_alone(docs, each))
        for docs, briefings in chosen((path,) if path else ())
        for each in briefings
    ]
    if not found:
        raise click.UsageError("there is no briefing here; give its folder with -b")
    return found


def the_one(path: str | None, fits: Callable[[Briefing], bool]) -> tuple[Path, BriefingBuild]:
    """The briefing that a command means: the only one, or the only one that fits. UsageError where that is open."""
    found = all_checked(path)
    if len(found) == 1:
        return found[0]
    fitting = [(docs, checked) for docs, checked in found if checked.briefing and fits(checked.briefing)]
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(checked.path for _, checked in fitting or found)
    raise click.UsageError(f"there are several briefings ({names}); say which with -b")


def readable(docs: Path, checked: BriefingBuild) -> Briefing:
    """The briefing; where too little of it can be read, its problems are printed and the command ends with 1."""
    if checked.briefing is not None:
        return checked.briefing
    complain(checked.problems, checked.files, prefix_of(docs))
    sys.exit(1)


def complain(problems: tuple[Problem, ...], files: Any, prefix: str, given: TextFile | None = None) -> None:
    """Print problems where errors go, as a check prints them; those of words on the command line without a folder."""
    for problem in problems:
        own = given is not None and problem.at.file == given.name
        shown = {given.name: given} if own and given else files
        click.echo(report.as_text(problem, shown, "" if own else prefix, colour=colour()) + "\n", err=True)
