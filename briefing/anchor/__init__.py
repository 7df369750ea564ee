"""Find the words of a target in a text, and say what is wrong where they are not there.

Pure text, no files. A selector is a W3C TextQuoteSelector (`exact`, `prefix`, `suffix`), a span a W3C
TextPositionSelector in Unicode code points (https://www.w3.org/TR/annotation-model/#text-quote-selector).
`find` yields every match, `describe` is its inverse, `anchor` gives status, span and candidates, and `resolve` does
all of it for a briefing. Nothing is ever anchored by likeness: what is merely like is a candidate or a hint.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from briefing.anchor.describe import describe
from briefing.anchor.find import find
from briefing.anchor.nearest import nearest as nearest_place
from briefing.anchor.resolve import resolve
from briefing.model import Match, MatchLevel, Selector
from briefing.model.places import Span

__all__ = [
    "Candidate",
    "Match",
    "MatchLevel",
    "Result",
    "Selector",
    "anchor",
    "describe",
    "find",
    "resolve",
]


class Candidate(Struct, frozen=True):
    """A place where the words are, or where something like them is."""

    span: Span
    score: float
    """Likeness in per cent: 100 for a match, less for what is merely like."""
    because: str = ""
    """Of a place in a new text: why it was not taken; empty for the one that was."""


class Result(Struct, frozen=True):
    """What became of a selector."""

    status: Literal["found", "ambiguous", "orphan"]
    span: Span | None
    """Where the words are, in code points of the text; None unless they were found in one place."""
    level: MatchLevel | None
    """How far both were folded until they matched; None for an orphan."""
    candidates: tuple[Candidate, ...]
    """The match or matches; for an orphan the likeliest place, if there is one."""


def anchor(text: str, exact: str, prefix: str = "", suffix: str = "") -> Result:
    """Resolve a W3C TextQuoteSelector to one span of a text, or say why not.

    Words that are merely like `exact` are never treated as a match: they are a candidate of an orphan.
    """
    matches = find(text, Selector(exact, prefix, suffix))
    candidates = tuple(Candidate(match.span, 100.0) for match in matches)
    if len(matches) == 1:
        return Result("found", matches[0].span, matches[0].level, candidates)
    if matches:
        return Result("ambiguous", None, matches[0].level, candidates)
    near = nearest_place(text, exact)
    return Result("orphan", None, None, (Candidate(near.span, near.score),) if near else ())
