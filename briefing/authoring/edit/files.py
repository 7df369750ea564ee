"""Writes files so that all of them change or none does.

Each content is first written to a temporary file beside its place, so that a full disk or a missing right shows
before anything is touched; the renames that follow are undone if one of them fails.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from briefing.authoring.edit.journal import begin

BOM = b"\xef\xbb\xbf"


class LeavesFolderError(OSError):
    """A path leads, through a symbolic link or `..`, out of the folder that it should stay in."""


class ChangedMeanwhileError(OSError):
    """A file is no longer what it was when it was read, so writing it would lose somebody's work."""


@dataclass(frozen=True, slots=True)
class _Change:
    """One file on its way to its new content."""

    target: Path
    """Where it really stands, links followed."""
    fresh: Path
    """The new content, beside it."""
    kept: Path | None
    """The old content, beside it; None where there was no file."""


def write_all(
    contents: Mapping[Path, bytes],
    *,
    was: Mapping[Path, bytes | None] | None = None,
    inside: Path | None = None,
    journal: Path | None = None,
) -> None:
    """Write all files or none; missing folders are made, and the mode of a file that is there is kept.

    `was` says what files held when they were read (None for no file): if one holds anything else now, nothing is
    written. A path that is a link is written through, unless it leaves `inside` (its own folder where not given).
    With a `journal`, even a crash between two renames can be mended: see `journal.finish`.
    OSError where the disk refuses, LeavesFolderError and ChangedMeanwhileError among them.
    """
    targets = {path: _real(path, inside) for path in contents}
    for path, content in (was or {}).items():
        if _content(targets.get(path, path)) != content:
            raise ChangedMeanwhileError(f"{path} has been changed by another program; nothing was written")
    made: list[Path] = []
    changes: list[_Change] = []
    try:
        for path, content in contents.items():
            if _content(targets[path]) != content:
                made += _make_folder(targets[path].parent)
                changes.append(_prepared(targets[path], content))
        if journal and changes:
            begin(journal, ((change.target, change.fresh, change.kept) for change in changes))
        _rename(changes)
    except BaseException:
        if journal:
            journal.unlink(missing_ok=True)
        _discard(changes)
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        raise
    if journal:
        journal.unlink(missing_ok=True)
    _discard(changes)


def write(path: Path, content: bytes, *, inside: Path | None = None) -> None:
    """Write one file whole or not at all."""
    write_all({path: content}, inside=inside)


def encoded(text: str, was: bytes | None = None) -> bytes:
    """A file's text as bytes, with a byte order mark where the file had one: reading takes it off."""
    return (BOM if was is not None and was.startswith(BOM) else b"") + text.encode("utf-8")


def _real(path: Path, inside: Path | None) -> Path:
    """Where a path leads. LeavesFolderError where that is outside of `inside`."""
    real, root = Path(os.path.realpath(path)), Path(os.path.realpath(inside or path.parent))
    if not real.is_relative_to(root):
        raise LeavesFolderError(f"{path} leads out of the folder {root}")
    return real


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _make_folder(folder: Path) -> list[Path]:
    """The folders that had to be made, outermost first."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()][::-1]
    for each in missing:
        each.mkdir()
    return missing


def _prepared(target: Path, content: bytes) -> _Change:
    """The new content beside its place, and the old one under another name."""
    fresh = _beside(target)
    try:
        # not tempfile: its files are private, and a new file should have the user's usual mode
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return _Change(target, fresh, _kept(target, fresh))
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise


def _kept(target: Path, fresh: Path) -> Path | None:
    if not target.exists():
        return None
    shutil.copymode(target, fresh)
    kept = _beside(target)
    shutil.copy2(target, kept)
    return kept


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name[:100]}-{secrets.token_hex(6)}")


def _rename(changes: Iterable[_Change]) -> None:
    """Put every new content in its place; put all back if one cannot be."""
    done: list[_Change] = []
    try:
        for change in changes:
            change.fresh.replace(change.target)
            done.append(change)
    except BaseException:
        for change in reversed(done):
            with suppress(OSError):
                if change.kept:
                    change.kept.replace(change.target)
                else:
                    change.target.unlink()
        raise


def _discard(changes: Iterable[_Change]) -> None:
    for change in changes:
        for path in (change.fresh, change.kept):
            if path:
                with suppress(OSError):
                    path.unlink()
