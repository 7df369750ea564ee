"""An authored text as sentences, each with what it cites.

The words of a paragraph are laid out without its citations, so that sentences are found as in any text; a citation
belongs to the sentence that it is in or closes, also after the full stop. What is in one pair of quotation
marks is one sentence. The citation that closes a paragraph counts for those of its sentences that cite nothing.

Authored: lists every authored text of a briefing, with the evidence that it has without citing any.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from operator import itemgetter

from msgspec import Struct

from briefing.check.grounds import Ground, grounds
from briefing.model import Briefing, ContextNote, Derived, Figure, Quotation, Theme
from briefing.model.places import Span
from briefing.model.prose import Citation, Code, Count, Inline, Prose, ProseParagraph, Text, letters, paragraphs
from briefing.text import Language, language, quoted, sentences

# --- authored --------------------------------------------------------------------------------------------------------


class Authored(Struct, frozen=True):
    """One field of prose."""

    prose: Prose
    own: Ground | None = None
    """The target and value of the annotation that it is about; None where there is none."""
    theme: Theme | None = None
    """The theme that it sums up; None where it sums up none."""
    draft: bool = False
    """Whether it is part of what is a draft itself."""


def authored(briefing: Briefing) -> Iterator[Authored]:
    """Return summary, key points, notes, assessments with responses and summaries of themes, in the files' order.

    Without those that could not be read in full: their own problems come first.
    """
    return (field for field in _authored(briefing) if field.prose.sound)


def _authored(briefing: Briefing) -> Iterator[Authored]:
    for prose in (briefing.summary, *briefing.key_points):
        if prose:
            yield Authored(prose)
    known = grounds(briefing)
    for item in (*briefing.annotations, *briefing.derived):
        draft = item.status == "draft"
        yield from (Authored(prose, known[item.id], draft=draft) for prose in _notes(item) if prose)
    comments = {comment.id for comment in briefing.comments}
    for theme in briefing.themes:
        if theme.summary and all(member.comment in comments for member in theme.members):
            yield Authored(theme.summary, theme=theme, draft=theme.status == "draft")


def _notes(item: Quotation | Figure | ContextNote | Derived) -> tuple[Prose | None, ...]:
    if isinstance(item, Quotation | Figure) and item.assessment:
        return item.note, item.assessment.note, item.assessment.response
    return (item.note,)


# --- sentences -------------------------------------------------------------------------------------------------------


HIDDEN = "\ufffc"
"""Stands for code and computed counts: no number of the author's is read there."""


class Laid(Struct, frozen=True, eq=False):
    """A paragraph's words without its citations; the same only as itself, since many sentences are asked for by it."""

    text: str
    offsets: array[int]
    """For each code point where it is in the field's value; one more for the end."""
    citations: tuple[tuple[int, Citation], ...]
    """Each with the place in `text` at which it stands."""
    counts: tuple[tuple[int, Count], ...]

    def span(self, inner: Span) -> Span:
        """Return the place in the value of some of the words."""
        return Span(self.offsets[inner.start], self.offsets[inner.end - 1] + 1)


class Sentence(Struct, frozen=True):
    """A sentence with the citations that are its own, and the one that closes its paragraph."""

    laid: Laid
    span: Span
    """In the laid words."""
    citations: tuple[tuple[int, Citation], ...]
    closing: Citation | None

    @property
    def own(self) -> tuple[str, ...]:
        """The ids that it cites itself, each once, in order."""
        return tuple(dict.fromkeys(key.id for _, citation in self.citations for key in citation.keys))

    @property
    def cited(self) -> tuple[str, ...]:
        """The ids that it rests on: its own, or where it cites nothing those of the citation that closes its paragraph.

        Nothing else in the paragraph counts: an author who cites in a sentence has said what that sentence rests on.
        """
        if self.own or not self.closing:
            return self.own
        return tuple(dict.fromkeys(key.id for key in self.closing.keys))

    @property
    def by_closing(self) -> bool:
        """Whether it cites nothing itself and rests on the citation that closes its paragraph."""
        return not self.own and self.closing is not None

    @property
    def words(self) -> str:
        """Its words on one line, without its citations: what names it in an allowance."""
        words = " ".join(self.span.of(self.laid.text).replace(HIDDEN, " ").split())
        return re.sub(r" (?=[.,;:!?…])", "", words)

    @property
    def end(self) -> int:
        """Where it ends in the field's value, with its full stop and a citation after that."""
        words = self.laid.span(self.span).end
        return max((words, *(citation.span.end for at, citation in self.citations if at >= self.span.end)))


def split(briefing: Briefing, prose: Prose) -> tuple[Sentence, ...]:
    """Return every sentence of a field, in reading order; rules ask for the same fields one after the other."""
    kept = briefing.derive(_sentences_by_field)
    if prose not in kept:
        rules = language(briefing.language)
        laid = (lay(prose, paragraph) for paragraph in paragraphs(prose))
        kept[prose] = tuple(sentence for each in laid for sentence in of_laid(each, rules))
    return kept[prose]


def _sentences_by_field(briefing: Briefing) -> dict[Prose, tuple[Sentence, ...]]:
    return {}


def of_laid(laid: Laid, language: Language) -> Iterator[Sentence]:
    """Yield the sentences of one paragraph."""
    spans = list(_spans(laid.text, language))
    at = laid.citations[-1][0] if laid.citations else -1
    closing = laid.citations[-1][1] if at >= 0 and not laid.text[at:].strip(' .,;:!?…)”"“»«') else None
    for number, span in enumerate(spans):
        first = number == 0
        following = spans[number + 1].start if number + 1 < len(spans) else len(laid.text) + 1
        # a citation at the very beginning of a sentence was written after the full stop of the one before
        own = tuple((at, c) for at, c in laid.citations if (first or at > span.start) and at <= following)
        yield Sentence(laid, span, own, closing)


def _spans(text: str, language: Language) -> Iterator[Span]:
    """Yield the spans of sentences, those within one pair of quotation marks together."""
    marks = [passage.outer for passage in quoted(text, language)]
    start, at = None, 0
    for sentence in sentences(text, language):
        start = sentence.start if start is None else start
        while at < len(marks) and marks[at].end <= sentence.end:
            at += 1
        if not (at < len(marks) and marks[at].start < sentence.end):
            yield Span(start, sentence.end)
            start = None
    if start is not None:
        yield Span(start, len(text))


def lay(prose: Prose, paragraph: ProseParagraph) -> Laid:
    """Return a paragraph's words without its citations, and where each of them is in the field's value."""
    text: list[str] = []
    offsets = array("I")
    citations: list[tuple[int, Citation]] = []
    counts: list[tuple[int, Count]] = []

    def walk(nodes: tuple[Inline, ...]) -> None:
        for node in nodes:
            if isinstance(node, Text):
                cited = bool(citations) and citations[-1][0] == len(offsets)
                if cited and node.text.startswith((".", ",", ";", ":", "!", "?")) and text and text[-1][-1:] == " ":
                    text[-1] = text[-1][:-1]
                    offsets.pop()
                    citations[-1] = (len(offsets), citations[-1][1])
                text.append(node.text)
                offsets.extend(map(itemgetter(1), letters(node, prose.text)))
            elif isinstance(node, Citation):
                citations.append((len(offsets), node))
            elif isinstance(node, Code | Count):
                if isinstance(node, Count):
                    counts.append((len(offsets), node))
                text.append(HIDDEN)
                offsets.append(node.span.start)
            else:
                walk(node.children)

    walk(paragraph.children)
    offsets.append(paragraph.span.end)
    return Laid("".join(text), offsets, tuple(citations), tuple(counts))
