"""`briefing release` and `briefing correct`: what readers were shown, and what they are told has changed."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import click

from briefing.authoring.edit import EditError
from briefing.authoring.releasing import PlannedRelease, WhyCorrected, plan_correction, plan_release
from briefing.authoring.trial import OpenBriefings
from briefing.authoring.tried_change import ChangeRefusedError, write
from briefing.cli.arguments import NeededOption, chosen, in_briefing, in_briefings, only_briefing, prefix_of, settle
from briefing.cli.problems import print_problems
from briefing.model import CorrectionKind
from briefing.model.places import one_line
from briefing.report import count_of, reason_of

_SHOWN = 200
"""Characters of a text that are printed."""


@click.command
@in_briefings
@click.option("-n", "--dry-run", is_flag=True, help="Say what would be recorded, and write nothing.")
def release(paths: tuple[str, ...], dry_run: bool) -> None:
    """Record what readers of published briefings are shown, in releases.yml.

    From then on, a change of substance needs a correction, or the check fails. Without -b, all published briefings here
    are meant. One with an open problem is left as it was, and the command exits with 1. Where readers are shown what
    they were shown at the last release, nothing is written.
    """
    refused = False
    for docs, briefings in chosen(paths):
        settle(docs)
        library = OpenBriefings(docs)
        for path in briefings:
            opened = library.open(path)
            made = opened.checked.briefing
            if not paths and made is not None and made.status != "published":
                continue
            where = one_line(prefix_of(docs) + path)
            try:
                planned = plan_release(opened, datetime.date.today())
                if planned.change and not dry_run:
                    write(planned.change)
            except (ChangeRefusedError, EditError, OSError) as error:
                refused = True
                _print_refusal(error, where, docs)
            else:
                click.echo("\n".join(_described(where, planned, dry_run)))
    if refused:
        sys.exit(1)


def _described(where: str, planned: PlannedRelease, dry_run: bool) -> Iterator[str]:
    if planned.change is None:
        yield f"{where}: nothing has changed since release {planned.number}"
        return
    yield f"{where}: release {planned.number}{' would be' if dry_run else ' is'} recorded in releases.yml"
    if planned.number == 1:
        yield f"  {count_of(len(planned.added), 'record')}"
        return
    for word, ids in (("new", planned.added), ("withdrawn", planned.taken)):
        if ids:
            yield f"  {word}: {', '.join(ids)}"
    for each in planned.changed:
        yield f"  {f'{each.id} ' if each.id else ''}{each.field}: {_texts(each.before)} → {_texts(each.after)}"


def _texts(texts: tuple[str, ...]) -> str:
    shown = one_line("; ".join(texts)) or "nothing"
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"


@click.command
@click.argument("ids", nargs=-1, metavar="[ID]...")
@in_briefing
@click.option("--reason", cls=NeededOption, required=True, help="What was wrong, and what is right, for readers.")
@click.option(
    "--kind",
    type=click.Choice(get_args(CorrectionKind)),
    default="correction",
    show_default=True,
    help="correction: it was wrong; update: it was right and no longer is; typo: the meaning is the same.",
)
@click.option("--withhold", default="", metavar="WHY", help="Do not repeat the former words; readers are told why.")
@click.option("-n", "--dry-run", is_flag=True, help="Print the correction, and write nothing.")
def correct(
    ids: tuple[str, ...], path: str | None, reason: str, kind: CorrectionKind, withhold: str, dry_run: bool
) -> None:
    """Tell readers what has changed since the last release, and why, in corrections.yml.

    Make the change first. IDs are those of what has changed, or the briefing’s path for its title, summary and key
    points; without any, one correction is about all that has changed. The former words are taken from releases.yml.
    """
    docs, folder = only_briefing(path)
    settle(docs)
    where = one_line(prefix_of(docs) + folder)
    why = WhyCorrected(kind, reason, datetime.date.today(), withhold)
    try:
        change, fields = plan_correction(OpenBriefings(docs).open(folder), ids, why)
        if not dry_run:
            write(change)
    except (ChangeRefusedError, EditError, OSError) as error:
        _print_refusal(error, where, docs)
        sys.exit(1)
    if dry_run:
        click.echo(change.yaml)
        return
    click.echo(f"{where}/corrections.yml: {count_of(len(fields), 'field')} corrected\n  " + "\n  ".join(fields))
    left = {problem.message for problem in change.result.problems if problem.code == "correction-missing"}
    if left:
        click.echo("still without a correction:\n  " + "\n  ".join(sorted(map(one_line, left))))


def _print_refusal(error: Exception, where: str, docs: Path) -> None:
    if isinstance(error, ChangeRefusedError) and error.problems:
        print_problems(error.problems, error.files, prefix_of(docs))
    help = f"\n  {error.help}" if isinstance(error, ChangeRefusedError) and error.help else ""
    said = reason_of(error) if isinstance(error, OSError) else one_line(str(error))
    click.echo(f"{where}: nothing was written: {said}{help}", err=True)
