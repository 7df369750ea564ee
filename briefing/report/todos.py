"""Sums up what is still to be filled in: a line for each TODO, or, where there are many, for each briefing.

A new briefing has up to a dozen TODOs, all with the same help; shown as other problems are, they would hide those.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath

from briefing.model.places import locate, shown_path
from briefing.report.ci import LocatedProblem

MOST = 40
"""Lines that may be spent on TODOs."""


def is_todo(found: LocatedProblem) -> bool:
    """Return whether a problem is only that something is still to be filled in, which may wait in a draft."""
    return found[0].code == "todo-left"


def todo_lines(todos: Sequence[LocatedProblem]) -> list[str]:
    """Return the TODOs by briefing in a line each; where they are many, their number in each briefing."""
    briefings: dict[str, list[LocatedProblem]] = defaultdict(list)
    for found in todos:
        briefings[_folder_of(found)].append(found)
    if len(todos) + len(briefings) <= MOST:
        return [
            line
            for folder, held in briefings.items()
            for line in (f"{folder}: {len(held)} still to fill in", *(f"  {todo_line(found)}" for found in held))
        ]
    shown = list(briefings.items())[: MOST - 1]
    lines = [f"{folder}: {len(held):,} still to fill in, the first in {place_of(held[0])}" for folder, held in shown]
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
    folders = [_folder_of(found) for found in todos]
    return f"{len(folders):,} still to fill in, in {', '.join(_few(sorted(set(folders))))}"


def _few(names: Sequence[str]) -> Sequence[str]:
    return names if len(names) <= 3 else (*names[:2], f"{len(names) - 2:,} more")


def _folder_of(found: LocatedProblem) -> str:
    """Return the folder of the briefing that a file belongs to, as messages name it."""
    problem, _, prefix = found
    folder = PurePosixPath(problem.at.file).parent
    return shown_path((folder.parent if folder.name == "annotations" else folder).as_posix(), prefix)
