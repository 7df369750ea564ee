"""Comments from tables: what is taken, what is left and why, and that nothing of the author's is changed."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from briefing.cli import main
from briefing.load import load_briefing
from briefing.model import Comment
from tests.sites import GOOD

BRIEFING = "briefings/good"


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    shutil.copytree(GOOD, tmp_path / "docs")
    return tmp_path / "docs"


def run(docs: Path, file: str, content: str | bytes, *options: str) -> Result:
    path = docs.parent / file
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return CliRunner().invoke(main, ["import", "comments", str(path), str(docs / BRIEFING), *options])


def comments(docs: Path) -> dict[str, Comment]:
    loaded = load_briefing(docs, BRIEFING, {})
    assert loaded.briefing and not loaded.problems
    return {comment.id: comment for comment in loaded.briefing.comments}


def test_a_table_with_its_remarks(docs: Path) -> None:
    table = (
        'Name,Comment,Created,Likes,Parent,Id\r\nAnn,"First, and\r\na second line.",2025-11-07T10:00:00Z,3,,10\r\n'
        "Bob,,2025-11-07,,,11\r\nCy,Why? #1 - *yes*: no,07/11/2025,many,10,12\r\nDee,To nobody,2025,1,99,zz-top\r\n"
        "Eve,One, comma too many,2025,1,,13\r\n"
    )
    result = run(docs, "c.csv", table)
    assert result.output == (
        "line 4: it has no text\n"
        "line 5: its date “07/11/2025” was left out: write it like 2025-11-07, for others can be misread\n"
        "line 5: its votes “many” were left out: they are no whole number\n"
        "line 7: it has more cells than there are columns: is a cell with commas without its quotation marks?\n"
        "comment zz-top: what it replies to, “99”, is not in the file\n"
        "3 comments added to comments.yml; 5 remarks above\n"
    )
    found = comments(docs)
    assert list(found) == ["c1", "c2", "c3", "c10", "c12", "zz-top"]
    assert (found["c10"].text, found["c10"].author, found["c10"].date, found["c10"].votes) == (
        "First, and\na second line.", "Ann", "2025-11-07", 3,
    )  # fmt: skip
    assert (found["c12"].text, found["c12"].reply_to) == ("Why? #1 - *yes*: no", "c10")


@pytest.mark.parametrize(
    ("file", "content", "options"),
    [
        ("c.csv", "text\nOne.\nTwo.\n", ()),
        ("c.csv", "Kommentar;Autor\nOne.;A\nTwo.;B\n", ("--column", "text=Kommentar")),
        ("c.tsv", b"\xff\xfe" + "body\tx\nOne.\t1\nTwo.\t2\n".encode("utf-16-le"), ()),
        ("c.json", '["One.", "Two."]', ()),
        (
            "c.json",
            '{"comments": [{"body": {"raw": "One."}}, {"body": {"raw": "Two."}}]}',
            ("--column", "text=body.raw"),
        ),
        ("c.jsonl", '\ufeff{"message": "One."}\n\n{"message": "Two."}\n', ()),
        ("export", "message\nOne.\nTwo.\n", ("--format", "csv")),
    ],
)
def test_shapes_of_files(docs: Path, file: str, content: str | bytes, options: tuple[str, ...]) -> None:
    result = run(docs, file, content, *options)
    assert result.exit_code == 0, result.output
    assert [(c.id, c.text) for c in comments(docs).values()][3:] == [("c4", "One."), ("c5", "Two.")]


def test_what_is_there_stays_and_is_not_taken_twice(docs: Path) -> None:
    file = docs / BRIEFING / "comments.yml"
    before = file.read_text("utf-8")
    rows = [{"id": "c1", "text": "Other words."}, {"id": "c2", "text": comments(docs)["c2"].text}, {"text": "New."}]
    result = run(docs, "c.json", json.dumps(rows))
    assert "entry 1: the comment “c1” is there already, with other words; it was not changed" in result.output
    assert "1 comment added to comments.yml, 1 there already" in result.output
    again = file.read_text("utf-8")
    assert again.startswith(before[: before.index("set_aside")]) and again.endswith(before[before.index("set_aside") :])
    result = run(docs, "c.json", json.dumps(rows))
    assert "0 comments added" in result.output and file.read_text("utf-8") == again


def test_a_comment_that_was_removed_on_request_does_not_come_back(docs: Path) -> None:
    file = docs / BRIEFING / "comments.yml"
    text = file.read_text("utf-8").replace("reason: spam", "reason: request")
    file.write_text(text.replace('    text: "Best watches, lowest prices, write to me today!"\n', ""), "utf-8")
    result = run(docs, "c.json", '[{"id": "c3", "text": "Best watches, lowest prices, write to me today!"}]')
    assert "entry 1: the comment “c3” was removed on request; it was not taken again" in result.output
    assert "watches" not in file.read_text("utf-8")


def test_nothing_is_written_on_a_dry_run(docs: Path) -> None:
    before = (docs / BRIEFING / "comments.yml").read_bytes()
    assert "1 comment would be added" in run(docs, "c.csv", "text\nNew.\n", "--dry-run").output
    assert (docs / BRIEFING / "comments.yml").read_bytes() == before


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("c.csv", "", "c.csv is empty"),
        ("c.csv", "a,a\n1,2\n", "two columns of c.csv are called “a”"),
        ("c.csv", "when,who\n1,2\n", "no column is called like the text of a comment; there are “when”, “who”"),
        ("c.csv", 'text\n"never closed\n', "c.csv is no sound CSV"),
        ("c.csv", b"text\nGr\xfc\xdfe\n", "c.csv is not UTF-8; it is probably Windows-1252"),
        ("c.json", '{"comments": [}', "c.json is no JSON: line 1, column 15"),
        ("c.json", "[" * 100_000, "c.json is nested too deeply"),
        ("c.json", '{"a": 1}', "c.json holds no list of comments"),
        ("c.jsonl", '{"text": "a"}\nnonsense\n', "line 2 of c.jsonl is no JSON"),
        ("c.jsonl", '{"text": "a"}\n[1]\n', "line 2 of c.jsonl is no object"),
        ("c.xls", "x", "the ending of c.xls does not tell what it is"),
    ],
)
def test_bad_files_give_plain_messages(docs: Path, file: str, content: str | bytes, says: str) -> None:
    result = run(docs, file, content)
    assert result.exit_code == 1 and says in result.output and "Traceback" not in result.output
    assert list(comments(docs)) == ["c1", "c2", "c3"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--column", "nonsense"), "--column takes FIELD=NAME"),
        (("--column", "mood=text"), "comments have no field “mood”"),
        (("--column", "text=Words"), "there is no column “Words” for text; there are “text”"),
    ],
)
def test_bad_maps_give_plain_messages(docs: Path, options: tuple[str, ...], says: str) -> None:
    result = run(docs, "c.csv", "text\nNew.\n", *options)
    assert result.exit_code in (1, 2) and says in result.output


def test_hostile_values_are_text_or_left(docs: Path) -> None:
    rows: list[Any] = [
        {"text": "a: b # c\n--- \n- [x]", "author": "!!python/object:os.system"},
        {"text": {"no": "text"}},
        {"text": "bell \x07 and NUL \x00.", "id": "../../etc"},
        {"text": "Reserved.", "id": "p7"},
        {"text": True},
        17,
        None,
    ]
    result = run(docs, "c.json", json.dumps(rows))
    assert result.exit_code == 0, result.output
    texts = [comment.text for comment in comments(docs).values()][3:]
    assert texts == ["a: b # c\n--- \n- [x]", "bell  and NUL .", "Reserved.", "17"]


def test_thousands_of_rows_are_quick(docs: Path) -> None:
    table = io.StringIO()
    csv.writer(table).writerows(
        [["id", "text"], *([n, f"Comment number {n}, and some words."] for n in range(100, 3_100))]
    )
    result = run(docs, "c.csv", table.getvalue())
    assert "3,000 comments added" in result.output
    assert len(comments(docs)) == 3_003
