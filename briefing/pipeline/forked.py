"""Work on many items in copies of this process, which see everything that it has and need nothing sent to them."""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

FEW = 64
"""Items that are done sooner here than in copies."""
CHUNK = 16
"""Items that a copy is given at a time: neighbours share what is kept for the last few."""

_task: tuple[Callable[[Any], Any], Sequence[Any]] | None = None
"""What a copy works on. It has this from the process that it is a copy of, so that no item need be picklable."""


def processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def forked(work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """Yield what `work` makes of each item, in their order.

    Made in copies of this process where there are many items and copying is safe: on systems where it is the usual way,
    and while no other thread could hold a lock that a copy would wait for. What `work` changes in a copy is not seen
    here; what it returns must be picklable. Where a copy fails or dies, its items are worked on here instead, so that
    errors are those of a single process.
    """
    if len(items) < FEW or processors() < 2 or not _may_copy():
        yield from map(work, items)
        return
    chunks = [range(len(items))[at : at + CHUNK] for at in range(0, len(items), CHUNK)]
    sys.stdout.flush()
    sys.stderr.flush()
    context, task = multiprocessing.get_context("fork"), (work, items)
    with ProcessPoolExecutor(min(processors(), len(chunks)), context, _begin, (task,)) as pool:
        made = [pool.submit(_in_copy, chunk) for chunk in chunks]
        for chunk, future in zip(chunks, made, strict=True):
            try:
                results = future.result()
            except BrokenProcessPool:
                results = None
            yield from (work(items[at]) for at in chunk) if results is None else results


def _may_copy() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1


def _begin(task: tuple[Callable[[Any], Any], Sequence[Any]]) -> None:
    global _task
    _task = task
    logging.disable()  # what fails is worked on again, and told, where the copy was made


def _in_copy(chunk: Sequence[int]) -> list[Any] | None:
    """Return the results of the items at some positions, None where any item fails."""
    assert _task is not None
    work, items = _task
    try:
        return [work(items[at]) for at in chunk]
    except Exception:
        return None
