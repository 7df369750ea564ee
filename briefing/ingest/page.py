"""A web page as the reader shows it, with its elements: what article, comments and the rest are found in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag

from briefing.anchor.glyphs import SPACELESS
from briefing.ingest.select import Index
from briefing.readers.html import BLOCKS, Block, blocks, flowing, parse

UNSPACED_WORD = 2
"""Letters of a word, about, in scripts that put no spaces between words."""

UNSPACED = re.compile(f"[{SPACELESS}]")
WORD = re.compile(r"[a-z]+|[A-Z][a-z]*|[A-Z]+(?![a-z])")


@dataclass(frozen=True, slots=True)
class Page:
    """A page's tree and its paragraphs."""

    soup: BeautifulSoup
    blocks: tuple[Block, ...]
    block_of: dict[int, int]
    """By identity of a text node: the index of the paragraph that shows it."""
    html: str
    """As it was parsed, to see at once which names cannot be in it."""
    index: Index

    def select(self, selector: str) -> list[Tag]:
        """The elements that a CSS selector names, in the order of the page."""
        return self.index.select(selector)

    def strings(self, element: Tag) -> list[NavigableString]:
        """The text nodes below an element that are shown, in order."""
        return [node for node in element.descendants if isinstance(node, NavigableString) and id(node) in self.block_of]

    def paragraphs(self, strings: Iterable[NavigableString]) -> list[str]:
        """The words of some text nodes, by the paragraphs that show them."""
        parts: dict[int, list[str]] = {}
        for node in strings:
            parts.setdefault(self.block_of[id(node)], []).append(str(node))
        return [text for block, found in parts.items() if (text := self._text(block, found))]

    def _text(self, block: int, parts: list[str]) -> str:
        """A paragraph that is there as a whole keeps the text that its reader shows."""
        whole = self.blocks[block]
        return whole.text if len(parts) == len(whole.strings) else flowing(" ".join("".join(parts).split()))


def page(html: str) -> Page:
    """Read a page."""
    soup = parse(html)
    found = blocks(soup)
    block_of = {id(node): number for number, block in enumerate(found) for node in block.strings}
    return Page(soup, found, block_of, html, Index(soup))


def element_of(block: Block) -> Tag:
    """The innermost block element that all of a paragraph stands in."""
    above = [parent for parent in block.strings[0].parents if isinstance(parent, Tag)]
    last = {id(parent) for parent in block.strings[-1].parents}
    shared = [parent for parent in above if id(parent) in last]
    return next((parent for parent in shared if parent.name in BLOCKS), shared[-1])


def count(text: str) -> int:
    """How many words a text has, or would have if its script put spaces between them."""
    unspaced = len(UNSPACED.findall(text))
    return len(text.split()) + unspaced // UNSPACED_WORD


def names(element: Tag, *, id: bool = True) -> str:
    """Tag, id (if it says anything), classes and role of an element as small words, to look a vocabulary up in."""
    return " ".join(_names(element, ("id",) if id else ()))


def _names(element: Tag, more: tuple[str, ...]) -> Iterator[str]:
    yield element.name.replace("-", " ")
    for attribute in (*more, "class", "role", "data-testid", "itemprop", "aria-label", "data-component"):
        value = element.get(attribute)
        given = value if isinstance(value, list) else [value] if value else []
        for part in given:
            yield " ".join(WORD.findall(part)).lower()
