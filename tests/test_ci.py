"""Problems as GitHub and readers of SARIF take them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.model.places import Place, Problem, TextFile, in_file
from briefing.report import ci
from tests.npm import installed
from tests.sites import make_site

FILE = TextFile("b/quotes.yml", "first: line\nsecond: line of\n  words\n")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_site(tmp_path)
    monkeypatch.chdir(tmp_path)
    quotes = tmp_path / "docs/briefings/good/annotations/quotes.yml"
    text = quotes.read_text("utf-8").replace("has shown us", "has told us").replace("speaker: vane", "speaker: vain", 1)
    quotes.write_text(text.replace("shown", "told"), "utf-8")
    (tmp_path / "docs/briefings/good/original.txt").unlink()
    return tmp_path


def line(problem: Problem) -> str:
    return next(iter(ci.github([(problem, {FILE.name: FILE}, "docs/")])))


def test_a_workflow_command_marks_the_words() -> None:
    problem = Problem("orphan", "not there", in_file(FILE.name, 12, 18), "write: this")
    shown = "file=docs/b/quotes.yml,line=2,endLine=2,col=1,endColumn=7,title=orphan"
    assert line(problem) == f"::error {shown}::not there%0Awrite: this"


def test_nothing_that_a_source_holds_ends_the_command() -> None:
    problem = Problem("unused-allow", "100% of\r\n::error file=x::forged, with: commas", Place("a,b:c%\n.yml"))
    shown = line(problem)
    assert shown == (
        r"::warning file=docs/a%2Cb%3Ac%25\n.yml,title=unused-allow"
        r"::100%25 of\r\n::error file=x::forged, with: commas"
    )
    assert "\n" not in shown and "\r" not in shown


def test_columns_are_left_out_where_a_problem_spans_lines() -> None:
    assert "line=2,endLine=3,title" in line(Problem("orphan", "x", in_file(FILE.name, 12, 33)))


def run(style: str) -> str:
    result = CliRunner().invoke(main, ["check", "--format", style])
    assert result.exit_code == 1
    return result.output


def test_the_check_prints_a_command_for_each_problem(project: Path) -> None:
    *commands, summary = run("github").splitlines()
    assert len(commands) == int(re.findall(r"(\d+) error", summary)[0])
    assert all(re.match(r"::(error|warning) file=docs/briefings/good/[^,]+(,line=\d+[^:]*)?,title=[a-z0-9-]+::", each)
               for each in commands)  # fmt: skip


def schema() -> Any:
    file = installed("@microsoft/jest-sarif", "1.0.0-beta.0") / "lib/schemas/sarif-2.1.0-rtm.5.json"
    return json.loads(file.read_text("utf-8"))


@pytest.mark.full
def test_the_log_is_valid_sarif_and_points_at_every_problem(project: Path) -> None:
    log = json.loads(run("sarif"))
    jsonschema.Draft7Validator(schema()).validate(log)
    rows = json.loads(run("json"))["problems"]
    (only,) = log["runs"]
    rules = only["tool"]["driver"]["rules"]
    assert len(only["results"]) == len(rows) > 1
    for result, row in zip(only["results"], rows, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == row["code"]
        place = result["locations"][0]["physicalLocation"]
        assert place["artifactLocation"]["uri"] == row["path"]
        if row["line"]:
            assert (place["region"]["startLine"], place["region"]["startColumn"]) == (row["line"], row["column"])
        assert result["message"]["text"].startswith(row["message"])
    assert all(rule["help"]["text"] and rule["help"]["markdown"] for rule in rules)


def test_a_finding_is_the_same_after_its_line_has_moved(project: Path) -> None:
    def prints() -> list[str]:
        return [
            result["partialFingerprints"]["briefing/v1"] for result in json.loads(run("sarif"))["runs"][0]["results"]
        ]

    before = prints()
    quotes = project / "docs/briefings/good/annotations/quotes.yml"
    quotes.write_text("# a line more\n" + quotes.read_text("utf-8"), "utf-8")
    assert sorted(prints()) == sorted(before)
    assert len(set(before)) == len(before)
