"""The prose tree: what checks, pages and exports know of a text that an author wrote.

All spans are code points of the field's value as YAML gave it, end exclusive.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator

from msgspec import Struct

from briefing.model.places import Place, Span

ALL_COMMENTS = "comments"
"""The id by which prose cites or counts all comments at once."""


class Text(Struct, frozen=True, tag=True, array_like=True):
    """Words; a line break in the value has become one space."""

    text: str
    span: Span


class Code(Struct, frozen=True, tag=True, array_like=True):
    """Words between backticks."""

    text: str
    span: Span


class Emphasis(Struct, frozen=True, tag=True, array_like=True):
    """`*words*`, shown in italics."""

    children: tuple[Inline, ...]
    span: Span


class Strong(Struct, frozen=True, tag=True, array_like=True):
    """`**words**`, shown in bold."""

    children: tuple[Inline, ...]
    span: Span


class Link(Struct, frozen=True, tag=True, array_like=True):
    """`[words](address)`: https, http, mailto, or another page of the site (a relative path ending in .md)."""

    children: tuple[Inline, ...]
    href: str
    span: Span


class CitedId(Struct, frozen=True):
    """One id in a citation or count."""

    id: str
    span: Span


class Citation(Struct, frozen=True, tag=True, array_like=True):
    """pandoc's `[@id]` or `[@id1; @id2]`."""

    keys: tuple[CitedId, ...]
    span: Span


class Count(Struct, frozen=True, tag=True, array_like=True):
    """`[#comments]` or `[#theme]`: prints a count that the build computes."""

    key: CitedId
    span: Span


Inline = Text | Code | Emphasis | Strong | Link | Citation | Count


class ProseParagraph(Struct, frozen=True, tag=True, array_like=True):
    """Words up to a blank line."""

    children: tuple[Inline, ...]
    span: Span


class List(Struct, frozen=True, tag=True, array_like=True):
    """Items, each with blocks of its own."""

    ordered: bool
    items: tuple[tuple[Block, ...], ...]
    span: Span


Block = ProseParagraph | List


class Prose(Struct, frozen=True):
    """One authored field, parsed alone."""

    blocks: tuple[Block, ...]
    text: str
    """The value as YAML gave it."""
    at: Place
    sound: bool = True
    """Whether all of it could be read; where not, words are in it that were meant as a citation or the like."""

    def __hash__(self) -> int:
        """By its text and place, since a tree takes long to hash and is asked for again and again."""
        return hash((self.text, self.at))


def inlines(prose: Prose) -> Iterator[Inline]:
    """Yield every inline node, outer before inner, in reading order."""
    for paragraph in paragraphs(prose):
        yield from _walk_inlines(paragraph.children)


def paragraphs(prose: Prose) -> Iterator[ProseParagraph]:
    """Yield every paragraph, those in lists too, in reading order."""
    stack: list[Block] = list(reversed(prose.blocks))
    while stack:
        block = stack.pop()
        if isinstance(block, ProseParagraph):
            yield block
        else:
            stack.extend(reversed([inner for item in block.items for inner in item]))


def keys(prose: Prose) -> Iterator[CitedId]:
    """Yield every id that is cited, in reading order."""
    for node in inlines(prose):
        if isinstance(node, Citation):
            yield from node.keys


def letters(node: Text, value: str) -> Iterator[tuple[str, int]]:
    """Yield the letters of some words, each with its place in the value; escapes and indentation are skipped."""
    at = node.span.start
    if node.span.of(value) == node.text:
        yield from zip(node.text, range(at, node.span.end), strict=True)
        return
    for letter in node.text:
        while at < node.span.end and value[at] != letter and not (letter == " " and value[at].isspace()):
            at += 1
        yield letter, min(at, node.span.end - 1)
        at += 1
        while letter == " " and at < node.span.end and value[at].isspace() and value[at - 1] in "\r\n ":
            at += 1


def cut(node: Text, value: str, ends: Collection[int]) -> tuple[tuple[str, int], ...]:
    """Return some words in pieces: each with the place in the value at which it ends where that is one of `ends`, else
    0."""
    if not any(node.span.start < end <= node.span.end for end in ends):
        return ((node.text, 0),)
    pieces, start = [], 0
    for count, (_, at) in enumerate(letters(node, value), 1):
        if at + 1 in ends:
            pieces.append((node.text[start:count], at + 1))
            start = count
    return (*pieces, (node.text[start:], 0))


def end_within(node: Inline, ends: Iterable[int]) -> tuple[int, ...]:
    """Return those of some places that lie within a node or at its end."""
    return tuple(end for end in ends if node.span.start < end <= node.span.end)


def plain(prose: Prose, count: Callable[[str], str] = str) -> str:
    """Return the words alone on one line, without citations, as a description shows them; `count` says what an id
    counts."""
    return "".join(text for text, _ in plain_pieces(prose, count))


def plain_pieces(
    prose: Prose, count: Callable[[str], str] = str, ends: Collection[int] = ()
) -> tuple[tuple[str, int], ...]:
    """Return the same in pieces, as `cut` cuts."""
    reached: list[int] = []

    def mark(text: str, end: int) -> str:
        reached.extend([end] if end else [])
        return _MARKS.sub("", text) + (_CUT if end else "")

    def words(nodes: Iterable[Inline]) -> str:
        return "".join(map(one, nodes))

    def one(node: Inline) -> str:
        if isinstance(node, Text):
            return "".join(mark(*piece) for piece in cut(node, prose.text, ends))
        if isinstance(node, Emphasis | Strong):
            return words(node.children)
        return "".join((_literal_words(node, count), *(mark("", end) for end in end_within(node, ends))))

    told = " ".join(" ".join(words(paragraph.children).split()) for paragraph in paragraphs(prose))
    told = _CITATIONS.sub("", told) if _CITED in told or _CUT in told else told
    return tuple(zip(" ".join(told.split()).split(_CUT), (*reached, 0), strict=True))


_CUT, _CITED = "\0", "\1"
"""Stand where plain words are cut, and where something is cited: no text that a file may hold has them."""
_MARKS = re.compile(f"[{_CUT}{_CITED}]")
_CITATIONS = re.compile(rf"(?<![ {_CITED}])(?: *{_CITED})+(?=[{_CUT}.,;:!?…)”])|(?<! ) +(?={_CUT})|{_CITED}")


def _walk_inlines(nodes: tuple[Inline, ...]) -> Iterator[Inline]:
    for node in nodes:
        yield node
        if isinstance(node, Emphasis | Strong | Link):
            yield from _walk_inlines(node.children)


def _literal_words(node: Inline, count: Callable[[str], str]) -> str:
    """Return the words of a node, without those that cite."""
    if isinstance(node, Text | Code):
        return node.text
    if isinstance(node, Count):
        return count(node.key.id)
    return _CITED if isinstance(node, Citation) else "".join(_literal_words(child, count) for child in node.children)
