"""Builds one site under every combination of engine and theme that is supported, each as an author would call it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from tests.shared import made_once

MATERIALX = ("mkdocs-materialx==10.2.2", "mkdocs-document-dates==3.8.9")
"""It has Material's import name, so it is installed into a folder of its own, which is searched first."""


@dataclass(frozen=True, slots=True)
class Combination:
    """An engine and a theme."""

    engine: str
    theme: str

    def __str__(self) -> str:
        return f"{self.engine}-{self.theme}"


STANDARD = Combination("mkdocs", "material")
OTHERS = (
    Combination("properdocs", "material"),
    Combination("properdocs", "materialx"),
    Combination("zensical", "material"),
    Combination("mkdocs", "materialx"),
)


def materialx(factory: pytest.TempPathFactory) -> Path:
    """The folder into which MaterialX was installed, where only those find it who ask for it."""
    return made_once(factory, "materialx", _install_materialx)


def _install_materialx(folder: Path) -> None:
    wanted = (
        [name.partition("==")[0] for name in MATERIALX] if os.environ.get("BRIEFING_NEWEST_MATERIALX") else MATERIALX
    )
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", str(folder), *wanted]
    subprocess.run(command, check=True, capture_output=True)


def build(
    combination: Combination, configuration: Path, site: Path, materialx: Path | None = None, strict: bool = True
) -> str:
    """Build a site whose mkdocs.yml names Material; gives what was printed."""
    settings: dict[str, object] = yaml.safe_load(configuration.read_text("utf-8"))
    theme = settings["theme"]
    assert isinstance(theme, dict)
    settings["theme"] = {**theme, "name": combination.theme}
    written = configuration.with_name(f"{combination}.yml")
    written.write_text(yaml.safe_dump(settings, sort_keys=False), "utf-8")
    own: Mapping[str, str] = {"PYTHONPATH": str(materialx)} if combination.theme == "materialx" else {}
    command = [sys.executable, "-m", "briefing", "build", "--engine", combination.engine]
    command += ["--strict"] * strict
    done = subprocess.run(
        [*command, "-f", str(written), "-d", str(site)],
        capture_output=True,
        text=True,
        env={**os.environ, **own},
        cwd=configuration.parent,
    )
    if done.returncode:
        raise AssertionError(f"{combination}: {done.stdout}{done.stderr}")
    return done.stdout + done.stderr
