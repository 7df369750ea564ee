"""The same files and the same time give the same site, byte for byte, wherever and however it is built."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from briefing.model.manifest import SITE_MANIFEST
from tests import generate
from tests.sites import make_site

EPOCH = "1764374400"
BRIEFINGS = 13
"""So many that several processes build them."""
BUILD = """
import os, sys, multiprocessing
os.sched_getaffinity = lambda process: set(range({processes}))
os.cpu_count = lambda: {processes}
from briefing.cli import main
main(["build", "--strict", "--quiet"])
"""


def build(folder: Path, processes: int, **environment: str) -> Mapping[str, bytes]:
    """Build a site from nothing in a process of its own, and return every file of it."""
    generate.write_library(folder / "docs", BRIEFINGS, 8, 6)
    plugins = ["search", {"briefing": {"copies": ["html", "epub"]}}]
    make_site(folder, docs=None, site_url="https://example.org/", plugins=plugins)
    surroundings = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, **environment}
    command = [sys.executable, "-c", BUILD.format(processes=processes)]
    made = subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True)
    assert made.returncode == 0, made.stderr
    site = folder / "site"
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def test_two_builds_of_the_same_files_are_the_same_site(tmp_path: Path) -> None:
    one = build(tmp_path / "one", 1, TZ="Pacific/Honolulu", LC_ALL="C", LANG="C", PYTHONHASHSEED="1")
    other = build(tmp_path / "a" / "deeper folder", 4, TZ="Asia/Tokyo", LC_ALL="de_DE.UTF-8", PYTHONHASHSEED="2")
    assert SITE_MANIFEST in one
    assert len(one) > 150
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
