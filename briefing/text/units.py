"""Which unit a number has: percent, money, a measure, a time.

A unit has one name in all languages ("a" for years), so that "drei Jahre" and "three years" are the same. Words that
are no unit in the tables ("soldiers") are what a number counts; they are not compared.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from msgspec import Struct

from briefing.text.language_rules import GAP, Language, Patterns, any_of

PERCENT = "percent"
TIMES = "times"
YEARS = "a"
POINTS = "points"
BASIS_POINTS = "bp"
""" "110 basis points" are read as 1.1 percentage points."""
MONEY = frozenset(
    {"EUR", "USD", "GBP", "JPY", "CHF", "CAD", "AUD", "SEK", "NOK", "DKK", "PLN", "UAH", "RUB", "CNY", "CZK", "HUF"}
    | {"INR", "TRY", "BRL", "KRW", "ILS", "ZAR", "crown"}
)
_ALIKE = (
    frozenset({"crown", "NOK", "SEK", "DKK", "CZK"}),
    frozenset({"USD", "CAD", "AUD"}),
    frozenset({"GBP", "lb"}),
    frozenset({"degree", "°C", "°F"}),
)
"""Units that one word means: "kroner", "dollars", "pounds", "degrees"."""
_WORDS = frozenset({"crown", "USD", "GBP", "degree"})
"""Of these, what the word itself is read as."""
_SCALES = (
    {"s": 1, "min": 60, "h": 3600, "d": 86400, "w": 604800},
    {"mon": 1, "a": 12, "dec": 120, "cent": 1200},
    {"mm": 1, "cm": 10, "m": 1000, "km": 1000000},
    {"mg": 1, "g": 1000, "kg": 1000000, "t": 1000000000},
    {"W": 1, "kW": 1000, "MW": 1000000, "GW": 1000000000},
    {"Wh": 1, "kWh": 1000, "MWh": 1000000, "GWh": 1000000000, "TWh": 1000000000000},
    {"m2": 1, "ha": 10000, "km2": 1000000},
    {"ml": 1, "cl": 10, "l": 1000, "hl": 100000, "m3": 1000000},
)
"""Units of one quantity, each in the smallest of them: "90 minutes" may be stated as "one and a half hours"."""
LENGTHS = _SCALES[0].keys() | _SCALES[1].keys()
"""The units of lengths of time."""
_CROSSES = ("×", "x")
_SIDE = re.compile(rf"{GAP}?\d")
"""What follows the cross between two sides: "31 × 22 cm" and "31 mal 22" are no numbers of times."""
_TIMES = ("min", "h", "d", "w", "mon", "a")
_LOOK_BACK = 8
"""Code points before a number in which the sign of a currency is looked for."""


class _Units(Struct, frozen=True):
    """The units of one language, and the words after a number that it counts nothing of."""

    patterns: Patterns
    by_word: dict[str, str]
    by_symbol: dict[str, str]
    function: frozenset[str]
    capitals: bool
    """Whether nouns are written with a capital, so that other words are none."""


def alike(one: str, other: str) -> bool:
    """Return whether two units may be the same, because one of them is a word for several."""
    return one == other or (bool({one, other} & _WORDS) and any({one, other} <= group for group in _ALIKE))


def comparable(one: str, other: str) -> bool:
    """Return whether two units measure the same quantity, so that one can be converted into the other."""
    return any(one in scale and other in scale for scale in _SCALES)


def converted(value: Decimal, unit: str, into: str) -> Decimal:
    """Return a value in another unit of its quantity."""
    scale = next(scale for scale in _SCALES if unit in scale and into in scale)
    return value * scale[unit] / scale[into]


def unit_after(text: str, end: int, language: Language) -> tuple[str, int]:
    """Return the unit that is after a number and where it ends; empty and the number's end where there is none."""
    units, start = _units_of(language), _past_stop(text, end, language)
    found = units.patterns.symbol.match(text, start)
    if found and not (found[1] in _CROSSES and _SIDE.match(text, found.end())):
        return units.by_symbol[found[1]], found.end()
    found = units.patterns.word.match(text, start)  # at most one word is between, and that is no function word
    if found and not units.function.intersection(re.findall(r"[^\W\d_]+", found["between"].lower())):
        unit = units.by_word[" ".join(found["unit"].lower().split())]
        if unit != TIMES or not _SIDE.match(text, found.end()):
            return unit, found.end()
    found = units.patterns.compound.match(text, start)  # "47 Verhandlungstage"
    return (units.by_word[found["unit"].lower()], found.end()) if found else ("", end)


def _past_stop(text: str, end: int, language: Language) -> int:
    """Return where a number ends, with the full stop of a multiplier that is written short: "1,5 Mrd. Euro"."""
    short = _units_of(language).patterns.short.search(text[max(0, end - _LOOK_BACK) : end])
    return end + 1 if short and text[end : end + 1] == "." else end


def money_before(text: str, start: int, language: Language) -> str:
    """Return the currency that is before a number; empty where there is none."""
    units = _units_of(language)
    found = units.patterns.before.search(text[max(0, start - _LOOK_BACK) : start])
    return units.by_symbol[found[1]] if found else ""


def counts_something(text: str, end: int, language: Language) -> bool:
    """Return whether a word follows that the number may count: "5 soldiers", not "5 of", "5." or "5 [end]"."""
    units = _units_of(language)
    found = units.patterns.noun.match(text, _past_stop(text, end, language))
    if found is None or found[1].lower() in units.function:
        return False
    if not units.capitals or found[1][0].isupper():
        return True
    following = units.patterns.noun.match(text, found.end())  # "4 neue Stellen", not "400 erwartet worden"
    return following is not None and following[1][0].isupper()


@cache
def _units_of(language: Language) -> _Units:
    by_word = {word: unit for unit, words in language.stated.units.items() for word in words}
    by_symbol = {sign: unit for unit, signs in language.unit_symbols.items() for sign in signs}
    money = [sign for sign, unit in by_symbol.items() if unit in MONEY]
    compounds = _TIMES if language.stated.nouns_have_capitals else ()
    times = any_of(word for unit in compounds for word in language.stated.units.get(unit, ()) if word.isalpha())
    words = any_of(by_word).replace(r"\ ", GAP)
    patterns = Patterns(
        # "US dollars", "long years"
        word=rf"(?P<between>(?:(?:{GAP}|-)[^\W\d_]+){{0,1}}?)(?:{GAP}|-|(?=-))(?P<unit>{words})(?!\w)",
        compound=rf"{GAP}(?-i:[A-ZÄÖÜ])[^\W\d_]{{4,24}}(?P<unit>{times})(?!\w)",
        symbol=rf"(?:{GAP}|-)?((?-i:{any_of(by_symbol)}))(?![\w²³])",
        before=rf"(?<![^\W\d_])((?-i:{any_of(money)})){GAP}?[-−–]?$",
        noun=rf"(?:{GAP}|-)([^\W\d_][\w’'-]*)",
        short=rf"(?<![^\W\d_])(?-i:{any_of(language.suffixes)})$",
    )
    function = frozenset((*language.stated.function, *language.stated.small))
    return _Units(patterns, by_word, by_symbol, function, language.stated.nouns_have_capitals)
