"""Decides which passages in quotation marks are names: of terms, works, ships and campaigns, and of parts of a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from briefing.check.attributed_prose import WORD, speaks
from briefing.text import Language, named, speech

_TERM, _WORK, _NAME = 6, 12, 6
"""Words of a term, of a title and of a name at most."""
_HALF = 0.5
_LONG = 3
"""Letters of words that a title may write small."""


def is_name(before: str, passage: str, behind: str, rules: Language) -> bool:
    """Return whether the words beside a passage say that it is a term, a title, a name, or a part of a page."""
    size, following = len(passage.split()), WORD.findall(behind)[:1]
    ahead = [] if before[-1:] in ":;,." else WORD.findall(before)[-3:]
    if size <= _TERM and _ends_with_term(ahead, rules):
        return True
    beside = [*ahead[-1:], *(following if _goes_with(behind) else [])]
    if size <= _WORK and any(_is_work(word, rules) for word in beside) and _looks_like_title(passage, rules):
        return True
    if size <= _NAME and ahead and _is_called(ahead, passage, before, rules):
        return True
    return size <= _TERM and _has_part((*ahead[-1:], *following), rules) and not speaks(before + behind, rules)


def _ends_with_term(ahead: Sequence[str], rules: Language) -> bool:
    """Return whether words end with one that introduces a term: the term “…”, so-called “…”."""
    lower = " ".join(ahead).lower()
    return any(lower == term or lower.endswith(f" {term}") for term in named(rules).terms)


def _has_part(words: Iterable[str], rules: Language) -> bool:
    """Return whether one of some words is for a part of a page: the section “…”, the “…” column."""
    parts = {part.lower() for part in named(rules).parts}
    return any(word.lower() in parts for word in words)


def _goes_with(behind: str) -> bool:
    """Return whether the next word belongs to a passage: the “…” campaign, die „…“-Kampagne."""
    return re.match(r"[ -]?[^\W\d_]", behind) is not None


def _is_work(word: str, rules: Language) -> bool:
    """Return whether a noun is for something that has a title; where nouns are compounded, also the end of one."""
    return word in named(rules).works or (
        speech(rules).nouns_have_capitals and _compounds(rules).search(word) is not None
    )


@cache
def _compounds(rules: Language) -> re.Pattern[str]:
    ends = "|".join(re.escape(each.lower()) for each in sorted(named(rules).works) if len(each) > _LONG)
    return re.compile(rf"^[A-ZÄÖÜ][\w-]+(?:{ends})s?$", re.IGNORECASE)


def _is_called(ahead: list[str], passage: str, before: str, rules: Language) -> bool:
    """Return whether an article is before words with capitals, and nobody is said to speak there: the “Ever Given”.

    In German, whose nouns have capitals, one word does not tell.
    """
    words = WORD.findall(passage)
    german = speech(rules).nouns_have_capitals
    if ahead[-1].lower() not in _ARTICLES or speaks(" ".join(WORD.findall(before)[-4:]), rules):
        return False
    capitals = [word for word in words if word[:1].isupper() or word[:1].isdigit()]
    small = [word for word in words if word not in capitals]
    return (
        bool(words)
        and words[0] in capitals
        and len(capitals) > german
        and all(not german and len(word) <= _LONG and word in _SMALL for word in small)
    )


_ARTICLES = frozenset({"the", "a", "an", "der", "die", "das", "dem", "den", "des", "zur", "zum", "im", "vom", "beim"})
_SMALL = frozenset({"of", "the", "and", "in", "on", "for", "to", "de", "la"})


def _looks_like_title(passage: str, rules: Language) -> bool:
    """Return whether words begin with a capital, and in English most of their longer ones do."""
    words = WORD.findall(passage)
    if not words or not words[0][:1].isupper():
        return False
    longer = [word for word in words if len(word) > _LONG]
    return speech(rules).nouns_have_capitals or len(words) <= 2 or _most(word[:1].isupper() for word in longer)


def _most(found: Iterable[bool]) -> bool:
    each = list(found)
    return sum(each) > _HALF * len(each)
