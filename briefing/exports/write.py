"""Writes a folder so that it is there whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

MARKER = ".briefing-export"
"""Says that a folder was written by an export and may be replaced by the next."""


class FolderTakenError(Exception):
    """There is something in the folder that no export wrote."""


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all files below `folder`, replacing an earlier export and nothing else.

    They are first written into a temporary folder beside it, which is then renamed. FolderTakenError where `folder`
    holds anything else; OSError where the disk refuses.
    """
    if folder.exists() and not folder.is_dir():
        raise FolderTakenError(f"{folder} is a file")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise FolderTakenError(f"{folder} holds files that no export wrote; choose an empty or new folder")
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        fresh.chmod(0o755)
        for path, content in {**files, MARKER: b""}.items():
            target = fresh / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        _swap(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _swap(fresh: Path, folder: Path) -> None:
    """Put `fresh` in the place of `folder`; the old one is removed only once the new one stands there."""
    if not folder.exists():
        fresh.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
    folder.rename(old / "old")
    try:
        fresh.rename(folder)
    except OSError:
        (old / "old").rename(folder)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)
