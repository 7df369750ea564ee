"""Who gives a figure, where its sentence says so: "according to the council", "the minister said".

Only what the attribution engine is sure of by the words that credit the figure; nobody is guessed from the order of the
text, since a figure may stay without a speaker.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.attribution import Entity, TextReading
from briefing.attribution.credit import credit, says
from briefing.attribution.crediting_words import crediting_words
from briefing.model.places import Span


def giver(reading: TextReading, entities: Sequence[Entity], target: Span) -> Entity | None:
    """Return whom the words beside a figure credit with it; None where that is nobody, or several."""
    text = reading.text
    span = crediting_words(text, reading.language, reading.lines, (target,)).span
    if span is None or not says(span.of(text), reading.language):
        return None
    found = credit(span.of(text), reading.people, reading.language.speakers, span.start < target.start)
    people = found.people if not found.reported else frozenset[str]()
    return entities[int(next(iter(people)))] if len(people) == 1 else None
