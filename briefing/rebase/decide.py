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
    """`accept`: write what stands at `span`. `withdraw`: take the annotation out, and keep it as a YAML comment."""
    span: Span | None = None
    """The candidate that was chosen; None for the item's own place."""


def open_items(plan: Plan, decided: Mapping[str, Decision]) -> tuple[Item, ...]:
    """What is still to be decided: everything that is not unchanged. An annotation that is withdrawn is so whole."""
    withdrawn = {item.id for item in plan.items if (one := decided.get(item.name)) and one.do == "withdraw"}
    return tuple(
        item
        for item in plan.items
        if item.status != "unchanged" and item.name not in decided and item.id not in withdrawn
    )
