"""Write the files of authors so that all of them change or none does, and nobody's work is lost. Every command that
writes does so through this module.

One process at a time writes in a folder (see `lock`). Each new content is first written into a hidden folder that Git
ignores, so that a full disk or a missing right shows before anything is touched. Then every file is compared with what
the command had read, and is replaced in one step; what was replaced is put back if one cannot be. Between the
comparison of a file and its replacement no program has more than a moment.

Where several files change, a journal in the hidden folder says what is under way. It is written when every new content
is on the disk, and removed when all are in place. So where there is one, the change was decided and is finished by
replacing what is left; where there is none, nothing had begun, and what a killed process left is deleted by the next.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from briefing.load.lock import locked
from briefing.model import JOURNAL

UNFINISHED, _, _JOURNAL = JOURNAL.partition("/")

Content = str | bytes
"""What is to be in a file, or was when it was read; a text is without the byte order mark that the file may have."""

BOM = b"\xef\xbb\xbf"


class JournalError(OSError):
    """A journal cannot be followed: it is damaged, or what it names is not what was written."""


class LeavesFolderError(OSError):
    """A path leads, through a symbolic link or `..`, out of the folder that it should stay in."""


class ChangedMeanwhileError(OSError):
    """A file is no longer what it was when it was read, so writing it would lose somebody's work."""


class FolderTakenError(OSError):
    """There is something at the place of a new folder."""


@dataclass(frozen=True, slots=True)
class _Change:
    """One file on its way to its new content."""

    target: Path
    """Where it really is, links followed."""
    fresh: Path
    """The new content; nothing is there where the file is to go."""
    was: bytes | None
    """What it has had so far; None where there was no file."""
    kept: Path
    """Where that is kept, until all is in place."""


# --- writing ----------------------------------------------------------------------------------------------------


def write_all(
    contents: Mapping[Path, Content | None], *, was: Mapping[Path, Content | None] | None = None, inside: Path
) -> None:
    """Write all files or none; missing folders are made, and the mode of a file that is there is kept. None as its
    content removes a file.

    `was` says what files held when they were read (None for no file), those that are written and others that the new
    contents rest on: if one holds anything else now, nothing is written. `inside` is the folder that is locked, and
    that no link may lead out of. OSError where the disk refuses, and the errors of this module and of `lock`.
    """
    root = Path(os.path.realpath(inside))
    targets = {path: _real_path(path, root) for path in contents}
    with _prepared(root, (targets[path].parent for path in contents)) as made:
        read = {path: _content_of(targets.get(path, path)) for path in {**contents, **(was or {})}}
        wanted = {path: _encoded(path, content, read[path]) for path, content in contents.items()}
        changes = []
        for path, content in wanted.items():
            if content != read[path]:
                made += _make_folder(targets[path].parent) if content is not None else []
                changes.append(_prepare(targets[path], content, read[path], _hidden_beside(targets[path], root)))
        for path, before in (was or {}).items():
            _compare(path, _content_of(targets.get(path, path)), before)
        if len(changes) > 1:
            _begin_journal(root, changes)
        _replace_all(changes)


def write(path: Path, content: Content) -> None:
    """Write one file that belongs to the program alone, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_all({path: content}, inside=path.parent)


def write_folder(folder: Path, files: Mapping[str, bytes], *, inside: Path | None = None, marker: str = "") -> None:
    """Write all files below a folder, or none; it is new or empty, or has a file `marker`, and is then replaced.

    `inside` is as for `write_all`; without it, where the folder is to be. OSError, FolderTakenError among them.
    """
    above = next(each for each in (inside or folder.parent, *folder.parents) if each.is_dir())
    root = Path(os.path.realpath(above))
    target = _real_path(folder, root)
    with _prepared(root, [target.parent]) as made:
        made += _make_folder(target.parent)
        hidden = _hidden_beside(target, root)
        for name, content in files.items():
            file = hidden / "new" / name
            file.parent.mkdir(parents=True, exist_ok=True)
            with _naming(folder / name):
                file.write_bytes(content)
        if os.path.lexists(folder):
            _refuse_taken(folder, marker)
            target.rename(hidden / "old")
        try:
            (hidden / "new").rename(target)
        except OSError:
            if (hidden / "old").exists():
                (hidden / "old").rename(target)
            raise


def _refuse_taken(folder: Path, marker: str) -> None:
    """Raise FolderTakenError where a folder has anything in it that must stay, or is no folder."""
    is_folder = folder.is_dir() and not folder.is_symlink()
    if is_folder and not any(folder.iterdir()):
        return
    if not marker or not is_folder:
        raise FolderTakenError(f"{folder} is there already; choose a new or empty folder")
    if not (folder / marker).is_file():
        raise FolderTakenError(f"{folder} holds files that no export wrote; choose an empty or new folder")


def is_taken(folder: Path) -> bool:
    """Return whether something is where a folder is to be made; a command that was killed may have left empty ones."""
    if folder.is_dir() and not folder.is_symlink():
        return any(not entry.is_dir() or entry.is_symlink() for entry in folder.rglob("*"))
    return os.path.lexists(folder)


def remove_empty_folders(folder: Path) -> None:
    """Remove a folder and those below it as far as nothing is in them."""
    for each in (*sorted(folder.rglob("*"), reverse=True), folder):
        with suppress(OSError):
            each.rmdir()


@contextmanager
def temporary(files: Mapping[str, bytes]) -> Iterator[Path]:
    """Yield a folder of the system with these files, to try something with; it is deleted afterwards."""
    with tempfile.TemporaryDirectory(prefix="briefing-") as folder:
        for name, content in files.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        yield Path(folder)


# --- contents ---------------------------------------------------------------------------------------------------


def _encoded(path: Path, content: Content | None, present: bytes | None) -> bytes | None:
    """Return a new content as bytes, with a byte order mark where the file has one: reading takes it off."""
    if not isinstance(content, str):
        return content
    try:
        (present or b"").decode("utf-8")
    except UnicodeDecodeError as error:  # its text is not all that is in it
        raise ChangedMeanwhileError(f"{path} is not UTF-8: save it as UTF-8 first") from error
    return (BOM if present is not None and present.startswith(BOM) else b"") + content.encode("utf-8")


def _compare(path: Path, present: bytes | None, before: Content | None) -> None:
    """Raise ChangedMeanwhileError where a file is not what it was when it was read."""
    found = None if present is None else present.decode("utf-8", "replace").lstrip("\ufeff")
    if (found if isinstance(before, str) else present) != before:
        raise ChangedMeanwhileError(f"{path} has been changed by another program; run the command again")


def _content_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _real_path(path: Path, root: Path) -> Path:
    """Return where a path leads. LeavesFolderError where that is outside `root`."""
    real = Path(os.path.realpath(path))
    if not real.is_relative_to(root):
        raise LeavesFolderError(f"{path} leads out of the folder {root}")
    return real


def _digest(content: bytes | None) -> str:
    return "" if content is None else hashlib.sha256(content).hexdigest()


# --- the hidden folder ------------------------------------------------------------------------------------------


@contextmanager
def _prepared(root: Path, folders: Iterable[Path]) -> Iterator[list[Path]]:
    """Lock a folder and tidy up in it, before and after; yield the list of folders to remove if it comes to nothing."""
    made: list[Path] = []
    folders = {root, *folders}
    with locked(root):
        _settle(root)
        try:
            yield made
        except BaseException:
            _discard(folders)
            for folder in reversed(made):
                with suppress(OSError):
                    folder.rmdir()
            raise
        _discard(folders)


def _hidden_beside(target: Path, root: Path) -> Path:
    """Return the hidden folder for what is to be renamed to a target: it is on the same disk."""
    near = root if root.stat().st_dev == target.parent.stat().st_dev else target.parent
    return _made_hidden(near / UNFINISHED)


def _made_hidden(folder: Path) -> Path:
    """Make a folder of which Git sees nothing, whenever this process is killed; return it.

    The file that has it ignored comes into being with its content in a folder called .git, into which Git never looks.
    """
    if folder.is_symlink():
        raise LeavesFolderError(f"{folder} is a link; delete it: what is being written is kept there for a moment")
    if not (folder / ".gitignore").is_file():
        unseen = folder / ".git"
        unseen.mkdir(parents=True, exist_ok=True)
        (unseen / "ignore").write_bytes(b"*\n")
        (unseen / "ignore").rename(folder / ".gitignore")
        unseen.rmdir()
    return folder


def _discard(folders: Iterable[Path]) -> None:
    for folder in folders:
        shutil.rmtree(folder / UNFINISHED, ignore_errors=True)


def _make_folder(folder: Path) -> list[Path]:
    """Make a folder and those above it; return those that had to be made, outermost first."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()][::-1]
    for each in missing:
        each.mkdir()
    return missing


@contextmanager
def _naming(target: Path) -> Iterator[None]:
    """Give an error of the system the name of the file that was to be written, which an author knows."""
    try:
        yield
    except OSError as error:
        error.filename, error.filename2 = str(target), None
        raise


def _prepare(target: Path, content: bytes | None, was: bytes | None, hidden: Path) -> _Change:
    """Write the new content of a file into the hidden folder."""
    fresh = hidden / str(sum(1 for _ in hidden.iterdir()))
    kept = fresh.with_name(f"{fresh.name}-was")
    if was is not None:
        shutil.copy2(target, kept)
    if content is None:
        return _Change(target, fresh, was, kept)
    # not tempfile: its files are private, and a new file should have the user's usual mode
    with _naming(target), fresh.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    if was is not None:
        shutil.copymode(target, fresh)
    return _Change(target, fresh, was, kept)


def _replace_all(changes: Iterable[_Change]) -> None:
    """Put every new content in its place; put all back if one cannot be."""
    done: list[_Change] = []
    try:
        for change in changes:
            _compare(change.target, _content_of(change.target), change.was)
            _put_in_place(change.fresh, change.target)
            done.append(change)
    except BaseException:
        for change in reversed(done):
            with suppress(OSError):
                if change.was is None:
                    change.target.unlink()
                else:
                    change.kept.replace(change.target)
        raise


def _put_in_place(fresh: Path, target: Path) -> None:
    """Replace a file by its new content, or remove it where there is none."""
    if fresh.exists():
        fresh.replace(target)
    else:
        target.unlink()


# --- the journal ------------------------------------------------------------------------------------------------


def finish(folder: Path) -> tuple[Path, ...]:
    """Finish what a killed command began in a folder, and delete what it left; return the files that were put in place.

    JournalError where the journal cannot be followed; then nothing is touched.
    """
    if not (folder / UNFINISHED).is_dir():
        return ()
    root = Path(os.path.realpath(folder))
    with locked(root):
        return _settle(root)


def _begin_journal(root: Path, changes: Iterable[_Change]) -> None:
    """Write down where each new content is and belongs, and what it replaces."""
    hidden = _made_hidden(root / UNFINISHED)
    rows = []
    for change in changes:
        paths = {"target": change.target, "fresh": change.fresh}
        row = {name: path.relative_to(root).as_posix() for name, path in paths.items()}
        rows.append({**row, "sha256": _digest(_content_of(change.fresh)), "was": _digest(change.was)})
    part = hidden / f"{_JOURNAL}.part"
    with part.open("w", encoding="utf-8") as file:
        json.dump(rows, file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(hidden / _JOURNAL)


def _settle(root: Path) -> tuple[Path, ...]:
    """Do what `finish` does, within the lock."""
    changes = _read_journal(root)
    for target, fresh in changes.items():
        _put_in_place(fresh, target)
    _discard({root, *(fresh.parent.parent for fresh in changes.values())})
    return tuple(changes)


def _read_journal(root: Path) -> dict[Path, Path]:
    """Return what is left to do by a journal: by its target, the new content. Empty where nothing had begun."""
    journal = root / JOURNAL
    if not journal.is_file():
        return {}
    left, others, begun = {}, [], False
    try:
        for row in json.loads(journal.read_text("utf-8")):
            target, fresh, new, was = root / row["target"], root / row["fresh"], row["sha256"], row["was"]
            if not all(Path(os.path.realpath(path)).is_relative_to(root) for path in (target, fresh)):
                raise JournalError(f"{journal} names files outside its folder; it is not followed")
            now = _digest(_content_of(target))
            if now == new:
                begun = True
            elif now == was and _digest(_content_of(fresh)) == new:
                left[target] = fresh
            else:
                others.append(target.name)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise JournalError(f"{journal} cannot be read: delete it, and check that your files are complete") from error
    if others and begun:
        what = f"{', '.join(others)} has been changed since a command was interrupted"
        raise JournalError(f"{what}: compare it with the new content in {journal.parent}, then delete that folder")
    return {} if others else left
