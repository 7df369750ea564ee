"""`briefing rebase`: a new version of a source is seen before it is taken over, and is taken over whole or not at all.

A case is a file `tests/cases/rebase/<name>.yml`: what differs in the new document from the good briefing's original,
the options, what the author answers; and beside it `<name>.txt`: what is printed, and what changed in the files.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from briefing.authoring.edit.files import UNFINISHED, JournalError, finish, write_all
from briefing.authoring.trial import check_with
from briefing.cli import main
from briefing.model import JOURNAL as NAME
from briefing.pipeline import checking
from briefing.pipeline.briefing_build import BriefingBuild
from tests.conftest import CASES, Golden
from tests.releasing import release
from tests.sites import GOOD

FOUND = sorted((CASES / "rebase").glob("*.yml"))
PATH = "briefings/good"


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A site with the good briefing, which is the working directory; and always the same day."""
    shutil.copytree(GOOD, tmp_path / "docs")
    (tmp_path / "mkdocs.yml").write_text("site_name: Test\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("briefing.cli.rebase.today", lambda: "2026-01-05")
    return tmp_path


def run(*args: str, input: str = "") -> Result:
    return CliRunner().invoke(main, ["rebase", "-b", PATH, *args], input=input)


def contents(site: Path) -> dict[str, bytes]:
    folder = site / "docs" / PATH
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def difference(before: dict[str, bytes], after: dict[str, bytes]) -> str:
    out: list[str] = []
    for name in sorted({*before, *after} - {"original.txt"}):
        old, new = (side.get(name, b"").decode().splitlines() for side in (before, after))
        out += difflib.unified_diff(old, new, name, name, n=0, lineterm="")
    return "\n".join(out)


def revise(site: Path, said: dict[str, Any]) -> Path:
    text = (site / "docs" / PATH / "original.txt").read_text("utf-8")
    for item in said.get("replace", []):
        assert text.count(item["old"]) == 1, item
        text = text.replace(item["old"], item["new"])
    new = site / said.get("name", "new.txt")
    new.write_text(said.get("write", text), "utf-8")
    return new


@pytest.mark.parametrize("case", FOUND, ids=lambda path: path.stem)
def test_a_rebase_is_as_expected(case: Path, site: Path, golden: Golden) -> None:
    said = yaml.safe_load(case.read_text("utf-8"))
    before = contents(site)
    new = revise(site, said)
    result = run("--to", new.name, *said.get("options", []), input=said.get("answers", ""))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    after = contents(site)
    if result.exit_code:
        assert after == before
    told = f"{result.output}\nexit status {result.exit_code}\n\n{difference(before, after)}".rstrip() + "\n"
    golden.check(case.with_suffix(".txt"), told)


@pytest.mark.parametrize("case", FOUND, ids=lambda path: path.stem)
def test_after_a_rebase_every_target_is_found_and_every_word_accounted_for(case: Path, site: Path) -> None:
    said = yaml.safe_load(case.read_text("utf-8"))
    new = revise(site, said)
    if run("--to", new.name, *said.get("options", []), input=said.get("answers", "")).exit_code:
        return
    checked = checking.check_alone(site / "docs", PATH)
    wrong = {"orphan", "ambiguous", "spliced", "original-changed", "original-not-covered", "not-in-original"}
    assert {problem.code for problem in checked.problems} & wrong == set()
    written = yaml.safe_load((site / "docs" / PATH / "briefing.yml").read_text("utf-8"))["source"]["original"]
    assert written["sha256"] == hashlib.sha256(new.read_bytes()).hexdigest()


def test_the_plan_as_json(site: Path) -> None:
    new = revise(site, {"replace": [{"old": "£1.2 million", "new": "£1.4 million"}]})
    result = run("--to", new.name, "--format", "json")
    told = json.loads(result.output)
    assert (result.exit_code, told["written"], told["files"]) == (1, False, [])
    row = next(row for row in told["items"] if row["id"] == "boats-and-repairs" and row["part"] == 0)
    assert (row["status"], row["decision"], row["was"], row["now"]) == ("altered", None, "£1.2 million", "£1.4 million")
    assert row["differences"] == [{"was": "£1.2", "now": "£1.4"}]
    assert row["path"].endswith("annotations/figures.yml")
    assert row["line"] == 28


def test_a_dry_run_writes_nothing(site: Path) -> None:
    before = contents(site)
    new = revise(site, {"replace": [{"old": "£1.2 million", "new": "£1.4 million"}]})
    result = run("--to", new.name, "--accept", "altered", "--dry-run")
    assert (result.exit_code, contents(site)) == (0, before)
    assert "would be written" in result.output


def test_what_the_check_will_say_follows_its_heading_on_a_pipe(site: Path) -> None:
    new = revise(site, {"replace": [{"old": "£1.2 million", "new": "£1.4 million"}]})
    result = run("--to", new.name, "--accept", "altered")
    _, heading, rest = result.stdout.partition("with this, the check will say:\n")
    assert heading
    assert "figures.yml" in rest.split("written:")[0]


def test_an_original_that_was_replaced_is_taken_over_from_where_it_is(site: Path) -> None:
    original = site / "docs" / PATH / "original.txt"
    original.write_text(original.read_text("utf-8").replace("£1.2 million", "£1.4 million"), "utf-8")
    checked = checking.check_alone(site / "docs", PATH)
    hint = next(problem.hint for problem in checked.problems if problem.code == "original-changed")
    command = hint.rsplit("\n", 1)[-1].split()
    assert command == ["briefing", "rebase", "-b", PATH, "--to", f"{PATH}/original.txt"]
    result = CliRunner().invoke(main, [*command[1:], "--accept", "altered"])
    assert result.exit_code == 0, result.output


def test_a_document_of_another_kind_becomes_the_original(site: Path) -> None:
    paragraphs = (site / "docs" / PATH / "original.txt").read_text("utf-8").split("\n\n")
    (site / "new.html").write_text("<p>" + "</p><p>".join(paragraphs) + "</p>", "utf-8")
    result = run("--to", "new.html")
    assert result.exit_code == 0, result.output
    assert "file: original.html" in (site / "docs" / PATH / "briefing.yml").read_text("utf-8")
    assert contents(site)["original.html"] == (site / "new.html").read_bytes()


def test_windows_line_ends_and_a_byte_order_mark_stay(site: Path) -> None:
    quotes = site / "docs" / PATH / "annotations/quotes.yml"
    quotes.write_bytes(b"\xef\xbb\xbf" + quotes.read_bytes().replace(b"\n", b"\r\n"))
    new = revise(site, {"replace": [{"old": "nobody has shown us", "new": "nobody has told us"}]})
    assert run("--to", new.name, "--accept", "altered").exit_code == 0
    written = quotes.read_bytes()
    assert written.startswith(b"\xef\xbb\xbf")
    assert written.count(b"\n") == written.count(b"\r\n")
    assert b"nobody has told us" in written


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--to", "absent.txt"), "absent.txt does not exist"),
        ((), "--to NEWFILE"),
        (("--to", "empty.txt"), "it has no text"),
        (("--to", "new.xyz"), "cannot be read here"),
        (("--to", "docs"), "cannot be read"),
    ],
)
def test_a_wrong_command_is_told_plainly(site: Path, args: tuple[str, ...], told: str) -> None:
    (site / "empty.txt").write_text("\n", "utf-8")
    (site / "new.xyz").write_text("words", "utf-8")
    before = contents(site)
    result = run(*args)
    assert result.exit_code in (1, 2)
    assert told in result.output
    assert contents(site) == before


def test_a_briefing_that_cannot_be_read_whole_is_not_rebased(site: Path) -> None:
    figures = site / "docs" / PATH / "annotations/figures.yml"
    figures.write_text(figures.read_text("utf-8").replace("type: amount", "type: heap", 1), "utf-8")
    before = contents(site)
    result = run("--to", "docs/briefings/good/original.txt")
    assert result.exit_code == 1
    assert "fix these problems first" in result.output
    assert contents(site) == before


def test_a_briefing_may_be_named_by_its_last_name(site: Path) -> None:
    result = CliRunner().invoke(main, ["rebase", "-b", "good", "--to", "docs/briefings/good/original.txt"])
    assert result.exit_code == 0, result.output


def test_a_new_version_without_its_option_is_not_taken_for_a_briefing(site: Path) -> None:
    result = run("new.txt")
    assert result.exit_code == 2
    assert "if “new.txt” is none, it needs an option, see `main rebase --help`" in result.output


def test_an_author_who_goes_on_writing_meanwhile_loses_nothing(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = revise(site, {"replace": [{"old": "nobody has shown us", "new": "nobody has told us"}]})
    quotes = site / "docs" / PATH / "annotations/quotes.yml"

    def meanwhile(docs: Path, checked: BriefingBuild, contents: Mapping[str, bytes]) -> BriefingBuild:
        quotes.write_bytes(quotes.read_bytes() + b"# more\n")
        return check_with(docs, checked, contents)

    monkeypatch.setattr("briefing.cli.rebase.check_with", meanwhile)
    result = run("--to", new.name, "--accept", "altered")
    assert result.exit_code == 1
    assert "changed by another program" in result.output
    assert "nobody has shown us" in quotes.read_text("utf-8")


# --- crashes ----------------------------------------------------------------------------------------------------

STEPS = (
    (Path, "replace"), (Path, "unlink"), (Path, "mkdir"), (Path, "write_bytes"), (shutil, "copymode"),
    (shutil, "copy2"), (shutil, "rmtree"), (os, "fsync"), (os, "open"),
)  # fmt: skip
"""Everything that `write_all` does to the disk goes through one of these."""


def crash_at(step: int, act: Callable[[], object]) -> bool:
    """Act in a child process that dies without cleaning up at its nth step; whether it came so far."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    count = 0

    def dying(do: Callable[..., Any]) -> Callable[..., Any]:
        def called(*args: Any, **options: Any) -> Any:
            nonlocal count
            count += 1
            if count == step:
                os._exit(9)
            return do(*args, **options)

        return called

    try:
        for holder, name in STEPS:
            setattr(holder, name, dying(getattr(holder, name)))
        act()
    finally:
        os._exit(0)


def test_after_a_crash_at_any_step_all_files_are_old_or_all_become_new(tmp_path: Path) -> None:
    states = set()
    for step in range(1, 60):
        folder = tmp_path / str(step)
        (folder / "annotations").mkdir(parents=True)
        paths = [folder / "source.txt", folder / "annotations/quotes.yml", folder / "original.html"]
        for path in paths[:2]:
            path.write_bytes(b"old")
        crashed = crash_at(
            step,
            lambda folder=folder, paths=paths: write_all(  # type: ignore[misc]
                dict.fromkeys(paths, b"new"), inside=folder
            ),
        )
        finish(folder)
        found = [path.read_bytes() if path.exists() else None for path in paths]
        assert found in ([b"old", b"old", None], [b"new"] * 3), step
        assert not (folder / UNFINISHED).exists()
        states.add(found[0])
        if not crashed:
            break
    assert not crashed
    assert step > 12
    assert states == {b"old", b"new"}


def test_a_rebase_that_was_interrupted_is_noticed_and_finished(site: Path) -> None:
    new = revise(site, {"replace": [{"old": "£1.2 million", "new": "£1.4 million"}]})
    before = contents(site)
    for step in range(1, 200):
        shutil.rmtree(site / "docs")
        shutil.copytree(GOOD, site / "docs")
        assert crash_at(step, lambda: run("--to", new.name, "--accept", "altered"))
        if (site / "docs" / NAME).exists() and any(contents(site)[name] != was for name, was in before.items()):
            break
    checked = checking.check_alone(site / "docs", PATH)
    assert "change-under-way" in {problem.code for problem in checked.problems}
    result = run()
    assert result.exit_code == 0, result.output
    assert "finished now" in result.output
    assert not [path for path in (site / "docs").rglob("*") if path.name.startswith(".")]
    assert run("--to", new.name).exit_code == 0


@pytest.mark.parametrize(
    "journal",
    [
        "no json",
        "[1]",
        '[{"target": "../people.yml", "fresh": "x", "sha256": "", "was": ""}]',
        '[{"target": "source.txt", "fresh": "x", "sha256": ""}]',
        '[{"target": "source.txt", "fresh": "../../x", "sha256": "", "was": ""}]',
    ],
)
def test_a_journal_that_cannot_be_trusted_is_not_followed(site: Path, journal: str) -> None:
    (site / "docs" / UNFINISHED).mkdir()
    (site / "docs" / NAME).write_text(journal, "utf-8")
    before = contents(site)
    with pytest.raises(JournalError):
        finish(site / "docs")
    result = run("--to", "docs/briefings/good/original.txt")
    assert result.exit_code == 1
    assert contents(site) == before


def test_the_examples_of_the_manual_are_what_the_command_prints() -> None:
    manual = (CASES.parent.parent / "docs/manual/rebase.md").read_text("utf-8")
    printed = [path.with_suffix(".txt").read_text("utf-8") for path in FOUND]
    examples = [example.split("\n```")[0] for example in manual.split("```text\n")[1:]]
    assert len(examples) == 2
    assert all(any(example in text for text in printed) for example in examples)


def test_imported_comments_are_of_another_document(site: Path) -> None:
    export = site / "survey.csv"
    export.write_text("id,text\n10,Bring it back soon.\n11,At last my daughter can stay.\n", "utf-8")
    assert CliRunner().invoke(main, ["import", "comments", str(export), "-b", str(site / "docs" / PATH)]).exit_code == 0
    original = (site / "docs" / PATH / "original.txt").read_text("utf-8")
    (site / "new.txt").write_text(original.replace("Eleven councillors were", "Twelve councillors were"), "utf-8")
    plan = json.loads(run("--to", "new.txt", "--dry-run", "--format", "json").output)
    assert {item["id"]: item["status"] for item in plan["items"] if item["id"] in ("c10", "c11")} == {
        "c10": "unchanged", "c11": "unchanged",
    }  # fmt: skip
    assert "gone" not in {item["status"] for item in plan["items"] if item["what"] == "comment"}
    assert run("--to", "new.txt", "--accept", "altered", "--accept", "moved", "--accept", "gone").exit_code == 0
    checked = checking.check_alone(site / "docs", PATH)
    wrong = {"original-changed", "original-not-covered", "not-in-original", "removed-text-in-original"}
    assert {problem.code for problem in checked.problems} & wrong == set()


def test_readers_are_told_of_words_that_the_source_has_changed_since_a_release(site: Path) -> None:
    docs = site / "docs"
    release(docs)
    original = (docs / PATH / "original.txt").read_text("utf-8")
    (site / "new.txt").write_text(original.replace("nobody has shown us", "nobody has told us"), "utf-8")
    result = run("--to", "new.txt", "--accept", "altered", "--no-ask")
    assert (result.exit_code, "corrections.yml" in result.output) == (0, True), result.output
    (entry,) = yaml.safe_load((docs / PATH / "corrections.yml").read_text("utf-8"))["corrections"]
    (change,) = entry["changes"]
    assert (entry["kind"], entry["date"]) == ("source-change", date(2026, 1, 5))
    assert (change["id"], change["field"]) == ("who-pays", "words")
    assert ("shown us" in change["before"], "told us" in change["after"]) == (True, True)
    assert [one.code for one in checking.check_alone(docs, PATH).problems if "correction" in one.code] == []
