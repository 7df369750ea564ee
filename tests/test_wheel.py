"""The distribution, built and installed into a fresh environment and used outside the repository."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from functools import partial
from pathlib import Path

import pytest

from tests.ingest.pages import KNOWN, page_of
from tests.sites import make_site

ROOT = Path(__file__).parent.parent
OLD_PIP = "23.2.1"
"""What Python 3.11 brings; before 23.3, pip loses what a dependency asks for by an extra spelt in another way."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return next(folder.glob("*.whl"))


@pytest.mark.full
def test_the_wheel_holds_templates_data_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    shipped = {path.relative_to(ROOT).as_posix() for path in (ROOT / "templates").rglob("*") if path.is_file()}
    assert {name.removeprefix("briefing/") for name in names if name.startswith("briefing/templates/")} == shipped
    assert "briefing/locale/en.json" in names
    assert "briefing/text/words/en.json" in names
    assert "briefing/manual/problems.md" in names
    assert "briefing/schemas/annotations.schema.json" in names
    assert {name.split("/")[0] for name in names if "dist-info" not in name} == {"briefing"}


@pytest.mark.full
def test_a_fresh_environment_checks_builds_and_exports(wheel: Path, tmp_path: Path) -> None:
    environment = tmp_path / "env"
    venv.create(environment, with_pip=True)
    run = Runner(environment / "bin", tmp_path)
    run("python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", f"pip=={OLD_PIP}")
    install = partial(run, "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile")
    install(str(wheel))
    assert run("briefing", "explain", "orphan").startswith("orphan (error)")
    assert "6 schemas" in run("briefing", "schema", "schemas")
    make_site(tmp_path)
    assert "no problems" in run("briefing", "check")
    run("mkdocs", "build", "--strict")
    assert (tmp_path / "site/briefings/good/text/index.html").is_file()
    run("briefing", "build", "--strict", "--site-dir", "again")
    assert (tmp_path / "again/assets/briefing/briefing.css").is_file()
    run("briefing", "export", "plain")
    assert (tmp_path / "plain/docs/briefings/good/text.md").is_file()
    run("briefing", "init", "begun")
    begun = Runner(environment / "bin", tmp_path / "begun")
    begun("briefing", "build", "--strict")
    assert (tmp_path / "begun/site/briefings/example/text/index.html").is_file()
    (tmp_path / "speech.txt").write_text("Nobody knows the whole of it, said the mayor.\n", "utf-8")
    assert "1 paragraph" in begun("briefing", "new", "speech", "--from", "../speech.txt")
    assert "0 errors" in begun("briefing", "check")
    install(f"{wheel}[ingest]")
    assert f"pip {OLD_PIP} " in run("python", "-m", "pip", "--version")
    (tmp_path / "saved.html").write_bytes(page_of(KNOWN[0]))
    assert "comments" in begun("briefing", "new", "saved", "--from", "../saved.html")


class Runner:
    """Runs a command of an environment in a folder outside the repository."""

    def __init__(self, bin: Path, folder: Path) -> None:
        self.bin, self.folder = bin, folder

    def __call__(self, name: str, *arguments: str) -> str:
        command = [str(self.bin / name), *arguments]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=600)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout
