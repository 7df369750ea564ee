"""Which kinds of numbers a text can have at all, told by its words: most patterns need not be tried on most texts.

Each kind has words, or parts of words, one of which is in whatever its patterns match. Which kinds a word opens is
worked out when it is first met and kept, so a text costs a look at each of its words, and a pattern for a kind that it
has none of is neither run nor compiled. Where it is not sure, a kind is open: closed means that nothing can match.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from briefing.text.language_rules import Language
from briefing.text.months import month_names

DIGITS, YEAR, MONTH, CARDINAL, VAGUE, ORDINAL, STEM, MULTIPLE, GLUED, COMPOSED, HALF, DECADE, SHARE = (
    1 << bit for bit in range(13)
)
SMALL, CLOCK, ARTICLE, PERIOD, FRACTION, FIXED, LABEL, NAMED, STREET, CALIBRE, COUNT = (
    1 << bit for bit in range(13, 24)
)

_KEPT = 50_000
"""Words of a language that are kept; a newsroom's vocabulary."""
_WORD = re.compile(r"\w+")
_FOUR_DIGITS = re.compile(r"\d{4}|[年년月월]")
_DOTLESS = str.maketrans("İı", "ii")

Test = Callable[[str], bool]


def folded(word: str) -> str:
    """Return a word so that any two that a pattern without regard to letter case matches alike are the same."""
    return word.lower() if word.isascii() else word.translate(_DOTLESS).casefold()


@lru_cache(maxsize=4096)  # as many as `quantities` keeps
def kinds_in(text: str, language: Language) -> int:
    """Return the kinds of numbers that the words of a text open, as the sum of their constants."""
    known = _kinds_by_word(language)
    found = 0
    for word in set(_WORD.findall(text)):
        found |= known[word]
    return found


@cache
def _kinds_by_word(language: Language) -> _KindsByWord:
    return _KindsByWord(_tests(language))


class _KindsByWord(dict[str, int]):
    """The kinds that each word opens, worked out when it is first asked for."""

    def __init__(self, tests: Iterable[tuple[int, Test]]) -> None:
        super().__init__()
        self.tests = tuple(tests)

    def __missing__(self, word: str) -> int:
        if len(self) >= _KEPT:
            self.clear()
        low = folded(word)
        found = YEAR if _FOUR_DIGITS.search(word) else 0
        found |= DIGITS if any(map(str.isnumeric, word)) else 0
        for kind, opens in self.tests:
            if opens(low):
                found |= kind
        self[word] = found
        return found


def _tests(language: Language) -> list[tuple[int, Test]]:
    """Return for each kind which words open it."""
    said, numbers, parts = language.stated, language.numbers, language.fractions
    counted = (numbers.units, numbers.teens, numbers.tens, numbers.hundred, numbers.multipliers, numbers.dozen)
    named = (parts.half, parts.nouns_one, parts.nouns, parts.mixed)
    cardinals = [word for group in (*counted, *named) for word in group]
    small = [*said.small, *said.hour_one]
    return [
        (MONTH, _has_part(month_names(language)[1])),
        (CARDINAL, _is_word(cardinals) if numbers.tens_first else _has_part(cardinals)),
        (VAGUE, _is_word(language.vague)),
        (ORDINAL, _is_word(language.ordinals)),
        (STEM, _has_part(word[:-1] for word in language.ordinals if word.endswith("te"))),
        (MULTIPLE, _is_word(said.multiples)),
        (GLUED, _has_part(said.glued)),
        (COMPOSED, _has_part(said.small if said.composed else ())),
        (HALF, _is_word(phrase[-1] for phrase in parts.and_a_half)),
        (DECADE, _has_part(said.decades)),
        (SHARE, _has_part((*language.ordinals, *parts.nouns_one))),
        (SMALL, _has_part(said.small)),
        (CLOCK, _has_part(small)),
        (ARTICLE, _is_word(numbers.article)),
        (PERIOD, _is_word(said.periods)),
        (FRACTION, _is_word(parts.nouns_one)),
        (FIXED, _is_word(said.fixed)),
        (LABEL, _is_word(said.labels)),
        (NAMED, _is_word(said.names)),
        (STREET, _has_part(said.streets)),
        (COUNT, _is_word(language.quantifiers.counts)),
        (CALIBRE, _has_part((*said.calibre, "calib", "kaliber"))),
    ]


def _is_word(phrases: Iterable[str]) -> Test:
    """Return whether a word is the longest of one of some phrases, for patterns that match whole words only."""
    words = _longest_words(phrases)
    return (lambda word: True) if "" in words else words.__contains__


def _has_part(phrases: Iterable[str]) -> Test:
    """Return whether a word has the longest of one of some phrases in it, for patterns that match parts of words."""
    words = sorted(_longest_words(phrases))
    # of two of which one is in the other, the shorter says all; the empty one is in every word
    parts = [each for each in words if not any(other != each and other in each for other in words)]
    return lambda word: any(part in word for part in parts)


def _longest_words(phrases: Iterable[str]) -> frozenset[str]:
    """Return the longest word of each phrase, which is where the phrase is; empty for a phrase without a word."""
    return frozenset(folded(max(_WORD.findall(phrase), key=len, default="")) for phrase in phrases)
