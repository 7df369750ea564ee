"""Show words in the sentences around them: little enough to be read at a glance, enough to judge them by."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefing.model.places import Span
from briefing.text import Language, sentences
from briefing.text.sentences import whole_lines

AROUND = 240
"""Code points of the text that are shown on either side of the words, and between two parts of them."""


@dataclass(frozen=True, slots=True)
class ShownText:
    """A piece of a text, as it is shown."""

    text: str
    marked: bool
    """Whether it is of the words themselves."""
    left_out: bool = False
    """Whether it is no text, and says that there is some which is not shown."""


def surroundings(text: str, language: Language, spans: Sequence[Span]) -> tuple[ShownText, ...]:
    """Return the words at some spans with the sentences that they are in and one more on either side.

    The words are whole; of anything else so much is shown that they stay in sight, with … for what is not.
    """
    pieces = list(_pieces(text, _shown(text, language, spans), spans))
    last = len(pieces) - 1
    return tuple(
        part
        for n, piece in enumerate(pieces)
        for part in ((piece,) if piece.marked else _shortened(piece, keep_start=n > 0, keep_end=n < last))
    )


def before(text: str, language: Language, spans: Sequence[Span]) -> str:
    """Return what comes before the surroundings of some words, by which one sees who says them: the rest of their line
    and the line before, of both the last 2 × `AROUND` code points, with … for what is not shown. Empty where there is
    nothing."""
    start = _shown(text, language, spans)[0].start
    line = text.rfind("\n", 0, start) + 1
    words = text[text.rfind("\n", 0, len(text[:line].rstrip())) + 1 : start].strip()
    return words if len(words) <= 2 * AROUND else f"… {words[-2 * AROUND :].partition(' ')[2]}"


def _shown(text: str, language: Language, spans: Sequence[Span]) -> list[Span]:
    """Return the stretches of the text that are shown, in order and apart."""
    lines = whole_lines(text, Span(spans[0].start, spans[-1].end))
    all_ = sentences(text, language, lines)
    near = {n for n, sentence in enumerate(all_) if any(sentence.overlaps(span) for span in spans)}
    shown = [sentence for n, sentence in enumerate(all_) if near & {n - 1, n, n + 1}]
    made: list[Span] = []
    for one in sorted([*shown, *spans]):
        if made and (one.start <= made[-1].end or not text[made[-1].end : one.start].strip()):
            made[-1] = Span(made[-1].start, max(made[-1].end, one.end))
        else:
            made.append(one)
    return made


def _pieces(text: str, shown: Sequence[Span], spans: Sequence[Span]) -> Iterator[ShownText]:
    """Yield the stretches cut at the ends of the words; a space is where something between two is left out."""
    for number, stretch in enumerate(shown):
        at = stretch.start
        for span in (span for span in spans if stretch.holds(span)):
            yield from _piece(text[at : span.start], marked=False)
            yield from _piece(span.of(text), marked=True)
            at = span.end
        yield from _piece(text[at : stretch.end], marked=False)
        if number < len(shown) - 1:
            yield ShownText(" … ", False, left_out=True)


def _piece(words: str, *, marked: bool) -> Iterator[ShownText]:
    if words:
        yield ShownText(words, marked)


def _shortened(piece: ShownText, *, keep_start: bool, keep_end: bool) -> Iterator[ShownText]:
    """Yield a piece without what is farther from the marked words, which are at the ends that are kept."""
    words = piece.text
    if len(words) <= AROUND * (keep_start + keep_end):
        yield piece
        return
    if keep_start:
        yield ShownText(words[:AROUND].rpartition(" ")[0] or words[:AROUND], False)
    yield ShownText(" " * keep_start + "…" + " " * keep_end, False, left_out=True)
    if keep_end:
        yield ShownText(words[-AROUND:].partition(" ")[2] or words[-AROUND:], False)
