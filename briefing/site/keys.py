"""Which briefing a key of an ordinary page means: `[@nato-ammunition/overtaken]` by its folder, or more of its path."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefing.places import Span

KEY = re.compile(r"@([^\s;,@\[\]()]+)/([^\s;,@\[\]()/]+)")
CITATION = re.compile(rf"\s*{KEY.pattern}(?:\s*;\s*{KEY.pattern})*\s*")


@dataclass(frozen=True, slots=True)
class Key:
    """A briefing's name and an id in it, as a page writes them."""

    briefing: str
    id: str
    span: Span
    """Of name, slash and id, without the @."""
    of_id: Span


def keys(text: str, within: Span) -> Iterator[Key]:
    """The keys with a slash in a stretch of a page."""
    for found in KEY.finditer(text, within.start, within.end):
        yield Key(found[1], found[2], Span(found.start(1), found.end(2)), Span(*found.span(2)))


def meant(name: str, paths: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[str, ...]:
    """The paths of the briefings that a name may mean: its path, its last part if no other has it, or more of it.

    `paths` are paths with their former ones, which mean a briefing only where no path does.
    """
    known = list(paths)
    if any(path == name for path, _ in known):
        return (name,)
    present = tuple(path for path, _ in known if path.endswith(f"/{name}"))
    return present or tuple(
        path for path, former in known if any(old == name or old.endswith(f"/{name}") for old in former)
    )
