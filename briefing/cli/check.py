"""`briefing check`: every problem of the chosen briefings at once."""

from __future__ import annotations

import json
import sys

import click

from briefing import __version__, build, ci, explain, report, resources
from briefing.cli import coverage
from briefing.cli.chosen import chosen, prefix_of
from briefing.cli.links import asked
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
@click.option("--coverage", "covers", is_flag=True, help="Say which quoted passages and numbers are annotated.")
@click.option(
    "--min-coverage",
    "least",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Exit with 1 where less of either is annotated or set aside; implies --coverage.",
)
@click.option(
    "--links", "ask_hosts", is_flag=True, help="Ask whether the addresses that are named still lead somewhere."
)
@click.option("--again", is_flag=True, help="With --links: ask also what was asked in the last day.")
def check(
    paths: tuple[str, ...], style: str, strict: bool, covers: bool, least: float | None, ask_hosts: bool, again: bool
) -> None:
    """Check briefings and print every problem at once.

    PATH is a briefing's folder, a file in it, or a folder above several; without one, the site in this folder is
    checked. Exits with 0 where all is clean, 1 on errors, 2 where the command itself was wrong.
    """
    libraries = [(prefix_of(docs), build.check_library(docs, briefings)) for docs, briefings in chosen(paths)]
    found = [(problem, files, prefix) for prefix, library in libraries for problem, files in library.located()]
    if ask_hosts:
        found += [item for prefix, library in libraries for item in asked(library, prefix, again)]
    problems = [problem for problem, _, _ in found]
    checked = sum(len(library.briefings) for _, library in libraries)
    wanted = covers or least is not None
    told = [each for prefix, library in libraries for each in coverage.found(library, prefix)] if wanted else []
    short = [line for path, _, of in told for line in coverage.short_of(path, of, least or 0)]
    if style == "json":
        rows = [report.as_row(*item) for item in found]
        more = {"coverage": [coverage.as_row(*each) for each in told]} if wanted else {}
        click.echo(json.dumps({"briefings": checked, "problems": rows, **more}, ensure_ascii=False, indent=2))
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
        for each in told:
            click.echo(coverage.as_text(*each) + "\n")
        click.echo(report.summary(problems, checked))
        if problems:
            click.echo(f"more about a problem: {explain.command(problems[0].code)}")
    for line in short:
        click.echo(line, err=True)
    if short or any(strict or problem.severity == "error" for problem in problems):
        sys.exit(1)
