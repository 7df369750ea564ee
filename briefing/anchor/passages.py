"""Which of the words of a target stand in one passage, and where the source interrupts them.

A passage is what one pair of quotation marks encloses, a turn, or a comment. Between two parts of one passage words of
the speaker were left out; between two passages stand the source's own words, and whether the speaker said anything in
between is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from briefing.model import Anchor, Annotation, Briefing, Figure, Quotation
from briefing.model.places import Span
from briefing.text import Language, Quoted, joined, language, quoted


def read_passages(briefing: Briefing, annotation: Annotation, anchor: Anchor) -> Anchor:
    """Return the anchor with `interrupted` and `spoken`."""
    spans, rules = anchor.spans, language(briefing.source.language)
    text = _text_of(briefing, anchor)
    marked = [_passage(text, rules, span) for span in spans]
    turn = _turn(briefing, anchor)
    if turn and isinstance(annotation, Quotation | Figure) and annotation.speaker == turn:
        return replace(anchor, spoken=True)
    return replace(
        anchor,
        interrupted=_interruptions(marked, whole=bool(anchor.comment or turn)),
        spoken=bool(anchor.comment or turn) or all(marked),
    )


def _text_of(briefing: Briefing, anchor: Anchor) -> str:
    if not anchor.comment:
        return briefing.source.text
    return next(comment.text for comment in briefing.comments if comment.id == anchor.comment)


def _passage(text: str, rules: Language, span: Span) -> Quoted | None:
    """The passage in quotation marks that words lie wholly inside."""
    return next((each for each in joined(quoted(text, rules, span)) if each.inner.holds(span)), None)


def _turn(briefing: Briefing, anchor: Anchor) -> str:
    """Who speaks in the one turn that all of the words stand in; empty where they stand in none."""
    if anchor.comment:
        return ""
    return next((turn.speaker for turn in briefing.source.turns if turn.span.holds(anchor.whole)), "")


def _interruptions(marked: Sequence[Quoted | None], *, whole: bool) -> tuple[int, ...]:
    """The parts that stand in another passage than the part before them.

    In a turn or comment, which is a passage itself (`whole`), only marks on both sides make two passages.
    """
    pairs = enumerate(pairwise(marked), 1)
    return tuple(at for at, (before, after) in pairs if before != after and (not whole or (before and after)))
