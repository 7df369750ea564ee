"""The editor is in the preview alone: nothing of it is in a site that is built, and no build loads it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sites import build_site, make_site
from tests.test_architecture import PACKAGE, imported

OWN = ("data-token", "x-briefing-token", "/.briefing/", "briefing-editor", "bfe-")
"""What pages, scripts and styles of the editor hold and nothing else does."""


@pytest.mark.full
def test_a_built_site_holds_nothing_of_it(tmp_path: Path) -> None:
    site = build_site(make_site(tmp_path))
    for path in (each for each in site.rglob("*") if each.is_file()):
        content = path.read_bytes().decode("utf-8", "replace").lower()
        assert [mark for mark in OWN if mark in content] == [], path


def test_only_the_command_line_imports_it() -> None:
    importing = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if any(name.startswith("briefing.editor") for name in imported(path)) and path.parent.name != "editor"
    }
    assert importing == {"cli/serve.py"}
