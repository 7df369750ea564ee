"""Passages in quotation marks, double or single.

Of single ones, as in ‘We will go,’ she said, the closing mark is an apostrophe as well. An opening mark is before a
word and after none; the closing one is the first that is after a word and before none, unless it looks like a
possessive (the workers’ demands) and another follows before the next opening mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from operator import attrgetter

from msgspec import Struct

from briefing.model.places import Span, outermost, overlapping
from briefing.text.language_rules import Language
from briefing.text.sentences import paragraphs, whole_lines

_ELIDED = re.compile(r"(?:\d\ds?(?![.,]\d)|tis|twas|em|til|cause|n|bout|round)\b", re.IGNORECASE)
"""What follows an apostrophe that stands for letters left out: ’90s, ’tis."""


def single_pairs(text: str, language: Language, line: Span, following: str) -> Iterator[tuple[Span, bool]]:
    """Yield every passage in single marks, with them, and whether it goes on in the next paragraph.

    `following` is the first character of the next paragraph.
    """
    opening, closers = _single_marks(language)
    at = line.start
    while found := opening.search(text, at, line.end):
        start = found.start()
        if _ELIDED.match(text, start + 1):
            at = start + 1
            continue
        limit = _next_opening(text, opening, start + 1, line.end)
        end = _find_closing(text, closers[found.group()], start + 1, limit)
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


def _find_closing(text: str, closer: re.Pattern[str], start: int, end: int) -> int | None:
    """Return the end of the closing mark between two offsets."""
    doubtful: int | None = None
    for found in closer.finditer(text, start, end):
        if not _POSSESSIVE.match(text, found.start() - 1):
            return found.end()
        doubtful = doubtful or found.end()
    return doubtful


_POSSESSIVE = re.compile(r"[sSxXzZ]['’][ \u00a0][^\W\d_A-Z]")


@cache
def _single_marks(language: Language) -> tuple[re.Pattern[str], dict[str, re.Pattern[str]]]:
    """Return a pattern for an opening mark, and for each opening mark one for those that close it."""
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


class Quoted(Struct, frozen=True):
    """A passage in quotation marks."""

    inner: Span
    """Between the marks."""
    outer: Span
    """With the marks; ends where `inner` ends if the quotation goes on in the next paragraph."""

    @property
    def continues(self) -> bool:
        """Whether the passage has no closing mark because the next paragraph goes on with it."""
        return self.inner.end == self.outer.end


_OUTER = attrgetter("outer")


def quoted(text: str, language: Language, within: Span | None = None) -> tuple[Quoted, ...]:
    """Return the outermost passages in quotation marks; with `within`, those that overlap it.

    Marks are always paired over whole paragraphs, whatever `within` says.
    """
    passages, outer = _outermost_passages(text, language)
    if within is None:
        return passages
    touched = overlapping(outer, within)
    return passages[touched.start : touched.stop]


@lru_cache(maxsize=1024)  # rules ask for the same texts again and again
def _outermost_passages(text: str, language: Language) -> tuple[tuple[Quoted, ...], tuple[Span, ...]]:
    """Return the outermost passages of a text, and their spans with the marks."""
    single = _quotes_with_single_marks(text, language)
    found = tuple(
        each
        for line in paragraphs(text)
        for each in outermost(_paragraph_passages(text, language, line, single), _OUTER)
    )
    return found, tuple(passage.outer for passage in found)


def nested(text: str, language: Language, within: Span) -> tuple[Quoted, ...]:
    """Return every pair of marks that overlaps a span, those inside others too, in the order of the text.

    Single marks count where they are inside double ones, or where the text quotes with them.
    """
    single = _quotes_with_single_marks(text, language)
    found: list[Quoted] = []
    for line in paragraphs(text, whole_lines(text, within)):
        following = _next_character(text, line)
        double = list(_double_passages(text, language, line, following))
        found += double
        for passage in _single_passages(text, language, line, following):
            if single or any(each.inner.holds(passage.outer) for each in double):
                found.append(passage)
    overlapping = (passage for passage in found if passage.outer.overlaps(within))
    return tuple(sorted(overlapping, key=lambda passage: (passage.outer.start, -passage.outer.end)))


def _paragraph_passages(text: str, language: Language, line: Span, single: bool) -> Iterator[Quoted]:
    """Yield every pair of marks in a paragraph."""
    following = _next_character(text, line)
    yield from _double_passages(text, language, line, following)
    if single:
        yield from _single_passages(text, language, line, following)


def _single_passages(text: str, language: Language, line: Span, following: str) -> Iterator[Quoted]:
    for outer, continues in single_pairs(text, language, line, following):
        yield Quoted(Span(outer.start + 1, outer.end - (not continues)), outer)


@lru_cache(maxsize=64)
def _quotes_with_single_marks(text: str, language: Language) -> bool:
    """Return whether more passages of a text are in single marks outside of double ones than the other way round."""
    balance = 0
    for line in paragraphs(text) if any(mark in text for mark, _ in language.single) else ():
        following = _next_character(text, line)
        single = [passage.outer for passage in _single_passages(text, language, line, following)]
        double = [passage.outer for passage in outermost(_double_passages(text, language, line, following), _OUTER)]
        balance += _count_outside(single, double) - _count_outside(double, single)
    return balance > 0


def _count_outside(spans: list[Span], others: list[Span]) -> int:
    """Return how many spans lie in none of the others; both are in the order of the text."""
    count = at = 0
    for span in spans:
        while at < len(others) and others[at].end < span.end:
            at += 1
        count += not (at < len(others) and others[at].holds(span))
    return count


def joined(passages: Iterable[Quoted]) -> Iterator[Quoted]:
    """Yield passages with those that continue one another as one: a quotation of several paragraphs, marks inside."""
    first: Quoted | None = None
    for passage in passages:
        first = first or passage
        whole = Quoted(Span(first.inner.start, passage.inner.end), Span(first.outer.start, passage.outer.end))
        if not passage.continues:
            yield whole
            first = None
    if first is not None:
        yield whole


def _next_character(text: str, line: Span) -> str:
    """Return the first character of the next paragraph."""
    found = _NOT_SPACE.search(text, line.end)
    return found.group() if found else ""


_NOT_SPACE = re.compile(r"\S")


def _double_passages(text: str, language: Language, line: Span, following: str) -> Iterator[Quoted]:
    """Yield every pair of marks that match, inner ones too, and the unclosed one that the next paragraph goes on
    with."""
    closes, opens, marks = _all_marks(language)
    open_marks: list[tuple[str, int]] = []
    count: dict[str, int] = {}
    for found in marks.finditer(text, line.start, line.end):
        mark, at = found.group(), found.start()
        closed = [opener for opener in closes.get(mark, ()) if count.get(opener)]
        if closed:
            start = _close_mark(open_marks, count, closed)
            yield Quoted(Span(start + 1, at), Span(start, at + 1))
        elif mark in opens and not (mark == '"' and at > line.start and text[at - 1].isalnum()):
            open_marks.append((mark, at))
            count[mark] = count.get(mark, 0) + 1
    if len(open_marks) == 1 and open_marks[0][0] == following:
        start = open_marks[0][1]
        yield Quoted(Span(start + 1, line.end), Span(start, line.end))


def _close_mark(open_marks: list[tuple[str, int]], count: dict[str, int], openers: list[str]) -> int:
    """Take the innermost mark that can be closed off the stack, with all that were opened after it."""
    while True:
        mark, at = open_marks.pop()
        count[mark] -= 1
        if mark in openers:
            return at


@cache
def _all_marks(language: Language) -> tuple[Mapping[str, tuple[str, ...]], frozenset[str], re.Pattern[str]]:
    """By closing mark: the marks that it closes; every opening mark; and a pattern for all of them."""
    closes: dict[str, tuple[str, ...]] = {}
    for opening, closing in language.double:
        closes[closing] = (*closes.get(closing, ()), opening)
    opens = frozenset(opening for opening, _ in language.double)
    return closes, opens, re.compile(f"[{re.escape(''.join(sorted(opens | closes.keys())))}]")
