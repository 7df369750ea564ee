"""The names of the pages and files that only some briefings have: those with a long text or many comments."""

from __future__ import annotations

from briefing.model import Briefing
from briefing.render.names import PASSAGES, PLACES
from briefing.render.pagination import further
from briefing.render.text_pages import text_parts


def is_paged(briefing: Briefing) -> bool:
    """Return whether the annotated text is on several pages."""
    return len(text_parts(briefing)) > 1


def further_pages(briefing: Briefing) -> tuple[str, ...]:
    """Return the names of all pages that only this briefing has: those after the first of its text and comments."""
    return (*(part.name for part in text_parts(briefing)[1:]), *further(briefing))


def further_files(briefing: Briefing) -> tuple[str, ...]:
    """Return the names of the files beside its pages that only a briefing with a long text has."""
    return (PLACES, PASSAGES) if is_paged(briefing) else ()
