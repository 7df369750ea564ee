"""What the rules find in small folders, as tables: `code at file: path`, and some of what they say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.check import FAMILIES
from tests.check import folders
from tests.conftest import CASES

TABLES = sorted((CASES / "check").glob("*.yml"))


def cases() -> list[Any]:
    tables = {table.stem: yaml.safe_load(table.read_text("utf-8")) for table in TABLES}
    return [pytest.param(case, id=f"{name}: {case['name']}") for name, table in tables.items() for case in table]


@pytest.mark.parametrize("case", cases())
def test_rules_find_what_the_table_says(case: dict[str, Any], tmp_path: Path) -> None:
    found = folders.found(folders.make(tmp_path, case))
    assert sorted(map(folders.told, found)) == sorted(case["found"])
    text = "\n".join(f"{problem.message}\n{problem.hint}" for problem in found)
    for words in case.get("says", ()):
        assert words in text


@pytest.mark.parametrize("case", cases())
def test_messages_are_one_sentence_without_a_stop(case: dict[str, Any], tmp_path: Path) -> None:
    for problem in folders.found(folders.make(tmp_path, case)):
        assert problem.message and "\n" not in problem.message and not problem.message.endswith((".", ":"))
        assert problem.hint


def test_every_family_has_a_table() -> None:
    assert {table.stem for table in TABLES} == {*FAMILIES, "allowances"}
