"""The paragraphs of a source, and who speaks where. Only LF, CRLF and CR end a line; U+2028 stays inside one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from briefing.model import Paragraph, Turn
from briefing.places import Span

LINE = re.compile("[^\r\n]+")
CUT = re.compile(r"\w\w")
"""Two letters where a label ends: it is only the beginning of a longer word."""


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """Every line that is not blank, numbered from 1."""
    spans = [Span(*found.span()) for found in LINE.finditer(text) if found[0].strip()]
    return tuple(Paragraph(number, span) for number, span in enumerate(spans, start=1))


def turns(text: str, parts: tuple[Paragraph, ...], labels: Mapping[str, str], speaker: str) -> tuple[Turn, ...]:
    """What each person says without a break; `labels` begin a paragraph, and `speaker` speaks before the first.

    A speech without labels is one turn.
    """
    if not parts:
        return ()
    starts = [(parts[0].span.start, 0, speaker), *_labelled(text, parts, labels)]
    ends = [start for start, _, _ in starts[1:]] + [parts[-1].span.end]
    made = [
        Turn(person, _trimmed(text, start + length, end))
        for (start, length, person), end in zip(starts, ends, strict=True)
        if person
    ]
    return tuple(turn for turn in made if turn.span.start < turn.span.end)


def used_labels(text: str, parts: tuple[Paragraph, ...], labels: Mapping[str, str]) -> set[str]:
    """The labels that begin at least one paragraph."""
    return {text[start : start + length] for start, length, _ in _labelled(text, parts, labels)}


def _labelled(text: str, parts: tuple[Paragraph, ...], labels: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Start of the paragraph, length of the label, person; of two labels that fit the longer counts."""
    longest = sorted(labels, key=len, reverse=True)
    for part in parts:
        start = part.span.end - len(part.span.of(text).lstrip())
        for label in longest:
            if label.strip() and text.startswith(label, start) and not CUT.match(text, start + len(label) - 1):
                yield start, len(label), labels[label]
                break


def _trimmed(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return Span(start, max(start, start + len(words.strip())))
