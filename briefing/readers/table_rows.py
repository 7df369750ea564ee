"""Tables as text: one line a row, in which each cell stands behind its heading, so that a number keeps what it counts.

`Visits, 2024: 7,905; Cost: £9.32`: headings above one another are joined with a comma. A line holds a whole row, so
that its words are found where they are cited.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4 import BeautifulSoup
from bs4.element import Tag

Row = Sequence[str]
"""The cells of a row; one that spans several columns is in each of them."""

MAX_CELLS, MAX_SPAN = 50_000, 200
"""Cells of a table and columns of a cell; more are no table that anybody reads."""
LONG_HEADINGS = 2_000
"""Characters of all headings of a table, which stand in every row; where there are more, they have their own."""
LONG_CELL = 60
"""Words of a cell; one that holds more is a part of a page that is laid out by a table."""
_NUMBER = re.compile(r"[^\w]*\d[\d.,\s\u00a0%/–-]*\W*$")
_YEARS = re.compile(r"\W*[12]\d{3}(?:\s*[-–/]\s*\d{2,4})?\W*$")


def row_texts(head: Sequence[Row], body: Sequence[Row]) -> list[str]:
    """Return the lines of a table with its headings `head` and the rows below them; blank cells say nothing."""
    if not body:
        head, body = (), head
    columns = max((len(row) for row in (*head, *body)), default=0)
    headings = [_heading([row[at] for row in head if at < len(row)]) for at in range(columns)]
    if sum(map(len, headings)) > LONG_HEADINGS:
        body, headings = [*head, *body], [""] * columns
    made = (_row_text(row, headings) for row in body)
    return [line for line in made if line]


def _row_text(row: Row, headings: Sequence[str]) -> str:
    """Return one row; a cell that spans columns of one heading stands once."""
    cells = (f"{heading}: {cell}" if heading else cell for cell, heading in zip(row, headings, strict=False) if cell)
    return "; ".join(dict.fromkeys(cells))


def _heading(above: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(part.rstrip(" :") for part in above if part))


def count_headings(rows: Sequence[Row], bold: Sequence[bool] = ()) -> int:
    """Return how many rows are headings, of a table that does not say: those in bold print, or the first one.

    None where the cells of the first row are numbers, but not years.
    """
    marked = next((number for number, is_bold in enumerate(bold) if not is_bold), 0)
    if marked:
        return marked
    rest = [cell for cell in rows[0][1:] if cell] if rows else []
    named = rest and not any(_NUMBER.match(cell) and not _YEARS.match(cell) for cell in rest)
    return int(bool(named) and len(rows) > 1)


# --- of web pages and Word documents ----------------------------------------------------------------------------


def write_as_rows(soup: BeautifulSoup) -> None:
    """Put a paragraph for each row in the place of the tables of a page, but of those that lay it out."""
    for table in soup.find_all("table"):
        if table.find("table") or table.find_parent("table"):
            continue
        rows = table.find_all("tr")
        grid = _grid(rows)
        if grid is None or not _is_data(rows, grid):
            continue
        marked = len(table.select("thead tr"))
        bold = [all(_is_bold(cell) for cell in row(["td", "th"]) if cell.get_text().strip()) for row in rows]
        heads = marked or count_headings(grid, bold)
        for line in row_texts(grid[:heads], grid[heads:]):
            paragraph = soup.new_tag("p")
            paragraph.string = line
            table.insert_before(paragraph)
        table.decompose()


def _is_data(rows: Sequence[Tag], grid: Sequence[Row]) -> bool:
    """Return whether a table holds cells that belong together, and is not there to put parts of a page side by side."""
    several = len(grid) > 1 and max(map(len, grid)) > 1
    return several and not any(
        len(cell.get_text().split()) > LONG_CELL or cell(["ul", "ol"]) for row in rows for cell in row(["td", "th"])
    )


def _is_bold(cell: Tag) -> bool:
    """Return whether all words of a cell are in bold print."""
    bold = "".join(part.get_text() for part in cell(["strong", "b"]))
    return cell.name == "th" or bold.split() == cell.get_text().split()


def _grid(rows: Sequence[Tag]) -> list[list[str]] | None:
    """Return the cells of rows, those that span columns or rows in each of them; None where there are too many."""
    filled: dict[tuple[int, int], str] = {}
    widths = []
    for number, row in enumerate(rows):
        at = 0
        for cell in row(["td", "th"]):
            while (number, at) in filled:
                at += 1
            text = " ".join(cell.get_text(" ").split())
            wide, high = _span(cell, "colspan"), min(_span(cell, "rowspan"), len(rows) - number)
            if len(filled) + wide * high > MAX_CELLS:
                return None
            filled |= {(number + down, at + across): text for down in range(high) for across in range(wide)}
            at += wide
        widths.append(at)
    return [[filled.get((number, at), "") for at in range(max(widths))] for number in range(len(rows))]


def _span(cell: Tag, name: str) -> int:
    written = str(cell.get(name, "1"))
    return min(max(int(written), 1), MAX_SPAN) if written.isdecimal() else 1
