"""The distribution, built and installed into a fresh environment and used outside the repository."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
import zipfile
from importlib.metadata import distribution
from pathlib import Path

import pytest
import yaml

from briefing.authoring import requirements
from tests.ingest.pages import KNOWN, page_of
from tests.ingest.test_new import pdf_file, word_file
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
@pytest.mark.long
def test_a_fresh_environment_checks_builds_and_exports_and_runs_the_workflow_of_a_new_site(
    wheel: Path, tmp_path: Path
) -> None:
    """One after the other, as an environment takes long: the second begins without the program, and knows no extra."""
    environment = new_environment(tmp_path)
    (tmp_path / "used").mkdir()
    checks_builds_and_exports(Runner(environment, tmp_path / "used"), wheel)
    Runner(environment, tmp_path)("python", "-m", "pip", "uninstall", "--quiet", "--yes", "mkdocs-briefing")
    runs_the_workflow(environment, tmp_path)


def checks_builds_and_exports(run: Runner, wheel: Path) -> None:
    run("python", "-m", "pip", "install", "--quiet", str(wheel))
    assert run("briefing", "explain", "orphan").startswith("orphan (error)")
    assert "8 schemas" in run("briefing", "schema", "schemas")
    make_site(run.folder)
    assert "no problems" in run("briefing", "check")
    run("mkdocs", "build", "--strict")
    assert (run.folder / "site/briefings/good/text/index.html").is_file()
    run("briefing", "build", "--strict", "--site-dir", "again")
    assert (run.folder / "again/assets/briefing/briefing.css").is_file()
    run("briefing", "export", "plain")
    assert (run.folder / "plain/docs/briefings/good/text.md").is_file()


@pytest.mark.full
def test_what_init_packs_is_what_a_build_packs(wheel: Path, tmp_path: Path) -> None:
    name, content = requirements.wheel(distribution("mkdocs-briefing"))
    assert name == wheel.name
    (tmp_path / name).write_bytes(content)
    built, packed = zipfile.ZipFile(wheel), zipfile.ZipFile(tmp_path / name)
    assert set(packed.namelist()) == set(built.namelist())
    for path in built.namelist():
        # the metadata here may be of an older description of the program; the other two name what made the wheel
        assert path.endswith(("/METADATA", "/RECORD", "/WHEEL")) or packed.read(path) == built.read(path), path


def runs_the_workflow(environment: Path, folder: Path) -> None:
    """Sites are made here by the program as it is installed for its developers: from a folder of this computer."""
    site = folder / "begun"
    subprocess.run([sys.executable, "-m", "briefing", "init", str(site)], check=True, capture_output=True)
    run = Runner(environment, site)
    installed = {line.partition("==")[0].lower() for line in run("python", "-m", "pip", "freeze").splitlines()}
    assert "mkdocs-material" in installed
    assert not installed & {"mkdocs-briefing", "lxml_html_clean", "lxml-html-clean", "trafilatura", "mammoth"}
    steps = yaml.safe_load((site / ".github/workflows/briefing.yml").read_text("utf-8"))["jobs"]["site"]["steps"]
    commands = [step["run"] for step in steps if "run" in step and "$GITHUB_ENV" not in step["run"]]
    assert [" ".join(command.split()[:2]) for command in commands] == [
        *("pip install", "briefing check", "briefing build", "briefing verify")
    ]
    run("sh", "-c", commands[0])
    assert f"pip {OLD_PIP} " in run("python", "-m", "pip", "--version")
    # documents are read with what the site installs, and the rest of the workflow takes them with it
    for name, content in documents().items():
        (folder / name).write_bytes(content)
        kind = name.partition(".")[2]
        assert f"briefings/{kind}: " in run("briefing", "new", kind, "--from", f"../{name}"), name
    checked = run("sh", "-c", commands[1])
    assert "0 errors" in checked and f"{len(documents()) + 1} briefings" in checked
    assert "cannot-verify-original" not in checked
    for command in commands[2:]:
        run("sh", "-c", command)
    assert (site / "site/briefings/example/text/index.html").is_file()


def documents() -> dict[str, bytes]:
    """One of each kind that can be read."""
    words = "Nobody knows the whole of it, said the mayor, and the council of the bay agreed with her on Tuesday."
    cue = "00:00:01{}000 --> 00:00:04{}000\n" + words + "\n"
    return {
        "a.txt": words.encode(),
        "a.md": f"# The bay\n\n{words}\n".encode(),
        "a.html": page_of(KNOWN[0]),
        "a.docx": word_file("The bay", words),
        "a.pdf": pdf_file("The bay", words),
        "a.vtt": f"WEBVTT\n\n{cue.format('.', '.')}".encode(),
        "a.srt": f"1\n{cue.format(',', ',')}".encode(),
    }


def new_environment(folder: Path) -> Path:
    """The programs of a fresh environment with an old pip, which the one here puts there."""
    venv.create(folder / "env")
    install = ["--python", str(folder / "env"), "install", "--quiet", f"pip=={OLD_PIP}"]
    subprocess.run([sys.executable, "-m", "pip", *install], check=True, capture_output=True, timeout=300)
    return folder / "env/bin"


class Runner:
    """Runs a command of an environment in a folder outside the repository."""

    def __init__(self, bin: Path, folder: Path) -> None:
        self.bin, self.folder = bin, folder

    def __call__(self, name: str, *arguments: str) -> str:
        own = self.bin / name
        command = [str(own) if own.is_file() else name, *arguments]
        path = {"PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}"}
        pip = {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_COMPILE": "0"}  # what is imported is compiled then
        environment = {**os.environ, **path, **pip}
        done = subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=600, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout
