"""What one briefing costs as it grows: `python -m tests.bench.one_briefing`, or with other sizes behind it.

CPU seconds of this process to load, anchor and check one briefing, by its number of annotations, then of comments. The
least of several briefings of a size is printed; each is measured once, because what was read of a text is kept. The
exponent is the slope between the smallest and the largest size, on logarithmic scales: 1 is linear. What is compiled
and read once in a process is done before, and its cost is told by the last lines: commands as whole processes, as
multiples of `mkdocs --version` in the same run.
"""

from __future__ import annotations

import gc
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from briefing import anchor, check, load
from tests.generate import write_comments, write_library

ANNOTATIONS = (100, 1_000, 10_000)
COMMENTS = (100, 1_000, 10_000)
RUNS = 2
PARAGRAPHS = 4
"""Annotations of a paragraph."""
STAGES = ("load", "anchor", "check")
COMMANDS = {
    "mkdocs --version": ("mkdocs", "--version"),
    "briefing -h": ("briefing", "-h"),
    "briefing check, 40 annotations": ("briefing", "check", "-b", "docs/briefings/b0000"),
}


def main() -> None:
    """Print a table for annotations and one for comments, and what the commands cost."""
    sizes = tuple(map(int, sys.argv[1:])) or ANNOTATIONS
    print_growth("annotations", sizes, annotated)
    print_growth("comments", tuple(map(int, sys.argv[1:])) or COMMENTS, commented)
    with tempfile.TemporaryDirectory() as folder:
        write_library(Path(folder) / "docs", 1, 40)
        costs = {name: command_cost(command, Path(folder)) for name, command in COMMANDS.items()}
    for name, cost in costs.items():
        print(f"{name:32} {cost:6.3f} s of CPU, {cost / costs['mkdocs --version']:5.2f} of mkdocs --version")


def print_growth(what: str, sizes: Iterable[int], write: Callable[[Path, int], None]) -> None:
    """Print what briefings of several sizes cost, and how that grows."""
    print(f"{what:>12}  source  " + "".join(f"{stage:>9}" for stage in STAGES) + f"{'ms each':>10}")
    costs: dict[int, float] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            docs = Path(folder) / "docs"
            write(docs, size)
            measure(docs, 0)  # patterns are compiled
            runs = [measure(docs, number) for number in range(1, RUNS + 1)]
            stages = [min(run) for run in zip(*runs, strict=True)]
            costs[size] = sum(stages)
            characters = len((docs / "briefings/b0000/source.txt").read_text("utf-8")) / 1000
        seconds = "".join(f"{stage:>8.3f}s" for stage in stages)
        print(f"{size:>12,} {characters:>5.0f} KB  {seconds}{1000 * costs[size] / size:>10.3f}", flush=True)
    print(f"{'exponent':>12} {growth(costs):>8.2f}")


def growth(costs: dict[int, float]) -> float:
    """Return the exponent with which a cost grows from the smallest to the largest size; 1 is linear."""
    small, large = min(costs), max(costs)
    return math.log(costs[large] / costs[small]) / math.log(large / small) if large > small else math.nan


def annotated(docs: Path, size: int) -> None:
    """Write briefings of so many annotations; their sources grow with them."""
    write_library(docs, RUNS + 1, size, max(25, size // PARAGRAPHS))


def commented(docs: Path, size: int) -> None:
    """Write briefings of so many comments, fifty in a theme; each has one more, and so other words, than the last."""
    write_library(docs, RUNS + 1, 40)
    for number in range(RUNS + 1):
        write_comments(docs / f"briefings/b{number:04}", size + number, max(1, size // 50))


def measure(docs: Path, number: int) -> tuple[float, float, float]:
    """Return the CPU seconds of loading, anchoring and checking one briefing of a docs folder."""
    people, measures = load.load_people(docs), load.load_measures(docs)
    gc.collect()
    start = time.process_time()
    loaded = load.load_briefing(docs, f"briefings/b{number:04}", people.people, people.unread, measures)
    read = time.process_time()
    assert loaded.briefing is not None
    briefing, lost = anchor.resolve(loaded.briefing)
    anchored = time.process_time()
    problems = check.run(briefing)
    checked = time.process_time()
    assert not lost and not [each for each in problems if each.severity == "error"]
    return read - start, anchored - read, checked - anchored


def command_cost(command: tuple[str, ...], folder: Path) -> float:
    """Return the least CPU seconds of a command as a whole process, with bytecode that is there already."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    program = str(Path(sys.executable).with_name(command[0]))
    costs = []
    for _ in range(RUNS + 1):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([program, *command[1:]], cwd=folder, env=environment, stdout=subprocess.DEVNULL, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        costs.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(costs)


if __name__ == "__main__":
    main()
