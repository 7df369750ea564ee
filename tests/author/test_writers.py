"""Two commands at once, commands that are killed, and an editor that saves meanwhile: nobody's work is lost or mixed.

Real processes run the commands on a copy of the good briefing. What is then in its files must be what one of them, or
both one after the other, would have made of them.
"""

from __future__ import annotations

import datetime
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Container, Mapping
from functools import cache
from itertools import combinations_with_replacement
from pathlib import Path
from typing import Any

import pytest

from briefing.authoring.edit.files import UNFINISHED, finish
from briefing.authoring.releasing import plan_release
from briefing.authoring.trial import OpenBriefings
from briefing.authoring.tried_change import write
from briefing.cli import COMMANDS, main
from tests.editor.author import Author
from tests.sites import make_site
from tests.sizes import WHOLE, sample

GOOD = "docs/briefings/good"
DOCUMENT = f"{GOOD}/original.txt"
WRITERS: Mapping[str, tuple[str, ...]] = {
    "quote": ("add", "quote", "dozens of small repairs", "--speaker", "thornbury", "--id", "same-id", "-b", "good"),
    "figure": ("add", "figure", "41 percent", "--label", "Share", "--type", "share", "--basis", "reported",
               "--value", "41", "--unit", "% of costs", "--period", "2018", "--id", "same-id", "-b", "good"),
    "context": ("add", "context", "held up by habit", "--title", "Habit", "--note", "So.", "--id", "habit",
                "-b", "good"),
    "theme": ("add", "theme", "The old boat", "-b", "good"),
    "reference": ("add", "reference", "work.json", "-b", "good"),
    "fmt": ("fmt", "-b", "good"),
    "suggest": ("suggest", "-b", "good"),
    "comments": ("import", "comments", "more.csv", "-b", "good"),
    "annotations": ("import", "annotations", "note.json", "-b", "good"),
    "remarks": ("import", "review", "remarks.json", "-b", "good"),
    "review": ("review", "--keep", "fine-thing", "-b", "good"),
    "themes": ("themes", "-b", "good", "put", "worth-it", "c1", "--stance", "mixed"),
    "rebase": ("rebase", "-b", "good", "--to", "new.txt", "--accept", "altered", "--no-ask"),
    "merge": ("merge", "base.yml", f"{GOOD}/comments.yml", "theirs.yml"),
    "schema": ("schema", "schemas", "--wire"),
    "id": ("rename", "id", "worth-it", "was-it-worth", "-b", "good"),
    "person": ("rename", "person", "vane", "idris-vane"),
    "tag": ("rename", "tag", "transport", "transit"),
    "move": ("rename", "briefing", "good", "ferry"),
    "new": ("new", "second", "--from", "page.txt"),
    "release": ("release", "-b", "good"),
    "correct": ("correct", "--reason", "It was wrong.", "-b", "told"),
}  # fmt: skip
"""Commands that write in a docs folder; two of them want the same id in different files."""
PANEL = ("panel",)
EVERYBODY: Mapping[str, tuple[str, ...]] = {**WRITERS, "panel": PANEL}
"""The annotation editor as well, as its page asks it."""


def make_project(folder: Path) -> None:
    """A site on which each command has something to do."""
    make_site(folder)
    make_told(folder / "docs")
    quotes = folder / GOOD / "annotations/quotes.yml"
    quotes.write_text(quotes.read_text("utf-8").replace("note: >-", "note: >", 1), "utf-8")
    original = (folder / DOCUMENT).read_text("utf-8")
    (folder / "new.txt").write_text(original.replace("nobody has shown us", "nobody has told us"), "utf-8")
    (folder / "schemas").mkdir()
    (folder / "schemas/briefing.schema.json").write_text("{}", "utf-8")
    (folder / "page.txt").write_text("One paragraph about the harbour.\n\nAnother about the boats.\n", "utf-8")
    (folder / "more.csv").write_text("id,author,text\nz1,Ann,A new comment about the ferry\n", "utf-8")
    selector = {"type": "TextQuoteSelector", "exact": "held up by habit"}
    note = {"type": "Annotation", "body": [{"type": "TextualBody", "value": "Why?", "purpose": "commenting"}]}
    (folder / "note.json").write_text(json.dumps([{**note, "target": {"selector": selector}}]), "utf-8")
    comments = (folder / GOOD / "comments.yml").read_text("utf-8")
    (folder / "base.yml").write_text(comments, "utf-8")
    theirs = comments.replace("comments:\n", "comments:\n  - id: theirs\n    text: Theirs\n")
    (folder / "theirs.yml").write_text(theirs, "utf-8")
    work = {"id": "marsh", "type": "book", "title": "The ferries of the bay", "author": [{"literal": "Ada Marsh"}]}
    (folder / "work.json").write_text(json.dumps([work]), "utf-8")
    head = {"format": "briefing-remarks-1", "briefing": "briefings/good", "state": "00", "exported": "2026-01-02"}
    remarks = [{"annotation": "who-pays", "state": "", "text": "Who does?"}]
    (folder / "remarks.json").write_text(json.dumps({**head, "reviewer": "Ann", "remarks": remarks}), "utf-8")


def make_told(docs: Path) -> None:
    """A second briefing, of which something has changed since it was released."""
    shutil.copytree(docs / "briefings/good", docs / "briefings/told")
    told = OpenBriefings(docs)
    planned = plan_release(told.open("briefings/told"), datetime.date(2025, 11, 24)).change
    assert planned
    write(planned)
    context = docs / "briefings/told/annotations/context.yml"
    text = context.read_text("utf-8")
    context.write_text(text.replace("One reader is glad", "A reader is glad"), "utf-8")
    assert context.read_text("utf-8") != text


State = Mapping[str, bytes]


def state(folder: Path) -> State:
    """All files of the project, but for what commands keep out of sight."""
    hidden = {UNFINISHED, ".git", ".cache"}
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file() and not hidden & {*path.parts})
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def start(folder: Path, arguments: tuple[str, ...], prepare: Callable[[], None] = lambda: None) -> int:
    """A child process that runs a command in a folder; its output goes to a file beside that."""
    child = os.fork()
    if child:
        return child
    code = 99
    try:
        os.chdir(folder)
        output = os.open(f"{folder}-{os.getpid()}.txt", os.O_WRONLY | os.O_CREAT)
        os.dup2(output, 1)
        os.dup2(output, 2)
        sys.stdout, sys.stderr = (os.fdopen(number, "w", encoding="utf-8", closefd=False) for number in (1, 2))
        prepare()
        if arguments == PANEL:
            code = ask_panel(folder / "docs")
        else:
            try:
                main.main(args=list(arguments), prog_name="briefing")
            except SystemExit as ended:
                code = ended.code if isinstance(ended.code, int) else 98
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def ask_panel(docs: Path) -> int:
    """Save a note as the page of the annotation editor does; return 1 where it is refused."""
    fields = {"title": "A word", "note": "A note.", "id": "from-panel"}
    status, told = Author(docs).ask("save", kind="context", fields=fields, place={"words": ["estuary"], "number": 1})
    print(json.dumps(told))
    return {200: 0, 404: 1, 409: 1, 422: 1}.get(status, 97)


def end(folder: Path, child: int) -> tuple[int, str]:
    """The exit code of a child process, and what it printed."""
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    output = Path(f"{folder}-{child}.txt")
    return code, output.read_text("utf-8") if output.exists() else ""


def run(folder: Path, *arguments: str) -> tuple[int, str]:
    return end(folder, start(folder, arguments))


class Bench:
    """A project, and what the commands make of it one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.start = folder / "run", folder / "start"
        make_project(self.start)
        self.told = ""
        self.after = cache(self._after)

    def fresh(self) -> Path:
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.start, self.folder)
        return self.folder

    def _after(self, *names: str) -> tuple[State, tuple[int, ...]]:
        """The files after commands one after the other, and their exit codes."""
        folder = self.fresh()
        ended = [run(folder, *EVERYBODY[name]) for name in names]
        self.told = "".join(text for _, text in ended)
        return state(folder), tuple(map(is_refused, (code for code, _ in ended)))


def is_refused(code: int) -> int:
    """1 for what is refused: with 1, or with 2 where it names what is no longer there."""
    return int(code in (1, 2)) if code in (0, 1, 2) else code


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("writers"))


def leaves_nothing(folder: Path) -> None:
    assert not list(folder.rglob(UNFINISHED))
    assert not [path for path in folder.rglob(".*") if path.name != ".git" and ".git" not in path.parts]


def test_every_command_that_writes_is_tried() -> None:
    reading = {"find", "show", "check", "explain", "serve", "build", "verify"}
    elsewhere = {"init", "export"}  # into a folder of their own
    assert {arguments[0] for arguments in WRITERS.values()} == set(COMMANDS) - reading - elsewhere


@pytest.mark.full
@pytest.mark.parametrize("name", EVERYBODY)
def test_each_command_alone_does_something(bench: Bench, name: str) -> None:
    after, codes = bench.after(name)
    assert codes == (0,), bench.told
    assert after != state(bench.start)
    leaves_nothing(bench.folder)


PAIRS = list(combinations_with_replacement(EVERYBODY, 2))
SOME = PAIRS if WHOLE else random.Random(15).sample(PAIRS, 7)
ROUNDS = sample(200, part=100)


@pytest.mark.soak
@pytest.mark.parametrize(("one", "other"), SOME)
def test_two_at_once_both_take_effect_or_one_is_refused(bench: Bench, one: str, other: str) -> None:
    alone = {(0, 1): [bench.after(one)[0]], (1, 0): [bench.after(other)[0]]}
    (first, codes_first), (second, codes_second) = bench.after(one, other), bench.after(other, one)
    in_turn = [(first, codes_first), (second, codes_second[::-1])]
    dice = random.Random(f"{one} {other}")
    for _ in range(ROUNDS):
        folder = bench.fresh()
        delays = (dice.choice((0, 0, dice.random() / 10)), 0.0)
        children = [
            start(folder, EVERYBODY[name], lambda delay=delay: time.sleep(delay))  # type: ignore[misc]
            for name, delay in zip((one, other), delays, strict=True)
        ]
        ended = [end(folder, child) for child in children]
        codes = (is_refused(ended[0][0]), is_refused(ended[1][0]))
        allowed = alone.get(codes, []) + [made for made, those in in_turn if those == codes]
        assert state(folder) in allowed, (codes, [text for _, text in ended])
        assert codes in ((0, 0), (0, 1), (1, 0))
        for code, text in ended:
            assert code == 0 or ("Traceback" not in text and text.strip()), text
        leaves_nothing(folder)


STEPS = ("open", "os", "shutil")
RENAMINGS = ("os.rename",)
"""Of a save: what hides the folder of new content from Git, what ends the journal, and then each file's replacement."""


class Dying:
    """Kills its process before its nth step on the disk, of those kinds, after it has begun to write."""

    def __init__(self, step: int, kinds: Container[str] = STEPS) -> None:
        self.left, self.kinds, self.begun = step, kinds, False

    def __call__(self) -> None:
        sys.addaudithook(self.hear)

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        self.begun = self.begun or (event == "os.mkdir" and UNFINISHED in str(arguments[0]))
        if self.begun and (event in self.kinds or event.partition(".")[0] in self.kinds):
            self.left -= 1
            if self.left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)


def is_midway(folder: Path) -> bool:
    """Whether a killed process left new content that it had written and not yet put in its place."""
    hidden = [path for place in folder.rglob(UNFINISHED) for path in place.iterdir()]
    return any(path.name.isdigit() or path.name == "new" for path in hidden)


@pytest.mark.soak
@pytest.mark.parametrize("name", EVERYBODY)
def test_what_is_killed_leaves_all_old_or_all_new(bench: Bench, name: str) -> None:
    """Half of the points are steps on the disk, half are moments; the first step is in the middle of the writing."""
    before, (after, _) = state(bench.start), bench.after(name)
    again = bench.after(name, name)[0]
    dice, found, midway = random.Random(f"kill {name}"), set(), 0
    for number in range(sample(100, part=50)):
        folder = bench.fresh()
        subprocess.run(["git", "init", "-q", str(folder)], check=True)
        dying = Dying(2, RENAMINGS) if number == 1 else Dying(dice.randint(1, 60))
        child = start(folder, EVERYBODY[name], dying if number % 2 else lambda: None)
        if not number % 2:
            time.sleep(dice.random() * 0.6)
            os.kill(child, signal.SIGKILL)
        end(folder, child)
        midway += is_midway(folder)
        status = ["git", "-C", str(folder), "status", "--porcelain", "-uall"]
        assert UNFINISHED.encode() not in subprocess.run(status, capture_output=True, check=True).stdout
        finish(folder / "docs")
        assert all(after.get(path) == data or before.get(path) == data for path, data in state(folder).items())
        if name != "schema":  # the schemas and the files that name them are two steps
            assert state(folder) in (before, after)
        found.add(state(folder) == after)
        wanted = after if state(folder) == before else again
        code, text = run(folder, *EVERYBODY[name])
        assert code in (0, 1, 2) and "Traceback" not in text
        assert state(folder) == wanted or name == "schema", text
        leaves_nothing(folder)
    assert midway, "a kill hits between the first writing and the last renaming"
    assert True in found or not WHOLE


class Editor:
    """Adds a line to a file when its process opens a file for the nth time."""

    def __init__(self, file: Path, line: bytes, step: int) -> None:
        self.file, self.line, self.left = file, line, step

    def __call__(self) -> None:
        sys.addaudithook(self.hear)

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and self.left > 0:
            self.left -= 1
            if not self.left:
                with self.file.open("ab") as file:
                    file.write(self.line)


EDITED = {
    "quote": "annotations/quotes.yml", "figure": "annotations/quotes.yml", "context": "annotations/context.yml",
    "fmt": "annotations/quotes.yml", "suggest": "briefing.yml", "comments": "comments.yml",
    "annotations": "source.txt", "rebase": "annotations/quotes.yml", "merge": "comments.yml",
    "schema": "annotations/quotes.yml", "theme": "annotations/context.yml", "reference": "briefing.yml",
    "remarks": "annotations/quotes.yml", "review": "annotations/quotes.yml", "themes": "comments.yml",
    "id": "annotations/context.yml", "person": "annotations/quotes.yml", "tag": "briefing.yml",
    "release": "annotations/quotes.yml", "panel": "annotations/context.yml",
}  # fmt: skip
"""A file that each command writes or rests on."""


@pytest.mark.soak
@pytest.mark.parametrize("name", EDITED)
def test_what_an_editor_saves_meanwhile_stays(bench: Bench, name: str) -> None:
    before, (after, _) = state(bench.start), bench.after(name)
    dice, line = random.Random(f"edit {name}"), b"\n# edited\n"
    for _ in range(sample(100, part=50)):
        folder = bench.fresh()
        file = folder / GOOD / EDITED[name]
        child = start(folder, EVERYBODY[name], Editor(file, line, dice.randint(1, 120)))
        code, text = end(folder, child)
        found, expected = dict(state(folder)), dict(before if code else after)
        own = file.relative_to(folder).as_posix()
        edited, saved = found.pop(own), expected.pop(own)
        assert code in (0, 1) and "Traceback" not in text
        assert found == expected, text
        # a run that opens fewer files ends before the editor saves; one that begins after it may move the line
        assert edited in (saved + line, saved) if code or line not in edited else line.strip() in edited, text
        assert line in edited or not code
        leaves_nothing(folder)
