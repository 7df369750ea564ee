"""The record of a number that a text names, and how patterns for words are made."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from briefing.model.places import Span

GAP = "[ \t\u00a0\u202f\u2009]"
"""White space inside a number or date: a line end is none."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a text names."""

    span: Span
    """With its sign and multiplier, without unit and percent sign, and without a currency that stands outside."""
    low: Decimal
    high: Decimal | None
    """Equal to `low`; None for vague words, which have a least value only."""
    words: str = ""
    """The words where they are vague ("dozens"); empty otherwise."""
    multiplier: int = 1
    """What the digits or words were multiplied by, where that is written out ("bn", "million")."""
    also: Decimal | None = None
    """A second reading, where there is one: 1.5m may be 1.5 metres, and the 3 in "3 to 4 million" a bare 3."""
    percent: bool = False
    """Whether a percent sign or word follows it, or follows the other end of its range."""
    fraction: bool = False
    """Whether it is a fraction by name or sign ("half", "two thirds", ½)."""

    @property
    def readings(self) -> tuple[Decimal, ...]:
        """Every exact value that it may have; none for vague words."""
        if self.high is None:
            return ()
        return (self.low,) if self.also is None else (self.low, self.also)


def exactly(
    span: Span, value: Decimal, multiplier: int = 1, also: Decimal | None = None, fraction: bool = False
) -> Number:
    """A number that is not vague."""
    return Number(span, value, value, multiplier=multiplier, also=also, fraction=fraction)


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first; for none, one that never matches."""
    found = sorted(set(words), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, found))})" if found else "(?!)"
