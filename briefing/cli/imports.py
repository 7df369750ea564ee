"""`briefing import`: comments from tables, annotations from other programs, remarks of colleagues."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import click

from briefing import anchor, load
from briefing.authoring.edit import EditError, insert_all, parsed, set_field
from briefing.authoring.edit.entries import Value
from briefing.authoring.edit.files import Content, write_all
from briefing.authoring.imports import Remark
from briefing.authoring.imports.annotations import import_annotations
from briefing.authoring.imports.comments import ImportedComments, import_comments, original_entry, scope_of
from briefing.authoring.imports.web_annotations import read_annotations
from briefing.authoring.ingest.folder import is_moderated
from briefing.check.rules.imported_comments import ImportedExport, read_exports
from briefing.cli.arguments import in_briefing_or_former, only_briefing, settle
from briefing.cli.review_files import import_review
from briefing.load import Loaded
from briefing.load.schema.fields import is_todo
from briefing.load.yaml import Map
from briefing.model import Briefing, TableFormat
from briefing.model.places import TextFile, one_line
from briefing.render.messages import messages
from briefing.report import count_of, reason_of
from briefing.tables import TableError, rows, style_of

IMPORTED = "annotations/imported.yml"
"""Where imported annotations are written: a file of their own, from which their author moves what is finished."""


@click.group("import")
def import_() -> None:
    """Import what others have collected into a briefing, as drafts to review."""


import_.add_command(import_review)


_FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
_DRY = click.option("--dry-run", is_flag=True, help="Say what would be imported and left out, and write nothing.")


@dataclass(frozen=True, slots=True)
class _Target:
    """The briefing that is imported into."""

    docs: Path
    loaded: Loaded
    briefing: Briefing
    """Anchored."""
    registers: Mapping[str, TextFile]
    """What it was read with, whose ids it has."""

    @property
    def folder(self) -> Path:
        """Its folder."""
        return self.docs / self.loaded.path

    def name(self, file: str) -> str:
        """Return a file of its folder, relative to the docs folder."""
        return file if self.loaded.path == "." else f"{self.loaded.path}/{file}"

    def change(
        self, file: str, change: Callable[[TextFile], TextFile], dry_run: bool, kept: Mapping[str, bytes] | None = None
    ) -> None:
        """Change a file of its folder, or make it, and write it with those that are `kept`: all or none.

        ClickException where it cannot be changed so, or not be written.
        """
        was: dict[Path, Content | None] = {
            self.docs / name: read.text for name, read in {**self.registers, **self.loaded.files}.items()
        }
        new: dict[Path, Content] = {self.folder / name: data for name, data in (kept or {}).items()}
        given, path = self.loaded.files.get(self.name(file)), self.docs / self.name(file)
        try:
            new[path] = change(TextFile(file, given.text if given else "")).text
            if not dry_run:
                write_all(new, was={**dict.fromkeys(new), **was}, inside=self.docs)
        except (EditError, OSError) as error:
            raise click.ClickException(f"nothing was written: {reason_of(error)}") from None


def _read_briefing(name: str | None) -> _Target:
    """Return the one briefing that is meant.

    UsageError where there is none or several, ClickException where it cannot be read as a whole.
    """
    docs, path = only_briefing(name)
    settle(docs)
    people = load.load_people(docs)
    loaded = load.load_briefing(docs, path, people.people, people.unread)
    if loaded.briefing is None or loaded.unread.lacks("comments") or loaded.unread.lacks("annotations"):
        raise click.ClickException(f"{path} cannot be read as a whole: run `briefing check`, and fix it first")
    return _Target(docs, loaded, anchor.resolve(loaded.briefing)[0], people.files)


def _print_result(what: str, new: int, known: int, remarks: Sequence[Remark], file: str, dry_run: bool) -> None:
    """Print what was imported, and a remark on everything that was not."""
    for remark in remarks:
        click.echo(one_line(f"{remark.where}: {remark.reason}"))
    verb = "would be added" if dry_run else "added"
    there = f", {known:,} already there" if known else ""
    click.echo(f"{count_of(new, what)} {verb} to {file}{there}; {count_of(len(remarks), 'remark')} above")


# --- comments ---------------------------------------------------------------------------------------------------


@import_.command("comments", short_help="Add the comments in a table or an export.")
@_FILE
@in_briefing_or_former
@click.option(
    "--format", "style", type=click.Choice(get_args(TableFormat)), help="FILE’s format, if its name does not show it."
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    help="Which column of FILE a field is, such as text=Comment; may be given several times.",
)
@_DRY
def comments(file: Path, path: str | None, style: TableFormat | None, columns: Sequence[str], dry_run: bool) -> None:
    """Add the comments in FILE (CSV, JSON, JSON Lines, or the XML of Disqus) to comments.yml.

    Without -b, the only briefing here is meant. Comments that are there stay as they are. FILE is kept
    in the folder with its hash, so that every check compares the comments with it; it is never published.
    """
    target = _read_briefing(path)
    made, data = target.briefing, file.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    earlier = read_exports(made)
    recorded = next((one for one in earlier if one.original.sha256 == digest), None)
    others = {record.id for record in (*made.annotations, *made.themes, *made.references)}
    try:
        style = style or (recorded.original.format if recorded else style_of(file.name))
        found = rows(data, file.name, style)
        imported = import_comments(
            found, style, _columns_by_field(columns), made.comments, taken=others, earlier=earlier, recorded=recorded
        )
    except TableError as error:
        raise click.ClickException(str(error)) from None
    kept = recorded.original.file if recorded else _free_file_name(target.folder, style, file.suffix.lower())
    is_new = not recorded and bool(imported.entries or imported.known)
    if is_new or imported.entries:
        target.change(
            "comments.yml",
            lambda fresh: _with_comments(fresh, made, imported, recorded, kept, digest, style),
            dry_run,
            {} if recorded else {kept: data},
        )
    _print_result("comment", len(imported.entries), imported.known, imported.remarks, "comments.yml", dry_run)
    if is_new:
        click.echo(
            f"{one_line(file.name)} {'would be' if dry_run else 'is'} kept as {kept}, with its hash in comments.yml"
        )


def _columns_by_field(columns: Sequence[str]) -> Mapping[str, str]:
    given = [column.partition("=") for column in columns]
    wrong = next((name for name, mark, column in given if not mark or not column), None)
    if wrong is not None:
        raise click.UsageError(f"--column needs FIELD=NAME, for example text=Comment, not “{wrong}”")
    return {name.strip(): column for name, _, column in given}


ENDINGS: Mapping[TableFormat, tuple[str, ...]] = {
    "csv": (".csv", ".tsv"), "json": (".json",), "jsonl": (".jsonl", ".ndjson"), "xml": (".xml",),
}  # fmt: skip


def _free_file_name(folder: Path, style: TableFormat, ending: str) -> str:
    """Return a free name for a file that is kept, and that no site publishes: comments-original-2.csv."""
    ending = ending if ending in ENDINGS[style] else ENDINGS[style][0]
    taken = {path.stem for path in folder.glob("comments-original*")}
    names = ("comments-original", *(f"comments-original-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken) + ending


def _with_comments(
    fresh: TextFile,
    made: Briefing,
    imported: ImportedComments,
    recorded: ImportedExport | None,
    kept: str,
    digest: str,
    style: TableFormat,
) -> TextFile:
    """Return comments.yml with new comments, what is recorded of their file, and what its `scope` says of them."""
    say = messages(made.language)
    if imported.entries:
        fresh = insert_all(fresh, ("comments",), imported.entries)
        moderated = [entry["id"] for entry in imported.entries if is_moderated(str(entry.get("text", "")))]
        aside: list[Value] = [{"comment": id, "reason": "moderated"} for id in moderated]
        fresh = insert_all(fresh, ("set_aside",), aside) if aside else fresh
    entry = original_entry(imported, kept, digest, style, say)
    if recorded is None:
        fresh = insert_all(fresh, ("originals",), [entry])
    else:  # the file has been imported before: only what is new about its rows
        at = ("originals", [one.at for one in made.comment_originals].index(recorded.original.at))
        for key in ("renumbered", "left_out"):
            new = entry.get(key)
            if isinstance(new, list):
                fresh = insert_all(fresh, (*at, key), new)
    if not imported.entries:
        return fresh
    # behind what the author says in `scope`; a TODO stays one
    data, clause = parsed(fresh).data, scope_of(imported, say)
    said = str(data.get("scope") or "").strip() if isinstance(data, Map) else ""
    if is_todo(said):
        return set_field(fresh, (), "scope", f"{said} ({clause})")
    return set_field(fresh, (), "scope", f"{said.rstrip('.')}; {clause}" if said else clause)


# --- annotations ------------------------------------------------------------------------------------------------


@import_.command("annotations", short_help="Add annotations of other programs, as drafts.")
@_FILE
@in_briefing_or_former
@click.option("--speaker", default="", metavar="ID", help="Who says the words of highlights, if it is not known.")
@_DRY
def annotations_(file: Path, path: str | None, speaker: str, dry_run: bool) -> None:
    """Add the annotations in FILE (W3C Web Annotation or Hypothesis) as drafts to annotations/imported.yml.

    Without -b, the only briefing here is meant. What is not found in the source is left out and named.
    """
    target = _read_briefing(path)
    made = target.briefing
    if speaker and speaker not in made.roles:
        raise click.UsageError(f"“{speaker}” is not among the people of this briefing: {', '.join(made.roles)}")
    try:
        imported = import_annotations(list(read_annotations(file.read_bytes(), file.name)), made, speaker)
    except TableError as error:
        raise click.ClickException(str(error)) from None

    def with_drafts(fresh: TextFile) -> TextFile:
        for key, entries in imported.entries.items():
            fresh = insert_all(fresh, (key,), entries) if entries else fresh
        return fresh

    if any(imported.entries.values()):
        target.change(IMPORTED, with_drafts, dry_run)
    new = sum(map(len, imported.entries.values()))
    _print_result("annotation", new, imported.known, imported.remarks, IMPORTED, dry_run)
