"""How `briefing check` prints: for people, for programs, for code hosts, for spreadsheets."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

from briefing import __version__, report, resources
from briefing.cli import coverage
from briefing.cli.output import colour
from briefing.model.places import Problem, TextFile
from briefing.report import ci, explain
from briefing.site.summary import FIELDS, SummaryRow, as_csv, as_table

Style = Literal["text", "json", "csv", "github", "sarif"]
STYLES: tuple[Style, ...] = get_args(Style)
TABLES: tuple[Style, ...] = ("text", "json", "csv")
"""What a summary of a library can be printed as."""

Found = Sequence[tuple[Problem, Mapping[str, TextFile], str]]


def problems(found: Found, style: Style, checked: int, told: Sequence[coverage.Found] | None) -> str:
    """Every problem, and the coverage of every briefing where it is wanted; with the last line's end."""
    if style == "text":
        texts = [report.as_text(*item, colour=colour()) for item in found]
        return "".join(f"{text}\n\n" for text in (*texts, *(coverage.as_text(*each) for each in told or ())))
    if style == "github":
        return "".join(f"{line}\n" for line in ci.github(found))
    if style == "sarif":
        return _json(ci.sarif(found, __version__, resources.problems()))
    rows = [report.as_row(*item) for item in found]
    if style == "csv":
        return as_csv(tuple(report.ProblemRow.__annotations__), rows)
    more = {} if told is None else {"coverage": [coverage.as_row(*each) for each in told]}
    return _json({"briefings": checked, "problems": rows, **more})


def table(rows: Sequence[SummaryRow], style: Style) -> str:
    """A row for each briefing; CSV with its last line's end."""
    if style == "csv":
        return as_csv(FIELDS, rows)
    return as_table(rows) + "\n" if style == "text" else _json({"briefings": rows}).rstrip("\n")


def more(problem: Problem) -> str:
    """Where to read on."""
    return f"more about a problem: {explain.command(problem.code)}"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
