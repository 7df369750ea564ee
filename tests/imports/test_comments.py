"""Comments from exports: what is taken, what is left and why, what is recorded, and that nothing else is changed."""

from __future__ import annotations

import csv
import hashlib
import html
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from briefing.cli import main
from briefing.load import load_briefing
from briefing.model import Comment
from briefing.pipeline import checking
from briefing.render.messages import messages
from briefing.tables.fields import REASONS
from tests.conftest import CASES, Golden
from tests.sites import GOOD, build_site

BRIEFING = "briefings/good"
EXPORTS = sorted(path for path in (CASES / "imports" / "comments").iterdir() if path.suffix != ".txt")
COLUMNS = {"no-ids.csv": ("--column", "text=Kommentar", "--column", "author=Wer", "--column", "date=When")}


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    shutil.copytree(GOOD, tmp_path / "docs")
    return tmp_path / "docs"


def run(docs: Path, file: str, content: str | bytes, *options: str) -> Result:
    path = docs.parent / file
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return CliRunner().invoke(main, ["import", "comments", str(path), "-b", str(docs / BRIEFING), *options])


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
        "left out: 1 row without words: line 4\n"
        "left out: 1 row with more cells than there are columns (a cell with commas without its quotation marks?): "
        "line 7\n"
        "line 5: its date “07/11/2025” was left out: write it as 2025-11-07, since other forms can be misread\n"
        "line 5: its votes “many” were left out: they are not a whole number\n"
        "comment zz-top: what it replies to, “99”, is not in the file\n"
        "3 comments added to comments.yml; 5 remarks above\n"
        "c.csv is kept as comments-original.csv, with its hash in comments.yml\n"
    )
    found = comments(docs)
    assert list(found) == ["c1", "c2", "c3", "c10", "c12", "zz-top"]
    assert found_by_check(docs) == set()
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


def found_by_check(docs: Path) -> set[str]:
    """What the check says beside that new comments are in no theme yet."""
    checked = checking.check_alone(docs, BRIEFING)
    return {
        f"{problem.code}: {problem.message}" for problem in checked.problems if problem.code != "comment-unaccounted"
    }


@pytest.mark.parametrize("export", EXPORTS, ids=lambda path: path.name)
def test_exports_as_programs_write_them(docs: Path, export: Path, golden: Golden) -> None:
    before = (docs / BRIEFING / "comments.yml").read_text("utf-8")
    result = run(docs, export.name, export.read_bytes(), *COLUMNS.get(export.name, ()))
    after = (docs / BRIEFING / "comments.yml").read_text("utf-8")
    kept = docs / BRIEFING / f"comments-original{export.suffix}"
    assert kept.read_bytes() == export.read_bytes()
    assert hashlib.sha256(kept.read_bytes()).hexdigest() in after
    assert found_by_check(docs) == set()
    new = after.replace(before[before.index("comments:") : before.index("set_aside")].rstrip(), "…")
    golden.check(export.with_name(f"{export.name}.txt"), f"{result.output}\n{new}")
    assert run(docs, export.name, export.read_bytes(), *COLUMNS.get(export.name, ())).exit_code == 0
    assert (docs / BRIEFING / "comments.yml").read_text("utf-8") == after, "the same file again changes nothing"


def test_what_moderators_removed_is_set_aside(docs: Path) -> None:
    rows = [{"text": "This comment was removed by a moderator."}, {"text": "New."}]
    assert run(docs, "c.json", json.dumps(rows)).exit_code == 0
    aside = checking.check_alone(docs, BRIEFING).briefing
    assert aside and [one.reason for one in aside.set_aside if one.comment == "c4"] == ["moderated"]


def test_every_reason_to_leave_a_row_out_has_a_case() -> None:
    told = "\n".join(path.with_name(f"{path.name}.txt").read_text("utf-8") for path in EXPORTS)
    named = {reason for reason in REASONS if f"reason: {messages('en')(f'row.{reason}')}" in told}
    assert named >= set(REASONS) - {"broken", "hidden", "changed"}


def test_what_is_there_stays_and_is_not_taken_twice(docs: Path) -> None:
    file = docs / BRIEFING / "comments.yml"
    before = file.read_text("utf-8")
    rows = [{"id": "c1", "text": "Other words."}, {"id": "c2", "text": comments(docs)["c2"].text}, {"text": "New."}]
    result = run(docs, "c.json", json.dumps(rows))
    assert "other ids: “c1” in entry 1 is c4" in result.output
    assert "2 comments added to comments.yml, 1 already there" in result.output
    assert [(c.id, c.text) for c in comments(docs).values()][3:] == [("c4", "Other words."), ("c5", "New.")]
    again = file.read_text("utf-8")
    assert before[before.index("comments:") : before.index("set_aside")].rstrip() in again
    assert before[before.index("set_aside") :].rstrip() in again
    assert found_by_check(docs) == set()
    result = run(docs, "c.json", json.dumps(rows))
    assert "0 comments added" in result.output and file.read_text("utf-8") == again


def test_a_newer_export_adds_what_is_new_and_changes_nothing(docs: Path) -> None:
    run(docs, "c.csv", "id,text,votes\n7,Stay open.,3\n8,No.,1\n")
    result = run(docs, "c.csv", "id,text,votes\n7,Stay open.,9\n8,Perhaps.,1\n9,Yes.,0\n")
    assert "line 2: the comment “c7” has 3 votes, and here 9; it was not changed" in result.output
    assert (
        "left out: 1 row with other words for a comment that is already there; it was not changed: line 3"
        in result.output
    )
    assert "c.csv is kept as comments-original-2.csv" in result.output
    found = comments(docs)
    assert {id: (found[id].text, found[id].votes) for id in ("c7", "c8", "c9")} == {
        "c7": ("Stay open.", 3), "c8": ("No.", 1), "c9": ("Yes.", 0),
    }  # fmt: skip
    assert found_by_check(docs) == set()
    assert "1 of the 3 entries of an export (a later version of a comment already here: 1)" in (
        " ".join((docs / BRIEFING / "comments.yml").read_text("utf-8").split())
    )


def test_a_comment_that_was_taken_out_comes_back_with_its_file(docs: Path) -> None:
    table = "id,text\n7,Stay open.\n8,No.\nx y,Perhaps.\n"
    run(docs, "c.csv", table)
    file = docs / BRIEFING / "comments.yml"
    file.write_text(re.sub(r"  - id: c8\n    text: >-\n      No\.\n\n?", "", file.read_text("utf-8")), "utf-8")
    assert "line 3 of comments-original.csv is neither a comment here nor left out" in "".join(found_by_check(docs))
    assert "1 comment added to comments.yml, 2 already there" in run(docs, "c.csv", table).output
    assert found_by_check(docs) == set()
    assert not (docs / BRIEFING / "comments-original-2.csv").exists()


def test_scope_keeps_what_the_author_says_and_a_todo(docs: Path) -> None:
    file = docs / BRIEFING / "comments.yml"
    run(docs, "c.csv", "text\nNew.\n")
    assert "one line taken as one comment; 1 of the 1 entries of an export" in " ".join(file.read_text("utf-8").split())
    text = re.sub(r"scope: >-\n(?:  .*\n)+", "scope: 'TODO: compare'\n", file.read_text("utf-8"))
    file.write_text(text, "utf-8")
    run(docs, "d.csv", "text\nNewer.\n")
    assert "TODO: compare (1 of the 1 entries" in " ".join(file.read_text("utf-8").split())


FILL = {"title": "A bridge", "language": "en-GB", "authors": "[Tess Ter]"}


@pytest.mark.full
def test_from_a_new_briefing_to_a_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def command(*words: str) -> Result:
        return CliRunner().invoke(main, list(words))

    monkeypatch.chdir(tmp_path)
    (tmp_path / "bridge.txt").write_text("The bridge opened in 1931. The council will close it at night.\n", "utf-8")
    for name in ("polis.csv", "decidim.csv"):
        shutil.copy(CASES / "imports" / "comments" / name, tmp_path / name)
    assert command("init", "site").exit_code == 0
    monkeypatch.chdir(tmp_path / "site")
    shutil.rmtree("docs/briefings")
    assert command("new", "bridge", "--from", str(tmp_path / "bridge.txt")).exit_code == 0
    folder = Path("docs/briefings/bridge")
    main_file = folder / "briefing.yml"
    lines = main_file.read_text("utf-8").splitlines()
    for key, value in FILL.items():
        at = next(n for n, line in enumerate(lines) if line.startswith(f"{key}:"))
        lines[at] = f"{key}: {value}"
        lines[at + 1 : at + 2] = [line for line in lines[at + 1 : at + 2] if not line.startswith("  - ")]
    kept = [line.replace("status: draft", "status: published") for line in lines if "TODO" not in line]
    main_file.write_text("\n".join(line for line in kept if "rights:" not in line) + "\n", "utf-8")
    for name in ("polis.csv", "decidim.csv"):
        assert command("import", "comments", str(tmp_path / name), "-b", str(folder)).exit_code == 0
    aside = "set_aside:\n" + "".join(f"  - {{comment: {id}, reason: off-topic}}\n" for id in ("c0", "c4101"))
    theme = "themes:\n  - {id: against, title: Against, about: Closing, comments: [{id: c4102, stance: critical}]}\n"
    with (folder / "comments.yml").open("a", encoding="utf-8") as file:
        file.write(aside)
    (folder / "annotations" / "themes.yml").write_text(theme, "utf-8")
    checked = command("check", "--strict")
    assert checked.exit_code == 0, checked.output
    site = build_site(Path("mkdocs.yml").absolute())
    built = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert not [path for path in built if "comments-original" in path.name or path.suffix == ".yml"]
    page = html.unescape((site / "briefings" / "bridge" / "method" / "index.html").read_text("utf-8"))
    assert hashlib.sha256((tmp_path / "polis.csv").read_bytes()).hexdigest() in page
    assert "Export from Polis" in page and "rejected by moderators" in page
    for marker in (b"Spam spam", b"Ines", b"Jon<"):
        assert not [path for path, content in built.items() if marker in content]
    comments_page = html.unescape((site / "briefings" / "bridge" / "comments" / "index.html").read_text("utf-8"))
    assert "I disagree." in comments_page and "Stance chosen: critical" in comments_page


def test_a_comment_that_was_removed_on_request_does_not_come_back(docs: Path) -> None:
    file = docs / BRIEFING / "comments.yml"
    text = file.read_text("utf-8").replace("reason: spam", "reason: request")
    file.write_text(text.replace('    text: "Best watches, lowest prices, write to me today!"\n', ""), "utf-8")
    result = run(docs, "c.json", '[{"id": "c3", "text": "Best watches, lowest prices, write to me today!"}]')
    assert "entry 1: the comment “c3” was removed on request; it was not imported again" in result.output
    assert "watches" not in file.read_text("utf-8")
    assert not list((docs / BRIEFING).glob("comments-original*")), "nor is a file kept that has nothing else"


def test_nothing_is_written_on_a_dry_run(docs: Path) -> None:
    before = (docs / BRIEFING / "comments.yml").read_bytes()
    assert "1 comment would be added" in run(docs, "c.csv", "text\nNew.\n", "--dry-run").output
    assert (docs / BRIEFING / "comments.yml").read_bytes() == before


@pytest.mark.parametrize(
    ("file", "content", "says"),
    [
        ("c.csv", "", "c.csv is empty"),
        ("c.csv", "a,a\n1,2\n", "two columns of c.csv are called “a”"),
        ("c.csv", "when,who\n1,2\n", "no column has a name for the text of a comment; there are “when”, “who”"),
        ("c.csv", 'text\n"never closed\n', "c.csv is not valid CSV"),
        ("c.csv", b"text\nGr\xfc\xdfe\n", "c.csv is not UTF-8; it is probably Windows-1252"),
        ("c.json", '{"comments": [}', "c.json is not valid JSON: line 1, column 15"),
        ("c.json", "[" * 100_000, "c.json is nested too deeply"),
        ("c.json", '{"a": 1}', "c.json holds no list of comments"),
        ("c.jsonl", '{"text": "a"}\nnonsense\n', "line 2 of c.jsonl is not valid JSON"),
        ("c.jsonl", '{"text": "a"}\n[1]\n', "line 2 of c.jsonl is not an object"),
        ("c.xls", "x", "the name c.xls does not show its format"),
        ("c.xml", "<a/>", "c.xml has no Disqus posts"),
        ("c.xml", "<a", "c.xml is not valid XML"),
        ("c.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "c.xml declares its own entities"),
    ],
)
def test_bad_files_give_plain_messages(docs: Path, file: str, content: str | bytes, says: str) -> None:
    result = run(docs, file, content)
    assert result.exit_code == 1 and says in result.output and "Traceback" not in result.output
    assert list(comments(docs)) == ["c1", "c2", "c3"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--column", "nonsense"), "--column needs FIELD=NAME"),
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
    assert found_by_check(docs) == set()


@pytest.mark.parametrize(
    "row",
    [
        {"id": "]} # \n- x: &a", "text": "Ids with marks."},
        {"id": "=cmd|' /C calc'!A0", "text": "=1+1"},
        {"id": "7", "text": "TODO: everything", "author": "TODO: me"},
        {"id": "7", "text": "NULL and void", "date": "99999999999"},
        {"id": "7", "text": "x" * 20_000, "votes": "1" * 40},
        {"id": "7", "text": "Self.", "parent": "7"},
        {"id": "7", "text": "\u202eright to left", "stance": "<script>"},
        {"id": "7", "text": "{{ config }} {% raw %} [@c1] <script>alert(1)</script>", "author": "[x](javascript:1)"},
    ],
    ids=lambda row: str(row["text"])[:20],
)
def test_hostile_rows_are_as_in_their_file(docs: Path, row: dict[str, str]) -> None:
    result = run(docs, "c.json", json.dumps([row]))
    assert result.exit_code == 0, result.output
    assert found_by_check(docs) == set()
    assert run(docs, "c.json", json.dumps([row])).exit_code == 0 and len(comments(docs)) == 4


def test_a_link_in_the_place_of_the_kept_file_leads_nowhere(docs: Path) -> None:
    outside = docs.parent / "outside.csv"
    outside.write_text("mine", "utf-8")
    (docs / BRIEFING / "comments-original.csv").symlink_to(outside)
    assert run(docs, "c.csv", "text\nNew.\n").exit_code == 0
    assert outside.read_text("utf-8") == "mine"
    assert (docs / BRIEFING / "comments-original-2.csv").is_file()


@pytest.mark.full
def test_thousands_of_rows_are_quick(docs: Path) -> None:
    table = io.StringIO()
    csv.writer(table).writerows(
        [["id", "text"], *([n, f"Comment number {n}, and some words."] for n in range(100, 3_100))]
    )
    result = run(docs, "c.csv", table.getvalue())
    assert "3,000 comments added" in result.output
    assert len(comments(docs)) == 3_003


@pytest.mark.parametrize(
    ("column", "said", "reason"),
    [
        ("Moderation Status", "rejected", "rejected by moderators"),
        ("publicationState", "UNPUBLISHED", "hidden by moderators"),
        ("Published", "no", "hidden by moderators"),
        ("is_public", "false", "hidden by moderators"),
        ("visible", "0", "hidden by moderators"),
        ("Private", "yes", "hidden by moderators"),
        ("comment-approved", "0", "not approved by moderators"),
        ("Deleted At", "2025-11-03", "deleted"),
    ],
)
def test_moderation_is_understood_however_its_column_is_written(
    docs: Path, column: str, said: str, reason: str
) -> None:
    """Also where another column says that the comment is shown."""
    result = run(
        docs, "c.csv", f"id,status,text,{column}\n70,published,Not to be shown.,{said}\n71,published,Shown.,\n"
    )
    assert f"left out: 1 row {reason}: line 2" in result.output
    assert "Not to be shown." not in {comment.text for comment in comments(docs).values()}
    assert "Shown." in {comment.text for comment in comments(docs).values()}


def test_a_day_of_publication_is_no_moderation(docs: Path) -> None:
    result = run(docs, "c.csv", "id,text,Published\n70,One.,2025-11-03T10:00:00Z\n71,Two.,Sat May 31 2025\n")
    assert "left out" not in result.output.replace("was left out", "") and "2 comments added" in result.output
    assert comments(docs)["c70"].date == "2025-11-03"


def test_entries_below_an_entry_are_comments_with_what_they_answer(docs: Path) -> None:
    """Moderation stands beside the text, on each level of keys that leads to it."""
    deeper = {"id": 73, "comment": {"text": "Deeper."}}
    inner = {"id": 72, "comment": {"text": "An answer."}, "children": [deeper]}
    rows = [
        {"id": 70, "comment": {"text": "Rejected.", "status": "rejected"}},
        {"id": 71, "comment": {"text": "Top."}, "replies": [inner]},
    ]
    result = run(docs, "c.json", json.dumps({"comments": rows}), "--column", "text=comment.text")
    assert "left out: 1 row rejected by moderators: entry 1" in result.output
    found = {id: (c.text, c.reply_to) for id, c in comments(docs).items() if id.startswith("c7")}
    assert found == {"c71": ("Top.", ""), "c72": ("An answer.", "c71"), "c73": ("Deeper.", "c72")}


def test_a_file_with_two_lists_is_refused(docs: Path) -> None:
    data = {"comments": [{"text": "One."}], "posts": [{"text": "Two."}]}
    assert "several lists, under comments and posts" in run(docs, "c.json", json.dumps(data)).output


def checked(docs: Path, table: str, entry: str, taken: str) -> list[tuple[str, str]]:
    """Return what the check says of an export beside the comments `taken` from it."""
    folder = docs / BRIEFING
    (folder / "comments-original.csv").write_text(table, "utf-8")
    sha256 = hashlib.sha256(table.encode()).hexdigest()
    file = folder / "comments.yml"
    original = f"file: comments-original.csv, sha256: {sha256}, format: csv, columns: [id=id, text=text]{entry}"
    head, rest = file.read_text("utf-8").split("set_aside:\n")
    file.write_text(f"{head}{taken}\nset_aside:\n{rest}\noriginals:\n  - {{{original}}}\n", "utf-8")
    found = checking.check_alone(docs, BRIEFING).problems
    return [(p.code, p.message) for p in found if p.code in ("not-in-original", "original-not-covered")]


ONE = "  - {id: c80, text: Yes.}"


@pytest.mark.parametrize(
    ("table", "entry", "taken", "code", "words"),
    [
        ("id,text\n80,Yes.\n80,Yes.\n", "", ONE, "original-not-covered", "counted nowhere"),
        (
            "id,text\n80,Yes.\n,Yes.\n",
            ", renumbered: [{row: 3, comment: c80}]",
            ONE,
            "original-not-covered",
            "counted nowhere",
        ),
        (
            "id,text\n80,Yes.\n81,No!\n",
            ", left_out: [{rows: [3], reason: without words}]",
            ONE,
            "not-in-original",
            "the file does not say so: “No!”",
        ),
        ("id,text,status\n80,Yes.,rejected\n", "", ONE, "not-in-original", "has it rejected by moderators"),
    ],
)
def test_nothing_is_dropped_or_shown_against_the_file(
    docs: Path, table: str, entry: str, taken: str, code: str, words: str
) -> None:
    assert [(one, words in message) for one, message in checked(docs, table, entry, taken)] == [(code, True)]


@pytest.mark.parametrize(
    ("table", "entry"),
    [
        ("id,text\n80,Yes.\n80,Yes.\n", ", left_out: [{rows: [3], reason: sent twice}]"),
        ("id,text\n80,Yes.\n81,n/a\n", ", left_out: [{rows: [3], reason: without an answer}]"),
        ("id,text\n80,Yes.\n82,\n", ", left_out: [{rows: [3], reason: without words}]"),
        ("id,text,status\n80,Yes.,approved\n81,No!,spam\n", ", left_out: [{rows: [3], reason: marked as spam}]"),
    ],
)  # fmt: skip
def test_reasons_that_the_file_bears_out_pass(docs: Path, table: str, entry: str) -> None:
    assert checked(docs, table, entry, ONE) == []
