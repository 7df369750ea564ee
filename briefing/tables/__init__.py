"""Exports of comments: files that other programs wrote, as rows, and each row as what it says of a comment.

`briefing import` takes comments from them, and the check compares each comment with its row again: both read here, so
they cannot disagree.
"""

from briefing.tables.fields import (
    FIELDS,
    REASONS,
    ExportRecord,
    Reason,
    columns_of,
    own_id,
    records,
    same_words,
    unused_columns,
)
from briefing.tables.rows import ExportRow, TableError, rows, style_of, where

__all__ = [
    "FIELDS",
    "REASONS",
    "ExportRecord",
    "ExportRow",
    "Reason",
    "TableError",
    "columns_of",
    "own_id",
    "records",
    "rows",
    "same_words",
    "style_of",
    "unused_columns",
    "where",
]
