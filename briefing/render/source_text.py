"""The annotated text: the source's paragraphs with marks, the notes below each, and whose words a reader copies.

Places in `Spoken` count in UTF-16 units of a paragraph as it is shown, without its note numbers, as scripts count. They
are written as words separated by spaces, each “from-to” with what is known of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from briefing.attribution.credit import called, named
from briefing.attribution.subjects import words_of
from briefing.model import Annotation, Briefing, Figure, Quotation
from briefing.model.places import Span
from briefing.render.cards import Card
from briefing.render.context import RenderContext
from briefing.render.crediting import crediting_spans
from briefing.render.escape import Markup, in_one_line
from briefing.render.excerpts import GAP, Highlight, marked, restricted, with_gaps
from briefing.render.index import in_text_order, kind_of
from briefing.render.messages import Messages, messages
from briefing.render.places import paragraph_place
from briefing.render.statements import is_reported
from briefing.render.text_pages import TextPart, by_line, shown_spans, text_parts
from briefing.render.verdicts import verdict_badge
from briefing.text import language, nested, quoted

SIGN = "[…]"
"""What stands for words that are not shown."""


@dataclass(frozen=True, slots=True)
class ShownPieces:
    """The pieces of a paragraph that a page shows."""

    text: str
    within: Span
    pieces: tuple[Span, ...]

    def place(self, span: Span) -> str:
        """“from-to” for the shown words of a span; empty where none are shown."""
        touched = [piece for piece in self.pieces if piece.overlaps(span)]
        if not touched:
            return ""
        start, end = max(span.start, touched[0].start), min(span.end, touched[-1].end)
        return f"{self._offset(start)}-{self._offset(end)}"

    def shows(self, at: int) -> bool:
        """Whether the character at an offset is shown."""
        return any(piece.start <= at < piece.end for piece in self.pieces)

    def _offset(self, at: int) -> int:
        offset = len(SIGN) + 1 if self.pieces[0].start > self.within.start else 0
        for piece in self.pieces:
            if at <= piece.end:
                return offset + _units(Span(piece.start, at).of(self.text))
            offset += _units(piece.of(self.text)) + len(SIGN) + 2
        return offset


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a script needs to copy words of a paragraph as a quotation."""

    marks: str
    """Each pair of quotation marks by the words between them: `(12-80)`, without the mark that is not shown."""
    passages: str
    """The passages that somebody says, with a number that parts of one passage share: `12-80.3`."""
    said: str
    """Words of which it is known who says them, with the id of the person: `12-80.rutte`."""


Passages = Sequence[tuple[Span, int]]
Said = Sequence[tuple[Span, str]]


def passages(briefing: Briefing) -> Passages:
    """Return what somebody says in the source: turns, block quotations, and what is in marks outside of both."""
    turns = [turn.span for turn in briefing.source.turns]
    turns += [block for block in briefing.source.set_apart if not any(turn.holds(block) for turn in turns)]
    found = [(span, number) for number, span in enumerate(turns)]
    number = len(turns)
    for passage in quoted(briefing.source.text, language(briefing.source.language)):
        if not any(turn.holds(passage.outer) for turn in turns):
            found.append((passage.inner, number))
        number += not passage.continues
    return found


def said(briefing: Briefing) -> Said:
    """Return the words whose speaker is known, those of turns and quotations: what is reported is the source’s own."""
    found = [(turn.span, turn.speaker) for turn in briefing.source.turns]
    for quotation in briefing.quotations:
        anchor = briefing.anchors.get(quotation.id)
        if anchor and quotation.speaker and not anchor.comment and not is_reported(quotation):
            found += [(span, quotation.speaker) for span in anchor.spans]
    return found


def spoken(briefing: Briefing, shown: ShownPieces, among: Passages, known: Said) -> Spoken:
    """Return what a script needs of one paragraph; `among` and `known` are those with words in it."""
    return Spoken(
        marks=" ".join(_marks(briefing, shown)),
        passages=" ".join(_numbered(shown, among)),
        said=" ".join(_numbered(shown, known)),
    )


def _marks(briefing: Briefing, shown: ShownPieces) -> Iterator[str]:
    for pair in nested(briefing.source.text, language(briefing.source.language), shown.within):
        if place := shown.place(pair.inner):
            opening = "(" if shown.shows(pair.outer.start) else ""
            closing = ")" if not pair.continues and shown.shows(pair.inner.end) else ""
            yield f"{opening}{place}{closing}"


def _numbered(shown: ShownPieces, spans: Iterable[tuple[Span, int | str]]) -> Iterator[str]:
    for span, name in spans:
        if place := shown.place(span):
            yield f"{place}.{name}"


def _units(text: str) -> int:
    return len(in_one_line(text).encode("utf-16-le")) // 2


# --- paragraphs -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph of the source as it is shown."""

    number: int
    html: Markup
    """On one line; without its note numbers its text equals the source."""
    notes: tuple[Card, ...]
    """Of the annotations that end in this paragraph."""
    set_apart: bool
    """Whether the document sets it apart as a block quotation."""
    heading: int
    """Its level, from 2, where the document has it as a heading; else 0."""
    speaker: str
    """The id of the one person whom its quotations are by; empty where there is none, or several."""
    spoken: Spoken
    """Where it has quotation marks, and who says what."""
    place: Markup
    """Where it is in the original: the page that begins with it, or its moment in the recording; empty for neither."""
    who: str
    """Who speaks in it, in words of the page, where its excerpts do not name them; empty otherwise."""
    gap_before: bool = False
    """Whether paragraphs of the page are left out before it."""
    gap_after: bool = False
    """The same for paragraphs behind it, of the last that is shown of the page."""


@dataclass(frozen=True, slots=True)
class KindView:
    """A kind of annotation that the text has, for the bar that switches it on and off."""

    kind: str
    count: str
    """Words: "12 quotations"."""
    marked: bool
    """Whether it is marked until a reader chooses otherwise."""
    optional: bool
    """Whether a reader can choose: not where all of its kind have a verdict, since claims are always marked."""


_COUNTED = {"context": "context", "quotation": "quotations", "reported": "reported", "figure": "figures"}
"""The message that counts each kind, in the order of the bar."""


def kinds(context: RenderContext, shown: Sequence[ParagraphView], whole: Sequence[ParagraphView]) -> list[KindView]:
    """Return the kinds of the annotations on a page, with how many there are of each; `whole` is all of the text.

    At first a text is marked where there is something to learn that it does not say itself: at its context notes, and
    at claims with a verdict, whatever their kind. One that has neither is marked in full,
    so is every text in a preview, where a first note would seem to have taken the marks of all else away, and one in
    excerpts, of which readers ask which words are referred to and which are only around them.
    """
    found = [(card.kind, bool(card.verdict)) for paragraph in shown for card in paragraph.notes]
    kinds, claimed = Counter(kind for kind, _ in found), Counter(kind for kind, claim in found if claim)
    telling = any(card.kind == "context" or card.verdict for paragraph in whole for card in paragraph.notes)
    calm = telling and not context.preview and not restricted(context.briefing)
    views = []
    for kind, name in _COUNTED.items():
        if n := kinds[kind]:
            optional = claimed[kind] < n
            marked_at_first = not calm or kind == "context" or not optional
            views.append(KindView(kind, context.say(f"count.{name}", n=n), marked_at_first, optional))
    return views


def claims(shown: Sequence[ParagraphView], say: Messages) -> str:
    """Return how many annotations on a page have a verdict, in words; empty where none has. All are always marked."""
    found = sum(bool(card.verdict) for paragraph in shown for card in paragraph.notes)
    return say("text.claims", n=found) if found else ""


def drafts(shown: Sequence[ParagraphView], say: Messages) -> str:
    """Return how drafts are marked on a page, in words; empty where there is none, as on every published page."""
    return say("text.drafts") if any(card.status for paragraph in shown for card in paragraph.notes) else ""


def owner(briefing: Briefing) -> str:
    """Return whose text it is: who wrote and who published it; empty where neither is known."""
    return ", ".join(filter(None, (briefing.source.author, briefing.source.publisher)))


def direction(context: RenderContext) -> str:
    """Return which way the source is read, `ltr` or `rtl`, whatever the language of the briefing."""
    return messages(context.briefing.source.language).direction


def paragraphs(context: RenderContext, cards: Mapping[str, Card]) -> tuple[tuple[ParagraphView, ...], ...]:
    """Return the paragraphs that may be shown, in order, for each page of the text.

    Every page stands alone: an annotation that goes on over its end has a number and a note on both.
    """
    briefing = context.briefing
    annotations = [a for a in in_text_order(briefing) if not briefing.anchors[a.id].comment]
    highlights = [_highlight(context, annotation) for annotation in annotations]
    speakers = {quotation.id: quotation.speaker for quotation in briefing.quotations if quotation.speaker}
    pages: dict[int, list[ParagraphView]] = {part.number: [] for part in text_parts(briefing)}
    quoted, levels = frozenset(briefing.source.block_quotations), dict(briefing.source.headings)
    who = who_speaks(briefing, context.say)
    for read in read_paragraphs(briefing, highlights):
        notes = tuple(cards[h.id] for h in read.highlights if h.spans[-1].end <= read.end)
        by = {speakers[h.id] for h in read.highlights if h.id in speakers}
        place = paragraph_place(briefing.source, read.number, context.say)
        speaker = by.pop() if len(by) == 1 else ""
        pages[read.part.number].append(
            ParagraphView(
                read.number,
                read.html,
                notes,
                read.number in quoted,
                levels.get(read.number, 0),
                speaker,
                read.spoken,
                place,
                who.get(read.number, ""),
            )
        )
    return tuple(tuple(_with_gaps(briefing, part, pages[part.number])) for part in text_parts(briefing))


def who_speaks(briefing: Briefing, say: Messages) -> Mapping[int, str]:
    """Return who speaks in a paragraph, by its number, in words that are put above it: where neither its excerpts name
    them nor the words that credit them, such as “she said”. Nothing of a text that is shown in full.
    """
    if briefing.source.publish != "excerpts":
        return {}
    own = (each for each in in_text_order(briefing) if isinstance(each, Quotation | Figure) and each.speaker)
    said = [(briefing.anchors[each.id], each) for each in own]
    here = by_line(briefing.source.lines, ((at.spans, each) for at, each in said if not at.comment))
    unnamed = {at + 1: _unnamed(briefing, at, statements) for at, statements in here.items()}
    return {number: say("text.who", who=say.list(names)) for number, names in unnamed.items() if names}


def _unnamed(briefing: Briefing, at: int, statements: Iterable[Quotation | Figure]) -> list[str]:
    """Return the names of those who speak in a line and are not named there."""
    text, people = briefing.source.text, called(briefing, language(briefing.source.language).speakers)
    found: dict[str, None] = {}
    for statement in statements:
        id, credit = statement.speaker, crediting_spans(briefing).get(statement.id, ())
        words = words_of(" ".join(span.of(text) for span in (*shown_spans(briefing)[at], *credit)))
        if id in briefing.people and not (id in people and named(words, people[id])):
            found[briefing.people[id].name] = None
    return list(found)


def _with_gaps(briefing: Briefing, part: TextPart, page: Sequence[ParagraphView]) -> Iterator[ParagraphView]:
    """Yield the paragraphs of a page with where others are left out between them, and behind the last one."""
    numbers = [part.paragraphs.start, *(each.number for each in page), part.paragraphs.stop + 1]
    gaps = [after != before + 1 for before, after in pairwise(numbers)]
    for at, each in enumerate(page):
        html = _one_sign(each.html, gaps[at], gaps[at + 1])
        yield replace(each, html=html, gap_before=gaps[at], gap_after=gaps[-1] and at == len(page) - 1)


def _one_sign(html: Markup, above: bool, below: bool) -> Markup:
    """Return a paragraph whose own signs at its ends are not shown where one on a line of its own is beside them: there
    one says that words of it and whole paragraphs are left out. In its text they stay."""
    if above and html.startswith(GAP):
        html = _UNSHOWN + Markup(html.removeprefix(GAP))
    return Markup(html.removesuffix(GAP)) + _UNSHOWN if below and html.endswith(GAP) else html


_UNSHOWN = Markup(GAP.replace(" ", " hidden ", 1))


@dataclass(frozen=True, slots=True)
class ReadParagraph:
    """A paragraph of which something may be shown, with some annotations."""

    part: TextPart
    """The page that has it."""
    number: int
    end: int
    """In the source."""
    highlights: tuple[Highlight, ...]
    """Those that have words in it, with those of their words that are on its page."""
    html: Markup
    """On one line."""
    spoken: Spoken


def read_paragraphs(briefing: Briefing, highlights: Iterable[Highlight]) -> Iterator[ReadParagraph]:
    """Yield the paragraphs of the source that may be shown, in order, with the marks of some annotations."""
    lines, shown_of = briefing.source.lines, shown_spans(briefing)
    marks = by_line(lines, ((highlight.spans, highlight) for highlight in highlights))
    among = by_line(lines, (((one[0],), one) for one in passages(briefing)))
    known = by_line(lines, (((one[0],), one) for one in said(briefing)))
    for part in text_parts(briefing):
        for at in part.paragraphs:
            if shown_of[at]:
                shown = ShownPieces(briefing.source.text, lines[at], shown_of[at])
                here = tuple(_within(part, highlight) for highlight in marks.get(at, ()))
                words = spoken(briefing, shown, among.get(at, ()), known.get(at, ()))
                number = briefing.source.paragraphs[at].number
                yield ReadParagraph(part, number, lines[at].end, here, _html(shown, here), words)


def _within(part: TextPart, highlight: Highlight) -> Highlight:
    """Return an annotation with those of its words that are on a page."""
    if all(part.span.holds(span) for span in highlight.spans):
        return highlight
    spans = (Span(max(s.start, part.span.start), min(s.end, part.span.end)) for s in highlight.spans)
    return replace(highlight, spans=tuple(span for span in spans if span.start < span.end))


def speaker_names(briefing: Briefing, say: Messages, part: TextPart | None = None) -> list[tuple[Markup, str]]:
    """Return everybody who says something in the source, or on one page of it, by id: name and role, as copied words
    name them."""
    known = ((id, span) for span, id in said(briefing) if id in briefing.people)
    found = dict.fromkeys(id for id, span in known if part is None or span.overlaps(part.span))
    who = ((briefing.people[id].name, briefing.roles.get(id, "")) for id in found)
    return [(Markup(id), say("list.comma").join(filter(None, one))) for id, one in zip(found, who, strict=True)]


def _highlight(context: RenderContext, annotation: Annotation) -> Highlight:
    """The last mark is followed by the annotation's one focusable element: a numbered link, with its note's name."""
    kind, verdict = kind_of(annotation), verdict_badge(annotation, context.say)
    draft = annotation.status != "published"
    note = _NUMBER.format(
        id=Markup(annotation.id),
        kind=Markup(kind),
        draft=Markup(" bf-draft" if draft else ""),
        claim=Markup(" data-claim" if verdict else ""),
        number=context.index[annotation.id].number,
        verdict=verdict,
    )
    spans = context.briefing.anchors[annotation.id].spans
    return Highlight(annotation.id, kind, spans, note, annotation.was, bool(verdict), draft)


_NUMBER = Markup(
    '<sup class="bf-ref{draft}" data-kind="{kind}"{claim} data-search-exclude>'
    '<a href="#_{id}" role="doc-noteref" aria-labelledby="_{id}">{number}{verdict}</a></sup>'
)


def shown_words(briefing: Briefing, part: TextPart) -> Iterator[str]:
    """Yield the paragraphs of a page as plain text."""
    text, shown = briefing.source.text, shown_spans(briefing)
    for at in part.paragraphs:
        if shown[at]:
            yield f" {SIGN} ".join(piece.of(text) for piece in shown[at])


def _html(shown: ShownPieces, highlights: Sequence[Highlight]) -> Markup:
    pieces = [marked(shown.text, piece, highlights) for piece in shown.pieces]
    return with_gaps(shown.text, shown.within, shown.pieces, pieces)
