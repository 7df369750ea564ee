"""What is under way when several files change, written down so that a crash between two renames can be mended.

The journal is written when every new content lies on the disk beside its place, and removed when all are in place.
So where there is one, the change was decided and is finished by renaming what is left; where there is none, nothing
had begun.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


class JournalError(OSError):
    """A journal cannot be followed: it is damaged, or what it names is not what was written."""


def begin(journal: Path, changes: Iterable[tuple[Path, Path, Path | None]]) -> None:
    """Write down where each new content lies and belongs, and where the old one is kept."""
    folder = Path(os.path.realpath(journal.parent))
    rows = [
        {
            "target": _inside(target, folder),
            "fresh": _inside(fresh, folder),
            "kept": _inside(kept, folder) if kept else None,
            "sha256": hashlib.sha256(fresh.read_bytes()).hexdigest(),
        }
        for target, fresh, kept in changes
    ]
    part = journal.with_name(f"{journal.name}.part")
    with part.open("w", encoding="utf-8") as file:
        json.dump(rows, file)
        file.flush()
        os.fsync(file.fileno())
    part.replace(journal)


def finish(journal: Path) -> tuple[Path, ...]:
    """Finish what a journal says, and give the files that were put in place; nothing where there is no journal.

    JournalError where it cannot be followed; then nothing is touched.
    """
    if not journal.is_file():
        return ()
    folder = Path(os.path.realpath(journal.parent))
    rows = _read(journal, folder)
    done = []
    for target, fresh, _, _ in rows:
        if fresh.exists():
            fresh.replace(target)
            done.append(target)
    journal.unlink()
    for _, _, kept, _ in rows:
        if kept:
            with suppress(OSError):
                kept.unlink()
    return tuple(done)


def _read(journal: Path, folder: Path) -> list[tuple[Path, Path, Path | None, str]]:
    """The rows of a journal, each of which can be followed."""
    try:
        rows = [
            (
                folder / row["target"],
                folder / row["fresh"],
                folder / row["kept"] if row["kept"] else None,
                row["sha256"],
            )
            for row in json.loads(journal.read_text("utf-8"))
        ]
    except (ValueError, KeyError, TypeError) as error:
        raise JournalError(f"{journal} cannot be read: delete it, and look whether your files are whole") from error
    for target, fresh, kept, sha256 in rows:
        paths = (target, fresh, *([kept] if kept else []))
        if not all(Path(os.path.realpath(path)).is_relative_to(folder) for path in paths):
            raise JournalError(f"{journal} names files outside of its folder; it is not followed")
        new = fresh if fresh.exists() else target
        if not new.exists() or hashlib.sha256(new.read_bytes()).hexdigest() != sha256:
            raise JournalError(f"{journal} does not fit the files: {target.name} is not what was written")
    return rows


def _inside(path: Path, folder: Path) -> str:
    if not path.is_relative_to(folder):
        raise JournalError(f"{path} lies outside of {folder}")
    return path.relative_to(folder).as_posix()
