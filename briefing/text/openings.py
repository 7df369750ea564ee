"""Which kinds of numbers a text can have at all, told by its words: most patterns need not be tried on most texts.

Each kind has words, or parts of words, one of which is in whatever its patterns match. Which kinds a word opens is
worked out when it is first met and kept, so a text costs a look at each of its words, and a pattern for a kind that it
has none of is neither run nor compiled. Where it is not sure, a kind is open: closed means that nothing can match.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from msgspec import Struct

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
    return _KindsByWord(_openings(language))


class _Openings(Struct, frozen=True):
    """Which kinds the words of a language open; words and parts are folded."""

    by_word: Mapping[str, int]
    by_part: Mapping[str, int]
    """Those that a part of a word opens, wherever it is."""
    lengths: tuple[int, ...]
    """Those of all parts."""
    always: int
    """Those that every word opens."""

    def of(self, word: str) -> int:
        """Return the kinds that a folded word opens: a look-up for each piece of it that is as long as any part."""
        found, end = self.always | self.by_word.get(word, 0), len(word)
        for length in self.lengths:
            for start in range(end - length + 1):
                found |= self.by_part.get(word[start : start + length], 0)
        return found


class _KindsByWord(dict[str, int]):
    """The kinds that each word opens, worked out when it is first asked for."""

    def __init__(self, openings: _Openings) -> None:
        super().__init__()
        self.openings = openings

    def __missing__(self, word: str) -> int:
        if len(self) >= _KEPT:
            self.clear()
        found = YEAR if _FOUR_DIGITS.search(word) else 0
        found |= DIGITS if any(map(str.isnumeric, word)) else 0
        found |= self.openings.of(folded(word))
        self[word] = found
        return found


def _openings(language: Language) -> _Openings:
    """Return which words open each kind, for patterns that match whole words only, and which parts of words, for the
    others: of each phrase its longest word, which is where the phrase is."""
    by_word: defaultdict[str, int] = defaultdict(int)
    by_part: defaultdict[str, int] = defaultdict(int)
    for opened, given in ((by_word, _words(language)), (by_part, _parts(language))):
        for kind, phrases in given:
            for phrase in phrases:
                opened[_longest_word(phrase)] |= kind
    # a phrase without a word may be anywhere
    always = by_word.pop("", 0) | by_part.pop("", 0)
    return _Openings(by_word, by_part, tuple({len(part) for part in by_part}), always)


def _words(language: Language) -> Iterable[tuple[int, Iterable[str]]]:
    """Return for each kind the phrases whose words must be whole."""
    said, numbers, parts = language.stated, language.numbers, language.fractions
    return (
        (CARDINAL, _cardinals(language) if numbers.tens_first else ()),
        (VAGUE, language.vague),
        (ORDINAL, language.ordinals),
        (MULTIPLE, said.multiples),
        (HALF, [phrase[-1] for phrase in parts.and_a_half]),
        (ARTICLE, numbers.article),
        (PERIOD, said.periods),
        (FRACTION, parts.nouns_one),
        (FIXED, said.fixed),
        (LABEL, said.labels),
        (NAMED, said.names),
        (COUNT, language.quantifiers.counts),
    )


def _parts(language: Language) -> Iterable[tuple[int, Iterable[str]]]:
    """Return for each kind the phrases whose words may be parts of longer ones."""
    said, numbers, parts = language.stated, language.numbers, language.fractions
    return (
        (MONTH, month_names(language)[1]),
        (CARDINAL, () if numbers.tens_first else _cardinals(language)),
        (STEM, [word[:-1] for word in language.ordinals if word.endswith("te")]),
        (GLUED, said.glued),
        (COMPOSED, said.small if said.composed else ()),
        (DECADE, said.decades),
        (SHARE, (*language.ordinals, *parts.nouns_one)),
        (SMALL, said.small),
        (CLOCK, (*said.small, *said.hour_one)),
        (STREET, said.streets),
        (CALIBRE, (*said.calibre, "calib", "kaliber")),
    )


def _cardinals(language: Language) -> Iterable[str]:
    numbers, parts = language.numbers, language.fractions
    counted = (numbers.units, numbers.teens, numbers.tens, numbers.hundred, numbers.multipliers, numbers.dozen)
    named = (parts.half, parts.nouns_one, parts.nouns, parts.mixed)
    return [word for group in (*counted, *named) for word in group]


def _longest_word(phrase: str) -> str:
    return folded(max(_WORD.findall(phrase), key=len, default=""))
