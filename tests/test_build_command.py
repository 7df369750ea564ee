"""What `briefing build` shows of a build: progress, and where the time went."""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from briefing.cli import main
from briefing.cli.build import MANY, ProgressShown, profile_lines
from briefing.pipeline.timing import BuildProfile, step_done, timed_steps
from tests.sites import make_site


class Clock:
    def __init__(self, *times: float) -> None:
        self.times = list(times)

    def __call__(self) -> float:
        return self.times.pop(0)


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    log = logging.getLogger("mkdocs")
    propagate, log.propagate = log.propagate, True
    with caplog.at_level(logging.INFO, "mkdocs"):
        yield caplog
    log.propagate = propagate


def shown(total: int, kept: int = 0) -> ProgressShown:
    progress = ProgressShown(BuildProfile())
    progress.begin(total)
    for number in range(total):
        progress.done(f"b{number}", number < kept, {})
    return progress


def test_a_log_has_a_line_for_each_tenth_of_many_briefings(logged: pytest.LogCaptureFixture) -> None:
    shown(2_000, kept=1_200)
    assert len(logged.messages) == 10
    assert logged.messages[0] == "briefings: 200 of 2,000, 200 from the store"
    assert logged.messages[-1] == "briefings: 800 built, 1,200 from the store"


def test_a_log_has_one_line_for_few_briefings(logged: pytest.LogCaptureFixture) -> None:
    shown(MANY - 1)
    assert logged.messages == [f"briefings: {MANY - 1} built, 0 from the store"]


def test_a_terminal_has_a_bar_that_ends(
    logged: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    shown(200, kept=150)
    printed = capsys.readouterr().err
    assert "briefings" in printed and "100%" in printed and "150 from the store" in printed
    assert printed.endswith(("\n", "\x1b[?25h"))
    assert logged.messages == ["briefings: 50 built, 150 from the store"]


def test_a_bar_ends_with_a_build_that_fails(
    logged: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    progress = ProgressShown(BuildProfile())
    progress.begin(3)
    progress.done("b0", False, {})
    progress.close()
    progress.close()
    assert capsys.readouterr().err.rstrip("\x1b[?25h").endswith("\n")


def test_a_profile_names_stages_steps_and_the_slowest() -> None:
    profile = BuildProfile(Clock(10.0, 11.0, 14.0, 15.0))
    profile.done("slow", False, {"load": 0.5, "check": 1.0})
    profile.done("quick", False, {"load": 0.25, "check": 0.25})
    profile.done("kept", True, {})
    for stage in ("configuration", "briefings", "configuration"):
        profile.stage(stage)
    assert profile.stages == {"configuration": 2.0, "briefings": 3.0}
    assert profile.steps == {"load": 0.75, "check": 1.25}
    assert profile.slowest == [("slow", 1.5), ("quick", 0.5)]
    lines = profile_lines(profile, os.times_result((1.0, 0.5, 2.0, 0.5, 99.0)))
    assert lines[0].startswith("The build took 5.00 s, in which 4.00 s were computed here")
    assert "    3.000 s  60.0%  briefings" in lines
    assert "2 briefings were built in 2.00 s of computing, wherever that was; 1 were in the store. By step:" in lines
    assert lines[-2:] == ["    1.500 s         slow", "    0.500 s         quick"]


def test_a_profile_of_nothing_is_printed() -> None:
    assert profile_lines(BuildProfile(), os.times_result((0.0,) * 5))[0].startswith("The build took 0.00 s")


def test_steps_are_what_the_thread_computes_in_each() -> None:
    with timed_steps() as outer:
        _compute(0.02)
        step_done("first")
        with timed_steps() as inner:
            _compute(0.01)
            step_done("within")
        step_done("second")
        time.sleep(0.05)
        step_done("waiting")
    step_done("nobody times this")
    assert set(outer) == {"first", "second", "waiting"}
    assert set(inner) == {"within"}
    assert outer["first"] >= 0.02
    assert outer["waiting"] < 0.05


def _compute(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


@pytest.mark.full
def test_a_build_prints_its_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_site(tmp_path)
    monkeypatch.chdir(tmp_path)
    for built, kept in ((1, 0), (0, 1)):
        result = CliRunner().invoke(main, ["build", "--profile"])
        assert result.exit_code == 0, result.output
        assert f"briefings: {built} built, {kept} from the store" in result.output
        assert "  pages across briefings\n" in result.output
        assert ("         briefings/good\n" in result.output) == bool(built)
