"""The links from the overview of a briefing to its copies, which are made of its pages: so they are filled in last."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from briefing.model import Attachment, Briefing
from briefing.render.escape import Markup, in_attribute, in_markdown
from briefing.render.messages import Messages, messages
from briefing.render.names import COPIES
from briefing.render.slots import OpenPage

PLACE = Markup("<!--briefing-copies-->")
"""Stands for the links in the Markdown of the overview; no text of anybody can be this, since all is escaped."""


def with_links(
    briefing: Briefing, pages: Sequence[OpenPage], copies: Sequence[Attachment], formats: Collection[str]
) -> tuple[OpenPage, ...]:
    """Return the pages of a briefing with links to its copies; those of `copies` are made, so that sizes are known."""
    sizes = {file.path.rpartition("/")[2]: len(file.content) for file in copies}
    say = messages(briefing.language)
    links = " · ".join(_links(briefing, sizes, formats, say))
    return tuple(
        replace(page, parts=tuple(part.replace(PLACE, links) if isinstance(part, str) else part for part in page.parts))
        for page in pages
    )


def _links(briefing: Briefing, sizes: dict[str, int], formats: Collection[str], say: Messages) -> Iterator[str]:
    folder = briefing.path.rpartition("/")[2] or "briefing"
    for name, file in COPIES.items():
        if name not in formats:
            continue
        words = say(f"copies.{name}")
        if file in sizes:
            words = say("copies.sized", name=words, n=max(1, round(sizes[file] / 1000)))
        # the name under which a browser keeps it says what it is a copy of
        kept = f"{folder}.{name}"
        yield f'<a href="{file}" download="{in_attribute(kept)}">{in_markdown(words)}</a>'
