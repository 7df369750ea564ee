"""The way from one page of a list to the others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from briefing.messages import Messages
from briefing.pages.escape import Markup, in_markdown, link

_NEAR = 2
"""Pages before and after this one that are named; with them the first and the last."""


@dataclass(frozen=True, slots=True)
class Step:
    """One entry of a pager."""

    link: Markup
    """Empty for this page and for a gap."""
    label: str
    current: bool


def steps(number: int, of: int, address: Callable[[int], str], say: Messages) -> tuple[Step, ...]:
    """From page `number` to the others; empty where there is one alone. `address` is where a page is, from this one."""
    if of <= 1:
        return ()
    shown = {1, of, *range(number - _NEAR, number + _NEAR + 1)} & {*range(1, of + 1)}
    found: list[Step] = []
    before = 0
    for each in sorted(shown):
        if each > before + 1:
            found.append(Step(Markup(), "…", False))
        before = each
        label, here = say("pager.page", n=each), each == number
        found.append(Step(Markup() if here else link(in_markdown(say.number(each)), address(each), label), label, here))
    return tuple(found)
