"""The headings of a page: their ids, the table of contents and the title."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from html import unescape

from briefing.render.page_html.inline import RefusedError, escape_text
from briefing.render.page_html.rules import HtmlRules


@dataclass(frozen=True, slots=True)
class TocEntry:
    """An entry of a page's table of contents."""

    level: int
    id: str
    name: str
    """HTML without elements."""
    children: tuple[TocEntry, ...] = ()


@dataclass(slots=True)
class Heading:
    """A heading of the page."""

    level: int
    id: str
    """Empty until `Contents` has given it one."""
    html: str
    """What is between its tags."""
    label: str | None = None
    """What the table of contents has instead."""

    @property
    def text(self) -> str:
        """The heading without elements and with single spaces."""
        return " ".join(_ELEMENTS.sub("", self.html.strip()).split())


_ELEMENTS = re.compile("<[^<>]*>")


@dataclass(slots=True)
class Contents:
    """The headings in their order, with what their ids must differ from."""

    rules: HtmlRules
    headings: list[Heading] = field(default_factory=list)
    begins: Heading | None = None
    """The heading with which the page begins."""

    @property
    def title(self) -> str:
        """Of the page, if it begins with a heading of the first level; HTML without elements."""
        return self.begins.text if self.begins and self.begins.level == 1 else ""

    def add(self, heading: Heading) -> Heading:
        """Note the next heading."""
        _, _, after = (heading.label or "").partition("<")
        if ">" in after:  # it might hold what Python-Markdown takes for an element, and leaves out
            raise RefusedError
        self.headings.append(heading)
        return heading

    def name(self, used: set[str]) -> None:
        """Give an id to each heading that has none; `used` are those of the page's elements, which it adds to."""
        if sum(not heading.id for heading in self.headings) > _MOST:
            raise RefusedError
        for heading in self.headings:
            if not heading.id:
                heading.id = _unique(_slug(unescape(heading.text), self.rules), used)
                used.add(heading.id)

    def nested(self) -> tuple[TocEntry, ...]:
        """Return the table of contents."""
        first, last = self.rules.toc_levels
        shown = [heading for heading in self.headings if first <= heading.level <= last]
        # A heading belongs to the nearest one before it that is above it. One that is above its parent's level but
        # below the level of none before stands beside that parent.
        entries: list[tuple[int, Heading]] = []
        levels: list[int] = []
        for heading in shown:
            while levels and levels[-1] >= heading.level:
                levels.pop()
            entries.append((len(levels), heading))
            levels.append(heading.level)
        return _branch(entries, 0, len(entries), 0)


def _branch(entries: list[tuple[int, Heading]], start: int, end: int, depth: int) -> tuple[TocEntry, ...]:
    found: list[TocEntry] = []
    at = start
    while at < end:
        after = at + 1
        while after < end and entries[after][0] > depth:
            after += 1
        heading = entries[at][1]
        name = heading.text if heading.label is None else escape_text(" ".join(heading.label.split()))
        found.append(TocEntry(heading.level, heading.id, name, _branch(entries, at + 1, after, depth + 1)))
        at = after
    return tuple(found)


def _slug(name: str, rules: HtmlRules) -> str:
    """Return a heading's words as an id, by Python-Markdown's rule or that of pymdownx."""
    kind, _, case = rules.slug.partition(" ")
    if kind == "pymdownx":
        name = re.sub("</?[^>]*>", "", unicodedata.normalize("NFC", name)).strip()
        name = name.lower() if case == "lower" else name
        return re.sub(r"[^\w\- ]", "", name).replace(" ", rules.separator)
    if kind == "ascii":
        name = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    kept = re.sub(r"[^\w\s-]", "", name).strip().lower()
    return re.sub(rf"[{rules.separator}\s]+", rules.separator, kept)


_MOST = 100
"""Headings that may wait for an id: each is compared with those before it that have the same words."""
_NUMBERED = re.compile(r"(.*)_([0-9]+)")


def _unique(id: str, used: set[str]) -> str:
    if id and id not in used:
        return id
    numbered = _NUMBERED.fullmatch(id)
    base, count = (numbered[1], int(numbered[2]) + 1) if numbered else (id, 1)
    while f"{base}_{count}" in used:
        count += 1
    return f"{base}_{count}"
