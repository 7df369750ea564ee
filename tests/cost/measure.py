"""Reads an input in a process of its own, and measures the processor time and memory of its tree."""

from __future__ import annotations

import os
import resource
import sys

from msgspec import Struct

from tests.cost.worst import WorstInput

SECONDS, MEMORY = 5.0, 500_000_000
"""What the worst input may take."""
RUNAWAY = 40
"""Seconds of processor time after which nothing more is measured."""


class Cost(Struct, frozen=True):
    """What an input took."""

    seconds: float
    """Of the processor."""
    memory: float
    """Bytes of the largest process at most, the input among them."""
    answer: str
    """How it was refused, or that it was read."""

    @property
    def exceeds(self) -> bool:
        """Whether it took more than the worst input may, or ended otherwise than with an answer."""
        return self.seconds > SECONDS or self.memory > MEMORY or self.answer.startswith("failed")


def measure(one: WorstInput) -> Cost:
    """Read an input in a process of its own."""
    data = one.make()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        _answer(one, data, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as answered:
        said = answered.read().decode("utf-8", "replace")
    _, status, used = os.wait4(child, 0)
    memory = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Cost(used.ru_utime + used.ru_stime, memory, said or f"failed: ended with {status}")


def _answer(one: WorstInput, data: bytes, writing: int) -> None:
    """In the child: answer and end."""
    resource.setrlimit(resource.RLIMIT_CPU, (RUNAWAY, RUNAWAY))
    try:
        said = one.answer(data) or "read"
    except BaseException as error:
        said = f"failed: {type(error).__name__}: {error}"
    os.write(writing, said[:300].encode("utf-8", "replace"))
    os._exit(0)
