"""Draft quotations: each quoted passage with its speaker, what an attribution interrupts joined into one.

What a draft says is held against the rules of `check` before it is given, so that it needs no mending: its kind is the
one that they accept, and where the source credits nobody beside the words, the draft says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.attribution import RULES, Entity, Rule, Said, SpokenPassage, TextReading, find_speaker, read
from briefing.attribution.credit import credit
from briefing.attribution.subjects import words_of
from briefing.authoring.suggest.spans import findable, sentence_at
from briefing.check.rules import quotations as rules_of_check
from briefing.coverage import spoken
from briefing.model import Anchor, Briefing, Match, MatchLevel, Part, Quotation, QuotationKind, Selector, Target
from briefing.model.places import Place, Span
from briefing.text import Language, Quoted, language, quoted, sentences, speech

_LEADS_ON = (",", "?", "!", "…", "—", "–")
"""What ends a passage whose attribution follows."""
_MARKS = re.compile('[“”„"«»‹›]')


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


def quotation_drafts(
    briefing: Briefing, entities: Sequence[Entity], taken: Sequence[Span] = (), rules: Sequence[Rule] = RULES
) -> tuple[QuotationDraft, ...]:
    """A draft for every quoted passage of the source that is somebody's words, in its order.

    Passages that overlap `taken` are left out.
    """
    text, spoken_in = briefing.source.text, language(briefing.source.language)
    reading = read(text, spoken_in, entities)
    made: list[QuotationDraft] = []
    said: list[Said] = []
    for group in groups(reading, spoken(text, spoken_in)):
        outer = tuple(passage.outer for passage in group)
        speaker = find_speaker(SpokenPassage(reading, outer, said), rules)
        said.append(Said(Span(outer[0].start, outer[-1].end), speaker))
        left = [passage.inner for passage in group if not any(passage.inner.overlaps(span) for span in taken)]
        parts = [part for inner in left if (part := findable(text, _words(text, inner)))]
        who, via = (entities[int(id)] if id else None for id in (speaker.id, speaker.via))
        made += _checked(briefing, parts, who, via) if parts else ()
    return tuple(made)


# --- what belongs together --------------------------------------------------------------------------------------


def groups(reading: TextReading, passages: Sequence[Quoted]) -> Iterator[list[Quoted]]:
    """Passages with those that only an attribution parts from them."""
    group: list[Quoted] = []
    for passage in passages:
        if group and not _goes_on(reading, group[-1], passage):
            yield group
            group = []
        group.append(passage)
    if group:
        yield group


def _goes_on(reading: TextReading, before: Quoted, passage: Quoted) -> bool:
    """Whether nothing but an attribution is between two passages, and the second has none of its own."""
    gap = Span(before.outer.end, passage.outer.start)
    words = gap.of(reading.text).strip()
    if "\n" in gap.of(reading.text) or _MARKS.search(words) or not words.endswith((",", ".", "–", "—")):
        return False
    if words.endswith(",") and before.inner.of(reading.text).endswith("."):
        return False  # "“…” If that is not so, she says, “…”"
    if len(sentences(reading.text, reading.language, gap)) != 1 or _has_participle(reading.language, words):
        return False
    return _credits(reading, words) and not _has_own(reading, passage)


def _credits(reading: TextReading, words: str) -> bool:
    """Whether words have a verb of speech with somebody who speaks."""
    found = credit(words, reading.people, reading.language.speakers)
    says = any(word.low in reading.language.speakers.verbs for word in words_of(words))
    return says and bool(found.people or found.refers or found.unnamed or found.stranger)


def _has_own(reading: TextReading, passage: Quoted) -> bool:
    """Whether a passage is credited by the words that follow it."""
    inner, end = passage.inner.of(reading.text).rstrip(), passage.outer.end
    leads_on = inner.endswith(_LEADS_ON) or reading.text[end : end + 1] == ","
    return leads_on and _credits(reading, _rest(reading, end))


def _rest(reading: TextReading, end: int) -> str:
    """The words behind a passage in its sentence, as far as the next passage."""
    sentence = sentence_at(reading.text, reading.language, max(end - 1, 0))
    later = [each.outer.start for each in quoted(reading.text, reading.language, sentence) if each.outer.start >= end]
    return reading.text[end : max(end, min([sentence.end, *later]))]


def _has_participle(rules: Language, words: str) -> bool:
    return bool(set(re.findall(r"[^\W\d_]+", words)) & speech(rules).participles)


# --- what the check accepts -------------------------------------------------------------------------------------


def _words(text: str, inner: Span) -> Span:
    """A passage without white space at its ends, and without the comma that belongs to the sentence around it."""
    words = inner.of(text)
    start = inner.start + len(words) - len(words.lstrip())
    return Span(start, max(start + 1, inner.end - len(words) + len(words.rstrip(" \u00a0\u202f\t,،、，"))))


def _checked(
    briefing: Briefing, parts: Sequence[Span], speaker: Entity | None, via: Entity | None
) -> Iterator[QuotationDraft]:
    """The draft of a quotation as one, or of each part where they make no one statement."""
    draft = _accepted(briefing, tuple(parts), speaker, via)
    if draft:
        yield draft
    elif len(parts) > 1:
        for part in parts:
            yield from _checked(briefing, [part], speaker, via)


def _accepted(
    briefing: Briefing, parts: tuple[Span, ...], speaker: Entity | None, via: Entity | None
) -> QuotationDraft | None:
    kinds: tuple[QuotationKind, ...] = ("direct", "fragment")
    for kind in kinds:
        alone = _alone_in(briefing, parts, kind)
        if not any(rules_of_check.not_in_quotation_marks(alone)) and not any(rules_of_check.not_a_fragment(alone)):
            credited = not any(rules_of_check.attribution(alone))
            return QuotationDraft(parts, kind, speaker, via, credited)
    return None


def _alone_in(briefing: Briefing, parts: tuple[Span, ...], kind: QuotationKind) -> Briefing:
    """The briefing with nothing but one quotation."""
    at = Place("")
    targets = tuple(Part(Selector(span.of(briefing.source.text)), at) for span in parts)
    quotation = Quotation(
        id="draft",
        was=(),
        target=Target(targets, "", at),
        note=None,
        tags=(),
        by=(),
        status="draft",
        allow=(),
        at=at,
        kind=kind,
        speaker="",
        via=(),
        attribution="",
        translation=None,
        assessment=None,
    )
    anchors = {"draft": Anchor(tuple(Match(span, MatchLevel.EXACT) for span in parts))}
    return replace(briefing, quotations=(quotation,), figures=(), context=(), anchors=anchors)
