"""Decides what counts as the same number: decision 28 has the definition,
and docs/manual/numbers.md what authors need of it.

Every test has the number that prose states on the left and one that is in what is cited on the right.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from itertools import product

from msgspec.structs import replace

from briefing.text import Date, Quantity
from briefing.text.dates import minutes
from briefing.text.units import MONEY, PERCENT, TIMES, alike, comparable, converted

ABOUT = Decimal("0.05")
"""How far "about" may be from the number: this share of it, and half of the last digit that is not 0, at most."""
NEARLY = Decimal("0.1")
"""How far "nearly" may be above the number: this share of what is stated, and half of its last digit, at most."""
NEAR_FRACTION = Decimal("0.2")
"""How far "almost" and "more than" may be from a fraction, as a share of it."""
OLDEST = 120
"""Years up to which a bare number may be an age: "Okafor, 22"."""
VAGUE = 5
""" "Dozens" may be said of up to so many times two dozen."""


def same(stated: Quantity, found: Quantity) -> bool:
    """Return whether a number may be stated because another one is in what is cited."""
    if stated.clock or found.clock:
        return _at_the_same_time(stated, found)
    if stated.verbatim or found.verbatim:
        return _are_same_digits(stated, found)
    if stated.decade is not None:
        return _in_decade(stated.decade, found)
    if _covers(found.date, stated.date):
        return True
    if stated.date and not stated.values:
        return False
    if stated.fraction and set(stated.values) & set(found.values):
        return True  # "eighteen hundredths" of what is known
    return _ranked(stated, found) and fits(stated, found) and valued(stated, found)


def _are_same_digits(stated: Quantity, found: Quantity) -> bool:
    """Return whether digits that are compared as they are written are the same, or one and the same time of day."""
    return stated.verbatim == found.verbatim or _pointed(stated, found) or _pointed(found, stated)


def rests(stated: Quantity, found: Quantity) -> bool:
    """Return whether a number may be stated of another one, a share also as its two numbers."""
    # "five match points" rest on no "7-5"
    parts = () if found.verbatim and (stated.noun or stated.rank) else found.parts
    if any(same(stated, one) for one in (found, *parts)):
        return True
    return bool(stated.parts) and all(any(same(part, one) for one in (found, *found.parts)) for part in stated.parts)


def fits(stated: Quantity, found: Quantity) -> bool:
    """Return whether the units agree."""
    if alike(stated.unit, found.unit) or comparable(stated.unit, found.unit) or _counts(stated, found):
        return True
    if stated.age and _is_bare(found):
        return all(value <= OLDEST for value in found.values)
    if (found.age and not stated.unit) or (found.rank and stated.unit in ("", TIMES)):
        return True
    if stated.fraction or (found.fraction and stated.unit in (PERCENT, TIMES, "")):
        return _share_fits(stated, found)
    return _word_fits(stated, found)


def _is_bare(one: Quantity) -> bool:
    """Return whether a number has neither a unit nor a noun, and is no rank."""
    return not (one.unit or one.noun or one.rank)


def _word_fits(stated: Quantity, found: Quantity) -> bool:
    """Return whether a number may be stated of another whose unit, or whose own, is a word that nobody knows."""
    if not (found.known or found.unit):
        return stated.unit not in (MONEY | {PERCENT})
    if stated.unit:
        return False
    return not stated.known or not stated.noun or found.unit == TIMES  # "nine times" is a count as well


def _counts(stated: Quantity, found: Quantity) -> bool:
    """Return whether "it shook 27 times" may rest on "27 aftershocks"."""
    return stated.unit == TIMES and bool(stated.noun) and not found.unit


def _share_fits(stated: Quantity, found: Quantity) -> bool:
    """Return whether a fraction may be stated of a percentage or multiple, or one of these of a fraction."""
    if found.fraction and stated.unit in (PERCENT, TIMES, ""):
        return stated.unit != ""
    return found.unit in (PERCENT, TIMES)


def contradicts(unit: str, found: Quantity) -> bool:
    """Return whether a number is one of something else than a unit: of another unit, or a year.

    A number without a unit that is known contradicts none, for tables seldom repeat theirs.
    """
    if not unit or found.fraction:
        return False
    return bool(found.date) or bool(found.unit and found.unit != unit and not alike(unit, found.unit))


def valued(stated: Quantity, found: Quantity) -> bool:
    """Return whether the values agree, whatever the units say."""
    if stated.least is not None:
        return _vague(stated, found)
    if stated.unit != found.unit and comparable(stated.unit, found.unit):
        found = replace(found, values=tuple(converted(value, found.unit, stated.unit) for value in found.values))
    pairs = list(product(_values(stated, found), _values(found, stated)))
    if any(one == other for one, other in pairs):
        return True
    if stated.fraction != found.fraction and any(_rounded(one, other) for one, other in pairs):
        return True
    if not (stated.known and found.known):  # "7 мільйонів": the 7 can be read, the word cannot
        return any(_unmultiplied(one, other, stated, found) for one, other in pairs)
    return any(_near(stated, one, other) for one, other in pairs)


def _unmultiplied(one: Decimal, other: Decimal, stated: Quantity, found: Quantity) -> bool:
    """Return whether two values are one without the word that multiplies it."""
    if stated.multiplier != 1:
        return one / stated.multiplier == other
    return one == other / found.multiplier


def _values(one: Quantity, other: Quantity) -> tuple[Decimal, ...]:
    """Return the values of a number; where a fraction is compared, as a percentage."""
    as_percentage = one.fraction or (other.fraction and one.unit == TIMES)
    return tuple(value * 100 for value in one.values) if as_percentage else one.values


def _rounded(one: Decimal, other: Decimal) -> bool:
    """Return whether one of a fraction and a percentage is the other one, rounded to the decimals that it has."""
    return any(round_like(a, b) == b for a, b in ((one, other), (other, one)) if len(b.as_tuple().digits) in (2, 3, 4))


def round_like(value: Decimal, like: Decimal) -> Decimal:
    """Return a value with as many decimals as another one, halves away from zero."""
    exponent = like.as_tuple().exponent
    try:
        return value.quantize(Decimal(1).scaleb(min(exponent, 0) if isinstance(exponent, int) else 0), ROUND_HALF_UP)
    except InvalidOperation:  # more digits than are computed with
        return value


def _near(stated: Quantity, one: Decimal, other: Decimal) -> bool:
    """Return whether a number that is said to be round is one, and as near as it is said to be."""
    if not stated.hedge or one <= 0 or (_digits(one) > _digits(other) and not stated.step):
        return False
    step = one * NEAR_FRACTION if stated.fraction else (stated.step or Decimal(1).scaleb(_place(one)))
    if stated.hedge == "more":
        return one <= other < one + step or (stated.fraction and other == one + step)
    if stated.hedge in ("nearly", "less"):
        return one - (min(step / 2, one * NEARLY) if stated.hedge == "nearly" else step / 2) <= other <= one
    return (_digits(one) < _digits(other) or bool(stated.step)) and abs(other - one) <= min(step / 2, other * ABOUT)


def _place(value: Decimal) -> int:
    """Return the power of ten of the last digit that is not 0."""
    exponent = value.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _digits(value: Decimal) -> int:
    """Return how many digits a number has without zeros at its ends."""
    return len(value.normalize().as_tuple().digits)


def _vague(stated: Quantity, found: Quantity) -> bool:
    least = stated.least or Decimal(0)
    if found.least is not None:
        return found.least == least
    return any(least <= value < least * VAGUE for value in found.values) and not (found.unit or found.date)


# --- dates and ranks --------------------------------------------------------------------------------------------


def _covers(found: Date | None, stated: Date | None) -> bool:
    """Return whether there are two dates, and one has every part that the other one has."""
    if not found or not stated:
        return False
    parts = ((stated.year, found.year), (stated.month, found.month), (stated.day, found.day))
    return all(want is None or want == have for want, have in parts)


def _in_decade(decade: int, found: Quantity) -> bool:
    """Return whether a decade is another, or that of a year; one without its century is any that is called so."""
    year = found.date.year if found.date else None
    first = found.decade if year is None else year - year % 10
    if first is None:
        return False
    return first == decade or (min(first, decade) < 100 and first % 100 == decade % 100)


def _ranked(stated: Quantity, found: Quantity) -> bool:
    """Return whether a rank may rest on a rank or a bare number ("fourth" on "place 4"), and a number on a rank.

    "He won five times" may rest on "his fifth win".
    """
    if stated.rank == found.rank:
        return True
    if found.rank:
        return stated.unit == TIMES or not (stated.unit or stated.noun or stated.fraction)
    return not found.unit and not found.noun


def _at_the_same_time(stated: Quantity, found: Quantity) -> bool:
    """Return whether one of two is a time of day and the other may be the same."""
    one, other = (each.clock or minutes(each.verbatim) or _with_point(each) or _hour(each) for each in (stated, found))
    return bool(one & other)


def _pointed(written: Quantity, number: Quantity) -> bool:
    """Return whether digits with a colon are a time that a number writes with a point ("22.35")."""
    return bool(written.verbatim) and bool(minutes(written.verbatim) & _with_point(number))


def _with_point(number: Quantity) -> frozenset[int]:
    two = [value for value in number.values if value.as_tuple().exponent == -2 and not number.unit]
    return frozenset(minute for value in two for minute in minutes(f"{value:f}".replace(".", "-")))


def _hour(bare: Quantity) -> frozenset[int]:
    """Return what a bare number may mean as an hour ("from 3 to 5 p.m.")."""
    plain = bare.values and _is_bare(bare) and not (bare.date or bare.fraction)
    whole = {int(value) for value in bare.values if value == int(value) and 0 <= value <= 24} if plain else set()
    return frozenset(minute for hour in whole for minute in minutes(f"{hour}-00"))


def joined(stated: Quantity, found: tuple[Quantity, ...]) -> bool:
    """Return whether the parts of a date stand apart in one thing: the day in one place, the year in another."""
    date = stated.date
    if date is None or date.parts < 2 or not date.year:
        return False
    dates = [one.date for one in found if one.date]
    years = {found.year for found in dates}
    rest = (date.month, date.day)
    return date.year in years and any((d.month, d.day) == rest and d.year in (None, date.year) for d in dates)
