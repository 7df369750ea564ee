"""Elements in which nothing is Markdown, within one in which something is: Python-Markdown puts them into its tree.

A block that stands first in its parent, or after another block of it, or at the start of a line becomes an element of
the tree, with its attributes in order and its own line. Everything else stays as it is written.
"""

from __future__ import annotations

from collections.abc import Collection

from briefing.render.page_html.inline import RefusedError, StartTag, start_tag

MOST = 100
"""How deep elements may be within each other: what a page of ours never reaches, so that work stays in proportion."""


class _Frame:
    """An element that has not ended."""

    __slots__ = ("children", "fresh", "tag", "text", "texts")

    def __init__(self, tag: StartTag, text: str) -> None:
        self.tag = tag
        self.text = [text]
        """Since the last element in it, piece by piece."""
        self.texts: list[str] = []
        """Before each element in it."""
        self.children: list[str] = []
        self.fresh = not text
        """Whether it has nothing but elements so far."""

    def add(self, child: str, text: str) -> None:
        """An element in it has ended, and text follows."""
        self.texts.append("".join(self.text))
        self.children.append(child)
        self.text = [text]
        self.fresh = self.fresh and not text

    def html(self) -> str:
        name, rest = self.tag.name, "".join(self.text)
        if self.children:
            if name == "pre" or self.tag.level:
                raise RefusedError
            texts = ["\n" if not text or text.isspace() else text for text in (*self.texts, rest)]
            rest = "".join([text + child for text, child in zip(texts, (*self.children, ""), strict=True)])
        return f"{self.tag.html}{rest}</{name}>"


class PlainElement:
    """Reads an element and those in it, tag by tag, within elements named `around`."""

    def __init__(self, tag: StartTag, text: str, around: Collection[str]) -> None:
        self.around = around
        self.ids = {tag.id} if tag.id else set()
        """Of it and the elements of the tree in it."""
        self._frames = [_Frame(tag, text)]
        self._as_written: set[str] = set()
        """The names of blocks that are not elements of the tree: their end tags are not, either."""
        if tag.level:
            raise RefusedError

    def read(self, end: str, tag: str, after: str) -> str | None:
        """Take the tag of a block and the text after it; return the element's HTML when it has ended."""
        frame = self._frames[-1]
        if end:
            if tag in self._as_written:
                frame.text.append(f"</{tag}>{after}")
                return None
            if tag != frame.tag.name:
                raise RefusedError
            html = self._frames.pop().html()
            if not self._frames:
                return html
            self._frames[-1].add(html, after)
            return None
        name = tag.partition(" ")[0]
        names = [each.tag.name for each in self._frames]
        if frame.fresh or frame.text[-1].endswith("\n"):
            self._open(start_tag(tag), after, names)
        elif name in self.around or name in names:
            raise RefusedError
        else:
            self._as_written.add(name)
            frame.text.append(f"<{tag}>{after}")
        return None

    def _open(self, inner: StartTag, after: str, names: Collection[str]) -> None:
        """An element of the tree begins; a paragraph would end before it."""
        if len(names) > MOST or "p" in names or inner.name in self._as_written or inner.level:
            raise RefusedError
        if inner.id:
            self.ids.add(inner.id)
        self._frames.append(_Frame(inner, after))
