"""What fuzzing begins with, and whatever it once found, is tried in each run."""

from __future__ import annotations

import pytest

from tests.fuzz.seeds import FOUND, found, seeds
from tests.fuzz.targets import TARGETS

MOST = 12
"""Seeds of a target: the cases that they are made of are tried where they come from."""


@pytest.mark.parametrize("name", TARGETS)
def test_seeds_are_no_finds(name: str) -> None:
    given = list(seeds(name))
    assert given
    for _, data in given[:: max(1, len(given) // MOST)]:
        TARGETS[name](data)


@pytest.mark.parametrize("name", TARGETS)
def test_what_was_found_once_is_none_now(name: str) -> None:
    for case, data in found(name):
        print(case)
        TARGETS[name](data)


def test_every_case_belongs_to_a_target() -> None:
    assert {path.parent.name for path in FOUND.rglob("*") if path.is_file()} <= set(TARGETS)


@pytest.mark.parametrize("name", TARGETS)
def test_anything_at_all_is_taken(name: str) -> None:
    for data in (b"", b"\0", b"\xff\xfe\0", b"\0\0\0\0", bytes(range(256)), "\ufeff“".encode() * 9):
        TARGETS[name](data)
