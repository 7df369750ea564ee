"""Writes the prose of authors as Markdown that holds nothing but what its tree holds, with the signs of their readings.

Authors' Markdown is never pasted into a page: one note could redefine the links of the next, or forge a quotation.

A sentence is the author's reading where a number of it, or all that it cites, is in a work of which no words are
recorded, so that nobody else can compare them, or is a date that the author completed (`resolved`). The sign is a
character of the text, so that it is there in print, in an export and without styles, and it has a name for those who
hear the page. It is no stop of the keyboard, or a page would have dozens: the words after the last marked sentence of
a paragraph are a link, and say what the sign means. Plain text, as in feeds, has the words at each sentence.

A sentence that cites nothing and relies on the citation at the end of its paragraph has an arrow towards that: a reader
sees which sentences a citation covers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Protocol

from briefing.check.grounds import has_readings
from briefing.check.rules.cited_numbers import JudgedSentence, judged_in
from briefing.check.sentences import authored, split
from briefing.model import Briefing
from briefing.model.places import Place
from briefing.model.prose import (
    Block,
    Citation,
    Code,
    Count,
    Emphasis,
    Inline,
    Link,
    Prose,
    ProseParagraph,
    Strong,
    Text,
    cut,
    end_within,
    plain_pieces,
)
from briefing.render.escape import Markup, in_html, in_markdown, link
from briefing.render.index import Index
from briefing.render.messages import Messages

Marked = Mapping[int, Markup]
"""By the end of each marked sentence in a field's value: what is shown there."""
SentenceSigns = Mapping[Place, Marked]
"""The same by the place of the field."""
SIGN = "◦"


def sign(say: Messages) -> Markup:
    """Return the sign at a sentence."""
    return Markup('<span class="bf-sign" role="img" aria-label="{}" title="{}">{}</span>').format(
        in_html(say("reading.label")), in_html(say("reading.sign")), SIGN
    )


def label(say: Messages, folder: str = "") -> Markup:
    """Return the sign and its meaning in words, as a link to more; `folder` leads to the briefing's, with a slash."""
    words = link(in_markdown(say("reading.label")), f"{folder}method.md#_grounds", say("reading.means", sign=SIGN))
    return sign(say) + Markup('\u00a0<span class="bf-cite bf-reading">{}</span>').format(words)


def onward(say: Messages) -> str:
    """Return the sign at a sentence that relies on the citation at the end of its paragraph: an arrow towards it."""
    return "←" if say.direction == "rtl" else "→"


def sentence_signs(briefing: Briefing, index: Index, say: Messages) -> SentenceSigns:
    """Return what is shown at the sentences of all prose: which rely on the citation that closes their paragraph, and
    which are the author's reading."""
    found: dict[Place, Marked] = {}
    for field in authored(briefing):
        marked = {} if field.theme else dict(_covered(briefing, field.prose, index, say))
        for end, written in signs(briefing, field.prose, say).items():
            marked[end] = marked.get(end, Markup()) + written
        if marked:
            found[field.prose.at] = marked
    return found


def _covered(briefing: Briefing, prose: Prose, index: Index, say: Messages) -> Iterator[tuple[int, Markup]]:
    for sentence in split(briefing, prose):
        cited = [f"[{index[id].label}]" for id in sentence.cited if id in index]
        if sentence.by_closing and cited:
            words = [in_html(say(f"covered.{name}", cited=say.list(cited))) for name in ("label", "sign")]
            yield sentence.end, _ONWARD.format(*words, Markup(onward(say)))


_ONWARD = Markup('<span class="bf-sign bf-onward" role="img" aria-label="{}" title="{}">{}</span>')


def signs(briefing: Briefing, prose: Prose, say: Messages, folder: str = "") -> Marked:
    """Return the same for one field."""
    shown: dict[int, Markup] = {}
    for group in _by_author(briefing, prose):
        shown |= {judgement.sentence.end: sign(say) for judgement in group}
        shown[group[-1].sentence.end] = label(say, folder)
    return shown


def in_words(briefing: Briefing, prose: Prose, say: Messages, count: Callable[[str], str]) -> str:
    """Return a field as plain text without its citations, in which words say what is the author's reading."""
    ends = {judgement.sentence.end for group in _by_author(briefing, prose) for judgement in group}
    words = say("reading.plain", label=say("reading.label"))
    return f" {words}".join(text for text, _ in plain_pieces(prose, count, ends))


def in_line(briefing: Briefing, prose: Prose | None, say: Messages, count: Callable[[str], str], folder: str) -> Markup:
    """Return a field as one line of Markdown without its citations, with the signs.

    `folder` leads to the briefing's pages.
    """
    if prose is None:
        return Markup()
    marked = signs(briefing, prose, say, folder)
    pieces = plain_pieces(prose, count, marked)
    return Markup("").join(in_markdown(text) + marked.get(end, Markup()) for text, end in pieces)


def _by_author(briefing: Briefing, prose: Prose) -> Iterator[list[JudgedSentence]]:
    """Yield the sentences that are the author's reading by paragraph; fields that cannot have any cost nothing."""
    if not has_readings(briefing):
        return
    for _, sentences in groupby(judged_in(briefing, prose), lambda judgement: id(judgement.sentence.laid)):
        if found := [judgement for judgement in sentences if judgement.by_author]:
            yield found


# --- prose as Markdown ------------------------------------------------------------------------------------------

_THIN = "\u202f"
"""Between words and what they cite: a space, so that copied text keeps them apart, at which no line breaks."""


class Emit(Protocol):
    """Writes a prose as Markdown blocks; with `verdicts`, a claim that it cites (first) has its verdict beside it."""

    def __call__(self, prose: Prose | None, verdicts: bool = False) -> Markup: ...  # noqa: D102 - it is the class


def emitter(index: Index, count: Callable[[str], str], signs: SentenceSigns) -> Emit:
    """Return a function from prose to Markdown blocks, for any page of the briefing's folder.

    `signs` has what is shown at the ends of sentences.
    """

    def emit(prose: Prose | None, verdicts: bool = False) -> Markup:
        if prose is None:
            return Markup()
        return _Writer(index, count, prose.text, signs.get(prose.at, {}), verdicts).blocks(prose.blocks, "")

    return emit


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes one prose."""

    index: Index
    count: Callable[[str], str]
    value: str
    """The prose as its author wrote it."""
    signs: Marked
    verdicts: bool

    def blocks(self, nodes: Iterable[Block], indent: str) -> Markup:
        return Markup("\n\n").join(self.block(node, indent) for node in nodes)

    def block(self, node: Block, indent: str) -> Markup:
        if isinstance(node, ProseParagraph):
            return Markup(indent) + self.inline(node.children)
        mark = "1.  " if node.ordered else "-   "
        written = (self.blocks(item, indent + "    ") for item in node.items)
        return Markup("\n").join(Markup(indent + mark + text[len(indent) + 4 :]) for text in written)

    def inline(self, nodes: Sequence[Inline]) -> Markup:
        return Markup("").join(self.one(node, after) for node, after in zip(nodes, (*nodes[1:], None), strict=False))

    def one(self, node: Inline, following: Inline | None) -> Markup:
        if isinstance(node, Text):
            return _write_text(node, self.value, self.signs, cited=isinstance(following, Citation))
        if isinstance(node, Emphasis):
            return Markup(f"<em>{self.inline(node.children)}</em>")
        if isinstance(node, Strong):
            return Markup(f"<strong>{self.inline(node.children)}</strong>")
        # a sign is never within a link, which would be named after it
        return self.whole(node) + Markup("").join(self.signs[end] for end in end_within(node, self.signs))

    def whole(self, node: Code | Link | Citation | Count) -> Markup:
        if isinstance(node, Code):
            return Markup(f"<code>{in_markdown(node.text)}</code>")
        if isinstance(node, Link):
            return link(replace(self, signs={}).inline(node.children), node.href)
        if isinstance(node, Citation):
            return _link_citation(node, self.index, self.verdicts)
        return in_markdown(self.count(node.key.id))


def _write_text(node: Text, value: str, signs: Marked, *, cited: bool) -> Markup:
    """Return the words of a prose, with the signs at their ends; `cited` where a citation follows them."""
    pieces = list(cut(node, value, signs))
    last, end = pieces[-1]
    if cited and last.endswith(" "):
        pieces[-1] = (last[:-1] + _THIN, end)
    return Markup("").join(in_markdown(text) + signs.get(end, Markup()) for text, end in pieces)


def _link_citation(node: Citation, index: Index, verdicts: bool) -> Markup:
    """Return the links to what is cited; after them, with `verdicts`, the verdict on what is cited first."""
    cited = [index[key.id] for key in node.keys if key.id in index]
    links = (link(in_markdown(entry.label), entry.href, entry.name) for entry in cited)
    verdict = cited[0].verdict if verdicts and cited else Markup()
    return Markup(f'<span class="bf-cite">{", ".join(links)}</span>{_THIN if verdict else ""}{verdict}')
