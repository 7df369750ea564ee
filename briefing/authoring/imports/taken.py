"""What an import makes of a file, and what it says about the rest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from briefing.authoring.edit import Value


@dataclass(frozen=True, slots=True)
class Left:
    """What was not taken, or not as it was, and why."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import makes of a file."""

    entries: tuple[Mapping[str, Value], ...]
    """New entries, as fields of the folder format."""
    left: tuple[Left, ...]
    known: int
    """How many were there already."""
