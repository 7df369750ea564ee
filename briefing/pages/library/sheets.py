"""Cuts long lists into sheets, each a page of its own, and leads from one to the next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from markupsafe import Markup

from briefing.messages import Messages
from briefing.pages.escape import in_markdown, link
from briefing.pages.signs import road

T = TypeVar("T")

MOST = 200
"""Entries on a sheet: a page of that length opens at once on a phone."""
_NEAR = 2
"""Sheets before and after this one that the pager names; with them the first and the last."""


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


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of a pager."""

    link: Markup
    """Empty for this page and for a gap."""
    label: str
    current: bool


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
    if sheet.of == 1:
        return ()
    shown = {1, sheet.of, *range(sheet.number - _NEAR, sheet.number + _NEAR + 1)} & {*range(1, sheet.of + 1)}
    steps: list[Step] = []
    before = 0
    for number in sorted(shown):
        if number > before + 1:
            steps.append(Step(Markup(), "…", False))
        before = number
        label, here = say("pager.page", n=number), number == sheet.number
        address = road(sheet.path, sheet_path(path, number))
        steps.append(Step(Markup() if here else link(in_markdown(say.number(number)), address, label), label, here))
    return tuple(steps)
