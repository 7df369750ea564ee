"""Print problems: for people, for programs, for code hosts, for spreadsheets."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal, get_args

import click

from briefing import __version__, report, resources
from briefing.model.places import OBEYED, Problem, TextFile
from briefing.report import ci, is_todo, todo_lines
from briefing.report.ci import LocatedProblem

if TYPE_CHECKING:
    from briefing.cli.coverage import BriefingCoverage


def colour() -> bool:
    """Return whether a person reads this on a terminal that shows colours, and has not asked for none."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def print_problems(
    problems: Iterable[Problem],
    files: Mapping[str, TextFile],
    prefix: str,
    given: TextFile | None = None,
    *,
    err: bool = True,
) -> None:
    """Print problems as a check prints them, where errors go unless they are part of what was asked for; `given` shows
    words of the command line."""
    for problem in problems:
        own = given is not None and problem.at.file == given.name
        shown = {given.name: given} if own and given else files
        click.echo(report.as_text(problem, shown, "" if own else prefix, colour=colour()) + "\n", err=err)


Style = Literal["text", "json", "csv", "github", "sarif"]
STYLES: tuple[Style, ...] = get_args(Style)
TABLES: tuple[Style, ...] = ("text", "json", "csv")
"""The forms in which a summary of a library can be printed."""


def print_found(
    found: Sequence[LocatedProblem],
    style: Style,
    checked: int,
    told: Sequence[BriefingCoverage] | None,
    verbose: bool = False,
) -> str:
    """Return every problem, and the coverage of every briefing where it is wanted; with the last line's end.

    As text, TODOs are summed up unless `verbose`.
    """
    if style == "text":
        return "".join(f"{text}\n\n" for text in (*_problems_as_text(found, verbose), *_coverage_as_text(told or ())))
    if style == "github":
        return "".join(f"{line}\n" for line in ci.github(found))
    if style == "sarif":
        return as_json(ci.sarif(found, __version__, resources.problems())) + "\n"
    rows = [report.as_row(*item) for item in found]
    if style == "csv":
        from briefing.site.summary import as_csv

        return as_csv(tuple(report.ProblemRow.__annotations__), rows)
    more = {} if told is None else {"coverage": _coverage_as_rows(told)}
    return as_json({"briefings": checked, "problems": rows, **more}) + "\n"


def _problems_as_text(found: Sequence[LocatedProblem], verbose: bool) -> Iterator[str]:
    for item in found:
        if verbose or not is_todo(item):
            yield report.as_text(*item, colour=colour())
    todos = [item for item in found if is_todo(item)]
    if todos and not verbose:
        yield "\n".join(todo_lines(todos))


def _coverage_as_text(told: Iterable[BriefingCoverage]) -> Iterator[str]:
    for each in told:
        from briefing.cli.coverage import coverage_as_text  # seldom asked for

        yield coverage_as_text(*each)


def _coverage_as_rows(told: Iterable[BriefingCoverage]) -> list[dict[str, Any]]:
    from briefing.cli.coverage import coverage_as_row

    return [coverage_as_row(*each) for each in told]


def as_json(value: Any) -> str:
    """Return plain data as JSON that people can read too, on a terminal that obeys none of it."""
    written = json.dumps(value, ensure_ascii=False, indent=2)
    return OBEYED.sub(lambda found: f"\\u{ord(found[0]):04x}", written)
