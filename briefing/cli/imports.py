"""`briefing import`: comments from tables, annotations from other programs, into the files of a briefing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import get_args

import click

from briefing import anchor, load
from briefing.cli.chosen import chosen
from briefing.edit import EditError, Value, insert_all, write_all
from briefing.imports import ImportFaultError, Left, import_annotations, import_comments
from briefing.imports.rows import Format, decoded, parsed, rows
from briefing.imports.web import foreign
from briefing.load.files import decode
from briefing.model import Briefing
from briefing.places import TextFile

IMPORTED = "annotations/imported.yml"
"""Where imported annotations are written: a file of their own, from which their author moves what is finished."""


@click.group("import")
def import_() -> None:
    """Take what others have collected into a briefing, as drafts to look through."""


_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_BRIEFING = click.argument("briefing", default=".", metavar="[BRIEFING]")
_DRY = click.option("--dry-run", is_flag=True, help="Say what would be taken and left, and write nothing.")


@import_.command("comments")
@_FILE
@_BRIEFING
@click.option("--format", "style", type=click.Choice(get_args(Format)), help="What FILE is, if its name does not tell.")
@click.option("--column", "columns", multiple=True, metavar="FIELD=NAME", help="Which column of FILE a field is.")
@_DRY
def comments(file: Path, briefing: str, style: Format | None, columns: Sequence[str], dry_run: bool) -> None:
    """Add the comments in FILE (CSV, JSON or JSON Lines) to comments.yml.

    BRIEFING is its folder; without one, the only briefing here. Comments that are there stay as they are.
    """
    docs, made = _briefing(briefing)
    try:
        found = rows(file.read_bytes(), file.name, style)
        others = {record.id for record in (*made.annotations, *made.themes, *made.references)}
        taken = import_comments(found, _map(columns), made.comments, others)
    except ImportFaultError as error:
        raise click.ClickException(str(error)) from None
    _write(docs / made.path, {("comments.yml", "comments"): taken.entries}, dry_run)
    _told("comment", len(taken.entries), taken.known, taken.left, "comments.yml", dry_run)
    if taken.entries and not made.scope:
        click.echo("Say in comments.yml, as `scope`, which comments these are and how they were told apart.")


@import_.command("annotations")
@_FILE
@_BRIEFING
@click.option("--speaker", default="", metavar="ID", help="Who says the words of highlights, where it is not known.")
@_DRY
def annotations_(file: Path, briefing: str, speaker: str, dry_run: bool) -> None:
    """Add the annotations in FILE (W3C Web Annotation, or Hypothesis' API) as drafts to annotations/imported.yml.

    BRIEFING is its folder; without one, the only briefing here. What is not found in the source is left and named.
    """
    docs, made = _briefing(briefing)
    if speaker and speaker not in made.roles:
        raise click.UsageError(f"“{speaker}” is not among the people of this briefing: {', '.join(made.roles)}")
    try:
        items = list(foreign(parsed(decoded(file.read_bytes(), file.name), file.name), file.name))
    except ImportFaultError as error:
        raise click.ClickException(str(error)) from None
    taken = import_annotations(items, made, speaker)
    _write(docs / made.path, {(IMPORTED, key): part.entries for key, part in taken.items()}, dry_run)
    known, left = sum(part.known for part in taken.values()), [left for part in taken.values() for left in part.left]
    _told("annotation", sum(len(part.entries) for part in taken.values()), known, left, IMPORTED, dry_run)


def _briefing(name: str) -> tuple[Path, Briefing]:
    """The one briefing that is meant, anchored.

    UsageError where there is none or several, ClickException where it cannot be read as a whole.
    """
    found = [(docs, path) for docs, paths in chosen((name,)) for path in paths]
    if len(found) > 1:
        raise click.UsageError(f"there are several briefings: name one of {', '.join(path for _, path in found)}")
    docs, path = found[0]
    people = load.load_people(docs)
    loaded = load.load_briefing(docs, path, people.people, people.unread)
    if loaded.briefing is None or loaded.unread.lacks("comments") or loaded.unread.lacks("annotations"):
        raise click.ClickException(f"{path} cannot be read as a whole: run `briefing check`, and mend it first")
    return docs, anchor.resolve(loaded.briefing)[0]


def _map(columns: Iterable[str]) -> Mapping[str, str]:
    given = [column.partition("=") for column in columns]
    wrong = next((name for name, mark, column in given if not mark or not column), None)
    if wrong is not None:
        raise click.UsageError(f"--column takes FIELD=NAME, for example text=Comment, and not “{wrong}”")
    return {name.strip(): column for name, _, column in given}


def _write(folder: Path, entries: Mapping[tuple[str, str], Sequence[Mapping[str, Value]]], dry_run: bool) -> None:
    """Add entries to lists in files of the folder: all of them or none."""
    was: dict[Path, bytes | None] = {}
    fresh: dict[Path, TextFile] = {}
    try:
        for (name, key), new in entries.items():
            if new:
                path = folder / name
                if path not in fresh:
                    was[path] = path.read_bytes() if path.exists() else None
                    fresh[path] = decode(was[path] or b"", name)[0]
                fresh[path] = insert_all(fresh[path], (key,), new)
        if not dry_run and fresh:
            write_all({path: file.text.encode() for path, file in fresh.items()}, was=was, inside=folder)
    except (EditError, OSError) as error:
        raise click.ClickException(f"nothing was written: {error}") from None


def _told(what: str, new: int, known: int, left: Sequence[Left], file: str, dry_run: bool) -> None:
    """What was taken, and each thing that was not."""
    for each in left:
        click.echo(f"{each.where}: {each.reason}")
    verb = "would be added" if dry_run else "added"
    there = f", {known:,} there already" if known else ""
    click.echo(f"{_counted(new, what)} {verb} to {file}{there}; {_counted(len(left), 'remark')} above")


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
