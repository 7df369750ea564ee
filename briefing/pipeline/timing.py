"""How far a build is, and where its time goes: what is told to whoever shows it.

Steps within a briefing are timed where it is built, in whatever process that is: the seconds that its thread computes,
so that neighbours on the same machine do not count. Stages of the whole build are timed by the clock, because what they
wait for is waited for.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

Seconds = Mapping[str, float]
"""Seconds by the name of a step or stage."""


class BuildObserver:
    """Is told how a build goes. This one does nothing with it."""

    def begin(self, total: int) -> None:
        """So many briefings are going to be built, or taken from the store."""

    def done(self, path: str, kept: bool, seconds: Seconds) -> None:
        """The briefing in a folder is done; `kept` says that it was in the store, else its steps took `seconds`."""

    def stage(self, name: str) -> None:
        """The stage of the whole build that has this name is over, or a part of it."""


UNOBSERVED = BuildObserver()
"""For builds that nobody watches."""


@dataclass(frozen=True, slots=True)
class GivingWay(BuildObserver):
    """Calls a function after each briefing."""

    call: Callable[[], None]

    def done(self, path: str, kept: bool, seconds: Seconds) -> None:
        """Call it."""
        self.call()


@dataclass(slots=True)
class BuildProfile(BuildObserver):
    """Collects where a build's time went."""

    clock: Callable[[], float] = time.perf_counter
    stages: dict[str, float] = field(default_factory=dict)
    """Seconds of the clock by stage, in the order in which they first ended."""
    steps: dict[str, float] = field(default_factory=dict)
    """Seconds of computing by step of a briefing, all briefings together."""
    briefings: dict[str, float] = field(default_factory=dict)
    """Seconds of computing by briefing that was built."""
    kept: int = 0
    """Briefings that were in the store."""
    _last: float = field(init=False)

    def __post_init__(self) -> None:
        self._last = self.clock()

    def done(self, path: str, kept: bool, seconds: Seconds) -> None:
        """Add what a briefing took."""
        if kept:
            self.kept += 1
            return
        for step, taken in seconds.items():
            self.steps[step] = self.steps.get(step, 0.0) + taken
        self.briefings[path] = self.briefings.get(path, 0.0) + sum(seconds.values())

    def stage(self, name: str) -> None:
        """Count the time since the end of the last stage as that of this one."""
        now = self.clock()
        self.stages[name] = self.stages.get(name, 0.0) + now - self._last
        self._last = now

    @property
    def slowest(self) -> list[tuple[str, float]]:
        """The briefings that were built, the slowest first."""
        return sorted(self.briefings.items(), key=lambda one: (-one[1], one[0]))


# --- steps of one briefing -------------------------------------------------------------------------------------------


class _Steps(threading.local):
    """The steps that this thread times; None while nobody asked it to."""

    seconds: dict[str, float] | None = None
    last: float = 0.0


_steps = _Steps()


@contextmanager
def timed_steps() -> Iterator[Seconds]:
    """Yield the seconds that this thread computes in each step that ends meanwhile; see `step_done`."""
    before, before_last = _steps.seconds, _steps.last
    own: dict[str, float] = {}
    _steps.seconds, _steps.last = own, time.thread_time()
    try:
        yield own
    finally:
        _steps.seconds, _steps.last = before, before_last


def step_done(name: str) -> None:
    """Count the time since the last step as that of the step `name`, where somebody times this thread."""
    if _steps.seconds is not None:
        now = time.thread_time()
        _steps.seconds[name] = _steps.seconds.get(name, 0.0) + now - _steps.last
        _steps.last = now
