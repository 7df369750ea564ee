"""Finds which characters of an ordinary Markdown page are words, and what in them asks for something of a briefing.

Front matter, code, comments and raw HTML are not words: whatever is there is left as it is. The two lines that are
comments to every other tool, `<!-- briefings … -->` and `<!-- briefing: … -->`, count only alone on their line.

Page asides: what readers see of an ordinary page beside its sentences: front matter, titles of links, attributes,
raw HTML.

Each text is as long as what it stands for, so that its spans are those of the page; only in the front matter, YAML
says where its words stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from itertools import groupby
from typing import Literal

from briefing.load.yaml import Data, Map, Scalar
from briefing.load.yaml.events import read_yaml
from briefing.model.places import Node, Span, TextFile

BRACKET = re.compile(r"(?<![!\\])\[([^\[\]]*@[^\[\]]*)\](?![(\[:])")
"""Brackets with an @ that are neither a link, its definition, an image nor escaped."""
DIRECTIVE = re.compile(
    r"[ \t]*<!--[ \t]*(?:(briefings)(?:[ \t]*:[ \t]*(|[^ \t\n]|[^ \t\n].*?[^ \t\n]))?"
    r"|(briefing)[ \t]*:[ \t]*(|[^ \t\n]|[^ \t\n].*?[^ \t\n]))[ \t]*-->[ \t]*"
)
FRONT_MATTER = re.compile(r"\ufeff?---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S | re.M)
FENCE = re.compile(r"[ \t]*(?:>[ \t]*|[-*+][ \t]+|\d+[.)][ \t]+)*(`{3,}|~{3,})")
CONTAINER = re.compile(r"[ \t]*(?:[-*+][ \t]|\d+[.)][ \t]|!!!|\?\?\?|===|\[\^[^\]]+\]:|:[ \t])")
TICKS = re.compile(r"\\[\\`]|`+|<!--|<(pre|code|script|style|textarea)\b[^>]*>", re.I)
RAW = re.compile(
    r" {0,3}<(address|article|aside|blockquote|center|details|dialog|div|dl|fieldset|figure|footer|form|header|main|nav"
    r"|ol|p|section|table|ul)\b([^>]*)>",
    re.I,
)
INDENT = 4
"""Columns by which Python-Markdown distinguishes code and the inside of list items from what is around them."""


@dataclass(frozen=True, slots=True)
class Bracket:
    """What may be a citation: `[…@…]` among the words."""

    span: Span
    inner: Span
    """Without the brackets."""


@dataclass(frozen=True, slots=True)
class Directive:
    """A line that asks for a card or a list."""

    kind: Literal["briefings", "briefing"]
    span: Span
    """From the < to the >."""
    argument: Span
    """What stands after the colon; empty where there is none."""


Ask = Bracket | Directive


def scan(text: str) -> tuple[Ask, ...]:
    """Return everything that a page may ask for, in its order."""
    if "@" not in text and "<!--" not in text:
        return ()
    return tuple(_asks(text))


def _asks(text: str) -> Iterator[Ask]:
    for block in blocks(text):
        line = DIRECTIVE.fullmatch(text, block.start, block.end)
        if line:
            kind = 1 if line[1] else 3
            argument = (
                Span(*line.span(kind + 1)) if line[kind + 1] is not None else Span(line.end(kind), line.end(kind))
            )
            start = text.index("<", line.start())
            yield Directive(
                "briefings" if line[1] else "briefing", Span(start, text.rindex(">", start, line.end()) + 1), argument
            )
            continue
        yield from _brackets(text, block)


def _brackets(text: str, block: Span) -> Iterator[Bracket]:
    dead = list(no_words(text, block))
    for match in BRACKET.finditer(text, block.start, block.end):
        span = Span(*match.span())
        if not any(span.overlaps(other) for other in dead):
            yield Bracket(span, Span(*match.span(1)))


def no_words(text: str, block: Span) -> Iterator[Span]:
    """Yield code and raw elements within a block."""
    at = block.start
    while found := TICKS.search(text, at, block.end):
        at = found.end()
        if found[0].startswith("\\"):
            continue
        if found[0] == "<!--":
            closing = text.find("-->", at, block.end)
            end = closing + 3 if closing >= 0 else block.end
        elif found[1]:
            close = re.compile(rf"</{found[1]}\s*>", re.I).search(text, at, block.end)
            end = close.end() if close else block.end
        else:
            run = re.compile(rf"(?<!`){found[0]}(?!`)").search(text, at, block.end)
            end = run.end() if run else 0
        if end:
            yield Span(found.start(), end)
            at = end


# --- blocks -----------------------------------------------------------------------------------------------------


def blocks(text: str) -> Iterator[Span]:
    """Yield runs of lines that hold words: without front matter, code blocks, long comments and raw HTML."""
    start = end = -1
    for line, kind in _walked(text):
        if kind == "words":
            alone = DIRECTIVE.fullmatch(text, line.start, line.end) is not None
            if alone or start < 0:
                if start >= 0:
                    yield Span(start, end)
                start = line.start
            end = line.end
            if alone:
                yield Span(start, end)
                start = -1
        elif start >= 0:
            yield Span(start, end)
            start = -1
    if start >= 0:
        yield Span(start, end)


def raw_blocks(text: str) -> Iterator[Span]:
    """Yield runs of lines of raw HTML that readers see, so without comments, scripts and the like."""
    for kind, run in groupby(_walked(text), key=lambda walked: walked[1]):
        if kind == "raw":
            lines = [line for line, _ in run]
            yield Span(lines[0].start, lines[-1].end)


def _walked(text: str) -> Iterator[tuple[Span, Literal["words", "raw", "other"]]]:
    """Yield each line, with what it holds."""
    front = FRONT_MATTER.match(text)
    walk = _Walk(text)
    for line in _lines(text, front.end() if front else 0):
        words = walk.holds_words(line)
        yield line, "words" if words else "raw" if walk.raw else "other"


def _lines(text: str, at: int) -> Iterator[Span]:
    """Yield lines without their ends."""
    while at < len(text):
        found = re.compile("\r\n|\n|\r").search(text, at)
        yield Span(at, found.start() if found else len(text))
        at = found.end() if found else len(text)


class _Walk:
    """Reads a page line by line and knows what it is in."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.fence = ""
        self.until: re.Pattern[str] | None = None
        self.containers: list[int] = []
        self.blank = True
        self.code = False
        self.raw = False
        """Whether the line is of raw HTML that readers see."""

    def holds_words(self, line: Span) -> bool:
        """Return whether a line is neither blank nor in something that holds no words."""
        words = line.of(self.text)
        self.raw = self.raw and self.until is not None
        if self.fence:
            if re.fullmatch(rf"[ \t>]*{re.escape(self.fence[0])}{{{len(self.fence)},}}[ \t]*", words):
                self.fence = ""
            return False
        if self.until:
            if self.until.search(words):
                self.until = None
            return False
        if not words.strip():
            self.blank = True
            return False
        if not self._is_code(words) and (fence := FENCE.match(words)) and "`" not in words[fence.end() :]:
            self.fence = fence[1]
        kept = not self.fence and not self.code and not self._opens(words)
        self.blank = False
        return kept

    def _is_code(self, words: str) -> bool:
        """Return whether a line is code by its indentation, inside the list items and notes that are open."""
        plain = words.expandtabs(INDENT)
        indent = len(plain) - len(plain.lstrip(" "))
        opens = CONTAINER.match(words) is not None
        if self.blank or opens:
            while self.containers and indent <= self.containers[-1]:
                self.containers.pop()
        base = self.containers[-1] + INDENT if self.containers else 0
        self.code = indent - base >= INDENT and (self.blank or self.code)
        if opens and not self.code:
            self.containers.append(indent)
        return self.code

    def _opens(self, words: str) -> bool:
        """Return whether raw HTML or a comment begins here that holds no words; it ends on this line or a later one."""
        if words.lstrip().startswith("<!--"):
            if "-->" not in words:
                self.until = re.compile("-->")
                return True
            return False
        if self.blank and (raw := RAW.match(words)) and "markdown" not in raw[2]:
            close = re.compile(rf"</{raw[1]}\s*>", re.I)
            self.until = None if close.search(words) else close
            self.raw = True
            return True
        element = re.match(r"\s*<(pre|script|style|textarea)\b", words, re.I)
        if element and not re.search(rf"</{element[1]}\s*>", words, re.I):
            self.until = re.compile(rf"</{element[1]}\s*>", re.I)
            return True
        return False


# --- page asides -----------------------------------------------------------------------------------------------------


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
