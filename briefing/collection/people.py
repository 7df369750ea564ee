"""Everybody who is quoted in any briefing. Who somebody is says people.yml: the id, never the name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from briefing.collection.records import CollectionItem, Profile, alphabetical, in_text_order
from briefing.model import Briefing, Figure, Person, Quotation


@dataclass(slots=True)
class _Found:
    """What is gathered for one id."""

    person: Person
    said: list[CollectionItem[Quotation | Figure]] = field(default_factory=list)
    passed_on: list[CollectionItem[Quotation]] = field(default_factory=list)
    roles: dict[str, Briefing] = field(default_factory=dict)


def profiles(briefings: Sequence[Briefing]) -> tuple[Profile, ...]:
    """Everybody who says something or quotes somebody, by name; `briefings` are the newest first.

    Two people with one name are two ids and stay two; each knows the other as a namesake. An id that people.yml does
    not have is a problem of its briefing and is passed over here.
    """
    found: dict[str, _Found] = {}
    for briefing in briefings:
        _gather(briefing, found)
    names = defaultdict(list)
    for id, one in found.items():
        names[one.person.name.casefold()].append(id)
    made = (_profile(one, names[one.person.name.casefold()]) for one in found.values())
    return tuple(sorted(made, key=lambda profile: (alphabetical(profile.person.name), profile.person.id)))


def _profile(one: _Found, same: Sequence[str]) -> Profile:
    return Profile(
        person=one.person,
        said=tuple(one.said),
        passed_on=tuple(one.passed_on),
        roles=tuple(one.roles.items()),
        namesakes=tuple(sorted(id for id in same if id != one.person.id)),
    )


def _gather(briefing: Briefing, found: dict[str, _Found]) -> None:
    for id, annotation, speaks in _statements(briefing):
        if id not in briefing.people:
            continue
        one = found.setdefault(id, _Found(briefing.people[id]))
        if speaks:
            one.said.append(CollectionItem(briefing, annotation))
        elif isinstance(annotation, Quotation):
            one.passed_on.append(CollectionItem(briefing, annotation))
        if role := briefing.roles.get(id, ""):
            one.roles.setdefault(role, briefing)


def _statements(briefing: Briefing) -> Iterator[tuple[str, Quotation | Figure, bool]]:
    """Who has to do with each quotation and figure, and whether they say it themselves, in the order of the text."""
    spoken: tuple[Quotation | Figure, ...] = (*briefing.quotations, *briefing.figures)
    for annotation in in_text_order(briefing, spoken):
        if annotation.speaker:
            yield annotation.speaker, annotation, True
        if isinstance(annotation, Quotation):
            yield from ((id, annotation, False) for id in dict.fromkeys(annotation.via))
