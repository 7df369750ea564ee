"""What an author decides about the items of a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from briefing.places import Span
from briefing.rebase.plan import Item, Plan


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with one item."""

    do: Literal["accept", "withdraw"]
    """`accept`: write what stands at `span`. `withdraw`: do without it. An annotation is kept as a YAML comment, and
    its address says that it was withdrawn; a comment is set aside as gone; a theme keeps the comment, not its words."""
    span: Span | None = None
    """The candidate that was chosen; None for the item's own place."""


def open_items(plan: Plan, decided: Mapping[str, Decision]) -> tuple[Item, ...]:
    """What is still to be decided: everything that is not unchanged.

    An annotation that is withdrawn is so whole, and a comment with the words for which it is in its themes.
    """
    withdrawn = {item.id for item in plan.items if (one := decided.get(item.name)) and one.do == "withdraw"}
    return tuple(
        item
        for item in plan.items
        if item.status != "unchanged"
        and item.name not in decided
        and item.id not in withdrawn
        and not (item.what == "theme" and item.id.split("/")[-1] in withdrawn)
    )
