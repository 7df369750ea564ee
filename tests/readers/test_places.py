"""Where each paragraph of a source is in its original."""

from __future__ import annotations

import pytest

from briefing.readers import DocumentText
from briefing.readers.places import moment, recorded_pages, recorded_times

READ = ("One", "Two", "Again", "Three", "Again", "Four")


def reading(pages: tuple[int, ...] = (), times: tuple[int, ...] = ()) -> DocumentText:
    return DocumentText("pdf 2", READ, "utf-8", False, pages=pages, times=times)


@pytest.mark.parametrize(
    ("paragraphs", "pages", "expected"),
    [
        (READ, (1, 1, 2, 2, 3, 3), "1 3 5"),
        (READ, (2, 2, 2, 3, 3, 5), "1 1 4 6 6"),
        (("One", "Again", "Again", "Four"), (1, 1, 2, 2, 3, 3), "1 2 3"),
        (("One", "Two changed", "Again", "Four"), (1, 2, 3, 4, 5, 6), "1 3 3 4 4 4"),
        (READ, (1, 1, 1, 1, 1, 1), ""),
        (READ, (), ""),
        ((), (1, 1, 2, 2, 3, 3), ""),
    ],
)
def test_pages_begin_with_the_first_paragraph_that_is_on_them(
    paragraphs: tuple[str, ...], pages: tuple[int, ...], expected: str
) -> None:
    assert recorded_pages(paragraphs, reading(pages=pages)) == expected


def test_each_paragraph_has_the_moment_at_which_it_begins() -> None:
    found = reading(times=(0, 9, 61, 62, 3600, 3661))
    assert recorded_times(READ, found) == "0:00 0:09 1:01 1:02 1:00:00 1:01:01"
    assert recorded_times(("One", "new", "Again", "Again"), found) == "0:00 0:00 1:01 1:00:00"
    assert recorded_times(READ, reading()) == ""


def test_a_moment_is_written_as_people_write_it() -> None:
    assert [moment(each) for each in (0, 59, 60, 3599, 3600, 36_000)] == [
        *("0:00", "0:59", "1:00", "59:59", "1:00:00", "10:00:00"),
    ]
