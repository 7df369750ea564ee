"""Releases and corrections of the good briefing, as the commands make them, without a command line."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from pathlib import Path

from briefing.authoring.releasing import PlannedRelease, WhyCorrected, plan_correction, plan_release
from briefing.authoring.trial import OpenBriefings
from briefing.authoring.tried_change import write
from briefing.model import CorrectionKind

PATH = "briefings/good"
DAY = datetime.date(2025, 11, 24)
LATER = datetime.date(2025, 11, 28)


def release(docs: Path, day: datetime.date = DAY) -> PlannedRelease:
    planned = plan_release(OpenBriefings(docs).open(PATH), day)
    if planned.change:
        write(planned.change)
    return planned


def correct(
    docs: Path, *ids: str, reason: str = "It was wrong.", kind: CorrectionKind = "correction", withheld: str = ""
) -> Sequence[str]:
    """Correct what has changed; gives the fields."""
    change, fields = plan_correction(OpenBriefings(docs).open(PATH), ids, WhyCorrected(kind, reason, LATER, withheld))
    write(change)
    return fields


def replace(docs: Path, name: str, old: str, new: str) -> None:
    """Change a file of the briefing; `old` is there once."""
    path = docs / PATH / name
    text = path.read_text("utf-8")
    assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {name}"
    path.write_text(text.replace(old, new), "utf-8")
