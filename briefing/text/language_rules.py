"""The rules of each language, read from the JSON files beside this module; and which language a text is in.

A file names only what differs from generic.json. What each key means is said at the field of `Language` that holds
it, or in `word_lists`. Which languages have a file is all that this module knows about particular languages; a text's
own is told by the commonest small words of a few.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from briefing.text.word_lists import (
    Contrast,
    FractionWords,
    NameWords,
    NumberWords,
    Pair,
    QuantifierWords,
    SpeakerWords,
    Speech,
    StatedWords,
    Worth,
    read_words,
)

if TYPE_CHECKING:
    from babel import Locale


class Language(Struct, frozen=True, eq=False):
    """The rules of one language; equal only to itself, so that compiled patterns can be kept by it."""

    tag: str
    """As asked for, BCP 47."""
    known: bool
    """Whether there are rules for how it speaks and counts; without them, number words are not read."""
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
    """Every mark, one character each, that may be between groups of three digits; a number uses one of them."""
    currencies: tuple[str, ...]
    """Codes that are before an amount, besides the currency signs."""
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
    """What is between the ends of a range; a percent sign or multiplier after the second counts for both."""
    months: Mapping[str, int]
    """Full names of months; without a file of its own a language has those that Babel knows."""
    months_short: Mapping[str, int]
    months_not_alone: frozenset[str] | None
    """Months whose name alone is no date, because it is another word too; None where none is read alone."""
    date_joiners: tuple[str, ...]
    """Words between the parts of a date ("6th of November")."""
    breaks: frozenset[str]
    """Words that, after a comma, begin something else than the crediting of a quotation."""
    unit_symbols: Mapping[str, tuple[str, ...]]
    """Signs for units, in this letter case; those of money may be before the number."""
    hidden_name: str
    """What stands for a name that readers are not shown."""
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
    """Return the rules for a BCP 47 tag by its first subtag, or generic ones; never fails."""
    own = own_data(tag)
    known = "speech" in own
    marks = {} if known else _marks_of(tag)
    data = {**_read_file("generic"), **marks, **own, "tag": tag, "known": known}
    return read_words(Language, {**data, "speakers": _with_speech(data["speakers"], data.get("speech", {}))})


@cache
def own_data(tag: str) -> Mapping[str, Any]:
    """Return what the JSON file of a language says, by the first subtag; nothing for a language without a file."""
    primary = tag.replace("_", "-").split("-")[0].lower()
    known = primary.isascii() and primary.isalpha() and primary != "generic"
    return _read_file(primary) if known else {}


def _read_file(name: str) -> dict[str, Any]:
    file = files(__package__) / "words" / f"{name}.json"
    data: dict[str, Any] = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    return data


def _with_speech(own: Mapping[str, Any], speech: Mapping[str, Any]) -> dict[str, Any]:
    """Return the words for speakers with those of `speech`, so that both credit quotations by the same verbs."""

    def folded(key: str) -> set[str]:
        return {word.casefold() for word in speech.get(key, ())}

    crediting = {word.casefold() for word in own.get("crediting", ())}
    verbs = (folded("verbs") | folded("frames") | crediting) - set(own.get("auxiliaries", ()))
    capitals = speech.get("nouns_have_capitals", False)
    return {
        **own,
        "verbs": verbs,
        "saying": verbs - folded("frames"),
        "people": folded("people"),
        "bodies": folded("organisations") - folded("people"),
        "absolute": set(speech.get("participles", ())) - set(own.get("participles", ())),
        "inverting": set(speech.get("inverting", ())),
        "according": {phrase.lower() for phrase in speech.get("according", ()) if " " in phrase},
        "honorifics": list(speech.get("honorifics", {}).items()),
        "relative": () if capitals else speech.get("relative", ()),
        "nouns_have_capitals": capitals,
    }


@cache
def speech(language: Language) -> Speech:
    """Return how a language credits quotations."""
    return read_words(Speech, own_data(language.tag).get("speech", {}))


@cache
def worth(language: Language) -> Worth:
    """Return which numbers of a language say something."""
    return read_words(Worth, own_data(language.tag).get("worth", {}))


@cache
def named(language: Language) -> NameWords:
    """Return which passages in quotation marks are names."""
    return read_words(NameWords, own_data(language.tag).get("named", {}))


@cache
def contrast(language: Language) -> Contrast:
    """Return how a language takes something back, or denies it."""
    return read_words(Contrast, own_data(language.tag).get("contrast", {}))


def _marks_of(tag: str) -> dict[str, str]:
    """Decimal and grouping marks as Babel knows them for a locale; those of English where it knows none."""
    from babel import Locale

    locale = locale_of(tag) or Locale("en")
    symbols = locale.number_symbols
    symbols = symbols.get("latn", symbols)
    grouping = str(symbols["group"])
    return {"decimal": str(symbols["decimal"]), "grouping": grouping + "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}"}


def locale_of(tag: str) -> Locale | None:
    """Babel's locale for a tag, or for its first subtag, or None; for `und` Babel would take English."""
    from babel import Locale, UnknownLocaleError  # when it is needed, since a check may need no more than our own lists

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

GAP = r"[^\S\r\n]"
"""White space inside a number or date: a line end is none. Not its characters one by one: a class with characters
above U+00FF takes ten times as long to compile, and a pattern may have a hundred."""


def any_of(words: Iterable[str]) -> str:
    """Return a pattern for any of some words, the longest first; for none, one that never matches."""
    found = sorted(set(words), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, found))})" if found else "(?!)"


def fill_pattern(pattern: str, words: Mapping[str, str]) -> str:
    """Return a pattern of a language file with patterns for words in place of their names: `{number}`."""
    for name, value in words.items():
        pattern = pattern.replace("{" + name + "}", value)
    return pattern


class Patterns:
    """Patterns of one language by their names; letter case does not matter in them.

    Each is compiled when it is first asked for, since that takes longer than to read a briefing and most texts need
    few of them.
    """

    def __init__(self, **sources: str) -> None:
        self._sources = sources

    def __getattr__(self, name: str) -> re.Pattern[str]:
        if name.startswith("_") or name not in self._sources:
            raise AttributeError(name)
        found = re.compile(self._sources[name], re.IGNORECASE)
        setattr(self, name, found)
        return found


# --- detecting a language --------------------------------------------------------------------------------------------


WORDS = {
    "en": "the of and to in that is was for it with as on be at by this had not are but from or have",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an",
    "fr": "de la le et les des en un du une que est pour qui dans par plus pas sur ne se au avec ce",
    "es": "de la que el en y a los del se las por un para con no una su al es lo como más o",
    "it": "di e il la che in un per è una del si non con da le i della sono dei al come più",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas",
    "nl": "de van het een en in is dat op te zijn met voor niet aan er om ook als dan maar bij",
    "sv": "och i att det som en på är av för med till den har de inte om ett han men",
    "da": "og i at det som en på er af for med til den har de ikke om et han men",
    "pl": "w i na z do się że nie to jest o jak za od po przez ale co są dla",
    "ro": "de și în a la cu pe nu că o un din care mai este pentru ca se au",
    "ru": "и в не на я что он с как это по но они мы из за у от о для",
    "uk": "і в не на що з як це та до він за у від про для є але по або",
}
FEWEST = 12
"""Small words that are needed."""
MARGIN = 1.5
"""How many times as often the best language's must stand as the second's."""


def language_of(text: str) -> str:
    """A tag, or empty where there are too few words or two languages fit."""
    scores, words = _scores(text)
    (best, tag), (second, _) = scores[:2]
    return tag if best >= FEWEST and best >= MARGIN * second and best >= 0.1 * words else ""


def is_foreign(text: str, tag: str) -> bool:
    """Whether a text, however short, is rather in another language than in this one; never for one without words."""
    scores, _ = _scores(text)
    own = next((score for score, other in scores if other == tag.partition("-")[0].lower()), None)
    return own is not None and scores[0][0] > own


def _scores(text: str) -> tuple[list[tuple[int, str]], int]:
    """How many small words of each language a text has, the best first; and how many words."""
    words = Counter(re.findall(r"\w+", text.lower()[:100_000]))
    scores = [(sum(words[word] for word in small.split()), tag) for tag, small in WORDS.items()]
    return sorted(scores, reverse=True), sum(words.values())
