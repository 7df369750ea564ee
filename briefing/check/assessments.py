"""Rules on assessments: a verdict rests on something else than what it judges.

That a verdict has an author, a date and evidence is required where it is read (`load.inputs.annotations`), and that
the evidence exists is said in `citations`.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.model import Briefing, Figure, Quotation
from briefing.places import Problem


def evidence_missing(briefing: Briefing) -> Iterator[Problem]:
    """The evidence of a verdict is not the judged annotation alone, under whichever of its ids."""
    for item in briefing.annotations:
        assessment = item.assessment if isinstance(item, Quotation | Figure) else None
        if assessment and set(assessment.evidence) <= {item.id, *item.was}:
            yield Problem(
                "evidence-missing",
                f"the verdict on “{item.id}” has no evidence but “{item.id}” itself",
                item.at.child("assessment", "evidence"),
                "name a reference or another annotation that it rests on; where there is none, there is no verdict yet",
            )
