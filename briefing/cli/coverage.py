"""Print coverage, and the rows of a summary; nothing of this is imported to print problems alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from briefing import report
from briefing.cli.problems import Style, as_json
from briefing.coverage import KINDS, Coverage, CoverageItem, Kind, State, coverage
from briefing.model import Briefing
from briefing.model.places import line_and_column
from briefing.pipeline.checking import BriefingBuilds
from briefing.site.summary import FIELDS, SummaryRow, as_csv, as_table


def table(rows: Sequence[SummaryRow], style: Style) -> str:
    """Return a row for each briefing; CSV with its last line's end."""
    if style == "csv":
        return as_csv(FIELDS, rows)
    return as_table(rows) + "\n" if style == "text" else as_json({"briefings": rows})


WORDS: dict[Kind, str] = {"passage": "quoted passages", "number": "numbers"}
STATES = {"uncovered": "not annotated", "draft": "in draft", "set-aside": "set aside"}
_WIDTH = 72
"""Characters of an excerpt."""

BriefingCoverage = tuple[str, Briefing, Coverage]
"""A briefing with the path of its folder from here."""


def coverage_of(library: BriefingBuilds, prefix: str) -> Iterator[BriefingCoverage]:
    """Return the coverage of every briefing of a library that can be read; `prefix` leads to its docs folder."""
    for checked in library.briefings:
        if checked.briefing is not None:
            yield prefix + checked.path, checked.briefing, coverage(checked.briefing)


def coverage_as_text(path: str, briefing: Briefing, told: Coverage) -> str:
    """Return the counts of a briefing, then an excerpt for each passage and number that is not annotated."""
    counts = [f"{len(told.of(kind, 'annotated'))} of {len(told.of(kind))} {WORDS[kind]}" for kind in KINDS]
    lines = [f"{path}: {' and '.join(counts)} annotated"]
    for state in ("set-aside", "draft"):
        if number := sum(item.state == state for item in told.items):
            lines[0] += f", {number} {STATES[state]}"
    for item in told.items:
        if item.state != "annotated":
            line = line_and_column(briefing.source.text, item.span.start)[0]
            more = item.reason or ", ".join(item.annotations)
            more = f" ({more})" if more else ""
            lines.append(f"  source.txt:{line}: {STATES[item.state]}: {_excerpt_of(briefing, item)}{more}")
    if told.named:
        passages = report.count_of(len(told.named), "passage")
        lines.append(f"  {passages} in quotation marks treated as titles or terms, and not counted")
    return "\n".join(lines)


def coverage_as_row(path: str, briefing: Briefing, told: Coverage) -> dict[str, Any]:
    """Return the coverage of a briefing as plain data; lines and columns count from 1, columns in code points."""
    text = briefing.source.text
    counts: dict[str, Any] = {}
    for kind in KINDS:
        states: tuple[State, ...] = ("annotated", "set-aside", "draft", "uncovered")
        counts[WORDS[kind].replace(" ", "_")] = {
            "total": len(told.of(kind)),
            **{state.replace("-", "_"): len(told.of(kind, state)) for state in states},
            "percent": round(told.percent(kind), 1),
            "items": [_item_row(text, item) for item in told.of(kind)],
        }
    return {"path": path, **counts, "titles_and_terms": [span.of(text) for span in told.named]}


def shortfalls(path: str, told: Coverage, least: float) -> Iterator[str]:
    """Return a sentence for each kind of which less than so many per cent are annotated or set aside."""
    for kind in KINDS:
        percent = told.percent(kind)
        if percent < least:
            shown = int(percent * 10) / 10
            yield f"{path}: {shown:g}% of its {WORDS[kind]} are annotated or set aside; {least:g}% are required"


def covered_share(told: Coverage) -> float:
    """Return the part of all passages and numbers that is annotated or set aside; 1 where there are none."""
    done = sum(item.state in ("annotated", "set-aside") for item in told.items)
    return done / len(told.items) if told.items else 1.0


def _excerpt_of(briefing: Briefing, item: CoverageItem) -> str:
    """Return the words of a passage, or a number with some words around it."""
    text = briefing.source.text
    if item.kind == "passage":
        words = " ".join(item.span.of(text).split())
        return f"“{words if len(words) <= _WIDTH else words[: _WIDTH - 1].rstrip() + '…'}”"
    line = text[text.rfind("\n", 0, item.span.start) + 1 : (text + "\n").index("\n", item.span.end)]
    start = item.span.start - text.rfind("\n", 0, item.span.start) - 1
    first = line.find(" ", max(start - 25, 0)) + 1 if start > 25 else 0
    last = line.rfind(" ", 0, first + _WIDTH) if len(line) > first + _WIDTH else len(line)
    around = "…" * bool(first) + line[first:last].rstrip(",;:") + "…" * (last < len(line))
    return f"{item.span.of(text)} ({around})"


def _item_row(text: str, item: CoverageItem) -> dict[str, Any]:
    line, column, _ = line_and_column(text, item.span.start)
    return {
        "state": item.state.replace("-", "_"),
        "words": item.span.of(text),
        "line": line,
        "column": column,
        "annotations": list(item.annotations),
        "reason": item.reason,
    }
