"""`briefing check`: every problem of the chosen briefings at once."""

from __future__ import annotations

import json
import sys

import click

from briefing import build, report
from briefing.cli.chosen import chosen, prefix_of
from briefing.cli.links import asked
from briefing.cli.shown import colour


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="How to print problems.")
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@click.option(
    "--links", "ask_hosts", is_flag=True, help="Ask whether the addresses that are named still lead somewhere."
)
@click.option("--again", is_flag=True, help="With --links: ask also what was asked in the last day.")
def check(paths: tuple[str, ...], style: str, strict: bool, ask_hosts: bool, again: bool) -> None:
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
    if style == "json":
        rows = [report.as_row(*item) for item in found]
        click.echo(json.dumps({"briefings": checked, "problems": rows}, ensure_ascii=False, indent=2))
    else:
        for problem, files, prefix in found:
            click.echo(report.as_text(problem, files, prefix, colour=colour()) + "\n")
        click.echo(report.summary(problems, checked))
    if any(strict or problem.severity == "error" for problem in problems):
        sys.exit(1)
