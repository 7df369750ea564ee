"""Find the words of a target in a text, and say what is wrong where they are not there.

Pure text, no files. A selector is a W3C TextQuoteSelector (`exact`, `prefix`, `suffix`), a span a W3C
TextPositionSelector in Unicode code points (https://www.w3.org/TR/annotation-model/#text-quote-selector).
`find` yields every match, `describe` is its inverse, `anchor` gives status, span and candidates, and `resolve` does
all of it for a briefing. Nothing is ever anchored by likeness: what is merely like is a candidate or a hint.
"""

from briefing.anchor.api import Candidate, Result, anchor
from briefing.anchor.describe import describe
from briefing.anchor.find import find
from briefing.anchor.resolve import resolve
from briefing.model import Match, MatchLevel, Selector

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
