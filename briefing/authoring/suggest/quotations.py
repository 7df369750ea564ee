"""Draft quotations: each quoted passage with its speaker; what an attribution interrupts is joined into one.

What a draft says is held against the rules of `check` first, so that it needs no fixing: its kind is the one that they
accept, and where the source credits nobody beside the words, the draft says so. A speaker whom the words beside it do
not name is only offered: its author says who it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.anchor.boundaries import whole
from briefing.attribution import (
    RULES,
    Entity,
    Rule,
    Said,
    SpokenPassage,
    TextReading,
    find_speaker,
    is_credited,
    read,
)
from briefing.attribution.credit import credit
from briefing.attribution.crediting_words import block_credit
from briefing.attribution.subjects import words_of
from briefing.authoring.trial import exact_matches, target_of, with_quotation_alone
from briefing.check.rules import quotations as rules_of_check
from briefing.coverage import spoken_in
from briefing.model import Briefing, QuotationKind
from briefing.model.places import Span
from briefing.text import Language, Quoted, language, quoted, sentences, speech

_LEADS_ON = (",", "?", "!", "…", "—", "–")
"""What ends a passage whose attribution follows."""
_MARKS = re.compile('[“”„"«»‹›]')
_LINE = re.compile('[^\\s“„"«»‹›‘’](?:[^\\n]*\\S)?')
"""The words of a paragraph, without the mark that each paragraph of a long quotation begins with."""
_REACH = 12
"""Code points by which a span is widened at most: more would be another target."""


@dataclass(frozen=True, slots=True)
class QuotationDraft:
    """A quotation as it is suggested."""

    parts: tuple[Span, ...]
    kind: QuotationKind
    speaker: Entity | None
    """None where the text does not tell, or its language has no rules."""
    via: Entity | None = None
    """Who quotes the speaker."""
    credited: bool = True
    """False where the check finds no crediting words of the source beside it."""
    offered: bool = False
    """Whether the speaker is only the likeliest one: the words that credit it name nobody."""


def quotation_drafts(
    briefing: Briefing, entities: Sequence[Entity], taken: Sequence[Span] = (), rules: Sequence[Rule] = RULES
) -> tuple[QuotationDraft, ...]:
    """Return a draft for every quoted passage of the source that is somebody's words, in its order.

    Passages that overlap `taken` are left out.
    """
    text = briefing.source.text
    reading = read(text, language(briefing.source.language), entities)
    made: list[QuotationDraft] = []
    said: list[Said] = []
    for group in groups(reading, spoken_in(briefing.source)):
        outer = tuple(passage.outer for passage in group)
        block = briefing.source.set_apart_at(outer[0])
        known = block_credit(briefing.source, block) if block else None
        passage = SpokenPassage(reading, outer, said, known)
        speaker = find_speaker(passage, rules)
        said.append(Said(Span(outer[0].start, outer[-1].end), speaker))
        left = [passage.inner for passage in group if not any(passage.inner.overlaps(span) for span in taken)]
        parts = [part for inner in left if (part := findable(text, _trim_passage(text, inner)))]
        who, via = (entities[int(id)] if id else None for id in (speaker.id, speaker.via))
        credited = is_credited(passage, speaker)
        for at, together in enumerate(_by_paragraph(text, parts)):
            offered = who is not None and not (credited and at == 0)
            made += (replace(draft, offered=offered) for draft in _accepted_drafts(briefing, together, who, via))
    return tuple(made)


# --- spans ------------------------------------------------------------------------------------------------------


def findable(text: str, span: Span) -> Span | None:
    """Return a span that a selector can find: widened where it cuts a word ("4" in "€4bn" where bn means nothing).

    None where that takes too much.
    """
    for more in range(_REACH):
        for start, end in ((span.start, span.end + more), (span.start - more, span.end)):
            wider = Span(start, end)
            if whole(text, wider) and "\n" not in text[span.end : end] and "\n" not in text[max(start, 0) : span.start]:
                return wider
    return None


def sentence_at(text: str, language: Language, at: int) -> Span:
    """Return the sentence that an offset is in; its line where it is in none."""
    line = Span(text.rfind("\n", 0, at) + 1, (text + "\n").index("\n", at))
    return next((each for each in sentences(text, language, line) if each.start <= at < each.end), line)


def _by_paragraph(text: str, parts: Sequence[Span]) -> list[list[Span]]:
    """Return the parts of each paragraph, since no statement of several parts goes on in the next one; a passage that
    nothing interrupts is one, however many paragraphs it has."""
    if len(parts) < 2:
        return [list(parts)] if parts else []
    lines = [
        Span(part.start + line.start(), part.start + line.end())
        for part in parts
        for line in _LINE.finditer(part.of(text))
    ]
    made: list[list[Span]] = []
    for line in lines:
        if made and "\n" not in text[made[-1][-1].end : line.start]:
            made[-1].append(line)
        else:
            made.append([line])
    return made


def _trim_passage(text: str, inner: Span) -> Span:
    """Return a passage without white space at its ends and the comma that belongs to the sentence around it."""
    words = inner.of(text)
    start = inner.start + len(words) - len(words.lstrip())
    return Span(start, max(start + 1, inner.end - len(words) + len(words.rstrip(" \u00a0\u202f\t,،、，"))))


# --- what belongs together --------------------------------------------------------------------------------------


def groups(reading: TextReading, passages: Sequence[Quoted]) -> Iterator[list[Quoted]]:
    """Group passages with those that only an attribution separates from them."""
    group: list[Quoted] = []
    for passage in passages:
        if group and not _is_continued(reading, group[-1], passage):
            yield group
            group = []
        group.append(passage)
    if group:
        yield group


def _is_continued(reading: TextReading, before: Quoted, passage: Quoted) -> bool:
    """Return whether only an attribution is between two passages, and the second has none of its own."""
    gap = Span(before.outer.end, passage.outer.start)
    words = gap.of(reading.text).strip()
    if "\n" in gap.of(reading.text) or _MARKS.search(words) or not words.endswith((",", ".", "–", "—")):
        return False
    if words.endswith(",") and before.inner.of(reading.text).endswith("."):
        return False  # "“…” If that is not so, she says, “…”"
    participles = speech(reading.language).participles.intersection(re.findall(r"[^\W\d_]+", words))
    if participles or len(sentences(reading.text, reading.language, gap)) != 1:
        return False
    return _credits_speaker(reading, words) and not _has_own_attribution(reading, passage)


def _credits_speaker(reading: TextReading, words: str) -> bool:
    """Return whether words have a reporting verb with somebody who speaks."""
    found = credit(words, reading.people, reading.language.speakers)
    says = any(word.low in reading.language.speakers.verbs for word in words_of(words))
    return says and bool(found.people or found.refers or found.unnamed or found.stranger)


def _has_own_attribution(reading: TextReading, passage: Quoted) -> bool:
    """Return whether the words that follow a passage in its sentence, as far as the next passage, credit it."""
    text, end = reading.text, passage.outer.end
    if not passage.inner.of(text).rstrip().endswith(_LEADS_ON) and text[end : end + 1] != ",":
        return False
    sentence = sentence_at(text, reading.language, max(end - 1, 0))
    later = [each.outer.start for each in quoted(text, reading.language, sentence) if each.outer.start >= end]
    return _credits_speaker(reading, text[end : max(end, min([sentence.end, *later]))])


# --- what the check accepts -------------------------------------------------------------------------------------


def _accepted_drafts(
    briefing: Briefing, parts: Sequence[Span], speaker: Entity | None, via: Entity | None
) -> Iterator[QuotationDraft]:
    """Return the draft of a quotation as one, or of each part where they make no one statement."""
    target = target_of(briefing.source.text, parts)
    kinds: tuple[QuotationKind, ...] = ("direct", "fragment")
    for kind in kinds:
        alone = with_quotation_alone(briefing, target, kind=kind, matches=exact_matches(parts))
        if not any(rules_of_check.not_in_quotation_marks(alone)) and not any(rules_of_check.not_a_fragment(alone)):
            credited = not any(rules_of_check.attribution(alone))
            yield QuotationDraft(tuple(parts), kind, speaker, via, credited)
            return
    for part in parts if len(parts) > 1 else ():
        yield from _accepted_drafts(briefing, [part], speaker, via)
