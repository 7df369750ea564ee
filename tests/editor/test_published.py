"""The editor is in the preview alone: nothing of it is in a site that is built, and no build loads it."""

from __future__ import annotations

import importlib
import pkgutil
from pathlib import Path

import pytest

from briefing import editor, resources
from tests.sites import build_site, make_site
from tests.test_architecture import PACKAGE, imported

OWN = {"data-token", "x-briefing-token", "/.briefing/", "briefing-editor", "bfe-"}
"""What pages, scripts and styles of the editor hold and nothing else does."""
FILES = sorted((resources.templates() / "editor").iterdir())
LONG = 40
"""Characters of a line that is nowhere by chance."""


def endpoints() -> set[str]:
    """The addresses at which the modules of the editor answer."""
    modules = (
        importlib.import_module(f"{editor.__name__}.{each.name}") for each in pkgutil.iter_modules(editor.__path__)
    )
    return {f"edit/{name}" for module in modules for name in getattr(module, "OPERATIONS", ())}


def lines(text: str) -> set[str]:
    """The lines of a text that are long enough to be known by; every page has the same line about its viewport."""
    return {line for each in text.splitlines() if len(line := each.strip()) >= LONG and "viewport" not in line}


def traces(site: Path) -> dict[str, set[str]]:
    """By file of a built site, what it has of the editor: marks, names of its files, addresses, lines of them."""
    written = {line for path in FILES for line in lines(path.read_text("utf-8"))}
    words = {*OWN, *endpoints(), *(f"editor/{path.name}" for path in FILES)}
    found = {}
    for path in (each for each in site.rglob("*") if each.is_file()):
        text = path.read_bytes().decode("utf-8", "replace")
        small = text.lower()
        found[path.relative_to(site).as_posix()] = {word for word in words if word in small} | (lines(text) & written)
    return {name: marks for name, marks in found.items() if marks}


@pytest.mark.full
def test_a_built_site_holds_nothing_of_it(tmp_path: Path) -> None:
    assert traces(build_site(make_site(tmp_path))) == {}


def test_what_is_looked_for_is_found(tmp_path: Path) -> None:
    assert len(FILES) > 20 and len(endpoints()) > 15
    for path in FILES:
        (tmp_path / f"a-{path.name}").write_bytes(path.read_bytes())
    assert set(traces(tmp_path)) == {f"a-{path.name}" for path in FILES}


def test_only_the_command_line_imports_it() -> None:
    importing = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if any(name.startswith("briefing.editor") for name in imported(path)) and path.parent.name != "editor"
    }
    assert importing == {"cli/serve.py"}
