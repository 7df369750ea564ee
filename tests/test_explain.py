"""`briefing explain` says what the manual says."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from briefing import report, resources
from briefing.cli import main
from briefing.model.codes import CODES


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, ["explain", *arguments])
    assert result.exit_code == code, result.output
    return result.output


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_explained_in_the_words_of_the_manual(code: str) -> None:
    shown = run(code)
    assert shown.split("\n\n")[0].split() == f"{code} ({CODES[code].severity}): {CODES[code].summary}".split()
    paragraph = report.manual_paragraphs(resources.problems())[code]
    links = r"(`[^`]*`)|\[((?:`[^`]*`|[^\]])*)\]\([^)]*\)"
    parts = [
        example if number % 2 else re.sub(links, r"\1\2", example).replace("**", "")
        for number, example in enumerate(report.FENCE.split(paragraph))
    ]
    words = " ".join(parts)
    assert shown.split("\n\n", 1)[1].split() == words.split()
    prose = [line for line in shown.splitlines() if not line.startswith("    ")]
    assert all(len(line) <= report.WIDTH or " " not in line for line in prose)


def test_examples_are_indented_as_they_are() -> None:
    assert "      12 |" in run("orphan") or "        |\n" in run("orphan")
    assert "```" not in run("orphan")


def test_all_codes_are_listed() -> None:
    lines = run().splitlines()
    assert [line.split()[0] for line in lines] == list(CODES)


@pytest.mark.parametrize(("given", "said"), [("orphans", "did you mean “orphan”?"), ("zzzzzz", "lists all codes")])
def test_an_unknown_code_is_told(given: str, said: str) -> None:
    assert said in run(given, code=2)


def test_a_problem_says_how_to_read_more() -> None:
    assert json.dumps(report.explain_command("orphan")) == '"briefing explain orphan"'
