"""What became of each quoted passage and number of a source.

A passage is annotated where a published quotation takes words of it, a number where a published figure takes all of
it. Both are set aside where an entry under `ignore` holds all of their words. What has only an annotation in draft or
review is neither: it will be annotated once that is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from briefing.coverage.numbers import mentions
from briefing.coverage.passages import named, spoken
from briefing.model import Annotation, Briefing, Figure, Quotation
from briefing.model.places import Place, Span
from briefing.text import language

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
    """What stands in quotation marks and was taken for the title of a work or for a term; not among the items."""

    def of(self, kind: Kind, *states: State) -> tuple[CoverageItem, ...]:
        """The items of a kind, all or those in some states."""
        return tuple(item for item in self.items if item.kind == kind and (not states or item.state in states))

    def percent(self, kind: Kind) -> float:
        """How many of a kind are annotated or set aside, in per cent; 100 where there are none."""
        total = len(self.of(kind))
        return 100 * len(self.of(kind, "annotated", "set-aside")) / total if total else 100.0


def coverage(briefing: Briefing) -> Coverage:
    """What the annotations of an anchored briefing account for in its source."""
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
    """Each passage or number with what takes it and what sets it aside; all are in the order of the source."""
    taking = [(span, each) for each in annotations for span in _spans(briefing, each)]
    ignored = [(entry, span) for entry in briefing.ignored for span in _ignored(briefing, entry.at)]
    takers = _touching(spans, [span for span, _ in taking])
    holders = _touching(spans, [span for _, span in ignored])
    for number, span in enumerate(spans):
        core = _core(briefing.source.text, span)
        found = [taking[at] for at in takers.get(number, ())]
        taken = [each for other, each in found if kind == "passage" or other.holds(core)]
        aside = [ignored[at][0] for at in holders.get(number, ()) if ignored[at][1].holds(core)]
        state = _state(taken, bool(aside))
        reason = aside[0].reason if aside and state == "set-aside" else ""
        ids = tuple(dict.fromkeys(each.id for each in taken))
        yield CoverageItem(kind, span, state, ids, reason, tuple(entry.at for entry in aside))


def _state(taken: Iterable[Annotation], aside: bool) -> State:
    statuses = {each.status for each in taken}
    if "published" in statuses:
        return "annotated"
    return "set-aside" if aside else "draft" if statuses else "uncovered"


def _spans(briefing: Briefing, annotation: Annotation) -> tuple[Span, ...]:
    """Where an annotation stands in the source."""
    anchor = briefing.anchors.get(annotation.id)
    return anchor.spans if anchor and not anchor.comment else ()


def _ignored(briefing: Briefing, at: Place) -> tuple[Span, ...]:
    return briefing.ignored_at[at].spans if at in briefing.ignored_at else ()


def _core(text: str, span: Span) -> Span:
    """A span without the punctuation and marks at its ends, which a target may leave off."""
    words = span.of(text)
    start = span.start + len(words) - len(words.lstrip(_EDGES))
    return Span(start, max(start, span.end - len(words) + len(words.rstrip(_EDGES))))


def _touching(spans: Sequence[Span], others: Sequence[Span]) -> Mapping[int, list[int]]:
    """By index of a span: the indexes of the others that overlap it. The spans are apart and in order."""
    found: dict[int, list[int]] = {}
    at = 0
    for index in sorted(range(len(others)), key=lambda each: others[each]):
        while at < len(spans) and spans[at].end <= others[index].start:
            at += 1
        number = at
        while number < len(spans) and spans[number].start < others[index].end:
            found.setdefault(number, []).append(index)
            number += 1
    return found
