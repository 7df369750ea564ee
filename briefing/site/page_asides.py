"""What readers see of an ordinary page beside its sentences: front matter, titles of links, attributes, raw HTML.

Each text is as long as what it stands for, so that its spans are those of the page; only in the front matter, YAML
says where its words stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from briefing.load.yaml import Data, Map, Scalar
from briefing.load.yaml.events import read_yaml
from briefing.model.places import Node, Span, TextFile
from briefing.site.markdown_scan import FRONT_MATTER, blocks, no_words, raw_blocks

_ATTRIBUTE = re.compile(
    r"""(?<![\w-])(?:title|alt|aria-[a-z]+|label|summary|content|placeholder|data-[\w-]+)\s*=\s*"""
    r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')""",
    re.I,
)
_TITLE = re.compile(r"""\]\(\s*[^()\s]*\s+(?:"(?P<double>[^\n]*?)"|'(?P<single>[^\n]*?)')\s*\)""")
_DEFINED = re.compile(
    r"""^[ \t]*\[(?!\^)[^\]\n]+\]:[ \t]*\S+\s+"""
    r"""(?:"(?P<double>[^\n]*)"|'(?P<single>[^\n]*)'|\((?P<round>[^\n]*)\))[ \t]*$""",
    re.M,
)
_ENTITY = re.compile(r"&(?:[a-z]{2,30}|#\d{2,7}|#x[0-9a-f]{2,6});", re.I)
_MARKS = re.compile(r"</?q(?:\s[^<>]*)?>", re.I)
_UNSEEN = re.compile(r"<!--.*?-->|<(?P<element>script|style|code|pre|kbd|template)\b.*?</(?P=element)\s*>", re.I | re.S)
_TAG = re.compile(r"</?[a-z](?:\"[^\"]*\"|'[^']*'|[^<>\"'])*>", re.I)
_BREAK = re.compile(r"</?(?:p|div|li|ul|ol|dd|dt|h[1-6]|tr|td|th|blockquote|footer|cite|figcaption|section|br)\b", re.I)
_QUOTE = re.compile(r"<blockquote\b[^<>]*>(?P<words>.*?)</blockquote\s*>", re.I | re.S)
_CREDIT = re.compile(r"<(?P<element>footer|cite|figcaption)\b.*?</(?P=element)\s*>", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Aside:
    """A text that is no sentence of its page."""

    words: str
    start: int
    """Where it is in the page."""
    quoted: bool = False
    """Whether all of it is quoted: a block quotation."""
    node: Node | None = None
    """Where it is in the front matter, which begins at `start`."""

    def span(self, inner: Span) -> Span:
        """Return the place in the page of some of the words."""
        first, last = inner.start, inner.end - 1
        if self.node:
            first, last = self.node.file_offset(first), self.node.file_offset(last)
        return Span(self.start + first, self.start + last + 1)


def asides(text: str) -> Iterator[Aside]:
    """Yield every one, in no order."""
    yield from _front_matter(text)
    for block in blocks(text):
        words = _without(text, block, list(no_words(text, block)))
        for pattern in (_ATTRIBUTE, _TITLE, _DEFINED):
            yield from _found(pattern, words, block.start)
    for block in raw_blocks(text):
        written = _blanked(_UNSEEN, block.of(text))
        yield from _found(_ATTRIBUTE, written, block.start)
        for quote in _QUOTE.finditer(written):
            yield Aside(shown(_blanked(_CREDIT, quote["words"])), block.start + quote.start("words"), quoted=True)
        yield Aside(shown(written), block.start)


def shown(written: str) -> str:
    """Return HTML as readers see it, with a new line where an element separates words."""
    words = _MARKS.sub(lambda tag: ("”" if tag[0][1] == "/" else "“").ljust(len(tag[0])), written)
    words = _TAG.sub(lambda tag: ("\n" if _BREAK.match(tag[0]) else " ") * len(tag[0]), words)
    return _unescaped(words)


def _front_matter(text: str) -> Iterator[Aside]:
    """Yield every text of the front matter."""
    found = FRONT_MATTER.match(text)
    if not found:
        return
    body = _BODY.sub("", found[0])
    tree = read_yaml(TextFile("", body), frozenset())
    values: list[Data] = [tree.data] if tree.data is not None else []
    for value in values:
        if not isinstance(value, Scalar):
            values += value.values() if isinstance(value, Map) else value
        elif value.strip() and value.path in tree.file.nodes:
            yield Aside(value, found[0].index("\n") + 1, node=tree.file.nodes[value.path])


_BODY = re.compile(r"\A[^\n]*\n|^(?:---|\.\.\.)[ \t]*\r?\n?\Z", re.M)
"""The lines around it."""


def _found(pattern: re.Pattern[str], text: str, start: int) -> Iterator[Aside]:
    for each in pattern.finditer(text):
        group = next(name for name, value in each.groupdict().items() if value is not None)
        yield Aside(_unescaped(each[group]), start + each.start(group))


def _unescaped(text: str) -> str:
    """Return a text with its entities as the one character that they are, and spaces."""
    return _ENTITY.sub(lambda each: unescape(each[0])[:1].ljust(len(each[0])), text)


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda each: " " * len(each[0]), text)


def _without(text: str, block: Span, dead: Sequence[Span]) -> str:
    """Return a block with nothing where code stands."""
    parts, at = [], block.start
    for span in dead:
        parts += [text[at : span.start], " " * (span.end - span.start)]
        at = span.end
    return "".join((*parts, text[at : block.end]))
