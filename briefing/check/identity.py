"""A briefing as the key of a cache."""

from __future__ import annotations

from briefing.model import Briefing


class Same:
    """The same briefing, not an equal one: comparing whole briefings would take longer than reading one again."""

    __slots__ = ("briefing",)

    def __init__(self, briefing: Briefing) -> None:
        self.briefing = briefing

    def __hash__(self) -> int:
        return id(self.briefing)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.briefing is other.briefing
