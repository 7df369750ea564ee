"""The record of what a text states in numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from briefing.model.places import Span
from briefing.text.dates import Date

Hedge = Literal["", "about", "less", "more"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number, date, decade, rank or other figure that a text states."""

    span: Span
    """With its unit, where it has one of those that are known."""
    values: tuple[Decimal, ...] = ()
    """Every exact value that it may have, and the number of a year; none for vague words and what is verbatim."""
    least: Decimal | None = None
    """The least that vague words can mean ("dozens")."""
    unit: str = ""
    """The name of a known unit; empty where there is none."""
    noun: bool = False
    """Whether it counts something that is no known unit ("5 soldiers")."""
    fraction: bool = False
    """Whether it is a fraction by name or a share of two numbers."""
    hedge: Hedge = ""
    """Whether it is said to be round, and on which side it errs."""
    rank: bool = False
    date: Date | None = None
    decade: int | None = None
    """The first year of a decade."""
    verbatim: str = ""
    """Digits with their marks, where they are no number by themselves ("03:40")."""
    clock: frozenset[int] = frozenset()
    """The minutes of the day that a time may mean."""
    age: bool = False
    """Whether it says how old somebody or something is."""
    small: int = 0
    """The value of a word from two to twelve, which may count what its sentence lists; 0 otherwise."""
    known: bool = True
    """Whether its language has rules for number words and multipliers."""
    multiplier: int = 1
    step: Decimal | None = None
    """How large one step of it is, where that is not one in its last digit: of dozens, of half a million."""
    parts: tuple[Quantity, ...] = ()
    """Of a share of two numbers: the two, without a word for one."""
