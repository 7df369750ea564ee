"""A text with one passage that is followed through edits, and how an edit sees it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from briefing.anchor.boundaries import whole
from briefing.model.places import Span

SENTENCE = re.compile(r"[^\s].*?(?:[.!?。！？؟…]+[\"”“»」]?(?=\s|$|[\u3000-\u9fff])|(?=\n|$))", re.S)
WORD = re.compile(r"[^\W_]+(?:[-'’.,][^\W_]+)*")
SPACELESS = {"chinese", "japanese", "thai"}

FILLERS = {
    "haushalt": ["Das war lange nicht sicher gewesen.", "Vor dem Rathaus regnete es.", "Mehr wurde nicht bekannt."],
    "arabic": ["ولم يعلن عن تفاصيل أخرى.", "وكان الجو مشمسا في ذلك اليوم.", "ثم انصرف الجميع إلى بيوتهم."],
    "chinese": ["当天天气晴朗。", "具体情况还不清楚。", "随后大家各自回家。"],
    "japanese": ["この日はよく晴れていた。", "詳しいことは分かっていない。", "人々は静かに帰っていった。"],
    "thai": ["วันนั้นอากาศแจ่มใส", "ยังไม่มีรายละเอียดเพิ่มเติม", "แล้วทุกคนก็กลับบ้าน"],
}
OTHERWISE = [
    "It had rained since the early morning.",
    "More was not known in the evening.",
    "A spokesman did not want to comment on this.",
    "Reporters waited outside until midnight.",
    "Coffee and sandwiches were served in the foyer.",
]


@dataclass(frozen=True)
class Doc:
    """A text with one passage followed through its edits."""

    name: str
    text: str
    span: Span | None

    def swap(self, start: int, end: int, instead: str) -> Doc:
        """Replace characters; what is put in at an edge of the passage stays outside of it."""
        text = self.text[:start] + instead + self.text[end:]
        grown = len(instead) - (end - start)
        span = self.span
        if span is None or start >= span.end:
            return replace(self, text=text)
        if end <= span.start:
            return Doc(self.name, text, Span(span.start + grown, span.end + grown))
        if span.start <= start and end <= span.end and (start, end) != (span.start, span.end):
            return Doc(self.name, text, Span(span.start, span.end + grown))
        return Doc(self.name, text, None)


Edit = Callable[[Doc, random.Random], Doc]


class NotHereError(Exception):
    """The edit does not fit this text or target."""


def sentences(text: str) -> list[Span]:
    """Sentences and lines, without the white space between them."""
    found = []
    at = 0
    for line in text.split("\n"):
        found += [Span(at + m.start(), at + m.end()) for m in SENTENCE.finditer(line) if m[0].strip()]
        at += len(line) + 1
    return found


def lines(text: str) -> list[Span]:
    return [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]


def words(doc: Doc, within: Span) -> list[Span]:
    """Words; of a script without spaces two characters."""
    if doc.name in SPACELESS:
        pairs = [Span(at, at + 2) for at in range(within.start, within.end - 1, 2)]
        return [pair for pair in pairs if pair.of(doc.text).isalpha() and whole(doc.text, pair)]
    return [Span(m.start(), m.end()) for m in WORD.finditer(doc.text, within.start, within.end)]


def target(doc: Doc) -> Span:
    if doc.span is None:
        raise NotHereError
    return doc.span


def neighbours(doc: Doc) -> tuple[Span | None, Span | None]:
    """The sentences before and after the one or ones that the passage lies in."""
    here = target(doc)
    before = [s for s in sentences(doc.text) if s.end <= here.start]
    after = [s for s in sentences(doc.text) if s.start >= here.end]
    return (before[-1] if before else None), (after[0] if after else None)


def filler(doc: Doc, rng: random.Random) -> str:
    return rng.choice(FILLERS.get(doc.name, OTHERWISE))


def gap(doc: Doc) -> str:
    return "" if doc.name in ("chinese", "japanese") else " "


def home(doc: Doc) -> list[Span]:
    """The sentences that the passage lies in."""
    found = [s for s in sentences(doc.text) if s.overlaps(target(doc))]
    if not found:
        raise NotHereError
    return found


def edits_of(module: Mapping[str, object]) -> dict[str, Edit]:
    """The edits that a module defines or brings in, by the names that recipes call them."""
    return {
        name.replace("_", "-"): edit
        for name, edit in module.items()
        if callable(edit) and getattr(edit, "__annotations__", {}).get("rng") and name[0] != "_" and name != "filler"
    }


def ordered(doc: Doc, found: list[Span], order: list[int], between: str) -> Doc:
    """Pieces of the text in another order; the passage lies in one of them."""
    pieces, span, at = [], None, 0
    for number in order:
        piece = found[number]
        if piece.holds(target(doc)):
            start = at + target(doc).start - piece.start
            span = Span(start, start + target(doc).end - target(doc).start)
        pieces.append(piece.of(doc.text))
        at += len(pieces[-1]) + len(between)
    return Doc(doc.name, between.join(pieces) + "\n", span)
