"""Spans written visibly into a text, as eyecite does: `the «words» here`."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.model.places import Span

MARKS = "«»"


def unmarked(marked: str, marks: str = MARKS) -> tuple[str, tuple[Span, ...]]:
    """The text without the marks, and the spans that they enclose; marks that overlap close first what opened first."""
    text, opened, spans = "", [], []
    for character in marked:
        if character == marks[0]:
            opened.append(len(text))
        elif character == marks[1]:
            spans.append(Span(opened.pop(0), len(text)))
        else:
            text += character
    assert not opened, f"a mark is not closed: {marked}"
    return text, tuple(spans)


def marked(text: str, spans: Iterable[Span], marks: str = MARKS) -> str:
    """The text with marks around the spans."""
    places = [(span.end, 0, marks[1]) for span in spans] + [(span.start, 1, marks[0]) for span in spans]
    for at, _, mark in sorted(places, reverse=True):
        text = text[:at] + mark + text[at:]
    return text
