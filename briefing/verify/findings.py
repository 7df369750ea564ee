"""What verification says: where a site differs from what it says of itself, or from its source."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["altered", "missing", "added", "quotation", "passage", "text", "speaker", "verdict", "figure", "count"]
"""What is wrong: a file is not as it was built, is not there, or is new; words are not in the source where they should
be; words in quotation marks are nowhere; the annotated text is not the source; another name, verdict or number."""


def place_in(digits: str) -> int:
    """Return the number of a place that a page names; -1 where it is none that a text can have."""
    return int(digits) if digits.isdecimal() and len(digits) < _LONGEST else -1


_LONGEST = 12


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One thing that is wrong."""

    kind: Kind
    file: str
    element: str
    """The element or record in it, with its line; empty for all of it."""
    message: str
    expected: str = ""
    found: str = ""


@dataclass(slots=True)
class Verification:
    """What was looked at, and what is wrong."""

    program: str = ""
    """What made the site."""
    files: int = 0
    briefings: list[str] = field(default_factory=list)
    excerpts: list[str] = field(default_factory=list)
    """Those of which only excerpts are published: their text can be compared with nothing."""
    annotations: int = 0
    slices: int = 0
    """Shown words that were compared with the source at their places."""
    passages: int = 0
    """Passages in quotation marks that were looked up."""
    listed: int = 0
    """Those of them that are nowhere, and listed with a reason."""
    counts: int = 0
    """Shown counts that were compared with what there is."""
    findings: list[Mismatch] = field(default_factory=list)

    @property
    def verified(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings
