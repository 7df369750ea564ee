"""Input models of annotations/*.yml to records: see `convert`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from briefing.load.records import Report, allowances, prose, several
from briefing.load.schema.annotations import (
    AnnotationInput,
    AssessmentInput,
    ContextInput,
    DerivedInput,
    FigureInput,
    IgnoreInput,
    MemberInput,
    PointInput,
    QuoteInput,
    RangeInput,
    ResolvedInput,
    SelectorInput,
    SeriesInput,
    ThemeInput,
    TranslationInput,
    WithdrawnInput,
    WithheldInput,
    WordsInput,
)
from briefing.load.schema.base import NamedInput
from briefing.load.schema.fields import Written
from briefing.load.schema.formats import NUMBER, wrong_date
from briefing.load.yaml.repair import shortened
from briefing.model import (
    Assessment,
    ContextNote,
    Derived,
    Figure,
    FormulaInput,
    Ignored,
    Member,
    Part,
    Quotation,
    Resolved,
    Selector,
    Series,
    SeriesPoint,
    Target,
    Theme,
    Translation,
    Value,
    Withdrawn,
)
from briefing.model.places import Place, Problem


def quotation(entry: QuoteInput, file: str, report: Report) -> Quotation:
    """Words that somebody says."""
    return Quotation(
        **_annotation(entry, file, report),
        kind=entry.kind,
        speaker=entry.speaker,
        via=several(entry.via),
        attribution=entry.attribution,
        translation=_translation(entry.translation, file),
        assessment=_assessment(entry.assessment, file, report),
    )


def _translation(entry: TranslationInput | None, file: str) -> Translation | None:
    return Translation(entry.text, entry.by, Place(file, entry.path)) if entry else None


def context_note(entry: ContextInput, file: str, report: Report) -> ContextNote:
    """What a reader should know."""
    return ContextNote(**_annotation(entry, file, report), title=entry.title)


def theme(entry: ThemeInput, file: str, report: Report) -> Theme:
    """A summary of what readers wrote."""
    at = Place(file, entry.path)
    members = tuple(_member(member, at.child("comments", index)) for index, member in enumerate(entry.comments))
    return Theme(
        **_named(entry, file),
        title=entry.title,
        about=entry.about,
        members=members,
        dissent=() if entry.dissent is None or isinstance(entry.dissent, WithheldInput) else several(entry.dissent),
        dissent_withheld=entry.dissent.withheld if isinstance(entry.dissent, WithheldInput) else "",
        summary=prose(entry.summary, file, report),
    )


def withdrawn(entry: WithdrawnInput, file: str, report: Report) -> Withdrawn:
    """What was taken back."""
    return Withdrawn(
        id=entry.id,
        was=several(entry.was),
        origin=entry.from_,
        date=entry.date,
        reason=entry.reason,
        at=Place(file, entry.path),
    )


def _member(entry: MemberInput | str, at: Place) -> Member:
    if isinstance(entry, str):
        return Member(entry, "", "", at)
    return Member(entry.id, entry.stance or "", entry.words, at)


def _named(entry: NamedInput, file: str) -> dict[str, Any]:
    return {
        "id": entry.id,
        "was": several(entry.was),
        "tags": several(entry.tags),
        "by": several(entry.by),
        "reviewed_by": several(entry.reviewed_by),
        "status": entry.status,
        "allow": allowances(entry.allow, file),
        "at": Place(file, entry.path),
    }


def _annotation(entry: AnnotationInput, file: str, report: Report) -> dict[str, Any]:
    target = _target(entry.target, entry.in_, Place(file, entry.path), file)
    return {**_named(entry, file), "target": target, "note": prose(entry.note, file, report)}


def ignored(given: list[IgnoreInput], file: str) -> tuple[Ignored, ...]:
    """What is set aside."""
    return tuple(
        Ignored(_target(entry.target, "", Place(file, entry.path), file), entry.reason, Place(file, entry.path))
        for entry in given
    )


def _target(
    given: Written | SelectorInput | list[Written | SelectorInput], comment: str, at: Place, file: str
) -> Target:
    parts = tuple(_part(part, file) for part in (given if isinstance(given, list) else [given]))
    return Target(parts, comment, at.child("target"))


def _part(part: Written | SelectorInput, file: str) -> Part:
    if isinstance(part, Written):
        return Part(Selector(part.text), Place(file, part.path))
    return Part(Selector(part.exact.text, part.prefix, part.suffix), Place(file, part.exact.path))


def _assessment(entry: AssessmentInput | None, file: str, report: Report) -> Assessment | None:
    if entry is None:
        return None
    note = prose(entry.note, file, report)
    response = prose(entry.response, file, report)
    evidence, at = several(entry.evidence), Place(file, entry.path)
    return Assessment(entry.verdict, entry.by, entry.date, evidence, response, note, at)


def derived(entry: DerivedInput, file: str, report: Report) -> Derived:
    """A number that is computed; whether the formula can be read and gives it is for `check`."""
    inputs = (FormulaInput(one.name, one.cite, one.value, Place(file, one.path)) for one in entry.inputs)
    return Derived(
        **_named(entry, file),
        label=entry.label,
        formula=entry.formula,
        inputs=tuple(inputs),
        value=entry.value,
        unit=entry.unit,
        note=prose(entry.note, file, report),
    )


# --- figures ----------------------------------------------------------------------------------------------------


def figure(entry: FigureInput, file: str, report: Report) -> Figure | None:
    """A number or date; None where its value does not fit its type."""
    at = Place(file, entry.path)
    value = _value(entry, at.child("value"), report)
    resolved = _resolved(entry.resolved, entry.type == "date", at.child("resolved"), report)
    if value is None or (entry.resolved and not resolved):
        return None
    return Figure(
        **_annotation(entry, file, report),
        label=entry.label,
        type=entry.type,
        basis=entry.basis,
        value=value,
        unit=entry.unit,
        period=entry.period,
        speaker=entry.speaker,
        resolved=resolved,
        assessment=_assessment(entry.assessment, file, report),
        series=_series(entry, Place(file, entry.path).child("series")),
        measure=entry.measure,
    )


def _series(entry: FigureInput, at: Place) -> Series | None:
    """A list alone becomes a series with the figure's label and unit."""
    given = entry.series
    if isinstance(given, SeriesInput):
        return Series(given.label or entry.label, given.unit or entry.unit, _points(given.points, at.file), at)
    return Series(entry.label, entry.unit, _points(given, at.file), at) if given else None


def _points(given: list[PointInput], file: str) -> tuple[SeriesPoint, ...]:
    return tuple(SeriesPoint(one.period, one.value, one.cite, Place(file, one.path)) for one in given)


def _value(entry: FigureInput, at: Place, report: Report) -> Value | None:
    if isinstance(entry.value, RangeInput):
        return _range(entry.value, entry.type == "date", at, report)
    if isinstance(entry.value, WordsInput):
        return _words(entry.value, at, report)
    if entry.type == "date":
        return _date(entry.value, at, report)
    return _number(entry.value, at, report)


def _date(given: str, at: Place, report: Report) -> Value | None:
    reason = wrong_date(given)
    if reason:
        report(Problem("bad-date", reason[0], at, reason[1] + _in_words(given)))
        return None
    return Value(given, None, None, "", given)


def _in_words(given: str) -> str:
    """The other way to write a value that is no number or date, if it consists of plain words."""
    return f"; or `{{words: {given}}}`" if re.fullmatch(r"[\w ]*[^\W\d_]{3}[\w ]*", given) else ""


def _number(given: str, at: Place, report: Report) -> Value | None:
    if not NUMBER.fullmatch(given):
        hint = f"write digits alone, for example 1500000 or 3.5{_in_words(given)}"
        report(Problem("wrong-type", f"“{shortened(given)}” is not a number", at, hint))
        return None
    return Value(given, Decimal(given), Decimal(given), "", "")


def _range(given: RangeInput, is_date: bool, at: Place, report: Report) -> Value | None:
    if is_date or given.from_ > given.to:
        message = "a date has no range" if is_date else f"the range from {given.from_} to {given.to} runs backwards"
        hint = "write one date, or `{words: …}`" if is_date else f"write `{{from: {given.to}, to: {given.from_}}}`"
        report(Problem("wrong-value", message, at, hint))
        return None
    return Value(f"{given.from_}–{given.to}", given.from_, given.to, "", "")


def _words(given: WordsInput, at: Place, report: Report) -> Value | None:
    if given.min is not None and given.max is not None and given.min > given.max:
        report(Problem("wrong-value", f"min {given.min} is more than max {given.max}", at, "swap the two"))
        return None
    return Value(given.words, given.min, given.max, given.words, "")


def _resolved(given: ResolvedInput | None, is_date: bool, at: Place, report: Report) -> Resolved | None:
    if given is None:
        return None
    reason = wrong_date(given.value) if is_date else None
    if reason:
        report(Problem("bad-date", reason[0], at.child("value"), reason[1]))
        return None
    return Resolved(given.value, given.because, at)
