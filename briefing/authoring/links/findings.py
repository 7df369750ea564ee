"""Every outside address that a briefing names, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from briefing.authoring.links.ask import LinkAnswer
from briefing.model import Briefing, Figure, Quotation, Theme
from briefing.model.places import Place, Problem
from briefing.model.prose import Link, Prose, inlines


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


_GONE = (404, 410)
_CLOSED = (401, 403, 405, 406, 429, 451, 999)
"""What hosts say to programs while they show the page to people: nothing can be told from it."""
_MOVED_FOR_GOOD = (301, 308)


def findings(found: Iterable[Address], answers: Mapping[str, LinkAnswer]) -> Iterator[Problem]:
    """A warning for each address that leads nowhere, has moved for good, or could not be asked."""
    for address in dict.fromkeys(found):
        answer = answers.get(address.url)
        if answer is not None:
            yield from _finding(address, answer)


def _finding(address: Address, answer: LinkAnswer) -> Iterator[Problem]:
    if answer.status in _GONE:
        message = f"{address.url} is gone: its host answers {answer.status}"
        yield Problem("link-broken", message, address.at, _elsewhere(address))
    elif answer.failed == "host":
        yield Problem(
            "link-broken", f"{address.url} has no host any more: {answer.reason}", address.at, _elsewhere(address)
        )
    elif answer.status is None or answer.status in _CLOSED or answer.status >= 400:
        why = answer.reason or f"its host answers {answer.status}"
        hint = "open it in a browser; many hosts show to people what they do not show to programs"
        yield Problem("link-unchecked", f"{address.url} could not be checked: {why}", address.at, hint)
    elif answer.moved and answer.lasting:
        message = f"{address.url} has moved for good to {answer.moved}"
        yield Problem("link-moved", message, address.at, "open the new address, and write it if it is the same work")


def _elsewhere(address: Address) -> str:
    if address.archived:
        return f"readers still have the copy at {address.archived}; say in `note` that the work itself is gone"
    return "look for its new address, or record a copy of it as `archived`, for example at an archive of the web"
