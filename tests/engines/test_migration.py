"""The page on engines is true: its commands are run on a new site, and its files are saved, word by word."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from briefing import resources
from tests.site.test_export import content
from tests.sites import build_site

PAGE = (Path(__file__).parents[2] / "docs/manual/engines.md").read_text("utf-8")
STEP = re.compile(r"(?:Save this as `(?P<file>[^`]+)`:\n\n)? *```(?P<kind>\w+)\n(?P<text>.*?)\n *```", re.DOTALL)


def section(title: str) -> str:
    return PAGE.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


@pytest.mark.parametrize("title", ["Change to ProperDocs", "Change to Zensical"])
def test_a_site_is_taken_to_another_engine(tmp_path: Path, title: str) -> None:
    for path, data in resources.project("Our briefings").items():
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
    before = build_site(tmp_path / "mkdocs.yml", site_dir=str(tmp_path.with_name(f"{tmp_path.name}-before")))
    done = 0
    for step in STEP.finditer(section(title)):
        text = textwrap.dedent(step["text"])
        if step["file"]:
            (tmp_path / step["file"]).write_text(text + "\n", "utf-8")
            continue
        for line in re.findall(r"^\$ (.*)$", text, re.MULTILINE):
            if "serve" not in line:  # which ends when its author wants
                run(shlex.split(line), tmp_path)
                done += "build" in line
    assert done == 2
    assert not (tmp_path / "mkdocs.yml").exists()
    after = tmp_path / "site"
    names = [path.relative_to(before).as_posix() for path in before.rglob("*.html") if path.name != "404.html"]
    assert len(names) > 8
    for name in names:
        assert content(after, name) == content(before, name), name


def run(words: list[str], folder: Path) -> None:
    command = [sys.executable, "-m", *words] if words[0] == "briefing" else words
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_installed_is_what_the_program_asks_for() -> None:
    from briefing.engines import ENGINES

    for engine in ("properdocs", "zensical"):
        assert f"pip install '{ENGINES[engine].requirement}'" in PAGE
