"""Explain a line whose indentation does not fit, by the columns in which the lines above it begin."""

from __future__ import annotations

import re
from collections.abc import Iterable

from briefing.load.yaml.fault import Fault, field_on
from briefing.load.yaml.scalars import shortened
from briefing.model.places import Problem, Span

_ENTRY = re.compile(r"[ ]*-(?:[ ]|$)")
_BLOCKS = ("|", ">")


def bad_indentation(fault: Fault) -> Problem:
    """Return which line starts in the wrong column, and where the lines that it belongs with start."""
    line = fault.line(fault.at)
    column, levels = _indent_of(fault, line) + 1, fault.before.levels
    if stray := _line_above_is_stray(fault, line, column):
        return stray
    if not levels or column < _column(fault, levels[0].start):
        return _first_line_indented(fault, column)
    return _find_missing_dash(fault, line, column) or _in_another_column(fault, line, column)


def _in_another_column(fault: Fault, line: Span, column: int) -> Problem:
    places = sorted(_columns_of(fault, _is_entry(fault, line)), key=lambda one: (abs(one[0] - column), -one[0]))
    near = [place for place in places if abs(place[0] - column) == abs(places[0][0] - column)]
    message = f"this line starts in column {column}"
    if len(near) > 1:
        either = ", or with ".join(f"{name}, in column {number}" for number, name in near)
        message += f"; it belongs either with {either}"
    elif near:
        message += f"; the lines it belongs with start in column {near[0][0]}"
    return fault.syntax(Span(line.start + column - 1, line.end), message, _spaces_before(number for number, _ in near))


def _spaces_before(columns: Iterable[int]) -> str:
    counts = [str(column - 1 or "no") for column in columns]
    return f"put {' or '.join(counts)} {'space' if counts == ['1'] else 'spaces'} before it" if counts else ""


def _column(fault: Fault, offset: int) -> int:
    return offset - fault.line(offset).start + 1


def _indent_of(fault: Fault, line: Span) -> int:
    words = line.of(fault.file.text)
    return len(words) - len(words.lstrip(" "))


def _is_entry(fault: Fault, line: Span) -> bool:
    return _ENTRY.match(line.of(fault.file.text)) is not None


def _columns_of(fault: Fault, is_entry: bool) -> set[tuple[int, str]]:
    """Return the columns in which such a line could start, each with the name of what starts there."""
    levels = [level for level in fault.before.levels if level.is_list == is_entry]
    found = {(_column(fault, level.start), f"“{level.key}”" if level.key else "the entries") for level in levels}
    if fault.last.style in _BLOCKS and not is_entry:
        below = fault.line(fault.file.text.find("\n", fault.last.span.start) + 1)
        found.add((_indent_of(fault, below) + 1, "the text above"))
    return found


def _line_above_is_stray(fault: Fault, line: Span, column: int) -> Problem | None:
    """Return that it is the line above that starts in another column, between two that start in the same."""
    text = fault.file.text
    above = fault.line(len(text[: line.start].rstrip()))
    before = fault.line(len(text[: above.start].rstrip()))
    start, field = _indent_of(fault, above) + 1, field_on(fault, above)
    if not (before.start < above.start < line.start and start < column == _indent_of(fault, before) + 1):
        return None
    if _is_entry(fault, above) or not field or not field["key"] or not field["value"]:
        return None
    message = f"this line starts in column {start}; the lines above and below it start in column {column}"
    return fault.syntax(Span(above.start + start - 1, above.end), message, _spaces_before([column]))


def _first_line_indented(fault: Fault, column: int) -> Problem:
    """Return that the first field of the file starts farther right than another."""
    root = fault.before.root
    message = f"this line starts in column {_column(fault, root)}; the lines it belongs with start in column {column}"
    return fault.syntax(Span(root, fault.line(root).end), message, _spaces_before([column]))


# --- a dash that is missing -------------------------------------------------------------------------------------


def _find_missing_dash(fault: Fault, line: Span, column: int) -> Problem | None:
    """Return that an entry has no dash: the first of a list whose second has one, or one in the column of dashes."""
    dashes = [_column(fault, level.start) for level in fault.before.levels if level.is_list]
    if not _is_entry(fault, line):
        missing = column in dashes and _begins_entry(fault, line)
        return _dash_missing(fault, line.start + column - 1, column) if missing else None
    first = 0 if any(one >= column - 1 for one in dashes) else _entry_without_dash(fault, column)
    return _dash_missing(fault, first, column) if first else None


def _entry_without_dash(fault: Fault, column: int) -> int:
    """Return where the mapping begins that was meant as the first entry of the list whose dashes are in a column; 0
    for none."""
    levels = fault.before.levels
    above = [at for at, level in enumerate(levels) if not level.is_list and _column(fault, level.start) <= column]
    entry = levels[above[-1] + 1] if above and above[-1] + 1 < len(levels) else None
    return entry.start if entry and not entry.is_list and fault.last.style not in _BLOCKS else 0


def _begins_entry(fault: Fault, line: Span) -> bool:
    """Return whether a line has the field that the entries above begin with."""
    field = field_on(fault, line)
    return field is not None and bool(field["key"]) and field["key"] in (one.first_key for one in fault.before.levels)


def _dash_missing(fault: Fault, start: int, column: int) -> Problem:
    """Return that the entry which begins at an offset has no dash; `column` is where the dashes of its list are."""
    line, text = fault.line(start), fault.file.text
    following = fault.line(min(line.end + 1 + text.startswith("\r\n", line.end), len(text)))
    field = field_on(fault, following)
    second = following.of(text).strip() if field and field["key"] and not _is_entry(fault, following) else "…"
    lead = " " * (column - 1)
    words = shortened(Span(start, line.end).of(text))
    hint = f"write the entry like this:\n{lead}- {words}\n{lead}  {shortened(second)}"
    message = "a “- ” is missing: each entry of a list begins with one"
    return fault.syntax(Span(start, line.end), message, hint)
