"""Passages in single quotation marks, for texts that quote with these: ‘We will go,’ she said.

The closing mark is an apostrophe as well. An opening mark stands before a word and after none; the closing one is the
first that stands after a word and before none, unless it looks like a possessive (the workers’ demands) and another
follows before the next opening mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from briefing.language.rules import Language
from briefing.places import Span

_ELIDED = re.compile(r"(?:\d\ds?(?![.,]\d)|tis|twas|em|til|cause|n|bout|round)\b", re.IGNORECASE)
"""What follows an apostrophe that stands for letters left out: ’90s, ’tis."""


def single_pairs(text: str, language: Language, line: Span, following: str) -> Iterator[tuple[Span, bool]]:
    """Every passage in single marks, with them, and whether it goes on in the next paragraph.

    `following` is the first character of the next paragraph.
    """
    opening, closers = _marks(language)
    at = line.start
    while found := opening.search(text, at, line.end):
        start = found.start()
        if _ELIDED.match(text, start + 1):
            at = start + 1
            continue
        limit = _next_opening(text, opening, start + 1, line.end)
        end = _closing(text, closers[found.group()], start + 1, limit)
        if end is not None and end - start > 2:
            yield Span(start, end), False
        elif end is None and limit == line.end and following == found.group():
            yield Span(start, line.end), True
        at = end or start + 1


def _next_opening(text: str, opening: re.Pattern[str], at: int, end: int) -> int:
    while found := opening.search(text, at, end):
        if not _ELIDED.match(text, found.start() + 1):
            return found.start()
        at = found.end()
    return end


def _closing(text: str, closer: re.Pattern[str], start: int, end: int) -> int | None:
    """The end of the closing mark between two offsets."""
    doubtful: int | None = None
    for found in closer.finditer(text, start, end):
        if not _POSSESSIVE.match(text, found.start() - 1):
            return found.end()
        doubtful = doubtful or found.end()
    return doubtful


_POSSESSIVE = re.compile(r"[sSxXzZ]['’][ \u00a0][^\W\d_A-Z]")


@cache
def _marks(language: Language) -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    """A pattern for an opening mark, and for each opening mark one for those that close it."""
    by_opening: dict[str, str] = {}
    for opening, closing in language.single:
        by_opening[opening] = by_opening.get(opening, "") + closing
    if not by_opening:
        return re.compile("(?!)"), {}
    opens = re.compile(rf"(?<![^\W_])(?<![.,!?…])[{re.escape(''.join(by_opening))}](?=[^\W_]|[“„«»\"([…¿¡])")
    closers = {
        mark: re.compile(rf"(?<=[^\s(\[])[{re.escape(closing)}](?![^\W_])") for mark, closing in by_opening.items()
    }
    return opens, closers
