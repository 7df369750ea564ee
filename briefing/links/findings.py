"""From answers of hosts to problems at the places where the addresses are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from briefing.links.addresses import Address
from briefing.links.ask import Answer
from briefing.places import Problem

_GONE = (404, 410)
_CLOSED = (401, 403, 405, 406, 429, 451, 999)
"""What hosts say to programs while they show the page to people: nothing can be told from it."""
_MOVED_FOR_GOOD = (301, 308)


def findings(found: Iterable[Address], answers: Mapping[str, Answer]) -> Iterator[Problem]:
    """A warning for each address that leads nowhere, has moved for good, or could not be asked."""
    for address in dict.fromkeys(found):
        answer = answers.get(address.url)
        if answer is not None:
            yield from _finding(address, answer)


def _finding(address: Address, answer: Answer) -> Iterator[Problem]:
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
