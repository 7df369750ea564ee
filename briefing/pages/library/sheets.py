"""Cuts long lists into sheets, each a page of its own, and leads from one to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from briefing.messages import Messages
from briefing.pages.signs import road
from briefing.pages.steps import Step, steps

T = TypeVar("T")

MOST = 200
"""Entries on a sheet: a page of that length opens at once on a phone."""


@dataclass(frozen=True, slots=True)
class Sheet(Generic[T]):
    """A part of a list that is one page."""

    number: int
    """From 1."""
    of: int
    """How many sheets the list has."""
    path: str
    """Relative to the docs folder."""
    items: tuple[T, ...]


def sheets(path: str, items: Sequence[T]) -> Iterator[Sheet[T]]:
    """The sheets of a list whose first page is `path`; one, where it is empty."""
    count = max(1, -(-len(items) // MOST))
    for number in range(1, count + 1):
        cut = tuple(items[(number - 1) * MOST : number * MOST])
        yield Sheet(number, count, sheet_path(path, number), cut)


def sheet_path(path: str, number: int) -> str:
    """The path of a sheet: `people/ada.md`, `people/ada/2.md`; of an index `people/index.md`, `people/_2.md`."""
    stem = path.removesuffix(".md")
    if number == 1:
        return path
    return f"{stem.removesuffix('index')}_{number}.md" if stem.endswith("/index") else f"{stem}/{number}.md"


def pager(sheet: Sheet[T], path: str, say: Messages) -> tuple[Step, ...]:
    """The way to the other sheets; empty where there is one alone."""
    return steps(sheet.number, sheet.of, lambda number: road(sheet.path, sheet_path(path, number)), say)
