"""What a briefing's pages show of other briefings: slots that are filled when those are known, without rendering again.

A card that may have its words elsewhere holds a token, an HTML comment that no text of anybody can be, since all that
people write is escaped. `open_page` makes a slot of the line that holds it; `OpenPage.filled` puts the links there, or
leaves the line out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from briefing.collection import Echo
from briefing.model import Page
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.messages import messages
from briefing.render.routes import relative_link

_LINE = re.compile(r"\n([^\n]*)<!--briefing-elsewhere:([^\s<>]+)-->([^\n]*)\n")


@dataclass(frozen=True, slots=True)
class EchoSlot:
    """The line of a card that leads to the same words in other briefings, with what stands before and after them."""

    annotation: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page of a briefing with its slots."""

    path: str
    """Relative to the docs folder, ending in .md."""
    parts: tuple[str | EchoSlot, ...]
    edit: str
    """The file to open for a change, relative to the docs folder."""

    def filled(self, links: Callable[[str], str]) -> Page:
        """Return the page with the links to other briefings that an annotation's id has; a line without any is left
        out, with the empty line before it."""
        return Page(self.path, "".join(_written(part, links) for part in self.parts), self.edit)


def _written(part: str | EchoSlot, links: Callable[[str], str]) -> str:
    if isinstance(part, str):
        return part
    found = links(part.annotation)
    return f"\n{part.before}{found}{part.after}\n" if found else ""


def elsewhere(annotation: str) -> Markup:
    """Return the token of an annotation whose words other briefings may have."""
    return Markup(f"<!--briefing-elsewhere:{annotation}-->")


def open_page(path: str, markdown: str, edit: str) -> OpenPage:
    """Return a page with a slot for each line that holds a token."""
    pieces = _LINE.split(markdown)
    parts: list[str | EchoSlot] = [pieces[0]]
    for before, annotation, after, rest in zip(*(pieces[at::4] for at in range(1, 5)), strict=True):
        parts += (EchoSlot(annotation, before, after), rest)
    return OpenPage(path, tuple(parts), edit)


def echo_links(path: str, language: str, echoes: Sequence[Echo]) -> str:
    """Return the links from the pages of the briefing at `path`, written in `language`, to the same words in others."""
    say = messages(language)
    return str(Markup(say("list.comma")).join(_echo(path, echo, language) for echo in echoes))


def _echo(path: str, echo: Echo, language: str) -> Markup:
    here = f"{path}/index.md"
    if echo.origin:
        return link(in_markdown(echo.title), relative_link(here, f"{echo.path}/{echo.origin}.md", echo.id))
    words = messages(language)("elsewhere.in_text", title=echo.title, n=echo.paragraph)
    return link(in_markdown(words), relative_link(here, f"{echo.path}/{echo.page}.md", f"p{echo.paragraph}"))
