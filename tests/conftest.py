"""What all tests share: golden files, which `pytest --golden` rewrites and CI never does; sizes; compiled templates."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Generator, Iterator
from pathlib import Path

import jinja2
import pytest
from hypothesis import HealthCheck, settings
from mkdocs.theme import Theme

from briefing import readers
from tests.shared import made_once
from tests.sites import build_site
from tests.sizes import WHOLE, Watch, give_size, has_quick, sampled, start_rank
from tests.theme import CompiledTemplates, ShownTemplates

settings.register_profile(
    "patient",
    deadline=None,  # how long an example takes says more of the machine than of the program
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=not WHOLE,
)
settings.load_profile("patient")

# where it is there jsonschema compiles 38 grammars of it, for formats that our schemas do not use: a second a process
sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]

WATCH = Watch()
CASES = Path(__file__).parent / "cases"


class Golden:
    """Compares a text with a file, or writes the file."""

    def __init__(self, rewrite: bool) -> None:
        self.rewrite = rewrite

    def check(self, path: Path, actual: str) -> None:
        if self.rewrite:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(actual, encoding="utf-8", newline="")
        assert path.is_file(), f"{path} is missing; review what `pytest --golden` writes"
        with path.open(encoding="utf-8", newline="") as file:
            assert actual == file.read()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="rewrite the golden files, to be reviewed as a diff")


def pytest_configure() -> None:
    """Let all builds of this process share the theme's compiled templates; a quick test builds no site."""
    make_environment, compiled = Theme.get_env, CompiledTemplates()

    def get_env(theme: Theme) -> jinja2.Environment:
        WATCH.refuse("builds a site")
        environment = make_environment(theme)
        environment.bytecode_cache, environment.loader = compiled, ShownTemplates(theme.dirs)
        return environment

    Theme.get_env = get_env


@pytest.hookimpl(wrapper=True, optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> Generator[None, int, int]:
    """Let `-n auto` be one more than processors where there is more than calls: it waits for servers and browsers."""
    return (yield) + (config.option.markexpr != "quick")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Import no files of full tests, and not what they import, where only quick ones are to run."""
    if config.option.markexpr == "quick" and collection_path.suffix == ".py" and not has_quick(collection_path):
        return True
    return None


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage among the thousands of tests and their modules, which all stay until the end."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        give_size(item)
    if len(items) > MANY and not WHOLE:  # who asks for some tests gets all their cases
        kept = sampled(items)
        config.hook.pytest_deselected(items=[item for item in items if item not in kept])
        items[:] = [item for item in items if item in kept]
    items.sort(key=start_rank)


MANY = 5_000
"""Tests of a run of the whole suite at least."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    WATCH.quick = item.get_closest_marker("quick") is not None
    try:
        return (yield)
    finally:
        WATCH.quick = False


@pytest.fixture(autouse=True)
def _reading_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let quick tests read Word and PDF documents in their own process; full ones do it as the program does."""
    if request.node.get_closest_marker("quick"):
        monkeypatch.setattr(readers, "APART", frozenset())


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of this repository."""
    configuration = Path(__file__).parent.parent / "mkdocs.yml"
    return made_once(tmp_path_factory, "real", lambda to: build_site(configuration, site_dir=str(to / "site"))) / "site"


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    rewrite = bool(request.config.getoption("--golden"))
    assert not (rewrite and os.environ.get("CI")), "golden files are never rewritten in CI"
    assert not (rewrite and os.environ.get("PYTEST_XDIST_WORKER")), "cases share files: rewrite them without -n"
    return Golden(rewrite)
