"""`briefing export --format html`, `epub` and `pdf`: one published briefing in one file, as its site has it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from briefing import report
from briefing.authoring.edit import EditError
from briefing.authoring.edit.files import write
from briefing.cli.arguments import only_briefing, prefix_of, settle
from briefing.cli.problems import print_problems
from briefing.engines import find_configuration
from briefing.load.project import project_folder
from briefing.model.places import one_line
from briefing.pipeline.briefing_build import PageSettings
from briefing.pipeline.checking import check_library
from briefing.pipeline.pdf_copies import PdfFailedError, find_browser, print_pdf
from briefing.render.names import COPIES

BEGINS = {"html": b"<!doctype html><!-- briefing copy -->", "epub": b"PK\x03\x04", "pdf": b"%PDF-"}
"""What the files of each format begin with, by which a later one may take their place."""


def export_copy(file: Path, style: str, config_file: str | None, path: str | None, browser: str = "") -> None:
    """Write the copy of a briefing; `browser` prints a PDF.

    UsageError for a wrong place or option; ends the command with 1 where the briefing has errors.
    """
    if browser and style != "pdf":
        raise click.UsageError("--browser goes with --format pdf")
    _refuse_place(file, style)
    docs, folder = only_briefing(path)
    settle(docs)
    settings = _settings(docs, style, config_file)
    builds = check_library(docs, [folder], settings)
    located = list(builds.located())
    for problem, files in located:
        print_problems([problem], files, prefix_of(docs))
    if builds.broken:
        click.echo(report.summary([problem for problem, _ in located], 1), err=True)
        sys.exit(1)
    (build,) = builds.briefings
    if build.facts is None:
        raise click.ClickException(
            f"{one_line(folder)} is not published ({build.outline.status}), and a copy shows what readers see; "
            "--format review writes a draft for colleagues"
        )
    made = COPIES["html" if style == "pdf" else style]
    content = next(one.content for one in build.attachments if one.path.rpartition("/")[2] == made)
    if style == "pdf":
        try:
            content = print_pdf(content, find_browser(browser), build.outline.date)
        except PdfFailedError as error:
            raise click.ClickException(str(error)) from error
    try:
        write(file.absolute(), content)
    except (EditError, OSError) as error:
        raise click.ClickException(f"nothing was written: {report.reason_of(error)}") from error
    click.echo(f"{one_line(str(file))}: {one_line(folder)}, {max(1, round(len(content) / 1000)):,} kB")
    if not settings.publication.complete:
        click.echo("Links to the site are left out: set site_url, so that its address is known.", err=True)


def _settings(docs: Path, style: str, config_file: str | None) -> PageSettings:
    """Return how the site makes copies. UsageError for a configuration that cannot be used."""
    # here, since the other commands need no MkDocs, which takes its time to import
    from briefing.mkdocs.site_input import ConfigurationUnusableError, copy_settings, read_mkdocs_configuration
    from briefing.zensical.configuration import read_configuration

    file = Path(config_file) if config_file else find_configuration(None, project_folder(docs) or docs.parent)
    try:
        if file and file.suffix == ".toml":
            return copy_settings(read_configuration(file).for_mkdocs(), (style,))
        return copy_settings(read_mkdocs_configuration(str(file) if file else None), (style,))
    except ConfigurationUnusableError as error:
        raise click.UsageError(" ".join(str(error).split())) from error


def _refuse_place(file: Path, style: str) -> None:
    """Raise UsageError where a copy would take the place of something else."""
    if file.is_dir():
        raise click.UsageError(f"{file} is a folder; name the file to write, for example briefing.{style}")
    if os.path.lexists(file):
        begins = BEGINS[style]
        with file.open("rb") as opened:
            start = opened.read(len(begins) + 60)
            if not start.startswith(begins) or (style == "epub" and b"application/epub+zip" not in start):
                raise click.UsageError(f"{file} is there already, and is no such copy; choose another name")
