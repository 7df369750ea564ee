"""How `briefing check` prints: for people, for programs, for code hosts, for spreadsheets."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, get_args

from briefing import __version__, report, resources
from briefing.coverage import KINDS, Coverage, CoverageItem, Kind, coverage
from briefing.model import Briefing
from briefing.model.places import Problem, TextFile, line_and_column
from briefing.pipeline.site_build import BriefingBuilds
from briefing.report import ci, explain
from briefing.site.summary import FIELDS, SummaryRow, as_csv, as_table


def colour() -> bool:
    """Whether a person reads this on a terminal that shows colours, and has not asked for none."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


Style = Literal["text", "json", "csv", "github", "sarif"]
STYLES: tuple[Style, ...] = get_args(Style)
TABLES: tuple[Style, ...] = ("text", "json", "csv")
"""What a summary of a library can be printed as."""

Found = Sequence[tuple[Problem, Mapping[str, TextFile], str]]


def problems(found: Found, style: Style, checked: int, told: Sequence[Covered] | None) -> str:
    """Every problem, and the coverage of every briefing where it is wanted; with the last line's end."""
    if style == "text":
        texts = [report.as_text(*item, colour=colour()) for item in found]
        return "".join(f"{text}\n\n" for text in (*texts, *(coverage_as_text(*each) for each in told or ())))
    if style == "github":
        return "".join(f"{line}\n" for line in ci.github(found))
    if style == "sarif":
        return _json(ci.sarif(found, __version__, resources.problems()))
    rows = [report.as_row(*item) for item in found]
    if style == "csv":
        return as_csv(tuple(report.ProblemRow.__annotations__), rows)
    more = {} if told is None else {"coverage": [coverage_as_row(*each) for each in told]}
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


# --- coverage ---------------------------------------------------------------------------------------------------

WORDS: dict[Kind, str] = {"passage": "quoted passages", "number": "numbers"}
STATES = {"uncovered": "not annotated", "draft": "in draft", "set-aside": "set aside"}
_WIDTH = 72
"""Characters of an excerpt."""

Covered = tuple[str, Briefing, Coverage]
"""A briefing with the path of its folder from here."""


def covered(library: BriefingBuilds, prefix: str) -> Iterator[Covered]:
    """The coverage of every briefing of a library that can be read; `prefix` leads to its docs folder."""
    for checked in library.briefings:
        if checked.briefing is not None:
            yield prefix + checked.path, checked.briefing, coverage(checked.briefing)


def coverage_as_text(path: str, briefing: Briefing, told: Coverage) -> str:
    """The counts of a briefing, then an excerpt for each passage and number that is not annotated."""
    lines = [f"{path}: {_describe_counts(told)}"]
    for item in told.items:
        if item.state != "annotated":
            line = line_and_column(briefing.source.text, item.span.start)[0]
            more = f" ({item.reason})" if item.reason else f" ({', '.join(item.annotations)})" * bool(item.annotations)
            lines.append(f"  source.txt:{line}: {STATES[item.state]}: {_excerpt_of(briefing, item)}{more}")
    if told.named:
        count = len(told.named)
        noun = "passage" if count == 1 else "passages"
        lines.append(f"  {count} {noun} in quotation marks treated as titles or terms, and not counted")
    return "\n".join(lines)


def coverage_as_row(path: str, briefing: Briefing, told: Coverage) -> dict[str, Any]:
    """The coverage of a briefing as plain data; lines and columns count from 1, columns in code points."""
    counts = {WORDS[kind].replace(" ", "_"): _tally_kind(briefing, told, kind) for kind in KINDS}
    text = briefing.source.text
    return {"path": path, **counts, "titles_and_terms": [span.of(text) for span in told.named]}


def short_of(path: str, told: Coverage, least: float) -> Iterator[str]:
    """A sentence for each kind of which less than so many per cent are annotated or set aside."""
    for kind in KINDS:
        percent = told.percent(kind)
        if percent < least:
            shown = int(percent * 10) / 10
            yield f"{path}: {shown:g}% of its {WORDS[kind]} are annotated or set aside, and {least:g}% are asked for"


def covered_share(told: Coverage) -> float:
    """The part of all passages and numbers that is annotated or set aside; 1 where there are none."""
    done = sum(item.state in ("annotated", "set-aside") for item in told.items)
    return done / len(told.items) if told.items else 1.0


def _describe_counts(told: Coverage) -> str:
    pairs = [f"{len(told.of(kind, 'annotated'))} of {len(told.of(kind))} {WORDS[kind]}" for kind in KINDS]
    aside, drafts = (sum(item.state == state for item in told.items) for state in ("set-aside", "draft"))
    more = [f"{aside} set aside"] * bool(aside) + [f"{drafts} in draft"] * bool(drafts)
    return f"{' and '.join(pairs)} annotated" + "".join(f", {each}" for each in more)


def _excerpt_of(briefing: Briefing, item: CoverageItem) -> str:
    """The words of a passage, or a number with some words around it."""
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


def _tally_kind(briefing: Briefing, told: Coverage, kind: Kind) -> dict[str, Any]:
    states = {
        state.replace("-", "_"): len(told.of(kind, state)) for state in ("annotated", "set-aside", "draft", "uncovered")
    }
    items = [_item_row(briefing, item) for item in told.of(kind)]
    return {"total": len(items), **states, "percent": round(told.percent(kind), 1), "items": items}


def _item_row(briefing: Briefing, item: CoverageItem) -> dict[str, Any]:
    line, column, _ = line_and_column(briefing.source.text, item.span.start)
    return {
        "state": item.state.replace("-", "_"),
        "words": item.span.of(briefing.source.text),
        "line": line,
        "column": column,
        "annotations": list(item.annotations),
        "reason": item.reason,
    }
