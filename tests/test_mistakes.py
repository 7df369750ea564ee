"""What authors get wrong in their first hour, and what the check then tells them, each whole.

A case has what differs from the good briefing, as the cases of `test_problems` say it, and the report. One mistake is
one problem: what follows from it is not reported as well. What YAML reads as it was meant gives none.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from briefing.pipeline import checking
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
    problems, text = reported(docs, answers)
    assert bool(problems) == (not case.name.startswith(AS_MEANT))
    case.check(golden, text)


TITLE = "title: >-\n  Harwick brings its ferry back, and argues about the bill\n"
TAGS = "tags: [transport, councils]\n"
FORMS = [
    "title: bridge{}\n", 'title: "bridge{}"\n', 'title: "bridge"{}\n', "title: 'bridge'{}\n", "title: >-\n  bridge{}\n",
    "title: |{}\n  bridge\n", "title: {}\n", "tags: [bridge{}, town]\n", "tags: [bridge, town{}\n  ]\n",
    'tags: ["bridge"{}, town]\n', "tags: [bridge, town]{}\n", "tags:\n  - bridge{}\n  - town\n", "tags: {}\n  - town\n",
]  # fmt: skip
MORE = [
    "#1 omega", " #1 omega", ",#1 omega", ", #omega", ": omega", "[omega", "]#omega", "}}omega", "{{#omega", "&a omega",
    "*omega", "!a omega", "| omega", "> omega", "'omega'", '"omega"', '"#omega', "\u2028omega", "\u0085omega",
    "\u00a0#omega", "\n  omega", "\n  - omega",
    "\n--- omega", "\n... omega", "<<: omega", "- omega", "? omega", "%omega", "~ omega",
]  # fmt: skip
REMARKS = re.compile(r"""["'\],:|] +#""")
"""Behind what ends visibly, a space and a # begin a remark, as the manual says."""


@pytest.mark.full
@pytest.mark.parametrize("form", FORMS)
def test_no_yaml_that_is_accepted_loses_words(form: str, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    shutil.copytree(GOOD, docs)
    file = docs / "briefings/good/briefing.yml"
    good = file.read_text("utf-8")
    told = 0
    for more in MORE:
        written = form.replace("{}", more.replace("{{", "{").replace("}}", "}"))
        old = TITLE if written.startswith("title") else TAGS
        assert old in good
        file.write_bytes(good.replace(old, written).encode())
        library = checking.check_library(docs)
        read = library.briefings[0].briefing
        if read is None or any(problem.severity == "error" for problem, _ in library.located()):
            told += 1
            continue
        kept = read.title if old == TITLE else " ".join(read.tags)
        lost = {*re.findall(r"\w+", written.partition(":")[2])} - {*re.findall(r"\w+", kept)}
        assert not lost or REMARKS.search(written), (written, kept)
    assert told
