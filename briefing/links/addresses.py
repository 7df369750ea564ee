"""Every outside address that a briefing names, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.model import Briefing, Figure, Quotation, Theme
from briefing.places import Place
from briefing.prose.tree import Link, Prose, inlines


@dataclass(frozen=True, slots=True)
class Address:
    """An address where it is written."""

    url: str
    at: Place
    archived: str = ""
    """The address of a copy, where the author has recorded one."""


def addresses(briefing: Briefing) -> tuple[Address, ...]:
    """All of them: of the source, people who have a role here, references, their copies, and links in prose."""
    return tuple(address for address in _addresses(briefing) if address.url.startswith(("http://", "https://")))


def _addresses(briefing: Briefing) -> Iterator[Address]:
    yield Address(briefing.source.url, briefing.source.at.child("url"))
    for id in briefing.roles:
        if id in briefing.people:
            yield Address(briefing.people[id].same_as, briefing.people[id].at.child("same_as"))
    for work in briefing.references:
        yield Address(work.url, work.at.child("url"), work.archived)
        yield Address(work.archived, work.at.child("archived"))
    for prose in _prose(briefing):
        yield from (Address(node.href, prose.at) for node in inlines(prose) if isinstance(node, Link))


def _prose(briefing: Briefing) -> Iterator[Prose]:
    """Every authored text."""
    texts: list[Prose | None] = [briefing.summary, *briefing.key_points]
    for item in (*briefing.annotations, *briefing.themes):
        texts.append(item.summary if isinstance(item, Theme) else item.note)
        assessment = item.assessment if isinstance(item, Quotation | Figure) else None
        texts += (assessment.response, assessment.note) if assessment else ()
    yield from (prose for prose in texts if prose)
