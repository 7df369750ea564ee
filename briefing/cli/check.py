"""`briefing check`: every problem of the chosen briefings at once, and a summary of the library."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import click

from briefing import build, load, report
from briefing.cli.chosen import chosen, prefix_of
from briefing.cli.shown import colour
from briefing.load.changed import last_changes
from briefing.load.project import setting
from briefing.places import Problem, TextFile
from briefing.site.findings import findings
from briefing.site.summary import FIELDS, Row, as_csv, as_table, rows

Found = tuple[Problem, Mapping[str, TextFile], str]
"""A problem, the files that it points into, and what leads to the docs folder."""


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--format", "style", type=click.Choice(["text", "json", "csv"]), default="text", help="How to print.")
@click.option("--summary", is_flag=True, help="Print a row for each briefing instead of the problems.")
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
def check(paths: tuple[str, ...], style: str, summary: bool, strict: bool) -> None:
    """Check briefings and print every problem at once.

    PATH is a briefing's folder, a file in it, or a folder above several; without one, the site in this folder is
    checked, with what its other pages cite. Exits with 0 where all is clean, 1 on errors, 2 where the command itself
    was wrong.
    """
    libraries = [(docs, build.check_library(docs, briefings)) for docs, briefings in chosen(paths)]
    found = [item for docs, library in libraries for item in _found(docs, library)]
    table = [row for docs, library in libraries for row in _rows(docs, library)] if summary else []
    problems = [problem for problem, _, _ in found]
    checked = sum(len(library.briefings) for _, library in libraries)
    if style == "text":
        click.echo(as_table(table) + "\n" if summary else _texts(found), nl=summary)
        click.echo(report.summary(problems, checked))
    else:
        click.echo(_data(found, table, summary, style, checked), nl=style == "json")
    if any(strict or problem.severity == "error" for problem in problems):
        sys.exit(1)


def _found(docs: Path, library: build.Library) -> Iterator[Found]:
    """The problems of a library; those of its site too, where all of it was chosen."""
    prefix = prefix_of(docs)
    yield from ((problem, files, prefix) for problem, files in library.located())
    if {checked.path for checked in library.briefings} == set(load.find_briefings(docs)):
        review = setting(docs, "require_review").lower() == "true"
        site = findings(library, docs, load.load_texts(docs), require_review=review)
        yield from ((problem, site.files, prefix) for problem in site.problems)


def _rows(docs: Path, library: build.Library) -> list[Row]:
    return rows(library, last_changes(docs, (checked.path for checked in library.briefings)))


def _texts(found: list[Found]) -> str:
    return "".join(report.as_text(*item, colour=colour()) + "\n\n" for item in found)


def _data(found: list[Found], table: list[Row], summary: bool, style: str, checked: int) -> str:
    """Problems, or the rows of a summary, as JSON or CSV."""
    problems = [report.as_row(*item) for item in found]
    if style == "csv":
        return as_csv(FIELDS, table) if summary else as_csv(tuple(report.ProblemRow.__annotations__), problems)
    whole = {"briefings": table} if summary else {"briefings": checked, "problems": problems}
    return json.dumps(whole, ensure_ascii=False, indent=2)
