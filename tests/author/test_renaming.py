"""Another name is written wherever the old one is, and nowhere else; old addresses lead on; or nothing is written."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from briefing.authoring import renaming, rewriting
from briefing.authoring.edit import files as writing
from briefing.authoring.renaming import RenameError
from briefing.authoring.rewriting import in_formula, in_links, in_prose, rewrite_page, rewrite_yaml, whole
from briefing.cli import main
from briefing.model.places import TextFile
from briefing.pipeline import checking
from tests.sites import make_site

ABOUT = """\
# About

See [@good/worth-it; @briefings/good/c1] and [the text](briefings/good/text.md#p1), [@other/worth-it].
`[@good/worth-it]` is code. [Home](index.md), [further](https://example.org/briefings/good/text.md).

<!-- briefing: good/worth-it -->

<!-- briefings: tag=students newest=5 -->

[text]: briefings/good/text.md
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_site(tmp_path, files={"about.md": ABOUT, "notes/deep.md": "[text](../briefings/good/index.md)\n"})
    shutil.copytree(tmp_path / "docs/briefings/good", tmp_path / "docs/briefings/other")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, ("rename", *arguments))
    assert result.exit_code == code, result.output
    assert not isinstance(result.exception, Exception) or isinstance(result.exception, SystemExit)
    return result


def state() -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in Path("docs").rglob("*") if path.is_file()}


def changes(before: dict[str, bytes]) -> list[str]:
    """The lines that are new, with the last part of the name of their file."""
    found = []
    for name, content in sorted(state().items()):
        old = before.get(name, b"").decode().split("\n")
        found += [f"{name.removeprefix('docs/')}: {line}" for line in content.decode().split("\n") if line not in old]
    return found


def errors() -> list[str]:
    return [one.message for one, _ in checking.check_library(Path("docs")).located() if one.severity == "error"]


# --- everywhere -------------------------------------------------------------------------------------------------


def test_a_theme_has_another_id_in_pages_too_and_keeps_the_old(project: Path) -> None:
    before = state()
    run("id", "worth-it", "was-it-worth", "-b", "good")
    assert changes(before) == [
        "about.md: " + ABOUT.split("\n")[2].replace("@good/worth-it", "@good/was-it-worth"),
        "about.md: <!-- briefing: good/was-it-worth -->",
        "briefings/good/annotations/context.yml:   - id: was-it-worth",
        "briefings/good/annotations/context.yml:     was: [worth-it]",
    ]
    run("id", "was-it-worth", "worth-it", "-b", "good")
    assert "was: [was-it-worth]" in Path("docs/briefings/good/annotations/context.yml").read_text("utf-8")
    assert Path("docs/about.md").read_text("utf-8") == ABOUT and not errors()


REMARKS = """\
remarks:
  - annotation: worth-it  # of Ann
    by: Ann
    text: worth-it is no good name.
  - annotation: who-pays
    by: Ben
    text: Really?

taken: [abc]
"""


def test_the_remarks_of_colleagues_stay_with_what_they_are_about(project: Path) -> None:
    file = Path("docs/briefings/good/remarks.yml")
    file.write_text(REMARKS, "utf-8")
    assert "  remark     Ann: worth-it is no good name.\n" in shown("worth-it", "-b", "good")
    run("id", "worth-it", "was-it-worth", "-b", "good")
    assert file.read_text("utf-8") == REMARKS.replace("annotation: worth-it ", "annotation: was-it-worth ")
    assert "Ann: worth-it" in shown("was-it-worth", "-b", "good") and "Ben" not in shown("was-it-worth", "-b", "good")


def test_remarks_that_cannot_be_read_keep_a_name_as_it_is(project: Path) -> None:
    Path("docs/briefings/good/remarks.yml").write_text("remarks: [", "utf-8")
    before = state()
    assert "nothing was renamed" in run("id", "worth-it", "was-it-worth", "-b", "good", code=1).output
    assert state() == before


def shown(*arguments: str) -> str:
    return CliRunner().invoke(main, ("show", *arguments)).output


@pytest.mark.parametrize("old", ["c1", "fares-2018"])
def test_comments_and_works_keep_their_former_ids(project: Path, old: str) -> None:
    before = "".join(content.decode() for name, content in state().items() if "/good/" in name)
    run("id", old, "another", "-b", "good")
    after = "".join(content.decode() for name, content in state().items() if "/good/" in name)
    renamed = after.replace(f"    was: [{old}]\n", "", 1)
    assert renamed == re.sub(rf"(?<![\w-]){old}(?![\w-])", "another", before) != after and not errors()
    assert "another" in shown(old, "-b", "good").split("\n")[0]


def test_somebody_has_another_id_in_all_briefings(project: Path) -> None:
    before = state()
    run("person", "vane", "idris-vane")
    found = changes(before)
    assert [line for line in found if line.startswith("people.yml: ")] == [
        "people.yml: idris-vane:",
        "people.yml:   name: Idris Vane",
        "people.yml:   was: [vane]",
    ]
    assert "briefings/other/briefing.yml:   idris-vane: {role: Harwick councillor}" in found
    assert "briefings/good/annotations/quotes.yml:     via: idris-vane" in found and not errors()
    assert not any(re.search(rb"(?<![\w-])vane:|: vane$", content, re.M) for content in state().values())


def test_a_measure_has_another_id(project: Path) -> None:
    Path("docs/measures.yml").write_text("riders: {label: Riders, unit: passengers}\n", "utf-8")
    run("measure", "riders", "passengers-a-day")
    text = "passengers-a-day: {label: Riders, unit: passengers, was: [riders]}\n"
    assert Path("docs/measures.yml").read_text("utf-8") == text


def test_a_tag_is_renamed_in_all_spellings_and_not_said_twice(project: Path) -> None:
    Path("docs/briefings/good/annotations/empty.yml").write_text("# nothing yet\n", "utf-8")
    main_file = Path("docs/briefings/good/briefing.yml")
    text = main_file.read_text("utf-8")
    main_file.write_text(text.replace("[transport, councils]", "[Transport, transit]"), "utf-8")
    run("tag", "transport", "transit")
    assert "tags: [transit]" in main_file.read_text("utf-8")
    assert "tags: [transit, councils]" in Path("docs/briefings/other/briefing.yml").read_text("utf-8")
    assert Path("docs/topics.yml").read_text("utf-8") == "transit:\n  was: [transport]\n"
    run("tag", "students", "young people")
    assert '<!-- briefings: tag="young people" newest=5 -->' in Path("docs/about.md").read_text("utf-8")


def test_a_briefing_moves_with_all_its_files_and_what_leads_to_it(project: Path) -> None:
    before = {name: content for name, content in state().items() if "/good/" in name}
    Path("docs/briefings/good/photo.jpg").write_bytes(b"\xff\xd8\0")
    Path("mkdocs.yml").write_text(Path("mkdocs.yml").read_text() + "nav:\n- briefings/good/index.md\n")
    line = next(n for n, each in enumerate(Path("mkdocs.yml").read_text().split("\n"), 1) if "good" in each)
    said = run("briefing", "good", "2025/ferry").output
    assert f"mkdocs.yml:{line}: change briefings/good there, too" in said
    assert not Path("docs/briefings/good").exists()
    moved = {name.replace("briefings/good", "2025/ferry"): content for name, content in before.items()}
    main_file = moved.pop("docs/2025/ferry/briefing.yml")
    assert moved.items() <= state().items() and Path("docs/2025/ferry/photo.jpg").read_bytes() == b"\xff\xd8\0"
    assert Path("docs/2025/ferry/briefing.yml").read_bytes() == main_file.rstrip() + b"\n\naliases: [briefings/good]\n"
    about = Path("docs/about.md").read_text("utf-8")
    assert "[@ferry/worth-it; @2025/ferry/c1] and [the text](2025/ferry/text.md#p1), [@other/worth-it]" in about
    assert "`[@good/worth-it]` is code" in about and "https://example.org/briefings/good/text.md" in about
    assert "\n[text]: 2025/ferry/text.md\n" in about
    assert Path("docs/notes/deep.md").read_text("utf-8") == "[text](../2025/ferry/index.md)\n" and not errors()


def test_a_briefing_that_moves_keeps_the_byte_order_marks_of_its_files(project: Path) -> None:
    for name in ("briefing.yml", "annotations/context.yml", "comments.yml"):
        file = Path("docs/briefings/good", name)
        file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    run("briefing", "good", "ferry")
    for name, marks in {
        "briefing.yml": 1,
        "annotations/context.yml": 1,
        "comments.yml": 1,
        "references.yml": 0,
    }.items():
        assert Path("docs/briefings/ferry", name).read_bytes().count(b"\xef\xbb\xbf") == marks


def test_a_folder_that_a_killed_command_left_empty_is_not_taken(project: Path) -> None:
    Path("docs/briefings/ferry/annotations").mkdir(parents=True)
    run("briefing", "good", "ferry")
    assert Path("docs/briefings/ferry/annotations/quotes.yml").is_file() and not errors()


def test_a_draft_moves_without_an_alias(project: Path) -> None:
    file = Path("docs/briefings/good/briefing.yml")
    file.write_text(file.read_text("utf-8").replace("status: published", "status: draft"), "utf-8")
    Path("docs/about.md").unlink()
    run("briefing", "good", "ferry")
    assert "aliases" not in Path("docs/briefings/ferry/briefing.yml").read_text("utf-8")


TOPICS = "# ours\ntraffic: {was: [roads]}\nferries:\n  was: boats\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("traffic", "transit", "# ours\nferries:\n  was: boats\n\ntransit:\n  was: [roads, traffic]\n"),
        ("traffic", "roads", "# ours\nferries:\n  was: boats\n\nroads:\n  was: [traffic]\n"),
        ("traffic", "Ferries", "# ours\nferries:\n  was: [boats, roads, traffic]\n"),
        ("Traffic", "TRAFFIC", TOPICS),
        ("students", "youth", TOPICS + "\nyouth:\n  was: [students]\n"),
    ],
)
def test_what_a_tag_was_called_goes_with_it(project: Path, old: str, new: str, expected: str) -> None:
    Path("docs/topics.yml").write_text(TOPICS, "utf-8")
    main_file = Path("docs/briefings/good/briefing.yml")
    main_file.write_text(main_file.read_text("utf-8").replace("[transport,", "[traffic, ferries,"), "utf-8")
    run("tag", old, new)
    assert Path("docs/topics.yml").read_text("utf-8") == expected


def test_a_name_that_another_had_is_not_taken(project: Path) -> None:
    Path("docs/people.yml").write_text(Path("docs/people.yml").read_text("utf-8") + "ann: {name: Ann, was: old}\n")
    Path("docs/topics.yml").write_text("transport: {was: [roads]}\n", "utf-8")
    file = Path("docs/briefings/other/briefing.yml")
    file.write_text(file.read_text("utf-8") + "aliases: [briefings/ferry]\n", "utf-8")
    before = state()
    assert "the former name “old” of “ann” is in use" in run("person", "vane", "old", code=1).output
    assert "the former name “roads” of “transport” is in use" in run("tag", "students", "roads", code=1).output
    assert "is that of another briefing" in run("briefing", "good", "ferry", code=1).output
    assert state() == before


# --- all or nothing ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("id", "worth-it", "c1", "-b", "good"), "is the id of something else"),
        (("id", "worth-it", "Not an id", "-b", "good"), "cannot be an id"),
        (("id", "nothing", "something", "-b", "good"), "nothing in briefings/good has the id “nothing”"),
        (("person", "nobody", "somebody"), "there is no “nobody” in people.yml"),
        (("person", "vane", "brink"), "is in people.yml already"),
        (("tag", "nothing", "something"), "nothing has the tag “nothing”"),
        (("tag", "students", "-"), "a tag needs letters or digits"),
        (("briefing", "good", "other"), "is there already"),
        (("briefing", "good", "con"), "a folder cannot be called so"),
        (("briefing", "good", "briefings/good/inner"), "cannot move into itself"),
        (("briefing", "good", "../out"), "a folder cannot be called so"),
    ],
)
def test_what_cannot_be_renamed_says_why(project: Path, arguments: tuple[str, ...], said: str) -> None:
    before = state()
    assert said in run(*arguments, code=1).output
    assert state() == before


def test_nothing_is_written_where_the_site_would_have_an_error(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = state()
    monkeypatch.setattr(renaming, "in_prose", lambda old, new: lambda text: text)
    monkeypatch.setattr(renaming, "_is_public", lambda *_: False)
    said = run("id", "c1", "another", "-b", "good", code=1).output
    assert "unknown-citation" in said and "nothing was renamed: a check would then find what follows" in said
    assert state() == before


@pytest.mark.parametrize("old", ["c1", "fares-2018", "fare-cover"])
def test_prose_may_go_on_citing_a_former_id(project: Path, monkeypatch: pytest.MonkeyPatch, old: str) -> None:
    found = {(one.code, one.message) for one, _ in checking.check_library(Path("docs")).located()}
    monkeypatch.setattr(renaming, "in_prose", lambda old, new: lambda text: text)
    run("id", old, "another", "-b", "good")
    assert f"@{old}" in "".join(content.decode() for name, content in state().items() if "/good/" in name)
    assert {(one.code, one.message) for one, _ in checking.check_library(Path("docs")).located()} == found


def test_a_dry_run_writes_nothing(project: Path) -> None:
    before = state()
    assert (
        "2 files would change: worth-it is was-it-worth"
        in run("id", "worth-it", "was-it-worth", "-b", "good", "--dry-run").output
    )
    assert state() == before


def test_a_file_that_changes_meanwhile_stops_all_of_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = renaming.open_site(Path("docs").resolve())
    renaming.move_briefing(site, "briefings/good", "briefings/ferry")
    Path("docs/about.md").write_text(ABOUT + "More.\n", "utf-8")
    before = state()
    with pytest.raises(writing.ChangedMeanwhileError):
        site.write()
    assert state() == before


@pytest.mark.full
def test_a_move_that_is_interrupted_is_finished_by_the_next_command(project: Path) -> None:
    docs = Path("docs").resolve()
    site = renaming.open_site(docs)
    renaming.move_briefing(site, "briefings/good", "briefings/ferry")

    child = os.fork()
    if not child:
        writing._replace_all = lambda changes: os._exit(9)  # type: ignore[assignment]
        try:
            site.write()
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert Path("docs/briefings/good/source.txt").exists()
    writing.finish(docs)
    assert {one.path for one in checking.check_library(docs).briefings} == {"briefings/ferry", "briefings/other"}
    assert not errors() and "briefings/good" in Path("docs/briefings/ferry/briefing.yml").read_text("utf-8")


# --- characters -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One [@a] two [@a; @ab; @b-a; @a-b].", "One [@z] two [@z; @ab; @b-a; @a-b]."),
        ("[#a] of a, @a and (a)", "[#z] of a, @a and (a)"),
        ("no [link](a) and [words @a here]", "no [link](a) and [words @a here]"),
    ],
)
def test_only_what_cites_is_a_name_in_prose(text: str, expected: str) -> None:
    assert in_prose("a", "z")(text) == expected


def test_a_name_in_a_formula_is_a_whole_one() -> None:
    assert in_formula("cost", "price")("cost * 2 - cost-2024 + (cost)") == "price * 2 - cost-2024 + (price)"


def test_links_follow_both_ends() -> None:
    links = in_links(lambda page: page.replace("a/b/", "c/d/e/"), "a/b", "c/d/e")
    assert (
        links("[x](text.md) [y](../../index.md#z) [w](other.txt)")
        == "[x](text.md) [y](../../../index.md#z) [w](other.txt)"
    )


NAMES = st.sampled_from(["a", "ab", "a-b", "b"])
VALUES = st.sampled_from(["[@{}] says", "x [#{}]", "{}", "say “{}”", "# [@{}; @{}]"])


@given(st.lists(st.tuples(VALUES, NAMES), max_size=6), st.booleans())
def test_a_file_differs_in_the_name_alone(rows: list[tuple[str, str]], windows: bool) -> None:
    lines = [f"  - id: {name} # {name}\n    note: >-\n      {value.format(name, name)}\n" for value, name in rows]
    text = "# a\nnotes:\n" + ("".join(lines) or "  []\n")
    text = text.replace("\n", "\r\n") if windows else text

    def fields(path: tuple[str | int, ...]) -> rewriting.Rewrite | None:
        return {"id": whole("a", "zz"), "note": in_prose("a", "zz")}.get(str(path[-1]))

    after = rewrite_yaml(TextFile("x.yml", text), fields).text
    assert re.sub(r"\bzz(?![\w-])", "a", after) == text
    assert not re.search(r"id: a(?![\w-])|@a(?![\w-])", after)


def test_pages_without_anything_of_ours_stay(project: Path) -> None:
    text = "```\n[@good/a]\n```\n\n[@smith2020] [a@b.example]\n"
    assert rewrite_page(text, lambda name, id: "x/y", str) == text
    with pytest.raises(RenameError):
        renaming.rename_tag(renaming.open_site(Path("docs").resolve()), "nothing", "x")
