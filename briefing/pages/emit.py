"""Writes a prose tree as Markdown that holds nothing but what the tree holds.

Authors' Markdown is never pasted into a page: one note could redefine the links of the next, or forge a quotation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from briefing.pages.escape import Markup, in_markdown, link
from briefing.pages.index import Index
from briefing.places import Place, Span
from briefing.prose.tree import Block, Citation, Code, Emphasis, Inline, Link, List, Paragraph, Prose, Strong, Text

_THIN = "\u202f"
"""Between words and what they cite: a space, so that copied text keeps them apart, at which no line breaks."""

Readings = Mapping[Place, frozenset[Span]]
"""By the place of a field: the citations after which the author's reading is labelled."""
Emit = Callable[[Prose | None], Markup]


def emitter(index: Index, count: Callable[[str], str], readings: Readings, label: Markup) -> Emit:
    """A function from prose to Markdown blocks, for any page of the briefing's folder."""
    labelled: frozenset[Span] = frozenset()

    def blocks(nodes: Iterable[Block], indent: str) -> Markup:
        return Markup("\n\n").join(block(node, indent) for node in nodes)

    def block(node: Block, indent: str) -> Markup:
        if isinstance(node, Paragraph):
            return Markup(indent) + inline(node.children)
        return items(node, indent)

    def items(node: List, indent: str) -> Markup:
        mark = "1.  " if node.ordered else "-   "
        written = (blocks(item, indent + "    ") for item in node.items)
        return Markup("\n").join(Markup(indent + mark + text[len(indent) + 4 :]) for text in written)

    def inline(nodes: Sequence[Inline]) -> Markup:
        return Markup("").join(map(one, nodes, (*nodes[1:], None)))

    def one(node: Inline, following: Inline | None) -> Markup:
        if isinstance(node, Text):
            cited = isinstance(following, Citation) and node.text.endswith(" ")
            return in_markdown(node.text[:-1] + _THIN if cited else node.text)
        if isinstance(node, Code):
            return Markup(f"<code>{in_markdown(node.text)}</code>")
        if isinstance(node, Emphasis):
            return Markup(f"<em>{inline(node.children)}</em>")
        if isinstance(node, Strong):
            return Markup(f"<strong>{inline(node.children)}</strong>")
        if isinstance(node, Link):
            return link(inline(node.children), node.href)
        return citation(node) if isinstance(node, Citation) else in_markdown(count(node.key.id))

    def citation(node: Citation) -> Markup:
        cited = [index[key.id] for key in node.keys if key.id in index]
        links = (link(in_markdown(entry.label), entry.href, entry.name) for entry in cited)
        return Markup(f'<span class="bf-cite">{", ".join(links)}</span>') + (label if node.span in labelled else "")

    def emit(prose: Prose | None) -> Markup:
        nonlocal labelled
        labelled = readings.get(prose.at, frozenset()) if prose else frozenset()
        return blocks(prose.blocks, "") if prose else Markup()

    return emit
