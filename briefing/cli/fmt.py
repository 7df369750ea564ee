"""`briefing fmt`: annotations in the order of the source, words in lines of one width."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from briefing.authoring import edit
from briefing.authoring.format import ordered, wrapped
from briefing.cli.arguments import chosen, prefix_of
from briefing.pipeline.briefing_build import BriefingBuild
from briefing.pipeline.build import check_alone


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit with 1 if a file would change.")
def fmt(paths: tuple[str, ...], only_check: bool) -> None:
    """Put the YAML files of briefings in order: annotations as they stand in the source, prose wrapped.

    Comments stay with what they stand above. PATH is as for `briefing check`.
    """
    changed = 0
    for docs, briefings in chosen(paths):
        for each in briefings:
            changed += _format(docs, check_alone(docs, each), only_check)
    if only_check and changed:
        click.echo(f"{changed} {'file' if changed == 1 else 'files'} would change; `briefing fmt` does it", err=True)
        sys.exit(1)


def _format(docs: Path, checked: BriefingBuild, only_check: bool) -> int:
    """Format the files of one briefing, all or none; gives how many change."""
    was: dict[Path, bytes | None] = {}
    contents: dict[Path, bytes] = {}
    for name in (name for name in checked.names if name.endswith(".yml") and name in checked.files):
        file = checked.files[name]
        try:
            fresh = wrapped(ordered(file, checked.briefing) if checked.briefing else file)
        except edit.EditError as error:
            click.echo(f"left alone: {error}", err=True)
            continue
        if fresh.text != file.text:
            path = docs / name
            was[path] = path.read_bytes()
            contents[path] = edit.encoded(fresh.text, was[path])
            click.echo(f"{'would change' if only_check else 'formatted'} {prefix_of(docs)}{name}")
    if not only_check:
        try:
            edit.write_all(contents, was=was, inside=docs)
        except OSError as error:
            raise click.ClickException(f"nothing was written: {error}") from error
    return len(contents)
