"""Two browsers, a command and a text editor at once lose nothing; what is killed leaves all old or all new."""

from __future__ import annotations

import itertools
import os
import random
import shutil
import signal
import threading
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from briefing.authoring.edit.files import UNFINISHED, finish
from briefing.pipeline.checking import check_alone
from tests.author.test_writers import RENAMINGS, Dying, end, is_midway, start
from tests.editor.author import GOOD, Author, state
from tests.sites import GOOD as DOCS
from tests.sizes import WHOLE, sample

QUOTES = f"{GOOD}/annotations/quotes.yml"
CONTEXT = f"{GOOD}/annotations/context.yml"
WORDS = ("Saltgate", "estuary", "second-hand boats", "full year", "harbour trust", "Zandhaven", "mayor", "survey")


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    shutil.copytree(DOCS, tmp_path / "docs")
    (tmp_path / "mkdocs.yml").write_text("site_name: A site\n", "utf-8")
    return tmp_path / "docs"


class TextEditor:
    """Saves a file as careful text editors do: in one step, and only if it is still what was opened."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.lines = 0

    def add_line(self) -> None:
        opened = self.file.read_bytes()
        written = opened.replace(b"context:\n", f"# line {self.lines}\ncontext:\n".encode(), 1)
        fresh = self.file.with_name(f".{self.file.name}.swp")
        fresh.write_bytes(written)
        if self.file.read_bytes() == opened:
            fresh.replace(self.file)
            self.lines += 1
        else:
            fresh.unlink()


def at_once(*work: Callable[[], None]) -> None:
    """Do all of it in threads; what one raises is raised."""
    failed: list[BaseException] = []

    def guarded(one: Callable[[], None]) -> None:
        try:
            one()
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=guarded, args=(one,)) for one in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]


@pytest.mark.full
def test_two_previews_and_a_text_editor_lose_nothing(docs: Path) -> None:
    """Each author adds notes and changes a field of one that all change; the editor adds lines by hand."""
    editor, rounds = TextEditor(docs / CONTEXT), 40 if WHOLE else 4
    added: list[str] = []
    answers: list[tuple[int, Mapping[str, Any]]] = []

    def write(name: str) -> None:
        author = Author(docs)
        for number in range(rounds):
            fields = {"title": "A word", "note": "A note.", "id": f"{name}-{number}"}
            place = {"words": [WORDS[number % len(WORDS)]], "number": 1}
            answers.append(author.ask("save", kind="context", fields=fields, place=place))
            if answers[-1][0] == 200:
                added.append(fields["id"])
            answers.append(author.ask("save", id="landing-stage", fields={"tags": [f"{name}-{number}"]}))

    def type_lines() -> None:
        for _ in range(rounds * 4):
            editor.add_line()
            time.sleep(0.02)

    at_once(lambda: write("one"), lambda: write("other"), type_lines)
    assert [told for status, told in answers if status not in (200, 409)] == []
    assert len(added) >= rounds, answers
    text = (docs / CONTEXT).read_text("utf-8")
    assert [id for id in added if f"- id: {id}\n" not in text] == []
    assert editor.lines and all(f"# line {number}\n" in text for number in range(editor.lines))
    assert not list(docs.rglob(".*"))
    checked = check_alone(docs, GOOD)
    assert not [problem for problem in checked.problems if problem.severity == "error"]


@pytest.mark.full
def test_one_preview_answers_many_requests_at_once(docs: Path) -> None:
    author = Author(docs)
    saved: list[str] = []

    def write(name: str) -> None:
        place = {"words": ["held up by habit"]}
        told = author.done("save", kind="context", fields={"title": "Habit", "note": f"A {name}."}, place=place)
        saved.append(told["id"])

    at_once(*(partial(write, name) for name in ("boat", "ferry", "town", "tide", "pier", "bell")))
    assert sorted(saved) == ["habit", *(f"habit-{number}" for number in range(2, 7))]


@pytest.mark.full
def test_a_command_that_writes_meanwhile_and_a_page_both_take_effect(docs: Path) -> None:
    author = Author(docs)
    seen = author.done("open", id="held-up")["seen"]
    words = ("add", "context", "held up by habit", "--title", "Habit", "--note", "So.", "--id", "habit")
    assert end(docs.parent, start(docs.parent, words))[0] == 0
    author.done("save", id="held-up", fields={"tags": ["boats"]}, seen=seen)
    assert author.done("open", id="habit")["fields"]["note"] == "So."
    assert author.done("open", id="held-up")["fields"]["tags"] == ["boats"]


def test_a_file_that_changes_while_it_is_checked_is_read_again(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between reading and writing, somebody else saves: the change is made again on what is there now."""
    from briefing.authoring import tried_change

    check, author, times = tried_change.check_with, Author(docs), [0]

    def meanwhile(*arguments: Any) -> Any:
        times[0] += 1
        if times[0] <= most:
            (docs / QUOTES).write_bytes((docs / QUOTES).read_bytes() + f"# {times[0]}\n".encode())
        return check(*arguments)

    monkeypatch.setattr(tried_change, "check_with", meanwhile)
    most = 2
    author.done("save", id="held-up", fields={"tags": ["boats"]})
    text = (docs / QUOTES).read_text("utf-8")
    assert "tags: [boats]" in text and text.endswith("# 1\n# 2\n")
    times[0], most = 0, 100
    assert "changed by another program" in author.refused(409, "save", id="held-up", fields={"tags": ["ferries"]})
    assert "[ferries]" not in (docs / QUOTES).read_text("utf-8") and times[0] == 3


def test_a_disk_that_refuses_leaves_what_was_there(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    author, before = Author(docs), state(docs)
    monkeypatch.setattr(os, "fsync", full)
    assert "no space left" in author.refused(500, "save", id="held-up", fields={"tags": ["boats"]}).lower()
    assert state(docs) == before


SAVES: Mapping[str, Mapping[str, Any]] = {
    "a note": {
        "kind": "context",
        "fields": {"title": "Habit", "note": "So it is."},
        "place": {"words": ["held up by habit"]},
    },
    "a field": {"id": "who-pays", "fields": {"tags": ["money"]}},
    "a person, in two files": {"kind": "person", "id": "", "fields": {"name": "Nell Okafor", "role": "Reporter"}},
    "a file that is new": {
        "kind": "figures",
        "fields": {"label": "Votes", "type": "count", "basis": "reported", "value": "11"},
        "place": {"words": ["Eleven councillors"]},
    },
}


def killed(docs: Path, die: Callable[[], None], after: float, asked: Mapping[str, Any], undo: bool = False) -> bool:
    """Have a save, and perhaps its undoing, killed in a process of its own; return whether it was before its end."""
    child = os.fork()
    if not child:
        try:
            author = Author(docs)
            if undo:
                saved = author.done("save", **asked)
                die()
                author.ask("undo", undo=saved["undo"])
            else:
                die()
                author.ask("save", **asked)
        finally:
            os._exit(0)
    if after:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


@pytest.mark.full
@pytest.mark.parametrize("name", SAVES)
def test_a_kill_before_any_renaming_of_a_save_leaves_all_old_or_all_new(docs: Path, tmp_path: Path, name: str) -> None:
    """The kills before the last two are in the middle: of two files, one is then new and the other old."""
    if name == "a file that is new":
        (docs / GOOD / "annotations/figures.yml").unlink()
    shutil.copytree(docs, tmp_path / "begun")
    before = state(docs)
    Author(docs).done("save", **SAVES[name])
    after = state(docs)
    left: list[tuple[bool, bool, bool]] = []
    for step in itertools.count(1):
        shutil.rmtree(docs)
        shutil.copytree(tmp_path / "begun", docs)
        if not killed(docs, Dying(step, RENAMINGS), 0, SAVES[name]):
            break
        is_mixed = {path: content for path, content in state(docs).items() if UNFINISHED not in path}
        midway = is_midway(docs)
        finish(docs)
        left.append((midway, is_mixed not in (before, after), state(docs) == after))
        assert state(docs) in (before, after) and not list(docs.rglob(UNFINISHED))
    assert state(docs) == after
    untouched, decided, torn = (True, False, False), (True, False, True), (True, True, True)
    hidden = (False, False, False)
    two = [hidden, untouched, decided, torn]
    assert left == (two if name == "a person, in two files" else [hidden, untouched])


@pytest.mark.soak
@pytest.mark.parametrize(
    ("name", "undo"), [*((name, False) for name in SAVES), ("a field", True), ("a person, in two files", True)]
)
def test_what_is_killed_in_the_middle_leaves_all_old_or_all_new(
    tmp_path: Path, docs: Path, name: str, undo: bool
) -> None:
    """Half of the points are steps on the disk, half are moments."""
    if name == "a file that is new":
        (docs / GOOD / "annotations/figures.yml").unlink()
    begun, asked, dice = tmp_path / "begun", SAVES[name], random.Random(f"{name} {undo}")
    shutil.copytree(docs, begun)
    before = state(docs)
    Author(docs).done("save", **asked)
    after = state(docs)
    for number in range(sample(40)):
        shutil.rmtree(docs)
        shutil.copytree(begun, docs)
        if number % 2:
            killed(docs, Dying(dice.randint(1, 60)), 0, asked, undo)
        else:
            killed(docs, lambda: None, 0.05 + dice.random() * (0.6 if undo else 0.4), asked, undo)
        finish(docs)
        assert state(docs) in (before, after)
        assert not list(docs.rglob(UNFINISHED))
        told = Author(docs).done("save", id="held-up", fields={"tags": ["after"]})
        assert told["id"] == "held-up"
