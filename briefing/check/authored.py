"""Lists every authored text of a briefing, with the evidence that it has without citing any."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefing.check.grounds import Ground, grounds
from briefing.model import Briefing, ContextNote, Derived, Figure, Quotation, Theme
from briefing.model.prose import Prose


@dataclass(frozen=True, slots=True)
class Authored:
    """One field of prose."""

    prose: Prose
    own: Ground | None = None
    """The target and value of the annotation that it is about; None where there is none."""
    theme: Theme | None = None
    """The theme that it sums up; None where it sums up none."""
    draft: bool = False
    """Whether it is part of what is a draft itself."""


def authored(briefing: Briefing) -> Iterator[Authored]:
    """Return summary, key points, notes, assessments with responses and summaries of themes, in the files' order.

    Without those that could not be read in full: their own problems come first.
    """
    return (field for field in _authored(briefing) if field.prose.sound)


def _authored(briefing: Briefing) -> Iterator[Authored]:
    for prose in (briefing.summary, *briefing.key_points):
        if prose:
            yield Authored(prose)
    known = grounds(briefing)
    for item in (*briefing.annotations, *briefing.derived):
        draft = item.status == "draft"
        yield from (Authored(prose, known[item.id], draft=draft) for prose in _notes(item) if prose)
    comments = {comment.id for comment in briefing.comments}
    for theme in briefing.themes:
        if theme.summary and all(member.comment in comments for member in theme.members):
            yield Authored(theme.summary, theme=theme, draft=theme.status == "draft")


def _notes(item: Quotation | Figure | ContextNote | Derived) -> tuple[Prose | None, ...]:
    if isinstance(item, Quotation | Figure) and item.assessment:
        return item.note, item.assessment.note, item.assessment.response
    return (item.note,)
