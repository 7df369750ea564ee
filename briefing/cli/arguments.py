"""Find which briefings a command means: from the paths on its command line to docs folders and briefings."""

from __future__ import annotations

import functools
import os
import shlex
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefing import load
from briefing.load.project import docs_folder, project_docs
from briefing.model import Briefing
from briefing.model.places import one_line

if TYPE_CHECKING:  # to find briefings needs nothing that checks them
    from briefing.authoring.trial import OpenBriefing
    from briefing.pipeline.briefing_build import BriefingBuild


def chosen(paths: tuple[str, ...], *, pages: bool = False) -> list[tuple[Path, tuple[str, ...]]]:
    """Return docs folders with the briefings meant in each. UsageError where a path leads to none.

    With `pages`, a path may be an ordinary page, or a folder of such.
    """
    found: dict[Path, dict[str, None]] = {}
    for name in paths or (".",):
        path = existing(name)
        docs = docs_folder(path)
        briefings = list(_briefings_at(docs, path.resolve()))
        if not briefings and paths and not (pages and _has_pages(docs, path.resolve())):
            raise click.UsageError(f"there is no briefing.yml in {name}, below it or above it")
        found.setdefault(docs, {}).update(dict.fromkeys(briefings))
    return [(docs, tuple(briefings)) for docs, briefings in found.items()]


def existing(name: str) -> Path:
    """Return a path that exists: as given, or below the docs folder of the site here, as pages print it.

    The last name of one briefing there is enough. UsageError where there is none.
    """
    docs = project_docs(Path.cwd())
    named = [docs / path for path in load.find_briefings(docs) if path.split("/")[-1] == name] if docs else []
    for path in (Path(name), *([docs / name] if docs else []), *(named if len(named) == 1 else [])):
        if path.exists():
            return path
    raise click.UsageError(f"{name} does not exist")


def _has_pages(docs: Path, path: Path) -> bool:
    return docs in path.parents and (path.suffix == ".md" or next(path.rglob("*.md"), None) is not None)


def _briefings_at(docs: Path, path: Path) -> Iterable[str]:
    """Return the briefings that a path means: those below it, or the one that it is in."""
    for found in load.find_briefings(docs):
        folder = docs / found
        if path in (docs.parent, folder) or path in folder.parents or folder in path.parents:
            yield found


def only_briefing(name: str | None, fits: Callable[[Path, str], bool] | None = None) -> tuple[Path, str]:
    """Return the docs folder and the folder of the one briefing that is meant, the only one or the only one that fits.

    UsageError for none or several.
    """
    found = [(docs, path) for docs, paths in chosen((name or ".",)) for path in paths]
    if len(found) > 1 and fits:
        found = [each for each in found if fits(*each)] or found
    if len(found) != 1:
        raise click.UsageError(
            f"there are several briefings ({', '.join(path for _, path in found)}); say which with -b"
        )
    return found[0]


def settle(docs: Path) -> int:
    """Finish what a killed command began in a docs folder, before it is read; return how many files that concerned."""
    from briefing.authoring.edit.files import finish

    done = finish(docs)
    if done:
        click.echo(f"an earlier command had been interrupted; it is finished now: {len(done)} files", err=True)
    return len(done)


def prefix_of(docs: Path) -> str:
    """Return what leads from the working directory to the docs folder in messages."""
    return Path(os.path.relpath(docs)).as_posix() + "/"


class _Former(click.Argument):
    """Briefings without -b, as some commands took them in earlier releases: read, but no longer shown."""

    def get_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return nothing: what is not to be used is not shown."""
        return []


class NeededOption(click.Option):
    """An option without which a command does nothing: the line on how it is used has it."""

    def get_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the option with the name of its value."""
        return [f"{self.opts[-1]} {self.metavar or str(self.name).upper()}"]


def in_briefing(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the option that says which briefing it is about, as its parameter `path`."""

    @click.option("-b", "--briefing", "path", metavar="PATH", help="The briefing’s folder or its last name.")
    @functools.wraps(command)
    def run(*args: Any, **others: Any) -> None:
        command(*args, **others)

    return run


def in_briefing_or_former(command: Callable[..., None]) -> Callable[..., None]:
    """Do as `in_briefing`, for a command that earlier releases gave the briefing as an argument."""

    @click.argument("former", nargs=-1, cls=_Former)
    @functools.wraps(command)
    def run(*args: Any, former: tuple[str, ...], path: str | None, **others: Any) -> None:
        named: tuple[str, ...] = (path,) if path else ()
        many = len(named) + len(former)
        if many > 1:
            asked = click.get_current_context().command_path
            raise click.UsageError(
                f"this command is about one briefing, not {many}: name it with -b; if “{one_line(former[-1])}” is none,"
                f" it needs an option, see `{asked} --help`"
            )
        named = with_former(named, former)
        command(*args, path=named[0] if named else None, **others)

    return in_briefing(run)


def in_briefings(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the option that says which briefings it is about, as its parameter `paths`."""

    @click.option(
        "-b",
        "--briefing",
        "paths",
        multiple=True,
        metavar="PATH",
        help="A briefing’s folder or its last name, a file in it, or a folder above several; may be given several"
        " times.",
    )
    @click.argument("former", nargs=-1, cls=_Former)
    @functools.wraps(command)
    def run(*args: Any, former: tuple[str, ...], paths: tuple[str, ...], **others: Any) -> None:
        command(*args, paths=with_former(paths, former), **others)

    return run


def with_former(named: tuple[str, ...], former: tuple[str, ...]) -> tuple[str, ...]:
    """Return the briefings that were named with -b, and those named as in earlier releases, with a warning."""
    if former:
        written = " ".join(f"-b {shlex.quote(name)}" for name in former)
        click.echo(
            f"warning: write `{one_line(written)}`; without -b, briefings are read in this release only", err=True
        )
    return (*named, *former)


def checked_briefings(path: str | None) -> list[tuple[Path, BriefingBuild]]:
    """Return the briefings that a command may mean, checked, with their docs folders. UsageError if there is none."""
    return [(opened.docs, opened.checked) for opened in opened_briefings(path)]


def opened_briefings(path: str | None) -> list[OpenBriefing]:
    """Return the same as a change needs them: with the people and measures that they were checked with."""
    from briefing.authoring.trial import OpenBriefing
    from briefing.pipeline.checking import check_briefing, read_registers

    found = []
    for docs, briefings in chosen((path,) if path else ()):
        registers = read_registers(docs)
        found += [OpenBriefing(docs, check_briefing(docs, each, registers), registers.files) for each in briefings]
    if not found:
        raise click.UsageError("there is no briefing here; name one with -b")
    return found


def one_briefing(path: str | None, fits: Callable[[Briefing], bool]) -> tuple[Path, BriefingBuild]:
    """Return the briefing that a command means: the only one, or the only one that fits. UsageError if that is open."""
    opened = open_one(path, fits)
    return opened.docs, opened.checked


def open_one(path: str | None, fits: Callable[[Briefing], bool]) -> OpenBriefing:
    """Return the same for a change of its files."""
    found = opened_briefings(path)
    if len(found) == 1:
        return found[0]
    fitting = [opened for opened in found if opened.checked.briefing and fits(opened.checked.briefing)]
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(opened.checked.path for opened in fitting or found)
    raise click.UsageError(f"there are several briefings ({names}); say which with -b")


def readable(docs: Path, checked: BriefingBuild) -> Briefing:
    """Return the briefing; where too little of it can be read, print its problems and end the command with 1."""
    if checked.briefing is not None:
        return checked.briefing
    from briefing.cli.problems import print_problems

    print_problems(checked.problems, checked.files, prefix_of(docs))
    sys.exit(1)
