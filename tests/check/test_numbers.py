"""How often the rules on numbers and quantifiers are wrong, on sentences that they were and were not made with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.check import marked
from tests.conftest import CASES

TABLES = sorted((CASES / "numbers").glob("*.txt"))
HELD_OUT = [table for table in TABLES if table.name.startswith("held-out")]
MANUAL = [CASES.parent.parent / "docs" / "manual" / name for name in ("grounded.md", "numbers.md")]
MOST = 0.02
"""The share of good sentences with a false alarm, and of wrong numbers that are missed, which is still good enough."""


def results(folder: Path, table: Path) -> list[tuple[marked.Line, int, int]]:
    """Each sentence with what was missed and what was falsely reported in it."""
    kind = "quantifiers" if "quantifiers" in table.name else "numbers"
    code = {"quantifiers": "wrong-quantifier", "numbers": "cited-number"}[kind]
    found = marked.reported(folder, list(marked.lines(table)), code, kind)
    return [(line, *line.judged(spans)) for line, spans in found]


@pytest.mark.parametrize("table", [t for t in TABLES if t not in HELD_OUT], ids=lambda table: table.stem)
def test_the_sentences_that_the_rules_were_made_with_are_judged_right(table: Path, tmp_path: Path) -> None:
    wrong = [f"{line.number}: {line.text}" for line, missed, false in results(tmp_path, table) if missed or false]
    assert wrong == []


def test_both_rates_are_below_two_percent_on_sentences_held_out(tmp_path: Path) -> None:
    found = []
    for table in HELD_OUT:
        (tmp_path / table.stem).mkdir()
        found += [(table.stem, *result) for result in results(tmp_path / table.stem, table)]
    wrong = [f"{name}:{line.number}: {line.text}" for name, line, missed, false in found if missed or false]
    good = sum(line.good for _, line, _, _ in found)
    marks = sum(len(line.marked) for _, line, _, _ in found)
    false = sum(line.good and bool(false) for _, line, _, false in found)
    missed = sum(missed for _, _, missed, _ in found)
    assert good >= 60 and marks >= 60
    assert false / good < MOST and missed / marks < MOST, "\n".join(wrong)


def test_the_examples_of_the_manual_are_judged_as_it_says(tmp_path: Path) -> None:
    pages = "\n".join(page.read_text("utf-8") for page in MANUAL)
    blocks = re.findall(r"^```text\n(@ .*?)^```$", pages, re.M | re.S)
    assert len(blocks) >= 4
    for number, block in enumerate(blocks):
        kind = "quantifiers" if re.match(r"@ \d+ of \d+$", block, re.M) else "numbers"
        code = {"quantifiers": "wrong-quantifier", "numbers": "cited-number"}[kind]
        (tmp_path / str(number)).mkdir()
        for line, spans in marked.reported(tmp_path / str(number), list(marked.read(block)), code, kind):
            assert line.judged(spans) == (0, 0), line.text


def test_there_are_at_least_two_hundred_cases() -> None:
    assert sum(len(list(marked.lines(table))) for table in TABLES) >= 200
