"""`briefing check`: every problem of the chosen briefings at once, or a row for each briefing."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from briefing import load, report
from briefing.cli import coverage
from briefing.cli import problems as printed
from briefing.cli.arguments import chosen, existing, prefix_of
from briefing.cli.links import asked
from briefing.load.git_dates import last_changes
from briefing.load.project import setting
from briefing.model.places import Problem, TextFile, sort_problems
from briefing.pipeline import build
from briefing.site.lookup import make_lookup
from briefing.site.ordinary_pages import findings
from briefing.site.page_filler import check_pages
from briefing.site.summary import SummaryRow, rows

Found = tuple[Problem, Mapping[str, TextFile], str]
"""A problem, the files that it points into, and what leads to the docs folder."""


@dataclass(frozen=True, slots=True)
class CheckedSite:
    """The chosen briefings of one docs folder, checked."""

    docs: Path
    library: build.CheckedBriefings
    pages: Mapping[str, str]
    """The ordinary pages that were chosen beside some of the briefings, by path; none for the whole site."""

    @property
    def prefix(self) -> str:
        """What leads from here to the docs folder."""
        return prefix_of(self.docs)


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--format", "style", type=click.Choice(printed.STYLES), default="text", help="How to print.")
@click.option("--summary", is_flag=True, help="Print a row for each briefing instead of the problems.")
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
    paths: tuple[str, ...],
    style: printed.Style,
    summary: bool,
    strict: bool,
    covers: bool,
    least: float | None,
    ask_hosts: bool,
    again: bool,
) -> None:
    """Check briefings and print every problem at once.

    PATH is a briefing's folder, a file in it, a folder above several, or another page of the site; without one, the
    site in this folder is checked, with what its other pages cite. Exits with 0 where all is clean, 1 on errors, 2
    where the command itself was wrong.
    """
    if summary and style not in printed.TABLES:
        raise click.UsageError(f"--summary is printed as {' or '.join(printed.TABLES)}, not as {style}")
    sites = [
        CheckedSite(docs, build.check_library(docs, briefings), {} if _whole(docs, briefings) else _pages(docs, paths))
        for docs, briefings in chosen(paths, pages=True)
    ]
    found = [item for site in sites for item in _found(site)]
    if ask_hosts:
        found += [item for site in sites for item in asked(site.library, site.prefix, again)]
    wanted = covers or summary or least is not None
    told = [each for site in sites for each in coverage.found(site.library, site.prefix)] if wanted else []
    short = [line for path, _, of in told for line in coverage.short_of(path, of, least or 0)]
    problems = [problem for problem, _, _ in found]
    checked = sum(len(site.library.briefings) for site in sites)
    if summary:
        table = [row for site in sites for row in _rows(site, told)]
        click.echo(printed.table(table, style), nl=style != "csv")
    else:
        click.echo(printed.problems(found, style, checked, told if covers or least is not None else None), nl=False)
    if style in ("text", "github"):
        click.echo(report.summary(problems, checked, sum(len(site.pages) for site in sites)))
    if style == "text" and problems:
        click.echo(printed.more(problems[0]))
    for line in short:
        click.echo(line, err=True)
    if short or any(strict or problem.severity == "error" for problem in problems):
        sys.exit(1)


def _found(site: CheckedSite) -> Iterator[Found]:
    """The problems of a library; those of its site too, where all of it was chosen, or of the pages that were."""
    library, docs = site.library, site.docs
    yield from ((problem, files, site.prefix) for problem, files in library.located())
    if _whole(docs, [checked.path for checked in library.briefings]):
        review = setting(docs, "require_review").lower() == "true"
        around = findings(library, docs, load.load_texts(docs), require_review=review)
        yield from ((problem, around.files, site.prefix) for problem in around.problems)
    elif site.pages:
        problems, files = check_pages(site.pages, make_lookup(build.check_library(docs)))
        yield from ((problem, files, site.prefix) for problem in sort_problems(problems, files))


def _whole(docs: Path, briefings: Iterable[str]) -> bool:
    """Whether these are all briefings of a docs folder."""
    return set(briefings) == set(load.find_briefings(docs))


def _pages(docs: Path, paths: tuple[str, ...]) -> Mapping[str, str]:
    """The ordinary pages that were chosen: those below a folder that are published, and every one that was named."""
    given = [existing(path).resolve() for path in paths]
    texts = load.load_texts(docs).items()
    below = {name: text for name, text in texts if any(path in (docs / name).parents for path in given)}
    named = [path for path in given if path.suffix == ".md" and docs in path.parents]
    return {**below, **{path.relative_to(docs).as_posix(): load.load_text(path) for path in named}}


def _rows(site: CheckedSite, told: list[coverage.Found]) -> list[SummaryRow]:
    paths = [checked.path for checked in site.library.briefings]
    shares = {briefing.path: coverage.share(of) for _, briefing, of in told}
    return rows(site.library, last_changes(site.docs, paths), {path: shares[path] for path in paths if path in shares})
