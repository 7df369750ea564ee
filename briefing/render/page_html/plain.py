"""Elements in which nothing is Markdown, within one in which something is: Python-Markdown puts them into its tree.

A block that stands first in its parent, or after another block of it, or at the start of a line becomes an element of
the tree, with its attributes in order and its own line. Everything else stays as it is written.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from briefing.render.page_html.inline import BLOCKS, TAG, RefusedError, StartTag, level, start_tag


@dataclass(slots=True)
class PlainElement:
    """An element that has been read."""

    html: str
    ids: set[str]
    """Of it and the elements of the tree in it."""


@dataclass(slots=True)
class _Frame:
    """An element that has not ended."""

    tag: StartTag
    texts: list[list[str]] = field(default_factory=lambda: [[]])
    """What is before the first child, and after each."""
    children: list[str] = field(default_factory=list)
    fresh: bool = True
    """Whether it has nothing but children so far."""

    def add(self, text: str) -> None:
        if text:
            self.texts[-1].append(text)
            self.fresh = False

    def html(self) -> str:
        name = self.tag.name
        texts = ["".join(pieces) for pieces in self.texts]
        if self.children and (name == "pre" or level(name)):
            raise RefusedError
        if self.children:
            texts = [text if text.strip() else "\n" for text in texts]
        inner = "".join(a + b for a, b in zip(texts, (*self.children, ""), strict=True))
        return f"{self.tag.html}{inner}</{name}>"


def plain_element(text: str, tag: StartTag, at: int, around: Collection[str]) -> tuple[PlainElement, int]:
    """Read an element whose start tag ends at `at`, within elements named `around`; also return where it ends."""
    reader = _Reader(around)
    reader.open(tag)
    for found in TAG.finditer(text, at):
        reader.data(text[at : found.start()])
        at = found.end()
        if found[2] not in BLOCKS:
            reader.data(found[0])
        elif found[4]:
            raise RefusedError
        elif not found[1]:
            reader.start(found[2], found[0], at_line_start=text[found.start() - 1] == "\n")
        elif (html := reader.end(found[2], found[0])) is not None:
            return PlainElement(html, reader.ids), at
    raise RefusedError


class _Reader:
    """Reads an element and those in it, tag by tag."""

    def __init__(self, around: Collection[str]) -> None:
        self.around = around
        self.frames: list[_Frame] = []
        self.ids: set[str] = set()
        self.as_written: set[str] = set()
        """The names of blocks that are not elements of the tree: their end tags are not, either."""

    def data(self, text: str) -> None:
        """Text, or a tag that stays as it is written."""
        self.frames[-1].add(text)

    def open(self, tag: StartTag) -> None:
        """An element of the tree begins."""
        self.frames.append(_Frame(tag))
        if tag.id:
            self.ids.add(tag.id)

    def start(self, name: str, tag: str, *, at_line_start: bool) -> None:
        """The start tag of a block."""
        names = [frame.tag.name for frame in self.frames]
        if self.frames[-1].fresh or at_line_start:
            if "p" in names or name in self.as_written or level(name):
                raise RefusedError
            self.open(start_tag(tag))
        elif name in self.around or name in names:
            raise RefusedError
        else:
            self.as_written.add(name)
            self.data(tag)

    def end(self, name: str, tag: str) -> str | None:
        """The end tag of a block; return the element if it is the outermost."""
        if name in self.as_written:
            self.data(tag)
            return None
        if name != self.frames[-1].tag.name:
            raise RefusedError
        html = self.frames.pop().html()
        if not self.frames:
            return html
        self.frames[-1].children.append(html)
        self.frames[-1].texts.append([])
        return None
