"""What is known of each language, read from the JSON files beside this module.

A file names only what differs from generic.json. What each key means is said at the field of `Language` that holds
it. Which languages have a file is all that this module knows about particular languages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
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
    after: tuple[str, ...] = ()
    """Words before a numerator one that make such a word needless ("rose by a quarter", "nearly a third were")."""
    sure: tuple[str, ...] = ()
    """Numerator one and a noun that need no such word: "one third", not "one quarter", which may be a time."""
    and_a_half: tuple[tuple[str, ...], ...] = ()
    """What adds a half to a whole number, word by word."""
    measured: tuple[str, ...] = ()
    """Of `half`: adjectives, which are a number only before a unit or multiplier ("halbe Stunde", not "halbe Welt")."""
    mixed: Mapping[str, str] = field(default_factory=dict)
    """Words for a whole number with a half ("anderthalb")."""
    not_after: tuple[str, ...] = ()
    """Words after which a half is a period or a side ("the first half")."""
    before: tuple[str, ...] = ()
    """Words before a numerator one that make `of` needless where no noun follows ("fell to a third.")."""
    plural: tuple[str, ...] = ()
    """Words after a fraction with the numerator one that make `of` needless ("a third were")."""


@dataclass(frozen=True, slots=True)
class StatedWords:
    """What surrounds a number in prose and says what it is, or that it is none; `stated` reads by these."""

    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The words for each unit, in lower case; the unit's name is the same in all languages."""
    multiples: Mapping[str, str] = field(default_factory=dict)
    """Words that multiply, and by what ("doubled")."""
    glued: Mapping[str, str] = field(default_factory=dict)
    """Ends of words that begin with a number word, and the unit that they say ("sechsmonatig")."""
    composed: tuple[str, ...] = ()
    """Patterns for the rest of a word that begins with a number word and counts something ("dreiköpfig")."""
    periods: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Words for a period, with its length as a number and a unit."""
    minus: tuple[str, ...] = ()
    """Words before a number that make it a negative one."""
    about: tuple[str, ...] = ()
    """Words before a number that make it a round one; `less` and `more` say on which side it errs."""
    less: tuple[str, ...] = ()
    more: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    """Words that a number follows as a name ("Article 5")."""
    names: tuple[str, ...] = ()
    """Names of things that come with a number ("Boeing 737")."""
    calibre: tuple[str, ...] = ()
    """Beginnings of words after millimetres that make them the name of a calibre."""
    fixed: tuple[str, ...] = ()
    """Phrases that say no number ("24/7")."""
    streets: tuple[str, ...] = ()
    """Words for streets: after the number in English, ending the name before it in German."""
    pointing: tuple[str, ...] = ()
    """Words after which two, three or four points back at what was named ("the two")."""
    small: Mapping[str, int] = field(default_factory=dict)
    """Words for two to twelve, which may count what the sentence itself lists or cites."""
    one: tuple[str, ...] = ()
    """Words for one that are pronouns as well."""
    out_of: tuple[str, ...] = ()
    """Words between two numbers that make a share of them ("one in five")."""
    ends: tuple[str, ...] = ()
    """Words between two numbers of one unit, which may stand after the second only."""
    superlative: tuple[str, ...] = ()
    """Patterns for what makes an ordinal in words a rank ("second-largest")."""
    comparing: tuple[str, ...] = ()
    """Words after a number that has the unit of the number before it ("31 hours, ten more than planned")."""
    year_after: tuple[str, ...] = ()
    """Words after which four digits are a year, even before a noun ("in 2022 prices rose")."""
    ranked: tuple[str, ...] = ()
    """Words after an ordinal in digits that are no part of a name."""
    function: tuple[str, ...] = ()
    """Words after a number that are not what it counts."""
    nouns_have_capitals: bool = False
    """Whether a word without a capital is no noun."""
    ranked_in_words: tuple[str, ...] = ()
    """Words after an ordinal in words, from the third on, that make it a rank ("the third time in a row")."""
    series: tuple[str, ...] = ()
    """Words after an ordinal and a noun that make it a rank too ("the third win in a row")."""
    rank_before: tuple[str, ...] = ()
    """Words before an ordinal in words that is a rank where no noun follows ("finished third")."""
    rank_compounds: tuple[str, ...] = ()
    """Patterns for words that begin or end with an ordinal; `{stem}` is one without its ending ("dritt")."""
    decades: Mapping[str, int] = field(default_factory=dict)
    """Words for decades, and where in a century they begin."""
    decade_patterns: tuple[str, ...] = ()
    """Patterns for decades, with a group `digits` or `word`; `{decade}` is any of `decades`."""
    share_patterns: tuple[str, ...] = ()
    """Patterns in which `{ordinal}` or the fraction `{part}` is a share of a whole ("every fifth")."""
    one_of_patterns: tuple[str, ...] = ()
    """Patterns in which a `{number}` is the whole of which one is said to be ("einer von fünf")."""
    clock_patterns: tuple[str, ...] = ()
    """Patterns for times of day with the groups `hour`, `minute` and `half` (a.m., p.m.) as far as they have them;
    `{number}` is any word for an hour, `{shift}` any of `clock_shifts`."""
    clock_shifts: Mapping[str, int] = field(default_factory=dict)
    """Words for minutes from the hour that they name ("half past": 30)."""
    hour_one: tuple[str, ...] = ()
    """Words for one before the hour."""
    age_before: tuple[str, ...] = ()
    """Words before a number that make it an age ("aged")."""
    old: tuple[str, ...] = ()
    """Words after years that make them an age."""
    occasions: tuple[str, ...] = ()
    """Words after a number that count how often something happens ("times")."""
    than: tuple[str, ...] = ()
    """Words after those that make them a multiple ("three times as many")."""
    about_after: tuple[str, ...] = ()
    """Words after a number that make it a round one ("or so")."""
    against: tuple[str, ...] = ()
    """Words between the two numbers of a score or ratio ("3 to 1")."""


@dataclass(frozen=True, slots=True)
class QuantifierWords:
    """How a text says how many commenters say something."""

    counts: Mapping[str, str] = field(default_factory=dict)
    """Words for how many, and the line of the rubric that they are judged by."""
    nouns: tuple[str, ...] = ()
    """Words for commenters and comments."""
    printed: tuple[str, ...] = ()
    """Of these, such as a computed count prints itself."""
    of_them: tuple[str, ...] = ()
    """Words between a quantifier and whom it counts ("most of the")."""
    verbs: tuple[str, ...] = ()
    """Words after a quantifier that stands for commenters by itself ("most agree")."""
    clauses: tuple[str, ...] = ()
    """Words after which a quantifier may begin a clause."""
    alone: tuple[str, ...] = ()
    """Of `counts`: those that mean people by themselves at the beginning of a sentence ("everyone")."""
    further: tuple[str, ...] = ()
    """Words before a quantifier that adds to another ("weitere zwei")."""
    negations: tuple[str, ...] = ()
    """Words before "all" that leave open how many there are."""
    or_: tuple[str, ...] = ()
    """Words between two numbers one of which is meant ("one or two")."""
    ratio: tuple[str, ...] = ()
    """Of `out_of`: words between two numbers of which the second is no whole ("one in five")."""
    out_of: tuple[str, ...] = ()
    """Words between two numbers of which the second is the whole ("two of five")."""
    except_: tuple[str, ...] = ()
    """Words before how many are left out of all ("all but two")."""
    excepted: Mapping[str, int] = field(default_factory=dict)
    """Forms of numbers behind them beside those that count from two to twelve ("zweien"); 0 leaves open how many."""


@dataclass(frozen=True, slots=True)
class SpeakerWords:
    """How a text says who speaks; all words are lower case. Without verbs nothing can be said of a language."""

    pronouns: tuple[str, ...] = ()
    """Those that are subjects: somebody who was named before."""
    articles: tuple[str, ...] = ()
    """What begins a description of somebody who was named before ("the minister")."""
    indefinite: tuple[str, ...] = ()
    """What begins one of somebody who need not have been named ("a spokeswoman")."""
    between: tuple[str, ...] = ()
    """What may stand between a subject and its verb of speech."""
    crediting: tuple[str, ...] = ()
    """Words that credit like verbs of speech ("laut"), and their forms with an auxiliary ("gesagt")."""
    participles: tuple[str, ...] = ()
    """Of `crediting`: the forms with an auxiliary, whose subject stands beside that."""
    auxiliaries: tuple[str, ...] = ()
    reporting: tuple[str, ...] = ()
    """Verbs in the mood in which words are reported ("habe"); whose they are stands elsewhere."""
    quoting: tuple[str, ...] = ()
    """Verbs that say that a speaker uses the words of another one."""
    denials: tuple[str, ...] = ()
    """Patterns of words that say that somebody did not say something, or only might."""
    statements: tuple[str, ...] = ()
    """Nouns whose genitive says whose the words behind them are ("Stein’s claim that")."""
    joins: tuple[str, ...] = ()
    """Words between the names of several who speak."""
    relative: frozenset[str] = frozenset()
    """Of `speech`: words that begin a clause about somebody."""
    particles: tuple[str, ...] = ()
    """Parts of names and offices that tell nobody from another."""
    verbs: frozenset[str] = frozenset()
    """Verbs of speech, in the forms that credit a quotation: those of `speech`, and `crediting`."""
    saying: frozenset[str] = frozenset()
    """Of these, without those that credit only words beside them ("called it")."""
    people: frozenset[str] = frozenset()
    """Nouns for somebody who speaks, of `speech`."""
    bodies: frozenset[str] = frozenset()
    """Nouns for a body that are none for a person, of `speech`."""
    according: frozenset[str] = frozenset()
    """Of `speech`: phrases before who says it."""
    honorifics: tuple[Pair, ...] = ()
    """Of `speech`, with the gender that each tells."""
    nouns_have_capitals: bool = False
    """Of `speech`: a capital tells no name from another noun."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
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
    unit_symbols: Mapping[str, tuple[str, ...]]
    """Signs for units, in this letter case; those of money may stand before the number."""
    stated: StatedWords
    quantifiers: QuantifierWords
    speakers: SpeakerWords
    """Who is meant by the words that credit a quotation."""

    def __repr__(self) -> str:
        return f"Language({self.tag!r})"

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
    own = own_data(tag)
    data: dict[str, Any] = json.loads((files(__package__) / "words" / "generic.json").read_text("utf-8"))
    data |= own or _marks_of(tag)
    data["speakers"] = data["speakers"] | {"speech": data.get("speech", {})}
    return Language(tag=tag, known=bool(own), **{name: _made(name, data[name]) for name in _NAMES})


@cache
def own_data(tag: str) -> Mapping[str, Any]:
    """What the JSON file of a language says, by the first subtag; empty for a language without a file."""
    primary = tag.replace("_", "-").split("-")[0].lower()
    own = files(__package__) / "words" / f"{primary}.json"
    known = primary.isascii() and primary.isalpha() and primary != "generic" and own.is_file()
    data: dict[str, Any] = json.loads(own.read_text("utf-8")) if known else {}
    return data


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
    if name in _WORDS:
        return _WORDS[name](**{_python_name(key): _mapped(item) for key, item in value.items()})
    if name == "unit_symbols":
        return _mapped(value)
    if name == "speakers":
        return _speakers(value)
    if name in _SETS:
        return None if value is None else frozenset(value)
    return _tuple(value)


def _speakers(value: Mapping[str, Any]) -> SpeakerWords:
    """Whom crediting words mean, by the same verbs by which quotations are credited."""
    speech = value["speech"]
    own = {key: _tuple(item) for key, item in value.items() if key != "speech"}
    said = (*speech.get("verbs", ()), *speech.get("frames", ()), *own.get("crediting", ()))
    verbs = frozenset(word.casefold() for word in said) - set(own.get("auxiliaries", ()))
    return SpeakerWords(
        **own,
        verbs=verbs,
        saying=verbs - {word.casefold() for word in speech.get("frames", ())},
        people=frozenset(word.casefold() for word in speech.get("people", ())),
        bodies=frozenset(word.casefold() for word in speech.get("organisations", ()))
        - frozenset(word.casefold() for word in speech.get("people", ())),
        according=frozenset(phrase.lower() for phrase in speech.get("according", ()) if " " in phrase),
        honorifics=tuple(speech.get("honorifics", {}).items()),
        relative=frozenset(speech.get("relative", ())) if not speech.get("nouns_have_capitals") else frozenset(),
        nouns_have_capitals=speech.get("nouns_have_capitals", False),
    )


_WORDS: Mapping[str, Callable[..., Any]] = {"stated": StatedWords, "quantifiers": QuantifierWords}


def _mapped(value: Any) -> Any:
    """A list as a tuple, also within a mapping."""
    return {key: _tuple(item) for key, item in value.items()} if isinstance(value, dict) else _tuple(value)


def _tuple(value: Any) -> Any:
    return tuple(map(_tuple, value)) if isinstance(value, list) else value


def _python_name(key: str) -> str:
    return f"{key}_" if key in ("and", "except", "not", "or") else key


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


# --- patterns of words ------------------------------------------------------------------------------------------

GAP = "[ \t\u00a0\u202f\u2009]"
"""White space inside a number or date: a line end is none."""


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of some words, the longest first; for none, one that never matches."""
    found = sorted(set(words), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, found))})" if found else "(?!)"
