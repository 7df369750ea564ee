"""Shows problems to people and programs: as a compiler does on a terminal, or as JSON.

Rendering happens here, at the edge; everything before passes `Problem` values along.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import TypedDict

from briefing.model.places import Location, Problem, TextFile, locate, one_line, shown_path
from briefing.report import explain

_WIDTH = 110
"""Columns of a source line that are shown around a caret: it fits a terminal with the line number before it."""

_COLOURS = {
    "error": "\x1b[1;31m", "warning": "\x1b[1;33m", "hint": "\x1b[36m",
    "bold": "\x1b[1m", "quiet": "\x1b[2m", "removed": "\x1b[31m", "added": "\x1b[32m",
}  # fmt: skip
_RESET = "\x1b[0m"


class ProblemRow(TypedDict):
    """One problem in `--format json`; lines and columns count from 1, columns in code points."""

    severity: str
    code: str
    message: str
    path: str
    line: int | None
    column: int | None
    end_line: int | None
    end_column: int | None
    hint: str
    explain: str
    """The command that says more about the code."""


def as_text(problem: Problem, files: Mapping[str, TextFile], prefix: str = "", colour: bool = False) -> str:
    """One problem with its place, the line, a caret below it and the hint. `prefix` leads to the docs folder."""
    location = locate(problem.at, files)
    where = shown_path(problem.at.file, prefix) + (f":{location.line}:{location.column}" if location else "")
    head = f"{paint(where, 'bold', colour)}: {paint(problem.severity, problem.severity, colour)}"
    lines = [f"{head} {problem.code}: {problem.message}"]
    if location and location.text.strip():
        lines += _excerpt(location, problem.severity, colour)
    for number, line in enumerate(problem.hint.splitlines()):
        lines.append(paint(("  help: " if number == 0 else "        ") + line, "hint", colour))
    return "\n".join(line.rstrip() for line in lines)


def as_row(problem: Problem, files: Mapping[str, TextFile], prefix: str = "") -> ProblemRow:
    """One problem as plain data."""
    location = locate(problem.at, files)
    return ProblemRow(
        severity=problem.severity,
        code=problem.code,
        message=problem.message,
        path=shown_path(problem.at.file, prefix),
        line=location.line if location else None,
        column=location.column if location else None,
        end_line=location.end_line if location else None,
        end_column=location.end_column if location else None,
        hint=problem.hint,
        explain=explain.command(problem.code),
    )


def summary(problems: Iterable[Problem], briefings: int, pages: int = 0) -> str:
    """The last line of a check: how much was found in how many briefings, and in pages beside them that were chosen."""
    severities = [problem.severity for problem in problems]
    errors, warnings = severities.count("error"), severities.count("warning")
    found = f"{count_of(errors, 'error')}, {count_of(warnings, 'warning')}" if severities else "no problems"
    checked = [count_of(briefings, "briefing")] if briefings or not pages else []
    return f"{' and '.join([*checked, count_of(pages, 'page')] if pages else checked)} checked: {found}"


def _excerpt(location: Location, severity: str, colour: bool) -> list[str]:
    """The line of the file and a caret line under the place."""
    start = location.column - 1
    end = location.end_column - 1 if location.end_line == location.line else len(location.text)
    text, start, end = _window(location.text, start, max(end, start + 1))
    margin = " " * len(str(location.line))
    pad = "".join("\t" if character == "\t" else " " * cells(character) for character in text[:start])
    carets = "^" * max(sum(map(cells, text[start:end])), 1)
    return [
        paint(f"  {margin} |", "quiet", colour),
        f"  {paint(f'{location.line} |', 'quiet', colour)} {text}",
        f"  {paint(f'{margin} |', 'quiet', colour)} {pad}{paint(carets, severity, colour)}",
    ]


def _window(line: str, start: int, end: int) -> tuple[str, int, int]:
    """The part of a long line around start..end, with … where it was cut, and both offsets in it."""
    line = "".join(map(visible, line[: start + 4000]))
    if len(line) <= _WIDTH:
        return line, start, min(end, max(len(line), start + 1))
    left = max(0, min(start - _WIDTH // 3, len(line) - _WIDTH))
    right = min(len(line), left + _WIDTH)
    shown = ("…" if left else "") + line[left:right] + ("…" if right < len(line) else "")
    shift = left - (1 if left else 0)
    return shown, start - shift, min(end, right) - shift


def visible(character: str) -> str:
    """A character as a terminal may be given it: nothing that moves the cursor or turns the writing direction."""
    hidden = unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} and character not in "\t\u200d"
    return "\ufffd" if hidden else character


def cells(character: str) -> int:
    """How many columns of a terminal a character takes."""
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def reason_of(error: Exception, at: object = "") -> str:
    """Return why something failed; of what the system refuses, also where: `at`, if it does not say so itself."""
    if not isinstance(error, OSError):
        return str(error)
    where = error.filename2 or error.filename or at
    where = where.decode("utf-8", "replace") if isinstance(where, bytes) else str(where)
    reason = error.strerror or str(error) or type(error).__name__
    return one_line(f"{where}: {reason[0].lower()}{reason[1:]}" if where else reason)


def count_of(number: int, noun: str) -> str:
    """Return a number with its noun: "1 error", "2,000 errors"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def paint(text: str, style: str, colour: bool) -> str:
    """Return a text in a style of the terminal, where colours are wanted."""
    return f"{_COLOURS[style]}{text}{_RESET}" if colour else text
