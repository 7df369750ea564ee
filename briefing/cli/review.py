"""`briefing review`: drafts, one after the other, beside their words; keep, edit, ignore or leave for later."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import click

from briefing.authoring.edit import EditError
from briefing.authoring.review import ReviewDraft, ReviewQueue, as_row, review_queue
from briefing.authoring.review.decisions import ignore, keep
from briefing.authoring.suggest.write import status_of
from briefing.authoring.trial import OpenBriefing, OpenBriefings
from briefing.authoring.tried_change import ChangeRefusedError, TriedChange, write
from briefing.cli.arguments import in_briefing, only_briefing, prefix_of, settle
from briefing.cli.problems import as_json, print_problems
from briefing.cli.review_sitting import Sitting, one_line_of
from briefing.model.places import one_line
from briefing.report import as_row as problem_row
from briefing.report import count_of, reason_of


@click.command
@in_briefing
@click.option("--list", "listed", is_flag=True, help="List what waits, and ask nothing.")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="How to print the list.")
@click.option("--keep", "kept", multiple=True, metavar="ID", help="Publish this draft; may be given several times.")
@click.option(
    "--set",
    "fields",
    multiple=True,
    metavar="FIELD=VALUE",
    help="With one --keep: fill in a field of it, such as label=Boats or allow.0.reason=…",
)
@click.option(
    "--ignore",
    "ignored",
    multiple=True,
    metavar="ID",
    help="Take this draft out; it is not drafted again. May be given several times.",
)
@click.option(
    "--reason",
    default="",
    help="With --ignore: why. Readers see it where a quoted passage or a number is set aside or taken back.",
)
def review(
    path: str | None,
    listed: bool,
    style: str,
    kept: tuple[str, ...],
    fields: tuple[str, ...],
    ignored: tuple[str, ...],
    reason: str,
) -> None:
    """Review drafts one at a time: keep, edit, ignore, or leave for later.

    Each is shown beside its words. A draft that is kept is published with its briefing. Without a terminal, or with
    --list, the drafts are listed; --keep and --ignore decide about one by its id.
    """
    docs, folder = only_briefing(path, lambda docs, each: status_of(docs, each) == "draft")
    settle(docs)
    briefings = OpenBriefings(docs)
    if fields and len(kept) != 1:
        raise click.UsageError("--set fills in fields of one draft: name it with one --keep")
    if reason and not ignored:
        raise click.UsageError("--reason says why drafts are ignored: name them with --ignore")
    filled = _fields_by_name(fields)
    for id in kept:
        _decide(briefings, folder, partial(keep, id=id, fields=filled), f"kept {id}")
    for id in ignored:
        change = partial(ignore, id=id, day=today(), reason=reason)
        _decide(briefings, folder, change, f"ignored {id}")
    if kept or ignored:
        return
    opened = briefings.open(folder)
    try:
        queue = review_queue(opened)
    except ChangeRefusedError as error:
        print_problems(error.problems, error.files, prefix_of(docs))
        raise click.ClickException(f"{error}: {error.help}") from error
    if listed or style == "json" or not on_terminal():
        click.echo(_as_json(opened, queue) if style == "json" else _as_text(opened, queue), nl=style != "json")
    else:
        Sitting(docs, folder, briefings, queue, today()).run()


def on_terminal() -> bool:
    """Return whether somebody is there to press keys."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def today() -> datetime.date:
    """Return the day on which what readers have seen is withdrawn."""
    return datetime.date.today()


def _fields_by_name(given: tuple[str, ...]) -> Mapping[str, Any]:
    parts = [each.partition("=") for each in given]
    if wrong := next((name for name, mark, _ in parts if not mark or not name.strip()), None):
        raise click.UsageError(f"--set needs FIELD=VALUE, for example label=Passengers, not “{wrong}”")
    return {name.strip(): value for name, _, value in parts}


def _decide(briefings: OpenBriefings, folder: str, change: Callable[[OpenBriefing], TriedChange], said: str) -> None:
    """Write one decision. ClickException where it is refused; then nothing of it was written."""
    try:
        made = change(briefings.open(folder))
        write(made)
    except ChangeRefusedError as error:
        print_problems(error.problems, error.files, prefix_of(briefings.docs))
        raise click.ClickException(f"{error}; {error.help}") from error
    except (EditError, OSError) as error:
        raise click.ClickException(f"nothing was written: {reason_of(error)}") from error
    click.echo(f"{prefix_of(briefings.docs)}{made.file}: {said}")


# --- without a terminal -----------------------------------------------------------------------------------------


def _as_text(opened: OpenBriefing, queue: ReviewQueue) -> str:
    """Return a line for each draft, and a line for each field of it that is to be filled in."""
    where = prefix_of(opened.docs)
    lines = [f"{where}{opened.checked.path}: {count_of(len(queue.drafts), 'draft')} to review"]
    for draft in queue.drafts:
        lines.append(f"  {where}{draft.entry.file.name}:{draft.line}: {one_line_of(draft)}")
        lines += [
            f"    {'to look at' if field.optional else 'to fill in'}: {field.name}"
            + f" ({field.given})" * bool(field.given)
            for field in draft.open
        ]
        lines += [f"    remark of {one_line(remark)}" for remark in draft.received]
        lines += [f"    {problem.severity} {problem.code}: {problem.message}" for problem in draft.problems]
    return "\n".join([*lines, *(f"  {where}{name} cannot be read: run `briefing check`" for name in queue.unread)])


def _as_json(opened: OpenBriefing, queue: ReviewQueue) -> str:
    where = prefix_of(opened.docs)

    def row(draft: ReviewDraft) -> dict[str, Any]:
        problems = [problem_row(problem, opened.checked.files, where) for problem in draft.problems]
        return {**as_row(draft), "file": where + draft.entry.file.name, "problems": problems}

    told = {"briefing": opened.checked.path, "drafts": [*map(row, queue.drafts)], "unread": [*queue.unread]}
    return as_json(told) + "\n"
