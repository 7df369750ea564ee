"""What the system refuses a command, be it a full disk, a read-only folder or a file that may not be read, is a message
that says what and where; nothing is lost, and there is no traceback."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.author.test_writers import GOOD, WRITERS, end, make_project, start, state
from tests.locks import locks_hold

pytestmark = pytest.mark.full

Ended = tuple[int, str]
BUILDING = {"build": ("build", "-q"), "export": ("export", "plain")}
WRITING = {**WRITERS, **BUILDING, "init": ("init", "begun")}


def limited() -> None:
    """Let this process write no file of more than 64 bytes."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))
    sys.dont_write_bytecode = True  # Python would leave the first 64 bytes of it, and every later process would fail


def run(folder: Path, *arguments: str, prepare: Callable[[], None] = lambda: None) -> Ended:
    """The exit code and the output of a command in a process of its own, which comes by a pipe: it needs no disk."""
    reading, writing = os.pipe()

    def begin() -> None:
        os.dup2(writing, 1)
        os.dup2(writing, 2)
        os.close(writing)
        prepare()

    child = start(folder, arguments, begin)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as output:
        told = output.read()
    return end(folder, child)[0], told


def run_locked(folder: Path, *arguments: str) -> Ended:
    """The same of a command to which permissions apply, whoever runs the tests."""
    held = locks_hold()
    return end(folder, start(folder, arguments, held.__enter__))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    make_project(tmp_path / "p")
    return tmp_path / "p"


def make_ready(folder: Path, name: str) -> None:
    """Take out the briefing that still needs a correction, where the command would stop at it."""
    if name in BUILDING:
        shutil.rmtree(folder / "docs/briefings/told")


@pytest.mark.parametrize("name", WRITING)
def test_a_file_that_cannot_be_written_is_named(project: Path, name: str) -> None:
    make_ready(project, name)
    before = state(project)
    code, told = run(project, *WRITING[name], prepare=limited)
    assert code == 1 and "Traceback" not in told, told
    assert "ile too large" in told and "Errno" not in told, told
    assert {path: data for path, data in state(project).items() if not path.startswith("site/")} == before
    assert not list(project.rglob(".briefing-unfinished"))


def test_a_preview_that_cannot_write_its_pages_says_so(project: Path) -> None:
    code, told = run(project, "serve", "-a", "127.0.0.1:0", prepare=limited)
    assert code == 1 and "Traceback" not in told, told
    assert "the site is not complete: " in told and "file too large" in told, told


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Path]:
    """A disk that is nearly full, where one can be made."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("only root can make a small disk, and not everywhere")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


@pytest.mark.parametrize("name", WRITING)
def test_a_full_disk_is_a_message(small: Path, tmp_path: Path, name: str) -> None:
    make_project(tmp_path / "p")
    make_ready(tmp_path / "p", name)
    project = small / "p"
    shutil.copytree(tmp_path / "p", project)
    with (small / "filler").open("wb", buffering=0) as filler, suppress(OSError):
        while filler.write(b"x" * 4096):
            pass
    before = state(project)
    code, told = run(project, *WRITING[name])
    assert code == 1 and "Traceback" not in told, told
    assert "o space left on device" in told and str(project.name) in told, told
    assert {path: data for path, data in state(project).items() if not path.startswith("site/")} == before


@pytest.mark.parametrize("name", WRITING)
def test_folders_that_may_not_be_written_are_named(project: Path, name: str) -> None:
    make_ready(project, name)
    (project / "site").mkdir()
    before = state(project)
    folders = [project, *(path for path in project.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    try:
        code, told = run_locked(project, *WRITING[name])
    finally:
        for folder in folders:
            folder.chmod(0o755)
    assert code == 1 and "Traceback" not in told, told
    assert "ermission denied" in told and "Errno" not in told, told
    assert state(project) == before


@pytest.mark.parametrize("name", ["check", "build", "export"])
def test_a_page_that_may_not_be_read_is_named(project: Path, name: str) -> None:
    page = project / "docs/about.md"
    page.write_text("# About\n", "utf-8")
    page.chmod(0)
    code, told = run_locked(project, *WRITING.get(name, (name,)))
    assert code == 1 and "Traceback" not in told, told
    assert "about.md" in told and "ermission denied" in told


def test_output_that_cannot_be_written_is_a_message(project: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("only Linux has it")
    command = f"{sys.executable} -m briefing check -b {GOOD} > /dev/full"
    done = subprocess.run(command, shell=True, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "Traceback" not in done.stderr
