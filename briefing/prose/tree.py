"""The prose tree: what checks, pages and exports know of a text that an author wrote.

All spans are code points of the field's value as YAML gave it, end exclusive.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from briefing.places import Place, Span


@dataclass(frozen=True, slots=True)
class Text:
    """Words; a line break in the value has become one space."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Code:
    """Words between backticks."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Emphasis:
    """`*words*`, shown in italics."""

    children: tuple[Inline, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Strong:
    """`**words**`, shown in bold."""

    children: tuple[Inline, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Link:
    """`[words](address)`: https, http, mailto, or another page of the site (a relative path ending in .md)."""

    children: tuple[Inline, ...]
    href: str
    span: Span


@dataclass(frozen=True, slots=True)
class Key:
    """One id in a citation or count."""

    id: str
    span: Span


@dataclass(frozen=True, slots=True)
class Citation:
    """pandoc's `[@id]` or `[@id1; @id2]`."""

    keys: tuple[Key, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Count:
    """`[#comments]` or `[#theme]`: prints a count that the build computes."""

    key: Key
    span: Span


Inline = Text | Code | Emphasis | Strong | Link | Citation | Count


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words up to a blank line."""

    children: tuple[Inline, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class List:
    """Items, each with blocks of its own."""

    ordered: bool
    items: tuple[tuple[Block, ...], ...]
    span: Span


Block = Paragraph | List


@dataclass(frozen=True, slots=True)
class Prose:
    """One authored field, parsed alone."""

    blocks: tuple[Block, ...]
    text: str
    """The value as YAML gave it."""
    at: Place
    sound: bool = True
    """Whether all of it could be read; where not, words stand in it that were meant as a citation or the like."""


def inlines(prose: Prose) -> Iterator[Inline]:
    """Every inline node, outer before inner, in reading order."""
    for paragraph in paragraphs(prose):
        yield from _walk(paragraph.children)


def paragraphs(prose: Prose) -> Iterator[Paragraph]:
    """Every paragraph, those in lists too, in reading order."""
    stack: list[Block] = list(reversed(prose.blocks))
    while stack:
        block = stack.pop()
        if isinstance(block, Paragraph):
            yield block
        else:
            stack.extend(reversed([inner for item in block.items for inner in item]))


def keys(prose: Prose) -> Iterator[Key]:
    """Every id that is cited, in reading order."""
    for node in inlines(prose):
        if isinstance(node, Citation):
            yield from node.keys


def plain(prose: Prose, count: Callable[[str], str] = str) -> str:
    """The words alone on one line, without citations, as a description shows them; `count` says what an id counts."""
    words = ("".join(_plain(node, count) for node in paragraph.children) for paragraph in paragraphs(prose))
    return " ".join(" ".join(part.split()) for part in words).replace(" .", ".").replace(" ,", ",").strip()


def _walk(nodes: tuple[Inline, ...]) -> Iterator[Inline]:
    for node in nodes:
        yield node
        if isinstance(node, Emphasis | Strong | Link):
            yield from _walk(node.children)


def _plain(node: Inline, count: Callable[[str], str]) -> str:
    if isinstance(node, Text | Code):
        return node.text
    if isinstance(node, Count):
        return count(node.key.id)
    return "" if isinstance(node, Citation) else "".join(_plain(child, count) for child in node.children)
