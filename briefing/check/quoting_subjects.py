"""Decides who says what a sentence quotes: an article, its publisher or author, or somebody in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.check.attributed_prose import WORD, Known, Names, gives, speech_words
from briefing.text import Language, named

_OWNED = re.compile(r"[’']s?$")
_BEFORE, _BEHIND = 8, 3
"""Words of a sentence between a verb and its subject."""
_NAME = 3
"""Letters from which a capital at the beginning of a sentence may be a name’s."""


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def low(self) -> str:
        return _OWNED.sub("", self.text).lower()


def reports(outside: str, publications: Names, rules: Language) -> bool:
    """Return whether a sentence names an article, its publisher, or who wrote it: as what its quoted words are from."""
    words = _words(outside)
    return any(_is_medium(words, at, publications, rules) for at in range(len(words)))


def somebody_speaks(outside: str, names: Known, rules: Language) -> bool:
    """Return whether a verb of speech has a person as its subject, and not an article: Lang said; says the mayor.

    What the article says that somebody thought is still the article’s.
    """
    words = _words(outside)
    verbs = speech_words(rules) - named(rules).thinking - set(rules.speakers.reporting)
    return any(word.low in verbs and _has_person(outside, words, at, names, rules) for at, word in enumerate(words))


def _words(text: str) -> list[_Word]:
    return [_Word(found[0], found.start(), found.end()) for found in WORD.finditer(text)]


def _has_person(outside: str, words: Sequence[_Word], at: int, names: Known, rules: Language) -> bool:
    """Return whether the nearest that can be the subject of a verb is a person: before it, or right behind it."""
    before = range(at - 1, max(at - 1 - _BEFORE, -1), -1)
    behind = range(at + 1, min(at + 1 + _BEHIND, len(words)))
    ahead = outside[: words[at].start].rstrip(' “”„«»"')
    inverted = not ahead or ahead[-1] in ",;:–—.!?"
    between = (*rules.speakers.between, *rules.speakers.articles)
    for places in (behind, before) if inverted else (before, behind):
        close = True
        for place in places:
            if _is_medium(words, place, names.publications, rules):
                return False
            if gives(words[place].text, names.people, rules) and words[place].low not in speech_words(rules):
                return True
            if close and _may_be_name(words[place]):
                return True
            close = close and words[place].low in (
                set(rules.speakers.articles) - {"that"} if places is behind else between
            )
            if places is behind and not close:
                break
    return False


def _may_be_name(word: _Word) -> bool:
    """Return whether a word may be the name of somebody who is not listed."""
    return word.text[:1].isupper() and len(word.text) > _NAME


def _is_publication(begun: Sequence[_Word], rest: Sequence[_Word], publications: Names) -> bool:
    """Return whether the name of a publication begins with some words, and goes on with none or more of the rest."""
    words = tuple(word.low for word in (*begun, *rest[:3]))
    return any(words[:size] in publications for size in range(len(begun), len(words) + 1))


def _is_medium(words: Sequence[_Word], at: int, publications: Names, rules: Language) -> bool:
    """Return whether an article or its writer is named; “a source” and “the author Ben Stein” are others."""
    if any(
        _is_publication(words[max(first, 0) : at + 1], words[at + 1 :], publications) for first in range(at - 3, at + 1)
    ):
        return True
    if words[at].low not in named(rules).media:
        return False
    other = {*rules.speakers.indefinite, *named(rules).owners}
    follows = words[at + 1] if at + 1 < len(words) else None
    is_called = follows is not None and follows.text[:1].isupper() and follows.start - words[at].end == 1
    return not is_called and not any(word.low in other for word in words[max(at - 2, 0) : at])
