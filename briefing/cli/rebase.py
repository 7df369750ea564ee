"""`briefing rebase`: accept a new version of the source, after the author has seen what it changes."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from briefing import readers
from briefing.authoring.edit import EditError
from briefing.authoring.edit.files import Content, write_all
from briefing.authoring.rebase import Decision, RebasePlan, ReviewItem, open_items, plan
from briefing.authoring.rebase.change import (
    CannotChangeError,
    Withdrawal,
    as_row,
    as_text,
    changed_files,
    offered,
    summary,
)
from briefing.authoring.rebase.divide_document import divide
from briefing.authoring.releasing import followed_source
from briefing.authoring.trial import as_read, check_with
from briefing.cli.arguments import NeededOption, existing, in_briefing_or_former, only_briefing, prefix_of, settle
from briefing.cli.problems import as_json, colour, print_problems
from briefing.model import Briefing, FolderPart
from briefing.pipeline import checking
from briefing.pipeline.briefing_build import BriefingBuild
from briefing.report import reason_of

RESTS_ON: tuple[FolderPart, ...] = ("annotations", "comments", "left_out")
"""What must have been read as a whole: an entry that was left out would be forgotten."""
UNFIT = ("orphan", "ambiguous", "spliced")
"""Problems that a target must not have after a rebase: then nothing is written."""
UNREADABLE = (readers.UnknownReader, readers.UnreadableDocument, readers.UnreadableSelector)


@click.command
@in_briefing_or_former
@click.option("--to", "new", cls=NeededOption, metavar="NEWFILE", help="The new document, in any format that is read.")
@click.option(
    "--accept",
    type=click.Choice(["moved", "altered", "added", "gone"]),
    multiple=True,
    help="Accept all items of this status; may be given several times. What is gone is withdrawn.",
)
@click.option(
    "--review",
    "waiting",
    type=click.Choice(["moved", "altered"]),
    multiple=True,
    help="Accept these, too, but have annotations off the site until `briefing review` keeps them.",
)
@click.option("--reason", default="", help="Why annotations are withdrawn, as readers will see it at their addresses.")
@click.option("--ask/--no-ask", default=None, help="Ask about each item; the default on a terminal.")
@click.option("--dry-run", is_flag=True, help="Show what would happen, and write nothing.")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="How to print the plan.")
def rebase(
    path: str | None,
    new: str | None,
    accept: tuple[str, ...],
    waiting: tuple[str, ...],
    reason: str,
    ask: bool | None,
    dry_run: bool,
    style: str,
) -> None:
    """Accept NEWFILE as the new version of a briefing’s source.

    Without -b, the only briefing here is meant. Everything that it rests on is looked for in NEWFILE: unchanged, moved,
    altered or gone. Nothing is written until all of it is decided; then source, original, hash and selectors change
    together. Exits with 0 if it is done or nothing is open, 1 if something is open, 2 if the command itself was wrong.
    """
    docs, folder = only_briefing(path)
    finished = settle(docs)
    if new is None:
        if finished:
            return
        raise click.UsageError("say which new version with --to NEWFILE")
    document = existing(new)
    checked = checking.check_alone(docs, folder)
    briefing = checked.briefing
    if briefing is None or any(briefing.unread.lacks(part) for part in RESTS_ON):
        print_problems(checked.problems, checked.files, prefix_of(docs))
        raise click.ClickException("not all of the briefing can be read: fix these problems first")
    data, reading = _read_document(document, briefing)
    made = plan(briefing, divide(briefing, _old_paragraphs(briefing), reading.paragraphs, reading.removed), reading)
    decided = _decide_by_status(made, accept, waiting)
    session = _Session(docs, checked, made, decided, Withdrawal(today(), reason), style == "text")
    session.print_items()
    if not dry_run and (sys.stdin.isatty() if ask is None else ask) and style == "text":
        session.ask()
    files = None if open_items(made, decided) else session.contents(briefing, data, document)
    if files is not None and not dry_run:
        session.write(files)
    session.conclude(files, dry_run)


def _decide_by_status(made: RebasePlan, accept: tuple[str, ...], waiting: tuple[str, ...]) -> dict[str, Decision]:
    """Return a decision for each item of these statuses; what is gone is withdrawn."""
    decided = {}
    for item in (item for item in made.items if item.status in (*accept, *waiting)):
        gone = item.status == "gone" and item.withdrawable
        left = item.status in waiting and item.reviewable
        decided[item.name] = Decision("review" if left else "withdraw" if gone else "accept")
    return decided


def today() -> str:
    """Return the day of a withdrawal, ISO 8601."""
    return date.today().isoformat()


def _options_of(briefing: Briefing, encoding: str = "") -> readers.Options:
    """Return how documents of a briefing are read: without the elements of a web page that are left out."""
    without = tuple(entry.elements for entry in briefing.source.left_out if entry.elements)
    return readers.Options(encoding, without)


def _read_document(document: Path, briefing: Briefing) -> tuple[bytes, readers.DocumentText]:
    try:
        data = document.read_bytes()
        reading = readers.read(data, document.name, _options_of(briefing))
    except OSError as error:
        reason = (error.strerror or "").lower()
        raise click.ClickException(f"{document.name} cannot be read: {reason}") from error
    except UNREADABLE as error:
        raise click.ClickException(f"{document.name} cannot be read: {error}") from error
    if not reading.paragraphs:
        raise click.ClickException(f"{document.name} cannot be used: it has no text")
    return data, reading


def _old_paragraphs(briefing: Briefing) -> tuple[str, ...]:
    """Return the paragraphs of the old original; none where it is not there or is the new one already."""
    original = briefing.source.original
    if original is None or original.data is None:
        return ()
    if hashlib.sha256(original.data).hexdigest() != original.sha256.lower():
        return ()
    try:
        return readers.read(original.data, original.file, _options_of(briefing, original.encoding)).paragraphs
    except UNREADABLE:
        return ()


@dataclass(slots=True)
class _Session:
    """One run of the command: the plan, what has been decided, and how it is shown."""

    docs: Path
    checked: BriefingBuild
    plan: RebasePlan
    decided: dict[str, Decision]
    why: Withdrawal
    text: bool
    replaced: bytes | None = None
    """The old original, as it was read; None where there was none."""

    @property
    def prefix(self) -> str:
        return prefix_of(self.docs)

    def print_items(self) -> None:
        """Print everything that is not unchanged, and the counts."""
        if self.text:
            for item in self.plan.items:
                if item.status != "unchanged":
                    click.echo(as_text(item, self.checked.files, self.prefix, colour()) + "\n")
            click.echo(summary(self.plan))

    def ask(self) -> None:
        """Ask about one open item after the other; `quit` ends the command with nothing written."""
        for item in open_items(self.plan, self.decided):
            if item in open_items(self.plan, self.decided):
                click.echo("\n" + as_text(item, self.checked.files, self.prefix, colour()))
                if decision := _ask_about(item):
                    self.decided[item.name] = decision

    def contents(self, briefing: Briefing, data: bytes, document: Path) -> dict[str, Content] | None:
        """Return the new content of every file, if every target is found then; None where it is not."""
        original, path, ending = briefing.source.original, self.checked.path, document.suffix.lower()
        is_public = original is not None and original.held == "public"
        name = f"original{ending}"
        if original and is_public and Path(original.file).suffix.lower() == ending:
            name = original.file.removeprefix(f"{path}/")
        record = (name, hashlib.sha256(data).hexdigest()) if original else None
        try:
            texts = changed_files(self.plan, self.decided, self.checked.files, record, self.why)
        except CannotChangeError as error:
            raise click.ClickException(f"{error}; nothing was written") from error
        files: dict[str, Content] = {**texts, **self._corrections(texts)}
        self.replaced = _content_of(self.docs / path / name)
        if is_public and self.replaced != data:
            files[f"{path}/{name}"] = data
        return files if self._is_sound(files) else None

    def _corrections(self, texts: Mapping[str, str]) -> Mapping[str, str]:
        """Return what tells readers of words that the source has changed, where they were released."""
        if self.plan.briefing.releases is None:
            return {}
        after = check_with(self.docs, self.checked, {name: text.encode() for name, text in texts.items()})
        try:
            return followed_source(after, self.checked.files, self.why.date, self.why.reason)
        except EditError as error:
            raise click.ClickException(f"{error}; nothing was written") from error

    def _is_sound(self, files: Mapping[str, Content]) -> bool:
        """Return whether every target is found in the new source; print all that the check will say."""
        contents = {name: data.encode() if isinstance(data, str) else data for name, data in files.items()}
        after = check_with(self.docs, self.checked, contents)
        unfit = [problem for problem in after.problems if problem.code in UNFIT]
        if unfit:
            print_problems(unfit, after.files, self.prefix)
        elif after.problems and files and self.text:
            click.echo("\nwith this, the check will say:\n")
            print_problems(after.problems, after.files, self.prefix, err=False)
        return not unfit

    def write(self, files: Mapping[str, Content]) -> None:
        """Write all files or none."""
        paths = {self.docs / name: data for name, data in files.items()}
        was = as_read(self.docs, self.checked)
        was |= {path: self.replaced for path, data in paths.items() if isinstance(data, bytes)}
        was |= {path: None for path in paths if path not in was}
        try:
            write_all(paths, was=was, inside=self.docs)
        except OSError as error:
            raise click.ClickException(f"nothing was written: {reason_of(error)}") from error

    def conclude(self, files: Mapping[str, Content] | None, dry_run: bool) -> None:
        """Say what was done; exit with 1 where something is open."""
        written, names = files is not None and not dry_run, sorted(files or ())
        if not self.text:
            items = [
                as_row(item, self.decided.get(item.name), self.checked.files, self.prefix) for item in self.plan.items
            ]
            row = {"briefing": self.checked.path, "written": written, "files": names, "items": items}
            click.echo(as_json(row))
        elif written:
            click.echo(f"written: {', '.join(names) or 'nothing; everything is as it was'}")
        elif files is not None:
            click.echo(f"would be written: {', '.join(names) or 'nothing'}")
        else:
            click.echo(f"nothing was written: {_describe_open(open_items(self.plan, self.decided))}")
        if files is None:
            sys.exit(1)


def _content_of(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _describe_open(left: tuple[ReviewItem, ...]) -> str:
    if not left:
        return "with these decisions the targets above would not be found; decide about them differently"
    names = ", ".join(item.name for item in left[:8]) + (" …" if len(left) > 8 else "")
    return f"{len(left)} still to be decided ({names})"


def _ask_about(item: ReviewItem) -> Decision | None:
    """Return the author's decision; None for later. Abort where the author quits."""
    choices = {"a": "accept"} if item.status != "gone" else {}
    choices |= {"r": "accept for review"} if item.status in ("moved", "altered") and item.reviewable else {}
    choices |= {str(number): "this candidate" for number, _ in enumerate(offered(item), start=1)}
    choices |= {"w": "withdraw"} if item.withdrawable else {}
    choices |= {"l": "later", "q": "quit"}
    told = ", ".join(f"{key} {meaning}" for key, meaning in choices.items())
    answer = click.prompt(told, type=click.Choice(list(choices)), show_choices=False)
    if answer == "q":
        raise click.Abort
    if answer == "l":
        return None
    if answer in ("a", "r", "w"):
        return Decision("accept" if answer == "a" else "review" if answer == "r" else "withdraw")
    return Decision("accept", offered(item)[int(answer) - 1].span)
