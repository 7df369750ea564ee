"""`briefing add theme` and `briefing themes`: sort readers' comments into themes, and set others aside."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import click

from briefing.anchor.diagnose import short
from briefing.authoring.edit import EditError
from briefing.authoring.themes import REASONS, STANCES, ThemeEditor, ledger_of
from briefing.authoring.trial import OpenBriefing
from briefing.authoring.tried_change import ChangeRefusedError, TriedChange, write
from briefing.check.rules.comment_ledger import unsorted
from briefing.cli.arguments import chosen, in_briefing, one_briefing, prefix_of, readable, settle
from briefing.cli.problems import print_problems
from briefing.model import Briefing, Comment
from briefing.model.places import one_line
from briefing.pipeline.briefing_build import BriefingBuild
from briefing.report import count_of, reason_of

T = TypeVar("T")
LISTED = 40
"""Unsorted comments that are listed; more are counted."""
KEYS = "123456789"
"""One for each of the first themes."""


@click.command
@click.argument("title")
@click.argument("comments", nargs=-1)
@in_briefing
@click.option("--id", default="", help="Its id; without one, it is made from the title.")
@click.option("--about", default="", help="The statement that comments are for or against.")
def theme(title: str, comments: tuple[str, ...], path: str | None, id: str, about: str) -> None:
    """Add a theme with its first COMMENTS, named by their ids.

    Without any, put comments into it later.
    """
    docs, checked = _briefing_with_comments(path)
    editor = _editor(docs, checked)
    made = _tried(lambda: editor.add_theme(title, id=id, about=about, comments=comments))
    _finish(editor, f"added {made}")


@click.group(invoke_without_command=True)
@click.pass_context
@click.option("-b", "--briefing", "path", metavar="PATH", help="The briefing’s folder or its last name.")
def themes(context: click.Context, path: str | None) -> None:
    """Say which comments are in which theme, and sort those that are in none."""
    context.obj = path
    if context.invoked_subcommand is None:
        docs, checked = _briefing_with_comments(path)
        click.echo("\n".join(_board(prefix_of(docs), checked, readable(docs, checked))))


def _with_briefing(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command of `briefing themes` the option -b, which may also come before its name."""
    return in_briefing(click.pass_context(command))


@themes.command
@click.argument("theme")
@click.argument("comments", nargs=-1, required=True)
@_with_briefing
@click.option("--words", help="The words of the comment that show that it belongs.")
@click.option("--stance", type=click.Choice(STANCES), help="Its stance towards what the theme is about.")
@click.option(
    "--out-of",
    default="",
    metavar="THEME",
    help="Move them: take them out of this theme. Their words go with them, their stance does not.",
)
def put(
    context: click.Context,
    theme: str,
    comments: tuple[str, ...],
    path: str | None,
    words: str | None,
    stance: str | None,
    out_of: str,
) -> None:
    """Put COMMENTS into a THEME.

    Comments and themes are named by their ids, as `briefing themes` lists them. Of a comment that is in the theme
    already, --words and --stance are added.
    """
    editor = _editor(*_briefing_with_comments(path or context.obj))
    _tried(lambda: editor.put(comments, theme, words=words, stance=stance, out_of=out_of))
    _finish(editor, f"{', '.join(comments)} in {theme}")


@themes.command
@click.argument("theme")
@click.argument("comments", nargs=-1, required=True)
@_with_briefing
def take_out(context: click.Context, theme: str, comments: tuple[str, ...], path: str | None) -> None:
    """Take COMMENTS out of a THEME."""
    editor = _editor(*_briefing_with_comments(path or context.obj))
    _tried(lambda: editor.take_out(comments, theme))
    _finish(editor, f"{', '.join(comments)} no longer in {theme}")


@themes.command
@click.argument("reason", type=click.Choice(REASONS))
@click.argument("comments", nargs=-1, required=True)
@_with_briefing
def set_aside(context: click.Context, reason: str, comments: tuple[str, ...], path: str | None) -> None:
    """Set COMMENTS aside for a REASON.

    They are taken out of all themes.
    """
    editor = _editor(*_briefing_with_comments(path or context.obj))
    _tried(lambda: editor.set_aside(comments, reason))
    _finish(editor, f"{', '.join(comments)} set aside ({reason})")


@themes.command
@click.argument("comments", nargs=-1, required=True)
@_with_briefing
def bring_back(context: click.Context, comments: tuple[str, ...], path: str | None) -> None:
    """Make COMMENTS that were set aside unsorted again."""
    editor = _editor(*_briefing_with_comments(path or context.obj))
    _tried(lambda: editor.bring_back(comments))
    _finish(editor, f"{', '.join(comments)} no longer set aside")


# --- one after the other ----------------------------------------------------------------------------------------


@themes.command
@_with_briefing
def sort(context: click.Context, path: str | None) -> None:
    """Sort what is left, one comment after the other.

    1 to 9 are the themes, n makes one, a sets the comment aside, s leaves it for later, u takes the last step back, q
    ends. Each step is written at once.
    """
    docs, checked = _briefing_with_comments(path or context.obj)
    later: set[str] = set()
    back: list[Callable[[ThemeEditor], None]] = []
    while True:
        briefing = readable(docs, checked)
        left = [comment for comment in unsorted(briefing) if comment.id not in later]
        if not left and not back:
            break
        click.echo("\n".join(_question(briefing, left) if left else ["\nnone left: u undo, q end"]))
        key = _key()
        if key in ("q", "\x03", "\x04"):
            break
        if key == "s" and left:
            later.add(left[0].id)
        elif key == "u" and back:
            checked = _taken(docs, checked, back.pop())
        elif left and (step := _step(briefing, left[0], key, back)):
            checked = _taken(docs, checked, step)
    click.echo(_sum(readable(docs, checked)))


def _key() -> str:
    """Return the next key, without Enter on a terminal; q at the end of what was piped in."""
    return click.getchar() if sys.stdin.isatty() else sys.stdin.read(1) or "q"


def _step(
    briefing: Briefing, comment: Comment, key: str, back: list[Callable[[ThemeEditor], None]]
) -> Callable[[ThemeEditor], None] | None:
    """Return what a key asks for, and note what would take it back; None for a key without a meaning."""
    one = (comment.id,)
    if key in KEYS[: len(briefing.themes)]:
        theme = briefing.themes[KEYS.index(key)].id
        back.append(lambda editor: editor.take_out(one, theme))
        return lambda editor: editor.put(one, theme)
    if key == "n" and (title := click.prompt("title of the new theme", default="", show_default=False).strip()):
        made: list[str] = []
        back.append(lambda editor: editor.remove_theme(made[0]))
        return lambda editor: made.append(editor.add_theme(title, comments=one))
    if key == "a":
        reason = click.prompt("reason", type=click.Choice(REASONS))
        back.append(lambda editor: editor.bring_back(one))
        return lambda editor: editor.set_aside(one, reason)
    return None


def _taken(docs: Path, checked: BriefingBuild, step: Callable[[ThemeEditor], None]) -> BriefingBuild:
    """Write a step, and return the briefing as it then is; end the command with 1 where it cannot be written."""
    editor = _editor(docs, checked)
    _tried(lambda: step(editor))
    return _write(editor).result


def _question(briefing: Briefing, left: list[Comment]) -> Iterator[str]:
    """Return a comment with the keys that say where it belongs."""
    comment = left[0]
    yield f"\n{count_of(len(left), 'comment')} left. {comment.id}:"
    yield from (f"  {one_line(line)}" for line in comment.text.split("\n"))
    for key, theme in zip(KEYS, briefing.themes, strict=False):
        yield f"{key} {one_line(theme.title)} ({len(theme.members)})"
    yield "n new theme, a set aside, s later, u undo, q end"


# --- shared -----------------------------------------------------------------------------------------------------


def _briefing_with_comments(path: str | None) -> tuple[Path, BriefingBuild]:
    for docs, _ in chosen((path,) if path else ()):
        settle(docs)
    return one_briefing(path, lambda briefing: bool(briefing.comments))


def _editor(docs: Path, checked: BriefingBuild) -> ThemeEditor:
    readable(docs, checked)
    return ThemeEditor(OpenBriefing(docs, checked))


def _tried(act: Callable[[], T]) -> T:
    try:
        return act()
    except (ChangeRefusedError, EditError) as error:
        raise click.ClickException(f"nothing was written: {error}") from error


def _finish(editor: ThemeEditor, what: str) -> None:
    """Write what was changed, and say what is left; end the command with 1 where it would be wrong."""
    change = _write(editor)
    prefix = prefix_of(editor.opened.docs)
    files = ", ".join(prefix + name for name in change.contents)
    click.echo(f"{files}: {what}" if files else f"nothing to change: {what}")
    if change.result.briefing is not None:
        click.echo(_sum(change.result.briefing))


def _write(editor: ThemeEditor) -> TriedChange:
    """Write what was changed; end the command with 1, and say why, where that would be wrong or cannot be."""
    try:
        change = editor.tried()
        write(change)
    except ChangeRefusedError as error:
        print_problems(error.problems, error.files, prefix_of(editor.opened.docs))
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"nothing was written: {reason_of(error)}") from error
    for problem in change.problems:
        if problem.code != "todo-left":
            click.echo(f"left to write: {one_line(problem.message)}", err=True)
    return change


def _sum(briefing: Briefing) -> str:
    ledger = ledger_of(briefing)
    parts = f"{ledger.sorted:,} in themes, {ledger.set_aside:,} set aside, {len(ledger.unsorted):,} unsorted"
    return f"{count_of(ledger.all, 'comment')}: {parts}"


def _board(prefix: str, checked: BriefingBuild, briefing: Briefing) -> Iterator[str]:
    """Return the themes with their comments, and those that are unsorted."""
    yield f"{prefix}{checked.path}: {_sum(briefing)}"
    for theme in briefing.themes:
        state = "" if theme.status == "published" else f", {theme.status}"
        yield f"\n{theme.id}: {one_line(theme.title)} ({count_of(len(theme.members), 'comment')}{state})"
        for member in theme.members:
            said = "  ".join(filter(None, (member.stance, one_line(short(member.words)) if member.words else "")))
            yield f"  {member.comment}" + (f"  {said}" if said else "")
    if briefing.set_aside:
        yield "\nset aside"
        yield from (f"  {entry.comment}  {entry.reason}" for entry in briefing.set_aside)
    left = unsorted(briefing)
    if left:
        yield "\nunsorted (`briefing themes sort` goes through them)"
        yield from (f"  {comment.id}  {one_line(short(comment.text))}" for comment in left[:LISTED])
    if len(left) > LISTED:
        yield f"  and {len(left) - LISTED:,} more"
