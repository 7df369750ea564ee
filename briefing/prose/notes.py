"""The notes that inline rules take while they read one paragraph, and the tokens that they make of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from markdown_it.rules_inline import StateInline

from briefing.places import Span
from briefing.prose.unsupported import Construct, Finding, found


@dataclass(slots=True)
class Notes:
    """What the rules know and note down while they read one paragraph."""

    pairs: dict[int, int]
    """For each [ the place of its ]."""
    tags: set[str]
    """Names of the HTML tags found so far in the whole value: a closing one is reported with its opening one."""
    tails: dict[int, int] = field(default_factory=dict)
    """For each ] of a refused link, the end of the address after it, which stays literal."""
    findings: list[Finding] = field(default_factory=list)


def notes(state: StateInline) -> Notes:
    """The notes on the paragraph that is being read."""
    return cast(Notes, state.env["notes"])


def take(state: StateInline, kind: str, end: int) -> bool:
    """Make a token of everything up to `end`; `raw` is kept apart from other words because nothing in it is read."""
    state.push(kind, "", 0).content = state.src[state.pos : end]
    state.pos = end
    return True


def find(state: StateInline, end: int, code: str, message: str, hint: str) -> None:
    """Note a finding about everything up to `end`."""
    notes(state).findings.append(Finding(code, Span(state.pos, end), message, hint))


def unsupported(state: StateInline, construct: Construct, end: int) -> bool:
    """Note that prose has no such construct, and keep its characters as literal words."""
    notes(state).findings.append(found(construct, Span(state.pos, end), state.src[state.pos : end]))
    return take(state, "raw", end)
