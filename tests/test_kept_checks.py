"""What a check found is found again only for the very same bytes, and is told in the very same words."""

from __future__ import annotations

import random
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from briefing.cli import main
from briefing.load.folder_files import FolderFiles
from briefing.pipeline import checking, executor
from briefing.pipeline.briefing_build import BriefingBuild, build_briefing
from tests.generate import write_library
from tests.sites import make_site

GOOD = "docs/briefings/good"
STORE = Path(".cache/briefing/store.sqlite3")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_site(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def check(*more: str, path: str = GOOD) -> Result:
    return CliRunner().invoke(main, ["check", "-b", path, *more])


def fresh(*more: str, path: str = GOOD) -> Result:
    """The same with nothing kept, and nothing kept of it."""
    kept = Path(".cache")
    aside = kept.rename("aside") if kept.exists() else None
    found = check(*more, path=path)
    shutil.rmtree(kept, ignore_errors=True)
    if aside:
        aside.rename(kept)
    return found


def forbid_checks(monkeypatch: pytest.MonkeyPatch) -> None:
    def checked(*given: object) -> None:
        raise AssertionError("this has been checked before")

    monkeypatch.setattr(checking, "check_files", checked)


def edit(file: str, old: str, new: str) -> None:
    text = Path(file).read_text("utf-8")
    assert old in text
    Path(file).write_text(text.replace(old, new, 1), "utf-8")


def test_what_was_checked_is_not_checked_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(f"{GOOD}/briefing.yml", "title:", "titel:")
    styles = [(), ("--strict",), ("-v",), *(("--format", style) for style in ("json", "csv", "github", "sarif"))]
    first = [fresh(*style) for style in styles]
    check()
    forbid_checks(monkeypatch)
    again = [check(*style) for style in styles]
    assert [(one.output, one.exit_code) for one in again] == [(one.output, one.exit_code) for one in first]
    assert first[0].exit_code == 1 and "unknown-field" in first[0].output


CHANGES = [
    (f"{GOOD}/briefing.yml", "title:", "titel:"),
    (f"{GOOD}/source.txt", "e", "a"),
    ("docs/people.yml", ":", " :x:"),
    ("docs/measures.yml", "label:", "lable:"),
]


@pytest.mark.parametrize(("file", "old", "new"), CHANGES, ids=[file for file, _, _ in CHANGES])
def test_a_change_of_any_file_that_a_check_reads_is_seen(project: Path, file: str, old: str, new: str) -> None:
    if not Path(file).exists():
        Path(file).write_text("height:\n  label: Height\n", "utf-8")
    before, text = check(), Path(file).read_text("utf-8")
    edit(file, old, new)
    assert check().output == fresh().output != before.output
    Path(file).write_text(text, "utf-8")
    assert check().output == before.output


@pytest.mark.parametrize("seed", range(4))
def test_after_random_edits_a_check_is_that_of_a_folder_never_checked(project: Path, seed: int) -> None:
    chance = random.Random(seed)
    files = sorted(path for path in Path("docs").rglob("*") if path.suffix in (".yml", ".txt"))
    for _ in range(6):
        file = chance.choice(files)
        lines = file.read_text("utf-8").splitlines(keepends=True) if file.exists() else ["TODO\n"]
        at = chance.randrange(len(lines) or 1)
        lines[at : at + 1] = chance.choice([[], ["x: y\n"], lines[at : at + 1] * 2, lines[at : at + 1][::-1]])
        file.write_text("".join(lines), "utf-8")
        if chance.random() < 0.2:
            file.unlink()
        kept, anew = check(), fresh()
        assert (kept.output, kept.exit_code) == (anew.output, anew.exit_code)
        assert check().output == anew.output


def test_a_hint_of_another_briefing_is_never_an_old_one(project: Path) -> None:
    quotes = Path(f"{GOOD}/annotations/quotes.yml")
    quotes.write_text(re.sub("target: .*", "target: Zebras read tea leaves aloud.", quotes.read_text("utf-8"), count=1))
    lost = check().output
    assert "orphan" in lost
    shutil.copytree(GOOD, "docs/briefings/other")
    with Path("docs/briefings/other/source.txt").open("a", encoding="utf-8") as source:
        source.write("\nZebras read tea leaves aloud.\n")
    assert check().output == fresh().output != lost


def test_another_program_checks_anew(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check()
    monkeypatch.setattr("briefing.pipeline.fingerprints.program", lambda: "another")
    forbid_checks(monkeypatch)
    assert isinstance(check().exception, AssertionError)


@pytest.mark.parametrize("damage", [b"", b"no database at all, but some words of somebody", b"SQLite format 3\0" * 100])
def test_a_store_that_is_damaged_changes_nothing_of_what_is_found(project: Path, damage: bytes) -> None:
    found = fresh().stdout
    check()
    STORE.write_bytes(damage)
    assert check().stdout == found == check().stdout


def test_values_of_somebody_else_are_not_read(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = check().output
    monkeypatch.setattr("briefing.pipeline.kept_checks.encode", lambda value: b"somebody's own")
    edit(f"{GOOD}/source.txt", "e", "a")
    changed = check().output
    monkeypatch.undo()
    monkeypatch.chdir(project)
    assert check().output == changed != found


def test_a_place_where_nothing_can_be_kept_is_checked_all_the_same(project: Path) -> None:
    Path(".cache").write_text("a file in place of the folder", "utf-8")
    assert check().stdout == "1 briefing checked: no problems\n" == check().stdout


def test_a_site_that_keeps_nothing_keeps_no_checks(project: Path) -> None:
    edit("mkdocs.yml", "briefing", "briefing: {cache: false}")
    check()
    assert not STORE.exists()


def test_a_briefing_outside_any_site_leaves_nothing_behind(project: Path) -> None:
    Path("mkdocs.yml").unlink()
    check()
    assert not Path(".cache").exists()


def whole(*more: str) -> Result:
    return CliRunner().invoke(main, ["check", *more])


def test_in_a_library_only_what_has_changed_is_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_library(tmp_path / "docs", 4, annotations=4, paragraphs=4)
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: [briefing]\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    built: list[str] = []

    def build(files: FolderFiles, *given: Any) -> BriefingBuild:
        built.append(files.path)
        return build_briefing(files, *given)

    monkeypatch.setattr(executor, "build_briefing", build)
    first = whole()
    assert len(built) == 4
    built.clear()
    edit("docs/briefings/b0002/briefing.yml", "title:", "titel:")
    changed = whole()
    assert built == ["briefings/b0002"] and "unknown-field" in changed.output
    shutil.rmtree(".cache")
    assert whole().output == changed.output != first.output
    edit("docs/briefings/b0002/briefing.yml", "titel:", "title:")
    for style in ((), ("--coverage",), ("--summary",), ("--format", "json", "--coverage")):
        kept = whole(*style).output
        shutil.rmtree(".cache")
        assert whole(*style).output == kept


@pytest.mark.full
def test_a_check_that_is_found_again_imports_nothing_that_checks(tmp_path: Path) -> None:
    write_library(tmp_path / "docs", 1, annotations=4, paragraphs=4)
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: [briefing]\n", "utf-8")
    code = "import atexit, sys; from briefing.cli import main; atexit.register(lambda: print(*sys.modules)); "
    command = [sys.executable, "-c", f"{code}main(['check', '-b', 'b0000'])"]
    loaded = [
        set(subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout.split())
        for _ in range(2)
    ]
    heavy = {"markdown_it", "rapidfuzz", "briefing.check", "briefing.anchor", "briefing.load.schema"}
    assert heavy <= loaded[0] and not heavy & loaded[1]
