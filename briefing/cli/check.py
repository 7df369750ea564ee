"""`briefing check`: every problem of the chosen briefings at once."""

from __future__ import annotations

import json
import sys

import click

from briefing import __version__, build, ci, explain, report, resources
from briefing.cli.chosen import chosen, prefix_of
from briefing.cli.shown import colour


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--format",
    "style",
    type=click.Choice(["text", "json", "github", "sarif"]),
    default="text",
    help="How to print problems.",
)
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
def check(paths: tuple[str, ...], style: str, strict: bool) -> None:
    """Check briefings and print every problem at once.

    PATH is a briefing's folder, a file in it, or a folder above several; without one, the site in this folder is
    checked. Exits with 0 where all is clean, 1 on errors, 2 where the command itself was wrong.
    """
    libraries = [(prefix_of(docs), build.check_library(docs, briefings)) for docs, briefings in chosen(paths)]
    found = [(problem, files, prefix) for prefix, library in libraries for problem, files in library.located()]
    problems = [problem for problem, _, _ in found]
    checked = sum(len(library.briefings) for _, library in libraries)
    if style == "json":
        rows = [report.as_row(*item) for item in found]
        click.echo(json.dumps({"briefings": checked, "problems": rows}, ensure_ascii=False, indent=2))
    elif style == "github":
        for line in ci.github(found):
            click.echo(line)
        click.echo(report.summary(problems, checked))
    elif style == "sarif":
        log = ci.sarif(found, __version__, resources.problems())
        click.echo(json.dumps(log, ensure_ascii=False, indent=2))
    else:
        for problem, files, prefix in found:
            click.echo(report.as_text(problem, files, prefix, colour=colour()) + "\n")
        click.echo(report.summary(problems, checked))
        if problems:
            click.echo(f"more about a problem: {explain.command(problems[0].code)}")
    if any(strict or problem.severity == "error" for problem in problems):
        sys.exit(1)
