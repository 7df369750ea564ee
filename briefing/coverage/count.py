"""What became of each quoted passage and number of a source.

A passage is annotated where a published quotation takes words of it, a number where a published figure takes all of
it. Both are set aside where an entry under `ignore` holds all of their words. What has only an annotation in draft or
review is neither: it will be annotated once that is published.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from briefing.coverage.numbers import mentions
from briefing.coverage.passages import named, spoken
from briefing.model import Anchor, Annotation, Briefing, Figure, Quotation
from briefing.model.places import Place, Span
from briefing.text import language, trimmed

T = TypeVar("T")
Kind = Literal["passage", "number"]
State = Literal["annotated", "draft", "set-aside", "uncovered"]

KINDS: tuple[Kind, ...] = ("passage", "number")
_EDGES = " \t\u00a0\u202f.,;:!?…-–—'‘’‚‹›\"“”„«»"


@dataclass(frozen=True, slots=True)
class CoverageItem:
    """A quoted passage or a number of the source, and what became of it."""

    kind: Kind
    span: Span
    """The words without quotation marks; a number with its currency and percent sign."""
    state: State
    annotations: tuple[str, ...] = ()
    """Ids of the annotations that take it, drafts too."""
    reason: str = ""
    """Why it is set aside."""
    ignored: tuple[Place, ...] = ()
    """The entries under `ignore` that hold it."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The passages and numbers of one source."""

    items: tuple[CoverageItem, ...]
    """In the order of the source, passages first."""
    named: tuple[Span, ...]
    """What is in quotation marks and was treated as the title of a work or as a term; not among the items."""

    def of(self, kind: Kind, *states: State) -> tuple[CoverageItem, ...]:
        """Return the items of a kind, all or those in some states."""
        return tuple(item for item in self.items if item.kind == kind and (not states or item.state in states))

    def percent(self, kind: Kind) -> float:
        """Return how many of a kind are annotated or set aside, in per cent; 100 where there are none."""
        total = len(self.of(kind))
        return 100 * len(self.of(kind, "annotated", "set-aside")) / total if total else 100.0


def coverage(briefing: Briefing) -> Coverage:
    """Return what the annotations of an anchored briefing account for in its source."""
    text, rules = briefing.source.text, language(briefing.source.language)
    passages = [passage.inner for passage in spoken(text, rules)]
    numbers = [mention.span for mention in mentions(text, rules)]
    return Coverage(
        items=(
            *_items(briefing, "passage", passages, briefing.quotations),
            *_items(briefing, "number", numbers, briefing.figures),
        ),
        named=tuple(passage.inner for passage in named(text, rules)),
    )


def _items(
    briefing: Briefing, kind: Kind, spans: Sequence[Span], annotations: Sequence[Quotation] | Sequence[Figure]
) -> Iterator[CoverageItem]:
    """Yield each passage or number with what takes it and what sets it aside; all are in the order of the source."""
    anchors = {each.id: briefing.anchors.get(each.id) for each in annotations}
    taking = _words_touching(spans, [(each, anchor) for each in annotations if (anchor := anchors[each.id])])
    asides = [(entry, briefing.ignored_at[entry.at]) for entry in briefing.ignored if entry.at in briefing.ignored_at]
    holding = _words_touching(spans, asides)
    for number, span in enumerate(spans):
        core = trimmed(briefing.source.text, span, _EDGES)
        taken = [each for each, other in taking[number] if kind == "passage" or other.holds(core)]
        aside = [entry for entry, other in holding[number] if other.holds(core)]
        state = _state_of(taken, bool(aside))
        reason = aside[0].reason if state == "set-aside" else ""
        ids = tuple(dict.fromkeys(each.id for each in taken))
        yield CoverageItem(kind, span, state, ids, reason, tuple(entry.at for entry in aside))


def _state_of(taken: Iterable[Annotation], aside: bool) -> State:
    statuses = {each.status for each in taken}
    if "published" in statuses:
        return "annotated"
    return "set-aside" if aside else "draft" if statuses else "uncovered"


def _words_touching(spans: Sequence[Span], others: Iterable[tuple[T, Anchor]]) -> list[list[tuple[T, Span]]]:
    """Return for each span what has words in the source that overlap it, with those; spans are apart and in order."""
    found: list[list[tuple[T, Span]]] = [[] for _ in spans]
    starts = [span.start for span in spans]
    for one, anchor in others:
        for words in () if anchor.comment else anchor.spans:
            first = bisect_right(starts, words.start) - 1
            for number in range(max(first, 0), bisect_left(starts, words.end)):
                if spans[number].overlaps(words):
                    found[number].append((one, words))
    return [sorted(each, key=lambda pair: pair[1]) for each in found]
