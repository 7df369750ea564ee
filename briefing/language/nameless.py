"""What looks like a number in prose and is none: names, labels, addresses, phrases.

The list is documented, with examples that the tests run, in docs/manual/grounded.md ("What is no number").
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from briefing.language.number import GAP, any_of
from briefing.language.rules import Language
from briefing.places import Span

_LISTED = rf"\d[\w.()]*(?:(?:,|{GAP}?[–/-]|{GAP}(?:and|or|to|und|oder|bis)){GAP}?\d[\w.()]*)*"
"""A number as labels have it, or several: 5, 4(2), 12a, 3 and 4."""


@lru_cache(maxsize=2048)
def names(text: str, language: Language, surely: bool = False) -> tuple[Span, ...]:
    """The passages of a text whose digits and number words say no number.

    With `surely` without calibres and what points back: other prose may rest on those for their number.
    """
    patterns = _patterns(language)[: -_HALF if surely else None]
    return tuple(Span(*found.span()) for pattern in patterns for found in pattern.finditer(text))


@cache
def _patterns(language: Language) -> tuple[re.Pattern[str], ...]:
    words = language.stated
    cap = r"[^\W\d_a-zäöüß][\w’'-]{0,40}"
    small = any_of(word for word, value in words.small.items() if value <= 4)
    millimetres = any_of([*words.units.get("mm", ()), *language.unit_symbols["mm"]])
    times = any_of(word for unit in _MEASURED for word in words.units.get(unit, ()))
    percent = any_of(language.percent)
    found = [
        rf"§§?{GAP}?{_LISTED}",
        r"\(\d{1,2}\)|(?<!\S)\d{1,2}\)|#\d+",
        rf"(?<!\w){any_of(words.labels)}{GAP}{_LISTED}",
        rf"(?<!\w)(?:{any_of(words.labels)[3:-1].title()}){GAP}{_LISTED}" if words.labels else "(?!)",
        rf"(?<!\w){any_of(words.names)}(?:{GAP}|-)\d[\w.-]*",
        rf"(?<![\w/])(?i:{any_of(words.fixed)})(?![\w/])",
        rf"(?<![\w.,])\d+[a-z]?(?:[–-]\d+)?{GAP}(?:{cap}{GAP}){{1,3}}{any_of(words.streets)}(?!\w)",
        rf"(?<!\w){cap}{any_of(words.streets)}{GAP}\d+(?:{GAP}?[a-z])?(?!\w)",
        rf"(?<![\d.,])\d[\d.,]*(?:{GAP}?(?:and|or|und|oder|/){GAP}?\d[\d.,]*)?(?:{GAP}|-)?{millimetres}"
        rf"(?:{GAP}|-)(?:[^\W\d_]+(?:{GAP}|-)){{0,2}}?(?i:{any_of(words.calibre)})\w*",
        rf"(?i:calib(?:re|er)s?|Kalibers?){GAP}(?:of{GAP})?\d[\d.,]*(?:{GAP}?{millimetres})?",
        rf"(?<!\w)(?i:{any_of(words.pointing)}){GAP}(?i:{small})(?!\w)(?!(?:{GAP}|-)(?i:{times}|{percent})(?!\w))",
    ]
    return tuple(map(re.compile, found))


_HALF = 3
"""The last patterns: names that say a number all the same."""

_MEASURED = ("s", "min", "h", "d", "w", "mon", "a", "dec", "cent", "times", "points", "EUR", "USD", "GBP")
"""Units before which a small number is one, even after "the": "the two years"."""
