"""`briefing rebase`: take over a new version of the source, after the author has seen what it does."""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
import tempfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import click

from briefing import load, readers, report
from briefing.authoring.edit import write_all
from briefing.authoring.edit.files import encoded, finish
from briefing.authoring.rebase import (
    CannotChangeError,
    Decision,
    RebasePlan,
    ReviewItem,
    Withdrawal,
    changed,
    open_items,
    plan,
    split,
)
from briefing.authoring.rebase.report import as_row, as_text, offered, summary
from briefing.cli.arguments import chosen, existing, prefix_of
from briefing.cli.problems import colour
from briefing.load.project import project_docs
from briefing.model import JOURNAL as NAME
from briefing.model import Briefing, FolderPart
from briefing.model.places import Problem, TextFile
from briefing.pipeline import build

RESTS_ON: tuple[FolderPart, ...] = ("annotations", "comments", "left_out")
"""What must have been read whole: an entry that was left out would be forgotten."""
UNFIT = ("orphan", "ambiguous", "spliced")
"""Problems that a target must not have after a rebase: then nothing is written."""


@click.command()
@click.argument("slug", metavar="BRIEFING")
@click.option("--to", "new", metavar="NEWFILE", help="The new version of the document, in any format that is read.")
@click.option(
    "--accept",
    type=click.Choice(["moved", "altered", "added", "gone"]),
    multiple=True,
    help="Accept all items of this status; may be given several times. What is gone is withdrawn.",
)
@click.option("--reason", default="", help="Why annotations are withdrawn, as readers will see it at their addresses.")
@click.option("--ask/--no-ask", default=None, help="Ask about each item; the default on a terminal.")
@click.option("--dry-run", is_flag=True, help="Show what would happen, and write nothing.")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="How to print the plan.")
def rebase(
    slug: str, new: str | None, accept: tuple[str, ...], reason: str, ask: bool | None, dry_run: bool, style: str
) -> None:
    """Take over NEWFILE as the new version of BRIEFING's source.

    Everything that the briefing rests on is looked for in it: unchanged, moved, altered or gone. Nothing is written
    until all of it is decided; then source, original, hash and selectors change together. Exits with 0 where it is
    done or nothing is open, 1 where something is open, 2 where the command itself was wrong.
    """
    docs, path = _one(slug)
    folder = docs / path
    resumed = _finish(folder)
    if new is None:
        if resumed:
            return
        raise click.UsageError("say which new version with --to NEWFILE")
    document = existing(new)
    checked = build.check_alone(docs, path)
    if checked.briefing is None or any(checked.briefing.unread.lacks(part) for part in RESTS_ON):
        _print_problems(checked.problems, checked.files, prefix_of(docs))
        raise click.ClickException("not all of the briefing can be read: fix these problems first")
    data = _bytes_of(document)
    new_one = _read(data, document.name, _without(checked.briefing))
    parts = split(checked.briefing, _old(checked.briefing), new_one.paragraphs, new_one.removed)
    made = plan(checked.briefing, parts)
    decided = {item.name: _accepted(item) for item in made.items if item.status in accept}
    why = Withdrawal(today(), reason)
    session = _Session(docs, path, made, checked.files, decided, why, style == "text")
    session.print_items()
    if dry_run is False and (sys.stdin.isatty() if ask is None else ask) and style == "text":
        session.ask()
    files = None if open_items(made, decided) else session.contents(data, document)
    if files is not None and not dry_run:
        session.write(files)
    session.conclude(files, dry_run)


def today() -> str:
    """The day of a withdrawal, ISO 8601."""
    return date.today().isoformat()


def _one(slug: str) -> tuple[Path, str]:
    """The briefing that is meant: by its folder, or by the last name of it."""
    docs = project_docs(Path.cwd())
    named = [path for path in load.find_briefings(docs) if path.split("/")[-1] == slug] if docs else []
    if docs and len(named) == 1:
        return docs, named[0]
    found = [(docs, path) for docs, paths in chosen((slug,)) for path in paths]
    if len(found) != 1:
        raise click.UsageError(f"{slug} has {len(found)} briefings: name one")
    return found[0]


def _finish(folder: Path) -> bool:
    """Finish a rebase that a crash interrupted."""
    try:
        resumed = finish(folder / NAME)
    except OSError as error:
        raise click.ClickException(str(error)) from error
    if resumed:
        click.echo(f"an earlier rebase had been interrupted; it is finished now: {len(resumed)} files", err=True)
    return bool(resumed)


def _bytes_of(document: Path) -> bytes:
    try:
        return document.read_bytes()
    except OSError as error:
        reason = (error.strerror or "").lower()
        raise click.ClickException(f"{document.name} cannot be taken over: {reason}") from error


def _without(briefing: Briefing) -> tuple[str, ...]:
    """The elements of a web page that are left out of its source."""
    return tuple(entry.elements for entry in briefing.source.left_out if entry.elements)


def _read(data: bytes, name: str, without: tuple[str, ...]) -> readers.Reading:
    try:
        reading = readers.read(data, name, readers.Options(without=without))
    except (readers.UnknownReader, readers.UnreadableDocument, readers.UnreadableSelector) as error:
        raise click.ClickException(f"{name} cannot be taken over: {error}") from error
    if not reading.paragraphs:
        raise click.ClickException(f"{name} cannot be taken over: it has no text")
    return reading


def _old(briefing: Briefing) -> tuple[str, ...]:
    """The paragraphs of the old original; none where it is not there or is the new one already."""
    original = briefing.source.original
    if original is None or original.data is None:
        return ()
    if hashlib.sha256(original.data).hexdigest() != original.sha256.lower():
        return ()
    try:
        options = readers.Options(original.encoding, _without(briefing))
        return readers.read(original.data, original.file, options).paragraphs
    except (readers.UnknownReader, readers.UnreadableDocument, readers.UnreadableSelector):
        return ()


def _print_problems(problems: tuple[Problem, ...], files: Mapping[str, TextFile], prefix: str) -> None:
    for problem in problems:
        click.echo(report.as_text(problem, files, prefix, colour=colour()) + "\n", err=True)


class _Session:
    """One run of the command: the plan, what has been decided, and how it is told."""

    def __init__(
        self,
        docs: Path,
        path: str,
        plan: RebasePlan,
        files: Mapping[str, TextFile],
        decided: dict[str, Decision],
        why: Withdrawal,
        text: bool,
    ) -> None:
        self.docs, self.path, self.plan, self.files, self.decided, self.text = docs, path, plan, files, decided, text
        self.why = why
        self.prefix = prefix_of(docs)

    def print_items(self) -> None:
        """Everything that is not unchanged, and the counts."""
        if not self.text:
            return
        for item in self.plan.items:
            if item.status != "unchanged":
                click.echo(as_text(item, self.files, self.prefix, colour()) + "\n")
        click.echo(summary(self.plan))

    def ask(self) -> None:
        """Ask about one open item after the other; `quit` ends the command with nothing written."""
        for item in open_items(self.plan, self.decided):
            if item not in open_items(self.plan, self.decided):
                continue
            click.echo("\n" + as_text(item, self.files, self.prefix, colour()))
            decision = _asked(item)
            if decision is not None:
                self.decided[item.name] = decision

    # --- writing ---

    def contents(self, data: bytes, document: Path) -> dict[Path, bytes] | None:
        """The new content of every file, tried in a copy of the folder; None where it would not be sound."""
        original = self.plan.briefing.source.original
        name = f"original{document.suffix.lower()}"
        if original and original.held == "public" and Path(original.file).suffix.lower() == document.suffix.lower():
            name = original.file.removeprefix(f"{self.path}/")
        record = (name, hashlib.sha256(data).hexdigest()) if original else None
        try:
            texts = changed(self.plan, self.decided, self.files, record, self.why)
        except CannotChangeError as error:
            raise click.ClickException(f"{error}; nothing was written") from error
        files = {self.docs / file: encoded(text, _bytes(self.docs / file)) for file, text in texts.items()}
        if original and original.held == "public" and _bytes(self.docs / self.path / name) != data:
            files[self.docs / self.path / name] = data
        return files if self._sound(files) else None

    def _sound(self, files: Mapping[Path, bytes]) -> bool:
        """Whether every target is found in the new source; tells all that the check will say."""
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder)
            shutil.copytree(self.docs / self.path, copy / self.path, symlinks=True)
            for register in (name for name in load.REGISTERS if (self.docs / name).is_file()):
                shutil.copy(self.docs / register, copy / register)
            for path, content in files.items():
                (copy / path.relative_to(self.docs)).write_bytes(content)
            after = build.check_alone(copy, self.path)
        unfit = tuple(problem for problem in after.problems if problem.code in UNFIT)
        if unfit:
            _print_problems(unfit, after.files, self.prefix)
        elif after.problems and files and self.text:
            click.echo("\nwith this, the check will say:\n")
            _print_problems(after.problems, after.files, self.prefix)
        return not unfit

    def write(self, files: Mapping[Path, bytes]) -> None:
        """All files or none."""
        folder = self.docs / self.path
        read = {self.docs / name: file for name, file in self.files.items() if self.docs / name in files}
        was = {path: encoded(file.text, _bytes(path)) for path, file in read.items()}
        try:
            write_all(files, was=was, inside=folder, journal=folder / NAME)
        except OSError as error:
            raise click.ClickException(f"{error}; nothing was written") from error

    def conclude(self, files: Mapping[Path, bytes] | None, dry_run: bool) -> None:
        """Say what was done; exit with 1 where something is open."""
        left = open_items(self.plan, self.decided)
        written = files is not None and not dry_run
        names = sorted(path.relative_to(self.docs).as_posix() for path in files or ())
        if not self.text:
            click.echo(json.dumps(self._rows(written, names), ensure_ascii=False, indent=2))
        elif written:
            click.echo(f"written: {', '.join(names) or 'nothing, all is as it was'}")
        elif files is not None:
            click.echo(f"would be written: {', '.join(names) or 'nothing'}")
        else:
            click.echo(f"nothing was written: {_open(left)}")
        if files is None:
            sys.exit(1)

    def _rows(self, written: bool, names: list[str]) -> dict[str, object]:
        rows = [as_row(item, self.decided.get(item.name), self.files, self.prefix) for item in self.plan.items]
        return {"briefing": self.path, "written": written, "files": names, "items": rows}


def _accepted(item: ReviewItem) -> Decision:
    """What accepting all items of a status means for one: what is gone is done without."""
    return Decision("withdraw" if item.status == "gone" and item.withdrawable else "accept")


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _open(left: tuple[ReviewItem, ...]) -> str:
    if not left:
        return "with these decisions the targets above would not be found; decide otherwise about them"
    names = ", ".join(item.name for item in left[:8]) + (" …" if len(left) > 8 else "")
    return f"{len(left)} still to be decided ({names})"


def _asked(item: ReviewItem) -> Decision | None:
    """The author's decision; None for later. Abort where the author quits."""
    choices = {"a": "accept"} if item.status != "gone" else {}
    choices |= {str(number): "this candidate" for number, _ in enumerate(offered(item), start=1)}
    choices |= {"w": "withdraw"} if item.withdrawable else {}
    choices |= {"l": "later", "q": "quit"}
    told = ", ".join(f"{key} {meaning}" for key, meaning in choices.items())
    answer = click.prompt(told, type=click.Choice(list(choices)), show_choices=False)
    if answer == "q":
        raise click.Abort
    if answer == "l":
        return None
    if answer in ("a", "w"):
        return Decision("accept" if answer == "a" else "withdraw")
    return Decision("accept", offered(item)[int(answer) - 1].span)
