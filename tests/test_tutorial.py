"""The tutorial and “The five files” are true: files are saved, commands are run, and they print what is shown.

`…` alone on a line stands for lines that it leaves out. `pipx install` is what `test_wheel` does; here the program
is there already.
"""

from __future__ import annotations

import os
import re
import shlex
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main

ROOT = Path(__file__).parent.parent
MANUAL = ROOT / "docs/manual"
STEP = re.compile(
    r"(?:(?:Save this as|Change) `(?P<file>[^`]+)`[^\n]*\n\n)?```(?P<kind>\w+)\n(?P<text>.*?)\n```", re.DOTALL
)


class Author:
    """Somebody who does what the tutorial says, in a folder of their own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.monkeypatch = folder, monkeypatch
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        self.environment = {**os.environ, "PATH": path, "NO_COLOR": "1", "NO_MKDOCS_2_WARNING": "1"}

    def does(self, step: re.Match[str]) -> None:
        if step["kind"] == "diff":
            self.changes(self.folder / step["file"], step["text"].splitlines())
        elif step["file"]:
            path = self.folder / step["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step["text"] + "\n", "utf-8")
        elif step["kind"] == "console":
            for command, shown in re.findall(r"^\$ (.*)\n?((?:(?!\$ ).*\n?)*)", step["text"], re.MULTILINE):
                self.types(command, shown)

    def changes(self, path: Path, lines: list[str]) -> None:
        """Lines with a minus go, those with a plus come; there is one place that is meant."""
        old, new = ("".join(f"{line[1:]}\n" for line in lines if line[0] in marks) for marks in (" -", " +"))
        text = path.read_text("utf-8")
        assert text.count(old) == 1, f"{path}:\n{text}\nhas not once\n{old}"
        path.write_text(text.replace(old, new), "utf-8")

    def types(self, command: str, shown: str) -> None:
        words = shlex.split(command)
        if words[0] == "cd":
            self.folder /= words[1]
        elif words[:2] == ["briefing", "serve"]:
            self.looks()
        elif words[0] != "pipx":
            code, output = self.runs(words)
            assert (code != 0) == ("error" in shown.replace("0 errors", "") and words[1] != "explain"), output
            printed = [line.rstrip() for line in output.strip().splitlines()]
            assert re.fullmatch(pattern(shown), "\n".join(printed)), f"$ {command}\n{output}"

    def runs(self, words: list[str]) -> tuple[int, str]:
        """Type a command, which is called here and not by a shell: its exit code, and all that it prints."""
        assert words[0] == "briefing"
        self.monkeypatch.chdir(self.folder)
        done = CliRunner().invoke(main, words[1:])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.output
        return done.exit_code, done.output

    def looks(self) -> None:
        """Open the preview in a browser, as far as one is needed to see that it is there."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"127.0.0.1:{free.getsockname()[1]}"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        command = ["briefing", "serve", "-a", address]
        with subprocess.Popen(command, cwd=self.folder, env=self.environment, **quiet) as server:  # type: ignore[call-overload]
            try:
                assert "has not understood" in fetched(f"http://{address}/briefings/library/quotes/")
            finally:
                server.terminate()


def pattern(shown: str) -> str:
    """A regular expression of what is shown."""
    lines = [r"(?:.*\n?)*?" if line == "…" else re.escape(line) for line in shown.strip().splitlines()]
    return r"\n?".join(lines)


def fetched(url: str) -> str:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=10) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{url} never answered")


def follow(page: str, author: Author) -> None:
    for step in STEP.finditer((MANUAL / page).read_text("utf-8")):
        author.does(step)


@pytest.mark.full
def test_whoever_follows_the_tutorial_gets_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    follow("tutorial.md", Author(tmp_path, monkeypatch))
    page = (tmp_path / "our-site/site/briefings/library/index.html").read_text("utf-8")
    assert "calls closing on Saturdays a misunderstanding" in page
    assert "Millbrook library to open on Saturdays again" in (tmp_path / "our-site/site/index.html").read_text("utf-8")


@pytest.mark.full
def test_the_five_files_are_a_whole_briefing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    follow("five-files.md", Author(tmp_path, monkeypatch))
    folder, site = tmp_path / "docs/briefings/night-bus", tmp_path / "site/briefings/night-bus"
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 5
    built = {
        name: (site / name / "index.html").read_text("utf-8") for name in ("quotes", "figures", "context", "comments")
    }
    assert [name for name, text in built.items() if "<article" not in text] == []
    assert "Report on the night bus trial" in (site / "method/index.html").read_text("utf-8")
    assert "Ashwick keeps its night bus" in (tmp_path / "site/index.html").read_text("utf-8")
    assert CliRunner().invoke(main, ["fmt", "--check"]).exit_code == 0
