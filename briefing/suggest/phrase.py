"""A phrase that names or means somebody, and what single words in it tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from briefing.language import Speech
from briefing.places import Span

Kind = Literal["name", "noun", "pronoun"]

_COMPOUND = 4
"""Letters that a noun must have to count at the end of a compound (Verkehrsministerin)."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that name or mean somebody."""

    span: Span
    kind: Kind
    name: str = ""
    """The name; the noun phrase, without its article, where there is none; the pronoun in lower case."""
    role: str = ""
    """What the text says beside the name."""
    body: bool = False
    """Whether it is an organisation."""
    gender: str = ""
    possessive: bool = False
    """Whether it only says whose something is: Rutte’s."""
    sure: bool = True
    """False for words with capitals that are a name only where a name is to be expected."""
    person: bool = False
    """Whether a first name, a title or a role shows that it is somebody's name."""
    thing: bool = False
    """Whether it is the name of a place, a building, an event or a law."""
    age: int = 0
    """Where it is nothing but an age: the 54-year-old."""
    article: str = ""
    """Its article or possessive, in lower case."""
    oblique: bool = False
    """Whether a preposition or its case shows that it is no subject."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or mark with its place."""

    text: str
    span: Span


def is_noun(word: str, nouns: frozenset[str], rules: Speech) -> bool:
    """Whether a word is one of some nouns; where nouns are compounded, also at the end of a longer word."""
    if not rules.nouns_have_capitals:
        return word in nouns or word[:1].lower() + word[1:] in nouns
    return _compounds(nouns).search(word) is not None


def is_person(word: str, rules: Speech) -> bool:
    """Whether a word is a noun for a person: in the list, or by its end (Näherin)."""
    return is_noun(word, rules.people, rules) or (len(word) > _COMPOUND + 2 and word.endswith(tuple(rules.person_ends)))


@cache
def _compounds(nouns: frozenset[str]) -> re.Pattern[str]:
    whole = "|".join(sorted(map(re.escape, nouns), key=len, reverse=True)) or "(?!)"
    ends = "|".join(re.escape(noun.lower()) for noun in sorted(nouns) if len(noun) >= _COMPOUND) or "(?!)"
    return re.compile(rf"^(?:{whole})(?:s|es|n)?$|^[A-ZÄÖÜ]\w+(?:{ends})(?:s|es|n)?$")


def first_name(texts: Sequence[str], rules: Speech) -> int:
    """Where the first name of a person is that has another name behind it; -1 where none is."""
    known = rules.first_names.values()
    return next((at for at, text in enumerate(texts[:-1]) if any(text in names for names in known)), -1)


def has_first_name(texts: Sequence[str], rules: Speech) -> bool:
    """Whether one of the words is a first name."""
    return first_name(texts, rules) >= 0 or any(texts[0] in names for names in rules.first_names.values())


def gender_of(name: str, role: str, rules: Speech) -> str:
    """What a role or else a first name tells: m, f or nothing."""
    first = name.split()[0]
    return gender_of_noun(role, rules) or next((sex for sex, names in rules.first_names.items() if first in names), "")


def gender_of_noun(role: str, rules: Speech) -> str:
    """What the noun of a role tells: spokeswoman, Ministerin."""
    words = role.split()
    if rules.nouns_have_capitals:
        nouns = [word for word in words if is_person(word, rules)]
        return ("f" if nouns[-1].lower().endswith(tuple(rules.women)) else "m") if nouns else ""
    last = words[-1] if words else ""
    return "f" if last.endswith(tuple(rules.women)) else "m" if last.endswith(tuple(rules.men)) else ""
