"""`briefing review` without a terminal: what waits, what a decision does to the files, what is refused.

A case is a file `tests/cases/review/<name>.yml`: files that are laid over the good briefing, and the commands that are
typed, with the keys that are pressed on a terminal; beside it `<name>.txt` has what they print, and what each changes
in the files.
"""

from __future__ import annotations

import difflib
import json
import re
import shlex
import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from briefing.authoring.edit.files import ChangedMeanwhileError
from briefing.authoring.review import review_queue
from briefing.authoring.review.decisions import ignore, keep, revise
from briefing.authoring.suggest.write import plan_drafts, write_drafts
from briefing.authoring.surroundings import AROUND, before
from briefing.authoring.trial import OpenBriefings
from briefing.authoring.tried_change import ChangeRefusedError, EntryChangedError, write
from briefing.authoring.undo import SavedChanges
from briefing.cli import main
from briefing.model.places import Span
from briefing.render.messages import messages
from briefing.render.method import coverage_view
from briefing.text import language
from tests.conftest import CASES, Golden
from tests.sites import GOOD

FOUND = sorted((CASES / "review").glob("*.yml"))
PATH = "briefings/good"
MANUAL = Path(__file__).parents[2] / "docs/manual"
DAY = date(2026, 1, 5)
SAMPLE = [
    CASES / "suggest" / f"{name}.yml" for name in ("held-out/fisheries", "held-out/bahn-ausbau", "development/ferry")
]
"""Texts that drafts are measured with."""


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


def typed(command: str, keys: str = "") -> str:
    """What a command prints, with its exit status where that is not 0."""
    result = CliRunner().invoke(main, shlex.split(command), input=keys)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output.rstrip("\n") + (f"\nexit status {result.exit_code}" if result.exit_code else "")


@pytest.mark.parametrize("case", FOUND, ids=lambda path: path.stem)
def test_a_review_is_as_expected(case: Path, docs: Path, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")
    said = yaml.safe_load(case.read_text("utf-8"))
    for name, text in said.get("files", {}).items():
        (docs / PATH / name).write_bytes(text.encode())
    parts = []
    for step in said["type"]:
        command, keys = (step["command"], step["keys"]) if isinstance(step, dict) else (step, "")
        monkeypatch.setattr("briefing.cli.review.on_terminal", lambda keys=keys: bool(keys))
        before = contents(docs)
        parts.append(f"$ briefing {command}\n{typed(command, keys)}\n{difference(before, contents(docs))}".rstrip())
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
    write_drafts(tmp_path / "docs", plan_drafts(tmp_path / "docs", "text", every_number=True))
    return OpenBriefings(tmp_path / "docs")


def draft_ids(briefings: OpenBriefings, path: str) -> list[str]:
    return [draft.id for draft in review_queue(briefings.open(path)).drafts]


@pytest.mark.parametrize("reason", ["", "Not needed here."])
@pytest.mark.parametrize("text", SAMPLE, ids=lambda path: path.stem)
def test_what_is_ignored_is_never_drafted_again(tmp_path: Path, text: Path, reason: str) -> None:
    briefings = drafted(tmp_path, text)
    ids = draft_ids(briefings, "text")
    assert len(ids) > 5
    for id in ids:
        write(ignore(briefings.open("text"), id, DAY, reason))
    assert draft_ids(briefings, "text") == []
    assert plan_drafts(tmp_path / "docs", "text", every_number=True).suggestions.empty
    checked = briefings.open("text").checked
    assert not [problem for problem in checked.problems if problem.severity == "error" or "ignore" in problem.code]
    assert checked.briefing is not None
    told = coverage_view(checked.briefing, messages("en"))
    assert [words for words, _ in told.reasons] == [reason] * bool(reason)  # readers are told what an author says, only


@pytest.mark.parametrize("text", SAMPLE, ids=lambda path: path.stem)
def test_what_is_kept_has_nothing_left_to_fill_in_and_no_error(tmp_path: Path, text: Path) -> None:
    briefings = drafted(tmp_path, text)
    for draft in review_queue(briefings.open("text")).drafts:
        filled = {
            field.name: field.given or (field.choices[0][0] if field.choices else "It is so.") for field in draft.open
        }
        try:
            change = keep(briefings.open("text"), draft.id, filled, draft.entry.seen)
        except ChangeRefusedError as refused:
            assert any(problem.severity == "error" for problem in refused.problems)
        else:
            write(change)
            kept = briefings.open("text").checked
            assert kept.briefing is not None
            published = {each.id: each.status for each in kept.briefing.annotations}
            assert published[draft.id] == "published"
    left = set(draft_ids(briefings, "text"))
    wrong = [p for p in briefings.open("text").checked.problems if p.severity == "error" or p.code == "todo-left"]
    assert all(any(f"“{id}”" in p.message for id in left) or p.code == "todo-left" for p in wrong)
    assert plan_drafts(tmp_path / "docs", "text", every_number=True).suggestions.empty


def test_each_decision_can_be_taken_back(docs: Path) -> None:
    write_drafts(docs, plan_drafts(docs, PATH, every_number=True))
    briefings, saved = OpenBriefings(docs), SavedChanges(docs)
    start, names = contents(docs), []
    for change in (
        lambda opened: keep(opened, "dozens-small-repairs", {}),
        lambda opened: ignore(opened, "six-years", DAY),
        lambda opened: revise(opened, "date-2018", {"label": "The last full year", "unit": ""}),
        lambda opened: keep(opened, "date-2018", {}),
    ):
        made = change(briefings.open(PATH))
        write(made)
        names.append(saved.keep(made))
    assert contents(docs) != start
    for name in reversed(names):
        saved.take_back(name, briefings)
    assert contents(docs) == start


@pytest.mark.parametrize("change", ["label: Somebody’s own label", "status: published"])
def test_only_what_was_seen_is_decided_about(docs: Path, change: str) -> None:
    write_drafts(docs, plan_drafts(docs, PATH, every_number=True))
    briefings, file = OpenBriefings(docs), docs / PATH / "annotations/suggested.yml"
    seen = {draft.id: draft.entry.seen for draft in review_queue(briefings.open(PATH)).drafts}["date-2018"]
    name = change.partition(":")[0]
    before, at, after = file.read_text("utf-8").partition("  - id: date-2018\n")
    lines = [
        f"    {change}" if line.strip().startswith(f"{name}:") else line for line in after.split("\n\n")[0].split("\n")
    ]
    file.write_text(before + at + "\n".join(lines) + "\n\n" + after.partition("\n\n")[2], "utf-8")
    for decide in (
        lambda: keep(briefings.open(PATH), "date-2018", {"label": "The year"}, seen),
        lambda: ignore(briefings.open(PATH), "date-2018", DAY, seen=seen),
        lambda: revise(briefings.open(PATH), "date-2018", {"label": "The year"}, seen),
    ):
        with pytest.raises(EntryChangedError):
            decide()


def test_a_file_that_changes_during_the_decision_is_not_overwritten(docs: Path) -> None:
    write_drafts(docs, plan_drafts(docs, PATH, every_number=True))
    file = docs / PATH / "annotations/suggested.yml"
    change = keep(OpenBriefings(docs).open(PATH), "dozens-small-repairs", {})
    file.write_text(file.read_text("utf-8") + "# mine\n", "utf-8")
    with pytest.raises(ChangedMeanwhileError):
        write(change)
    assert file.read_text("utf-8").endswith("# mine\n")


def test_the_list_as_json_is_what_the_manual_says(docs: Path) -> None:
    told = json.loads(typed("review --list --format json -b good"))
    manual = (MANUAL / "programs.md").read_text("utf-8")
    (row,) = told["drafts"]
    assert all(f"`{key}`" in manual for key in (*told, *row))
    assert "".join(piece["text"] for piece in row["shown"] if piece["marked"]) == "A ferry is a fine thing to look at"


def test_the_example_of_the_manual_is_what_is_printed() -> None:
    section = (MANUAL / "drafts.md").read_text("utf-8").partition("## Review\n")[2]
    (example,) = re.findall(r"```text\n(.*?)```", section.partition("\n## ")[0], re.DOTALL)
    assert example in (CASES / "review/keys.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "comes_before"),
    [
        ("Mrs", ""),
        ("She", "Mrs Lodden rose."),
        ("No", "Mrs Lodden rose.\n\nShe spoke. It was late."),  # and then what is shown with the words
    ],
)
def test_what_comes_before_the_surroundings_says_who_may_speak(words: str, comes_before: str) -> None:
    text = "Mrs Lodden rose.\n\nShe spoke. It was late. “They will,” she said. “No.”\n"
    at = text.index(words)
    assert before(text, language("en"), [Span(at, at + len(words))]) == comes_before
    long = f"{'word ' * AROUND}end.\n\n"
    told = before(long + text, language("en"), [Span(len(long), len(long) + 3)])
    assert told.startswith("… word ") and told.endswith(" end.") and len(told) <= 2 * AROUND + 2
