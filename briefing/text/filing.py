"""Under which word a name is filed, as libraries do it: family name first, without what somebody is addressed by.

Nobody says which language a name is of, so the words of all languages count, and its own letters tell the rest: a
particle in small letters goes behind the given name (Leyen, Ursula von der), one with a capital belongs to the family
name (Van Buren, Martin). What no rule can know, such as the two family names of Gabriel García Márquez or a family name
that comes first, an author says with `sort_as`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from msgspec import Struct

from briefing.model import Person
from briefing.text.language_rules import language, own_data, speech

_LANGUAGES = ("en", "de", "ar")
_CLOSE_BEFORE = re.compile(r"(?:(?:[Aa]l|[Ee]l|[Aa]s|[Aa]sh)[-‐‑](?=\w)|ال(?=\w{3})|[dl][’'](?=\w))")
"""What is written close before a name and does not count in the order of names: the Arabic article, the French de."""


class PersonalName(Struct, frozen=True):
    """A name in the parts by which it is filed and cited."""

    family: str
    """The whole name where it has no parts: one word, an organisation, a description of somebody."""
    given: str = ""
    particle: str = ""
    """Between the two, as in "von der"."""


def filed_as(person: Person) -> str:
    """Return what lists order somebody by: `sort_as` as its author wrote it, else the family name first."""
    if person.sort_as or person.kind == "organisation":
        return person.sort_as or person.name
    name = personal_name(person.name)
    bare = name.family.removeprefix(found[0]) if (found := _CLOSE_BEFORE.match(name.family)) else name.family
    behind = " ".join(filter(None, (name.given, name.particle)))
    return f"{bare}, {behind}" if behind else bare


@cache
def personal_name(name: str) -> PersonalName:
    """Return the parts of the name of a person, without titles; one part where nothing says where it could be divided.

    "Castell, Mira" is divided where its author did so.
    """
    family, comma, given = (part.strip() for part in name.partition(","))
    behind = _words("behind")
    if comma and given and not all(_plain(word) in behind for word in given.split()):
        return PersonalName(family, given)
    named = _untitled(family.split())
    if len(named) < 2 or not all(_is_name(word) for word in named) or _is_particle(named[-1]):
        return PersonalName(" ".join(named) if len(named) == 1 else name)
    first = _family_at(named)
    last_given = next((at for at in range(first, 0, -1) if not _is_particle(named[at - 1])), 0)
    parts = (named[first:], named[:last_given], named[last_given:first])
    return PersonalName(*(" ".join(part) for part in parts))


def untitled(name: str) -> str:
    """Return the name of a person without its titles and "MP": "Dr Ada Lang" is Ada Lang."""
    return " ".join(_untitled(name.split()))


def _untitled(words: list[str]) -> list[str]:
    """Return the words of a name without what stands before and behind it: titles, "MP"; never none."""
    end = len(words)
    while end > 1 and _plain(words[end - 1]) in _words("behind"):
        end -= 1
    return words[_titles(words[:end]) : end]


def names_a_body(name: str) -> bool:
    """Return whether a name that nothing is known of is rather that of a newspaper or a desk than that of a person."""
    words = [word for word in name.split() if not _is_particle(word)]
    return len(words) < 2 or any(not _is_name(word) or _plain(word) in _bodies() for word in words)


def _titles(words: Sequence[str]) -> int:
    """Return how many words at the beginning are titles: "Prof. Dr. med."."""
    titles = _words("titles") | _words("honorifics")
    at = 0
    while at < len(words) - 1:
        small = at and words[at].islower() and words[at].endswith(".")
        if _plain(words[at]) not in titles and not small:
            break
        at += 1
    return at


def _family_at(words: Sequence[str]) -> int:
    """Return where the family name begins: its last word, with what belongs to that."""
    at = len(words) - 1
    while at and (_plain(words[at - 1]) in _words("kept") or (at > 1 and _is_capital_particle(words[at - 1]))):
        at -= 1
    return at


def _is_name(word: str) -> bool:
    """Return whether a word can be part of a name: not "a neighbour", not "Parent 3"."""
    if _is_particle(word) or _plain(word) in _words("kept") or _CLOSE_BEFORE.match(word):
        return True
    letter = next((mark for mark in word if mark.isalpha()), "")
    has_case = letter.lower() != letter.upper()
    return bool(letter) and (letter.isupper() or not has_case) and not any(mark.isdigit() for mark in word)


def _is_particle(word: str) -> bool:
    return word in _words("particles")


def _is_capital_particle(word: str) -> bool:
    return word[0].isupper() and _is_particle(word.lower())


def _plain(word: str) -> str:
    return word.rstrip(".").casefold()


@cache
def _words(part: str) -> frozenset[str]:
    if part == "honorifics":
        return frozenset(_plain(word) for tag in _LANGUAGES for word in speech(language(tag)).honorifics)
    return frozenset(word for tag in _LANGUAGES for word in own_data(tag).get("filing", {}).get(part, ()))


@cache
def _bodies() -> frozenset[str]:
    """Return the words that name bodies, and those with which no name of a person begins or is joined."""
    rules = [speech(language(tag)) for tag in _LANGUAGES]
    known = (word for each in rules for word in (*each.organisation_names, *each.organisations, *each.companies))
    return frozenset(_plain(word) for word in known) | _words("bodies")
