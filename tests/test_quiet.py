"""How much a first look prints: what is still to be filled in takes few lines, and everything else keeps its own."""

from __future__ import annotations

import logging
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.resources import SITE_NAME
from tests.sites import build_site

TEXT = """The council closes the bridge
The council of the bay voted on Tuesday to close the old bridge for the eight months of the repairs.
“We have patched it for the last time,” said the harbour master after the vote of the council.
"""


def run(*arguments: str) -> str:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    run("init", "site")
    monkeypatch.chdir(tmp_path / "site")
    (tmp_path / "bridge.txt").write_text(TEXT, "utf-8")
    return tmp_path / "site"


def begin(*slugs: str) -> None:
    for slug in slugs:
        run("new", slug, "--from", "../bridge.txt")


def test_each_todo_of_a_few_briefings_is_one_line_under_its_briefing(site: Path) -> None:
    begin("bay", "pier")
    draft = "figures: [{id: a, target: a, label: TODO, value: 1, type: count, basis: reported, status: draft}]\n"
    (site / "docs/briefings/pier/annotations/drafts.yml").write_text(draft, "utf-8")
    lines = run("check").splitlines()
    heads = [number for number, line in enumerate(lines) if "still to fill in" in line]
    assert lines[heads[1]].endswith("still to fill in (1 of them in drafts, which are not published)")
    assert [lines[number].split(":")[0] for number in heads] == ["docs/briefings/bay", "docs/briefings/pier"]
    told = sum(int(lines[number].split(": ")[1].split()[0]) for number in heads)
    todos = [line for line in lines if re.match(r"  docs/briefings/(bay|pier)/\S+\.yml:\d+: .* is not filled in", line)]
    assert len(todos) == told and f"{told} warnings" in lines[-2]


def test_the_first_check_of_many_briefings_prints_few_lines(site: Path) -> None:
    slugs = [f"p{number}" for number in range(13)]
    begin(*slugs)
    printed = run("check")
    assert len(printed.splitlines()) <= 60
    told = [int(count) for count in re.findall(r"^docs/briefings/p\d+: (\d+) still to fill in", printed, re.M)]
    assert len(told) == 13 and f"{sum(told)} warnings" in printed
    everything = run("check", "-v")
    assert everything.count(" warning todo-left: ") == sum(told) and "still to fill in" not in everything


def test_more_briefings_than_lines_are_summed_up(site: Path) -> None:
    begin("p0")
    made = site / "docs/briefings/p0"
    for number in range(1, 70):
        folder = made.with_name(f"p{number}")
        folder.mkdir()
        for path in made.iterdir():
            if path.is_file():
                (folder / path.name).write_bytes(path.read_bytes())
    printed = run("check")
    assert len(printed.splitlines()) <= 60 and "in 31 more briefings" in printed


def test_other_problems_of_a_draft_are_printed_whole(site: Path) -> None:
    begin("bay")
    file = site / "docs/briefings/bay/briefing.yml"
    file.write_text(file.read_text("utf-8") + "\nsumary: hello\n", "utf-8")
    printed = run("check")
    assert re.search(r"error unknown-field: .*\n.*\|\n.*sumary.*\n.*\^+\n +help: ", printed)
    assert printed.index("unknown-field") < printed.index("still to fill in")
    assert printed.endswith("more about a problem: briefing explain unknown-field\n")


@pytest.mark.full
def test_a_build_tells_of_drafts_in_two_lines(site: Path, caplog: pytest.LogCaptureFixture) -> None:
    begin(*(f"p{number}" for number in range(7)))
    with caplog.at_level(logging.INFO, logger="mkdocs"):
        build_site(site / "mkdocs.yml", site_dir=str(site / "site"))
    lines = [record.getMessage() for record in caplog.records if "briefings/p" in record.getMessage()]
    assert len(lines) == 2
    [todos, drafts] = lines
    assert "still to fill in, in docs/briefings/p0, docs/briefings/p1, 5 more; `briefing check` names each" in todos
    assert drafts.endswith("briefings/p3 (draft), 3 more") and "not published: " in drafts


@pytest.mark.full
@pytest.mark.parametrize(("name", "told"), [(SITE_NAME, 1), ("Bridges and boats", 0)])
def test_a_build_tells_of_a_name_that_nobody_chose(
    name: str, told: int, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    result = CliRunner().invoke(main, ["init", str(tmp_path / "site"), "--name", name])
    assert ("is called “Our briefings” and has no address yet" in result.output) == bool(told)
    assert "write yours in mkdocs.yml, as site_name and site_url" in result.output or not told
    with caplog.at_level(logging.INFO, logger="mkdocs"):
        build_site(tmp_path / "site/mkdocs.yml", site_dir=str(tmp_path / "out"))
    said = [record.getMessage() for record in caplog.records if "set site_name in mkdocs.yml" in record.getMessage()]
    assert len(said) == told


ADDRESS = re.compile(r"Serving on (?P<address>http://127\.0\.0\.1:\d+/)$")


def words_of(lines: list[str]) -> str:
    """What was printed, however wide the terminal is for which MkDocs wraps it."""
    return " ".join(" ".join(lines).split())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def preview(folder: Path, *options: str) -> Iterator[list[str]]:
    """What a preview prints until its first page is read."""
    command = [sys.executable, "-m", "briefing", "serve", "-a", f"127.0.0.1:{free_port()}", *options]
    piped = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with subprocess.Popen(command, cwd=folder, text=True, **piped) as server:  # type: ignore[call-overload]
        lines: list[str] = []
        try:
            for line in server.stdout:
                lines.append(line.rstrip("\n"))
                if found := ADDRESS.search(line.rstrip("\n")):
                    urlopen(found["address"]).read()
                    break
            server.kill()
            lines += server.stdout.read().splitlines()
            yield lines
        finally:
            server.kill()


@pytest.mark.full
def test_a_preview_of_many_drafts_says_its_address_within_few_lines(site: Path) -> None:
    slugs = [f"p{number}" for number in range(13)]
    begin(*slugs)
    for slug in slugs:
        run("suggest", "-b", f"docs/briefings/{slug}")
    with preview(site) as lines:
        assert ADDRESS.search(lines[-1]) and len(lines) <= 60
        [todos] = [line for line in lines if "still to fill in" in line]
    told = int(re.findall(r"(\d+) still to fill in", todos)[0])
    file = site / "docs/briefings/p3/briefing.yml"
    file.write_text(file.read_text("utf-8") + "\nsumary: hello\n", "utf-8")
    with preview(site) as lines:
        assert ADDRESS.search(lines[-1]) and len(lines) <= 60
        said = words_of(lines)
        assert "p3/briefing.yml" in said and "error unknown-field: there is no field “sumary”" in said
        assert "| sumary: hello" in said and "help: did you mean “summary”?" in said
    with preview(site, "-v") as lines:
        assert words_of(lines).count(" warning todo-left: ") == told


@pytest.mark.full
def test_a_preview_whose_address_is_taken_says_so_without_a_traceback(site: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        command = [sys.executable, "-m", "briefing", "serve", "-a", address]
        done = subprocess.run(command, cwd=site, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1 and "Traceback" not in done.stderr
    assert done.stderr.splitlines()[-1].startswith(f"Error: {address} cannot be used (address already in use); ")
