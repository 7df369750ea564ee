"""Whether a sentence gives the words that it quotes to somebody, and which quoted words are a name.

Generous on purpose: a verb of speech, a phrase like “according to”, anybody who may speak, by name, pronoun or role,
or a commenter anywhere in the sentence, outside of its quotation marks, gives the words to somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from briefing.model import Briefing
from briefing.text import Language, language, named, speech

_WORD = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*")
_OWNED = re.compile(r"[’']s?$")
_TERM, _WORK = 6, 12
"""Words of a term and of a title at most."""
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class _Telling:
    """The words of a language that give quoted words to somebody; lower case, but for names and roles."""

    speech: frozenset[str]
    people: frozenset[str]
    names: frozenset[str]
    ends: tuple[str, ...]
    phrases: re.Pattern[str]


@cache
def _telling(rules: Language) -> _Telling:
    said, words = speech(rules), rules.speakers
    verbs = (said.verbs, said.inverting, said.frames, said.participles, said.quoting, said.reported, words.verbs)
    more = (words.crediting, words.reporting, words.quoting, named(rules).speaking)
    people = (said.people, said.plurals, rules.quantifiers.nouns)
    pronouns = {word for word, gender in said.pronouns.items() if gender != "it"}
    names = (said.honorifics, said.roles, said.demonyms, *said.first_names.values())
    phrases = (said.according, said.impersonal, said.spoke, said.goes_on, said.titles_of_rank)
    listed = "|".join(re.escape(each.lower()) for group in phrases for each in sorted(group)) or "(?!)"
    return _Telling(
        frozenset(word.lower() for group in (*verbs, *more) for word in group),
        frozenset(word.lower() for group in people for word in group) | pronouns,
        frozenset(word.rstrip(".") for group in names for word in group),
        tuple(said.person_ends),
        re.compile(rf"(?<!\w)(?:{listed})(?!\w)"),
    )


def speaks(outside: str, rules: Language) -> bool:
    """Whether a sentence says that somebody speaks, by what stands outside of its quotation marks."""
    telling = _telling(rules)
    lower = outside.lower()
    return any(word in telling.speech for word in _WORD.findall(lower)) or telling.phrases.search(lower) is not None


Names = frozenset[tuple[str, ...]]
"""Names of people and commenters, word by word in small letters."""


def gives(outside: str, names: Names, rules: Language) -> bool:
    """Whether a sentence gives its quoted words to somebody."""
    return speaks(outside, rules) or _names_somebody(outside, _telling(rules), names)


def introduced(before: str) -> bool:
    """Whether a name and a colon or dash, and nothing else of the sentence, introduce a passage: Kallas: “…”."""
    return _INTRODUCED.search(before[-120:]) is not None


_INTRODUCED = re.compile(
    r"(?:^|[.!?\n]\s+)(?P<name>[^\W\d_a-z][\w’'.-]+(?:\s[^\W\d_a-z][\w’'.-]+){0,2})\s*[:–—]\s*[*_]*$"
)


def reports(outside: str, publications: Names, rules: Language) -> bool:
    """Whether a sentence gives its quoted words to an article, to its publisher, or to who wrote it."""
    words = [_OWNED.sub("", word).lower() for word in _WORD.findall(outside)]
    rows = (tuple(words[at : at + size]) for at in range(len(words)) for size in (1, 2, 3, 4))
    return any(word in named(rules).media for word in words) or any(row in publications for row in rows)


@dataclass(frozen=True, slots=True)
class Known:
    """Who may be named beside quoted words."""

    people: Names
    publications: Names
    """The publisher and the author of the source, and the publishers of what is listed."""


def known_names(briefings: Iterable[Briefing]) -> Known:
    """The names of several briefings."""
    several = tuple(briefings)
    people = frozenset(name for each in several for name in everybody(each))
    media = (text for each in several for text in (each.source.publisher, each.source.author, *_publishers(each)))
    names = {_low(text) for text in media if text}
    return Known(people, frozenset(names | {name[1:] for name in names if name[0] in _THE}) - {()})


_THE = ("the", "der", "die", "das")


def _publishers(briefing: Briefing) -> Iterable[str]:
    return (each.publisher for each in briefing.references)


def everybody(briefing: Briefing) -> Names:
    """The names of the people of a briefing and of its commenters, whole, and the parts of people's own names."""
    return briefing.derive(_everybody)


def _names_somebody(outside: str, telling: _Telling, names: Names) -> bool:
    words = [_OWNED.sub("", word) for word in _WORD.findall(outside)]
    for word in words:
        if word.lower() in telling.people or (word[:1].isupper() and word in telling.names):
            return True
        if telling.ends and word.lower().endswith(telling.ends) and len(word) > 5:
            return True
    lows = [word.lower() for word in words]
    return any(
        (*row[:-1], last) in names
        for at in range(len(lows))
        for size in (1, 2, 3, 4)
        if (row := tuple(lows[at : at + size]))
        for last in (row[-1], row[-1].removesuffix("s"))
    )


def _everybody(briefing: Briefing) -> Names:
    people = [briefing.people[id] for id in briefing.roles if id in briefing.people]
    whole = {_low(person.name) for person in people} | {_low(each.author) for each in briefing.comments if each.author}
    parts = {
        (word,)
        for person in people
        if person.kind == "person"
        for word in _low(person.name)
        if len(word) > 2 and word not in language(briefing.language).speakers.particles
    }
    return frozenset((whole | parts) - {()})


def _low(name: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in _WORD.findall(name))


# --- names ------------------------------------------------------------------------------------------------------


def is_name(before: str, passage: str, behind: str, rules: Language) -> bool:
    """Whether the words right before a passage, or behind one, say that it is a term, a title, or part of a page."""
    known, size = named(rules), len(passage.split())
    ahead, following = _WORD.findall(before)[-3:], _WORD.findall(behind)[:1]
    if before[-1:] in ":;,." or not ahead:
        ahead = []
    lower = " ".join(ahead).lower()
    if size <= _TERM and any(lower == term or lower.endswith(f" {term}") for term in known.terms):
        return True
    if size <= _WORK and ahead and ahead[-1] in known.works and _looks_like_title(passage, rules):
        return True
    parts = {ahead[-1].lower()} if ahead else set()
    parts |= {word.lower() for word in following}
    return size <= _TERM and bool(parts & {part.lower() for part in known.parts}) and not speaks(before + behind, rules)


def _looks_like_title(passage: str, rules: Language) -> bool:
    """Whether words begin with a capital, and in English most of their longer ones do."""
    words = _WORD.findall(passage)
    if not words or not words[0][:1].isupper():
        return False
    longer = [word for word in words if len(word) > 3]
    return speech(rules).nouns_have_capitals or len(words) <= 2 or _most(word[:1].isupper() for word in longer)


def _most(found: Iterable[bool]) -> bool:
    each = list(found)
    return sum(each) > _HALF * len(each)
