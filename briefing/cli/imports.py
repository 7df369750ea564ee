"""`briefing import`: comments from tables, annotations from other programs, into the files of a briefing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import get_args

import click

from briefing import anchor, load
from briefing.authoring.edit import EditError, Value, insert_all, parsed, set_field, write_all
from briefing.authoring.edit.files import encoded
from briefing.authoring.imports import Imported, Left, import_annotations, import_comments, record, scope
from briefing.authoring.imports.web_annotations import foreign, items_of
from briefing.check.rules.imported_comments import Read, read_all
from briefing.cli.arguments import chosen
from briefing.load.files import decode
from briefing.load.schema.fields import is_todo
from briefing.load.yaml import Map
from briefing.model import Briefing, TableFormat
from briefing.model.places import TextFile
from briefing.render.messages import Messages, messages
from briefing.tables import TableError, rows, style_of

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
@click.option(
    "--format", "style", type=click.Choice(get_args(TableFormat)), help="What FILE is, if its name does not tell."
)
@click.option("--column", "columns", multiple=True, metavar="FIELD=NAME", help="Which column of FILE a field is.")
@_DRY
def comments(file: Path, briefing: str, style: TableFormat | None, columns: Sequence[str], dry_run: bool) -> None:
    """Add the comments in FILE (CSV, JSON, JSON Lines, or the XML of Disqus) to comments.yml.

    BRIEFING is its folder; without one, the only briefing here. Comments that are there stay as they are. FILE is kept
    in the folder with its hash, so that every check compares the comments with it; it is never published.
    """
    docs, made = _briefing(briefing)
    data = file.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    earlier = read_all(made)
    recorded = next((one for one in earlier if one.original.sha256 == digest), None)
    others = {record.id for record in (*made.annotations, *made.themes, *made.references)}
    try:
        style = style or (recorded.original.format if recorded else style_of(file.name))
        found = rows(data, file.name, style)
        taken = import_comments(
            found, style, _map(columns), made.comments, taken=others, earlier=earlier, recorded=recorded
        )
    except TableError as error:
        raise click.ClickException(str(error)) from None
    kept = recorded.original.file if recorded else _kept_name(docs / made.path, style, file.suffix.lower())
    if taken.entries or (taken.known and not recorded):
        _write_comments(docs, made, taken, data, recorded, record(taken, kept, digest, style, _say(made)), dry_run)
    _told("comment", len(taken.entries), taken.known, taken.remarks, "comments.yml", dry_run)
    if not recorded and (taken.entries or taken.known):
        click.echo(f"{file.name} {'would be' if dry_run else 'is'} kept as {kept}, with its hash in comments.yml")


ENDINGS: Mapping[TableFormat, tuple[str, ...]] = {
    "csv": (".csv", ".tsv"), "json": (".json",), "jsonl": (".jsonl", ".ndjson"), "xml": (".xml",),
}  # fmt: skip


def _kept_name(folder: Path, style: TableFormat, ending: str) -> str:
    """A name that is free for a file to be kept, and that no site publishes: comments-original-2.csv."""
    ending = ending if ending in ENDINGS[style] else ENDINGS[style][0]
    taken = {path.stem for path in folder.glob("comments-original*")}
    names = ("comments-original", *(f"comments-original-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken) + ending


def _say(made: Briefing) -> Messages:
    return messages(made.language)


def _write_comments(
    docs: Path,
    made: Briefing,
    taken: Imported,
    data: bytes,
    recorded: Read | None,
    entry: Mapping[str, Value],
    dry_run: bool,
) -> None:
    """The comments, what is recorded of their file, and the file itself: all of them or none."""
    folder = docs / made.path
    path = folder / "comments.yml"
    was: dict[Path, bytes | None] = {path: path.read_bytes() if path.exists() else None}
    try:
        fresh = decode(was[path] or b"", "comments.yml")[0]
        fresh = insert_all(fresh, ("comments",), taken.entries) if taken.entries else fresh
        fresh = _recorded(fresh, made, recorded, entry)
        fresh = _scoped(fresh, scope(taken, _say(made))) if taken.entries else fresh
        files = {path: encoded(fresh.text, was[path])}
        if recorded is None:
            files[folder / str(entry["file"])] = data
            was[folder / str(entry["file"])] = None
        if not dry_run:
            write_all(files, was=was, inside=folder)
    except (EditError, OSError) as error:
        raise click.ClickException(f"nothing was written: {error}") from None


def _recorded(file: TextFile, made: Briefing, recorded: Read | None, entry: Mapping[str, Value]) -> TextFile:
    """comments.yml with the entry of an export; of one that is there, with what is new about its rows."""
    if recorded is None:
        return insert_all(file, ("originals",), [entry])
    at = ("originals", [one.at for one in made.comment_originals].index(recorded.original.at))
    for key in ("renumbered", "left_out"):
        new = entry.get(key)
        if isinstance(new, list):
            file = insert_all(file, (*at, key), new)
    return file


def _scoped(file: TextFile, clause: str) -> TextFile:
    """comments.yml with what was taken in its `scope`, behind what the author says there; a TODO stays one."""
    data = parsed(file).data
    said = str(data.get("scope") or "").strip() if isinstance(data, Map) else ""
    if is_todo(said):
        return set_field(file, (), "scope", f"{said} ({clause})")
    return set_field(file, (), "scope", f"{said.rstrip('.')}; {clause}" if said else clause)


@import_.command("annotations")
@_FILE
@_BRIEFING
@click.option("--speaker", default="", metavar="ID", help="Who says the words of highlights, where it is not known.")
@_DRY
def annotations_(file: Path, briefing: str, speaker: str, dry_run: bool) -> None:
    """Add the annotations in FILE (W3C Web Annotation or Hypothesis) as drafts to annotations/imported.yml.

    BRIEFING is its folder; without one, the only briefing here. What is not found in the source is left and named.
    """
    docs, made = _briefing(briefing)
    if speaker and speaker not in made.roles:
        raise click.UsageError(f"“{speaker}” is not among the people of this briefing: {', '.join(made.roles)}")
    try:
        items = list(foreign(items_of(file.read_bytes(), file.name), file.name))
    except TableError as error:
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
        raise click.ClickException(f"{path} cannot be read as a whole: run `briefing check`, and fix it first")
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
