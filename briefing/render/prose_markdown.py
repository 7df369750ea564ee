"""Writes a prose tree as Markdown that holds nothing but what the tree holds.

Authors' Markdown is never pasted into a page: one note could redefine the links of the next, or forge a quotation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from briefing.model.prose import (
    Block,
    Citation,
    Code,
    Count,
    Emphasis,
    Inline,
    Link,
    List,
    Prose,
    ProseParagraph,
    Strong,
    Text,
    cut,
    end_within,
)
from briefing.render.escape import Markup, in_markdown, link
from briefing.render.index import Index
from briefing.render.readings import Marked, Readings

_THIN = "\u202f"
"""Between words and what they cite: a space, so that copied text keeps them apart, at which no line breaks."""

Emit = Callable[[Prose | None], Markup]


def emitter(index: Index, count: Callable[[str], str], readings: Readings) -> Emit:
    """A function from prose to Markdown blocks, for any page of the briefing's folder.

    `readings` has what is shown at the ends of sentences that are the author's reading.
    """
    value = ""

    def blocks(nodes: Iterable[Block], indent: str, signs: Marked) -> Markup:
        return Markup("\n\n").join(block(node, indent, signs) for node in nodes)

    def block(node: Block, indent: str, signs: Marked) -> Markup:
        if isinstance(node, ProseParagraph):
            return Markup(indent) + inline(node.children, signs)
        return items(node, indent, signs)

    def items(node: List, indent: str, signs: Marked) -> Markup:
        mark = "1.  " if node.ordered else "-   "
        written = (blocks(item, indent + "    ", signs) for item in node.items)
        return Markup("\n").join(Markup(indent + mark + text[len(indent) + 4 :]) for text in written)

    def inline(nodes: Sequence[Inline], signs: Marked) -> Markup:
        return Markup("").join(one(node, after, signs) for node, after in zip(nodes, (*nodes[1:], None), strict=False))

    def one(node: Inline, following: Inline | None, signs: Marked) -> Markup:
        if isinstance(node, Text):
            return _write_text(node, value, signs, cited=isinstance(following, Citation))
        if isinstance(node, Emphasis):
            return Markup(f"<em>{inline(node.children, signs)}</em>")
        if isinstance(node, Strong):
            return Markup(f"<strong>{inline(node.children, signs)}</strong>")
        # a sign is never within a link, which would be named after it
        return whole(node) + Markup("").join(signs[end] for end in end_within(node, signs))

    def whole(node: Code | Link | Citation | Count) -> Markup:
        if isinstance(node, Code):
            return Markup(f"<code>{in_markdown(node.text)}</code>")
        if isinstance(node, Link):
            return link(inline(node.children, {}), node.href)
        return _link_citation(node, index) if isinstance(node, Citation) else in_markdown(count(node.key.id))

    def emit(prose: Prose | None) -> Markup:
        nonlocal value
        value = prose.text if prose else ""
        return blocks(prose.blocks, "", readings.get(prose.at, {})) if prose else Markup()

    return emit


def _write_text(node: Text, value: str, signs: Marked, *, cited: bool) -> Markup:
    """The words of a prose with this text, with the signs at their ends; `cited` where a citation follows them."""
    pieces = list(cut(node, value, signs))
    last, end = pieces[-1]
    if cited and last.endswith(" "):
        pieces[-1] = (last[:-1] + _THIN, end)
    return Markup("").join(in_markdown(text) + signs.get(end, Markup()) for text, end in pieces)


def _link_citation(node: Citation, index: Index) -> Markup:
    cited = [index[key.id] for key in node.keys if key.id in index]
    links = (link(in_markdown(entry.label), entry.href, entry.name) for entry in cited)
    return Markup(f'<span class="bf-cite">{", ".join(links)}</span>')
