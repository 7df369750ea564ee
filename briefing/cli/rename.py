"""`briefing rename`: another name for a briefing, an id, a person, a measure or a tag, everywhere at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from briefing.authoring import renaming
from briefing.authoring.edit import EditError
from briefing.authoring.renaming import RenameError, Renaming
from briefing.cli.arguments import chosen, in_briefing, one_briefing, only_briefing, prefix_of, settle
from briefing.cli.problems import print_problems
from briefing.model.places import one_line
from briefing.report import count_of, reason_of

_dry_run = click.option("-n", "--dry-run", is_flag=True, help="Say which files would change, and write nothing.")


@click.group
def rename() -> None:
    """Give something another name, in all files of the site that name it.

    Readers’ old links lead on. Nothing is written if a check of the whole site would then find an error.
    """


@rename.command
@click.argument("old")
@click.argument("new")
@_dry_run
def briefing(old: str, new: str, dry_run: bool) -> None:
    """Move the briefing OLD to the folder NEW.

    NEW is the name of a folder beside the old one, or a path below the docs folder.
    """
    docs, path = only_briefing(old)
    folder, _, _ = path.rpartition("/")
    place = new.strip("/") if "/" in new or not folder else f"{folder}/{new.strip('/')}"
    _rename(docs, lambda site: renaming.move_briefing(site, path, place), f"{path} is {place}", dry_run)
    _say_of_navigation(docs, path)


@rename.command("id")
@click.argument("old")
@click.argument("new")
@in_briefing
@_dry_run
def id_(old: str, new: str, path: str | None, dry_run: bool) -> None:
    """Give an entry, a comment or a reference another id."""
    docs, build = one_briefing(path, lambda one: old in renaming.ids_of(one))
    _rename(docs, lambda site: renaming.rename_id(site, build.path, old, new), f"{old} is {new}", dry_run)


@rename.command
@click.argument("old")
@click.argument("new")
@_dry_run
def person(old: str, new: str, dry_run: bool) -> None:
    """Give somebody of people.yml another id."""
    _rename(_docs(), lambda site: renaming.rename_person(site, old, new), f"{old} is {new}", dry_run)


@rename.command
@click.argument("old")
@click.argument("new")
@_dry_run
def measure(old: str, new: str, dry_run: bool) -> None:
    """Give a measure of measures.yml another id."""
    _rename(_docs(), lambda site: renaming.rename_measure(site, old, new), f"{old} is {new}", dry_run)


@rename.command
@click.argument("old")
@click.argument("new")
@_dry_run
def tag(old: str, new: str, dry_run: bool) -> None:
    """Give a tag another name, in all its spellings.

    Where something has both, one stays.
    """
    _rename(_docs(), lambda site: renaming.rename_tag(site, old, new), f"{old} is {new}", dry_run)


def _docs() -> Path:
    return chosen(())[0][0]


def _rename(docs: Path, plan: Callable[[Renaming], None], what: str, dry_run: bool) -> None:
    settle(docs)
    prefix = prefix_of(docs)
    try:
        site = renaming.open_site(docs)
        plan(site)
        if dry_run:
            site.check()
        else:
            site.write()
    except RenameError as error:
        print_problems(error.problems, error.files, prefix)
        raise click.ClickException(str(error)) from error
    except (EditError, OSError) as error:
        raise click.ClickException(f"nothing was renamed: {reason_of(error)}") from error
    for name in site.changed:
        click.echo(f"{prefix}{one_line(name)}")
    click.echo(f"{count_of(len(site.changed), 'file')}{' would change' if dry_run else ''}: {one_line(what)}")


def _say_of_navigation(docs: Path, path: str) -> None:
    """Say where the configuration, which is outside of the docs folder, names the former path."""
    for name in ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "zensical.toml"):
        file = docs.parent / name
        if file.is_file() and (
            lines := [
                n for n, line in enumerate(file.read_text("utf-8", "replace").split("\n"), 1) if f"{path}/" in line
            ]
        ):
            click.echo(f"{name}:{lines[0]}: change {path} there, too")
