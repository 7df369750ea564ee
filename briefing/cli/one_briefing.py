"""Which one briefing an editing command means."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from briefing import report
from briefing.cli.arguments import chosen, prefix_of
from briefing.cli.output import colour
from briefing.model import Briefing
from briefing.model.places import Problem, TextFile
from briefing.pipeline import build
from briefing.pipeline.build import CheckedBriefing

in_briefing = click.option(
    "-b", "--briefing", "path", metavar="PATH", help="The briefing’s folder, where there are several."
)


def all_checked(path: str | None) -> list[tuple[Path, CheckedBriefing]]:
    """The briefings that a command may mean, checked, with their docs folders. UsageError where there is none."""
    found = [
        (docs, build.check_alone(docs, each))
        for docs, briefings in chosen((path,) if path else ())
        for each in briefings
    ]
    if not found:
        raise click.UsageError("there is no briefing here; give its folder with -b")
    return found


def the_one(path: str | None, fits: Callable[[Briefing], bool]) -> tuple[Path, CheckedBriefing]:
    """The briefing that a command means: the only one, or the only one that fits. UsageError where that is open."""
    found = all_checked(path)
    if len(found) == 1:
        return found[0]
    fitting = [(docs, checked) for docs, checked in found if checked.briefing and fits(checked.briefing)]
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(checked.path for _, checked in fitting or found)
    raise click.UsageError(f"there are several briefings ({names}); say which with -b")


def readable(docs: Path, checked: CheckedBriefing) -> Briefing:
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
