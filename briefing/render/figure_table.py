"""The table of all figures: what each cell shows, and the value that it is sorted by.

A page's script never parses what people read: `value` is written here, from the record.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from briefing.model import Briefing, Figure, FigureBasis, Verdict
from briefing.render.charts.scale import period
from briefing.render.escape import Markup
from briefing.render.figures import date_of, with_completion
from briefing.render.messages import Messages

COLUMNS = ("figure", "value", "period", "speaker", "basis", "verdict")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the table."""

    column: str
    """What its column is called."""
    shown: str
    type: Literal["number", "date", "text"]
    """Values of different types never mix: numbers come before dates, dates before words."""
    value: str
    """A number, an ISO 8601 day, or words; empty where there is none, which comes last."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One figure."""

    id: Markup
    heading: str
    basis: str
    verdict: str
    """Empty where it was not assessed."""
    cells: tuple[Cell, ...]
    """Without the first, which is the heading."""


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a filter."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class FigureTable:
    """All figures."""

    columns: tuple[str, ...]
    rows: tuple[FigureRow, ...]
    bases: tuple[Choice, ...]
    verdicts: tuple[Choice, ...]


def figure_table(briefing: Briefing, figures: Sequence[Figure], say: Messages) -> FigureTable:
    """The table, with the options that lead to at least one row."""
    rows = tuple(_row(briefing, figure, say) for figure in figures)
    bases = _choices([row.basis for row in rows], get_args(FigureBasis), "figures.basis.{}", say)
    verdicts = _choices([row.verdict for row in rows], get_args(Verdict), "verdict.{}", say)
    none = sum(not row.verdict for row in rows)
    if none and verdicts:
        verdicts = (*verdicts, Choice("none", say("filter.choice", label=say("figures.no_verdict"), n=none)))
    return FigureTable(tuple(say(f"figures.{column}") for column in COLUMNS), rows, bases, verdicts)


def _choices(found: list[str], order: Sequence[str], key: str, say: Messages) -> tuple[Choice, ...]:
    counted = ((value, found.count(value)) for value in order)
    return tuple(Choice(v, say("filter.choice", label=say(key.format(v)), n=n)) for v, n in counted if n)


def _row(briefing: Briefing, figure: Figure, say: Messages) -> FigureRow:
    verdict = figure.assessment.verdict if figure.assessment else ""
    speaker = briefing.people[figure.speaker].name if figure.speaker else ""
    cells = (
        _value(briefing, figure, say),
        _period(figure, say),
        Cell(say("figures.speaker"), speaker, "text", speaker),
        _ranked(say("figures.basis"), say(f"figures.basis.{figure.basis}"), figure.basis, get_args(FigureBasis)),
        _ranked(say("figures.verdict"), say(f"verdict.{verdict}") if verdict else "", verdict, get_args(Verdict)),
    )
    return FigureRow(Markup(figure.id), figure.label, figure.basis, verdict, cells)


def _value(briefing: Briefing, figure: Figure, say: Messages) -> Cell:
    column, shown = say("figures.value"), with_completion(briefing, figure, say)
    if when := date_of(figure):
        return Cell(column, shown, "date", _day(when))
    number = figure.value.low if figure.value.low is not None else figure.value.high
    return Cell(column, shown, "text" if number is None else "number", shown if number is None else str(number))


def _period(figure: Figure, say: Messages) -> Cell:
    dated = period(figure.period) is not None
    value = _day(figure.period) if dated else figure.period
    return Cell(say("figures.period"), say.date(figure.period), "date" if dated else "text", value)


def _ranked(column: str, shown: str, value: str, order: Sequence[str]) -> Cell:
    """A word from a closed scale is sorted by its place on the scale."""
    return Cell(column, shown, "number", str(order.index(value)) if value else "")


def _day(iso: str) -> str:
    """A month or year as its first day, so that all dates compare as text."""
    return iso + "-01" * (2 - iso.count("-"))
