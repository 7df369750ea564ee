"""What somebody is, as a briefing says it: the source’s words without the body that they only point back to.

"The company's managing director" says nothing where no company is named beside it, so the role is "Managing director".
"""

from __future__ import annotations

import re

from briefing.attribution import Entity
from briefing.authoring.new_entries import as_role
from briefing.text import Language, Speech, speech

_OWNER = re.compile(r"(?:[a-z][\w-]* ){0,2}([a-z][\w-]*)['’]s (?=\w)")
"""A body without a name, to which a role belongs: "company's ", "ferry company's "."""
_SUPERLATIVE = re.compile(r"(?:\w+est|most|first|last|only|best)\b")
"""Who is somebody only among others: the company's longest-serving driver."""


def written_role(entity: Entity, language: Language) -> str:
    """Return what a text says that somebody is: a noun, with a clause that goes on with it, or else a clause.

    It is without the possessive of a common noun, or the body that it is of where that has no name.
    """
    role, rules = entity.role, speech(language)
    if entity.occupation.startswith(role):
        role = entity.occupation or role
    if not rules.nouns_have_capitals:
        owner = _OWNER.match(role)
        bodies = rules.companies | rules.organisations
        if owner and owner[1] in bodies and not _SUPERLATIVE.match(role, owner.end()):
            role = role[owner.end() :]
    else:
        role = _in_own_form(role, rules)
    return as_role(_without_nameless_body(role, rules))


def _in_own_form(role: str, rules: Speech) -> str:
    """Return a German role without an adjective whose form needs the article before it: "der langjährige Trainer".

    Where somebody would be something else without it, nothing is left: "der frühere Minister".
    """
    adjective, _, noun = role.partition(" ")
    woman = noun.partition(" ")[0].endswith(("in", "frau", "ende")) and adjective.endswith("e")
    if not noun or not adjective[0].islower() or adjective.endswith("er") or woman:
        return role
    limiting = any(adjective.startswith(word) for word in rules.occupations.limiting)
    return "" if limiting else noun if adjective.endswith(("e", "en", "em")) else role


def _without_nameless_body(role: str, rules: Speech) -> str:
    """Return a role without "of the company" or "des Unternehmens" at its end."""
    words = role.split(" ")
    for behind in (words[-3:], words[-2:]):
        link, *article, noun = behind if len(behind) > 1 else ("", "")
        points_back = article[0] in rules.the if article else link in rules.genitives
        if len(words) > len(behind) and link in rules.tails and points_back and _is_nameless(noun, rules):
            return " ".join(words[: -len(behind)])
    return role


def _is_nameless(noun: str, rules: Speech) -> bool:
    """Return whether a noun is one for any company, with or without the ending of a genitive."""
    low = noun.lower()
    return bool({low, low.removesuffix("s"), low.removesuffix("es")} & rules.companies)
