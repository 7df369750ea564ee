"""Whom crediting words mean: "Rutte said", "the minister told them", "he added".

Only what the words surely say is told. They may name somebody, by name or by an office that one person of the briefing
held; or refer to somebody by a pronoun or a description, who is then the person named last before, if any is. A person
is named by any part of the name, an organisation by its full name, its last two words or its initials.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rapidfuzz import fuzz

from briefing.language.rules import SpeakerWords
from briefing.model import Briefing, Person

_WORD = re.compile(r"\w+(?:[-.]\w+)*")
_PARTS = ",;:—–-()،、，"
_LONGEST = 6
"""Words of a description that are looked through for its article."""
_OWNED = re.compile(r"\w[’']s?\s+[^\W\dA-Z]")
"""What describes somebody by a genitive, without an article: "Ukraine’s president"."""
_SPELT = 85
"""Per cent of likeness from which two names are one name in two spellings ("Zelensky", "Zelenskyy")."""
_INITIALS = 3
"""Letters of an abbreviation from which it names an organisation."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of crediting words."""

    text: str
    """Without the ending of a genitive."""
    start: int
    parted: bool = False
    """Whether a comma or another mark stands between it and the word before."""

    @property
    def low(self) -> str:
        """In small letters."""
        return self.text.casefold()

    @property
    def capital(self) -> bool:
        """Whether it is written like a name."""
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Called:
    """What a text may call somebody."""

    id: str
    names: frozenset[str]
    """Any of these words names the person; small letters."""
    phrases: frozenset[tuple[str, ...]]
    """Words in a row that name an organisation."""
    about: frozenset[str]
    """Every word of the name and of what the person was."""
    office: tuple[str, ...]
    """What a person was then, or an organisation's name, as far as the first particle."""


def called(briefing: Briefing, rules: SpeakerWords) -> Mapping[str, Called]:
    """What the source may call each person who has a role in a briefing."""
    people = ((id, briefing.people[id]) for id in briefing.roles if id in briefing.people)
    return {id: _called(person, briefing.roles[id], rules) for id, person in people}


@lru_cache(maxsize=1024)
def _called(person: Person, role: str, rules: SpeakerWords) -> Called:
    name = [word.low for word in words_of(person.name)]
    telling = frozenset(word for word in name if word not in rules.particles and len(word) > 1)
    office = _head(words_of(role), rules)
    about = frozenset((*name, *(word.low for word in words_of(role))))
    if person.kind == "person":
        return Called(person.id, telling, frozenset(), about, office)
    initials = "".join(word[0] for word in name if word not in rules.particles)
    names = frozenset({initials} if len(initials) >= _INITIALS else ())
    return Called(
        person.id, names, frozenset({tuple(name), tuple(name[-2:])}), about, _head(words_of(person.name), rules)
    )


def _head(words: Sequence[Word], rules: SpeakerWords) -> tuple[str, ...]:
    """The words as far as the first particle: in "Head of state at the summit" only "Head" is what somebody is."""
    lows = [word.low for word in words]
    start = next((at for at, low in enumerate(lows) if low not in rules.particles), 0)
    end = next((at for at in range(start, len(lows)) if lows[at] in rules.particles), len(lows))
    return tuple(lows[start:end])


def words_of(text: str) -> list[Word]:
    """The words of a text, genitives without their ending."""
    found: list[Word] = []
    end = 0
    for match in _WORD.finditer(text):
        if match.group() not in ("s", "S"):
            found.append(Word(match.group(), match.start(), any(mark in _PARTS for mark in text[end : match.start()])))
        end = match.end()
    return found


def named(words: Sequence[Word], person: Called) -> bool:
    """Whether words name somebody, in any spelling that is clearly the same name."""
    lows = [word.low for word in words]
    if any(tuple(lows[at : at + len(row)]) == row for row in person.phrases for at in range(len(lows))):
        return True
    return any(_same(word, name) for word in words if word.capital for name in person.names)


def by_office(words: Sequence[Word], person: Called) -> bool:
    """Whether words have two words of an office next to each other, as in "the Secretary General"."""
    lows, pairs = [word.low for word in words], set(pairwise(person.office))
    return any(pair in pairs for pair in pairwise(lows))


def _same(word: Word, name: str) -> bool:
    """Whether a word is a name, also with the s of a German genitive or in another transliteration."""
    return word.low in (name, name + "s") or (len(name) > 5 and fuzz.ratio(word.low, name) >= _SPELT)


@dataclass(frozen=True, slots=True)
class Credit:
    """What crediting words say."""

    people: frozenset[str]
    """Those whom they name as speaking; several where they leave it open."""
    refers: bool
    """Whether they refer to somebody named before, by a pronoun, a description or an office."""
    stranger: str
    """A name that they credit and that is nobody's in the briefing; empty where there is none."""


def credit(text: str, people: Mapping[str, Called], rules: SpeakerWords) -> Credit:
    """What crediting words say of who speaks: first by the subjects of verbs of speech, else by all of their words."""
    words = words_of(text)
    subjects = [subject for subject in _subjects(words, rules) if subject]
    names = [run for run in subjects if run[-1].capital and run[0].low not in rules.pronouns]
    speaking = _people(names, people)
    refers = any(run[0].low in (*rules.pronouns, *rules.articles) for run in subjects)
    if speaking or refers:
        return Credit(speaking or _by_office(subjects, people), refers, "")
    mentioned = _people([words], people)
    stranger = " ".join(word.text for word in names[0]) if names else ""
    if mentioned:
        return Credit(mentioned, False, "" if len(mentioned) > 1 else stranger)
    loose = any(word.low in (*rules.pronouns, *rules.articles) for word in words) or bool(_OWNED.search(text))
    return Credit(_by_office([words], people), loose and not stranger, stranger)


def speaking(text: str, people: Mapping[str, Called], rules: SpeakerWords) -> frozenset[str]:
    """Those whom a text credits with words, by name."""
    return _people([subject for subject in _subjects(words_of(text), rules) if subject], people)


def _people(runs: Sequence[Sequence[Word]], people: Mapping[str, Called]) -> frozenset[str]:
    return frozenset(id for id, person in people.items() if any(named(run, person) for run in runs))


def _by_office(runs: Sequence[Sequence[Word]], people: Mapping[str, Called]) -> frozenset[str]:
    """Those one of whose offices is named, with nothing beside it that is not theirs ("Ukraine's president").

    More than one where several held such an office.
    """
    lows = {word.low for run in runs for word in run}
    names = {word.low for run in runs for word in run[1:] if word.capital} | {
        run[0].low for run in runs if _proper(run)
    }
    return frozenset(id for id, person in people.items() if lows & set(person.office) and names <= person.about)


def _proper(run: Sequence[Word]) -> bool:
    """Whether a run begins with a name that somebody else's office may belong to: it is a genitive, or the whole."""
    return run[0].capital and len(run) > 1 and run[1].start - run[0].start > len(run[0].text) + 1


def _subjects(words: Sequence[Word], rules: SpeakerWords) -> Iterator[Sequence[Word]]:
    """The subject of each verb of speech: the words before it, or else those after it."""
    for at, word in enumerate(words):
        if word.low not in rules.verbs:
            continue
        before = at - 1
        while before >= 0 and (words[before].low in rules.between or words[before].low.endswith("ly")):
            before -= 1
        earlier, later = _run_before(words, before, rules), _run_after(words, at + 1, rules)
        # "Gegenüber Rutte versicherte Selenskyj": a phrase with a particle before it is no subject where there is one.
        phrase = bool(earlier) and earlier[0].low in rules.particles and earlier[0].low not in rules.articles
        yield later if later and (phrase or not earlier) else earlier


def _run_before(words: Sequence[Word], last: int, rules: SpeakerWords) -> Sequence[Word]:
    """A pronoun, a name, or a description with its article, that ends at a word."""
    if last < 0:
        return ()
    if words[last].low in rules.pronouns:
        return words[last : last + 1]
    described = _described(words, last, rules)
    if described:
        return described
    run: list[Word] = []
    for word in reversed(words[: last + 1]):
        if not (word.capital or (run and word.low in rules.particles)):
            break
        run.insert(0, word)
        if word.parted:
            break
    return _from_capital(run)


def _described(words: Sequence[Word], last: int, rules: SpeakerWords) -> Sequence[Word]:
    """A description that ends at a word, from its article on; nothing where it has none."""
    for first in range(last, max(last - _LONGEST, -1), -1):
        if words[first].low in rules.articles:
            return words[first : last + 1]
        if words[first].parted or words[first].low in (*rules.verbs, *rules.pronouns):
            break
    return ()


def _run_after(words: Sequence[Word], first: int, rules: SpeakerWords) -> Sequence[Word]:
    """The same that begins at a word."""
    if first < len(words) and words[first].low in rules.pronouns:
        return words[first : first + 1]
    if first < len(words) and words[first].low in rules.articles:
        return words[first : first + 5]
    run: list[Word] = []
    for word in words[first:]:
        if not (word.capital or (run and word.low in rules.particles)) or (run and word.parted):
            break
        run.append(word)
    return _from_capital(run[::-1])[::-1]


def _from_capital(run: list[Word]) -> list[Word]:
    """The words from the first that is written like a name on: particles stand between names only."""
    first = next((at for at, word in enumerate(run) if word.capital), len(run))
    return run[first:]
