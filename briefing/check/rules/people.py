"""Rules on people: everybody who is quoted is in people.yml, and has a role in the briefing."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from briefing.check.names import suggestion
from briefing.model import Briefing, Turn
from briefing.model.places import Place, Problem

_TYPO = 0.85
"""How like a known id another must be to be that one misspelt: of eight letters one or two differ."""


def unknown_person(briefing: Briefing) -> Iterator[Problem]:
    """Everybody in the briefing's `people` is in people.yml, and every speaker, `via` and turn names one of these.

    `by` and `authors` are names of annotators, not ids, and are free. Who may be unread is nobody's mistake. Somebody
    in people.yml who has no role is named once: one line fixes it.
    """
    for id in briefing.roles:
        if id not in briefing.people and not briefing.unread.may_have(id, "people"):
            yield _not_in_people(briefing, id, briefing.at.child("people", id).key())
    first = dict(reversed(list(_named(briefing))))
    for id, at in dict.fromkeys(_named(briefing)):
        if not id or id in briefing.roles or briefing.unread.may_have(id, "roles"):
            continue
        if id not in briefing.people:
            yield _nowhere(briefing, id, at)
        elif first[id] == at:
            yield _not_in_briefing(briefing, id, at)


def _named(briefing: Briefing) -> Iterator[tuple[str, Place]]:
    """Yield every id of a person that the briefing uses, and where."""
    for turn in briefing.source.turns:
        yield turn.speaker, _place_of(briefing, turn)
    for quotation in briefing.quotations:
        yield quotation.speaker, quotation.at.child("speaker")
        yield from ((id, quotation.at.child("via", at)) for at, id in enumerate(quotation.via))
    for figure in briefing.figures:
        yield figure.speaker, figure.at.child("speaker")


def _place_of(briefing: Briefing, turn: Turn) -> Place:
    """Return the label in briefing.yml that a turn begins with, or `speaker` where it has none."""
    text = briefing.source.text
    label = text[max(text.rfind(end, 0, turn.span.start) for end in "\r\n") + 1 : turn.span.start].strip()
    return briefing.source.at.child("turns", label) if label else briefing.source.at.child("speaker")


def _not_in_people(briefing: Briefing, id: str, at: Place) -> Problem:
    near = difflib.get_close_matches(id, briefing.people, n=1)
    meant = f"did you mean “{near[0]}”? Otherwise " if near else ""
    return Problem(
        "unknown-person",
        f"“{id}” is not in people.yml",
        at,
        f"{meant}add to people.yml:\n\n{id}:\n  name: …",
    )


def _not_in_briefing(briefing: Briefing, id: str, at: Place) -> Problem:
    name = briefing.people[id].name
    return Problem(
        "unknown-person",
        f"“{id}” ({name}) is in people.yml, but not among the people of this briefing",
        at,
        f"say in briefing.yml who this was when the source was made:\n\npeople:\n  {id}: {{role: …}}",
    )


def _nowhere(briefing: Briefing, id: str, at: Place) -> Problem:
    names = {person.name: id for id, person in briefing.people.items()}
    if id in names:
        hint = f"people are named by their ids in people.yml: write “{names[id]}”"
    else:
        new = re.sub("[^a-z0-9]+", "-", id.lower()).strip("-")
        hint = suggestion(id, briefing.roles, "people of this briefing")
        if not difflib.get_close_matches(id, briefing.roles, 1, _TYPO):
            hint += f"\nfor a new person add to people.yml:\n\n{new}:\n  name: …\n\nand to briefing.yml:\n\n"
            hint += f"people:\n  {new}: {{role: …}}"
    return Problem("unknown-person", f"nobody has the id “{id}” in this briefing or in people.yml", at, hint)
