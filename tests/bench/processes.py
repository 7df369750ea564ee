"""Runs a command as a whole process and measures it: seconds of CPU and of the clock, and the memory of its tree."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

PYTHON = sys.executable
SAMPLES = 0.2
"""Seconds between two looks at the memory."""
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    "NO_MKDOCS_2_WARNING": "1",
    "DISABLE_MKDOCS_2_WARNING": "true",
}


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process took, with all processes that it started."""

    cpu: float
    wall: float
    memory: float
    """The most bytes at one moment, those that processes share counted once; of the largest process alone where the
    system does not say more."""


def measured(folder: Path, *command: str) -> Cost:
    """Run a command in a folder and return what it took. Raises CalledProcessError where it fails."""
    began = monotonic()
    process = subprocess.Popen(
        command, cwd=folder, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    assert process.stderr
    watch = _MemoryWatch(process.pid)
    with process.stderr:
        told = process.stderr.read()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    wall = monotonic() - began
    watched = watch.stop()
    if status:
        raise subprocess.CalledProcessError(process.returncode, command, stderr=told)
    one = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Cost(used.ru_utime + used.ru_stime, wall, watched or one)


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(*(statistics.median(getattr(cost, name) for cost in costs) for name in ("cpu", "wall", "memory")))


class _MemoryWatch:
    """Looks again and again at how much memory a process and those that it started have."""

    def __init__(self, pid: int) -> None:
        self._pid, self._most = pid, 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> int:
        """End it, and return the most bytes that it saw."""
        self._ended.set()
        self._thread.join()
        return self._most

    def _look(self) -> None:
        while not self._ended.wait(SAMPLES):
            self._most = max(self._most, sum(map(_share_of, _tree(self._pid))))


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for child in _children(pid):
        yield from _tree(child)


def _children(pid: int) -> Iterable[int]:
    try:
        lists = [file.read_text("ascii") for file in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:  # it has ended meanwhile
        return ()
    return [int(child) for listed in lists for child in listed.split()]


def _share_of(pid: int) -> int:
    """Return the memory of a process in bytes, with its share of what it has in common with others."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")), 0)
