"""What is looked for, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefing.reanchor.words import View

CONTEXT = 24
"""Words on each side that take part where the old text is known."""


@dataclass(frozen=True, slots=True, eq=False)
class SoughtWords:
    """What is looked for, in words."""

    before: Sequence[str]
    """What stood before, at most `CONTEXT` words; likewise `after`."""
    target: Sequence[str]
    keys: Sequence[str]
    """What the target's words are looked up by."""
    after: Sequence[str]
    around: Sequence[str]
    """The keys of all three together."""
    edges: tuple[bool | None, bool | None]
    """Whether the old text begins before, or ends behind, what stood around; None where the old text is not known."""
    opens: bool
    """Whether the target begins a sentence."""
    lines: tuple[bool, bool]
    """Whether it begins a line of the old text, and whether it ends one."""
    sentences: frozenset[int]
    """The words of the target that begin one, by number."""
    marks: tuple[str, str]
    """The punctuation that the target has before its first and after its last word."""


def around(
    wanted: SoughtWords, old: View, there: tuple[int, int], start: int | None = None, stop: int | None = None
) -> SoughtWords:
    """A target with what stands around a place of the old text; from `start` to `stop`, or so many words."""
    first, end = there
    start = max(first - CONTEXT, 0) if start is None else start
    stop = end + CONTEXT if stop is None else stop
    return replace(
        wanted,
        before=old.words[start:first],
        after=old.words[end:stop],
        around=old.keys[start:stop],
        edges=(start == 0, stop >= len(old.words)),
        lines=(old.begins_line(first), old.begins_line(end)),
    )
