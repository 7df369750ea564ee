"""Where a preview has its sites built: outside the author's folders, each build in a folder of its own."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

KEPT = 2
"""How many builds are kept: the last, and the one before it, whose files may still be being read."""


class BuildFolders:
    """The folders of the builds of one preview. What cannot be removed from them is left to the system.

    They go when they are cleaned, and at the latest when the process ends in good order.
    """

    def __init__(self) -> None:
        self._folders: list[TemporaryDirectory[str]] = []

    @contextmanager
    def another(self) -> Iterator[Path]:
        """Have a site built into a new, empty folder: it stays if that succeeds, and all but the last builds go.

        Raises OSError where no folder can be made.
        """
        folder = TemporaryDirectory(prefix="briefing_", ignore_cleanup_errors=True)
        self._folders.append(folder)
        try:
            yield Path(folder.name)
        except BaseException:
            self._drop([folder])
            raise
        self._drop(self._folders[:-KEPT])

    def clean(self) -> None:
        """Remove all builds."""
        self._drop(self._folders)

    def _drop(self, folders: list[TemporaryDirectory[str]]) -> None:
        self._folders = [folder for folder in self._folders if folder not in folders]
        for folder in folders:
            folder.cleanup()


def assets_mark(folder: Path) -> str:
    """Return a mark of all styles and scripts of a site."""
    digest = hashlib.blake2b(digest_size=12)
    for suffix in ("css", "js"):
        for file in sorted(folder.rglob(f"*.{suffix}")):
            digest.update(f"{file.relative_to(folder).as_posix()}\0".encode("utf-8", "surrogateescape"))
            digest.update(hashlib.blake2b(file.read_bytes(), digest_size=16).digest())
    return digest.hexdigest()
