"""No file can surprise: what cannot be read, or must not be, is a problem with its place."""

from __future__ import annotations

import os
from pathlib import Path
from posixpath import relpath

import pytest

from briefing.load.folder_files import TEXT_LIMIT, YAML_LIMIT, decode, read_folder
from briefing.model.places import Problem
from tests.load.folders import where
from tests.locks import locks_hold


def read(tmp_path: Path, name: str = "b/source.txt", limit: int = TEXT_LIMIT) -> tuple[str | None, tuple[Problem, ...]]:
    file, problems = read_folder(tmp_path, "b").text(relpath(name, "b"), limit)
    return file.text if file and not problems else None, problems


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    return tmp_path / "b"


def test_text_comes_as_it_is_without_its_mark(tmp_path: Path, folder: Path) -> None:
    (folder / "source.txt").write_bytes("\ufeffone\r\ntwo\rthree\u2028four\n".encode())
    assert read(tmp_path) == ("one\r\ntwo\rthree\u2028four\n", ())


def test_a_missing_file_is_a_problem(tmp_path: Path, folder: Path) -> None:
    assert [problem.code for problem in read(tmp_path)[1]] == ["file-missing"]


def test_a_folder_in_place_of_a_file_is_a_problem(tmp_path: Path, folder: Path) -> None:
    (folder / "source.txt").mkdir()
    assert [problem.code for problem in read(tmp_path)[1]] == ["file-unreadable"]


def test_a_file_in_place_of_the_folder_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "b").write_text("x")
    assert [problem.code for problem in read(tmp_path)[1]] == ["file-missing"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path, folder: Path) -> None:
    os.mkfifo(folder / "source.txt")
    assert [problem.code for problem in read(tmp_path)[1]] == ["file-unreadable"]


def test_a_locked_file_is_a_problem(tmp_path: Path, folder: Path) -> None:
    (folder / "source.txt").touch(0)
    with locks_hold():
        assert [problem.code for problem in read(tmp_path)[1]] == ["file-unreadable"]


@pytest.mark.parametrize(
    ("target", "code"),
    [("../secret.txt", "outside-folder"), ("nowhere.txt", "file-missing"), ("source.txt", "file-unreadable")],
)
def test_a_link_out_to_nowhere_or_to_itself_is_a_problem(tmp_path: Path, folder: Path, target: str, code: str) -> None:
    (folder / "source.txt").symlink_to(target)
    assert [problem.code for problem in read(tmp_path)[1]] == [code]


def test_a_link_within_the_folder_is_followed(tmp_path: Path, folder: Path) -> None:
    (folder / "text.txt").write_text("x")
    (folder / "source.txt").symlink_to("text.txt")
    assert read(tmp_path) == ("x", ())


def test_a_docs_folder_that_is_a_link_is_no_way_out(tmp_path: Path, folder: Path) -> None:
    (folder / "source.txt").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path)
    assert read(tmp_path / "link") == ("x", ())


def test_a_linked_folder_is_outside(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "source.txt").write_text("x")
    (tmp_path / "b").symlink_to(elsewhere)
    assert [problem.code for problem in read(tmp_path)[1]] == ["outside-folder"]


@pytest.mark.parametrize("name", ["b/../secret.txt", "../x", "/etc/hostname", "b/" + "x" * 5000])
def test_a_path_that_leads_out_or_nowhere_is_a_problem(tmp_path: Path, folder: Path, name: str) -> None:
    assert read(tmp_path, name)[1][0].code in ("outside-folder", "file-unreadable", "file-missing")


@pytest.mark.parametrize("limit", [YAML_LIMIT, TEXT_LIMIT])
def test_a_file_over_the_limit_is_a_problem(tmp_path: Path, folder: Path, limit: int) -> None:
    (folder / "source.txt").write_bytes(b"x" * limit)
    assert read(tmp_path, limit=limit)[1] == ()
    (folder / "source.txt").write_bytes(b"x" * (limit + 1))
    assert [problem.code for problem in read(tmp_path, limit=limit)[1]] == ["file-too-large"]


@pytest.mark.parametrize(
    ("data", "encoding", "line_and_column"),
    [
        ("one\ntwo “three”".encode("cp1252"), "Windows-1252", "line 2, column 5"),
        ("é\r\nsaid x".encode() + b" \x93", "Windows-1252", "line 2, column 8"),
        ("naïve".encode("latin-1"), "Windows-1252", "line 1, column 3"),
        ("日本語".encode("shift-jis"), "", "line 1, column 1"),
        (b"\xef\xbb\xbfone \x93", "Windows-1252", "line 1, column 5"),
    ],
)
def test_another_encoding_is_named_with_its_first_character(data: bytes, encoding: str, line_and_column: str) -> None:
    file, (problem,) = decode(data, "b/source.txt")
    assert problem.code == "not-utf8"
    assert line_and_column in problem.message
    assert problem.hint.startswith(f"the file is probably {encoding}" if encoding else "open it")
    line, column = line_and_column.removeprefix("line ").split(", column ")
    assert where(problem, {file.name: file}).startswith(f"{line}:{column} ")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "utf-32"])
def test_a_file_of_another_unicode_encoding_is_named_whole(encoding: str) -> None:
    _, (problem,) = decode("one two".encode(encoding), "b/source.txt")
    assert (problem.code, problem.at.span) == ("not-utf8", None)
    assert f"is saved as {encoding.upper()[:6]}, and not as UTF-8" in problem.message


def test_a_broken_byte_in_a_file_of_utf8_is_no_other_encoding() -> None:
    _, (problem,) = decode("“one” – two”".encode() + b" \x93", "source.txt")
    assert problem.hint.startswith("the rest of the file is UTF-8")


@pytest.mark.parametrize("character", ["\0", "\x02", "\x03", "\x0b", "\x0c", "\x1b", "\x7f", "\x80", "\uffff"])
def test_a_control_character_is_a_problem_with_its_place(character: str) -> None:
    file, (problem,) = decode(f"one\r\ntwo {character} three {character}".encode(), "source.txt")
    assert problem.code == "forbidden-character"
    assert where(problem, {file.name: file}) == f"2:5 «{character}»"
    assert "1 more" in problem.message


def test_tabs_and_line_ends_are_allowed() -> None:
    assert decode("a\tb\nc\rd\r\ne\u2028f\u200b".encode(), "source.txt")[1] == ()


def test_a_line_of_a_million_characters_is_read() -> None:
    file, (problem,) = decode(b"x y " * 250_000 + b"\x02", "source.txt")
    assert where(problem, {file.name: file}).startswith("1:1000001 ")
