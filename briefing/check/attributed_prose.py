"""Decides whether a sentence attributes the words that it quotes to somebody.

Generous on purpose: a verb of speech, a phrase like “according to”, anybody who may speak, by name, pronoun or role,
or a commenter anywhere in the sentence, outside of its quotation marks, gives the words to somebody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from msgspec import Struct

from briefing.model import Briefing
from briefing.text import Language, language, named, speech
from briefing.text.language_rules import any_of

WORD = re.compile(r"[^\W_]+(?:[-’'.][^\W_]+)*")
"""A word, perhaps with hyphens, apostrophes or dots within."""
_OWNED = re.compile(r"[’']s?$")


class _AttributingWords(Struct, frozen=True):
    """The words of a language that attribute quoted words to somebody; lower case, but for names and roles."""

    speech: frozenset[str]
    people: frozenset[str]
    compounds: re.Pattern[str] | None
    """Nouns for people at the ends of longer ones, where nouns are compounded."""
    names: frozenset[str]
    ends: tuple[str, ...]
    likely: tuple[str, ...]
    """Ends of nouns that are for people if an article or the like is before."""
    things: frozenset[str]
    determiners: frozenset[str]
    phrases: re.Pattern[str]


@cache
def _attributing_words(rules: Language) -> _AttributingWords:
    said, words, more = speech(rules), rules.speakers, named(rules)
    verbs = (said.verbs, said.inverting, said.frames, said.participles, said.quoting, said.reported, words.verbs)
    pronouns = {word for word, gender in said.pronouns.items() if gender != "it"}
    names = (said.honorifics, said.roles, said.demonyms, *said.first_names.values())
    nouns = {noun for noun in said.people | more.people if len(noun) > 4}
    compounds = rf"\w{any_of(_lower(nouns))}(?:s|es|n|nen|innen)?$"
    phrases = any_of(_lower(said.according, said.impersonal, said.spoke, said.goes_on, said.titles_of_rank))
    return _AttributingWords(
        _lower(*verbs, words.crediting, words.reporting, words.quoting, more.speaking),
        _lower(said.people, said.plurals, rules.quantifiers.nouns, more.people) | pronouns,
        re.compile(compounds) if said.nouns_have_capitals and nouns else None,
        frozenset(word.rstrip(".") for group in names for word in group),
        tuple(said.person_ends),
        tuple(more.person_ends),
        more.things,
        frozenset((*words.articles, *words.indefinite)),
        re.compile(rf"(?<!\w){phrases}(?!\w)"),
    )


def _lower(*lists: Iterable[str]) -> frozenset[str]:
    return frozenset(word.lower() for words in lists for word in words)


def speech_words(rules: Language) -> frozenset[str]:
    """Return the words by which prose gives words to somebody; lower case."""
    return _attributing_words(rules).speech


def speaks(outside: str, rules: Language) -> bool:
    """Return whether a sentence says that somebody speaks, by what is outside of its quotation marks."""
    known = _attributing_words(rules)
    lower = outside.lower()
    return any(word in known.speech for word in WORD.findall(lower)) or known.phrases.search(lower) is not None


Names = frozenset[tuple[str, ...]]
"""Names of people and commenters, word by word in small letters."""


def gives(outside: str, names: Names, rules: Language) -> bool:
    """Return whether a sentence gives its quoted words to somebody."""
    return speaks(outside, rules) or _names_somebody(outside, _attributing_words(rules), names)


def belongs(before: str, rules: Language) -> bool:
    """Return whether the words right before a passage say whose words it is: Kallas: “…”, the skipper’s famous “…”."""
    near = before[-120:]
    return _INTRODUCED.search(near) is not None or _is_owned(near, rules)


def _is_owned(before: str, rules: Language) -> bool:
    """Return whether a genitive of a person or unknown name, or “her”, is before a passage, with two words between."""
    words = WORD.findall(_PARTED.split(before)[-1])
    if not words or not _MARKED_END.match(before.rstrip(" \u00a0"), before.rindex(words[-1]) + len(words[-1])):
        return False
    for between, at in enumerate(range(len(words) - 1, max(len(words) - 4, -1), -1)):
        word, low = words[at], words[at].lower().replace("’", "'")
        if low in named(rules).owners:
            return between < 2
        if low in _PARTING or low in _attributing_words(rules).speech:
            return False
        if _OWNED.search(word) and (word[:1].isupper() or _is_person(_OWNED.sub("", word), rules)):
            return low not in _CONTRACTED
        ahead = words[at - 1].lower() if at else ""
        if speech(rules).nouns_have_capitals and between < 2 and _is_bare_genitive(word, ahead, rules):
            return True
    return False


_PARTED = re.compile(r"[,;:!?–—\n]|\.\s")
_PARTING = frozenset(
    ["is", "are", "was", "were", "has", "have", "had", "ist", "sind", "war", "waren", "hat", "haben", "wird"]
)
_CONTRACTED = frozenset(["it's", "that's", "what's", "here's", "there's", "let's", "who's", "he's", "she's"])


def _is_bare_genitive(word: str, ahead: str, rules: Language) -> bool:
    """Return whether a name in the German genitive stands without an article: Steins „nie wieder“."""
    if not word[:1].isupper() or not word.endswith(("s", "’", "'")) or len(word) < 4 or word.isupper():
        return False
    known = rules.speakers
    stops = {
        *known.articles,
        *known.indefinite,
        *known.particles,
        *named(rules).owners,
        "des",
        "dieses",
        "eines",
        "kein",
    }
    works = named(rules).works
    return (
        ahead not in stops
        and word.lower() not in stops
        and not any(word.lower().endswith(each.lower()) for each in works)
    )


def _is_person(word: str, rules: Language) -> bool:
    """Return whether a word is a noun for a person, listed or by its end."""
    return _names_somebody(f"the {word}", _attributing_words(rules), frozenset())


_MARKED_END = re.compile(r"[ \u00a0]*[*_]*$")
"""What may be between the last word and a passage: spaces and the marks of emphasis."""
_INTRODUCED = re.compile(
    r"(?:^|[.!?\n]\s+)(?P<name>[^\W\d_a-z][\w’'.-]+(?:\s[^\W\d_a-z][\w’'.-]+){0,2})\s*[:–—]\s*[*_]*$"
)


class Known(Struct, frozen=True):
    """Who may be named beside quoted words."""

    people: Names
    publications: Names
    """The publisher and the author of the source, and the publishers of what is listed."""


def known_names(briefings: Iterable[Briefing]) -> Known:
    """Return the names of several briefings."""
    several = tuple(briefings)
    people = frozenset(name for each in several for name in everybody(each))
    media = (text for each in several for text in (each.source.publisher, each.source.author, *_publishers(each)))
    names = {_low(text) for text in media if text}
    return Known(people, frozenset(names | {name[1:] for name in names if name[:1] and name[0] in _THE}) - {()})


_THE = ("the", "der", "die", "das")


def _publishers(briefing: Briefing) -> Iterable[str]:
    return (each.publisher for each in briefing.references)


def everybody(briefing: Briefing) -> Names:
    """Return the names of a briefing's people and commenters, whole, and the parts of people's own names."""
    return briefing.derive(_everybody)


def _names_somebody(outside: str, known: _AttributingWords, names: Names) -> bool:
    words = [_OWNED.sub("", word) for word in WORD.findall(outside)]
    lower = [word.lower() for word in words]
    return _has_name(lower, names) or any(
        _is_for_person(word, lower[max(at - 2, 0) : at], known) for at, word in enumerate(words)
    )


def _is_for_person(word: str, ahead: Sequence[str], known: _AttributingWords) -> bool:
    """Return whether a word is for a person: by itself, by its end, or by its end and an article ahead of it."""
    low, has_capital = word.lower(), word[:1].isupper()
    if low in known.people or (has_capital and word in known.names):
        return True
    if known.ends and low.endswith(known.ends) and len(low) > 5:
        return True
    if has_capital and known.compounds and known.compounds.search(low):
        return True
    likely = word == low and len(low) > 4 and low.endswith(known.likely) and low not in known.things
    return likely and any(each in known.determiners for each in ahead)


def _has_name(words: Sequence[str], names: Names) -> bool:
    """Return whether one to four successive words are somebody's name, the last one perhaps in the genitive."""
    rows = (tuple(words[at : at + size]) for at in range(len(words)) for size in (1, 2, 3, 4))
    return any((*row[:-1], last) in names for row in rows for last in (row[-1], row[-1].removesuffix("s")))


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
    return tuple(word.lower() for word in WORD.findall(name))
