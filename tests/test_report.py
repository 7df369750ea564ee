"""How problems look: the caret stands under the words, whatever they are made of, and colour is for terminals."""

from __future__ import annotations

import json
import re

import pytest

from briefing import report
from briefing.cli.problems import as_json
from briefing.model.places import Place, Problem, TextFile, in_file, line_and_column
from briefing.report import ci


def shown(text: str, words: str, colour: bool = False) -> list[str]:
    start = text.index(words)
    problem = Problem("orphan", "nowhere", in_file("a.yml", start, start + len(words)), "write this\nand that")
    return report.as_text(problem, {"a.yml": TextFile("a.yml", text)}, "docs/", colour).split("\n")


def test_a_problem_is_place_code_message_line_caret_and_hint() -> None:
    assert shown("one: 1\ntwo: here\n", "here") == [
        "docs/a.yml:2:6: error orphan: nowhere",
        "    |",
        "  2 | two: here",
        "    |      ^^^^",
        "  help: write this",
        "        and that",
    ]


@pytest.mark.parametrize(
    ("line", "carets"),
    [
        ("日本 x", "     ^"),
        ("e\u0301e\u0301 x", "   ^"),
        ("\tx", "\t^"),
        ("🙂 x", "   ^"),
    ],
)
def test_carets_stand_under_wide_combining_and_tab_characters(line: str, carets: str) -> None:
    assert shown(line, "x")[3] == "    | " + carets


def test_a_long_line_is_cut_around_the_place() -> None:
    lines = shown("a" * 5000 + " here " + "b" * 5000, "here")
    assert len(lines[2]) < 130 and lines[2].count("…") == 2
    assert lines[2].index("here") == lines[3].index("^^^^")


def test_nothing_in_a_file_can_steer_a_terminal() -> None:
    assert "\x1b" not in "".join(shown("x: \x1b[31mred\u202e here", "here"))


def test_colour_is_asked_for() -> None:
    assert "\x1b[1;31m" in "\n".join(shown("x: here", "here", colour=True))


def test_a_file_that_was_never_read_is_named_without_a_line() -> None:
    problem = Problem("file-missing", "not there", Place("source.txt"))
    assert report.as_text(problem, {}) == "source.txt: error file-missing: not there"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_at_lf_crlf_and_cr(end: str) -> None:
    text = end.join(["one", "two", "", "four"])
    assert line_and_column(text, text.index("four") + 2) == (4, 3, "four")
    assert line_and_column(text, len(text)) == (4, 5, "four")
    assert line_and_column(text, 0) == (1, 1, "one")


HOSTILE = "a\n::warning title=x::y\r\x1b[2J\x9b31m\u202etxt.exe\u2028b\x85c\x00"


@pytest.mark.parametrize("field", ["message", "hint", "file"])
def test_nothing_in_a_report_is_obeyed_by_a_terminal_or_a_log(field: str) -> None:
    given = {"message": "m", "hint": "h", "file": "x.yml", field: HOSTILE}
    problem = Problem("bad-id", given["message"], Place(given["file"]), given["hint"])
    text = report.as_text(problem, {})
    written = json.dumps(report.as_row(problem, {}))
    for shown in (text, "\n".join(ci.github([(problem, {}, "")])), written, as_json(report.as_row(problem, {}))):
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\u2028]", shown)
    assert not [line for line in text.splitlines() if line.lstrip().startswith("::")]
    assert len(text.splitlines()) == (3 if field == "hint" else 2)
    assert "202e" in text and "x1b" in text
