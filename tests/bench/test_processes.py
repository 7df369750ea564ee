"""What the bench says of a process is what the process did."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.bench.__main__ import growth
from tests.bench.processes import PYTHON, measured

CHILD = (
    "import time; held = bytearray(60_000_000); end = time.process_time() + 0.5\nwhile time.process_time() < end: pass"
)
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {CHILD!r}], check=True)"


@pytest.mark.full
def test_what_a_process_starts_counts(tmp_path: Path) -> None:
    cost = measured(tmp_path, PYTHON, "-c", PARENT)
    assert cost.cpu >= 0.5
    assert cost.wall >= 0.5
    assert cost.memory >= 60_000_000


@pytest.mark.full
def test_a_process_that_fails_is_no_measurement(tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError) as found:
        measured(tmp_path, PYTHON, "-c", "raise SystemExit('no such site')")
    assert "no such site" in found.value.stderr


def test_growth_is_the_exponent_between_the_two_largest() -> None:
    assert growth([9.0, 2.0, 8.0], [1, 10, 20]) == pytest.approx(2.0)
