"""What all tests share: golden files, which `pytest --golden` rewrites and CI never does."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")  # how long an example takes says more of the machine than of the program

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


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Golden:
    rewrite = bool(request.config.getoption("--golden"))
    assert not (rewrite and os.environ.get("CI")), "golden files are never rewritten in CI"
    return Golden(rewrite)
