"""The records of what a text states in numbers: a number as it is read, and a quantity with its unit."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from msgspec import Struct

from briefing.model.places import Span
from briefing.text.dates import Date


class Number(Struct, frozen=True):
    """A number that a text names."""

    span: Span
    """With its sign and multiplier, without unit and percent sign, and without a currency that is outside."""
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
    """Return a number that is not vague."""
    return Number(span, value, value, multiplier=multiplier, also=also, fraction=fraction)


def in_digits(value: Decimal) -> str:
    """A number as an author writes it in YAML, shortened."""
    short = shortened(value)
    return f"{short.normalize():f}" if short else "0"


def shortened(value: Decimal) -> Decimal:
    """A number, or where it has more decimals than anybody writes (two thirds), the same rounded to four digits."""
    exponent = value.normalize().as_tuple().exponent
    if not isinstance(exponent, int) or exponent >= -_DECIMALS:
        return value
    places = max(_KEPT - 1 - value.adjusted(), 0)
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


_DECIMALS, _KEPT = 8, 4
"""Decimals that somebody may have written, and digits that are left of a number with more."""

Hedge = Literal["", "about", "nearly", "less", "more"]


class Quantity(Struct, frozen=True):
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
