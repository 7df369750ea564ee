"""CSV cells hold the words as they are, and no spreadsheet takes one for a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.render.tables import guarded, write_csv


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "  =1", "\u00a0@x", "-", "＝1", "+1 (555) 1"]
)
def test_what_could_be_a_formula_stands_behind_an_apostrophe(cell: str) -> None:
    assert guarded(cell) == "'" + cell.strip(" \u00a0")


@pytest.mark.parametrize("cell", ["", "5", "-3.5", "+2", "five", "a = b", "'tis", "2025-11-06", "3–4"])
def test_numbers_and_words_stay_as_they_are(cell: str) -> None:
    assert guarded(cell) == cell


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2), max_size=5))
def test_what_is_written_is_read_again(rows: list[list[str]]) -> None:
    written = write_csv(("a", "b"), rows).encode()
    assert not written.startswith(b"\xef\xbb\xbf")
    assert written.startswith(b"a,b\r\n")
    read = list(csv.reader(io.StringIO(written.decode(), newline="")))
    assert read == [["a", "b"], *([guarded(cell) for cell in row] for row in rows)]
    assert not [cell for row in read for cell in row if cell.startswith(("=", "@", "\t", "\r"))]
