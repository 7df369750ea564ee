"""Decides which passages in quotation marks are names: of terms, works, ships and campaigns, and of parts of a page.

Quoting subjects: who says what a sentence quotes: an article, its publisher or author, or somebody in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from msgspec import Struct

from briefing.check.attributed_prose import WORD, Known, Names, gives, speaks, speech_words
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


# --- quoting subjects ------------------------------------------------------------------------------------------------


_OWNED = re.compile(r"[’']s?$")
_BEFORE, _BEHIND = 8, 3
"""Words of a sentence between a verb and its subject."""
_NAME = 3
"""Letters from which a capital at the beginning of a sentence may be a name’s."""


class SentenceWord(Struct, frozen=True):
    """A word of a sentence, and where it is in that."""

    text: str
    start: int
    end: int
    low: str
    """In small letters, without the ending of a genitive."""


def reports(outside: str, publications: Names, rules: Language) -> bool:
    """Return whether a sentence names an article, its publisher, or who wrote it: as what its quoted words are from."""
    words = sentence_words(outside)
    return any(is_medium(words, at, publications, rules) for at in range(len(words)))


def somebody_speaks(outside: str, names: Known, rules: Language) -> bool:
    """Return whether a verb of speech has a person as its subject, and not an article: Lang said; says the mayor.

    What the article says that somebody thought is still the article’s.
    """
    words = sentence_words(outside)
    verbs = speech_words(rules) - named(rules).thinking - set(rules.speakers.reporting)
    return any(word.low in verbs and _has_person(outside, words, at, names, rules) for at, word in enumerate(words))


def sentence_words(text: str) -> list[SentenceWord]:
    """Return the words of a sentence."""
    found = WORD.finditer(text)
    return [SentenceWord(each[0], each.start(), each.end(), _OWNED.sub("", each[0]).lower()) for each in found]


def _has_person(outside: str, words: Sequence[SentenceWord], at: int, names: Known, rules: Language) -> bool:
    """Return whether the nearest that can be the subject of a verb is a person: before it, or right behind it."""
    before = range(at - 1, max(at - 1 - _BEFORE, -1), -1)
    behind = range(at + 1, min(at + 1 + _BEHIND, len(words)))
    ahead = outside[: words[at].start].rstrip(' “”„«»"')
    inverted = not ahead or ahead[-1] in ",;:–—.!?"
    between = (*rules.speakers.between, *rules.speakers.articles)
    for places in (behind, before) if inverted else (before, behind):
        close = True
        for place in places:
            if is_medium(words, place, names.publications, rules):
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


def _may_be_name(word: SentenceWord) -> bool:
    """Return whether a word may be the name of somebody who is not listed."""
    return word.text[:1].isupper() and len(word.text) > _NAME


@lru_cache(maxsize=64)
def _first_words(publications: Names) -> frozenset[str]:
    """Return the words with which names of publications begin."""
    return frozenset(name[0] for name in publications if name)


def _is_publication(begun: Sequence[SentenceWord], rest: Sequence[SentenceWord], publications: Names) -> bool:
    """Return whether the name of a publication begins with some words, and goes on with none or more of the rest."""
    words = tuple(word.low for word in (*begun, *rest[:3]))
    return any(words[:size] in publications for size in range(len(begun), len(words) + 1))


def is_medium(words: Sequence[SentenceWord], at: int, publications: Names, rules: Language) -> bool:
    """Return whether an article or its writer is named; “a source” and “the author Ben Stein” are others."""
    begun, first_words = range(max(at - 3, 0), at + 1), _first_words(publications)
    if any(
        words[first].low in first_words and _is_publication(words[first : at + 1], words[at + 1 : at + 4], publications)
        for first in begun
    ):
        return True
    if words[at].low not in named(rules).media:
        return False
    other = {*rules.speakers.indefinite, *named(rules).owners}
    follows = words[at + 1] if at + 1 < len(words) else None
    is_called = follows is not None and follows.text[:1].isupper() and follows.start - words[at].end == 1
    return not is_called and not any(word.low in other for word in words[max(at - 2, 0) : at])
