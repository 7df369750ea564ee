"""What can be read in the words that a figure is about.

Numbers and dates are read in the whole paragraph and count where they lie wholly in the target, so that a target
cannot cut a value out of another one: no 5 from "3.5", no 3 from "−3".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from briefing.model import Anchor, Briefing
from briefing.model.places import Span
from briefing.text import Date, Language, Number, dates, language, numbers, ordinals
from briefing.text.language_rules import contrast

_Found = TypeVar("_Found", Date, Number)


@dataclass(frozen=True, slots=True)
class Readable:
    """What a target says in numbers."""

    parts: tuple[str, ...]
    """The words of each part."""
    language: Language
    numbers: tuple[Number, ...]
    """Cardinals that are not the year of a date of several parts; vague ones too."""
    ordinals: tuple[Number, ...]
    dates: tuple[Date, ...]
    """Also those that the target takes a part of: 6 November of "6 November 2025"."""
    touched: tuple[Date, ...]
    """The dates of the paragraph that the target touches, in full."""
    dated: tuple[str, ...]
    """The words of these."""
    cut: tuple[str, ...]
    """Numbers of the paragraph of which the target has a part only."""
    denied: frozenset[Number]
    """Numbers right behind a negation: not 50 people."""
    multiplied: Mapping[Number, str]
    """Numbers before a word that seems to multiply them and that no rule of the language knows, with it: 5 crore."""
    percent: bool
    """Whether a percent sign or word is in the target."""

    @property
    def words(self) -> str:
        """The target on one line."""
        return " […] ".join(self.parts)


def readable(briefing: Briefing, anchor: Anchor) -> Readable:
    """Read the target of an anchored annotation."""
    rules, text = language(briefing.source.language), _text(briefing, anchor)
    parts = [_Part(text, span, _line(text, span)) for span in anchor.spans]
    taken = (date for part in parts for date in dates(part.words, rules))
    dated = [(part, dates(part.context, rules)) for part in parts]
    numbered = [(part, numbers(part.context, rules)) for part in parts]
    inside = tuple(each for part, found in numbered for each in part.inside(found))
    return Readable(
        parts=tuple(part.words for part in parts),
        language=rules,
        numbers=inside,
        ordinals=tuple(each for part in parts for each in part.inside(ordinals(part.context, rules))),
        dates=(*(each for part, found in dated for each in part.inside(found)), *taken),
        touched=tuple(each for part, found in dated for each in part.touched(found)),
        dated=tuple(each.span.of(part.context) for part, found in dated for each in part.touched(found)),
        cut=tuple(
            each.span.of(part.context) for part, found in numbered for each in part.touched(found) if each not in inside
        ),
        denied=frozenset(
            each for part, found in numbered for each in part.inside(found) if _denied(part.context, each, rules)
        ),
        multiplied={
            each: word
            for part, found in numbered
            for each in part.inside(found)
            if (word := _multiplier_behind(part.context, each))
        },
        percent=any(_has_percent(part.words, rules) for part in parts),
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a target in its paragraph."""

    text: str
    span: Span
    line: Span

    @property
    def words(self) -> str:
        return self.span.of(self.text)

    @property
    def context(self) -> str:
        return self.line.of(self.text)

    @property
    def _here(self) -> Span:
        """Its span in the paragraph."""
        return Span(self.span.start - self.line.start, self.span.end - self.line.start)

    def inside(self, found: Iterable[_Found]) -> Iterator[_Found]:
        """What was found in the paragraph and lies in the part."""
        return (each for each in found if self._here.holds(each.span))

    def touched(self, found: Iterable[_Found]) -> Iterator[_Found]:
        """What was found in the paragraph and lies in the part at least in part."""
        return (each for each in found if self._here.overlaps(each.span))


def _text(briefing: Briefing, anchor: Anchor) -> str:
    if not anchor.comment:
        return briefing.source.text
    return next(comment.text for comment in briefing.comments if comment.id == anchor.comment)


def _line(text: str, span: Span) -> Span:
    """A span widened to the lines that it touches."""
    start = max(text.rfind(end, 0, span.start) for end in "\r\n") + 1
    ends = [at for at in (text.find(mark, span.end) for mark in "\r\n") if at >= 0]
    return Span(start, min(ends, default=len(text)))


def _has_percent(words: str, rules: Language) -> bool:
    lower = words.lower()
    return any(mark.lower() in lower for mark in rules.percent)


def _denied(text: str, number: Number, rules: Language) -> bool:
    """Whether a negation stands right before a number, or before "even" and the like."""
    before = re.search(r"(\w+)(?:\s+(\w+))?\s+\D?$", text[max(number.span.start - 40, 0) : number.span.start].lower())
    if not before:
        return False
    negations = contrast(rules).negations - _NO_DENIAL
    near = before[2] or before[1]
    return near in negations or (near in _EVEN and before[1] in negations)


def _multiplier_behind(text: str, number: Number) -> str:
    found = _MULTIPLIER.match(text, number.span.end)
    return found[1] if found else ""


_NO_DENIAL = frozenset(("no", "nor", "without", "noch", "ohne", "weder"))
"""Of the words that deny, those that deny no number behind them: No 5, noch 5, without 5."""
_EVEN = ("even", "quite", "einmal", "ganz")
_MULTIPLIER = re.compile(
    r"\s?(crores?|lakhs?|dozens?|dutzend|douzaines?|docenas?|hundreds?|thousands?|mil|mille|milhões|k|bn|tn"
    r"|(?:mil[lj]?i|mill?|bil[lj]?i|tril[lj]?i|milj)(?:on|oen|one|ones|oni|onen|oner|ons|ión|iones|ard|arde|arden|ards|ardi)s?"
    r"|trillionths?|billionths?|millionths?|thousandths?|mln|mld|mrd|mio)(?!\w)",
    re.I,
)
"""Words that multiply a number in one language or another; one that the language knows is part of the number."""
