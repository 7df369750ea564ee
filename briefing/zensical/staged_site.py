"""A folder that holds just the given files, of which only those are written that differ from what is there.

So an engine that builds what has changed since its last build finds that, and nothing else, changed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path


def keep_in_step(folder: Path, files: Mapping[str, bytes]) -> int:
    """Have `folder` hold these files, by path relative to it, and no other; return how many were written or removed.

    Raises OSError. A folder is removed where a file is wanted, and what is empty afterwards.
    """
    changed = 0
    for name in set(_names_below(folder)) - files.keys():
        (folder / name).unlink()
        changed += 1
    for name, content in files.items():
        file = folder / name
        if _holds(file, content):
            continue
        if file.is_dir() and not file.is_symlink():
            shutil.rmtree(file)
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f"{file.name}.new")
        fresh.write_bytes(content)
        fresh.replace(file)
        changed += 1
    _remove_empty(folder)
    return changed


def bring_over(built: Path, site: Path, *, clean: bool) -> None:
    """Copy the files of a built site that differ from those in `site`; with `clean`, remove what is not in it.

    Raises OSError.
    """
    names = list(_names_below(built))
    if clean:
        for name in set(_names_below(site)) - set(names):
            (site / name).unlink()
    for name in names:
        file = site / name
        content = (built / name).read_bytes()
        if not _holds(file, content):
            if file.is_dir() and not file.is_symlink():
                shutil.rmtree(file)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
    if clean:
        _remove_empty(site)


def _holds(file: Path, content: bytes) -> bool:
    try:
        return not file.is_symlink() and file.stat().st_size == len(content) and file.read_bytes() == content
    except OSError:
        return False


def _names_below(folder: Path) -> Iterator[str]:
    """Yield the files below a folder; a link is one, whatever it leads to."""
    for where, folders, files in os.walk(folder):
        links = [name for name in folders if Path(where, name).is_symlink()]
        for name in (*files, *links):
            yield Path(where, name).relative_to(folder).as_posix()


def _remove_empty(folder: Path) -> None:
    for where, _, _ in os.walk(folder, topdown=False):
        if where != str(folder):
            with suppress(OSError):
                Path(where).rmdir()
