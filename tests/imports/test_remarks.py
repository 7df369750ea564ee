"""Remarks of colleagues: taken in once, placed where an author can act, refused where they are anything else, and never
published."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from briefing.authoring.change_entry import find_entry
from briefing.authoring.edit import parsed
from briefing.authoring.imports.remarks import LIMIT, PlacedRemark, with_remarks
from briefing.authoring.review.review_file import state_of_entry
from briefing.authoring.trial import OpenBriefings
from briefing.cli import main
from briefing.load.folder_files import FORBIDDEN
from briefing.model.places import TextFile
from tests.sites import GOOD, build_site, make_site

BRIEFING = "briefings/good"
SECRET = "Zaubernuss"
"""A word that is in nothing else."""


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    shutil.copytree(GOOD, tmp_path / "docs")
    (tmp_path / "mkdocs.yml").write_text("site_name: A site\n", "utf-8")
    return tmp_path / "docs"


def sent(docs: Path, *remarks: tuple[str, str], **more: Any) -> dict[str, Any]:
    """What a review file saves: remarks on annotations as they are now."""
    opened = OpenBriefings(docs).open(BRIEFING)
    marks = {
        id: state_of_entry(find_entry(opened, id)) if id in ("who-pays", "leave-early") else "" for id, _ in remarks
    }
    rows = [{"annotation": id, "state": marks[id], "text": text} for id, text in remarks]
    head = {"format": "briefing-remarks-1", "briefing": BRIEFING, "state": "00", "exported": "2026-01-02"}
    return {**head, "reviewer": "Ann", "remarks": rows, **more}


def run(docs: Path, content: Any, *options: str) -> Result:
    path = docs.parent / "remarks.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return CliRunner().invoke(main, ["import", "review", str(path), "-b", str(docs / BRIEFING), *options])


def line_of(docs: Path, id: str) -> int:
    lines = (docs / BRIEFING / "annotations/quotes.yml").read_text("utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if f"id: {id}" in line)


def kept(docs: Path) -> list[dict[str, Any]]:
    remarks: list[dict[str, Any]] = yaml.safe_load((docs / BRIEFING / "remarks.yml").read_text("utf-8"))["remarks"]
    return remarks


def test_each_remark_is_told_with_its_place_and_what_has_happened_to_it(docs: Path) -> None:
    quotes = docs / BRIEFING / "annotations/quotes.yml"
    file = sent(docs, ("who-pays", "Who\nsays so?"), ("leave-early", "Fine."), ("nowhere", "And this?"), ("", "Good."))
    quotes.write_text(quotes.read_text("utf-8").replace("promises a ferry", "promises boats"), "utf-8")
    told = run(docs, file).output.splitlines()
    assert [line.partition("docs/briefings/good/")[2] for line in told[:4]] == [
        f"annotations/quotes.yml:{line_of(docs, 'who-pays')}: on “who-pays”: Ann: Who says so?",
        f"annotations/quotes.yml:{line_of(docs, 'leave-early')}: on “leave-early”, changed since: Ann: Fine.",
        "briefing.yml:1: on “nowhere”, no longer there: Ann: And this?",
        "briefing.yml:1: on the whole, changed since: Ann: Good.",
    ]
    assert told[4].startswith("4 remarks added to ")
    assert kept(docs) == [
        {"annotation": "who-pays", "by": "Ann", "seen": kept(docs)[0]["seen"], "text": "Who\nsays so?"},
        {"annotation": "leave-early", "by": "Ann", "seen": kept(docs)[0]["seen"], "since": "changed", "text": "Fine."},
        {"annotation": "nowhere", "by": "Ann", "seen": kept(docs)[0]["seen"], "since": "gone", "text": "And this?"},
        {"by": "Ann", "seen": kept(docs)[0]["seen"], "since": "changed", "text": "Good."},
    ]


def test_an_annotation_with_a_new_id_is_found_by_the_former(docs: Path) -> None:
    assert (
        "quotes.yml:2: on “leave-early”, changed since: Ann: Fine."
        in run(docs, sent(docs, ("lectures", "Fine."))).output
    )


def test_a_remark_comes_once_even_after_it_was_dealt_with(docs: Path) -> None:
    first, more = sent(docs, ("who-pays", "One")), sent(docs, ("who-pays", "One"), ("who-pays", "Two"), ("", "  "))
    run(docs, first)
    file = docs / BRIEFING / "remarks.yml"
    before = file.read_bytes()
    assert run(docs, first).output.startswith("0 remarks added")
    assert file.read_bytes() == before
    file.write_text(file.read_text("utf-8").replace("text: >-\n      One", "text: done"), "utf-8")
    assert run(docs, more).output.count("Ann:") == 1
    assert [entry["text"] for entry in kept(docs)] == ["done", "Two"]


def test_nothing_is_written_in_a_dry_run(docs: Path) -> None:
    result = run(docs, sent(docs, ("who-pays", "One")), "--dry-run")
    assert "Ann: One\n1 remark would be added to " in result.output
    assert not (docs / BRIEFING / "remarks.yml").exists()


WRONG: dict[str, tuple[Any, str]] = {
    "no JSON": (b"<html>", "is not valid JSON"),
    "empty": (b"", "is not valid JSON"),
    "not UTF-8": (b'{"format": "\xff"}', "is not valid JSON"),
    "too deep": (b"[" * 100_000, "is no file of remarks"),
    "too large": (b" " * (LIMIT + 1), "is larger than 2 MB"),
    "a list": ([], "is no file of remarks"),
    "another format": ({"format": "briefing-remarks-9"}, "is no file of remarks"),
    "a field too many": ({"file": "../x"}, "is no file of remarks"),
    "a text that is none": ({"remarks": [{"annotation": "a", "state": "", "text": 7}]}, "is no file of remarks"),
    "a text too long": ({"remarks": [{"annotation": "a", "state": "", "text": "x" * 20_001}]}, "is no file of remarks"),
    "a mark that is none": ({"remarks": [{"annotation": "a", "state": "?", "text": "x"}]}, "is no file of remarks"),
    "too many": ({"remarks": [{"annotation": "", "state": "", "text": "x"}] * 10_001}, "is no file of remarks"),
    "a control": ({"remarks": [{"annotation": "", "state": "", "text": "\x1b[2J"}]}, "control character in remark 1"),
    "a control in the name": ({"reviewer": "\x07"}, "control character in its head"),
    "another briefing": ({"briefing": "briefings/other"}, "are about briefings/other, not about briefings/good"),
    "a path that leads out": ({"briefing": "../../etc"}, "are about ../../etc, not about briefings/good"),
}


@pytest.mark.parametrize("name", WRONG)
def test_anything_else_is_refused_in_a_line(docs: Path, name: str) -> None:
    content, reason = WRONG[name]
    result = run(docs, {**sent(docs), **content} if isinstance(content, dict) else content)
    assert result.exit_code == 1 and isinstance(result.exception, SystemExit)
    assert reason in result.output and result.output.count("\n") == 1
    assert not (docs / BRIEFING / "remarks.yml").exists()


@pytest.mark.parametrize("broken", ["remarks: [", "remarks: no list\n", "- a\n"])
def test_a_broken_file_of_remarks_stays_as_it_is(docs: Path, broken: str) -> None:
    file = docs / BRIEFING / "remarks.yml"
    file.write_text(broken, "utf-8")
    result = run(docs, sent(docs, ("who-pays", "One")))
    assert result.exit_code == 1 and "nothing was written" in result.output
    assert file.read_text("utf-8") == broken


_WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=60).filter(
    lambda text: text.strip() and not FORBIDDEN.search(text)
)


@given(st.lists(st.tuples(_WORDS, _WORDS), min_size=1, max_size=4))
def test_whatever_is_remarked_is_text_in_the_file(pairs: list[tuple[str, str]]) -> None:
    remarks = [
        PlacedRemark("quotes.yml", 1, "", " ".join(by.split()), "\n".join(text.strip().split("\n")), "", f"{n:x}")
        for n, (by, text) in enumerate(pairs)
    ]
    file, fresh = with_remarks(TextFile("remarks.yml", ""), remarks, "2026-01-02")
    assert fresh == remarks
    assert [str(entry["text"]).rstrip("\n") for entry in parsed(file).data["remarks"]] == [
        each.text for each in remarks
    ]
    assert with_remarks(file, remarks, "2026-01-02") == (file, [])


def test_a_draft_is_listed_with_what_is_remarked_on_it(docs: Path) -> None:
    quotes = docs / BRIEFING / "annotations/quotes.yml"
    quotes.write_text(quotes.read_text("utf-8").replace("  - id: who-pays\n", "  - id: who-pays\n    status: draft\n"))
    run(docs, sent(docs, ("who-pays", "rebase: who\nsays so?")))
    listed = CliRunner().invoke(main, ["review", "--list", "-b", str(docs / BRIEFING)]).output
    assert "    remark of Ann: rebase: who says so?\n" in listed
    row = json.loads(CliRunner().invoke(main, ["review", "--format", "json", "-b", str(docs / BRIEFING)]).output)
    (draft,) = (each for each in row["drafts"] if each["id"] == "who-pays")
    assert draft["remarks"] == ["Ann: rebase: who says so?"] and not draft["was_published"]


@pytest.mark.full
def test_no_build_and_no_export_holds_a_remark(tmp_path: Path) -> None:
    configuration = make_site(tmp_path)
    docs = tmp_path / "docs"
    assert run(docs, sent(docs, ("who-pays", SECRET), ("", SECRET), reviewer=SECRET)).exit_code == 0
    assert SECRET in (docs / BRIEFING / "remarks.yml").read_text("utf-8")
    site, plain = build_site(configuration), tmp_path / "plain"
    assert CliRunner().invoke(main, ["export", "-f", str(configuration), str(plain)]).exit_code == 0
    for path in (each for folder in (site, plain) for each in folder.rglob("*") if each.is_file()):
        assert SECRET.encode() not in path.read_bytes() and path.name != "remarks.yml", path
