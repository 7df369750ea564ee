"""`briefing schema`: the JSON Schemas of the YAML files, for editors."""

from __future__ import annotations

from pathlib import Path

import click

from briefing import resources
from briefing.authoring import edit
from briefing.authoring.edit.entries import wired
from briefing.cli.arguments import chosen, prefix_of
from briefing.pipeline import build


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--wire", is_flag=True, help="Also name the schema in the first line of every YAML file of this site.")
def schema(folder: Path, wire: bool) -> None:
    """Write the JSON Schemas of all YAML files into FOLDER.

    An editor with the YAML language server then completes fields, explains them and marks mistakes in every file
    whose first line names its schema, as new files have it.
    """
    contents = {folder / name: text.encode() for name, text in resources.schemas().items()}
    was: dict[Path, bytes | None] = {}
    if wire:
        for path, old, new in _wired(folder):
            contents[path], was[path] = new, old
    try:
        edit.write_all(contents, was=was)
    except OSError as error:
        raise click.ClickException(f"nothing was written: {error}") from error
    click.echo(f"{folder}: {len(resources.schemas())} schemas" + (f", {len(was)} files wired" if wire else ""))


def _wired(folder: Path) -> list[tuple[Path, bytes, bytes]]:
    """The YAML files that do not name a schema yet: path, content, content with that line."""
    found = []
    for docs, briefings in chosen(()):
        library = build.check_library(docs, briefings)
        files = {**library.files, **{name: file for each in library.briefings for name, file in each.files.items()}}
        for name, file in files.items():
            path = Path(prefix_of(docs) + name)
            text = wired(file.text, path, folder)
            if text != file.text:
                old = path.read_bytes()
                found.append((path, old, edit.encoded(text, old)))
    return found
