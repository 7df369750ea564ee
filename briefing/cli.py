"""The command line: `briefing check`, `briefing export`, and MkDocs' own `build` and `serve`."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import click

from briefing import __version__, build, load, report, resources
from briefing.exports.plain import plain_site
from briefing.exports.write import FolderTakenError, write_folder
from briefing.load.project import docs_folder, project_docs
from briefing.plugin.commands import MOUNTED, ConfigurationUnusableError, site_input


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="briefing")
def main() -> None:
    """Turn a source text and YAML annotations into a verified, searchable site."""


for _name, _command in MOUNTED.items():
    main.add_command(_command, _name)


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="How to print problems.")
@click.option("--strict", is_flag=True, help="Exit with 1 on warnings too.")
def check(paths: tuple[str, ...], style: str, strict: bool) -> None:
    """Check briefings and print every problem at once.

    PATH is a briefing's folder, a file in it, or a folder above several; without one, the site in this folder is
    checked. Exits with 0 where all is clean, 1 on errors, 2 where the command itself was wrong.
    """
    libraries = [(_prefix(docs), build.check_library(docs, chosen)) for docs, chosen in _chosen(paths)]
    found = [(problem, files, prefix) for prefix, library in libraries for problem, files in library.located()]
    problems = [problem for problem, _, _ in found]
    checked = sum(len(library.briefings) for _, library in libraries)
    if style == "json":
        rows = [report.as_row(*item) for item in found]
        click.echo(json.dumps({"briefings": checked, "problems": rows}, ensure_ascii=False, indent=2))
    else:
        for problem, files, prefix in found:
            click.echo(report.as_text(problem, files, prefix, colour=_colour()) + "\n")
        click.echo(report.summary(problems, checked))
    if any(strict or problem.severity == "error" for problem in problems):
        sys.exit(1)


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("-f", "--config-file", type=click.Path(exists=True, dir_okay=False), help="The site's mkdocs.yml.")
def export(folder: Path, config_file: str | None) -> None:
    """Write the site to FOLDER as plain Markdown with a plain mkdocs.yml that builds without this program."""
    try:
        site = site_input(config_file)
    except ConfigurationUnusableError as error:
        raise click.UsageError(str(error)) from error
    problems = [problem for problem, _ in site.library.located()]
    for problem, files in site.library.located():
        click.echo(report.as_text(problem, files, site.prefix, colour=_colour()) + "\n", err=True)
    if site.library.broken:
        click.echo(report.summary(problems, len(site.library.briefings)), err=True)
        sys.exit(1)
    overrides = _files(site.overrides) if site.overrides else {}
    exported = plain_site(site.settings, site.files, site.pages, site.attachments, resources.assets(), overrides)
    try:
        write_folder(folder.absolute(), exported.files)
    except (FolderTakenError, OSError) as error:
        raise click.ClickException(str(error)) from error
    for name in exported.dropped:
        click.echo(f"not carried over: {name}", err=True)
    click.echo(f"{folder}: {len(site.pages)} pages of briefings, {len(exported.files)} files in all")


def _chosen(paths: tuple[str, ...]) -> list[tuple[Path, tuple[str, ...]]]:
    """Docs folders with the briefings to check in each. UsageError where a path leads to none."""
    chosen: dict[Path, dict[str, None]] = {}
    for name in paths or (".",):
        path = _existing(name)
        docs = docs_folder(path)
        briefings = list(_briefings(docs, path.resolve()))
        if not briefings and paths:
            raise click.UsageError(f"there is no briefing.yml in {name}, below it or above it")
        chosen.setdefault(docs, {}).update(dict.fromkeys(briefings))
    return [(docs, tuple(briefings)) for docs, briefings in chosen.items()]


def _existing(name: str) -> Path:
    """A path as given, or below the docs folder of the site in this folder, as pages print it."""
    docs = project_docs(Path.cwd())
    for path in (Path(name), *([docs / name] if docs else [])):
        if path.exists():
            return path
    raise click.UsageError(f"{name} does not exist")


def _briefings(docs: Path, path: Path) -> Iterable[str]:
    """The briefings that a path means: those below it, or the one that it lies in."""
    for found in load.find_briefings(docs):
        folder = docs / found
        if path in (docs.parent, folder) or path in folder.parents or folder in path.parents:
            yield found


def _files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def _prefix(docs: Path) -> str:
    return Path(os.path.relpath(docs)).as_posix() + "/"


def _colour() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
