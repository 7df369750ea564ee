"""Under which paths git knows a briefing as published: moved by hand or with git, committed or not, several times."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from briefing.load import find_briefings
from briefing.load.git_history import former_paths

SOURCES = ("The council closed the bridge on Tuesday.\n" * 9, "Two ferries sail from the bay each day.\n" * 9)
Run = Callable[..., None]


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A docs folder inside a repository, with two briefings that are committed; the second is a draft."""
    docs = tmp_path / "site" / "docs"
    for name, source, status in zip(("a", "Draft One"), SOURCES, ("published", "draft"), strict=True):
        folder = docs / "briefings" / name
        folder.mkdir(parents=True)
        (folder / "source.txt").write_text(source, "utf-8")
        (folder / "briefing.yml").write_text(f"title: Of {name}\nstatus: {status}\n", "utf-8")
    git(tmp_path, "init", "-q")
    commit(tmp_path)
    return docs


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=Ann Bell", "-c", "user.email=ann@example.org")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True)


def commit(folder: Path) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "Move")


def move(docs: Path, old: str, new: str) -> None:
    (docs / new).parent.mkdir(parents=True, exist_ok=True)
    (docs / old).rename(docs / new)


def former(docs: Path) -> dict[str, tuple[str, ...]]:
    return dict(former_paths(docs, find_briefings(docs)))


def test_a_folder_that_stays_has_no_other_path(docs: Path) -> None:
    assert former(docs) == {}


@pytest.mark.parametrize("new", ["briefings/b", "briefings/Market Street (2)", "elsewhere/Ümläut “x”", "a"])
@pytest.mark.parametrize("commits", [False, True])
def test_a_move_is_seen_committed_or_not(docs: Path, new: str, commits: bool) -> None:
    move(docs, "briefings/a", new)
    if commits:
        commit(docs)
    assert former(docs) == {new: ("briefings/a",)}


def test_several_moves_lead_back_to_the_first(docs: Path) -> None:
    for old, new in (("a", "b"), ("b", "c d"), ("c d", "e")):
        move(docs, f"briefings/{old}", f"briefings/{new}")
        if new != "e":
            commit(docs)
    assert former(docs) == {"briefings/e": ("briefings/a", "briefings/b", "briefings/c d")}


def test_only_what_was_published_had_readers(docs: Path) -> None:
    move(docs, "briefings/Draft One", "briefings/second")
    (docs / "briefings/second/briefing.yml").write_text("title: Now public\nstatus: published\n", "utf-8")
    assert former(docs) == {}
    commit(docs)
    assert former(docs) == {}
    move(docs, "briefings/second", "briefings/third")
    assert former(docs) == {"briefings/third": ("briefings/second",)}


def test_a_path_that_is_in_use_again_is_not_a_former_one(docs: Path) -> None:
    move(docs, "briefings/a", "briefings/b")
    commit(docs)
    move(docs, "briefings/Draft One", "briefings/a")
    assert former(docs) == {}


def test_a_new_briefing_beside_one_that_is_deleted_has_not_moved(docs: Path) -> None:
    move(docs, "briefings/a", "briefings/b")
    (docs / "briefings/b/source.txt").write_text("Nothing of what was there before.\n" * 9, "utf-8")
    assert former(docs) == {}
    commit(docs)
    assert former(docs) == {}


def test_without_a_repository_or_a_commit_nothing_is_known(tmp_path: Path) -> None:
    assert former_paths(tmp_path, ["a"]) == {}
    git(tmp_path, "init", "-q")
    assert former_paths(tmp_path, ["a"]) == {}
