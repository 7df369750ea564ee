"""Reads the numbers in the words that a figure is about.

Numbers and dates are read in the whole paragraph and count where they lie wholly in the target, so that a target
cannot cut a value out of another one: no 5 from "3.5", no 3 from "−3".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice, takewhile
from typing import TypeVar

from msgspec import Struct, field

from briefing.model import Anchor, Briefing, text_at
from briefing.model.places import Span
from briefing.text import Date, Language, Number, dates, language, numbers, ordinals
from briefing.text.language_rules import contrast
from briefing.text.sentences import whole_lines

_Found = TypeVar("_Found", Date, Number)


class Readable(Struct, frozen=True):
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
    rules, text = language(briefing.source.language), text_at(briefing, anchor)
    found = _Gathered(rules)
    for span in anchor.spans:
        found.read(_Part(text, span, whole_lines(text, span)))
    return Readable(
        parts=tuple(found.parts),
        language=rules,
        numbers=tuple(found.numbers),
        ordinals=tuple(found.ordinals),
        dates=(*found.dates, *found.taken),
        touched=tuple(found.touched),
        dated=tuple(found.dated),
        cut=tuple(found.cut),
        denied=frozenset(found.denied),
        multiplied=found.multiplied,
        percent=any(_has_percent(words, rules) for words in found.parts),
    )


class _Gathered(Struct):
    """What is read in one part of a target after the other."""

    rules: Language
    parts: list[str] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    ordinals: list[Number] = field(default_factory=list)
    dates: list[Date] = field(default_factory=list)
    taken: list[Date] = field(default_factory=list)
    """Dates of which the part has something, as it reads alone."""
    touched: list[Date] = field(default_factory=list)
    dated: list[str] = field(default_factory=list)
    cut: list[str] = field(default_factory=list)
    denied: set[Number] = field(default_factory=set)
    multiplied: dict[Number, str] = field(default_factory=dict)

    def read(self, part: _Part) -> None:
        context, rules = part.context, self.rules
        self.parts.append(part.words)
        self.taken += dates(part.words, rules)
        self.ordinals += part.inside(ordinals(context, rules))
        of_context = dates(context, rules)
        self.dates += part.inside(of_context)
        touched = list(part.touched(of_context))
        self.touched += touched
        self.dated += (each.span.of(context) for each in touched)
        numbered = numbers(context, rules)
        inside = list(part.inside(numbered))
        self.numbers += inside
        self.cut += (each.span.of(context) for each in part.touched(numbered) if each not in inside)
        self.denied |= {each for each in inside if _denied(context, each, rules)}
        self.multiplied |= {each: word for each in inside if (word := _multiplier_behind(context, each))}


class _Part(Struct, frozen=True):
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

    def inside(self, found: Sequence[_Found]) -> Iterator[_Found]:
        """Return what was found in the paragraph and lies in the part."""
        here = self._here
        return (each for each in self.touched(found) if here.holds(each.span))

    def touched(self, found: Sequence[_Found]) -> Iterator[_Found]:
        """Return what was found in the paragraph, in order and nothing in another, and lies in the part in part."""
        here = self._here
        first = bisect_right(found, here.start, key=_end_of)
        return takewhile(lambda each: each.span.start < here.end, islice(found, first, None))


def _end_of(found: Date | Number) -> int:
    return found.span.end


def _has_percent(words: str, rules: Language) -> bool:
    lower = words.lower()
    return any(mark.lower() in lower for mark in rules.percent)


def _denied(text: str, number: Number, rules: Language) -> bool:
    """Return whether a negation stands right before a number, or before "even" and the like."""
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
