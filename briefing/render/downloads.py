"""What readers can download beside the pages: the figures, their series and what is derived from them as CSV
(RFC 4180).

UTF-8 without a byte order mark, which would become part of the first field's name for most programs; English field
names as in the folder format, whatever the briefing's language, so that files of several briefings can be joined.
`target` and `words` are the source's, and `words` is empty only where they are a plain number with its unit; what the
author takes them to mean has names that begin with `reading`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence

from briefing.model import Attachment, Briefing, Derived, Figure
from briefing.render.figures import as_said, date_of, said_plainly
from briefing.render.statements import words_of

FIGURES = "figures.csv"
SERIES = "series.csv"
DERIVED = "derived.csv"
NAMES = (FIGURES, SERIES, DERIVED)
"""Every file that a briefing can have."""

FIGURE_FIELDS = (
    *("id", "label", "type", "basis", "target", "words", "reading", "reading_low", "reading_high", "reading_date"),
    *("unit", "period", "speaker", "verdict"),
)
SERIES_FIELDS = ("figure", "label", "unit", "period", "value", "cite", "source", "url")

DERIVED_FIELDS = ("id", "label", "value", "unit", "formula", "inputs")

_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?", re.ASCII)
_FORMULA = re.compile("[=+\\-@\t\r\n＝＋－＠]")


def downloads(briefing: Briefing) -> Iterator[Attachment]:
    """The files of a briefing; one that would be empty does not exist."""
    figures = [figure for figure in briefing.figures if figure.id in briefing.anchors]
    rows = [_figure(briefing, figure) for figure in figures]
    if rows:
        yield Attachment(f"{briefing.path}/{FIGURES}", _csv(FIGURE_FIELDS, rows))
    points = [row for figure in figures for row in _series(briefing, figure)]
    if points:
        yield Attachment(f"{briefing.path}/{SERIES}", _csv(SERIES_FIELDS, points))
    computed = [_derived(derived) for derived in briefing.derived]
    if computed:
        yield Attachment(f"{briefing.path}/{DERIVED}", _csv(DERIVED_FIELDS, computed))


def _figure(briefing: Briefing, figure: Figure) -> list[str]:
    value = figure.value
    return [
        figure.id,
        figure.label,
        figure.type,
        figure.basis,
        words_of(briefing, figure),
        "" if said_plainly(briefing, figure) else value.words or as_said(briefing, figure),
        "" if value.words else value.text,
        str(value.low) if value.low is not None else "",
        str(value.high) if value.high is not None else "",
        date_of(figure),
        figure.unit,
        figure.period,
        briefing.people[figure.speaker].name if figure.speaker else "",
        figure.assessment.verdict if figure.assessment else "",
    ]


def _series(briefing: Briefing, figure: Figure) -> Iterator[list[str]]:
    works = {reference.id: reference for reference in briefing.references}
    if figure.series:
        for point in figure.series.points:
            work = works[point.cite]
            own = [figure.id, figure.series.label, figure.series.unit, point.period, str(point.value)]
            yield [*own, work.id, ", ".join(filter(None, (work.publisher, work.title))), work.url]


def _derived(derived: Derived) -> list[str]:
    """`inputs` are the numbers that the formula takes from what is cited: name = value (citation)."""
    inputs = "; ".join(f"{given.name} = {given.value} ({given.cite})" for given in derived.inputs)
    return [derived.id, derived.label, str(derived.value), derived.unit, derived.formula, inputs]


def _csv(fields: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(fields)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return written.getvalue().encode()


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe stands before what could be one.

    A plain number keeps its sign. Blanks at the beginning go, for some programs skip them before they look.
    """
    cell = cell.strip(" \u00a0\0")
    return "'" + cell if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell
