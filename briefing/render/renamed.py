"""What page templates get under a new name since the last release.

The old names work for one release, and the check names them; `environment` looks here for what a template asks for in
vain.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from briefing.render.escape import Markup

RENAMED: Mapping[str, tuple[str, ...]] = {
    "rungs": ("match_levels",),
    "holds": ("contents",),
    "shelves": ("page_links", "publishers"),
    "sayers": ("speaker_names",),
    "jumps": ("year_links",),
    "related_by": ("reported_by",),
    "passed": ("passed_on",),
}
"""By the old name of a variable or of an attribute of one: the new ones, of which a page has one."""

INSTEAD: Mapping[str, str] = {
    "speaker_pages": "write `speaker.everything`: each of `speakers` has a link of its own",
    "card.words": "write `card.parts`: a passage for each part that the source interrupts",
    "entry.words": "write `entry.parts`: a passage for each part that the source interrupts",
    "line.words": "write `line.parts`: a passage for each part that the source interrupts",
}
"""What else there was in the last release, as it is written in templates, and what to write instead."""


def former_variable(name: str, get: Callable[[str], Any]) -> object:
    """Return the value of a variable that templates of the last release had; None where it is not known.

    `get` gives the value of another one.
    """
    if name == "speaker_pages":
        return {speaker.id: speaker.everything for speaker in get("speakers")}
    return None


def former_attribute(value: object, name: str) -> object:
    """Return an attribute that a view had in the last release; None where it is not known."""
    parts = getattr(value, "parts", None) if name == "words" else None
    return None if parts is None else Markup("</p><p>").join(parts)
