"""Cuts a text into segments, the longest runs under one set of annotations, and writes them as marks.

A segment is one `<mark>`, so overlapping, nested and paragraph-crossing annotations all survive: nothing is nested.
The text of a paragraph without its note numbers equals the source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefing.model.places import Span
from briefing.render.escape import Markup, in_html


@dataclass(frozen=True, slots=True)
class Highlight:
    """An annotation as the marks need it."""

    id: str
    kind: str
    spans: tuple[Span, ...]
    """In code points of the text, in order."""
    note: Markup
    """What stands after its last mark: the link to its note; may be empty."""
    was: tuple[str, ...] = ()
    """Former ids, whose places stay addresses."""
    claim: bool = False
    """Whether it has a verdict: then it is marked whatever kinds a reader chooses."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The longest run of text under one set of annotations."""

    span: Span
    highlights: tuple[Highlight, ...]
    begins: tuple[Highlight, ...]
    """Those whose first mark this is."""
    ends: tuple[Highlight, ...]
    """Those whose last mark this is."""


def segments(within: Span, highlights: Sequence[Highlight]) -> Iterator[Segment]:
    """The segments of a stretch of text, in order; joined they are that stretch."""
    spans = [(span, highlight) for highlight in highlights for span in highlight.spans if span.overlaps(within)]
    edges = {within.start, within.end}
    for span, _ in spans:
        edges |= {max(span.start, within.start), min(span.end, within.end)}
    cuts = sorted(edges)
    for start, end in pairwise(cuts):
        here = tuple(highlight for span, highlight in spans if span.start < end and start < span.end)
        yield Segment(
            Span(start, end),
            here,
            tuple(h for h in here if h.spans[0].start == start),
            tuple(h for h in here if h.spans[-1].end == end),
        )


def marked(text: str, within: Span, highlights: Sequence[Highlight]) -> Markup:
    """A stretch of text as HTML on one line, with its marks and the links to their notes."""
    parts = (_segment(text, segment) for segment in segments(within, highlights))
    return Markup("").join(parts)


def touching(within: Span, highlights: Iterable[Highlight]) -> list[Highlight]:
    """The highlights that have words in a stretch of text."""
    return [h for h in highlights if any(span.overlaps(within) for span in h.spans)]


def _segment(text: str, segment: Segment) -> Markup:
    words = in_html(segment.span.of(text))
    if not segment.highlights:
        return words
    names = {f"bf-{highlight.kind}" for highlight in segment.highlights}
    names |= {f"bf-claim-{highlight.kind}" for highlight in segment.highlights if highlight.claim}
    classes = " ".join(sorted(names))
    ids = " ".join(highlight.id for highlight in segment.highlights)
    own, *others = [f' id="t-{highlight.id}"' for highlight in segment.begins] or [""]
    others += [f' id="t-{old}"' for highlight in segment.begins for old in highlight.was]
    extra = "".join(f"<span{other}></span>" for other in others)
    notes = "".join(highlight.note for highlight in segment.ends)
    return Markup(f'{extra}<mark class="bf-mark {classes}" data-bf="{ids}"{own}>{words}</mark>{notes}')
