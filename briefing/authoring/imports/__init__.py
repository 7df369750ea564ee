"""What others have collected, as drafts for a briefing: comments from exports, annotations from other programs.

`comments` and `annotations` make entries of what a file holds, and say what they left out and why; nothing is guessed,
and nothing that is in the folder is changed. Only the command line uses this package.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Remark:
    """What was not imported, or not as it was, and why."""

    where: str
    reason: str
