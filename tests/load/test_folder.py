"""A folder in any state gives a briefing or a located problem, never a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.load import find_briefings, load_briefing, load_people
from briefing.load.folder_files import FolderFiles
from briefing.load.reader import FolderReader
from briefing.load.schema.annotations import AnnotationsFile
from briefing.load.validate import validate
from briefing.load.yaml.events import read_yaml
from briefing.model.places import TextFile, locate
from tests.load.folders import FOLDER, GOOD, codes, copy_good, load, load_with
from tests.locks import locks_hold
from tests.sizes import sample, soak


def test_the_good_briefing_has_no_problem() -> None:
    people = load_people(GOOD)
    assert people.problems == ()
    loaded = load_briefing(GOOD, FOLDER, people.people)
    assert loaded.problems == ()
    assert loaded.briefing is not None
    assert len(loaded.briefing.annotations) == 15


def test_every_raw_file_of_a_briefing_is_named() -> None:
    names = load(GOOD).names
    there = [path.relative_to(GOOD).as_posix() for path in (GOOD / FOLDER).rglob("*.*") if path.is_file()]
    assert sorted(names) == sorted(there)


def test_an_original_is_named_even_where_briefing_yml_cannot_be_read(tmp_path: Path) -> None:
    loaded = load_with(tmp_path / "docs", {"briefing.yml": "- x", "original.docx": b"\0"})
    assert loaded.briefing is None
    assert f"{FOLDER}/original.docx" in loaded.names
    assert f"{FOLDER}/original.txt" in loaded.names


@pytest.mark.parametrize(
    "name", ["#source.txt#", "#quotes.yml#", "source.txt.save", "source (1).txt", "source copy.txt"]
)
def test_a_copy_that_an_editor_or_system_leaves_is_raw(name: str, tmp_path: Path) -> None:
    """What is in it need not be what is in the file any more."""
    assert f"{FOLDER}/{name}" in load_with(tmp_path / "docs", {name: b"Not to be published."}).names


def test_a_file_outside_is_not_named(tmp_path: Path) -> None:
    text = (GOOD / FOLDER / "briefing.yml").read_text("utf-8").replace("file: original.txt", "file: ../../people.yml")
    loaded = load_with(tmp_path / "docs", {"briefing.yml": text})
    assert codes(loaded) == ["outside-folder"]
    assert not any("people" in name for name in loaded.names)


def test_briefings_are_found_wherever_they_are(tmp_path: Path) -> None:
    for folder in ("b", "a/deep", ".hidden", "a/.git/x", "c"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "briefing.yml").touch()
    (tmp_path / "b" / "briefing.yaml").touch()
    (tmp_path / "linked").symlink_to(tmp_path / "b")
    (tmp_path / "d" / "briefing.yml").mkdir(parents=True)
    assert find_briefings(tmp_path) == ("a/deep", "b", "c", "d")
    assert find_briefings(tmp_path / "b") == (".",)
    assert find_briefings(tmp_path / "nowhere") == ()


def test_a_briefing_can_be_the_docs_folder_itself(tmp_path: Path) -> None:
    docs = copy_good(tmp_path / "docs", {}) / FOLDER
    loaded = load_briefing(docs, ".", {})
    assert loaded.problems == ()
    assert "briefing.yml" in loaded.names
    assert loaded.briefing is not None
    assert loaded.briefing.path == "."


def test_without_people_yml_there_is_nobody(tmp_path: Path) -> None:
    assert load_people(tmp_path).people == {}
    assert load_people(tmp_path).problems == ()


@pytest.mark.parametrize("name", ["comments", "references"])
def test_a_file_with_another_ending_is_not_passed_over(tmp_path: Path, name: str) -> None:
    loaded = load_with(tmp_path / "docs", {f"{name}.yml": None, f"{name}.yaml": f"{name}: []"})
    assert codes(loaded)[0] == "file-missing"
    assert "rename" in loaded.problems[0].hint


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("briefing.yml", None, "file-missing"),
        ("briefing.yml", "", "missing-field"),
        ("briefing.yml", "# nothing\n", "missing-field"),
        ("briefing.yml", "[]", "wrong-type"),
        ("briefing.yml", "text", "wrong-type"),
        ("briefing.yml", "<<: {}\n? []\n: x\n", "missing-field"),
        ("briefing.yml", b"title: \x93x\x94", "not-utf8"),
        ("source.txt", None, "file-missing"),
        ("source.txt", "", "empty-source"),
        ("source.txt", " \n\t\n", "empty-source"),
        ("source.txt", "x\0", "forbidden-character"),
    ],
)
def test_without_briefing_yml_or_source_the_problems_are_still_found(
    tmp_path: Path, name: str, text: str | bytes | None, code: str
) -> None:
    loaded = load_with(tmp_path / "docs", {name: text, "annotations/more.yml": "quotes: [{id: P}]"})
    assert code in codes(loaded)
    assert "bad-id" in codes(loaded)


def test_a_briefing_yml_with_errors_is_used_as_far_as_it_goes(tmp_path: Path) -> None:
    loaded = load_with(tmp_path / "docs", {"briefing.yml": "titel: x\nkey_points: [Unsound <b>]\n"})
    assert loaded.briefing is not None
    assert codes(loaded).count("missing-field") == 3
    assert "unsupported-markup" in codes(loaded)


def test_annotations_that_are_no_folder_are_a_problem(tmp_path: Path) -> None:
    docs = copy_good(tmp_path / "docs", {})
    for path in (docs / FOLDER / "annotations").iterdir():
        path.unlink()
    (docs / FOLDER / "annotations").rmdir()
    assert codes(load(docs)) == []
    (docs / FOLDER / "annotations").write_text("x")
    assert codes(load(docs)) == ["file-unreadable"]
    (docs / FOLDER / "annotations").unlink()
    (docs / FOLDER / "annotations").symlink_to(GOOD)
    assert codes(load(docs)) == ["outside-folder"]


def test_a_stray_link_or_folder_among_annotations_is_a_problem(tmp_path: Path) -> None:
    docs = copy_good(tmp_path / "docs", {})
    notes = docs / FOLDER / "annotations"
    (notes / "a.yml").symlink_to("/")
    (notes / "b.yaml").symlink_to("nowhere")
    (notes / "c.yml").mkdir()
    (notes / ".swap.yml").write_text("- x")
    (notes / "d\n.yml").write_text("quotes: []")
    (notes / "readme.md").write_text("x")
    loaded = load(docs)
    assert codes(loaded) == ["file-unreadable", "outside-folder", "file-missing", "file-unreadable"]
    assert loaded.briefing is not None
    assert len(loaded.briefing.annotations) == 15


@pytest.mark.parametrize("mode", [0o000, 0o400])
def test_a_locked_folder_is_a_problem(tmp_path: Path, mode: int) -> None:
    docs = copy_good(tmp_path / "docs", {})
    inner, outer = docs / FOLDER / "annotations", docs / FOLDER
    with locks_hold():
        inner.chmod(mode)
        assert set(codes(load(docs))) == {"file-unreadable"}
        outer.chmod(mode)
        assert set(codes(load(docs))) == {"file-unreadable"}
        assert set(find_briefings(docs)) <= {FOLDER}
        for path in (outer, inner):
            path.chmod(0o700)


def test_an_entry_that_is_kept_out_leaves_its_id(tmp_path: Path) -> None:
    quotes = "quotes:\n  - {id: a, target: x}\n  - {id: b, target: x, speaker: y}\n"
    figures = "figures:\n  - {id: c, target: x, label: x, type: date, basis: claim, value: x}\n"
    loaded = load_with(tmp_path / "docs", {"annotations/more.yml": quotes + figures})
    assert loaded.unread.entries == {("annotations", "a"), ("annotations", "c")}


# --- nothing raises ---------------------------------------------------------------------------------------------

GOOD_FILES = sorted(path for path in (GOOD / FOLDER).rglob("*.yml"))
WORDS = ["quotes", "id", "target", "exact", "text", "---", "...", "‹text›", "[key]", "<<", "null"]
MARKS = ["- ", ": ", ", ", "? ", " #", "\n  ", "&a ", "*a ", "!t ", *"\n[]{}\"'#|>~\t@`%\\\0é\u2028"]
PIECES = st.sampled_from(WORDS + MARKS)


@soak(300)
@given(data=st.data())
def test_a_mangled_file_gives_problems_with_places(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(GOOD_FILES)).read_text("utf-8")
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(PIECES) + text[at + data.draw(st.integers(0, 6)) :]
    _located(text)


@soak(500)
@given(st.lists(PIECES, max_size=30).map("".join))
def test_any_text_gives_problems_with_places(text: str) -> None:
    _located(text)


def _located(text: str) -> None:
    tree = read_yaml(TextFile("x.yml", text), frozenset({"text", "target"}))
    valid = validate(AnnotationsFile, tree, depth=2)
    for problem in (*tree.problems, *valid.problems):
        span = tree.file.span_of(problem.at)
        assert 0 <= span.start <= span.end <= len(text)
        assert locate(problem.at, {"x.yml": tree.file}) is not None
        assert problem.message


@settings(max_examples=50)
@given(data=st.binary(max_size=200))
def test_any_bytes_give_problems_with_places(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    docs = tmp_path_factory.mktemp("docs")
    (docs / "people.yml").write_bytes(data)
    people = load_people(docs)
    assert all(locate(problem.at, people.files) for problem in people.problems)


# --- size -------------------------------------------------------------------------------------------------------


@pytest.mark.soak
def test_thousands_of_entries_are_read() -> None:
    entry = "  - id: q{0}\n    target: words number {0}\n    speaker: ann\n    tags: [a, b]\n"
    text = "quotes:\n" + "".join(entry.format(number) for number in range(sample(10_000)))
    valid = validate(AnnotationsFile, read_yaml(TextFile("x.yml", text), frozenset()), depth=2)
    assert valid.given is not None
    assert len(valid.given.quotes) == sample(10_000)


@pytest.mark.full
@pytest.mark.parametrize(
    "text",
    [
        "note: " + "word " * 200_000,
        "note: '" + "it''s " * 170_000 + "'",
        'note: "' + "\\u2014 " * 140_000 + '"',
        'note: "' + " " * 1_000_000,
        "note: " + "# " * 500_000,
        "note: x: " + "y " * 500_000,
        "[" * 40_000,
        "- " * 40_000,
        "a" * 1_000_000 + ":",
        "{a: " * 40_000,
    ],
    ids=["plain", "single", "double", "blanks", "hashes", "colon", "brackets", "dashes", "key", "braces"],
)
def test_a_long_line_or_deep_nesting_is_answered(text: str) -> None:
    tree = read_yaml(TextFile("x.yml", text), frozenset({"note"}))
    assert tree.problems or validate(AnnotationsFile, tree, depth=2).problems


def test_a_folder_is_never_written_to(tmp_path: Path) -> None:
    docs = copy_good(tmp_path / "docs", {})
    before = {path: path.stat().st_mtime_ns for path in docs.rglob("*")}
    load(docs)
    assert {path: path.stat().st_mtime_ns for path in docs.rglob("*")} == before


def test_a_desk_names_files_from_the_docs_folder() -> None:
    assert FolderReader(FolderFiles("a/b")).name("c.yml") == "a/b/c.yml"
    assert FolderReader(FolderFiles("")).name("c.yml") == "c.yml"
