"""Draft quotations: each quoted passage with its speaker, what an attribution interrupts joined into one.

What a draft says is held against the rules of `check` before it is given, so that it needs no mending: its kind is the
one that they accept, and where the source credits nobody beside the words, the draft says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefing.check import quotations as rules_of_check
from briefing.coverage import spoken
from briefing.language import Language, Quoted, language, sentences, speech
from briefing.model import Anchor, Briefing, Match, Part, Quotation, QuotationKind, Rung, Selector, Target
from briefing.places import Place, Span
from briefing.suggest.cast import Cast
from briefing.suggest.credit import sayer, says
from briefing.suggest.floor import Credit, Done
from briefing.suggest.reference import Member
from briefing.suggest.spans import findable
from briefing.suggest.speaker import credit, leads_on, rest_of

_MARKS = re.compile('[“”„"«»‹›]')


@dataclass(frozen=True, slots=True)
class QuotationDraft:
    """A quotation as it is suggested."""

    parts: tuple[Span, ...]
    kind: QuotationKind
    speaker: Member | None
    """None where the text does not tell, or its language has no rules."""
    via: Member | None = None
    """Who quotes the speaker."""
    credited: bool = True
    """False where the check finds no crediting words of the source beside it."""


def quotation_drafts(briefing: Briefing, cast: Cast, taken: Sequence[Span] = ()) -> tuple[QuotationDraft, ...]:
    """A draft for every quoted passage of the source that is somebody's words, in its order.

    Passages that overlap `taken` are left out. Who speaks is noted in `cast`, for the pronouns that follow.
    """
    text, rules = briefing.source.text, language(briefing.source.language)
    made: list[QuotationDraft] = []
    done: list[Done] = []
    for group in _groups(text, rules, spoken(text, rules)):
        credited = credit(text, rules, cast, group, done)
        done.append(Done(group[0].outer.start, group[-1].outer.end, credited))
        left = [passage.inner for passage in group if not any(passage.inner.overlaps(span) for span in taken)]
        parts = [part for inner in left if (part := findable(text, _words(text, inner)))]
        made += _checked(briefing, parts, credited) if parts else ()
        speaker = credited.via or credited.speaker
        if speaker:
            cast.speaks(speaker, group[0].outer.start)
    return tuple(made)


# --- what belongs together --------------------------------------------------------------------------------------


def _groups(text: str, rules: Language, passages: Sequence[Quoted]) -> Iterator[list[Quoted]]:
    """Passages with those that only an attribution parts from them."""
    group: list[Quoted] = []
    for passage in passages:
        if group and not _goes_on(text, rules, group[-1], passage):
            yield group
            group = []
        group.append(passage)
    if group:
        yield group


def _goes_on(text: str, rules: Language, before: Quoted, passage: Quoted) -> bool:
    """Whether nothing but an attribution stands between two passages, and the second has none of its own."""
    gap = Span(before.outer.end, passage.outer.start)
    words = gap.of(text).strip()
    if "\n" in gap.of(text) or _MARKS.search(words) or not words.endswith((",", ".", "–", "—")):
        return False
    if len(sentences(text, rules, gap)) != 1 or _has_participle(rules, words):
        return False
    if not says(text, rules, gap) or sayer(text, rules, gap, after=True) is None:
        return False
    return not _has_own(text, rules, passage)


def _has_own(text: str, rules: Language, passage: Quoted) -> bool:
    """Whether a passage is credited by the words that follow it."""
    rest = rest_of(text, rules, passage)
    return leads_on(text, passage) and says(text, rules, rest) and sayer(text, rules, rest, after=True) is not None


def _has_participle(rules: Language, words: str) -> bool:
    return bool(set(re.findall(r"[^\W\d_]+", words)) & speech(rules).participles)


# --- what the check accepts -------------------------------------------------------------------------------------


def _words(text: str, inner: Span) -> Span:
    """A passage without white space at its ends, and without the comma that belongs to the sentence around it."""
    words = inner.of(text)
    start = inner.start + len(words) - len(words.lstrip())
    return Span(start, max(start + 1, inner.end - len(words) + len(words.rstrip(" \u00a0\u202f\t,،、，"))))


def _checked(briefing: Briefing, parts: Sequence[Span], credit: Credit) -> Iterator[QuotationDraft]:
    """The draft of a quotation as one, or of each part where they make no one statement."""
    draft = _accepted(briefing, tuple(parts), credit)
    if draft:
        yield draft
    elif len(parts) > 1:
        for part in parts:
            yield from _checked(briefing, [part], credit)


def _accepted(briefing: Briefing, parts: tuple[Span, ...], credit: Credit) -> QuotationDraft | None:
    kinds: tuple[QuotationKind, ...] = ("direct", "fragment")
    for kind in kinds:
        alone = _alone_in(briefing, parts, kind)
        if not any(rules_of_check.not_in_quotation_marks(alone)) and not any(rules_of_check.not_a_fragment(alone)):
            credited = not any(rules_of_check.attribution(alone))
            return QuotationDraft(parts, kind, credit.speaker, credit.via, credited)
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
    anchors = {"draft": Anchor(tuple(Match(span, Rung.EXACT) for span in parts))}
    return replace(briefing, quotations=(quotation,), figures=(), context=(), anchors=anchors)
