"""`briefing check --coverage`: what it prints, counts and refuses, and that the manual shows the same."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefing.cli import main
from tests.sites import build_site, make_site

MANUAL = Path(__file__).parent.parent / "docs" / "manual"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_site(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments])


def examples(page: str) -> list[str]:
    """The examples that a page of the manual begins with, before its sections."""
    section = (MANUAL / page).read_text("utf-8").split("\n## ")[0]
    return re.findall(r"^```(?:text|yaml)\n(.*?)\n```$", section, re.M | re.S)


def test_the_manual_shows_what_is_printed(project: Path) -> None:
    (example,) = examples("coverage.md")
    assert example in run("check", "--coverage").output


def test_the_manual_shows_what_is_drafted(project: Path) -> None:
    told, drafted = examples("drafts.md")
    assert told in run("suggest", "-b", "good", "--dry-run").output + run("suggest", "-b", "good").output
    assert drafted in (project / "docs/briefings/good/annotations/suggested.yml").read_text("utf-8")


def test_the_manual_names_what_programs_get(project: Path) -> None:
    quotes = project / "docs/briefings/good/annotations/quotes.yml"
    quotes.write_text(quotes.read_text("utf-8").replace("has shown us", "has told us"), "utf-8")
    told = json.loads(run("check", "--coverage", "--format", "json").output)
    covered = told["coverage"][0]
    rows = json.loads(run("check", "--summary", "--format", "json").output)["briefings"]
    parts = (told, told["problems"][0], covered, covered["numbers"], covered["numbers"]["items"][0], rows[0])
    page = (MANUAL / "programs.md").read_text("utf-8")
    assert [key for part in parts for key in part if f"`{key}`" not in page] == []


def test_without_the_option_nothing_is_said_of_it(project: Path) -> None:
    assert run("check").output == "1 briefing checked: no problems\n"
    assert "coverage" not in json.loads(run("check", "--format", "json").output)


@pytest.mark.parametrize(("least", "status"), [("50", 0), ("53.8", 0), ("54", 1), ("100", 1), ("101", 2), ("few", 2)])
def test_too_little_coverage_fails(project: Path, least: str, status: int) -> None:
    result = run("check", "--min-coverage", least)
    assert result.exit_code == status, result.output
    if status == 1:
        assert (
            f"docs/briefings/good: 53.8% of its numbers are annotated or set aside; {least}% are required"
            in result.output
        )


def test_json_has_every_passage_and_number(project: Path) -> None:
    with (project / "docs/briefings/good/briefing.yml").open("a", encoding="utf-8") as file:
        file.write("ignore: [{target: 3 March, reason: Past.}]\n")
    (told,) = json.loads(run("check", "--coverage", "--format", "json").output)["coverage"]
    assert told["path"] == "docs/briefings/good"
    counts = {key: value for key, value in told["numbers"].items() if key != "items"}
    assert counts == {"total": 13, "annotated": 7, "set_aside": 1, "draft": 0, "uncovered": 5, "percent": 61.5}
    aside = [item for item in told["numbers"]["items"] if item["state"] == "set_aside"]
    assert aside == [
        {"state": "set_aside", "words": "3 March", "line": 4, "column": 189, "annotations": [], "reason": "Past."}
    ]


@pytest.mark.full
@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en-GB",
            "The annotations cover 5 of 7 quoted passages and 7 of 13 numbers in the source. The passages covered are "
            "those of 4 quotations: one that the source interrupts has several. "
            "The briefing does not refer to 7 of these passages and numbers.",
        ),
        ("de", "5 von 7 zitierten Passagen und 7 von 13 Zahlen"),
        ("ar", "5 من 7 مقاطع مقتبسة"),
    ],
)
def test_the_method_page_says_how_much(project: Path, language: str, words: str) -> None:
    file = project / "docs/briefings/good/briefing.yml"
    text = file.read_text("utf-8").replace("\nlanguage: en-GB", f"\nlanguage: {language}", 1)
    file.write_text(text + "ignore: [{target: 3 March, reason: Past when this was written.}]\n", "utf-8")
    page = html.unescape((build_site(project / "mkdocs.yml") / "briefings/good/method/index.html").read_text("utf-8"))
    assert words in page.replace("\N{NO-BREAK SPACE}", " ")
    assert "<q>3 March</q>: Past when this was written." in page
