"""A page across briefings before its template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leaf:
    """What a page shows, and with which template."""

    path: str
    """Relative to the docs folder."""
    template: str
    """Without its ending."""
    title: str
    about: str
    """A sentence for search engines and the top of an index."""
    views: Mapping[str, object]
    """What the template shows; templates/README.md documents each name."""
    edit: str = ""
    """The file to open for a change, relative to the docs folder."""
    number: int = 1
    """Which sheet of a list it is."""
