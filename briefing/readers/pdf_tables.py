"""Tables of PDF pages that are drawn with rules: between lines all around their cells, or between rules across alone.

Other tables cannot be distinguished from text in columns, and stay lines of words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations
from typing import Any

from briefing.readers.table_rows import LONG_CELL, count_headings, row_texts

MAX_RULES = 600
"""Lines and sides of boxes on a page in which tables are looked for; a page that has more is a drawing."""
MAX_HEADINGS = 60
"""Points between the rules above and below the headings of a table: four lines."""
MAX_COLUMNS = 12
"""Of a table that has only rules across."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom."""

RuledTable = tuple[Box, list[list[str]], int, list[str]]
"""Where it is, its cells, how many of its rows are headings, and lines above it: headings over several columns."""


def read_tables(page: Any) -> list[tuple[Box, list[str]]]:
    """Return the ruled tables of a pdfplumber page: where each is, and its rows, each cell behind its heading."""
    if not 0 < len(page.edges) <= MAX_RULES:
        return []
    drawn: list[RuledTable] = [(table.bbox, *_cells_of(table.extract()), []) for table in page.find_tables()]
    return [
        (box, [*above, *row_texts(cells[:heads], cells[heads:])])
        for box, cells, heads, above in drawn or _between_rules(page)
        if _is_data(cells)
    ]


def _is_data(cells: list[list[str]]) -> bool:
    """Return whether cells are a table, and not a frame or boxes side by side."""
    several = len(cells) > 1 and max(map(len, cells)) > 1
    return several and not any(len(cell.split()) > LONG_CELL for row in cells for cell in row)


def _between_rules(page: Any) -> Iterator[RuledTable]:
    """Yield the tables that have only rules across: above and below the headings, and below the last row.

    Headings that are over several columns are a line of their own: over which they are is not certain.
    """
    for box, middle in _rules_across(page):
        lines = _phrases_in(page, box)
        head = [phrases for down, phrases in lines if down < middle]
        body = [phrases for down, phrases in lines if down >= middle]
        columns = _columns(body)
        if not 2 <= len(columns) <= MAX_COLUMNS or max(map(len, [*head, *body])) > len(columns):
            continue
        joined = [phrases for phrases in head if 1 < len(phrases) < len(columns) - 1]
        above = [" ".join(text for _, _, text in phrases) for phrases in joined]
        heads = [_headings(phrases, columns) for phrases in head if phrases not in joined]
        yield box, [*heads, *(_in_columns(phrases, columns) for phrases in body)], len(heads), above


def _rules_across(page: Any) -> Iterator[tuple[Box, float]]:
    """Yield the boxes between the first and last of three or more rules of one width, with how far down the second is.

    More than three are below single rows.
    """
    across: dict[tuple[int, int], set[float]] = {}
    for edge in page.edges:
        if edge["orientation"] == "h":
            across.setdefault((round(edge["x0"]), round(edge["x1"])), set()).add(edge["top"])
    for (left, right), tops in across.items():
        rules = sorted(tops)
        first = 0
        while first + 2 < len(rules):
            last = first + 2
            if rules[first + 1] - rules[first] > MAX_HEADINGS:  # a rule below a running head
                first += 1
                continue
            while last + 1 < len(rules) and rules[last + 1] - rules[last] <= MAX_HEADINGS:
                last += 1
            yield (left - 1.0, rules[first], right + 1.0, rules[last]), rules[first + 1]
            first = last + 1


Phrase = tuple[float, float, str]
"""Words of one line with no wide space between them: from where to where, and what they are."""


def _phrases_in(page: Any, box: Box) -> list[tuple[float, list[Phrase]]]:
    """Return the lines within a box, each with how far down it is and its phrases from left to right."""
    lines: dict[int, tuple[float, list[Phrase]]] = {}
    words = page.filter(lambda one: not is_outside([box])(one)).extract_words()
    for word in sorted(words, key=lambda word: (round(word["bottom"]), word["x0"])):
        phrases = lines.setdefault(round(word["bottom"]), (word["top"], []))[1]
        wide = (word["bottom"] - word["top"]) / 2
        if phrases and word["x0"] - phrases[-1][1] < wide:
            start, _, text = phrases.pop()
            phrases.append((start, word["x1"], f"{text} {word['text']}"))
        else:
            phrases.append((word["x0"], word["x1"], word["text"]))
    return [lines[at] for at in sorted(lines)]


def _columns(lines: list[list[Phrase]]) -> list[tuple[float, float]]:
    """Return from where to where the columns reach: what no white gap over all lines divides."""
    found: list[tuple[float, float]] = []
    for start, end in sorted((start, end) for phrases in lines for start, end, _ in phrases):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _in_columns(phrases: list[Phrase], columns: list[tuple[float, float]]) -> list[str]:
    """Return the cells of a row."""
    return [" ".join(text for start, end, text in phrases if start <= right and end >= left) for left, right in columns]


def _headings(phrases: list[Phrase], columns: list[tuple[float, float]]) -> list[str]:
    """Return the headings of columns in one line: each phrase is that of the column that it is nearest to."""
    middles = [(start + end) / 2 for start, end in columns]

    def apart(at: tuple[int, ...]) -> float:
        return sum(abs((phrase[0] + phrase[1]) / 2 - middles[one]) for phrase, one in zip(phrases, at, strict=True))

    chosen = min(combinations(range(len(columns)), min(len(phrases), len(columns))), key=apart)
    own = dict(zip(chosen, (text for _, _, text in phrases), strict=True))
    return [own.get(at, "") for at in range(len(columns))]


def _cells_of(rows: list[list[str | None]]) -> tuple[list[list[str]], int]:
    """Return the cells of a table and how many of its rows are headings; a joined cell, which pdfplumber has once and
    then as None, is in each column and row of the headings that it spans."""
    joined = len(rows) > 2 and None in rows[0]
    cells: list[list[str]] = []
    for number, row in enumerate(rows):
        cells.append([])
        for at, cell in enumerate(row):
            spans = cell is None and joined and number < 2
            above = cells[0][at] if spans and number else cells[number][at - 1] if spans and at else ""
            cells[number].append(" ".join(cell.split()) if cell is not None else above)
    return cells, 2 if joined else count_headings(cells)


def is_outside(boxes: list[Box]) -> Callable[[Mapping[str, Any]], bool]:
    """Return whether the middle of something on a page is in none of some boxes."""

    def outside(one: Mapping[str, Any]) -> bool:
        across, down = (one["x0"] + one["x1"]) / 2, (one["top"] + one["bottom"]) / 2
        return not any(left <= across <= right and top <= down <= bottom for left, top, right, bottom in boxes)

    return outside
