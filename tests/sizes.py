"""How much a test takes: each is quick, full or soak, and a quick one that does more than it may fails.

quick   the default: calls in this process, and git, in a second or so
full    drives a browser, builds sites, starts processes, reaches a network or takes longer; of its cases a whole run
        takes a quarter, drawn by a hash, and `make soak` all
soak    takes too long for CI, which tries a sample that is the same each time; `make soak` tries everything
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path, PurePath
from typing import Any, TypeVar, cast
from zlib import crc32

import pytest
from hypothesis import settings

Test = TypeVar("Test", bound=Callable[..., object])

SIZES = ("quick", "full", "soak")
FULL = {"browser", "copies", "editor", "engines", "site"}
"""Folders whose tests are full unless a mark says otherwise."""
WHOLE = bool(os.environ.get("BRIEFING_SOAK"))
"""Whether soak tests try everything: `make soak` sets this."""


def soak(examples: int, part: int = 10) -> Callable[[Test], Test]:
    """Mark a test whose examples Hypothesis makes: so many, or in CI a tenth or another part."""

    def mark(test: Test) -> Test:
        return cast(Test, pytest.mark.soak(settings(max_examples=sample(examples, part))(test)))

    return mark


def sample(number: int, part: int = 10) -> int:
    """So many, or in CI a tenth or another part."""
    return number if WHOLE else number // part


def give_size(item: pytest.Item) -> None:
    """Mark a test with the size of its folder where it has no mark of its own. Raises UsageError for two sizes."""
    sizes = {mark.name for mark in item.iter_markers() if mark.name in SIZES}
    if len(sizes) > 1:
        raise pytest.UsageError(f"{item.nodeid} is {' and '.join(sorted(sizes))}: a test has one size")
    if not sizes:
        folders = PurePath(item.nodeid.partition("::")[0]).parts
        item.add_marker("full" if FULL.intersection(folders) else "quick")


def sampled(items: Sequence[pytest.Item]) -> set[pytest.Item]:
    """Return the tests of a run in CI: a quarter of the cases of full ones that are tried in many, and all others.

    `make soak` tries every case. The quarter is the same each time, and drawn by a hash: every fourth one might be all
    light and no dark, where a test is tried in both.
    """
    kept, cases = set(items), defaultdict(list)
    for item in items:
        if item.get_closest_marker("full") is not None and "[" in item.nodeid:
            cases[item.nodeid.partition("[")[0]].append(item)
    for tried in cases.values():
        tried.sort(key=lambda item: crc32(item.nodeid.encode()))
        kept.difference_update(tried[-(-len(tried) // 4) :])
    return kept


def has_quick(path: Path) -> bool:
    """Whether a file of tests may have quick ones: in the folders of full tests only where a mark says so."""
    folders = path.relative_to(Path(__file__).parent).parts[:-1]
    return not FULL.intersection(folders) or "mark.quick" in path.read_text("utf-8")


def start_rank(item: pytest.Item) -> tuple[bool, bool, bool]:
    """Where a test stands in the order: what takes long begins first, so that no process is left alone with it."""
    quick, long = (item.get_closest_marker(name) is not None for name in ("quick", "long"))
    return quick, not long, "/" in item.nodeid.removeprefix("tests/").partition("::")[0]


class Watch:
    """Fails the quick test that runs while something happens that takes long."""

    def __init__(self) -> None:
        self.quick = False
        sys.addaudithook(self._hear)

    def refuse(self, what: str) -> None:
        if self.quick:
            pytest.fail(f"a quick test {what}: mark it with `pytest.mark.full`")

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.quick:
            return
        if event == "subprocess.Popen" and PurePath(os.fsdecode(arguments[0])).name != "git":
            self.refuse(f"starts a process ({os.fsdecode(arguments[0])})")
        elif event == "socket.getaddrinfo" and arguments[0] not in ("127.0.0.1", "localhost"):
            self.refuse(f"reaches a network ({arguments[0]})")
