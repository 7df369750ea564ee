"""What was withdrawn, as its old addresses show it: on the page where it stood and, by its mark, on the text page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from briefing.model import Briefing, Origin, Withdrawn
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.messages import Messages
from briefing.render.summary_counts import page_message

PAGES: Mapping[Origin, str] = {
    "quotes": "quotes",
    "figures": "figures",
    "derived": "figures",
    "context": "context",
    "themes": "comments",
}
"""The page on which each list of the annotation files is shown."""


@dataclass(frozen=True, slots=True)
class WithdrawnView:
    """One withdrawn annotation on one page."""

    ids: tuple[Markup, ...]
    """Every fragment that led to it here."""
    words: str
    """When and why."""
    more: Markup
    """The link to the page where it stood; empty there."""


def withdrawn_views(briefing: Briefing, page: str, say: Messages) -> tuple[WithdrawnView, ...]:
    """What was withdrawn from a page; empty for most."""
    return tuple(_tombstones(briefing, page, say))


def _tombstones(briefing: Briefing, page: str, say: Messages) -> Iterator[WithdrawnView]:
    for entry in briefing.withdrawn:
        words = say("withdrawn.item", date=say.date(entry.date), reason=entry.reason)
        own = PAGES[entry.origin]
        if page == own:
            yield WithdrawnView(tuple(Markup(id) for id in _ids(entry)), words, Markup())
        elif page == "text" and entry.origin not in ("derived", "themes"):
            marks = (Markup(f"{prefix}{id}") for id in _ids(entry) for prefix in ("t-", "_"))
            more = link(in_markdown(say(page_message(briefing, own, f"page.{own}"))), f"{own}.md#{entry.id}")
            yield WithdrawnView(tuple(marks), words, more)


def _ids(entry: Withdrawn) -> tuple[str, ...]:
    return (entry.id, *entry.was)
