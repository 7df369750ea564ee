"""Where the shown text stands in quotation marks, and whose words it is: for those who copy from it.

Places count in UTF-16 units of a paragraph as it is shown, without its note numbers, as scripts count. They are written
as words separated by spaces, each “from-to” with what is known of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefing.model import Briefing
from briefing.model.places import Span
from briefing.render.escape import in_one_line
from briefing.render.statements import is_reported
from briefing.text import language, nested, quoted

GAP = "[…]"
"""What stands for words that are not shown."""


@dataclass(frozen=True, slots=True)
class Shown:
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
        offset = len(GAP) + 1 if self.pieces[0].start > self.within.start else 0
        for piece in self.pieces:
            if at <= piece.end:
                return offset + _units(Span(piece.start, at).of(self.text))
            offset += _units(piece.of(self.text)) + len(GAP) + 2
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
    """What somebody says in the source: the turns, and what stands in quotation marks outside of them."""
    turns = [turn.span for turn in briefing.source.turns]
    found = [(span, number) for number, span in enumerate(turns)]
    number = len(turns)
    for passage in quoted(briefing.source.text, language(briefing.source.language)):
        if not any(turn.holds(passage.outer) for turn in turns):
            found.append((passage.inner, number))
        number += not passage.continues
    return found


def said(briefing: Briefing) -> Said:
    """The words whose speaker is known, those of turns and quotations: what is reported is the source’s own."""
    found = [(turn.span, turn.speaker) for turn in briefing.source.turns]
    for quotation in briefing.quotations:
        anchor = briefing.anchors.get(quotation.id)
        if anchor and quotation.speaker and not anchor.comment and not is_reported(quotation):
            found += [(span, quotation.speaker) for span in anchor.spans]
    return found


def spoken(briefing: Briefing, shown: Shown, among: Passages, known: Said) -> Spoken:
    """What a script needs of one paragraph."""
    return Spoken(
        marks=" ".join(_marks(briefing, shown)),
        passages=" ".join(_numbered(shown, among)),
        said=" ".join(_numbered(shown, known)),
    )


def _marks(briefing: Briefing, shown: Shown) -> Iterator[str]:
    for pair in nested(briefing.source.text, language(briefing.source.language), shown.within):
        if place := shown.place(pair.inner):
            opening = "(" if shown.shows(pair.outer.start) else ""
            closing = ")" if not pair.continues and shown.shows(pair.inner.end) else ""
            yield f"{opening}{place}{closing}"


def _numbered(shown: Shown, spans: Iterable[tuple[Span, int | str]]) -> Iterator[str]:
    for span, name in spans:
        if span.overlaps(shown.within) and (place := shown.place(span)):
            yield f"{place}.{name}"


def _units(text: str) -> int:
    return len(in_one_line(text).encode("utf-16-le")) // 2
