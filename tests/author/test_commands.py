"""The editing commands as an author types them, on a copy of the good briefing."""

from __future__ import annotations

import shutil
import subprocess
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefing.authoring.edit import files
from briefing.cli import main
from briefing.pipeline import checking
from tests.sites import make_site

FOLDER = "docs/briefings/good"
QUOTES = f"{FOLDER}/annotations/quotes.yml"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_site(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, code: int = 0) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == code, result.output
    assert not isinstance(result.exception, Exception) or isinstance(result.exception, SystemExit)
    return result


def read(name: str = QUOTES) -> str:
    return Path(name).read_bytes().decode()


def state() -> dict[str, bytes]:
    return {path.as_posix(): path.read_bytes() for path in Path("docs").rglob("*") if path.is_file()}


def clean() -> None:
    assert not [problem for problem, _ in checking.check_library(Path("docs")).located()]


# --- find -------------------------------------------------------------------------------------------------------


def test_words_in_one_place_are_a_target_to_paste(project: Path) -> None:
    shown = run("find", "fares will cover 60 percent").output
    assert shown == f"# {FOLDER}/source.txt:5:74, paragraph 5\ntarget: >-\n  fares will cover 60 percent\n\n"


def test_words_in_several_places_are_told_apart(project: Path) -> None:
    shown = run("find", "the landing stage").output
    assert shown.count("target:\n  exact: >-\n    the landing stage\n") == 2
    assert f"{FOLDER}/source.txt:7:" in shown and f"{FOLDER}/source.txt:9:" in shown


def test_words_in_a_comment_say_which(project: Path) -> None:
    assert "in comment c2\ntarget: >-\n  212 people\nin: c2" in run("find", "212 people").output


def test_the_parts_of_an_interrupted_target_are_found_together(project: Path) -> None:
    shown = run("find", "A ferry is a fine thing to look at", "But nobody has shown us").output
    assert "target:\n  - >-\n    A ferry is a fine thing to look at\n  - >-\n    But nobody has shown us\n" in shown


def test_words_that_are_nowhere_have_the_diagnosis_of_a_check(project: Path) -> None:
    shown = run("find", "nobody has told us who pays", code=1).output
    assert "orphan" in shown and "the source says “has shown”, not “has told”" in shown


def test_in_several_briefings_only_what_comes_nearest_is_diagnosed(project: Path) -> None:
    other = Path("docs/briefings/another")
    shutil.copytree(FOLDER, other)
    source = other / "source.txt"
    source.write_text(source.read_text("utf-8").replace("has shown us who pays", "has told us"), "utf-8")
    shown = run("find", "nobody has told us who pays", code=1).output
    assert shown.startswith(f"these words are in none of 2 briefings; the most similar passage is in {FOLDER}:\n")
    assert shown.count("orphan") == 1 and "“has shown”, not “has told”" in shown
    shown = run("find", "an elephant in Zanzibar quarrels", code=1).output
    assert shown == "these words are in none of 2 briefings; and nothing there is similar\n"


# --- add --------------------------------------------------------------------------------------------------------


def test_a_quotation_takes_its_place_in_the_order_of_the_source(project: Path) -> None:
    before = read()
    done = run("add", "quote", "dozens of small repairs", "--speaker", "thornbury", "--tag", "boats")
    written = (
        "  - id: dozens-of-small-repairs\n"
        "    target: >-\n"
        "      dozens of small repairs\n"
        "    kind: fragment\n"
        "    speaker: thornbury\n"
        "    tags: [boats]\n\n"
    )
    assert read() == before.replace("  - id: who-pays\n", written + "  - id: who-pays\n")
    assert done.stdout == f"{QUOTES}:14: added dozens-of-small-repairs\n"
    assert done.stderr.startswith(
        "  kind: fragment, because the words are less than a sentence of what is in quotation"
    )
    clean()


@pytest.mark.parametrize(
    ("words", "kind", "said"),
    [
        ("the first boat would sail on 3 March", (), "  kind: reported, because the words are not in quotation marks"),
        ("That stops in the spring", (), ""),
        ("dozens of small repairs", ("--kind", "fragment"), ""),
    ],
)
def test_a_kind_that_the_words_decide_is_said(project: Path, words: str, kind: tuple[str, ...], said: str) -> None:
    told = run("add", "quote", words, "--speaker", "thornbury", *kind).stderr
    assert told.startswith(said) if said else "kind:" not in told


def test_a_kind_is_said_also_where_what_follows_from_it_is_refused(project: Path) -> None:
    told = run("add", "quote", "Eleven councillors were in favour", "--speaker", "thornbury", code=1).stderr
    assert "kind: reported, because" in told and "attribution-missing" in told


def test_a_target_in_several_places_gets_its_context(project: Path) -> None:
    choices = run("add", "context", "the landing stage", "--title", "Owner", "--note", "So.", code=1).output
    assert "ambiguous" in choices and "--place 2  line 9, paragraph 9" in choices
    run("add", "context", "the landing stage", "--title", "Owner", "--note", "So.", "--place", "2")
    assert "paragraph 9 of source.txt" in run("show", "owner").output
    clean()


def test_figures_have_values_ranges_and_words(project: Path) -> None:
    shared = ("--label", "Share in 2018", "--type", "share", "--basis", "reported")
    run("add", "figure", "41 percent", *shared, "--value", "41", "--unit", "% of costs", "--period", "2018")
    run("add", "figure", "two second-hand boats", "--label", "Boats", "--type", "count", "--basis", "pledge",
        "--value-words", "two", "--min", "2", "--max", "2", "--id", "two-boats")  # fmt: skip
    run("add", "figure", "212 people", "--in", "c2", "--label", "Best day", "--type", "count",
        "--basis", "claim", "--from", "212", "--to", "212")  # fmt: skip
    text = read(f"{FOLDER}/annotations/figures.yml")
    assert '    value: 41\n    unit: "% of costs"\n    period: 2018\n' in text
    assert "    value:\n      words: two\n      min: 2\n      max: 2\n" in text
    assert "    in: c2\n" in text and "      from: 212\n      to: 212\n" in text
    assert text.index("id: boats-and-repairs") < text.index("id: passengers") < text.index("id: share-in-2018")
    clean()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("quote", "nobody has told us", "--speaker", "vane"), "orphan"),
        (("quote", "landing stage", "--speaker", "vane"), "ambiguous"),
        (("quote", "held up by habit", "--speaker", "vain"), "did you mean “vane”"),
        (("quote", "held up by habit", "--speaker", "vane", "--id", "who-pays"), "duplicate-id"),
        (("quote", "held up by habit", "--speaker", "vane", "--note", "See [@fares-2081]."), "unknown-citation"),
        (("quote", "held up by habit", "--speaker", "vane", "--in", "c9"), "unknown-comment"),
        (("quote", "the Saltgate ferry", "--speaker", "vane", "--place", "7"), "no place 7"),
        (
            ("figure", "41 percent", "--label", "x", "--type", "share", "--basis", "claim", "--value", "42"),
            "value-not-in-target",
        ),
    ],
)
def test_whatever_is_wrong_is_said_and_nothing_is_written(project: Path, arguments: tuple[str, ...], said: str) -> None:
    before = state()
    shown = run("add", *arguments, code=1).output
    assert said in shown and "nothing was written" in shown
    assert state() == before


def test_a_first_annotation_makes_its_file_with_the_schema_of_the_briefing(project: Path) -> None:
    Path(f"{FOLDER}/annotations/context.yml").unlink()
    main_file = Path(f"{FOLDER}/briefing.yml")
    line = "# yaml-language-server: $schema=../../../schemas/briefing.schema.json\n"
    text = main_file.read_text("utf-8").replace("[@landing-stage]", "").replace("[@worth-it]", "")
    main_file.write_text(line + text, "utf-8")
    run("add", "context", "second-hand boats", "--title", "Boats", "--note", "Old ones: #1 and #2.")
    assert read(f"{FOLDER}/annotations/context.yml") == (
        "# yaml-language-server: $schema=../../../../schemas/annotations.schema.json\n"
        "context:\n"
        "  - id: boats\n"
        "    target: >-\n"
        "      second-hand boats\n"
        "    title: Boats\n"
        "    note: >-\n"
        "      Old ones: #1 and #2.\n"
    )


def test_a_dry_run_prints_the_entry(project: Path) -> None:
    before = state()
    shown = run("add", "quote", "held up by habit", "--speaker", "harbour-trust", "--via", "vane", "--dry-run").stdout
    assert shown.startswith("- id: held-up-by-habit\n  target: >-\n    held up by habit\n")
    assert state() == before


def test_line_ends_byte_order_mark_and_comments_stay(project: Path) -> None:
    old = b"\xef\xbb\xbf" + ("# mine\n" + read()).replace("\n", "\r\n").encode()
    Path(QUOTES).write_bytes(old)
    run("add", "quote", "That stops in the spring", "--speaker", "thornbury", "--status", "draft")
    new = Path(QUOTES).read_bytes()
    assert new.startswith(b"\xef\xbb\xbf# mine\r\n") and new.count(b"\n") == new.count(b"\r\n")
    lines = new.split(b"\r\n")
    assert [line for line in old.split(b"\r\n") if line not in lines] == []


def test_an_annotation_is_added_beside_figures_that_have_a_measure(project: Path) -> None:
    Path("docs/measures.yml").write_text("years: {label: Years without a ferry, unit: years}\n", "utf-8")
    figure = "figures:\n  - {id: gap, target: six years, label: Gap, type: count, basis: reported, "
    more = "value: 6, unit: years, measure: years}\n"
    Path(f"{FOLDER}/annotations/more.yml").write_text(figure + more, "utf-8")
    clean()
    run("add", "context", "second-hand boats", "--title", "Boats", "--note", "Old ones.")
    run("suggest", "-b", "good")
    run("fmt")


def test_nothing_is_added_to_the_drafts_of_a_command(project: Path) -> None:
    Path(f"{FOLDER}/annotations/context.yml").rename(f"{FOLDER}/annotations/suggested.yml")
    run("add", "context", "second-hand boats", "--title", "Boats", "--note", "Old ones.")
    assert "title: Boats" in read(f"{FOLDER}/annotations/context.yml")


PEOPLE = Path("docs/people.yml")


@pytest.mark.parametrize(
    "arguments",
    [
        ("add", "quote", "dozens of small repairs", "--speaker", "thornbury"),
        ("add", "reference", "10.1000/182"),
        ("new", "talk", "--from", "talk.vtt"),
    ],
    ids=" ".join,
)
def test_people_who_changed_since_they_were_read_keep_what_rests_on_them_from_being_written(
    project: Path, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    voices = "".join(
        f"00:0{n}.000 --> 00:0{n}.900\n<v {who}>{words}\n\n"
        for n, (who, words) in enumerate([("Ann Lee", "Good morning to all."), ("Ben Roe", "The boats are late.")] * 4)
    )
    Path("talk.vtt").write_text(f"WEBVTT\n\n{voices}", "utf-8")
    before = {}
    really_locked = files.locked

    def locked(root: Path) -> AbstractContextManager[None]:  # the last moment before a command has the folder alone
        if not before:
            PEOPLE.write_text(PEOPLE.read_text("utf-8") + "someone-else: Someone Else\n", "utf-8")
            before.update(state())
        return really_locked(root)

    monkeypatch.setattr(files, "locked", locked)
    said = run(*arguments, code=1).output
    assert "nothing was written" in said and "people.yml has been changed by another program" in said
    assert state() == before
    assert run(*arguments).exit_code == 0


# --- show -------------------------------------------------------------------------------------------------------


def test_the_one_briefing_that_is_a_draft_is_reviewed_where_there_are_several(project: Path) -> None:
    shutil.copytree(FOLDER, "docs/briefings/second")
    assert "there are several briefings" in run("review", "--list", code=2).output
    main_file = Path("docs/briefings/second/briefing.yml")
    main_file.write_text(main_file.read_text("utf-8").replace("status: published", "status: draft"), "utf-8")
    assert run("review", "--list").output.startswith("docs/briefings/second: ")


def test_show_underlines_the_words_and_names_who_cites_them(project: Path) -> None:
    shown = run("show", "stage-survey").output
    assert "reference stage-survey" in shown and "quotation who-pays; context note landing-stage" in shown
    shown = run("show", "lectures").output
    line, carets = (part[4:] for part in shown.split("\n")[2:4])
    assert "".join(c for c, mark in zip(line, carets, strict=False) if mark == "^").startswith("For six years, our")
    assert "quotation leave-early" in shown and "Ada Thornbury (thornbury)" in shown and "problems   none" in shown
    assert "did you mean “who-pays”" in run("show", "who-pay", code=1).output


def test_show_prints_the_problems_of_one_annotation(project: Path) -> None:
    Path(QUOTES).write_text(read().replace("shown us", "told us"), "utf-8")
    shown = run("show", "who-pays").output
    assert "problems   1" in shown and "orphan" in shown and "^^^" in shown
    assert "problems   none" in run("show", "held-up").output


# --- fmt --------------------------------------------------------------------------------------------------------


def test_fmt_orders_and_wraps_once_and_for_all(project: Path) -> None:
    shown = run("fmt").output
    assert "annotations/" in shown
    done = state()
    run("fmt", "--check")
    run("fmt")
    assert state() == done
    clean()


def test_fmt_keeps_comments_with_their_entries_and_within_their_sections(project: Path) -> None:
    text = read().replace("  - id: held-up\n", "  # of the trust\n  - id: held-up\n")
    text = text.replace("  - id: fine-thing\n", "  # reported next\n\n  - id: fine-thing\n")
    Path(QUOTES).write_text(text, "utf-8")
    entries = [f"  - id: {each}" for each in text.split("  - id: ")[1:]]
    moved = text.replace(entries[0], "").replace("  # reported next", entries[0].rstrip() + "\n\n  # reported next")
    Path(QUOTES).write_text(moved, "utf-8")
    run("fmt", "--check", code=1)
    assert read() == moved
    run("fmt")
    assert read().replace("\n", "").count("# of the trust  - id: held-up") == 1
    assert [line.split()[-1] for line in read().splitlines() if "- id:" in line] == [
        "leave-early", "who-pays", "held-up", "half-a-town", "survey-first", "fine-thing",
    ]  # fmt: skip
    clean()


def test_long_lines_are_wrapped_and_their_words_stay(project: Path) -> None:
    words = " ".join(f"word{number}" for number in range(40)) + " [@stage-survey]."
    Path(QUOTES).write_text(read().replace("The mayor promises a ferry for students.", words), "utf-8")
    run("fmt")
    assert max(map(len, read().splitlines())) <= 88
    assert words in " ".join(read().split())


def test_a_file_with_bad_yaml_is_left_alone(project: Path) -> None:
    Path(QUOTES).write_text(read() + "quotes: *x\n", "utf-8")
    before = state()[QUOTES]
    assert "not changed" in run("fmt").output
    assert state()[QUOTES] == before


def git(*arguments: str) -> str:
    identity = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", *identity, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("swap", [False, True])
def test_two_branches_that_each_add_annotations_merge_without_a_conflict(project: Path, swap: bool) -> None:
    shutil.rmtree(project / "site", ignore_errors=True)
    run("fmt")
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "base")
    first = ("add", "quote", "dozens of small repairs", "--speaker", "thornbury")
    second = ("add", "quote", "zonder veer", "--speaker", "brink", "--id", "ferry")
    figures = (
        (
            "add",
            "figure",
            "four against",
            "--label",
            "Against",
            "--type",
            "count",
            "--basis",
            "reported",
            "--value",
            "4",
        ),
        ("add", "figure", "41 percent", "--label", "2018", "--type", "share", "--basis", "reported", "--value", "41"),
    )
    for branch, commands in (("a", (first, figures[0])), ("b", (second, figures[1]))):
        git("checkout", "-q", "-b", branch, "main")
        for command in commands:
            run(*command)
        run("fmt", "--check")
        git("commit", "-qam", branch)
    git("checkout", "-q", "b" if swap else "a")
    git("merge", "-q", "--no-edit", "a" if swap else "b")
    assert read().count("- id:") == 8
    run("fmt", "--check")
    clean()


ADDED = """  - id: {id}
    target: >-
      {words}
    kind: fragment
    speaker: {speaker}
    note: >-
      What {id} is about [@stage-survey].

"""


def between_the_same(id: str, words: str, speaker: str) -> None:
    """One more quotation just before the second one of the file, whoever writes it."""
    text = read()
    at = text.index("  - id:", text.index("  - id:") + 1)
    Path(QUOTES).write_text(text[:at] + ADDED.format(id=id, words=words, speaker=speaker) + text[at:], "utf-8")


@pytest.fixture
def branches(project: Path) -> Path:
    """A repository with two branches that add a quotation each between the same two, and a reference each."""
    shutil.rmtree(project / "site", ignore_errors=True)
    git("init", "-q", "-b", "main")
    git("add", ".")
    git("commit", "-qm", "base")
    assert "entry by entry" in run("merge", "--install").output
    assert "**/annotations/*.yml merge=briefing" in Path(".gitattributes").read_text("utf-8")
    git("add", ".")
    git("commit", "-qm", "merge entries")
    for branch, *said in (("a", "dozens of small repairs", "thornbury"), ("b", "zonder veer", "brink")):
        git("checkout", "-q", "-b", branch, "main")
        between_the_same(f"more-{branch}", *said)
        references = Path(FOLDER, "references.yml")
        one = f"\n  - id: work-{branch}\n    title: Work {branch}\n    url: https://example.org/{branch}\n"
        references.write_text(references.read_text("utf-8").rstrip("\n") + "\n" + one, "utf-8")
        git("commit", "-qam", branch)
    return project


@pytest.mark.full
@pytest.mark.parametrize("swap", [False, True])
def test_entries_between_the_same_neighbours_are_merged_by_the_driver(branches: Path, swap: bool) -> None:
    git("checkout", "-q", "b" if swap else "a")
    git("merge", "-q", "--no-edit", "a" if swap else "b")
    assert read().count("- id: more-") == 2 and "<<<<" not in read()
    assert Path(FOLDER, "references.yml").read_text("utf-8").count("- id: work-") == 2
    run("check")
    run("fmt")
    run("fmt", "--check")
    run("merge", "--install")
    assert Path(".gitattributes").read_text("utf-8").count("merge=briefing") == 3


@pytest.mark.full
def test_what_both_changed_differently_is_a_conflict_as_git_shows_it(branches: Path) -> None:
    for branch in ("a", "b"):
        git("checkout", "-q", branch)
        Path(QUOTES).write_text(read().replace("The mayor promises a ferry for students.", f"Said {branch}."), "utf-8")
        git("commit", "-qam", "the same note")
    done = subprocess.run(["git", "merge", "--no-edit", "a"], capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "CONFLICT" in done.stdout
    assert read().count("<<<<<<< ") == 1 and "Said a." in read() and "Said b." in read()


@pytest.mark.parametrize("arguments", [("one.yml",), ("a", "b", "c", "--install"), ()])
def test_merge_says_how_it_is_called(project: Path, arguments: tuple[str, ...]) -> None:
    assert "BASE OURS THEIRS" in run("merge", *arguments, code=2).output


def test_merge_outside_of_a_repository_is_a_plain_message(project: Path) -> None:
    assert "not in a Git repository" in run("merge", "--install", code=1).output
    assert "cannot be read" in run("merge", "a.yml", "b.yml", "c.yml", code=1).output
