"""Turns a checked briefing into Markdown pages: a pure function of the briefing, the words and the templates.

The order of the work: everything that can be cited gets a page and a number (`index`), records become views (`cards`,
`comments`, `source_text`, `method`, gathered by `briefing_view`), prose becomes Markdown (`prose_markdown`), and Jinja
lays it out (`briefing_pages`).

A check needs the names of pages alone, so what makes them is imported when it is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from briefing.render.names import FILES, NAMES

if TYPE_CHECKING:
    from briefing.render.briefing_pages import attachments, broken, page_labels, page_names, render
    from briefing.render.collection import plan as plan_across
    from briefing.render.collection import render as across
    from briefing.render.further_names import further_files
    from briefing.render.further_names import further_pages as further
    from briefing.render.routes import NO_ROUTES, PARTS, make_routes
    from briefing.render.text_pages import text_page_of_paragraph

__all__ = [
    "FILES",
    "NAMES",
    "NO_ROUTES",
    "PARTS",
    "across",
    "attachments",
    "broken",
    "further",
    "further_files",
    "make_routes",
    "page_labels",
    "page_names",
    "plan_across",
    "render",
    "text_page_of_paragraph",
]

_LATE = {
    "NO_ROUTES": "routes:NO_ROUTES",
    "PARTS": "routes:PARTS",
    "across": "collection:render",
    "attachments": "briefing_pages:attachments",
    "broken": "briefing_pages:broken",
    "further": "further_names:further_pages",
    "further_files": "further_names:further_files",
    "make_routes": "routes:make_routes",
    "page_labels": "briefing_pages:page_labels",
    "page_names": "briefing_pages:page_names",
    "plan_across": "collection:plan",
    "render": "briefing_pages:render",
    "text_page_of_paragraph": "text_pages:text_page_of_paragraph",
}
"""The module that each name is in, and its name there."""


def __getattr__(name: str) -> Any:
    """Return what has this name here, its module imported now; kept, so that this is asked once. AttributeError."""
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, _, own = _LATE[name].partition(":")
    found = globals()[name] = getattr(import_module(f"{__name__}.{module}"), own)
    return found
