"""What `briefing init` has a site install, for each way in which the program may have been installed."""

from __future__ import annotations

import json
import zipfile
from importlib.metadata import PathDistribution
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from briefing.authoring import requirements
from briefing.authoring.requirements import requirement
from briefing.cli import main

COMMIT = "0f" * 20
HASH = "ab" * 32
PAGE = "https://code.example.org/briefing"


def installed(folder: Path, recorded: dict[str, Any] | None) -> PathDistribution:
    """A distribution as an installer leaves it."""
    about = folder / "mkdocs_briefing-7.1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.4\nName: mkdocs-briefing\nVersion: 7.1\n", "utf-8")
    (about / "entry_points.txt").write_text("[console_scripts]\nbriefing = briefing.cli:main\n", "utf-8")
    names = ["METADATA", "entry_points.txt", "direct_url.json", "RECORD"]
    (about / "RECORD").write_text("".join(f"{about.name}/{name},,\n" for name in names), "utf-8")
    if recorded is not None:
        (about / "direct_url.json").write_text(json.dumps(recorded), "utf-8")
    return PathDistribution(about)


GIT = {"vcs": "git", "requested_revision": "main", "commit_id": COMMIT}
PUBLIC = [
    (None, "mkdocs-briefing[ingest]==7.1"),
    ({"url": f"{PAGE}.git", "vcs_info": GIT}, f"mkdocs-briefing[ingest] @ git+{PAGE}.git@{COMMIT}"),
    (
        {"url": "https://ann:secret@code.example.org/briefing", "vcs_info": GIT, "subdirectory": "tool"},
        f"mkdocs-briefing[ingest] @ git+{PAGE}@{COMMIT}#subdirectory=tool",
    ),
    (
        {"url": f"{PAGE}.whl", "archive_info": {"hashes": {"sha256": HASH}}},
        f"mkdocs-briefing[ingest] @ {PAGE}.whl#sha256={HASH}",
    ),
    (
        {"url": f"{PAGE}.zip?v=2", "archive_info": {"hash": f"sha256={HASH}"}, "subdirectory": "a/b"},
        f"mkdocs-briefing[ingest] @ {PAGE}.zip?v=2#sha256={HASH}&subdirectory=a/b",
    ),
    ({"url": f"{PAGE}.whl", "archive_info": {}}, f"mkdocs-briefing[ingest] @ {PAGE}.whl"),
]
PRIVATE = [
    {"url": "file:///home/ann/briefing", "dir_info": {"editable": True}},
    {"url": "file:///home/ann/briefing", "dir_info": {}},
    {"url": "file:///home/ann/mkdocs_briefing-7.1-py3-none-any.whl", "archive_info": {}},
    {"url": "file:///home/ann/briefing", "vcs_info": GIT},
    {"url": "ssh://git@code.example.org/briefing", "vcs_info": GIT},
    {"url": "http://127.0.0.1:8000/briefing.whl", "archive_info": {}},
    {"url": "http://build-server/briefing.whl", "archive_info": {}},
    {"url": "http://10.0.0.7/briefing.whl", "archive_info": {}},
]


@pytest.mark.parametrize(("recorded", "line"), PUBLIC)
def test_what_others_can_reach_is_named_as_it_was_recorded(
    tmp_path: Path, recorded: dict[str, Any] | None, line: str
) -> None:
    needed = requirement(installed(tmp_path, recorded))
    assert needed.line == line and not needed.files


@pytest.mark.parametrize("recorded", PRIVATE, ids=lambda recorded: str(recorded["url"]))
def test_what_only_this_computer_has_is_put_beside_it(tmp_path: Path, recorded: dict[str, Any]) -> None:
    needed = requirement(installed(tmp_path, recorded))
    assert needed.line == "./wheels/mkdocs_briefing-7.1-py3-none-any.whl[ingest]"
    [(path, content)] = needed.files.items()
    assert f"./{path}[ingest]" == needed.line and path in needed.origin
    names = set(zipfile.ZipFile(BytesIO(content)).namelist())
    about = "mkdocs_briefing-7.1.dist-info"
    assert {f"{about}/METADATA", f"{about}/entry_points.txt", f"{about}/WHEEL", f"{about}/RECORD"} <= names
    assert f"{about}/direct_url.json" not in names


def test_a_new_site_says_what_it_installs(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["init", str(tmp_path / "site")])
    line = (tmp_path / "site/requirements.txt").read_text("utf-8")
    path = line.strip().removeprefix("./").removesuffix("[ingest]")
    assert (tmp_path / "site" / path).is_file() and path in result.output
    assert not line.startswith("mkdocs-briefing")


def test_a_program_that_is_not_installed_makes_no_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(requirements, "NAME", "no-such-program-here")
    result = CliRunner().invoke(main, ["init", str(tmp_path / "site")])
    assert result.exit_code == 1 and "is not installed here" in result.output
    assert not (tmp_path / "site").exists()
