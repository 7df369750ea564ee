"""“Annotate in a text editor” and “The five files” are true: files are saved, commands run, and print what is shown.

`…` alone on a line stands for lines that it leaves out.
"""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main

ROOT = Path(__file__).parent.parent
MANUAL = ROOT / "docs/manual"
STEP = re.compile(r"(?:Save this as `(?P<file>[^`]+)`[^\n]*\n\n)?```(?P<kind>\w+)\n(?P<text>.*?)\n```", re.DOTALL)


class Author:
    """Somebody who does what a page says, in a folder of their own."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.monkeypatch = folder, monkeypatch

    def does(self, step: re.Match[str]) -> None:
        if step["file"]:
            path = self.folder / step["file"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(step["text"] + "\n", "utf-8")
        elif step["kind"] == "console":
            for command, shown in re.findall(r"^\$ (.*)\n?((?:(?!\$ ).*\n?)*)", step["text"], re.MULTILINE):
                self.types(command, shown)

    def types(self, command: str, shown: str) -> None:
        words = shlex.split(command)
        if words[0] == "cd":
            self.folder /= words[1]
        else:
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


def pattern(shown: str) -> str:
    """A regular expression of what is shown."""
    lines = [r"(?:.*\n?)*?" if line == "…" else re.escape(line) for line in shown.strip().splitlines()]
    return r"\n?".join(lines)


def follow(page: str, author: Author) -> None:
    for step in STEP.finditer((MANUAL / page).read_text("utf-8")):
        author.does(step)


@pytest.mark.full
def test_whoever_annotates_in_a_text_editor_sees_what_the_page_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    follow("text-editor.md", Author(tmp_path, monkeypatch))
    annotations = tmp_path / "our-site/docs/briefings/example/annotations"
    assert "id: vehicles\n" in (annotations / "figures.yml").read_text("utf-8")
    assert "label: Takings lost to a fortnight of repairs\n" in (annotations / "suggested.yml").read_text("utf-8")


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
