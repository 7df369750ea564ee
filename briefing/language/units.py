"""Which unit a number has: percent, money, a measure, a time.

A unit has one name in all languages ("a" for years), so that "drei Jahre" and "three years" are the same. Words that
are no unit in the tables ("soldiers") are what a number counts; they are not compared.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from briefing.language.number import GAP, any_of
from briefing.language.rules import Language

PERCENT = "percent"
TIMES = "times"
YEARS = "a"
MONEY = frozenset({"EUR", "USD", "GBP", "JPY", "CHF", "CAD", "AUD", "SEK", "NOK", "DKK", "PLN", "UAH", "RUB", "CNY"})
_LOOK_BACK = 8
"""Code points before a number in which the sign of a currency is looked for."""


@dataclass(frozen=True, slots=True)
class _Units:
    """Patterns for the units of one language, and what they find."""

    word: re.Pattern[str]
    """A unit in words after a number, with at most one word in between ("US dollars", "long years")."""
    symbol: re.Pattern[str]
    before: re.Pattern[str]
    noun: re.Pattern[str]
    """The word right after a number, whatever it is."""
    by_word: dict[str, str]
    by_symbol: dict[str, str]
    function: frozenset[str]
    short: re.Pattern[str]
    """A multiplier that is written short and may have a full stop."""


def unit_after(text: str, end: int, language: Language) -> tuple[str, int]:
    """The unit that stands after a number and where it ends; empty and the number's end where there is none."""
    units, start = _units(language), end
    if text[end : end + 1] == "." and units.short.search(text[max(0, end - _LOOK_BACK) : end]):
        start += 1  # "1,5 Mrd. Euro"
    found = units.symbol.match(text, start)
    if found:
        return units.by_symbol[found[1]], found.end()
    found = units.word.match(text, start)  # at most one word may stand between, and that is no function word
    if found and not any(word in units.function for word in re.findall(r"[^\W\d_]+", found["between"].lower())):
        return units.by_word[" ".join(found["unit"].lower().split())], found.end()
    return "", end


def money_before(text: str, start: int, language: Language) -> str:
    """The currency that stands before a number; empty where there is none."""
    units = _units(language)
    found = units.before.search(text[max(0, start - _LOOK_BACK) : start])
    return units.by_symbol[found[1]] if found else ""


def counts_something(text: str, end: int, language: Language) -> bool:
    """Whether a word follows that the number may count: "5 soldiers", not "5 of", "5." or "5 [end]"."""
    found = _units(language).noun.match(text, end)
    return found is not None and found[1].lower() not in _units(language).function


@cache
def _units(language: Language) -> _Units:
    by_word = {word: unit for unit, words in language.stated.units.items() for word in words}
    by_symbol = {sign: unit for unit, signs in language.unit_symbols.items() for sign in signs}
    money = [sign for sign, unit in by_symbol.items() if unit in MONEY]
    words = any_of(by_word).replace(r"\ ", GAP)
    return _Units(
        word=re.compile(
            rf"(?P<between>(?:(?:{GAP}|-)[^\W\d_]+){{0,1}}?)(?:{GAP}|-|(?=-))(?P<unit>{words})(?!\w)", re.I
        ),
        symbol=re.compile(rf"(?:{GAP}|-)?({any_of(by_symbol)})(?![\w²³])"),
        before=re.compile(rf"(?<![^\W\d_])({any_of(money)}){GAP}?[-−–]?$"),
        noun=re.compile(rf"(?:{GAP}|-)([^\W\d_][\w’'-]*)"),
        by_word=by_word,
        by_symbol=by_symbol,
        short=re.compile(rf"(?<![^\W\d_]){any_of(language.suffixes)}$"),
        function=frozenset(language.stated.function),
    )
