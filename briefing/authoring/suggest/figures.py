"""Draft figures: each number and date that says something, with its value, unit, type, basis and period.

All of it is read in the words of the source; where they do not tell, the field is left out. A value that the rules of
`check` would not read in its target is written in the source's own words, and no draft is given that they refuse.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from briefing.attribution import Entity
from briefing.attribution.credit import says
from briefing.authoring.suggest.spans import findable, sentence_at
from briefing.authoring.suggest.units import Unit, unit_after
from briefing.check.rules.figures import value_not_in_target
from briefing.coverage import NumberMention, mentions
from briefing.model import (
    Anchor,
    Briefing,
    Figure,
    FigureBasis,
    FigureType,
    Match,
    MatchLevel,
    Part,
    Selector,
    Target,
    Value,
)
from briefing.model.places import Place, Span
from briefing.text import Date, Language, Number, in_digits, language, quoted, worth

_BASIS_REACH = 60
"""Code points before a number in which a word for an estimate or a promise is looked for."""
_WORD = re.compile(r"[^\W\d_]+")
_SHARE = 20
"""The largest denominator of a fraction that has a name."""


@dataclass(frozen=True, slots=True)
class FigureDraft:
    """A number or date as it is suggested."""

    core: Span
    """The number or date alone."""
    target: Span
    """With the words for what it counts."""
    label: str
    type: FigureType
    basis: FigureBasis
    value: str
    """A number or date; empty where it is a range or words."""
    ends: tuple[str, str] | None
    """Both ends of a range."""
    words: str
    """The source's own words, where they are no exact number or date."""
    least: str
    """The least that vague words can mean; empty where they tell none."""
    unit: str
    period: str
    speaker: Entity | None
    exact: str
    """The value as one text, a fraction as a fraction."""


def figure_drafts(briefing: Briefing, said: Sequence[tuple[Span, Entity]]) -> tuple[FigureDraft, ...]:
    """A draft for every number and date of the source that says something, in its order.

    `said` are the words of quotations with who says them.
    """
    text, rules = briefing.source.text, language(briefing.source.language)
    found = (_draft(briefing, text, rules, mention, said) for mention in mentions(text, rules))
    return tuple(draft for draft in found if draft is not None)


def _draft(
    briefing: Briefing, text: str, rules: Language, mention: NumberMention, said: Sequence[tuple[Span, Entity]]
) -> FigureDraft | None:
    unit = unit_after(text, rules, mention)
    target = findable(text, Span(_start(text, rules, mention), max(mention.span.end, unit.end)))
    if target is None:
        return None
    draft = replace(
        _valued(text, mention, unit),
        target=target,
        label=_label(text, rules, target, alone=target == mention.span),
        basis=_basis(text, rules, mention.span),
        period=_period(text, rules, mention),
        speaker=_speaker(mention.span, said),
    )
    in_words = replace(draft, value="", ends=None, words=mention.span.of(text), least="", unit=_without_percent(draft))
    return next((each for each in (draft, in_words) if not any(value_not_in_target(_alone(briefing, each)))), None)


def _without_percent(draft: FigureDraft) -> str:
    return "" if draft.unit.startswith("%") else draft.unit


# --- value and type ---------------------------------------------------------------------------------------------


def _valued(text: str, mention: NumberMention, unit: Unit) -> FigureDraft:
    """The draft with its type, value and unit."""
    if mention.date:
        return _dated(text, mention, mention.date)
    first, last = mention.numbers[0], mention.numbers[-1]
    draft = _blank(mention, _type(mention, unit), unit.name)
    if first.high is None or last.high is None:
        least = "" if len(mention.numbers) > 1 else in_digits(first.low)
        return replace(draft, words=mention.span.of(text), least=least, exact=least)
    if first is not last:
        ends = in_digits(first.low), in_digits(last.low)
        return replace(draft, ends=ends, exact="-".join(ends))
    if first.fraction and not first.percent:
        return _fraction(text, mention, draft, first)
    value = in_digits(first.low)
    return replace(draft, value=value, exact=value)


def _blank(mention: NumberMention, type: FigureType, unit: str) -> FigureDraft:
    return FigureDraft(
        core=mention.span,
        target=mention.span,
        label="",
        type=type,
        basis="reported",
        value="",
        ends=None,
        words="",
        least="",
        unit=unit,
        period="",
        speaker=None,
        exact="",
    )


def _dated(text: str, mention: NumberMention, date: Date) -> FigureDraft:
    parts = [f"{part:0{width}}" for part, width in ((date.year, 4), (date.month, 2), (date.day, 2)) if part is not None]
    written = "-".join(parts)
    draft = replace(_blank(mention, "date", ""), exact=written)
    return replace(draft, value=written) if date.year else replace(draft, words=mention.span.of(text))


def _fraction(text: str, mention: NumberMention, draft: FigureDraft, number: Number) -> FigureDraft:
    """A named fraction: as a percentage where that is exact, in words otherwise."""
    named = Fraction(number.low).limit_denominator(_SHARE)
    percent = named * 100
    unit = "%" + draft.unit.removeprefix("%")
    if percent.denominator == 1 and percent >= 10:
        return replace(draft, value=str(percent.numerator), unit=unit, exact=str(named))
    return replace(draft, words=mention.span.of(text), unit="", exact=str(named))


def _type(mention: NumberMention, unit: Unit) -> FigureType:
    if mention.rank:
        return "rank"
    if any(number.percent or (number.fraction and number.low < 1) for number in mention.numbers):
        return "share"
    return "amount" if unit.measured else "count"


# --- what is said around it -------------------------------------------------------------------------------------


def _start(text: str, rules: Language, mention: NumberMention) -> int:
    """Where a number begins, or the "between" before a range."""
    listed = "|".join(map(re.escape, rules.numbers.between))
    before = text[max(mention.span.start - _BASIS_REACH, 0) : mention.span.start]
    found = re.search(rf"(?<!\w)(?:{listed})[ \u00a0]$", before, re.IGNORECASE) if listed else None
    return mention.span.start - len(found.group()) if found and len(mention.numbers) > 1 else mention.span.start


def _label(text: str, rules: Language, target: Span, alone: bool) -> str:
    """The target's own words, after those before it where it is a number alone: nothing is invented."""
    start = target.start
    if alone:
        before = text[sentence_at(text, rules, target.start).start : start]
        led = _BEFORE.search(before)
        start -= len(led.group()) if led else 0
    words = " ".join(text[start : target.end].split())
    return words[:1].upper() + words[1:]


_BEFORE = re.compile(r"(?:[^\W_][\w’'-]*[ \u00a0]){1,3}$")
"""Up to three words before a number."""


def _basis(text: str, rules: Language, span: Span) -> FigureBasis:
    """What a number rests on, by the words just before it, or by whether somebody says it."""
    sentence = sentence_at(text, rules, span.start)
    start = max(sentence.start, span.start - _BASIS_REACH)
    before = set(_WORD.findall(text[start : span.start]))
    if before & worth(rules).pledge:
        return "pledge"
    if before & worth(rules).estimate:
        return "estimate"
    inside = any(passage.outer.holds(span) for passage in quoted(text, rules, span))
    return "claim" if inside or says(sentence.of(text), rules) else "reported"


def _period(text: str, rules: Language, mention: NumberMention) -> str:
    """The year that a number is for, where its sentence names one with a word like "in" or "by" before it."""
    if mention.date:
        return ""
    sentence, listed = sentence_at(text, rules, mention.span.start), "|".join(sorted(worth(rules).period)) or "(?!)"
    year = re.compile(rf"(?<!\w)(?i:{listed})[ \u00a0](?:[^\W\d_]+[ \u00a0])?([12]\d{{3}})(?![\w.,-]\d|\w)")
    found = list(year.finditer(text, sentence.start, sentence.end))
    if len(found) != 1:
        return ""
    between = text[mention.span.end : found[0].start()]
    near = found[0].start() == sentence.start or (found[0].start() >= mention.span.end and not _COMMA.search(between))
    return found[0][1] if near else ""


_COMMA = re.compile("[,;:]")


def _speaker(span: Span, said: Sequence[tuple[Span, Entity]]) -> Entity | None:
    """Who says the quotation that a number stands in."""
    return next((member for words, member in said if words.holds(span)), None)


# --- what the check accepts -------------------------------------------------------------------------------------


def _alone(briefing: Briefing, draft: FigureDraft) -> Briefing:
    """The briefing with nothing but one figure."""
    at, text = Place(""), briefing.source.text
    figure = Figure(
        id="draft",
        was=(),
        target=Target((Part(Selector(draft.target.of(text)), at),), "", at),
        note=None,
        tags=(),
        by=(),
        status="draft",
        allow=(),
        at=at,
        label=draft.label,
        type=draft.type,
        basis=draft.basis,
        value=_value(draft),
        unit=draft.unit,
        period=draft.period,
        speaker="",
        resolved=None,
        assessment=None,
        series=None,
    )
    anchors = {"draft": Anchor((Match(draft.target, MatchLevel.EXACT),))}
    return replace(briefing, figures=(figure,), quotations=(), context=(), anchors=anchors)


def _value(draft: FigureDraft) -> Value:
    if draft.words:
        return Value(draft.words, Decimal(draft.least) if draft.least else None, None, draft.words, "")
    if draft.ends:
        return Value("", Decimal(draft.ends[0]), Decimal(draft.ends[1]), "", "")
    if draft.type == "date":
        return Value(draft.value, None, None, "", draft.value)
    return Value(draft.value, Decimal(draft.value), Decimal(draft.value), "", "")
