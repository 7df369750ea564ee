"""Programs and data from npm that tests use."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent


def installed(package: str, version: str) -> Path:
    """The folder of an npm package. Skips the test where npm is not there or reaches no registry, except in CI."""
    if not shutil.which("npm"):
        assert not os.environ.get("CI"), "npm must be there in CI"
        pytest.skip("without npm there is no " + package)
    command = ["sh", str(ROOT / "tests/npm/install.sh"), package, version]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        assert not os.environ.get("CI"), done.stderr
        pytest.skip(f"{package} could not be fetched")
    return Path(done.stdout.strip()) / "node_modules" / package
