"""How much of the source's quotations and numbers is annotated, in words, for the method page."""

from __future__ import annotations

from dataclasses import dataclass

from briefing.coverage import KINDS, Coverage, coverage
from briefing.model import Briefing
from briefing.render.messages import Messages
from briefing.text import language


@dataclass(frozen=True, slots=True)
class CoverageView:
    """What the method page says of a briefing's coverage."""

    counted: str
    """How many of how many are annotated; empty where the source quotes and counts nothing."""
    set_aside: str
    """How many are set aside; empty where none is."""
    reasons: tuple[tuple[str, tuple[str, ...]], ...]
    """Each reason with the words that were set aside for it; without words where the source is not published."""
    notes: tuple[str, ...]
    """What is left open, and what was not counted."""


def coverage_view(briefing: Briefing, say: Messages) -> CoverageView:
    """The coverage of an anchored briefing as sentences."""
    found = coverage(briefing)
    aside = [item for item in found.items if item.state == "set-aside"]
    words: dict[str, tuple[str, ...]] = {}
    for item in aside:
        shown = (item.span.of(briefing.source.text),) if briefing.source.publish == "full" else ()
        words[item.reason] = (*words.get(item.reason, ()), *shown)
    return CoverageView(
        counted=_counted(found, say),
        set_aside=say("coverage.set_aside", n=len(aside)) if aside else "",
        reasons=tuple(words.items()),
        notes=tuple(_notes(briefing, found, say)),
    )


def _counted(found: Coverage, say: Messages) -> str:
    counts = [
        say(f"coverage.{kind}s", n=len(found.of(kind)), annotated=len(found.of(kind, "annotated")))
        for kind in KINDS
        if found.of(kind)
    ]
    return say("coverage.annotated", items=say.list(counts)) if counts else ""


def _notes(briefing: Briefing, found: Coverage, say: Messages) -> list[str]:
    left = sum(item.state in ("uncovered", "draft") for item in found.items)
    notes = [say("coverage.open", n=left)] if left else []
    if found.named:
        notes.append(say("coverage.named", n=len(found.named)))
    if not language(briefing.source.language).known:
        notes.append(say("coverage.generic"))
    return notes
