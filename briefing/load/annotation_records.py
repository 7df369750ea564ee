"""Input models of annotations/*.yml to records: see `records`."""

from __future__ import annotations

import re
from decimal import Decimal

from briefing.load.records import Report, record, several
from briefing.load.schema.annotations import (
    AnnotationInput,
    ContextInput,
    DerivedInput,
    FigureInput,
    IgnoreInput,
    MemberInput,
    QuoteInput,
    RangeInput,
    ResolvedInput,
    SelectorInput,
    SeriesInput,
    ThemeInput,
    WithdrawnInput,
    WithheldInput,
    WordsInput,
)
from briefing.load.schema.fields import Written
from briefing.load.schema.formats import NUMBER, wrong_date
from briefing.load.yaml.scalars import shortened
from briefing.model import (
    ContextNote,
    Derived,
    Figure,
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
    Value,
    Withdrawn,
)
from briefing.model.places import Place, Problem


def quotation(entry: QuoteInput, file: str, report: Report) -> Quotation:
    """Words that somebody says."""
    return record(Quotation, entry, file, report, target=_target(entry, file))


def context_note(entry: ContextInput, file: str, report: Report) -> ContextNote:
    """What a reader should know."""
    return record(ContextNote, entry, file, report, target=_target(entry, file))


def theme(entry: ThemeInput, file: str, report: Report) -> Theme:
    """A summary of what readers wrote."""
    at = Place(file, entry.path)
    withheld = entry.dissent.withheld if isinstance(entry.dissent, WithheldInput) else ""
    return record(
        Theme,
        entry,
        file,
        report,
        members=tuple(_member(member, at.child("comments", index)) for index, member in enumerate(entry.comments)),
        dissent=() if entry.dissent is None or isinstance(entry.dissent, WithheldInput) else several(entry.dissent),
        dissent_withheld=withheld,
    )


def _member(entry: MemberInput | str, at: Place) -> Member:
    if isinstance(entry, str):
        return Member(entry, "", "", at)
    return Member(entry.id, entry.stance or "", entry.words, at)


def derived(entry: DerivedInput, file: str, report: Report) -> Derived:
    """A number that is computed; whether the formula can be read and gives it is for `check`."""
    return record(Derived, entry, file, report)


def withdrawn(entry: WithdrawnInput, file: str, report: Report) -> Withdrawn:
    """What was taken back."""
    return record(Withdrawn, entry, file, report, origin=entry.from_)


def ignored(given: list[IgnoreInput], file: str, report: Report) -> tuple[Ignored, ...]:
    """What is set aside."""
    return tuple(record(Ignored, entry, file, report, target=_target(entry, file)) for entry in given)


def _target(entry: AnnotationInput | IgnoreInput, file: str) -> Target:
    given = entry.target if isinstance(entry.target, list) else [entry.target]
    comment = entry.in_ if isinstance(entry, AnnotationInput) else ""
    return Target(tuple(_part(part, file) for part in given), comment, Place(file, entry.path).child("target"))


def _part(part: Written | SelectorInput, file: str) -> Part:
    if isinstance(part, Written):
        return Part(Selector(part.text), Place(file, part.path))
    return Part(Selector(part.exact.text, part.prefix, part.suffix), Place(file, part.exact.path))


# --- figures ----------------------------------------------------------------------------------------------------


def figure(entry: FigureInput, file: str, report: Report) -> Figure | None:
    """A number or date; None where its value does not fit its type."""
    at = Place(file, entry.path)
    value = _figure_value(entry, at.child("value"), report)
    resolved = _resolved_value(entry.resolved, entry.type == "date", at.child("resolved"), report)
    if value is None or (entry.resolved and not resolved):
        return None
    series = _series(entry, at.child("series"), report)
    target = _target(entry, file)
    return record(Figure, entry, file, report, target=target, value=value, resolved=resolved, series=series)


def _series(entry: FigureInput, at: Place, report: Report) -> Series | None:
    """A list alone becomes a series with the figure's label and unit."""
    given = entry.series
    if isinstance(given, SeriesInput):
        label, unit = given.label or entry.label, given.unit or entry.unit
        return record(Series, given, at.file, report, label=label, unit=unit)
    if not given:
        return None
    points = tuple(record(SeriesPoint, point, at.file, report) for point in given)
    return Series(entry.label, entry.unit, points, at)


def _figure_value(entry: FigureInput, at: Place, report: Report) -> Value | None:
    if isinstance(entry.value, RangeInput):
        return _range_value(entry.value, entry.type == "date", at, report)
    if isinstance(entry.value, WordsInput):
        return _worded_value(entry.value, at, report)
    if entry.type == "date":
        return _date_value(entry.value, at, report)
    return _number_value(entry.value, at, report)


def _date_value(given: str, at: Place, report: Report) -> Value | None:
    reason = wrong_date(given)
    if reason:
        report(Problem("bad-date", reason[0], at, reason[1] + _in_words(given)))
        return None
    return Value(given, None, None, "", given)


def _in_words(given: str) -> str:
    """The other way to write a value that is no number or date, if it consists of plain words."""
    return f"; or `{{words: {given}}}`" if re.fullmatch(r"[\w ]*[^\W\d_]{3}[\w ]*", given) else ""


def _number_value(given: str, at: Place, report: Report) -> Value | None:
    if not NUMBER.fullmatch(given):
        hint = f"write digits alone, for example 1500000 or 3.5{_in_words(given)}"
        report(Problem("wrong-type", f"“{shortened(given)}” is not a number", at, hint))
        return None
    return Value(given, Decimal(given), Decimal(given), "", "")


def _range_value(given: RangeInput, is_date: bool, at: Place, report: Report) -> Value | None:
    if is_date or given.from_ > given.to:
        message = "a date has no range" if is_date else f"the range from {given.from_} to {given.to} runs backwards"
        hint = "write one date, or `{words: …}`" if is_date else f"write `{{from: {given.to}, to: {given.from_}}}`"
        report(Problem("wrong-value", message, at, hint))
        return None
    return Value(f"{given.from_}–{given.to}", given.from_, given.to, "", "")


def _worded_value(given: WordsInput, at: Place, report: Report) -> Value | None:
    if given.min is not None and given.max is not None and given.min > given.max:
        report(Problem("wrong-value", f"min {given.min} is more than max {given.max}", at, "swap the two"))
        return None
    return Value(given.words, given.min, given.max, given.words, "")


def _resolved_value(given: ResolvedInput | None, is_date: bool, at: Place, report: Report) -> Resolved | None:
    if given is None:
        return None
    reason = wrong_date(given.value) if is_date else None
    if reason:
        report(Problem("bad-date", reason[0], at.child("value"), reason[1]))
        return None
    return Resolved(given.value, given.because, at)
