"""`briefing export`: the site as plain Markdown that builds without this program."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from briefing import report
from briefing.cli.problems import colour
from briefing.exports.plain import FolderTakenError, plain_site, write_folder
from briefing.mkdocs.site_input import ConfigurationUnusableError, site_input
from briefing.render.assets import assets


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("-f", "--config-file", type=click.Path(exists=True, dir_okay=False), help="The site's mkdocs.yml.")
def export(folder: Path, config_file: str | None) -> None:
    """Write the site to FOLDER as plain Markdown with a plain mkdocs.yml that builds without this program."""
    try:
        site = site_input(config_file)
    except ConfigurationUnusableError as error:
        raise click.UsageError(str(error)) from error
    published = site.published
    located = list(published.located())
    problems = [problem for problem, _ in located]
    for problem, files in located:
        click.echo(report.as_text(problem, files, site.prefix, colour=colour()) + "\n", err=True)
    broken = published.broken
    if broken:
        click.echo(report.summary(problems, len(published.briefings.briefings)), err=True)
    if broken and not site.keeps_going:
        sys.exit(1)
    exported = plain_site(
        site.settings,
        site.files,
        published.pages,
        published.attachments,
        assets(),
        _files(site.overrides) if site.overrides else {},
        published.site.navigation,
    )
    try:
        write_folder(folder.absolute(), exported.files)
    except (FolderTakenError, OSError) as error:
        raise click.ClickException(str(error)) from error
    for name in exported.dropped:
        click.echo(f"not carried over: {name}", err=True)
    click.echo(f"{folder}: {len(published.pages)} pages of briefings, {len(exported.files)} files in all")
    if broken:
        sys.exit(1)


def _files(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
