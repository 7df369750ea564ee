"""Looks up what the ids of a briefing name, and what an author may have meant by one that names nothing."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from briefing.model import Briefing, Status, Withdrawn

Kind = Literal[
    "quotation", "reported statement", "figure", "derived figure", "context note", "theme", "comment", "reference"
]

_SHOWN = 8
"""Ids that a hint lists where none is near: of more the first ones would tell nothing about the one that is meant."""


@dataclass(frozen=True, slots=True)
class NamedThing:
    """What an id names."""

    id: str
    """The id that it has today, where it was asked for by a former one."""
    kind: Kind
    status: Status
    """That of an annotation or theme; comments and references have none, and count as published."""


def named(briefing: Briefing) -> Mapping[str, NamedThing]:
    """Return everything that prose may cite, by id and by former id."""
    return dict(_named(briefing))


def _named(briefing: Briefing) -> Iterator[tuple[str, NamedThing]]:
    for quotation in briefing.quotations:
        kind: Kind = "reported statement" if quotation.kind == "reported" else "quotation"
        yield from _ids(quotation.id, quotation.was, kind, quotation.status)
    for figure in briefing.figures:
        yield from _ids(figure.id, figure.was, "figure", figure.status)
    for derived in briefing.derived:
        yield from _ids(derived.id, derived.was, "derived figure", derived.status)
    for note in briefing.context:
        yield from _ids(note.id, note.was, "context note", note.status)
    for theme in briefing.themes:
        yield from _ids(theme.id, theme.was, "theme", theme.status)
    for comment in briefing.comments:
        yield from _ids(comment.id, (), "comment", "published")
    for reference in briefing.references:
        yield from _ids(reference.id, (), "reference", "published")


def _ids(id: str, was: Iterable[str], kind: Kind, status: Status) -> Iterator[tuple[str, NamedThing]]:
    for name in (id, *was):
        yield name, NamedThing(id, kind, status)


def withdrawn(briefing: Briefing) -> Mapping[str, Withdrawn]:
    """Return what was taken back, by id and by former id; it cannot be cited."""
    return {id: entry for entry in briefing.withdrawn for id in (entry.id, *entry.was)}


def suggestion(id: str, known: Collection[str], what: str) -> str:
    """Return the ids that are most like one that is not known, or all of them where they are few."""
    near = difflib.get_close_matches(id, known, n=3, cutoff=0.6)
    if near:
        return f"did you mean {_listed(near)}?"
    if not known:
        return f"this briefing has no {what}"
    return f"the {what} are {_listed(sorted(known))}" if len(known) <= _SHOWN else f"write the id of one of the {what}"


def _listed(ids: Iterable[str]) -> str:
    return ", ".join(f"“{id}”" for id in ids)


def folded_name(name: str) -> str:
    """Return somebody's name as names are compared: without regard to case and spaces."""
    return " ".join(name.casefold().split())
