"""The way through the house is one-way: no stage imports a later one, and frameworks stay at their edge."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from briefing import render

PACKAGE = Path(__file__).parent.parent / "briefing"

ORDER = (
    "model.codes",
    "model.places",
    "model",
    "resources",
    "engines",
    "text",
    "prose",
    "readers",
    "load",
    "tables",
    "attribution",
    "anchor",
    "reanchor",
    "coverage",
    "check",
    "report",
    "collection",
    "render",
    "site.search",
    "pipeline",
    "site",
    "pipeline.executor",
    "pipeline.publish",
    "pipeline.shards",
    "exports",
    "preview",
    "verify",
    "mkdocs",
    "zensical",
    "authoring",
    "editor",
    "cli",
    "__main__",
)
"""Earlier to later; a module belongs to the longest name that it begins with."""

EDGES = {
    "yaml": {"load", "exports", "zensical"},
    "sqlite3": {"pipeline"},
    "dask": {"pipeline"},
    "distributed": {"pipeline"},
    "markdown_it": {"prose", "readers"},
    "bs4": {"readers", "authoring"},
    "trafilatura": {"authoring"},
    "charset_normalizer": {"authoring"},
    "mammoth": {"readers"},
    "pdfplumber": {"readers"},
    "webvtt": {"readers"},
    "srt": {"readers"},
    "rapidfuzz": {"anchor", "attribution", "reanchor", "check", "load", "authoring"},
    "jinja2": {"render", "pipeline", "site", "mkdocs"},
    "mkdocs": {"mkdocs", "zensical"},
    "properdocs": {"engines"},
    "click": {"cli"},
    "watchdog": {"preview"},
    "rjsmin": {"render"},
    "rcssmin": {"render"},
}
"""Frameworks, and the stages that may know them. `build` and `plugin` name the type of Jinja's environment and make
none."""


def modules() -> list[tuple[str, Path]]:
    found = []
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE).with_suffix("").parts
        found.append((".".join(part for part in parts if part != "__init__"), path))
    return [(name, path) for name, path in found if name]


def stage(module: str) -> str:
    names = [name for name in ORDER if module == name or module.startswith(name + ".")]
    assert names, f"{module} belongs to no stage: add it to ORDER"
    return max(names, key=len)


@cache
def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize(("module", "path"), modules(), ids=lambda value: value if isinstance(value, str) else "")
def test_no_stage_imports_a_later_one(module: str, path: Path) -> None:
    own = ORDER.index(stage(module))
    for name in imported(path):
        inner = name.removeprefix("briefing.")
        if name.startswith("briefing.") and any(inner == n or inner.startswith(n + ".") for n in ORDER):
            assert ORDER.index(stage(inner)) <= own, f"{module} imports {name}"


@pytest.mark.parametrize(("module", "path"), modules(), ids=lambda value: value if isinstance(value, str) else "")
def test_frameworks_stay_at_their_edge(module: str, path: Path) -> None:
    for name in imported(path):
        allowed = EDGES.get(name.split(".")[0])
        assert allowed is None or stage(module).split(".")[0] in allowed, f"{module} imports {name}"


@pytest.mark.parametrize("name", render.__all__)
def test_what_is_imported_late_is_there_by_its_name(name: str) -> None:
    assert getattr(render, name) is not None
    with pytest.raises(AttributeError, match="no attribute"):
        getattr(render, f"{name}_of_nothing")
