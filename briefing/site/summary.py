"""A row for each briefing of a library: how much there is of it, and what is wrong with it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import TypedDict

from briefing.model.data_tables import write_csv
from briefing.pipeline.built import BuiltBriefing
from briefing.pipeline.checking import BriefingBuilds


class SummaryRow(TypedDict):
    """A briefing in a summary; counts are of all annotations, drafts too."""

    path: str
    title: str
    status: str
    errors: int
    warnings: int
    annotations: int
    quotations: int
    reported: int
    figures: int
    context: int
    themes: int
    comments: int
    coverage: float | None
    """Share of the source's own quotations and numbers that are annotated; None where it was not measured."""
    changed: str
    """ISO 8601 day of the last change."""


FIELDS = tuple(SummaryRow.__annotations__)
_SHOWN = ("path", "status", "errors", "warnings", "annotations", "coverage", "changed")
"""What fits a terminal; CSV and JSON have everything."""


def rows(
    library: BriefingBuilds, changes: Mapping[str, str], coverage: Mapping[str, float] | None = None
) -> list[SummaryRow]:
    """Return a row for each briefing, in the order of their paths; `changes` and `coverage` are by path."""
    return [_row(one, changes.get(one.path, ""), (coverage or {}).get(one.path)) for one in library.briefings]


def _row(checked: BuiltBriefing, changed: str, coverage: float | None) -> SummaryRow:
    briefing = checked.briefing
    severities = [problem.severity for problem in checked.problems]
    return SummaryRow(
        path=checked.path,
        title=briefing.title if briefing else "",
        status=briefing.status if briefing else "unreadable",
        errors=severities.count("error"),
        warnings=severities.count("warning"),
        annotations=len(briefing.annotations) if briefing else 0,
        quotations=sum(quotation.kind != "reported" for quotation in briefing.quotations) if briefing else 0,
        reported=sum(quotation.kind == "reported" for quotation in briefing.quotations) if briefing else 0,
        figures=len(briefing.figures) if briefing else 0,
        context=len(briefing.context) if briefing else 0,
        themes=len(briefing.themes) if briefing else 0,
        comments=len(briefing.comments) if briefing else 0,
        coverage=coverage,
        changed=changed,
    )


def as_table(found: Sequence[SummaryRow]) -> str:
    """Return the rows for a terminal, in columns; a column that says nothing is left out."""
    names = [name for name in _SHOWN if any(row[name] not in (None, "") for row in found)]  # type: ignore[literal-required]
    cells = [["briefing" if name == "path" else name for name in names]]
    cells += [[_shown(row[name]) for name in names] for row in found]  # type: ignore[literal-required]
    widths = [max(_width(line[at]) for line in cells) for at in range(len(names))]
    numbers = {at for at, name in enumerate(names) if name in ("errors", "warnings", "annotations", "coverage")}
    lines = ("  ".join(_padded(cell, widths[at], at in numbers) for at, cell in enumerate(line)) for line in cells)
    return "\n".join(line.rstrip() for line in lines)


def as_csv(fields: Sequence[str], found: Iterable[Mapping[str, object]]) -> str:
    """Return mappings as CSV with a header."""
    return write_csv(fields, (["" if row[name] is None else str(row[name]) for name in fields] for row in found))


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.0%}"
    return "" if value is None else "".join(c if c.isprintable() else "\ufffd" for c in str(value))


def _padded(text: str, width: int, right: bool) -> str:
    space = " " * (width - _width(text))
    return space + text if right else text + space


def _width(text: str) -> int:
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
