"""What authors get wrong in their first hour, and what the check then tells them, each whole.

A case has what differs from the good briefing, as the cases of `test_problems` say it, and the report. One mistake is
one problem: what follows from it is not reported as well. What YAML reads as it was meant gives none.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import CASES, Golden
from tests.sites import GOOD
from tests.tables import Case, parameters
from tests.test_problems import change, reported

TABLES = sorted((CASES / "mistakes").glob("*.table"))
AS_MEANT = "as it was meant: "
"""How the names of cases begin in which nothing is wrong."""


@pytest.mark.parametrize("case", parameters(TABLES))
def test_a_mistake_is_reported_as_expected(case: Case, tmp_path: Path, golden: Golden) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(GOOD, docs)
    answers = change(docs, case.given, tmp_path)
    codes, text = reported(docs, answers)
    assert bool(codes) == (not case.name.startswith(AS_MEANT))
    case.check(golden, text)
