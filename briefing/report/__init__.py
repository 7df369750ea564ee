"""Shows problems to people and programs: as a compiler does on a terminal, or as JSON.

Rendering happens here, at the edge; everything before passes `Problem` values along.

Explain: what the manual says of a problem code, as plain text for a terminal. The manual is the only source.

Todos: sums up what is still to be filled in: a line for each TODO, or, where there are many, for each briefing.

A new briefing has up to a dozen TODOs, all with the same help; shown as other problems are, they would hide those.
"""

from __future__ import annotations

import difflib
import re
import textwrap
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import TypedDict

from briefing.model.codes import CODES
from briefing.model.places import Location, Problem, TextFile, locate, one_line, shown_path
from briefing.report.ci import LocatedProblem

# --- explain ---------------------------------------------------------------------------------------------------------


WIDTH = 88

PARAGRAPH = re.compile(r"^### (\S+)\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)
FENCE = re.compile(r"^```\w*\n(.*?)\n```$", re.MULTILINE | re.DOTALL)

LINK = re.compile(r"(`[^`]*`)|\[((?:`[^`]*`|[^\]`])*)\]\([^)]*\)")
"""Code, in which nothing is a link, or a link."""


def manual_paragraphs(manual: str) -> Mapping[str, str]:
    """The Markdown under each code's heading, by code."""
    return {code: text.strip() for code, text in PARAGRAPH.findall(manual)}


def explain_code(code: str, manual: str) -> str:
    """A code with its severity, what it means, an example and how to fix it; KeyError for an unknown one."""
    known = CODES[code]
    head = _filled(f"{code} ({known.severity}): {known.summary}", "  ")
    return f"{head}\n\n{plain_text(manual_paragraphs(manual)[code])}"


def plain_text(markdown: str) -> str:
    """Markdown without its marks: paragraphs wrapped, links as their words, examples indented."""
    parts: list[str] = []
    for number, part in enumerate(FENCE.split(markdown)):
        if number % 2:
            parts.append(textwrap.indent(part, "    "))
        else:
            parts += [_paragraph(each) for each in re.split(r"\n\s*\n", part) if each.strip()]
    return "\n\n".join(parts)


def _paragraph(markdown: str) -> str:
    words = LINK.sub(lambda found: found[1] or found[2], markdown.strip()).replace("**", "")
    if words.startswith("- "):
        return "\n".join(_filled(line, "  ") for line in words.splitlines())
    return words if words.startswith("|") else _filled(words, "")


def _filled(words: str, indent: str) -> str:
    return textwrap.fill(words, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def nearest_code(code: str) -> str:
    """The code that a misspelt one may have been meant for; empty where none is near."""
    return next(iter(difflib.get_close_matches(code.lower(), CODES, 1)), "")


def explain_command(code: str) -> str:
    """What to type to read more about a code."""
    return f"briefing explain {code}"


# --- todos -----------------------------------------------------------------------------------------------------------


MOST = 40
"""Lines that may be spent on TODOs."""


def is_todo(found: LocatedProblem) -> bool:
    """Return whether a problem is only that something is still to be filled in, which may wait in a draft."""
    return found[0].code == "todo-left"


def is_draft_todo(found: LocatedProblem) -> bool:
    """Return whether that is in an entry that says of itself that it is not published, so that publishing its briefing
    does not need it."""
    problem, files, _ = found
    file, path = files.get(problem.at.file), problem.at.path
    status = file.nodes.get((*path[:2], "status")) if file and len(path) > 2 else None
    return is_todo(found) and bool(file and status and status.span.of(file.text).strip("\"'") in ("draft", "review"))


def _still(held: Sequence[LocatedProblem]) -> str:
    """Return how much is still to be filled in, and how much of it can stay so."""
    drafts = sum(map(is_draft_todo, held))
    which = "all" if drafts == len(held) else f"{drafts:,} of them"
    return f"{len(held):,} still to fill in" + (f" ({which} in drafts, which are not published)" if drafts else "")


def todo_lines(todos: Sequence[LocatedProblem]) -> list[str]:
    """Return the TODOs by briefing in a line each; where they are many, their number in each briefing."""
    briefings: dict[str, list[LocatedProblem]] = defaultdict(list)
    for found in todos:
        briefings[_folder_of(found)].append(found)
    if len(todos) + len(briefings) <= MOST:
        return [
            line
            for folder, held in briefings.items()
            for line in (f"{folder}: {_still(held)}", *(f"  {todo_line(found)}" for found in held))
        ]
    shown = list(briefings.items())[: MOST - 1]
    lines = [f"{folder}: {_still(held)}, the first in {place_of(held[0])}" for folder, held in shown]
    if rest := list(briefings.items())[len(shown) :]:
        lines.append(f"and {sum(len(held) for _, held in rest):,} in {len(rest):,} more briefings")
    return [*lines, "(each in a line: name one of these briefings; all with the lines that they are in: -v)"]


def todo_line(found: LocatedProblem) -> str:
    """Return one TODO with its place, in one line."""
    return f"{place_of(found)}: {found[0].message}"


def place_of(found: LocatedProblem) -> str:
    """Return the file and the line of a problem, as an editor opens it."""
    problem, files, prefix = found
    place = locate(problem.at, files)
    return shown_path(problem.at.file, prefix) + (f":{place.line}" if place else "")


def todo_sum(todos: Iterable[LocatedProblem]) -> str:
    """Return in a few words how much is still to be filled in."""
    held = list(todos)
    return f"{_still(held)}, in {', '.join(_few(sorted(set(map(_folder_of, held)))))}"


def _few(names: Sequence[str]) -> Sequence[str]:
    return names if len(names) <= 3 else (*names[:2], f"{len(names) - 2:,} more")


def _folder_of(found: LocatedProblem) -> str:
    """Return the folder of the briefing that a file belongs to, as messages name it."""
    problem, _, prefix = found
    folder = PurePosixPath(problem.at.file).parent
    return shown_path((folder.parent if folder.name == "annotations" else folder).as_posix(), prefix)


# --- report ----------------------------------------------------------------------------------------------------------


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
        explain=explain_command(problem.code),
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
    if len(line) <= _WIDTH:
        return "".join(map(visible, line)), start, min(end, max(len(line), start + 1))
    left = max(0, min(start - _WIDTH // 3, len(line) - _WIDTH))
    right = min(len(line), left + _WIDTH)
    shown = ("…" if left else "") + "".join(map(visible, line[left:right])) + ("…" if right < len(line) else "")
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
