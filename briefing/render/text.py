"""What the annotated text shows: the source's paragraphs with marks, and the notes below each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.model import Annotation, Briefing, Paragraph
from briefing.render.cards import Card, RenderContext, note_title
from briefing.render.escape import Markup, in_html
from briefing.render.excerpts import excerpts, restricted, with_gaps
from briefing.render.index import in_text_order, kind_of
from briefing.render.marks import Highlight, marked, touching
from briefing.render.messages import Messages, messages
from briefing.render.spoken_passages import Shown, Spoken, passages, said, spoken


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph of the source as it is shown."""

    number: int
    html: Markup
    """On one line; without its note numbers its text equals the source."""
    notes: tuple[Card, ...]
    """Of the annotations that end in this paragraph."""
    speaker: str
    """The id of the one person whom its quotations are by; empty where there is none, or several."""
    spoken: Spoken
    """Where it stands in quotation marks, and who says what."""


@dataclass(frozen=True, slots=True)
class KindView:
    """A kind of annotation that the text has, for the bar that switches it on and off."""

    kind: str
    count: str
    """Words: "12 quotations"."""


_COUNTED = {"quotation": "quotations", "reported": "reported", "figure": "figures", "context": "context"}
"""The message that counts each kind, in the order of the bar."""


def kinds(desk: RenderContext, shown: Sequence[ParagraphView]) -> list[KindView]:
    """The kinds of the annotations in the text, with how many there are of each."""
    found = [card.kind for paragraph in shown for card in paragraph.notes]
    counted = {kind: (name, found.count(kind)) for kind, name in _COUNTED.items()}
    return [KindView(kind, desk.say(f"count.{name}", n=n)) for kind, (name, n) in counted.items() if n]


def owner(briefing: Briefing) -> str:
    """Whose text it is: who wrote and who published it; empty where neither is known."""
    return ", ".join(filter(None, (briefing.source.author, briefing.source.publisher)))


def direction(desk: RenderContext) -> str:
    """Which way the source is read, `ltr` or `rtl`, whatever the language of the briefing."""
    return messages(desk.briefing.source.language).direction


def paragraphs(desk: RenderContext, cards: Sequence[Card]) -> Iterator[ParagraphView]:
    """The paragraphs that may be shown, in order."""
    briefing = desk.briefing
    annotations = [a for a in in_text_order(briefing) if not briefing.anchors[a.id].comment]
    highlights = [_highlight(desk, annotation) for annotation in annotations]
    by_id = {str(card.id): card for card in cards}
    among, known = passages(briefing), said(briefing)
    for paragraph in briefing.source.paragraphs:
        here = touching(paragraph.span, highlights)
        shown = _shown(briefing, paragraph, here)
        notes = tuple(by_id[h.id] for h in here if h.spans[-1].end <= paragraph.span.end)
        if shown.pieces:
            html, words = _html(shown, here), spoken(briefing, shown, among, known)
            yield ParagraphView(paragraph.number, html, notes, _speaker(briefing, here), words)


def sayers(briefing: Briefing, say: Messages) -> list[tuple[Markup, str]]:
    """Everybody who says something in the source, by id: name and role, as copied words name them."""
    found = dict.fromkeys(id for _, id in said(briefing) if id in briefing.people)
    who = ((briefing.people[id].name, briefing.roles.get(id, "")) for id in found)
    return [(Markup(id), say("list.comma").join(filter(None, one))) for id, one in zip(found, who, strict=True)]


def _speaker(briefing: Briefing, here: Sequence[Highlight]) -> str:
    ids = {highlight.id for highlight in here}
    speakers = {quotation.speaker for quotation in briefing.quotations if quotation.id in ids}
    return speakers.pop() if len(speakers) == 1 else ""


def _highlight(desk: RenderContext, annotation: Annotation) -> Highlight:
    """The last mark is followed by the annotation's one focusable element: a numbered link to its note."""
    number = desk.index[annotation.id].number
    note = _NUMBER.format(
        id=Markup(annotation.id),
        kind=Markup(kind_of(annotation)),
        name=in_html(note_title(desk, annotation.id)),
        number=number,
    )
    return Highlight(
        annotation.id, kind_of(annotation), desk.briefing.anchors[annotation.id].spans, note, annotation.was
    )


_NUMBER = Markup(
    '<sup class="bf-ref" data-kind="{kind}" data-search-exclude>'
    '<a href="#_{id}" role="doc-noteref" aria-label="{name}">{number}</a></sup>'
)


def _shown(briefing: Briefing, paragraph: Paragraph, highlights: Sequence[Highlight]) -> Shown:
    """What may be shown of a paragraph: all of it, or the passages that are referred to."""
    text, whole = briefing.source.text, paragraph.span
    if briefing.source.publish == "preview" or not restricted(briefing):
        return Shown(text, whole, (whole,))
    return Shown(text, whole, tuple(excerpts(text, whole, [span for h in highlights for span in h.spans])))


def _html(shown: Shown, highlights: Sequence[Highlight]) -> Markup:
    return with_gaps(shown.within, shown.pieces, [marked(shown.text, piece, highlights) for piece in shown.pieces])
