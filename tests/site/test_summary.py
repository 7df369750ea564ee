"""`briefing check --summary`: a row for each briefing, as a table, CSV and JSON."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefing.cli import main
from briefing.load.git_history import last_changes
from tests.generate import write_library
from tests.sites import make_site


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write_library(tmp_path / "docs", 2, annotations=4)
    make_site(tmp_path, docs=None)
    (tmp_path / "docs/briefings/b0001/source.txt").write_text("Other words.\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["check", "--summary", *arguments])


def test_a_table_has_a_line_for_each(project: Path) -> None:
    result = check()
    lines = result.output.splitlines()
    assert result.exit_code == 1
    columns = ["briefing", "status", "errors", "warnings", "annotations", "coverage", "changed"]
    assert lines[0].split() == columns
    assert [line.split()[0] for line in lines[1:3]] == ["briefings/b0000", "briefings/b0001"]
    assert int(lines[1].split()[2]) == 0 < int(lines[2].split()[2])
    assert all(re.fullmatch(r"\d+%", line.split()[5]) for line in lines[1:3])
    assert lines[-2].startswith("2 briefings checked: ")
    assert lines[-1].startswith("more about a problem: briefing explain ")


def test_csv_and_json_have_the_same_rows(project: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(check("--format", "csv").output)))
    data = json.loads(check("--format", "json").output)["briefings"]
    assert [row["path"] for row in rows] == [row["path"] for row in data] == ["briefings/b0000", "briefings/b0001"]
    assert list(rows[0]) == list(data[0])
    assert 0 < data[0]["coverage"] < 1 and rows[0]["coverage"] == str(data[0]["coverage"])
    assert data[0]["annotations"] == int(rows[0]["annotations"]) > 0


def test_problems_can_be_csv_too(project: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(result.output)))
    assert rows and all(row["path"].startswith("docs/briefings/b0001/") and row["line"] for row in rows)


def test_the_last_change_is_that_of_the_last_commit(tmp_path: Path) -> None:
    def git(*arguments: str) -> None:
        command = ["git", "-C", str(tmp_path), "-c", "user.name=x", "-c", "user.email=x@example.org", *arguments]
        environment = {"GIT_COMMITTER_DATE": "2024-02-03T12:00:00Z", "PATH": "/usr/bin:/bin"}
        subprocess.run(command, check=True, capture_output=True, env=environment)

    docs = tmp_path / "docs"
    for name in ("a", "b"):
        (docs / name).mkdir(parents=True)
        (docs / name / "briefing.yml").write_text("title: x\n", "utf-8")
    git("init", "-q")
    git("add", "docs/a")
    git("commit", "-q", "-m", "first")
    changes = last_changes(docs, ["a", "b"])
    assert changes["a"] == "2024-02-03" and changes["b"] > "2024-02-03"
    (docs / "a/briefing.yml").write_text("title: y\n", "utf-8")
    assert last_changes(docs, ["a"])["a"] > "2024-02-03"
