"""The one lock of a folder whose files are about to be written, so that two commands never write in it at once, and
what reads in the middle of a change waits for its end.

The lock is the system's own: it ends with the process that holds it, however that ends, and leaves nothing that could
stand in the way of the next. Linux and macOS lock the folder itself, which needs no file. Windows cannot do that, and
some network file systems neither: there, a file in the user's folder for temporary files is locked in its place. So on
a network file system two people at two computers do not lock each other out; what protects them is that the contents
are compared just before they are replaced. The same is so where not even that file can be locked.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

PATIENCE = 30.0
"""Seconds to wait for another command; to write takes it a fraction of one."""


class BusyError(OSError):
    """Another command has been writing in a folder for too long."""


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the lock of a folder that is there. BusyError where another process does not let go of it."""
    held = _hold(folder)
    try:
        yield
    finally:
        if held is not None:
            os.close(held)


def _hold(folder: Path) -> int | None:
    """Return what holds the lock until it is closed; None where nothing can be locked."""
    for opened in (_open_folder, _open_file):
        try:
            descriptor = opened(folder)
        except OSError:
            continue
        try:
            _wait_for(descriptor, folder)
        except BusyError:
            os.close(descriptor)
            raise
        except OSError:
            os.close(descriptor)
        else:
            return descriptor
    return None


def _wait_for(descriptor: int, folder: Path) -> None:
    until = time.monotonic() + PATIENCE
    while not _take(descriptor):
        if time.monotonic() > until:
            raise BusyError(f"another command has been writing in {folder} for {PATIENCE:g} seconds; wait for its end")
        time.sleep(0.02)


def _open_folder(folder: Path) -> int:
    return os.open(folder, os.O_RDONLY)


def _open_file(folder: Path) -> int:
    """Open a file that stands for a folder; whose it is, is in its name, since nobody may lock another's."""
    home = os.path.expanduser("~")  # noqa: PTH111 - Path.home fails where nobody has one
    name = f"{home}\0{os.path.realpath(folder)}".encode("utf-8", "surrogateescape")
    file = Path(tempfile.gettempdir(), f"briefing-{hashlib.sha256(name).hexdigest()[:20]}.lock")
    return os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)


if sys.platform == "win32":

    def _take(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:

    def _take(descriptor: int) -> bool:
        """Take a lock if nobody has it. OSError where there is no such lock, as for folders on some file systems."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
