"""Turns the Markdown of generated pages into the HTML that MkDocs makes of it, byte for byte, and many times faster.

Generated pages are written in a small dialect of Markdown: headings with attribute lists, elements with or without
`markdown="…"`, paragraphs, simple lists, links, character references. `page_html` reads exactly that dialect. Whatever
it does not know for certain it refuses, and that page then goes through Python-Markdown like any other; so templates
that users wrote need no rule of their own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from briefing.model import Page
from briefing.render.page_html.blocks import PageWriter
from briefing.render.page_html.contents import TocEntry
from briefing.render.page_html.inline import RefusedError
from briefing.render.page_html.links import LinkRules
from briefing.render.page_html.rules import HtmlRules
from briefing.render.slots import EchoSlot, OpenPage

__all__ = ["HtmlRules", "PageHtml", "PageLinks", "TocEntry", "links_html", "page_html"]


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Where a page leads, and where others can lead within it: what is read of every page to check the links of all."""

    anchors: frozenset[str]
    """What a link to this page may have after its `#`."""
    links: tuple[tuple[str, str], ...]
    """See `PageHtml.links`."""


@dataclass(frozen=True, slots=True)
class PageHtml:
    """A page as HTML, with all that a theme's template shows of it."""

    path: str
    """Of the page, relative to the docs folder, ending in .md."""
    meta: Mapping[str, Any]
    """The front matter."""
    parts: tuple[str | EchoSlot, ...]
    """The content; the slots, which hold HTML here, are those of the page's Markdown."""
    title: str
    """The page's title as MkDocs has it: that of the front matter, else the heading; HTML."""
    toc: tuple[TocEntry, ...]
    anchors: frozenset[str]
    """What a link to this page may have after its `#`."""
    links: tuple[tuple[str, str], ...]
    """Where links lead within the site, each once: a path relative to the docs folder, and a fragment or nothing.
    Nobody has looked yet whether that is there. Those in slots are not among them."""

    @property
    def reach(self) -> PageLinks:
        """Its links and anchors alone."""
        return PageLinks(self.anchors, self.links)

    def filled(self, links: Callable[[str], str]) -> str:
        """Return the content with the links, as HTML, that an annotation's id has in other briefings."""
        return "".join(_written(part, links) for part in self.parts)


def _written(part: str | EchoSlot, links: Callable[[str], str]) -> str:
    if isinstance(part, str):
        return part
    found = links(part.annotation)
    return f"{part.before}{found}{part.after}" if found else ""


_FRONT_MATTER = re.compile(r"---\n((?:[a-z_]+: [^\n]*\n)+)---\n\n*")


def page_html(page: OpenPage | Page, rules: HtmlRules) -> PageHtml | None:
    """Return a page as MkDocs would render it under the rules; None where that is not certain."""
    parts = page.parts if isinstance(page, OpenPage) else (page.markdown,)
    first = parts[0] if isinstance(parts[0], str) else ""
    found = _FRONT_MATTER.match(first)
    if not found:
        return None
    try:
        meta = {key: json.loads(value) for key, _, value in (x.partition(": ") for x in found[1].splitlines())}
        writer = PageWriter(page.path, rules)
        content = writer.content((first[found.end() :], *parts[1:]))
    except (RefusedError, ValueError):
        return None
    title = meta.get("title") or writer.contents.title
    if not isinstance(title, str) or not title:
        return None
    return PageHtml(
        page.path,
        meta,
        content,
        title,
        writer.contents.nested(),
        frozenset(writer.anchors),
        tuple(writer.links.found),
    )


def links_html(markdown: str, path: str, rules: HtmlRules) -> tuple[str, tuple[tuple[str, str], ...]] | None:
    """Return the HTML of a line of links as it fills a slot of the page at `path`, and where they lead.

    None where that is not certain.
    """
    links = LinkRules(path, rules.directory_urls)
    try:
        html = links.inline(markdown)
    except RefusedError:
        return None
    return html, tuple(links.found)
