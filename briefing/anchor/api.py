"""The public door: anchor words in any text, without a briefing around them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from briefing.anchor.find import find
from briefing.anchor.nearest import nearest
from briefing.model import MatchLevel, Selector
from briefing.model.places import Span


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where the words stand, or where something like them stands."""

    span: Span
    score: float
    """Likeness in per cent: 100 for a match, less for what is merely like."""
    because: str = ""
    """Of a place in a new text: why it was not taken; empty for the one that was."""


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a selector."""

    status: Literal["found", "ambiguous", "orphan"]
    span: Span | None
    """Where the words stand, in code points of the text; None unless they were found in one place."""
    rung: MatchLevel | None
    """How far both were folded until they matched; None for an orphan."""
    candidates: tuple[Candidate, ...]
    """The match or matches; for an orphan the likeliest place, if there is one."""


def anchor(text: str, exact: str, prefix: str = "", suffix: str = "") -> Result:
    """Resolve a W3C TextQuoteSelector to one span of a text, or say why not.

    Words that are merely like `exact` are never taken for it: they are a candidate of an orphan.
    """
    matches = find(text, Selector(exact, prefix, suffix))
    candidates = tuple(Candidate(match.span, 100.0) for match in matches)
    if len(matches) == 1:
        return Result("found", matches[0].span, matches[0].rung, candidates)
    if matches:
        return Result("ambiguous", None, matches[0].rung, candidates)
    near = nearest(text, exact)
    return Result("orphan", None, None, (Candidate(near.span, near.score),) if near else ())
