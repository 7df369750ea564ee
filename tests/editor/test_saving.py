"""What pages of the editor ask is written in the right file at the right place, or refused in words.

A case is a file `tests/cases/editor/<name>.yml`: what is done with the good briefing, one step after the other; beside
it `<name>.txt` has each answer and what then changed in the files. `open` may remember what was seen `as` a name, which
a later `seen` gives; `undo` takes the last step back that was not; `edit` is a text editor that saves meanwhile.
"""

from __future__ import annotations

import difflib
import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.editor import annotations
from tests.conftest import CASES, Golden
from tests.editor.author import GOOD, Author
from tests.sites import GOOD as DOCS

pytestmark = pytest.mark.quick

FOUND = sorted((CASES / "editor").glob("*.yml"))
UNSHOWN = ("seen", "undo")
"""What of an answer only a program reads."""


class Today(date):
    @classmethod
    def today(cls) -> Today:
        return cls(2026, 1, 5)


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(annotations.datetime, "date", Today)
    shutil.copytree(DOCS, tmp_path / "docs")
    return tmp_path / "docs"


def contents(docs: Path) -> dict[str, str]:
    return {path.relative_to(docs).as_posix(): path.read_bytes().decode() for path in docs.rglob("*") if path.is_file()}


def difference(before: dict[str, str], after: dict[str, str]) -> str:
    found: list[str] = []
    for name in sorted({*before, *after}):
        old, new = (side.get(name, "").splitlines() for side in (before, after))
        found += (line for line in difflib.unified_diff(old, new, name, name, n=1, lineterm="") if line[:3] != "---")
    return "\n".join(found)


class Steps:
    """Does the steps of a case, and writes down what comes of them."""

    def __init__(self, docs: Path) -> None:
        self.docs, self.author = docs, Author(docs)
        self.seen: dict[str, Any] = {}
        self.saved: list[str] = []
        self.told = ""

    def do(self, operation: str, asked: dict[str, Any]) -> None:
        before = contents(self.docs)
        if operation == "edit":
            status, shown = 0, self.edit(**asked)
        else:
            status, answer = self.ask(operation, asked)
            shown = {key: value for key, value in answer.items() if key not in UNSHOWN}
        after = contents(self.docs)
        if status != 200 or operation in ("try", "place", "open"):
            assert after == before or operation == "edit"
        self.told += f"== {operation} {json.dumps(asked, ensure_ascii=False)}\n"
        self.told += f"{status}\n{shown_answer(shown)}" if status else ""
        self.told += f"{changes}\n" if (changes := difference(before, after)) else ""
        self.told += "\n"

    def ask(self, operation: str, asked: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        name = asked.get("as", "")
        asked = {key: value for key, value in asked.items() if key != "as"}
        if "seen" in asked:
            asked["seen"] = self.seen[asked["seen"]]
        if operation == "undo":
            asked["undo"] = self.saved[-1]
        status, answer = self.author.ask(operation, **asked)
        if name:
            self.seen[name] = answer["seen"]
        if status == 200 and operation in ("save", "remove"):
            self.saved.append(answer["undo"])
        elif status == 200 and operation == "undo":
            self.saved.pop()
        return status, answer

    def edit(self, file: str, old: str = "", new: str = "", gone: bool = False) -> dict[str, Any]:
        path = self.docs / GOOD / file
        if gone:
            path.unlink()
            return {}
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{old!r} is {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), "utf-8")
        return {}


def shown_answer(answer: dict[str, Any]) -> str:
    lines = ""
    for key, value in answer.items():
        for each in value if key in ("problems", "places") else (value,):
            shown = each if key == "yaml" else json.dumps(each, ensure_ascii=False)
            lines += f"{key}: {shown}\n" if "\n" not in shown else f"{key}:\n{shown}\n"
    return lines


@pytest.mark.parametrize("case", FOUND, ids=lambda path: path.stem)
def test_what_is_done_is_as_expected(case: Path, docs: Path, golden: Golden) -> None:
    steps = Steps(docs)
    for step in yaml.safe_load(case.read_text("utf-8")):
        ((operation, asked),) = step.items()
        steps.do(operation, asked)
    assert not list(docs.rglob(".*"))
    golden.check(case.with_suffix(".txt"), steps.told.rstrip() + "\n")


def test_a_preview_that_was_started_again_says_that_it_cannot_take_back_what_it_does_not_know(docs: Path) -> None:
    saved = Author(docs).done("save", id="habit-of-a-stage", kind="briefing", fields={"title": "Another title"})
    before = contents(docs)
    said = Author(docs).refused(409, "undo", undo=saved["undo"])
    assert said.startswith("the preview has been started again since") and contents(docs) == before


SHE = "\nThe last to speak was Nasreen Holt, a butcher. “Who would stop at my shop?” she asked.\n"
SHOP = "\n  - id: my-shop\n    target: Who would stop at my shop?\n    speaker: thornbury\n    attribution: she asked\n"
NASREEN = {"name": "Nasreen Holt", "role": "Butcher"}
IN_SHOP = "with this, in “Who would stop at my shop?”: is Ada Thornbury the speaker?"


@pytest.mark.parametrize(
    ("asked", "draft", "written"),
    [
        ({"kind": "person", "fields": NASREEN}, True, True),
        ({"kind": "person", "fields": NASREEN}, False, True),
        ({"kind": "person", "id": "pike", "fields": {"name": "Nasreen Holt"}}, True, True),
        ({"kind": "person", "id": "pike", "fields": {"name": "Nasreen Holt"}}, False, False),
    ],
    ids=["new, draft", "new, published", "changed, draft", "changed, published"],
)
def test_what_a_check_finds_in_another_annotation_is_told_and_keeps_nothing_from_being_written_that_it_is_not_about(
    docs: Path, asked: dict[str, Any], draft: bool, written: bool
) -> None:
    for name, more in (("source.txt", SHE), ("annotations/quotes.yml", SHOP + "    status: draft\n" * draft)):
        path = docs / GOOD / name
        path.write_text(path.read_text("utf-8") + more, "utf-8")
    author = Author(docs)
    author.done("save", kind="person", fields={"name": "Jo Pike"})
    (tried,) = author.done("try", **asked)["problems"]
    assert tried["message"].startswith(IN_SHOP) and tried["severity"] == ("warning" if written else "error")
    assert "allow:" not in tried["help"]
    before = contents(docs)
    if written:
        (found,) = author.done("save", **asked)["found"]
        assert found["form"] == {
            "id": "my-shop", "kind": "", "field": "speaker", "words": "Who would stop at my shop?"
        }  # fmt: skip
        assert contents(docs) != before
    else:
        assert author.refused(422, "save", **asked).startswith(f"nothing was written: {IN_SHOP}")
        assert contents(docs) == before


def test_what_forms_offer_leaves_out_what_is_set_aside_and_says_what_stands_behind_ids_and_numbers(docs: Path) -> None:
    file = docs / GOOD / "briefing.yml"
    file.write_text(
        file.read_text("utf-8").replace("  kind: article\n", "  kind: article\n  headings: 1 2:3\n"), "utf-8"
    )
    offered = Author(docs).done("vocabulary")
    assert "c3" not in [each["id"] for each in offered["comments"]], "it is set aside"
    (report, _) = offered["references"]
    assert report["excerpts"][1] == {"words": "The busiest day was 4 August, with 212 passengers.", "where": "page 9"}
    assert offered["paragraphs"]["1"] == "Saltgate ferry to sail again after council vote"
    assert offered["paragraphs"]["2"].endswith(" …") and len(offered["paragraphs"]) == 2
    source = next(each for each in offered["kinds"]["briefing"]["fields"] if each["name"] == "source")
    folded = {each["name"] for each in source["fields"] if each["more"]}
    assert {"headings", "block_quotations"} < folded and not {"kind", "title", "rights"} & folded


def test_a_person_whom_nothing_refers_to_is_removed_and_taken_back(docs: Path) -> None:
    before, author = contents(docs), Author(docs)
    added = author.done("save", kind="person", fields={"name": "Jo Pike", "role": "Clerk"})
    with_pike = contents(docs)
    removed = author.done("remove", kind="person", id="pike")
    assert yaml.safe_load(contents(docs)["people.yml"]) == yaml.safe_load(before["people.yml"])
    author.done("undo", undo=removed["undo"])
    assert contents(docs) == with_pike
    author.done("undo", undo=added["undo"])
    assert contents(docs) == before
    said = author.refused(422, "remove", kind="person", id="vane")
    assert said.startswith("“vane” cannot be removed: “") and said.endswith("refers to this person: change that first")
    assert contents(docs) == before
