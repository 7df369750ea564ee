"""Puts a new folder on the disk, whole or not at all; what is there already is never touched."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path


class FolderThereError(Exception):
    """There is something at that place already."""


def write_new(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write all files below a folder that is not there yet, or is empty.

    They are first written into a temporary folder beside it, which is then renamed; the folders above are made, and
    taken away again where writing fails. FolderThereError, or OSError where the disk refuses.
    """
    if os.path.lexists(folder) and not (folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir())):
        raise FolderThereError(f"{folder} is there already; nothing was written")
    made = [above for above in folder.parents if not above.exists()]
    fresh: Path | None = None
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        fresh.chmod(0o755)
        for name, content in files.items():
            path = fresh / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        fresh.rename(folder)
    except OSError:
        if fresh is not None:
            shutil.rmtree(fresh, ignore_errors=True)
        for above in made:
            _remove_empty(above)
        raise


def _remove_empty(folder: Path) -> None:
    try:
        folder.rmdir()
    except OSError:
        return
