"""Write files so that all of them change or none does.

Each content is first written to a temporary file beside its place, so that a full disk or a missing right shows
before anything is touched; the renames that follow are undone if one of them fails.

A journal says what is under way, so that a crash between two renames can be repaired. It is written when every new
content is on the disk beside its place, and removed when all are in place. So where there is one, the change was
decided and is finished by renaming what is left; where there is none, nothing had begun.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


class JournalError(OSError):
    """A journal cannot be followed: it is damaged, or what it names is not what was written."""


class LeavesFolderError(OSError):
    """A path leads, through a symbolic link or `..`, out of the folder that it should stay in."""


class ChangedMeanwhileError(OSError):
    """A file is no longer what it was when it was read, so writing it would lose somebody's work."""


@dataclass(frozen=True, slots=True)
class _Change:
    """One file on its way to its new content."""

    target: Path
    """Where it really is, links followed."""
    fresh: Path
    """The new content, beside it."""
    kept: Path | None
    """The old content, beside it; None where there was no file."""


# --- the journal ------------------------------------------------------------------------------------------------


def _begin_journal(journal: Path, changes: Iterable[_Change]) -> None:
    """Write down where each new content is and belongs, and where the old one is kept."""
    folder = Path(os.path.realpath(journal.parent))
    rows = []
    for change in changes:
        paths = {"target": change.target, "fresh": change.fresh, "kept": change.kept}
        outside = next((path for path in paths.values() if path and not path.is_relative_to(folder)), None)
        if outside:
            raise JournalError(f"{outside} is outside {folder}")
        relative = {name: path and path.relative_to(folder).as_posix() for name, path in paths.items()}
        rows.append({**relative, "sha256": hashlib.sha256(change.fresh.read_bytes()).hexdigest()})
    part = journal.with_name(f"{journal.name}.part")
    with part.open("w", encoding="utf-8") as file:
        json.dump(rows, file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(journal)


def finish(journal: Path) -> tuple[Path, ...]:
    """Finish what a journal says, and return the files that were put in place; none where there is no journal.

    JournalError where it cannot be followed; then nothing is touched.
    """
    if not journal.is_file():
        return ()
    changes = _read_journal(journal)
    done = []
    for change in changes:
        if change.fresh.exists():
            change.fresh.replace(change.target)
            done.append(change.target)
    journal.unlink()
    _discard_all(changes)
    return tuple(done)


def _read_journal(journal: Path) -> list[_Change]:
    """Return the changes of a journal, each of which can be followed."""
    folder = Path(os.path.realpath(journal.parent))
    changes = {}
    try:
        for row in json.loads(journal.read_text("utf-8")):
            kept = folder / row["kept"] if row["kept"] else None
            changes[_Change(folder / row["target"], folder / row["fresh"], kept)] = row["sha256"]
    except (ValueError, KeyError, TypeError) as error:
        raise JournalError(f"{journal} cannot be read: delete it, and check that your files are complete") from error
    for change, sha256 in changes.items():
        paths = filter(None, (change.target, change.fresh, change.kept))
        if not all(Path(os.path.realpath(path)).is_relative_to(folder) for path in paths):
            raise JournalError(f"{journal} names files outside its folder; it is not followed")
        new = change.fresh if change.fresh.exists() else change.target
        if not new.exists() or hashlib.sha256(new.read_bytes()).hexdigest() != sha256:
            raise JournalError(f"{journal} does not fit the files: {change.target.name} is not what was written")
    return list(changes)


# --- writing ----------------------------------------------------------------------------------------------------

BOM = b"\xef\xbb\xbf"


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
    With a `journal`, even a crash between two renames can be repaired: see `finish`.
    OSError where the disk refuses, LeavesFolderError and ChangedMeanwhileError among them.
    """
    targets = {path: _real_path(path, inside) for path in contents}
    for path, content in (was or {}).items():
        if _content_of(targets.get(path, path)) != content:
            raise ChangedMeanwhileError(f"{path} has been changed by another program; nothing was written")
    made: list[Path] = []
    changes: list[_Change] = []
    try:
        for path, content in contents.items():
            if _content_of(targets[path]) != content:
                made += _make_folder(targets[path].parent)
                changes.append(_prepare(targets[path], content))
        if journal and changes:
            _begin_journal(journal, changes)
        _rename_all(changes)
    except BaseException:
        if journal:
            journal.unlink(missing_ok=True)
        _discard_all(changes)
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()
        raise
    if journal:
        journal.unlink(missing_ok=True)
    _discard_all(changes)


def write(path: Path, content: bytes, *, inside: Path | None = None) -> None:
    """Write one file whole or not at all."""
    write_all({path: content}, inside=inside)


def encoded(text: str, was: bytes | None = None) -> bytes:
    """Return a file's text as bytes, with a byte order mark where the file had one: reading takes it off."""
    return (BOM if was is not None and was.startswith(BOM) else b"") + text.encode("utf-8")


def _real_path(path: Path, inside: Path | None) -> Path:
    """Return where a path leads. LeavesFolderError where that is outside `inside`."""
    real, root = Path(os.path.realpath(path)), Path(os.path.realpath(inside or path.parent))
    if not real.is_relative_to(root):
        raise LeavesFolderError(f"{path} leads out of the folder {root}")
    return real


def _content_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _make_folder(folder: Path) -> list[Path]:
    """Make a folder and those above it; return those that had to be made, outermost first."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()][::-1]
    for each in missing:
        each.mkdir()
    return missing


def _prepare(target: Path, content: bytes) -> _Change:
    """Put the new content beside its place, and the old one under another name."""
    fresh, kept = _path_beside(target), None
    try:
        # not tempfile: its files are private, and a new file should have the user's usual mode
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            shutil.copymode(target, fresh)
            kept = _path_beside(target)
            shutil.copy2(target, kept)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    return _Change(target, fresh, kept)


def _path_beside(target: Path) -> Path:
    return target.with_name(f".{target.name[:100]}-{secrets.token_hex(6)}")


def _rename_all(changes: Iterable[_Change]) -> None:
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


def _discard_all(changes: Iterable[_Change]) -> None:
    for change in changes:
        for path in (change.fresh, change.kept):
            if path:
                with suppress(OSError):
                    path.unlink()
