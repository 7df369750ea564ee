"""Draft quotations: each quoted passage with its speaker, what an attribution interrupts joined into one.

What a draft says is held against the rules of `check` before it is given, so that it needs no mending: its kind is the
one that they accept, and where the source credits nobody beside the words, the draft says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from briefing.check import quotations as rules_of_check
from briefing.coverage import spoken
from briefing.language import Language, Quoted, language, quoted, sentences, speech
from briefing.model import Anchor, Briefing, Match, Part, Quotation, QuotationKind, Rung, Selector, Target
from briefing.places import Place, Span
from briefing.suggest.cast import Cast, Member
from briefing.suggest.credit import sayer, says
from briefing.suggest.spans import findable

_LEADS_ON = (",", "?", "!", "…", "—", "–")
"""What stands at the end of a passage whose attribution follows."""
_WORDS = re.compile(r"[^\W_]")
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
    done: list[_Done] = []
    for group in _groups(text, rules, spoken(text, rules)):
        credited = _credit(text, rules, cast, group, done)
        done.append(_Done(group[-1].outer.end, credited))
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
    rest = _rest(text, rules, passage)
    return _leads_on(text, passage) and says(text, rules, rest) and sayer(text, rules, rest, after=True) is not None


def _has_participle(rules: Language, words: str) -> bool:
    return bool(set(re.findall(r"[^\W\d_]+", words)) & speech(rules).participles)


def _leads_on(text: str, passage: Quoted) -> bool:
    inner = passage.inner.of(text).rstrip()
    return inner.endswith(_LEADS_ON) or text[passage.outer.end : passage.outer.end + 1] == ","


# --- who speaks -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Credit:
    """Who says a quotation."""

    speaker: Member | None
    via: Member | None = None


@dataclass(frozen=True, slots=True)
class _Done:
    """A quotation whose speaker has been looked for."""

    end: int
    credit: _Credit


def _credit(text: str, rules: Language, cast: Cast, group: Sequence[Quoted], earlier: Sequence[_Done]) -> _Credit:
    """Who says a quotation: by the words in its gap, else those beside it, else who spoke just before."""
    first, last = group[0], group[-1]
    rest = _rest(text, rules, first if len(group) > 1 else last)
    lead = _lead(text, rules, first)
    sides = [(rest, True), (lead, False)] if len(group) > 1 or _leads_on(text, last) else [(lead, False), (rest, True)]
    quoted_from = _quoted_from(text, rules, cast, rest)
    for words, after in sides:
        found = _by(text, rules, cast, words, after)
        if found:
            return _Credit(quoted_from, found.speaker) if quoted_from and words != rest else found
    if earlier and ("\n" not in text[earlier[-1].end : first.outer.start] or _alone(text, first, last)):
        return earlier[-1].credit
    phrase = sayer(text, rules, lead, after=False) if _WORDS.search(lead.of(text)) else None
    return _Credit(cast.meant(phrase) if phrase else None)


def _quoted_from(text: str, rules: Language, cast: Cast, rest: Span) -> Member | None:
    """Whom a speaker quotes, where the words after the quotation begin with it: “…”, quoting her predecessor."""
    quoting = _quoting(rules).search(text, rest.start, rest.end)
    if not quoting or _WORDS.search(text, rest.start, quoting.start()):
        return None
    phrase = sayer(text, rules, rest, after=False)
    return cast.meant(phrase) if phrase else None


def _by(text: str, rules: Language, cast: Cast, words: Span, after: bool) -> _Credit | None:
    """Who is credited by some words beside a quotation; None where they have no word for speaking."""
    if not _WORDS.search(words.of(text)) or not (says(text, rules, words) or words.of(text).rstrip().endswith(":")):
        return None
    phrase = sayer(text, rules, words, after)
    member = cast.meant(phrase) if phrase else None
    if phrase is None or member is None:
        return None
    return _Credit(
        member, _quoter(text, rules, cast, words) if phrase.possessive or _quotes(text, rules, words) else None
    )


def _quotes(text: str, rules: Language, words: Span) -> bool:
    return bool(set(re.findall(r"[^\W\d_]+", words.of(text))) & speech(rules).quoting)


def _quoter(text: str, rules: Language, cast: Cast, words: Span) -> Member | None:
    """Who quotes somebody else in some words: the subject of "…, he said, quoting Roosevelt’s statement"."""
    quoting = _quoting(rules).search(text, words.start, words.end)
    if not quoting:
        return None
    phrase = sayer(text, rules, Span(words.start, quoting.start()), after=True)
    return cast.meant(phrase) if phrase else None


@cache
def _quoting(rules: Language) -> re.Pattern[str]:
    listed = "|".join(sorted(map(re.escape, speech(rules).quoting)))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)" if listed else "(?!)")


def _lead(text: str, rules: Language, passage: Quoted) -> Span:
    """The words before a passage in its sentence, after the last passage before it."""
    sentence = _sentence(text, rules, passage.outer.start)
    ends = [each.outer.end for each in quoted(text, rules, sentence) if each.outer.end <= passage.outer.start]
    return Span(max([sentence.start, *ends]), passage.outer.start)


def _rest(text: str, rules: Language, passage: Quoted) -> Span:
    """The words after a passage in its sentence, before the next passage."""
    end = passage.outer.end
    sentence = _sentence(text, rules, max(end - 1, 0))
    starts = [each.outer.start for each in quoted(text, rules, sentence) if each.outer.start >= end]
    return Span(end, max(end, min([sentence.end, *starts])))


def _sentence(text: str, rules: Language, at: int) -> Span:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    line = Span(start, end if end >= 0 else len(text))
    return next((each for each in sentences(text, rules, line) if each.start <= at < each.end), line)


def _alone(text: str, first: Quoted, last: Quoted) -> bool:
    """Whether a paragraph has nothing but the quotation."""
    start = text.rfind("\n", 0, first.outer.start) + 1
    end = text.find("\n", last.outer.end)
    around = text[start : first.outer.start] + text[last.outer.end : end if end >= 0 else len(text)]
    return not _WORDS.search(around)


# --- what the check accepts -------------------------------------------------------------------------------------


def _words(text: str, inner: Span) -> Span:
    """A passage without white space at its ends, and without the comma that belongs to the sentence around it."""
    words = inner.of(text)
    start = inner.start + len(words) - len(words.lstrip())
    return Span(start, max(start + 1, inner.end - len(words) + len(words.rstrip(" \u00a0\u202f\t,،、，"))))


def _checked(briefing: Briefing, parts: Sequence[Span], credit: _Credit) -> Iterator[QuotationDraft]:
    """The draft of a quotation as one, or of each part where they make no one statement."""
    draft = _accepted(briefing, tuple(parts), credit)
    if draft:
        yield draft
    elif len(parts) > 1:
        for part in parts:
            yield from _checked(briefing, [part], credit)


def _accepted(briefing: Briefing, parts: tuple[Span, ...], credit: _Credit) -> QuotationDraft | None:
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
