"""`briefing export --format review` and `briefing import review`: a briefing for colleagues, and their remarks."""

from __future__ import annotations

import os
from pathlib import Path

import click

from briefing.authoring.edit import EditError
from briefing.authoring.edit.files import write, write_all
from briefing.authoring.imports.remarks import (
    LIMIT,
    PlacedRemark,
    SentRemarks,
    place_remarks,
    read_remarks,
    with_remarks,
)
from briefing.authoring.review.received import FILE, received_file
from briefing.authoring.review.review_file import review_page
from briefing.authoring.trial import OpenBriefing, OpenBriefings, as_read
from briefing.authoring.tried_change import ChangeRefusedError, readable
from briefing.cli.arguments import chosen, in_briefing, only_briefing, prefix_of, settle
from briefing.cli.problems import print_problems
from briefing.cli.review import today
from briefing.model.places import TextFile, one_line
from briefing.render.review_page import MARKER, review_html
from briefing.report import count_of, reason_of
from briefing.tables import TableError

# --- export -----------------------------------------------------------------------------------------------------


def export_review(file: Path, path: str | None) -> None:
    """Write the review file of a briefing. ClickException where it cannot be made, UsageError for a wrong place."""
    docs, folder = only_briefing(path)
    settle(docs)
    _refuse_place(file, docs)
    opened = _open(docs, folder)
    try:
        page, unnamed = review_page(opened, today())
        write(file.absolute(), review_html(page))
    except (EditError, OSError) as error:
        raise click.ClickException(f"nothing was written: {reason_of(error)}") from error
    cards = [*(card for paragraph in page.paragraphs for card in paragraph.cards), *page.elsewhere]
    drafts = sum(card.is_draft for card in cards)
    waiting = f", {count_of(drafts, 'draft')} among them" if drafts else ""
    click.echo(f"{one_line(str(file))}: {count_of(len(cards), 'annotation')} of {one_line(folder)}{waiting}")
    if unnamed:
        click.echo(f"left out: {count_of(unnamed, 'annotation')} without an id; `briefing check` says where")
    click.echo("It is for colleagues, not for publication. Take in what they send back with `briefing import review`.")


def _refuse_place(file: Path, docs: Path) -> None:
    """Raise UsageError where a review file would be published, or take the place of something else."""
    real = Path(os.path.realpath(file))
    if real.is_relative_to(os.path.realpath(docs)):
        raise click.UsageError(f"{file} is in the docs folder, and would be published with its drafts; choose another")
    if file.is_dir():
        raise click.UsageError(f"{file} is a folder; name the file to write, for example review.html")
    if os.path.lexists(file):
        with file.open("rb") as opened:
            if opened.read(len(MARKER)) != MARKER.encode():
                raise click.UsageError(f"{file} is there already, and is no review file; choose another name")


def _open(docs: Path, folder: str) -> OpenBriefing:
    """Return a briefing. ClickException, after its problems, where too little of it can be read."""
    opened = OpenBriefings(docs).open(folder)
    try:
        readable(opened)
    except ChangeRefusedError as error:
        print_problems(error.problems, error.files, prefix_of(docs))
        raise click.ClickException(f"{error}: {error.help}") from error
    return opened


# --- import -----------------------------------------------------------------------------------------------------


@click.command("review", short_help="Take in what colleagues remark in a review file.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@in_briefing
@click.option("--dry-run", is_flag=True, help="Say what would be imported and left out, and write nothing.")
def import_review(file: Path, path: str | None, dry_run: bool) -> None:
    """Take in the remarks in FILE, which `briefing export --format review` let a colleague write.

    They are kept in remarks.yml of the briefing's folder, which no page shows, and printed with the place that each is
    about. The same file again adds nothing.
    """
    try:
        with file.open("rb") as opened_file:
            sent = read_remarks(opened_file.read(LIMIT + 1), one_line(file.name))
    except TableError as error:
        raise click.ClickException(str(error)) from None
    docs, folder = _briefing_of(sent, path)
    settle(docs)
    opened = _open(docs, folder)
    briefing = readable(opened)
    if sent.briefing not in (briefing.path, folder, *briefing.aliases):
        raise click.ClickException(
            f"the remarks are about {sent.briefing}, not about {folder}: name their briefing with -b"
        )
    try:
        present = received_file(docs, folder)
        changed, fresh = with_remarks(
            present or TextFile(f"{opened.folder}{FILE}", ""), place_remarks(opened, sent), sent.exported
        )
        if fresh and not dry_run:
            target = docs / opened.folder / FILE
            was = {**as_read(docs, opened.checked), target: present.text if present else None}
            write_all({target: changed.text}, was=was, inside=docs)
    except (EditError, OSError) as error:
        raise click.ClickException(f"nothing was written: {reason_of(error)}") from error
    _print_remarks(prefix_of(docs), fresh)
    there = f", {len(sent.remarks) - len(fresh)} already there or empty" if len(sent.remarks) > len(fresh) else ""
    verb = "would be added" if dry_run else "added"
    name = one_line(f"{prefix_of(docs)}{opened.folder}{FILE}")
    click.echo(f"{count_of(len(fresh), 'remark')} {verb} to {name}{there}")


def _briefing_of(sent: SentRemarks, path: str | None) -> tuple[Path, str]:
    """Return the briefing that is meant: the only one, or without -b the one that the remarks name."""
    found = [(docs, each) for docs, paths in chosen((path or ".",)) for each in paths]
    named = [(docs, each) for docs, each in found if each == sent.briefing]
    return named[0] if len(named) == 1 else only_briefing(path)


_SINCE = {"": "", "changed": ", changed since", "gone": ", no longer there"}


def _print_remarks(prefix: str, remarks: list[PlacedRemark]) -> None:
    """Print each remark in a line, with its place."""
    for each in remarks:
        what = f"“{each.on}”" if each.on else "the whole"
        by = each.by or "a colleague"
        place = f"{prefix}{each.file}:{each.line}: on {what}{_SINCE[each.since]}"
        click.echo(one_line(f"{place}: {by}: {' '.join(each.text.split())}"))
