"""`briefing check`: print every problem of the chosen briefings at once, or a row for each briefing."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec import Struct

from briefing import load, report
from briefing.cli import problems as printed
from briefing.cli.arguments import chosen, existing, in_briefings, prefix_of
from briefing.load.project import project_folder, setting
from briefing.model.places import Problem, sort_problems
from briefing.pipeline.kept_checks import CheckedFiles, CheckResult, kept_findings
from briefing.pipeline.store import FOLDER, DiskStore, MemoryStore, Store
from briefing.report import explain_command
from briefing.report.ci import LocatedProblem

if TYPE_CHECKING:  # a check that is found again needs nothing that checks
    from briefing.cli.coverage import BriefingCoverage
    from briefing.pipeline.checking import BriefingBuilds
    from briefing.site.summary import SummaryRow


class ChosenSite(Struct, frozen=True, dict=True):
    """The chosen briefings of one docs folder."""

    docs: Path
    briefings: tuple[str, ...]
    pages: Mapping[str, str]
    """The ordinary pages that were chosen beside some of the briefings, by path; none for the whole site."""
    whole: bool
    """Whether all of the site is checked, with what belongs to no briefing."""

    @cached_property
    def library(self) -> BriefingBuilds:
        """The briefings, checked now."""
        from briefing.pipeline.executor import check_stored

        return check_stored(self.docs, self.briefings, self.store)

    @cached_property
    def store(self) -> Store:
        """Where builds of the site keep results; nowhere for briefings without a site, or if it keeps none."""
        folder = project_folder(self.docs)
        if folder is None or setting(self.docs, "cache").lower() in ("false", "no", "off"):
            return MemoryStore()
        store = DiskStore(folder / FOLDER, lambda line: click.echo(line, err=True))
        click.get_current_context().call_on_close(store.close)  # builds, which know what they need, throw away
        return store

    @property
    def prefix(self) -> str:
        """What leads from here to the docs folder."""
        return prefix_of(self.docs)


_FORMATS = (
    "text, for people; json or csv, for programs; github, which marks lines of a pull request; sarif, for code hosts "
    "and editors."
)


@click.command
@in_briefings
@click.option("--format", "style", type=click.Choice(printed.STYLES), default="text", help=_FORMATS)
@click.option("--summary", is_flag=True, help="Print a row for each briefing instead of the problems.")
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
@click.option(
    "--coverage",
    "covers",
    is_flag=True,
    help="Say which quoted passages and numbers of the source are annotated, in draft, set aside, or neither.",
)
@click.option(
    "--min-coverage",
    "least",
    type=click.FloatRange(0, 100),
    metavar="PERCENT",
    help="Exit with 1 if less of either is annotated or set aside; implies --coverage.",
)
@click.option(
    "--links",
    "ask_hosts",
    is_flag=True,
    help="Ask whether the addresses that are named still lead somewhere: nothing else asks other hosts.",
)
@click.option("--again", is_flag=True, help="With --links: check also what was checked in the last day.")
@click.option("-v", "--verbose", is_flag=True, help="Print each TODO like other problems, instead of summing them up.")
def check(
    paths: tuple[str, ...],
    style: printed.Style,
    summary: bool,
    strict: bool,
    covers: bool,
    least: float | None,
    ask_hosts: bool,
    again: bool,
    verbose: bool,
) -> None:
    """Check briefings and print every problem at once.

    PATH may also be another page of the site, or a folder of such. Without -b, the site in this folder is checked, with
    what its other pages cite. Exits with 0 if there are no errors, 1 on errors, 2
    if the command itself was wrong.
    """
    if summary and style not in printed.TABLES:
        raise click.UsageError(f"--summary is printed as {' or '.join(printed.TABLES)}, not as {style}")
    sites = _chosen_sites(paths)
    found = list(chain.from_iterable(map(_all_problems, sites)))
    if ask_hosts:
        found += chain.from_iterable(_link_problems(site, again) for site in sites)
    covers = covers or least is not None
    told = _coverage_of(sites) if covers or summary else []
    if summary:
        from briefing.cli.coverage import table

        click.echo(table(_summary_rows(sites, told), style), nl=style != "csv")
    else:
        shown = told if covers else None
        click.echo(printed.print_found(found, style, _count_briefings(sites), shown, verbose), nl=False)
    problems = [problem for problem, _, _ in found]
    _print_end(problems, sites, style)
    if (told and _print_shortfalls(told, least or 0)) or _has_failed(problems, strict):
        sys.exit(1)


def _has_failed(problems: Iterable[Problem], strict: bool) -> bool:
    return any(strict or problem.severity == "error" for problem in problems)


def _count_briefings(sites: Iterable[ChosenSite]) -> int:
    return sum(len(site.briefings) for site in sites)


def _print_end(problems: Sequence[Problem], sites: Sequence[ChosenSite], style: printed.Style) -> None:
    """Print how many problems there are in how much, and where to read on."""
    if style in ("text", "github"):
        pages = sum(len(site.pages) for site in sites)
        click.echo(report.summary(problems, _count_briefings(sites), pages))
    if style == "text" and problems:
        first = next((problem for problem in problems if problem.code != "todo-left"), problems[0])
        click.echo(f"more about a problem: {explain_command(first.code)}")


def _print_shortfalls(told: Iterable[BriefingCoverage], least: float) -> bool:
    """Print where less than so many per cent are annotated or set aside; return whether that is so anywhere."""
    from briefing.cli.coverage import shortfalls

    short = [line for path, _, of in told for line in shortfalls(path, of, least)]
    for line in short:
        click.echo(line, err=True)
    return bool(short)


def _coverage_of(sites: Iterable[ChosenSite]) -> list[BriefingCoverage]:
    from briefing.cli.coverage import coverage_of

    return list(chain.from_iterable(coverage_of(site.library, site.prefix) for site in sites))


def _chosen_sites(paths: tuple[str, ...]) -> list[ChosenSite]:
    sites = []
    for docs, briefings in chosen(paths, pages=True):
        whole = _is_whole(docs, briefings, paths)
        pages = {} if whole else _chosen_pages(docs, paths)
        sites.append(ChosenSite(docs, briefings, pages, whole))
    return sites


def _all_problems(site: ChosenSite) -> Iterator[LocatedProblem]:
    """Return the problems of a library; also those of its site if all of it was chosen, or of the chosen pages."""
    docs = site.docs
    if not site.whole:
        found = _kept_findings(site)
        yield from ((problem, found.files, site.prefix) for problem in found.problems)
        if site.pages:
            yield from _page_problems(site)
        return
    # some briefings of a site need none of these
    from briefing import resources
    from briefing.load.git_history import former_paths
    from briefing.load.project import own_templates
    from briefing.render.environment import read_templates
    from briefing.site.findings import findings

    yield from ((problem, files, site.prefix) for problem, files in site.library.located())
    around = findings(
        site.library,
        docs,
        load.load_texts(docs),
        require_review=setting(docs, "require_review").lower() == "true",
        templates=read_templates(resources.templates() / "pages", own_templates(docs)),
        former=former_paths(docs, site.briefings),
    )
    yield from ((problem, around.files, site.prefix) for problem in around.problems)


def _kept_findings(site: ChosenSite) -> CheckResult:
    """Return what is wrong in the briefings alone, as the last check of the same bytes has found it."""

    def check_now(files: CheckedFiles) -> CheckResult:
        from briefing.pipeline.checking import check_files

        return check_files(site.docs, files)

    return kept_findings(site.docs, site.briefings, site.store, check_now)


def _page_problems(site: ChosenSite) -> Iterator[LocatedProblem]:
    from briefing.pipeline.executor import check_stored
    from briefing.site.lookup import make_lookup
    from briefing.site.page_filler import check_pages

    every = check_stored(site.docs, load.find_briefings(site.docs), site.store)
    problems, files = check_pages(site.pages, make_lookup(every))
    yield from ((problem, files, site.prefix) for problem in sort_problems(problems, files))


def _is_whole(docs: Path, briefings: Iterable[str], paths: Iterable[str]) -> bool:
    """Return whether a site was chosen: all briefings of its docs folder, and not each by its own name or a file in
    it, so that a site's only briefing can be checked alone, too."""
    every = load.find_briefings(docs)
    folders = {docs / path for path in every} - {docs}
    given = [existing(path).resolve() for path in paths or (".",)]
    return set(briefings) == set(every) and not all(folders & {path, *path.parents} for path in given)


def _chosen_pages(docs: Path, paths: tuple[str, ...]) -> Mapping[str, str]:
    """Return the ordinary pages that were chosen: published ones below a folder, and every one that was named."""
    given = [existing(path).resolve() for path in paths]
    every = any(docs.is_relative_to(path) for path in given)
    folders = tuple(f"{path.relative_to(docs).as_posix()}/" for path in given if path.is_relative_to(docs))
    below = load.load_texts(docs, lambda name: every or name.startswith(folders))
    named = [path for path in given if path.suffix == ".md" and docs in path.parents]
    return {**below, **{path.relative_to(docs).as_posix(): load.load_text(path) for path in named}}


def _summary_rows(sites: Iterable[ChosenSite], told: Iterable[BriefingCoverage]) -> list[SummaryRow]:
    """Return a row for each briefing, with the share of it that is annotated."""
    from briefing.cli.coverage import covered_share
    from briefing.load.git_history import last_changes
    from briefing.site.summary import rows

    shares = {briefing.path: covered_share(of) for _, briefing, of in told}
    table: list[SummaryRow] = []
    for site in sites:
        paths = [checked.path for checked in site.library.briefings]
        own = {path: shares[path] for path in paths if path in shares}
        table += rows(site.library, last_changes(site.docs, paths), own)
    return table


def _link_problems(site: ChosenSite, again: bool) -> Iterator[LocatedProblem]:
    """Ask the hosts of the addresses that briefings name, show how far it is, and yield each problem once."""
    from briefing.authoring import links  # with all that speaks to other hosts

    library = site.library
    named = {checked.path: links.addresses(checked.briefing) for checked in library.briefings if checked.briefing}
    urls = list(dict.fromkeys(address.url for found in named.values() for address in found))
    file = links.memory_file()
    known = {} if again else links.remembered_answers(file)
    new = sum(url not in known for url in urls)
    with click.progressbar(length=new, label="asking hosts", file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        answers = links.ask(urls, known, lambda url: bar.update(1))
    links.remember_answers(file, answers)
    told: set[Problem] = set()
    for checked in library.briefings:
        for problem in links.findings(named.get(checked.path, ()), answers):
            if problem not in told:
                told.add(problem)
                yield problem, {**library.files, **checked.files}, site.prefix
