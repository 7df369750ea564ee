"""`briefing review`: drafts, one after the other, beside their words; keep, edit, ignore or leave for later."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import click

from briefing.authoring.edit import EditError
from briefing.authoring.review import (
    IgnoredDraft,
    ReviewDraft,
    ReviewQueue,
    as_row,
    ignored_drafts,
    ignored_row,
    review_queue,
)
from briefing.authoring.review.decisions import bring_back, ignore, keep
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
@click.option("--ignored", "shows_ignored", is_flag=True, help="List the drafts that were ignored, and ask nothing.")
@click.option(
    "--bring-back",
    "wanted",
    multiple=True,
    metavar="WORDS",
    help="Make a draft again of the ignored one with these words, as --ignored lists them; several times for several.",
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
    shows_ignored: bool,
    wanted: tuple[str, ...],
    reason: str,
) -> None:
    """Review drafts one at a time: keep, edit, ignore, or leave for later.

    Each is shown beside its words. A draft that is kept is published with its briefing. Without a terminal, or with
    --list, the drafts are listed; --keep and --ignore decide about one by its id. --ignored lists what was ignored, and
    --bring-back takes one from there.
    """
    docs, folder = only_briefing(path, lambda docs, each: status_of(docs, each) == "draft")
    settle(docs)
    briefings = OpenBriefings(docs)
    if reason and not ignored:
        raise click.UsageError("--reason says why drafts are ignored: name them with --ignore")
    filled = _fields_by_name(fields, kept)
    for id in kept:
        _decide(briefings, folder, partial(keep, id=id, fields=filled), f"kept {id}")
    for id in ignored:
        change = partial(ignore, id=id, day=today(), reason=reason)
        _decide(briefings, folder, change, f"ignored {id}")
    for words in wanted:
        _bring_back(briefings, folder, words)
    if kept or ignored or wanted:
        return
    opened = briefings.open(folder)
    if shows_ignored:
        click.echo(_ignored_as(style, opened), nl=style != "json")
        return
    queue = _readable_queue(opened)
    if listed or style == "json" or not on_terminal():
        click.echo(_as_json(opened, queue) if style == "json" else _as_text(opened, queue), nl=style != "json")
    else:
        Sitting(docs, folder, briefings, queue, today()).run()


def _readable_queue(opened: OpenBriefing) -> ReviewQueue:
    """Return everything that waits. ClickException where the briefing cannot be read."""
    try:
        return review_queue(opened)
    except ChangeRefusedError as error:
        print_problems(error.problems, error.files, prefix_of(opened.docs))
        raise click.ClickException(f"{error}: {error.help}") from error


def on_terminal() -> bool:
    """Return whether somebody is there to press keys."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def today() -> datetime.date:
    """Return the day on which what readers have seen is withdrawn."""
    return datetime.date.today()


def _fields_by_name(given: tuple[str, ...], kept: tuple[str, ...]) -> Mapping[str, Any]:
    if given and len(kept) != 1:
        raise click.UsageError("--set fills in fields of one draft: name it with one --keep")
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


def _bring_back(briefings: OpenBriefings, folder: str, words: str) -> None:
    """Make drafts again of the ignored ones that have these words. ClickException where there is none."""
    asked = " ".join(words.split())
    found = [each for each in ignored_drafts(briefings.open(folder)) if " ".join(each.words.split()) == asked]
    if not found:
        message = f"no draft with the words “{one_line(words)}” was ignored"
        raise click.ClickException(f"{message}; `briefing review --ignored` lists those that were")
    for each in found:
        told = f"brought back the {each.kind} “{one_line(each.words)}”"
        _decide(briefings, folder, partial(bring_back, name=each.name), told)


# --- without a terminal -----------------------------------------------------------------------------------------


def _as_text(opened: OpenBriefing, queue: ReviewQueue) -> str:
    """Return a line for each draft, and a line for each field of it that is to be filled in."""
    where = prefix_of(opened.docs)
    off = sum(draft.put_off for draft in queue.drafts)
    later = f", {off} of them left for later" if off else ""
    lines = [f"{where}{opened.checked.path}: {count_of(len(queue.drafts), 'draft')} to review{later}"]
    for draft in queue.drafts:
        later = " (left for later)" if draft.put_off else ""
        lines.append(f"  {where}{draft.entry.file.name}:{draft.line}: {one_line_of(draft)}{later}")
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


def _ignored_as(style: str, opened: OpenBriefing) -> str:
    """Return the drafts that were ignored: a line for each, or JSON."""
    where, found = prefix_of(opened.docs), ignored_drafts(opened)
    if style == "json":
        rows = [{**ignored_row(each), "file": where + each.entry.file.name} for each in found]
        return as_json({"briefing": opened.checked.path, "ignored": rows}) + "\n"
    return "\n".join(
        [
            f"{where}{opened.checked.path}: {count_of(len(found), 'ignored draft')}",
            *map(partial(_ignored_line, where), found),
        ]
    )


def _ignored_line(where: str, draft: IgnoredDraft) -> str:
    reason = f" – {one_line(draft.reason)}" if draft.reason else ""
    return f"  {where}{draft.entry.file.name}:{draft.line}: {draft.kind} “{one_line(draft.words)}”{reason}"
