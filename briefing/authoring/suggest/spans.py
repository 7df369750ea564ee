"""Spans that a selector can find: they begin and end at a word's edge; and the sentence around an offset."""

from __future__ import annotations

from briefing.anchor.boundaries import whole
from briefing.model.places import Span
from briefing.text import Language, sentences

_REACH = 12
"""Code points by which a span is widened at most: more would be another target."""


def findable(text: str, span: Span) -> Span | None:
    """The span itself or, where it cuts a word ("4" in "€4bn" where bn means nothing), widened to the word's edges.

    None where that takes too much.
    """
    for more in range(_REACH):
        for start, end in ((span.start, span.end + more), (span.start - more, span.end)):
            wider = Span(start, end)
            if whole(text, wider) and "\n" not in text[span.end : end] and "\n" not in text[max(start, 0) : span.start]:
                return wider
    return None


def line_at(text: str, at: int) -> Span:
    """The line that an offset stands in, without its end."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    return Span(start, end if end >= 0 else len(text))


def sentence_at(text: str, language: Language, at: int) -> Span:
    """The sentence that an offset stands in; its line where it stands in none."""
    line = line_at(text, at)
    return next((each for each in sentences(text, language, line) if each.start <= at < each.end), line)
