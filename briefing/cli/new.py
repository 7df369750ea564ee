"""`briefing new`: a briefing from a document that somebody saved."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import click

from briefing import load, report
from briefing.authoring import ingest
from briefing.authoring.ingest import Draft, FolderThereError, NoArticleError
from briefing.cli.problems import colour
from briefing.load.files import YAML_LIMIT
from briefing.load.project import project_docs
from briefing.load.schema.formats import wrong_date
from briefing.model.places import locate
from briefing.pipeline import build
from briefing.readers import MAX_BYTES, UnknownReader, UnreadableDocument

SLUG = re.compile(r"[a-z0-9][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*)*")
SHOWN = 12
"""Things to do that are printed; the check prints all."""


@click.command()
@click.argument("slug")
@click.option(
    "--from",
    "file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The document: .html (a saved page), .txt, .md, .docx, .pdf, .vtt or .srt.",
)
@click.option("--retrieved", default="", metavar="DATE", help="When the document was fetched, as 2025-11-07.")
def new(slug: str, file: Path, retrieved: str) -> None:
    """Make the briefing SLUG from a document.

    The original is kept as it is, with its hash; the text, the readers' comments and what the document says about
    itself are written as files that pass the check. What is uncertain is a TODO that the check points at. SLUG is the
    name of the new folder in docs/briefings, or its path below docs.
    """
    docs = _docs()
    path = _path(slug)
    if retrieved and (wrong := wrong_date(retrieved)):
        raise click.UsageError(f"--retrieved: {wrong[0]}; {wrong[1]}")
    folder = docs / path
    if os.path.lexists(folder):
        raise click.ClickException(f"{folder} is there already; choose another name")
    data = _bytes(file)
    drafted = _draft(data, file)
    people = {person.name.lower(): person.id for person in load.load_people(docs).people.values()}
    made = ingest.files(
        drafted,
        data,
        file.suffix.lower(),
        today=date.today().isoformat(),
        retrieved=retrieved,
        people=people,
        folder=folder,
        schemas=_schemas(docs),
    )
    if len(made.get("comments.yml", b"")) > YAML_LIMIT:
        many = f"its {len(drafted.comments):,} comments are more than a comments.yml may hold"
        what = f"{many} ({YAML_LIMIT // 1_000_000} MB); save the page with fewer of them"
        raise click.ClickException(f"{file} cannot be made a briefing: {what}")
    try:
        ingest.write_new(folder, made)
    except FolderThereError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"{folder} cannot be written: {error.strerror or error}") from error
    _tell(drafted, docs, path)


def _docs() -> Path:
    """The docs folder of the site that the working directory lies in."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if docs := project_docs(folder):
            return docs
    raise click.UsageError("there is no mkdocs.yml here or above; `briefing init` makes a site")


def _path(slug: str) -> str:
    given = slug.strip("/")
    if not SLUG.fullmatch(given):
        raise click.UsageError(f"“{slug}” cannot be an address: write small letters a–z, digits and hyphens")
    return given if "/" in given else f"briefings/{given}"


def _bytes(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MAX_BYTES + 1)
    except OSError as error:
        raise click.ClickException(f"{file} cannot be opened: {error.strerror or error}") from error


def _draft(data: bytes, file: Path) -> Draft:
    try:
        return ingest.draft(data, file.name)
    except UnknownReader as error:
        raise click.ClickException(str(error)) from error
    except (UnreadableDocument, NoArticleError) as error:
        raise click.ClickException(f"{file} cannot be made a briefing: {error}") from error


def _schemas(docs: Path) -> Path | None:
    """The folder of the site's JSON Schemas, as `briefing init` makes it."""
    schemas = docs.parent / "schemas"
    return schemas if (schemas / "briefing.schema.json").is_file() else None


def _tell(drafted: Draft, docs: Path, path: str) -> None:
    """What was made, and what is left to do."""
    prefix = Path(os.path.relpath(docs)).as_posix() + "/"
    comments = f", {len(drafted.comments)} comments" if drafted.comments else ""
    click.echo(f"{prefix}{path}: {len(drafted.paragraphs)} paragraphs{comments}")
    if drafted.encoding:
        click.echo(f"It was read as {drafted.encoding}, which is a guess: look at letters with accents.")
    checked = build.check_alone(docs, path)
    todos = [problem for problem in checked.problems if problem.code == "todo-left"]
    for problem in (problem for problem in checked.problems if problem.code != "todo-left"):
        click.echo("\n" + report.as_text(problem, checked.files, prefix, colour=colour()))
    if todos:
        click.echo("\nStill to be filled in (`briefing check` points at each):")
    for problem in todos[:SHOWN]:
        place = locate(problem.at, checked.files)
        line = f":{place.line}" if place else ""
        click.echo(f"  {prefix}{problem.at.file}{line}: {problem.message}")
    if len(todos) > SHOWN:
        click.echo(f"  and {len(todos) - SHOWN} more")
