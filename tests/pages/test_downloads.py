"""CSV cells hold the words as they are, and no spreadsheet takes one for a formula."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.data_tables import cell_of, guarded, write_csv


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "  =1", "\u00a0@x", "-", "＝1", "+1 (555) 1"]
)
def test_what_could_be_a_formula_stands_behind_an_apostrophe(cell: str) -> None:
    assert guarded(cell) == "'" + cell.strip(" \u00a0")


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("a;=1+1", "a;'=1+1"),  # where a comma is in numbers, spreadsheets take a semicolon for what separates cells
        ('a; "@SUM(A1)', "a; \"'@SUM(A1)"),
        ("a\tb\t+cmd", "a\tb\t'+cmd"),
        ("a line\n-2", "a line\n'-2"),
        ("\t=1", "'\t'=1"),
        ("a; b - c", "a; b - c"),
    ],
)
def test_what_could_be_a_formula_for_another_separator_stands_behind_an_apostrophe(cell: str, written: str) -> None:
    assert guarded(cell) == written


@pytest.mark.parametrize("cell", ["", "5", "-3.5", "+2", "five", "a = b", "'tis", "2025-11-06", "3–4"])
def test_numbers_and_words_stay_as_they_are(cell: str) -> None:
    assert guarded(cell) == cell


@given(
    st.lists(
        st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=2, max_size=2), max_size=5
    )
)
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    written = write_csv(("a", "b"), rows).encode()
    assert not written.startswith(b"\xef\xbb\xbf")
    assert written.startswith(b"a,b\r\n")
    read = list(csv.reader(io.StringIO(written.decode(), newline="")))
    assert read == [["a", "b"], *([guarded(cell) for cell in row] for row in rows)]
    assert not [cell for row in read for cell in row if cell.startswith(("=", "@", "\t", "\r"))]
    parts = [part for row in read for cell in row for part in re.split("[;\t\r\n]", cell)]
    assert not [part for part in parts if part.lstrip(" \u00a0'\"").startswith(("=", "@")) and "'" not in part]


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (None, ""),
        (Decimal("1200000.50"), "1200000.50"),
        (Decimal("1E+3"), "1000"),
        (("a", "b"), "a | b"),
        ([{"start": 3, "end": 4, "text": "x"}, {"start": 9, "end": 12}], "char=3,4 | char=9,12"),
        (0, "0"),
    ],
)
def test_a_value_as_a_cell(value: object, cell: str) -> None:
    assert cell_of(value) == cell
