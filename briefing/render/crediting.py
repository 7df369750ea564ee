"""The words of the source that credit a passage, as they are shown where its rights allow only excerpts.

They count as words of the annotation, so that no reader takes a passage for the reporter's own words: those that the
author gives, or those that the check found for a quotation; for a figure or a note, those that have a verb of speech.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from briefing.attribution.credit import says
from briefing.attribution.crediting_words import LONGEST, crediting_words
from briefing.attribution.subjects import Word, subjects, words_of
from briefing.model import Annotation, Briefing, Quotation
from briefing.model.places import Span
from briefing.text import Language, language

CREDIT = 120
"""Code points that are shown of the words that credit a passage, at most."""

_WORD_END = re.compile(r"(?<=\w)(?!\w)")


def crediting_spans(briefing: Briefing) -> Mapping[str, tuple[Span, ...]]:
    """Return where the shown crediting words of each annotation are in the source, by its id: all of them where they
    are short, else who says it and the verb, else their beginning."""
    return briefing.derive(_find_spans)


def _find_spans(briefing: Briefing) -> Mapping[str, tuple[Span, ...]]:
    text, rules = briefing.source.text, language(briefing.source.language)
    found: dict[str, tuple[Span, ...]] = {}
    for annotation in briefing.annotations:
        words = _words_around(briefing, annotation, rules)
        if words:
            first = briefing.anchors[annotation.id].whole.start
            found[annotation.id] = _shortened(text, rules, words, words.start < first)
    return found


def _words_around(briefing: Briefing, annotation: Annotation, rules: Language) -> Span | None:
    """Return all the words that credit an annotation; None where there are none, as in a comment."""
    source, anchor = briefing.source, briefing.anchors.get(annotation.id)
    if annotation.id in briefing.attributions or anchor is None or anchor.comment:
        return briefing.attributions.get(annotation.id)
    if isinstance(annotation, Quotation) or source.turn_at(anchor.whole):
        return None
    words = crediting_words(source.text, rules, source.lines, anchor.spans).span
    if words is None or words.end - words.start > LONGEST:
        return None
    return words if says(words.of(source.text), rules) else None


def _shortened(text: str, rules: Language, words: Span, before: bool) -> tuple[Span, ...]:
    """Return what is shown of crediting words; those `before` a passage have its verb last."""
    if words.end - words.start <= CREDIT:
        return (words,)
    pieces = list(_who_and_verb(words_of(words.of(text)), rules, before))
    spans = [Span(words.start + start, words.start + end) for start, end in pieces]
    length = sum(span.end - span.start for span in spans)
    if not spans or length > CREDIT:
        most = words.start + CREDIT
        ends = (at.start() for at in _WORD_END.finditer(text, words.start + 1, words.end))
        return (Span(words.start, max((end for end in ends if end <= most), default=most)),)
    if spans[0].start - words.start <= CREDIT - length:  # "The company's director, Callum Brae": his office, too
        length += spans[0].start - words.start
        spans[0] = Span(words.start, spans[0].end)
    if spans[-1].end - spans[0].start <= CREDIT:
        return (Span(spans[0].start, spans[-1].end),)
    return tuple(spans)


def _who_and_verb(words: Sequence[Word], rules: Language, before: bool) -> Iterator[tuple[int, int]]:
    """Yield where the subject of the verb of speech and the verb are, in their order; nothing where there is none."""
    found = [run for run in subjects(words, rules.speakers) if run and run[-1].low not in rules.speakers.relative]
    if not found:
        return
    run = found[-1 if before else 0]
    subject = run[0].start, run[-1].start + len(run[-1].text)
    verbs = [word for word in words if word.low in rules.speakers.verbs and word not in run]
    behind = [word for word in verbs if word.start > run[0].start]
    verb = (behind or verbs)[-1 if before or not behind else 0]
    yield from sorted((subject, (verb.start, verb.start + len(verb.text))))
