"""Cuts a long annotated text into pages, at its own headings where it has any.

Where the source does not say what its headings are, one is a short line without a full stop above longer ones. A line
that is taken for one by mistake does no harm: every cut is between two paragraphs, and nothing but its place depends on
it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import TypeVar

from briefing.model import Annotation, Briefing
from briefing.model.places import Span
from briefing.render.crediting import crediting_spans
from briefing.render.excerpts import excerpts, restricted
from briefing.text import language

T = TypeVar("T")

HEAVIEST = 200_000
"""Bytes of HTML that the text of a page may have, about; a text that has more is long.

With what is around it a page is then below 300 KB, which still opens and scrolls at once on a phone."""
_PARAGRAPH, _NOTE = 300, 800
"""Bytes of HTML around the words of a paragraph, and of an annotation: its mark, its number and its note."""
_PROSE = 2
"""Bytes of HTML for each of a note’s own: a citation becomes a link with a title."""
_NEAR = 0.15
"""Of a page's weight: how far a cut may be from where the pages would be even, to be at a heading."""
_HEADING = 100
"""Characters of a heading, at most."""
_SENTENCE_ENDS = tuple('.!?:;,…。！？؟۔”"»')


@dataclass(frozen=True, slots=True)
class TextPart:
    """The part of the annotated text that is on one page."""

    number: int
    """From 1."""
    name: str
    """Of the page, without its ending."""
    paragraphs: range
    """Their places in the source, from 0."""
    span: Span
    """In the source; the parts are the whole of it, but for the line ends between them."""
    heading: str
    """The line that it begins with, if that is a heading that may be shown; else empty."""


def text_parts(briefing: Briefing) -> tuple[TextPart, ...]:
    """Return the pages of the annotated text; a text that is not long has one."""
    return briefing.derive(_text_parts)


def text_page(briefing: Briefing, at: int) -> str:
    """Return the name of the page that has a place in the source, given in code points."""
    parts = text_parts(briefing)
    return parts[max(0, bisect_right(parts, at, key=lambda part: part.span.start) - 1)].name


def text_page_of_paragraph(briefing: Briefing, number: int) -> str:
    """Return the name of the page that has a paragraph, given its number from 1."""
    parts = text_parts(briefing)
    return parts[max(0, bisect_right(parts, number - 1, key=lambda part: part.paragraphs.start) - 1)].name


def text_page_of(briefing: Briefing, annotation: Annotation) -> str:
    """Return the name of the page on which the words of an annotation begin; the first for words of a comment."""
    anchor = briefing.anchors[annotation.id]
    return "text" if anchor.comment else text_page(briefing, anchor.whole.start)


def by_line(lines: Sequence[Span], spans: Iterable[tuple[Sequence[Span], T]]) -> Mapping[int, list[T]]:
    """Return what has words in each line, by the line's place and in the given order: each once with its spans.

    `lines` are in order and do not overlap. The time is that of going through both once.
    """
    found: dict[int, list[T]] = {}
    for own, each in spans:
        touched: dict[int, None] = {}
        for span in own:
            at = bisect_right(lines, span.start, key=lambda line: line.end)
            while at < len(lines) and lines[at].overlaps(span):
                touched[at] = None
                at += 1
        for at in touched:
            found.setdefault(at, []).append(each)
    return found


def shown_spans(briefing: Briefing) -> tuple[tuple[Span, ...], ...]:
    """Return what may be shown of each paragraph: all of it, or the passages that are referred to
    and the words that credit them."""
    return briefing.derive(_shown_spans)


def _shown_spans(briefing: Briefing) -> tuple[tuple[Span, ...], ...]:
    lines = briefing.source.lines
    if briefing.source.publish == "preview" or not restricted(briefing):
        return tuple((line,) for line in lines)
    anchors = [briefing.anchors[each.id] for each in briefing.annotations if each.id in briefing.anchors]
    spans = [span for anchor in anchors if not anchor.comment for span in anchor.spans]
    here = by_line(lines, (((span,), span) for span in spans))
    crediting = by_line(lines, (((span,), span) for each in crediting_spans(briefing).values() for span in each))
    text, rules = briefing.source.text, language(briefing.source.language)
    return tuple(
        tuple(excerpts(text, rules, line, here.get(at, ()), crediting.get(at, ()))) for at, line in enumerate(lines)
    )


def cut_ends(line: Span, shown: Sequence[Span]) -> tuple[bool, bool]:
    """Return whether something is left out of a paragraph before the first, and behind the last of what is shown."""
    return shown[0].start > line.start, shown[-1].end < line.end


def shown_around(briefing: Briefing, span: Span) -> Span:
    """Return what may be shown before and behind a passage of the source; all of it where nothing is left out."""
    lines = briefing.source.lines
    if not restricted(briefing) or not lines:
        return Span(0, len(briefing.source.text))
    shown, last = shown_spans(briefing), len(lines) - 1
    first, final = (min(bisect_left(lines, at, key=lambda line: line.end), last) for at in (span.start + 1, span.end))
    start = min((piece.start for piece in shown[first] if piece.overlaps(span)), default=span.start)
    return Span(start, max((piece.end for piece in shown[final] if piece.overlaps(span)), default=span.end))


# --- where the cuts are ----------------------------------------------------------------------------------------------


def _text_parts(briefing: Briefing) -> tuple[TextPart, ...]:
    lines, length = briefing.source.lines, len(briefing.source.text)
    cuts = (0, *_cuts(briefing), len(lines))
    if len(cuts) == 2:
        return (TextPart(1, "text", range(len(lines)), Span(0, length), ""),)
    headings = set(_headings(briefing)) if briefing.source.publish != "excerpts" else set()
    return tuple(
        TextPart(
            number,
            "text" if number == 1 else f"text-{number}",
            range(start, stop),
            Span(lines[start].start if start else 0, lines[stop - 1].end if stop < len(lines) else length),
            lines[start].of(briefing.source.text) if start in headings else "",
        )
        for number, (start, stop) in enumerate(pairwise(cuts), 1)
    )


def _cuts(briefing: Briefing) -> Iterator[int]:
    """Yield the places of the paragraphs that begin a further page: as even as can be, or at headings near there."""
    before = [0, *accumulate(_weights(briefing))]
    count = -(-before[-1] // HEAVIEST)
    if count < 2:
        return
    size, last = before[-1] / count, 0
    headings = _headings(briefing)
    for number in range(1, count):
        at = _nearest(before, number * size, range(1, len(before) - 1))
        heading = _nearest(before, number * size, headings)
        near = heading and abs(before[heading] - number * size) <= _NEAR * size
        cut = heading if near else at
        if last < cut < len(before) - 1:
            yield (last := cut)


def _nearest(before: Sequence[int], weight: float, among: Sequence[int]) -> int:
    """Return which paragraph of `among` has a weight before it that is nearest; 0 where there is none."""
    at = bisect_left(among, weight, key=lambda paragraph: before[paragraph])
    return min(among[max(0, at - 1) : at + 1], key=lambda paragraph: abs(before[paragraph] - weight), default=0)


def _weights(briefing: Briefing) -> list[int]:
    """Return about how many bytes of HTML each paragraph is with its notes; one that is not shown has none."""
    text, lines = briefing.source.text, briefing.source.lines
    weights = [sum(len(piece.of(text).encode()) for piece in pieces) for pieces in shown_spans(briefing)]
    weights = [weight and weight + _PARAGRAPH for weight in weights]
    for annotation in briefing.annotations:
        anchor = briefing.anchors.get(annotation.id)
        if anchor and not anchor.comment and lines:
            at = min(bisect_left(lines, anchor.whole.end, key=lambda line: line.end), len(lines) - 1)
            weights[at] += _NOTE + (_PROSE * len(annotation.note.text.encode()) if annotation.note else 0)
    return weights


def _headings(briefing: Briefing) -> Sequence[int]:
    return briefing.derive(_find_headings)


def _find_headings(briefing: Briefing) -> Sequence[int]:
    """Return the places of paragraphs that are headings; of one above another, the upper one."""
    recorded = [number - 1 for number, _ in briefing.source.headings]
    if recorded:
        return [at for before, at in pairwise((-1, *recorded)) if 0 < at != before + 1]
    lines = [line.of(briefing.source.text).strip() for line in briefing.source.lines]
    short = [len(line) <= _HEADING and not line.endswith(_SENTENCE_ENDS) for line in lines]
    return [
        at
        for at in range(1, len(lines) - 2)
        if short[at] and not short[at - 1] and (_is_prose(lines, short, at + 1) or _is_prose(lines, short, at + 2))
    ]


def _is_prose(lines: Sequence[str], short: Sequence[bool], at: int) -> bool:
    return not short[at] and len(lines[at]) > len(lines[at - 1])
