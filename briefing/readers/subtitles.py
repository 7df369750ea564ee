"""Subtitles as paragraphs: cues are joined until somebody else speaks or there is a pause."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

PAUSE = 2.0
"""Seconds without a cue that begin a paragraph."""
LONG = 80
"""Words after which a paragraph ends with its sentence."""

LABEL = re.compile(r"(?:>>+|[-–—])?\s*[^\W\d_a-z][\w.’' -]{0,40}:\s|>>|[-–—]\s")
"""How a line begins where somebody else speaks: a name with a colon, `>>`, or a dash."""
END = re.compile(r"[.!?…][\"'”’»)]*$")


@dataclass(frozen=True, slots=True)
class Cue:
    """What is shown at one time."""

    start: float
    """Seconds from the beginning; so is the end."""
    end: float
    speaker: str
    """Empty where none is named."""
    text: str


def paragraphs(cues: Iterable[Cue]) -> tuple[str, ...]:
    """The words of all cues; where a speaker is named, the name and a colon begin the paragraph.

    A line that rolls up, shown again by the next cue, is taken once.
    """
    return tuple(_joined(_fresh(cues)))


def _fresh(cues: Iterable[Cue]) -> Iterator[Cue]:
    """Cues without the lines that the cue before has shown already."""
    shown: list[str] = []
    for cue in cues:
        lines = [line.strip() for line in cue.text.splitlines() if line.strip()]
        again = next((n for n in range(min(len(lines), len(shown)), 0, -1) if shown[-n:] == lines[:n]), 0)
        shown = lines
        if lines[again:]:
            yield Cue(cue.start, cue.end, cue.speaker, " ".join(lines[again:]))


def _joined(cues: Iterable[Cue]) -> Iterator[str]:
    text, speaker, end = "", "", 0.0
    for cue in cues:
        pause = cue.start - end >= PAUSE
        full = len(text.split()) >= LONG and END.search(text)
        if text and (cue.speaker != speaker or pause or full or LABEL.match(cue.text)):
            yield text
            text = ""
        named = f"{cue.speaker}: {cue.text}" if cue.speaker and (not text or cue.speaker != speaker) else cue.text
        text = f"{text} {named}" if text else named
        speaker, end = cue.speaker, cue.end
    if text:
        yield text
