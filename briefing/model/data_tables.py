"""The tables that readers can download of a briefing: which there are, their columns, and how a value is written.

It is the one definition of what `data.json`, the CSV files, `datapackage.json`, the words about them on pages and
`briefing verify` have in common. Names are those of the folder format and never change; a new column is added at the
end. What each means is said in `locale/` under `data.column.<name>`, or `data.column.<table>.<name>` where a table
needs words of its own.

In JSON a value is what it is, and null where there is none. In CSV (RFC 4180: UTF-8 without a byte order mark, which
would become part of the first field's name for most programs) lists are joined by ` | `, and what a spreadsheet could
take for a formula is guarded (https://owasp.org/www-community/attacks/CSV_Injection).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal, get_args

from msgspec import Struct

from briefing.model import (
    CorrectionKind,
    FigureBasis,
    FigureType,
    MatchLevel,
    QuotationKind,
    SetAsideReason,
    Stance,
    UrlStatus,
    Verdict,
)

DATA = "data.json"
"""All tables of a briefing."""
DATA_PACKAGE = "datapackage.json"
"""What describes the files, as the Data Package standard has it (https://datapackage.org)."""
FORMAT, VERSION = "briefing-data", 1
WITHDRAWAL = "withdrawal"
"""The kind of a correction that takes something back."""
SEPARATOR = " | "
"""Stands between the items of a list in a cell, and between passages of a target that the source interrupts."""
GAP = " […] "
"""Takes the place of words of a passage in a target that are left out."""
MATCHES: Mapping[MatchLevel, str] = {
    MatchLevel.EXACT: "exact",
    MatchLevel.SPACE: "white-space",
    MatchLevel.TYPOGRAPHY: "typography",
}
"""How exactly an author's words match the source, in words."""

ColumnType = Literal["string", "integer", "number", "date", "uri", "list", "spans"]
"""`date` is a day, month or year of ISO 8601, `spans` a list of places with their words."""
Piece = Mapping[str, object]
Value = str | int | Decimal | tuple[str, ...] | tuple[Piece, ...] | None
Row = Sequence[Value]


class Column(Struct, frozen=True):
    """What one column holds."""

    name: str
    type: ColumnType = "string"
    values: tuple[str, ...] = ()
    """All that it can hold; empty where that is not a closed list."""
    refers: str = ""
    """The table whose rows it names by their first column; empty for none."""
    required: bool = False


class DataTable(Struct, frozen=True):
    """One kind of record."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    """The columns that together identify a row; empty for none."""

    @property
    def file(self) -> str:
        """The name of its CSV file."""
        return f"{self.name}.csv"

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)


_ID = Column("id", required=True)
_PERMALINK = Column("permalink", "uri", required=True)
_TARGET = (
    Column("target", required=True),
    Column("spans", "spans", required=True),
    Column("start", "integer", required=True),
    Column("end", "integer", required=True),
    Column("comment"),
    Column("match", values=tuple(MATCHES.values()), required=True),
)
_SPEAKER = (Column("speaker_id"), Column("speaker"), Column("speaker_role"))
_NOTED = (Column("note"), Column("cites", "list"), Column("tags", "list"), Column("by", "list"))
_VERDICT = Column("verdict", values=get_args(Verdict))
_ASSESSED = (
    Column("verdict_by"),
    Column("verdict_date", "date"),
    Column("evidence", "list"),
    Column("verdict_note"),
    Column("response"),
)

TABLES = (
    DataTable(
        "quotations",
        (
            *(_ID, _PERMALINK, Column("kind", values=get_args(QuotationKind), required=True), *_TARGET),
            *(*_SPEAKER, Column("via", "list"), Column("translation"), Column("translation_by")),
            *(_VERDICT, *_ASSESSED, *_NOTED),
        ),
        ("id",),
    ),
    DataTable(
        "figures",
        (
            *(_ID, _PERMALINK, Column("label", required=True)),
            *(Column("type", values=get_args(FigureType), required=True),),
            *(Column("basis", values=get_args(FigureBasis), required=True),),
            *(*_TARGET, Column("words"), Column("reading")),
            *(Column("reading_low", "number"), Column("reading_high", "number"), Column("reading_date", "date")),
            *(Column("unit"), Column("period"), *_SPEAKER, Column("measure")),
            *(_VERDICT, *_ASSESSED, *_NOTED),
        ),
        ("id",),
    ),
    DataTable(
        "series",
        (
            *(Column("figure", refers="figures", required=True), Column("label"), Column("unit")),
            *(Column("period", required=True), Column("value", "number", required=True)),
            *(Column("value_high", "number", required=True), Column("basis", values=get_args(FigureBasis))),
            *(Column("of"), Column("by"), Column("counts")),
            *(Column("cite", refers="references", required=True), Column("source"), Column("url", "uri")),
        ),
    ),
    DataTable(
        "derived",
        (
            *(_ID, _PERMALINK, Column("label", required=True), Column("value", "number", required=True)),
            *(Column("unit"), Column("formula", required=True), Column("inputs", "list"), *_NOTED),
        ),
        ("id",),
    ),
    DataTable("context", (_ID, _PERMALINK, Column("title", required=True), *_TARGET, *_NOTED), ("id",)),
    DataTable(
        "themes",
        (
            *(_ID, _PERMALINK, Column("title", required=True), Column("about")),
            *(Column("comments", "integer", required=True), Column("summary"), *_NOTED[1:]),
        ),
        ("id",),
    ),
    DataTable(
        "comments",
        (
            *(Column("comment", required=True), _PERMALINK, Column("theme", refers="themes")),
            *(Column("stance", values=get_args(Stance)), Column("words")),
            *(Column("set_aside", values=get_args(SetAsideReason)), Column("date", "date")),
            *(Column("votes", "integer"), Column("reply_to"), Column("chosen_stance", values=get_args(Stance))),
        ),
        ("comment", "theme"),
    ),
    DataTable(
        "references",
        (
            *(_ID, _PERMALINK, Column("title", required=True), Column("authors", "list"), Column("publisher")),
            *(Column("volume"), Column("issue"), Column("pages")),
            *(Column("url", "uri"), Column("published", "date"), Column("checked", "date")),
            *(Column("archived", "uri"), Column("url_status", values=get_args(UrlStatus))),
            *(Column("language"), Column("excerpts", "list"), Column("note")),
        ),
        ("id",),
    ),
    DataTable(
        "corrections",
        (
            *(Column("correction", "integer"), _PERMALINK, Column("date", "date", required=True)),
            *(Column("kind", values=(*get_args(CorrectionKind), WITHDRAWAL), required=True),),
            *(Column("reason", required=True), Column("id"), Column("field"), Column("before"), Column("after")),
            *(Column("withheld"),),
        ),
        ("correction", "id", "field"),
    ),
)
"""In the order in which pages name them."""
BY_NAME: Mapping[str, DataTable] = {table.name: table for table in TABLES}
BY_FILE: Mapping[str, DataTable] = {table.file: table for table in TABLES}

# --- JSON --------------------------------------------------------------------------------------------------------


def in_json(row: Row, table: DataTable) -> dict[str, Value]:
    """Return a row as data.json has it: what is not known is null, a list that is empty stays one."""
    return {column.name: None if value == "" else value for column, value in zip(table.columns, row, strict=True)}


# --- CSV ---------------------------------------------------------------------------------------------------------

_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?", re.ASCII)
_SIGNS = "=+\\-@＝＋－＠"
_FORMULA = re.compile(f"[{_SIGNS}\t\r\n]")
_WITHIN = re.compile(f"([;\t\r\n][ \u00a0'\"]*)(?=[{_SIGNS}])")
"""Where a cell would begin for a program that takes another character than a comma for what separates them, as
spreadsheets do in the languages that write numbers with a comma."""


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula: an apostrophe is put before what could be one.

    A plain number keeps its sign. Blanks at the beginning go, for some programs skip them before they look.
    """
    if not cell or cell.isalnum():
        return cell  # ids, kinds and numbers, which are most
    cell = cell.strip(" \u00a0\0")
    if ";" in cell or "\n" in cell or "\t" in cell or "\r" in cell:
        cell = _WITHIN.sub(r"\1'", cell)
    return "'" + cell if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell) else cell


def cell_of(value: object) -> str:
    """Return a value, of ours or as data.json has it, as a cell of a CSV file, not yet guarded."""
    if isinstance(value, str):
        return value
    if isinstance(value, tuple | list):
        return SEPARATOR.join(_item(item) for item in value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    return "" if value is None else str(value)


def _item(item: object) -> str:
    """Return an item of a list; a place as RFC 5147 writes it, which no spreadsheet takes for a date or a sum."""
    return f"char={item['start']},{item['end']}" if isinstance(item, Mapping) else str(item)


def write_csv(fields: Sequence[str], rows: Iterable[Row]) -> str:
    """Return rows as CSV with a header, each cell guarded."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(fields)
    writer.writerows([guarded(cell_of(value)) for value in row] for row in rows)
    return written.getvalue()
