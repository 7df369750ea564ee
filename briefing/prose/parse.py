"""From an author's words to a prose tree and the problems in them.

The value is split into blocks, each paragraph into inline tokens, and both are put together here into the frozen
nodes of `tree`. Nothing an author wrote is lost: what prose does not have stays in the tree as literal words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate, groupby

from markdown_it.token import Token
from msgspec import Struct, field
from msgspec.structs import replace

from briefing.model import prose as tree
from briefing.model.places import Place, Problem, Span
from briefing.prose.blocks import blocks
from briefing.prose.inlines import inlines
from briefing.prose.unsupported import Finding

MAX_EMPHASIS = 6
"""How deep emphasis and links may be in one another; a reader distinguishes two, and later stages recurse."""

MAX_LENGTH = 100_000
"""In code points: some 17,000 words are a chapter, not a field, and hostile text this long is read in a second."""

WORDS = {"text", "text_special", "softbreak", "hardbreak"}
KEY = re.compile(r"[a-z][a-z0-9-]*")


def parse(value: str, at: Place, *, folded: bool = False) -> tuple[tree.Prose, tuple[Problem, ...]]:
    """Read one authored field. Any string can be read; whether a cited id exists is not asked here.

    `folded` says that YAML has joined its lines, so that each line end which is left was a blank line.
    """
    source = value.replace("\r\n", " \n").replace("\r", "\n")
    if len(value) > MAX_LENGTH:
        return _too_long(value, source, at)
    tokens, findings = blocks(source, folded)
    nodes = _blocks(iter(tokens), Reader(source, findings))
    findings.sort(key=lambda finding: finding.span.start)
    problems = (Problem(finding.code, finding.message, at.part(finding.span), finding.hint) for finding in findings)
    return tree.Prose(nodes, value, at, sound=not findings), tuple(problems)


def _too_long(value: str, source: str, at: Place) -> tuple[tree.Prose, tuple[Problem, ...]]:
    """Return all of it as one literal paragraph."""
    span = Span(0, len(value))
    message = f"this text has {len(value):,} characters, but prose may have at most {MAX_LENGTH:,}"
    problem = Problem("wrong-value", message, at, "divide it, or make it a source of its own")
    words = " ".join(line for part in source.split("\n") if (line := part.strip(" \t")))
    return tree.Prose((tree.ProseParagraph((tree.Text(words, span),), span),), value, at, sound=False), (problem,)


class Reader(Struct, frozen=True):
    """What is needed while a value is read."""

    source: str
    """The value with line ends of one kind; as long as the value."""
    findings: list[Finding]
    """In code points of the value; grows as paragraphs are read."""
    tags: set[str] = field(default_factory=set)


class Lines(Struct, frozen=True):
    """The words of a paragraph, and where each of its lines is in the value."""

    content: str
    """The lines without indentation, list markers and trailing spaces, joined by line feeds."""
    starts: tuple[int, ...]
    """Where each line begins in the content."""
    spans: tuple[Span, ...]
    """Where each line is in the value."""

    def span(self, inner: Span) -> Span:
        """Return the place in the value of some of the content; a line break takes the indentation after it along."""
        end = self._offset(inner.end - 1) + 1
        if self.content[inner.end - 1] == "\n":
            end = self._offset(inner.end)
        return Span(self._offset(inner.start), end)

    def _offset(self, position: int) -> int:
        line = bisect_right(self.starts, position) - 1
        return self.spans[line].start + position - self.starts[line]


def _lines_of(token: Token, source: str) -> Lines:
    spans: tuple[Span, ...] = tuple(token.meta["lines"])
    lines = [span.of(source) for span in spans]
    starts = accumulate((len(line) + 1 for line in lines[:-1]), initial=0)
    return Lines("\n".join(lines), tuple(starts), spans)


# --- blocks -----------------------------------------------------------------------------------------------------


def _blocks(tokens: Iterator[Token], reader: Reader) -> tuple[tree.Block, ...]:
    """Blocks up to the end of the list item that they are in."""
    found: list[tree.Block] = []
    for token in tokens:
        if token.type == "list_item_close":
            break
        found.append(_list(token, tokens, reader) if token.nesting else _paragraph(token, reader))
    return tuple(found)


def _list(opening: Token, tokens: Iterator[Token], reader: Reader) -> tree.List:
    items: list[tuple[tree.Block, ...]] = []
    numbers: list[int] = []
    for token in tokens:
        if token.type != "list_item_open":
            break
        numbers.append(int(token.info or 0))
        items.append(_blocks(tokens, reader))
    span: Span = opening.meta["span"]
    if any(numbers) and set(numbers) != {1} and numbers != list(range(1, len(numbers) + 1)):
        message = f"a numbered list counts {', '.join(map(str, numbers[:8]))}{', …' if len(numbers) > 8 else ''}"
        hint = "number it 1, 2, 3 …, which is what the page shows"
        reader.findings.append(Finding("unsupported-markup", span, message, hint))
    return tree.List(opening.type == "ordered_list_open", tuple(items), span)


def _paragraph(token: Token, reader: Reader) -> tree.ProseParagraph:
    lines = _lines_of(token, reader.source)
    span = Span(lines.spans[0].start, lines.spans[-1].end)
    if token.type == "literal":
        return tree.ProseParagraph((tree.Text(lines.content.replace("\n", " "), span),), span)
    tokens, findings = inlines(lines.content, reader.tags)
    children = _inlines(tokens, lines, findings)
    reader.findings.extend(replace(finding, span=lines.span(finding.span)) for finding in findings)
    return tree.ProseParagraph(children, span)


# --- inlines ----------------------------------------------------------------------------------------------------


class Frame(Struct):
    """A node that has been opened and not yet closed."""

    kind: str
    href: str
    start: int
    children: list[tree.Inline]


def _inlines(tokens: list[Token], lines: Lines, findings: list[Finding]) -> tuple[tree.Inline, ...]:
    """Nodes from tokens in which openings and closings are balanced."""
    stack = [Frame("", "", 0, [])]
    for words, group in groupby(tokens, lambda token: token.type in WORDS):
        if words:
            stack[-1].children.extend(_text_nodes(group, lines))
            continue
        for token in group:
            if token.nesting > 0:
                stack.append(_open_frame(token, stack, lines, findings))
            elif token.nesting < 0:
                frame = stack.pop()
                stack[-1].children.extend(_close_frame(frame, token, lines, frame.children is stack[-1].children))
            else:
                stack[-1].children.append(_leaf_node(token, lines))
    return tuple(stack[0].children)


def _text_nodes(tokens: Iterable[Token], lines: Lines) -> Iterator[tree.Text]:
    """Yield one node of adjacent words; half of a ** has become empty."""
    kept = [token for token in tokens if token.content or token.type.endswith("break")]
    if kept:
        span = Span(kept[0].meta["span"].start, kept[-1].meta["span"].end)
        yield tree.Text("".join(token.content or " " for token in kept), lines.span(span))


def _leaf_node(token: Token, lines: Lines) -> tree.Inline:
    inner: Span = token.meta["span"]
    span = lines.span(inner)
    if token.type == "raw":
        return tree.Text(token.content.replace("\n", " "), span)
    if token.type == "code_inline":
        return tree.Code(token.content, span)
    found = ((match[0], Span(*match.span())) for match in KEY.finditer(token.content))
    keys = tuple(
        tree.CitedId(name, lines.span(Span(inner.start + at.start, inner.start + at.end))) for name, at in found
    )
    return tree.Citation(keys, span) if token.type == "citation" else tree.Count(keys[0], span)


def _open_frame(token: Token, stack: list[Frame], lines: Lines, findings: list[Finding]) -> Frame:
    """Return a frame; one that is too deep shares its parent's children, and its markers stay as words."""
    end = token.meta["span"].end
    inner = Span(end - max(len(token.markup), 1), end)
    span = lines.span(inner)
    if len(stack) <= MAX_EMPHASIS:
        return Frame(token.type, token.meta.get("href", ""), span.start, [])
    children = stack[-1].children
    children.append(tree.Text(token.markup, span))
    if len(stack) == MAX_EMPHASIS + 1:
        message = f"emphasis is nested more than {MAX_EMPHASIS} deep"
        findings.append(Finding("unsupported-markup", inner, message, r"for the character itself write \*"))
    return Frame(token.type, "", span.start, children)


def _close_frame(frame: Frame, token: Token, lines: Lines, too_deep: bool) -> Iterator[tree.Inline]:
    start = token.meta["span"].start
    end = token.meta["span"].end if frame.kind == "link_open" else start + len(token.markup)
    closing = lines.span(Span(start, end))
    span = Span(frame.start, closing.end)
    if too_deep:
        yield tree.Text(token.markup, closing)
    elif frame.kind == "link_open":
        yield tree.Link(tuple(frame.children), frame.href, span)
    else:
        kind = tree.Strong if frame.kind == "strong_open" else tree.Emphasis
        yield kind(tuple(frame.children), span)
