"""Tables of cases: one text file for a topic, in which each case has a name, what is given, and what comes of it.

    ════ name
    what is given
    ────
    what comes of it

Both parts are exactly the lines between the rules: control characters, tabs and the ends of lines are as they stand.
`pytest --golden` rewrites the second part.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.load.yaml.events import LOADER
from tests.conftest import Golden

_CASE = re.compile(r"^════ (?P<name>.+)\n(?P<given>(?s:.*?))^────\n(?P<expected>(?s:.*?))(?=^════ |\Z)", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """One case of a table."""

    table: Path
    name: str
    given: str
    expected: str

    def check(self, golden: Golden, actual: str) -> None:
        """Compare what came of it, or write it."""
        if golden.rewrite:
            rewritten = {case.name: case for case in read_table(self.table)}
            rewritten[self.name] = Case(self.table, self.name, self.given, actual)
            write_table(self.table, rewritten.values())
        else:
            assert actual == self.expected


def read_table(path: Path) -> tuple[Case, ...]:
    """The cases of a file. Raises AssertionError where a part of it is none, or two have one name."""
    with path.open(encoding="utf-8", newline="") as file:
        text = file.read()
    cases = tuple(Case(path, *match.groups()) for match in _CASE.finditer(text))
    assert "".join(map(_shown, cases)) == text, f"{path}: something is outside the cases"
    assert len({case.name for case in cases}) == len(cases), f"{path}: two cases have one name"
    return cases


def read_yaml(path: Path) -> Any:
    """A table in YAML, whose cases have more than two parts. Every process reads all of them before its first test."""
    return yaml.load(path.read_bytes(), LOADER)


def write_table(path: Path, cases: Iterable[Case]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(map(_shown, cases))


def parameters(paths: Iterable[Path], prefix: str = "") -> list[Any]:
    """The cases of tables, each with its name as its id."""
    return [pytest.param(case, id=prefix + case.name) for path in sorted(paths) for case in read_table(path)]


def _shown(case: Case) -> str:
    return f"════ {case.name}\n{case.given}────\n{case.expected}"
