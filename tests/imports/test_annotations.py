"""Annotations of other programs: found in the source again or left, drafts of the right kind, and there and back."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result

from briefing.cli import main
from briefing.model import Briefing
from briefing.pipeline import checking
from tests.conftest import CASES
from tests.sites import GOOD

BRIEFING = "briefings/good"
IMPORTED = f"{BRIEFING}/annotations/imported.yml"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    shutil.copytree(GOOD, tmp_path / "docs")
    return tmp_path / "docs"


def run(docs: Path, content: Any, *options: str) -> Result:
    path = docs.parent / "annotations.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return CliRunner().invoke(main, ["import", "annotations", str(path), "-b", str(docs / BRIEFING), *options])


def briefing(docs: Path) -> Briefing:
    (checked,) = checking.check_library(docs).briefings
    assert checked.briefing and not checked.broken, [problem.message for problem in checked.problems]
    return checked.briefing


def quote(exact: str, **more: str) -> dict[str, Any]:
    return {"selector": {"type": "TextQuoteSelector", "exact": exact, **more}}


def test_what_hypothesis_gives(docs: Path) -> None:
    result = run(docs, (CASES / "imports" / "hypothesis.json").read_text("utf-8"), "--speaker", "vane")
    assert result.output == (
        "annotation 4: orphan: “a bridge was never considered” is not in the source, "
        "and nothing there is like it\n"
        "annotation 5: “ferry” occurs in several places, and the context it gives does not show which is meant\n"
        "annotation 6: it is a reply to another annotation, and a briefing has none\n"
        "annotation 7: it is about the page as a whole: it has no words as its target\n"
        "3 annotations added to annotations/imported.yml, 1 already there; 4 remarks above\n"
    )
    found = briefing(docs)
    boats, stage, lecture = (note for note in found.context if note.at.file == IMPORTED)
    assert (boats.id, boats.by, boats.tags, boats.status) == (
        "two-second-hand-boats",
        ("Mira C.",),
        ("boats", "money"),
        "draft",
    )
    assert found.anchors[stage.id].whole == found.anchors["landing-stage"].whole
    assert lecture.target.comment == "c1"
    data = yaml.safe_load((docs / IMPORTED).read_text("utf-8"))
    assert [set(entry) for entry in data["context"]] == [
        {"id", "target", "title", "note", "tags", "by", "status"},
        {"id", "target", "title", "note", "by", "status"},
        {"id", "target", "in", "title", "note", "by", "status"},
    ]


def test_importing_again_adds_nothing(docs: Path) -> None:
    text = (CASES / "imports" / "hypothesis.json").read_text("utf-8")
    run(docs, text, "--speaker", "vane")
    before = (docs / IMPORTED).read_bytes()
    assert (
        "0 annotations added to annotations/imported.yml, 4 already there"
        in run(docs, text, "--speaker", "vane").output
    )
    assert (docs / IMPORTED).read_bytes() == before


def test_what_is_set_aside_is_not_imported_again(docs: Path) -> None:
    text = (CASES / "imports" / "hypothesis.json").read_text("utf-8")
    (docs / IMPORTED).write_text(
        "ignore:\n"
        "  - {target: two second-hand boats, as: context, reason: Known.}\n"
        "  - {target: stay for the whole lecture, in: c1, as: context, reason: Private.}\n",
        "utf-8",
    )
    told = run(docs, text, "--speaker", "vane").output
    assert "its words are under `ignore`: Known." in told and "under `ignore`: Private." in told
    assert [note.target.parts[0].selector.exact for note in briefing(docs).context if note.at.file == IMPORTED] == [
        "landing stage"
    ]


def test_drafts_are_in_no_page(docs: Path) -> None:
    run(docs, (CASES / "imports" / "hypothesis.json").read_text("utf-8"), "--speaker", "vane")
    assert all(note.status == "draft" for note in briefing(docs).context if note.at.file == IMPORTED)


BOATS = quote("two second-hand boats")
POSITION = {"type": "TextPositionSelector", "start": 1, "end": 2}
NOTED = {"body": {"value": "A note."}, "target": BOATS}
REFINED = {"selector": {"type": "XPathSelector", "refinedBy": BOATS["selector"]}}


@pytest.mark.parametrize(
    "content",
    [
        {"type": "Annotation", "bodyValue": "A note.", "target": BOATS},
        [{"type": "Annotation", "body": "A note.", "target": [BOATS]}],
        {"@type": "Annotation", **NOTED, "target": {"selector": [POSITION, BOATS["selector"]]}},
        {"type": "AnnotationPage", "items": [NOTED]},
        {"type": "AnnotationCollection", "first": {"items": [NOTED]}},
        {"@graph": [{"type": "Annotation", "bodyValue": "A note.", "target": REFINED}]},
    ],
)
def test_shapes_of_web_annotations(docs: Path, content: Any) -> None:
    result = run(docs, content)
    assert "1 annotation added" in result.output, result.output
    assert briefing(docs).context[-1].id == "two-second-hand-boats"


def test_a_highlight_needs_to_know_who_speaks(docs: Path) -> None:
    content = [{"type": "Annotation", "target": quote("dozens of small repairs")}]
    assert "it is not known who says the words: name the person with --speaker" in run(docs, content).output
    assert not (docs / IMPORTED).exists()
    assert "1 annotation added" in run(docs, content, "--speaker", "thornbury").output
    (made,) = (quotation for quotation in briefing(docs).quotations if quotation.at.file == IMPORTED)
    assert (made.kind, made.speaker, made.status) == ("fragment", "thornbury", "draft")
    assert "“nobody” is not among the people of this briefing" in run(docs, content, "--speaker", "nobody").output


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "annotations.json is empty"),
        ("{", "annotations.json is not valid JSON"),
        ("17", "has no annotations"),
        ('{"a": 1}', "has no annotations"),
        ("[17, null]", "annotation 1: it is not an object with fields"),
        ('[{"type": "Annotation", "target": "https://x"}]', "annotation 1: it has no TextQuoteSelector"),
        (
            '[{"type": "Annotation", "target": {"selector": {"type": ["TextQuoteSelector"], "exact": 7}}}]',
            "“7” is not in",
        ),
    ],
)
def test_bad_files_give_plain_messages(docs: Path, content: str, says: str) -> None:
    result = run(docs, content)
    assert says in result.output and "Traceback" not in result.output
    assert not (docs / IMPORTED).exists()


def test_a_briefing_that_cannot_be_read_is_left_alone(docs: Path) -> None:
    (docs / BRIEFING / "annotations" / "context.yml").write_text("context: [", "utf-8")
    result = run(docs, [{"type": "Annotation", "bodyValue": "x", "target": quote("two second-hand boats")}])
    assert "cannot be read as a whole: run `briefing check`" in result.output


@pytest.mark.parametrize("name", ["hypothesis-client.json", "hypothesis-client.csv"])
def test_what_the_client_of_hypothesis_exports(docs: Path, name: str) -> None:
    file = CASES / "imports" / name
    words = "opened in 1931" if name.endswith("json") else "held up by habit"
    path = docs.parent / name
    path.write_bytes(file.read_bytes().replace(words.encode(), b"held up by habit").replace(b'"The bridge, "', b'""'))
    result = CliRunner().invoke(main, ["import", "annotations", str(path), "-b", str(docs / BRIEFING)])
    assert "1 annotation added to annotations/imported.yml" in result.output, result.output
    assert "annotation 2: it is a reply to another annotation, and a briefing has none" in result.output
    (note,) = (note for note in briefing(docs).context if note.at.file == IMPORTED)
    assert note.by == ("Ann",) and note.tags[0] == "repair"
    again = CliRunner().invoke(main, ["import", "annotations", str(path), "-b", str(docs / BRIEFING)])
    assert "0 annotations added" in again.output and "1 already there" in again.output


def test_another_table_is_told_from_that_of_hypothesis(docs: Path) -> None:
    path = docs.parent / "comments.csv"
    path.write_text("id,text\n1,One.\n", "utf-8")
    result = CliRunner().invoke(main, ["import", "annotations", str(path), "-b", str(docs / BRIEFING)])
    assert result.exit_code == 1 and "is not the CSV of the Hypothesis client" in result.output
