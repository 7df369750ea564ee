"""`briefing review` on a real terminal: one key a decision, two for what is to be filled in, and no scrolling."""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import signal
import sys
import termios
import time
from pathlib import Path

import pytest
import yaml

from briefing.authoring.suggest.write import plan_drafts, write_drafts
from tests.sites import GOOD

pytestmark = pytest.mark.full
SCRIPT = "import sys; from briefing.cli import main; main.main(args=sys.argv[1:], prog_name='briefing')"
KEYS = "q quit"
PROMPTS = rf"{KEYS}\s*$|: $|w write another\s*$|left as they are\s*$"
"""What the command says before it waits for a key, and at its end."""
LINES, COLUMNS = 24, 80


class Terminal:
    """A command on a terminal of 24 lines, and what it has said at each key."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        self.child, self.file = pty.fork()
        if not self.child:
            os.chdir(folder)
            signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell has its background jobs ignore it
            asked = {"COLUMNS": str(COLUMNS), "LINES": str(LINES), "TERM": "xterm", "NO_COLOR": "1"}
            os.environ.update({**asked, "EDITOR": "sed -i 's/label: .*/label: Edited/'"})
            os.environ["PYTHONPATH"] = str(Path(__file__).parents[2])
            os.execv(sys.executable, [sys.executable, "-c", SCRIPT, *arguments])
        self.said = self.wait()

    def wait(self, patience: float = 60) -> str:
        """What it says until it waits for a key, or ends, or says nothing for so many seconds."""
        said = ""
        while not re.search(PROMPTS, said):
            ready, _, _ = select.select([self.file], [], [], patience)
            try:
                more = os.read(self.file, 65536) if ready else b""
            except OSError:
                more = b""
            if not more:
                break
            said += more.decode("utf-8", "replace").replace("\r\n", "\n")
        return said

    def press(self, key: str) -> str:
        """Press a key, or type words; a key is waited for as soon as the terminal hands on single ones."""
        if self.said.rstrip().endswith((KEYS, "w write another")):
            while termios.tcgetattr(self.file)[3] & termios.ICANON:
                time.sleep(0.01)
        os.write(self.file, key.encode())
        self.said = self.wait(5 if key.endswith("\x03") else 60)
        if self.said == "^C":
            # a signal between Python's look for signals and its wait for a line waits for the next
            os.write(self.file, b"\x03")
            self.said += self.wait()
        return self.said

    def end(self) -> int:
        code = os.waitstatus_to_exitcode(os.waitpid(self.child, 0)[1])
        os.close(self.file)
        return code


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(GOOD, tmp_path / "docs")
    (tmp_path / "mkdocs.yml").write_text("site_name: Test\n", "utf-8")
    write_drafts(tmp_path / "docs", plan_drafts(tmp_path / "docs", "briefings/good", every_number=True))
    return tmp_path


def drafts(project: Path) -> dict[str, dict[str, object]]:
    data = yaml.safe_load((project / "docs/briefings/good/annotations/suggested.yml").read_text("utf-8"))
    return {entry["id"]: entry for key in ("quotes", "figures", "context") for entry in data[key]}


def test_a_draft_takes_two_keys_at_most_and_its_sentence_is_on_the_screen(project: Path) -> None:
    """A context note is none: only its author can write it."""
    terminal, seen = Terminal(project, "review"), 0
    while "harwick-harbour-trust" not in terminal.said:
        shown = terminal.said.rpartition("\n\n")[2]
        lines = shown.splitlines()
        assert len(lines) < LINES and max(map(len, lines)) <= COLUMNS + 40, shown
        assert any("[" in line for line in lines if line.startswith("  | ")), shown
        seen += 1
        terminal.press("k")
        if "quit" not in terminal.said.splitlines()[-1]:
            assert terminal.said.endswith("]: ")  # what is open is offered
            terminal.press("\r")
            assert terminal.said.splitlines()[-1].endswith("quit")  # no third key
    assert seen == 8
    terminal.press("q")
    assert "9 drafts: 8 kept, 0 ignored, 1 left as they are" in terminal.said
    assert terminal.end() == 0
    assert [id for id, entry in drafts(project).items() if "status" in entry] == ["harwick-harbour-trust"]


def test_the_editor_of_the_author_is_opened_and_the_draft_stays_one(project: Path) -> None:
    terminal = Terminal(project, "review", "-b", "good")
    assert "Edited" in terminal.press("e")
    assert drafts(project)["favour-and-four"]["label"] == "Edited"
    assert drafts(project)["favour-and-four"]["status"] == "draft"
    assert "kept favour-and-four" in terminal.press("k")
    assert "taken back: kept favour-and-four" in terminal.press("u")
    assert drafts(project)["favour-and-four"]["status"] == "draft"
    assert "left as they are" in terminal.press("\x03")
    assert terminal.end() == 0


def test_what_was_typed_halfway_is_given_up_with_ctrl_c(project: Path) -> None:
    before = drafts(project)
    terminal = Terminal(project, "review", "-b", "good")
    terminal.press("r")
    terminal.press("w")
    assert "0 of 9 decided" in terminal.press("Said in\x03")
    terminal.press("k")
    assert "0 of 9 decided" in terminal.press("\x03")
    terminal.press("q")
    assert terminal.end() == 0
    assert drafts(project) == before
