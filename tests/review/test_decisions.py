"""`briefing review` without a terminal: what waits, what a decision does to the files, what is refused.

A case is a file `tests/cases/review/<name>.yml`: files that are laid over the good briefing, and the commands that are
typed; beside it `<name>.txt` has what they print, and what each changes in the files.
"""

from __future__ import annotations

import difflib
import shlex
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from briefing.authoring.suggest.write import plan_drafts, write_drafts
from briefing.authoring.trial import OpenBriefings
from briefing.cli import main
from tests.conftest import CASES, Golden
from tests.sites import GOOD

FOUND = sorted((CASES / "review").glob("*.yml"))
PATH = "briefings/good"
DAY = date(2026, 1, 5)
TEXTS = sorted((CASES / "suggest").glob("*/*.yml"))


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A docs folder with the good briefing, in the working directory; it is always the same day."""
    shutil.copytree(GOOD, tmp_path / "docs")
    (tmp_path / "mkdocs.yml").write_text("site_name: Test\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("briefing.cli.review.today", lambda: DAY)
    return tmp_path / "docs"


def contents(docs: Path) -> dict[str, bytes]:
    return {path.relative_to(docs / PATH).as_posix(): path.read_bytes() for path in (docs / PATH).rglob("*.yml")}


def difference(before: dict[str, bytes], after: dict[str, bytes]) -> str:
    out: list[str] = []
    for name in sorted({*before, *after}):
        old, new = (side.get(name, b"").decode().splitlines() for side in (before, after))
        out += difflib.unified_diff(old, new, name, name, n=0, lineterm="")
    return "\n".join(out)


def typed(command: str) -> str:
    """What a command prints, with its exit status where that is not 0."""
    result = CliRunner().invoke(main, shlex.split(command))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output.rstrip("\n") + (f"\nexit status {result.exit_code}" if result.exit_code else "")


@pytest.mark.parametrize("case", FOUND, ids=lambda path: path.stem)
def test_a_review_is_as_expected(case: Path, docs: Path, golden: Golden) -> None:
    said = yaml.safe_load(case.read_text("utf-8"))
    for name, text in said.get("files", {}).items():
        (docs / PATH / name).write_bytes(text.encode())
    parts = []
    for command in said["type"]:
        before = contents(docs)
        parts.append(f"$ briefing {command}\n{typed(command)}\n{difference(before, contents(docs))}".rstrip())
    golden.check(case.with_suffix(".txt"), "\n\n".join(parts) + "\n")


# --- what holds of every draft ----------------------------------------------------------------------------------


def drafted(tmp_path: Path, text: Path) -> OpenBriefings:
    """A folder with one of the texts that drafts are measured with, and all its drafts."""
    said = yaml.safe_load(text.read_text("utf-8"))
    folder = tmp_path / "docs" / "text"
    folder.mkdir(parents=True)
    language = said.get("language", "en")
    about = f"title: A text\ndate: 2026-01-05\nlanguage: {language}\nauthors: [Ada Marsh]\n"
    (folder / "briefing.yml").write_text(f"{about}source: {{kind: article, language: {language}}}\n", "utf-8")
    (folder / "source.txt").write_text(said["text"], "utf-8")
    write_drafts(tmp_path / "docs", plan_drafts(tmp_path / "docs", "text"))
    return OpenBriefings(tmp_path / "docs")
