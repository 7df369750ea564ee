"""Problems for machines that show them beside the lines of a change: GitHub's workflow commands, and SARIF.

SARIF is the Static Analysis Results Interchange Format 2.1.0 (OASIS, with Errata 01); GitHub, GitLab (through a
converter), Azure DevOps and editors read it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from briefing import report
from briefing.model.codes import CODES
from briefing.model.places import Location, Problem, TextFile, locate, shown_path

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

LocatedProblem = tuple[Problem, Mapping[str, TextFile], str]
"""A problem, the files that it points into, and what leads to the docs folder."""


# --- GitHub -----------------------------------------------------------------------------------------------------


def github(found: Iterable[LocatedProblem]) -> Iterable[str]:
    """A workflow command for each problem, which marks its lines in a pull request."""
    for problem, files, prefix in found:
        where = {
            "file": shown_path(problem.at.file, prefix),
            **_lines(locate(problem.at, files)),
            "title": problem.code,
        }
        fields = ",".join(f"{key}={_property(str(value))}" for key, value in where.items())
        yield f"::{problem.severity} {fields}::{_data(_message(problem))}"


def _lines(location: Location | None) -> dict[str, int]:
    """GitHub takes columns only where a problem begins and ends on one line."""
    if location is None:
        return {}
    lines = {"line": location.line, "endLine": location.end_line}
    columns = {"col": location.column, "endColumn": max(location.end_column, location.column + 1)}
    return {**lines, **columns} if location.line == location.end_line else lines


def _data(text: str) -> str:
    """A message in which nothing ends the command: what a source holds may be in it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _message(problem: Problem) -> str:
    return problem.message + (f"\n{problem.hint}" if problem.hint else "")


# --- SARIF ------------------------------------------------------------------------------------------------------


def sarif(found: Iterable[LocatedProblem], version: str, manual: str) -> dict[str, Any]:
    """One run with all rules that it used, each with the manual's paragraph, and a result for each problem."""
    items = list(found)
    used = sorted({problem.code for problem, _, _ in items}, key=list(CODES).index)
    paragraphs = report.manual_paragraphs(manual)
    driver = {
        "name": "briefing",
        "semanticVersion": version,
        "rules": [_rule(code, paragraphs[code]) for code in used],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(item, used) for item in items],
    }
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}


def _rule(code: str, paragraph: str) -> dict[str, Any]:
    return {
        "id": code,
        "shortDescription": {"text": CODES[code].summary},
        "help": {"text": report.plain_text(paragraph), "markdown": paragraph},
        "defaultConfiguration": {"level": CODES[code].severity},
    }


def _result(item: LocatedProblem, rules: list[str]) -> dict[str, Any]:
    problem, files, prefix = item
    uri = quote(shown_path(problem.at.file, prefix))
    location = locate(problem.at, files)
    physical: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if location:
        physical["region"] = _region(location)
    return {
        "ruleId": problem.code,
        "ruleIndex": rules.index(problem.code),
        "level": problem.severity,
        "message": {"text": _message(problem)},
        "locations": [{"physicalLocation": physical}],
        "partialFingerprints": {"briefing/v1": _fingerprint(problem)},
    }


def _region(location: Location) -> dict[str, int]:
    return {
        "startLine": location.line,
        "startColumn": location.column,
        "endLine": location.end_line,
        "endColumn": location.end_column,
    }


def _fingerprint(problem: Problem) -> str:
    """The same for the same finding after lines have moved."""
    return hashlib.sha256(f"{problem.code}\0{problem.at.file}\0{problem.message}".encode()).hexdigest()[:32]
