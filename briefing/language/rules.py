"""What is known of each language, read from the JSON files beside this module.

A file names only what differs from generic.json. What each key means is said at the field of `Language` that holds
it. Which languages have a file is all that this module knows about particular languages.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from importlib.resources import files
from typing import Any

from babel import Locale, UnknownLocaleError

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class NumberWords:
    """How cardinal numbers are built from words; all words are lower case."""

    tens_first: bool = True
    """twenty-one; False where units come first and all is one word, as in einundzwanzig."""
    units: Mapping[str, int] = field(default_factory=dict)
    teens: Mapping[str, int] = field(default_factory=dict)
    """10 to 19, and 0: words that join with neither tens nor units."""
    tens: Mapping[str, int] = field(default_factory=dict)
    hundred: tuple[str, ...] = ()
    multipliers: Mapping[str, int] = field(default_factory=dict)
    """thousand and above; they also follow digits, "1.5 million"."""
    dozen: Mapping[str, int] = field(default_factory=dict)
    """Words that count like a multiplier but join with nothing smaller."""
    and_: tuple[str, ...] = ()
    article: tuple[str, ...] = ()
    """Words that mean one, but only before hundred, a multiplier or a dozen."""
    alone: tuple[str, ...] = ()
    """Of hundred and the multipliers: those that may stand alone ("tausend")."""
    point: tuple[str, ...] = ()
    """What is said for the decimal mark."""
    between: tuple[str, ...] = ()
    """After these, `and` separates two numbers instead of joining one."""
    not_: tuple[str, ...] = ()
    """Phrases in which a number word is none ("no one")."""


@dataclass(frozen=True, slots=True)
class FractionWords:
    """How fractions are named; all words are lower case."""

    half: tuple[str, ...] = ()
    nouns_one: Mapping[str, int] = field(default_factory=dict)
    """The denominator, by its noun after the numerator one."""
    nouns: Mapping[str, int] = field(default_factory=dict)
    """The denominator, by its noun after another numerator."""
    one: tuple[str, ...] = ()
    """Words for the numerator one."""
    of: tuple[str, ...] = ()
    """Words one of which must follow a numerator one, because "a third" may be an ordinal; empty where it may not."""
    and_a_half: tuple[tuple[str, ...], ...] = ()
    """What adds a half to a whole number, word by word."""
    mixed: Mapping[str, str] = field(default_factory=dict)
    """Words for a whole number with a half ("anderthalb")."""
    not_after: tuple[str, ...] = ()
    """Words after which a half is a period or a side ("the first half")."""


@dataclass(frozen=True, slots=True)
class SpeakerWords:
    """How a text says who speaks; all words are lower case. Without verbs nothing can be said of a language."""

    pronouns: tuple[str, ...] = ()
    """Those that are subjects: somebody who was named before."""
    articles: tuple[str, ...] = ()
    """What begins a description of somebody who was named before ("the minister")."""
    between: tuple[str, ...] = ()
    """What may stand between a subject and its verb of speech."""
    verbs: tuple[str, ...] = ()
    """Verbs of speech, in the forms that credit a quotation, and words that do the same ("laut")."""
    quoting: tuple[str, ...] = ()
    """Verbs that say that a speaker uses the words of another one."""
    particles: tuple[str, ...] = ()
    """Parts of names and offices that tell nobody from another."""


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """The rules of one language; equal only to itself, so that compiled patterns can be kept by it."""

    tag: str
    """As asked for, BCP 47."""
    known: bool
    """Whether it has a file of its own; without one, number words are not read."""
    double: tuple[Pair, ...]
    """Quotation marks that enclose somebody's words, opening and closing; one mark may open or close several pairs."""
    single: tuple[Pair, ...]
    """Quotation marks inside quotation marks."""
    never_last: frozenset[str]
    """Abbreviations that never end a sentence, without their last full stop."""
    before_number: frozenset[str]
    """Abbreviations that do not end a sentence before a number ("No. 5")."""
    seldom_last: frozenset[str]
    """Abbreviations that end a sentence only before one of `starters`."""
    starters: frozenset[str]
    """Words that, written with a capital, begin a sentence."""
    day_point: bool
    """Whether a number and a full stop make an ordinal ("6. November")."""
    decimal: str
    grouping: str
    """Every mark, one character each, that may stand between groups of three digits; a number uses one of them."""
    currencies: tuple[str, ...]
    """Codes that stand before an amount, besides the currency signs."""
    suffixes: Mapping[str, int]
    """Multipliers written close after digits, in this letter case ("€40bn", "3 Mio.")."""
    doubtful_suffixes: frozenset[str]
    """Of these, such as may be a unit as well ("1.5m")."""
    money_suffixes: Mapping[str, int]
    """Multipliers that are read after an amount of money only ("$5b")."""
    percent: tuple[str, ...]
    ordinal_suffixes: tuple[str, ...]
    numbers: NumberWords
    ordinals: Mapping[str, int]
    fractions: FractionWords
    vague: Mapping[str, int]
    """Words for no exact number, and the least that they can mean."""
    range: tuple[str, ...]
    """What stands between the ends of a range; a percent sign or multiplier after the second counts for both."""
    months: Mapping[str, int]
    """Names of months besides those that Babel has."""
    months_not_alone: frozenset[str] | None
    """Months whose name alone is no date, because it is another word too; None where none is read alone."""
    date_joiners: tuple[str, ...]
    """Words between the parts of a date ("6th of November")."""
    breaks: frozenset[str]
    """Words that, after a comma, begin something else than the crediting of a quotation."""
    speakers: SpeakerWords
    """Who is meant by the words that credit a quotation."""

    @property
    def closing(self) -> str:
        """Every mark that may close a quotation, and the brackets: they belong to the sentence before them."""
        return "".join(sorted({mark for _, mark in (*self.double, *self.single)})) + ")]}）］"

    @property
    def opening(self) -> str:
        """Every mark that may open a quotation, and the brackets."""
        return "".join(sorted({mark for mark, _ in (*self.double, *self.single)})) + "([{（［"


@cache
def language(tag: str) -> Language:
    """The rules for a BCP 47 tag by its first subtag, or generic ones; never fails."""
    primary = tag.replace("_", "-").split("-")[0].lower()
    folder = files(__package__)
    own = folder / f"{primary}.json"
    known = primary.isascii() and primary.isalpha() and primary != "generic" and own.is_file()
    data: dict[str, Any] = json.loads((folder / "generic.json").read_text("utf-8"))
    if known:
        data |= json.loads(own.read_text("utf-8"))
    else:
        data |= _marks_of(tag)
    return Language(tag=tag, known=known, **{name: _made(name, data[name]) for name in _NAMES})


_NAMES = tuple(item.name for item in fields(Language) if item.name not in ("tag", "known"))

_SETS = frozenset(
    {"never_last", "before_number", "seldom_last", "starters", "doubtful_suffixes", "months_not_alone", "breaks"}
)


def _made(name: str, value: Any) -> Any:
    """A JSON value in the type of the field that holds it."""
    if name == "numbers":
        return NumberWords(**{_python_name(key): _tuple(item) for key, item in value.items()})
    if name == "fractions":
        return FractionWords(**{key: _tuple(item) for key, item in value.items()})
    if name == "speakers":
        return SpeakerWords(**{key: _tuple(item) for key, item in value.items()})
    if name in _SETS:
        return None if value is None else frozenset(value)
    return _tuple(value)


def _tuple(value: Any) -> Any:
    return tuple(map(_tuple, value)) if isinstance(value, list) else value


def _python_name(key: str) -> str:
    return f"{key}_" if key in ("and", "not") else key


def _marks_of(tag: str) -> dict[str, str]:
    """Decimal and grouping marks as Babel knows them for a locale; those of English where it knows none."""
    locale = locale_of(tag) or Locale("en")
    symbols = locale.number_symbols
    symbols = symbols.get("latn", symbols)
    grouping = str(symbols["group"])
    return {"decimal": str(symbols["decimal"]), "grouping": grouping + "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"}


def locale_of(tag: str) -> Locale | None:
    """Babel's locale for a tag, or for its first subtag, or None; for `und` Babel would take English."""
    parts = tag.replace("_", "-").split("-")
    if parts[0].lower() == "und":
        return None
    for name in ("_".join(parts), parts[0]):
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError, TypeError):
            continue
    return None
