"""Many context notes by topic: the first tag of a note is what it is listed under."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.collection.topics import fold_tag, slug, topic_name
from briefing.model import ContextNote
from briefing.render.cards import Card
from briefing.render.context import RenderContext
from briefing.render.escape import Markup

FEW = 7
"""Notes that are read one after the other."""


@dataclass(frozen=True, slots=True)
class NoteGroup:
    """Context notes on one topic."""

    id: Markup
    name: str
    notes: tuple[Card, ...]


def by_topic(context: RenderContext, shown: Sequence[tuple[ContextNote, Card]]) -> tuple[NoteGroup, ...]:
    """Return many context notes by the first tag of each, the largest topic first, in each the order of the text.

    There are none where the notes are few, or where most would stand alone.
    """
    found: defaultdict[str, list[tuple[ContextNote, Card]]] = defaultdict(list)
    for note, card in shown:
        found[fold_tag(note.tags[0]) if note.tags else ""].append((note, card))
    if len(shown) <= FEW or not 1 < len(found) <= len(shown) / 2:
        return ()
    ordered = sorted(found.items(), key=lambda group: (not group[0], -len(group[1])))
    return tuple(
        NoteGroup(
            Markup(f"_on-{slug(key)}" if key else "_on"),
            topic_name(notes[0][0].tags[0], context.briefing) if key else context.say("context.more"),
            tuple(card for _, card in notes),
        )
        for key, notes in ordered
    )
