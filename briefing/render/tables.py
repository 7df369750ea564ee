"""Tables, as data: what each cell shows and the value that it is sorted by. Templates write it, escaped once.

A page's script never parses what people read: the value to sort by is written here, from the record.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, get_args

from briefing.model import Briefing, Figure, FigureBasis, Verdict
from briefing.render.charts.bars import FEWEST
from briefing.render.charts.svg import period
from briefing.render.escape import Markup
from briefing.render.figures import as_said, date_of, with_completion
from briefing.render.messages import Messages
from briefing.render.statements import written_or_words
from briefing.render.verdicts import verdict_badge

Shown = str | tuple[Markup, ...]
"""What a cell shows: text, Markdown as Markup, or several links."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell."""

    name: str
    """Of its column, for templates."""
    column: str
    """What its column is called."""
    shown: Shown
    type: Literal["number", "date", "text"] = "text"
    """Values of different types never mix: numbers come before dates, dates before words."""
    value: str = ""
    """A number, an ISO 8601 day, or words to sort by; empty where there is none, which comes last."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: `row.name` in a template is what the cell with that name shows, or another fact of the row."""

    cells: tuple[Cell, ...]
    facts: Mapping[str, str] = field(default_factory=dict)
    """What a template needs of the row beside its cells."""

    def __getitem__(self, name: str) -> Shown:
        return {**{cell.name: cell.shown for cell in self.cells}, **self.facts}[name]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under the same columns."""

    columns: tuple[str, ...]
    """What they are called."""
    rows: tuple[Row, ...]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def make_table(columns: Mapping[str, str], rows: Iterable[Sequence[Shown]]) -> Table:
    """Return a table of what its cells show; `columns` are what the columns are called by their names."""
    made = (
        Row(tuple(Cell(name, called, shown) for (name, called), shown in zip(columns.items(), row, strict=True)))
        for row in rows
    )
    return Table(tuple(columns.values()), tuple(made))


# --- all figures of a briefing ----------------------------------------------------------------------------------

COLUMNS = ("figure", "value", "period", "speaker", "verdict")


@dataclass(frozen=True, slots=True)
class Choice:
    """An option of a filter."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class FigureTable:
    """All figures, with the options that the table can be narrowed by."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    """`cells` without the first, which is the `heading`; and `id`, `basis` and `verdict`, empty where not assessed.

    From four figures up: fewer are read more quickly as cards.
    """
    bases: tuple[Choice, ...]
    verdicts: tuple[Choice, ...]


def figure_table(briefing: Briefing, figures: Sequence[Figure], say: Messages) -> FigureTable:
    """Return the table, with the options that lead to at least one row."""
    rows = [_figure_row(briefing, figure, say) for figure in figures if len(figures) >= FEWEST]
    bases = _choices([row.facts["basis"] for row in rows], get_args(FigureBasis), "figures.basis.{}", say)
    verdicts = _choices([row.facts["verdict"] for row in rows], get_args(Verdict), "verdict.{}", say)
    none = sum(not row.facts["verdict"] for row in rows)
    if none and verdicts:
        verdicts = (*verdicts, Choice("none", say("filter.choice", label=say("figures.no_verdict"), n=none)))
    filled = {"figure", *(cell.name for row in rows for cell in row.cells if cell.value)}
    columns = tuple(say(f"figures.{column}") for column in COLUMNS if column in filled)
    return FigureTable(columns, tuple(_with_cells(row, filled) for row in rows), bases, verdicts)


def _with_cells(row: Row, names: Collection[str]) -> Row:
    return replace(row, cells=tuple(cell for cell in row.cells if cell.name in names))


def basis_keys(figures: Sequence[Figure]) -> list[str]:
    """Return the names of the messages that say what the bases of some figures mean, in the order of the scale."""
    found = {figure.basis for figure in figures}
    return [f"figures.means.{basis}" for basis in get_args(FigureBasis) if basis in found]


def _choices(found: list[str], order: Sequence[str], key: str, say: Messages) -> tuple[Choice, ...]:
    counted = ((value, found.count(value)) for value in order)
    return tuple(Choice(v, say("filter.choice", label=say(key.format(v)), n=n)) for v, n in counted if n)


def _figure_row(briefing: Briefing, figure: Figure, say: Messages) -> Row:
    verdict = figure.assessment.verdict if figure.assessment else ""
    by_source = "" if briefing.anchors[figure.id].comment else say("figures.by_source")
    speaker = briefing.people[figure.speaker].name if figure.speaker else by_source
    cells = (
        _value_cell(briefing, figure, say),
        _period_cell(figure, say),
        Cell("speaker", say("figures.speaker"), speaker, "text", speaker),
        _ranked_cell("verdict", verdict_badge(figure, say), verdict, get_args(Verdict), say),
    )
    facts = {
        "id": Markup(figure.id),
        "heading": written_or_words(briefing, figure, figure.label, say),
        "basis": figure.basis,
        "verdict": verdict,
    }
    return Row(cells, facts)


def _value_cell(briefing: Briefing, figure: Figure, say: Messages) -> Cell:
    readable = briefing.source.language.partition("-")[0] == say.tag.partition("-")[0]  # then as its card has it
    words = as_said(briefing, figure) if readable else ""
    column, shown = say("figures.value"), with_completion(briefing, figure, say, words)
    if when := date_of(figure):
        return Cell("value", column, shown, "date", _day(when))
    number = figure.value.low if figure.value.low is not None else figure.value.high
    if number is None:
        return Cell("value", column, shown, "text", shown)
    return Cell("value", column, shown, "number", str(number))


def _period_cell(figure: Figure, say: Messages) -> Cell:
    dated = period(figure.period) is not None
    value = _day(figure.period) if dated else figure.period
    return Cell("period", say("figures.period"), say.date(figure.period), "date" if dated else "text", value)


def _ranked_cell(name: str, shown: str, value: str, order: Sequence[str], say: Messages) -> Cell:
    """A word from a closed scale is sorted by its place on the scale."""
    return Cell(name, say(f"figures.{name}"), shown, "number", str(order.index(value)) if value else "")


def _day(iso: str) -> str:
    """A month or year as its first day, so that all dates compare as text."""
    return iso + "-01" * (2 - iso.count("-"))
