"""Mutation testing: `python -m tests.mutants [--number N] [--seed S] [--only AREA…]`, in one process (Linux, macOS).

Of each area so many mutants are drawn, and each is run against the quick tests that reach its line, the shortest first,
until one of them fails. The share that is killed is printed with its interval (Wilson, 95 %), and then each that
survived. Those that change nothing that could be noticed are in `equivalent.yml` with the reason, and are not drawn.

What the tests reach is measured once for a state of the program and its tests, and kept in `.cache/mutants`.
"""

from __future__ import annotations

import argparse
import functools
import gc
import hashlib
import math
import os
import pickle
import random
import resource
import signal
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import coverage
import pytest
import yaml

from tests.mutants.mutations import Mutant, mutants, mutated

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "mutants"
AREAS = {
    "anchoring": ("anchor/*.py",),
    "attribution": ("attribution/*.py",),
    "provenance": ("check/rules/provenance.py", "check/provenance_cover.py"),
    "numbers": (
        "text/numbers/*.py",
        "check/equal_numbers.py",
        "check/readable_numbers.py",
        "check/rules/cited_numbers.py",
        "check/rules/field_numbers.py",
        "check/rules/formulas.py",
        "check/rules/quantifiers.py",
    ),
}
TESTS = {
    "anchoring": ("anchor", "revision", "rebase", "check", "suggest", "test_problems.py"),
    "attribution": ("attribution", "check", "suggest", "test_problems.py"),
    "provenance": ("check", "test_problems.py", "ingest/test_block_quotations.py"),
    "numbers": ("language", "check", "coverage", "suggest", "prose", "test_problems.py"),
}
"""Tests that look at an area, folders and files; what others reach in passing is not what they test."""
SECONDS = 60
"""Of tests that are tried with a mutant, by how long they take without it."""
PATIENCE, MEMORY = 5, 6 << 30
"""Seconds of CPU beyond three times what the tests take, and bytes, after which a mutant counts as killed: it hangs."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--number", type=int, default=150, help="mutants of each area")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=SECONDS, help="of tests for a mutant that survives")
    parser.add_argument("--only", nargs="*", choices=AREAS, default=[*AREAS])
    given = parser.parse_args()
    os.chdir(ROOT)
    folders = [f"tests/{name}" for name in dict.fromkeys(chain(*map(TESTS.get, given.only)))]
    run = _Run(given.only, given.number, given.seed, given.seconds)
    pytest.main(["-m", "quick", "-p", "no:cacheprovider", "-p", "no:xdist", "-s", *folders], plugins=[run])
    return 0


def drawn(area: str, number: int, seed: int) -> list[Mutant]:
    """Return mutants of an area by chance, the same for the same seed, without those that are known to be none."""
    real = [one for one in every(area) if one.name not in equivalent()]
    return random.Random(seed).sample(real, min(number, len(real)))


@functools.cache
def every(area: str) -> tuple[Mutant, ...]:
    """Return the mutants of an area."""
    paths = [path for glob in AREAS[area] for path in sorted((ROOT / "briefing").glob(glob))]
    found = (mutants(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in paths)
    return tuple(chain.from_iterable(found))


@functools.cache
def equivalent() -> dict[str, str]:
    """Return the names of mutants that do what the program does, and why they do."""
    return yaml.safe_load(Path(__file__).with_name("equivalent.yml").read_text("utf-8")) or {}


def interval(killed: int, tried: int) -> tuple[float, float]:
    """Return between which shares the true one is, with a probability of 95 % (Wilson)."""
    z, share = 1.96, killed / tried
    middle, spread = share + z * z / (2 * tried), z * math.sqrt(share * (1 - share) / tried + (z / (2 * tried)) ** 2)
    return (middle - spread) / (1 + z * z / tried), (middle + spread) / (1 + z * z / tried)


class _Run:
    """A plugin of pytest: once the tests are collected, it runs them itself, in forks of this process."""

    def __init__(self, areas: Sequence[str], number: int, seed: int, most: int) -> None:
        self.areas, self.number, self.seed, self.most = areas, number, seed, most
        self.failed = False
        self.sound: dict[str, bool] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        gc.unfreeze()
        self.items = {item.nodeid: item for item in session.items}
        self.reached, self.seconds = self.measured()
        self.functions = _functions()
        for area in self.areas:
            self.try_area(area)
        os._exit(0)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.failed |= report.failed

    def try_area(self, area: str) -> None:
        """Try an area's mutants, and print what came of them."""
        began, counts, left = time.monotonic(), Counter[str](), list[tuple[str, Mutant]]()
        for mutant in drawn(area, self.number, self.seed):
            came = self.try_one(mutant, TESTS[area])
            counts[came.partition(" by ")[0]] += 1
            if came in ("survived", "not reached"):
                left.append((came, mutant))
            _say(f"{mutant.line} {mutant.name}: {came}", sys.stderr)
        tried = counts.total() - counts["no change"]
        low, high = interval(counts["killed"], tried)
        _say(
            f"{area}: {counts['killed'] / tried:.1%} killed ({low:.1%} to {high:.1%}), "
            f"{dict(counts)}, seed {self.seed}, {time.monotonic() - began:.0f} s"
        )
        for came, mutant in left:
            _say(f"  {came}, line {mutant.line}, {mutant.kind}: {mutant.name}")

    def try_one(self, mutant: Mutant, folders: Sequence[str]) -> str:
        """Return what became of a mutant: killed and by which test, survived, not reached, or no change, where it
        cannot be put in."""
        tests = _chosen(self.reached[mutant.path].get(mutant.line, ()), folders, self.seconds, self.most)
        while tests := [test for test in tests if self.sound.get(test, True)]:
            code, killer = self.outcome(tests, mutant)
            if code in (0, 2):
                return ("survived", "", "no change")[code]
            if not killer:  # it hung, or ended the process
                return "killed by its end"
            if killer not in self.sound:
                self.sound[killer] = self.outcome([killer], None)[0] == 0
            if self.sound[killer]:
                return f"killed by {killer}"
        return "not reached"

    def outcome(self, tests: Sequence[str], mutant: Mutant | None) -> tuple[int, str]:
        """Run tests with a mutant, or none, in a fork: 0 where all pass, 1 and the test where one fails, 2 for no
        change, and what else ended the process."""
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            _limit(3 * sum(self.seconds[test] for test in tests) + PATIENCE)
            if mutant and not _put_in(mutant, self.functions):
                os._exit(2)
            self.run(tests, lambda test: os.write(write, test.encode()) and os._exit(1))
            os._exit(0)
        os.close(write)
        killer = os.read(read, 10_000).decode()  # nothing, once the fork has ended without a word
        os.close(read)
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), killer

    def run(self, tests: Sequence[str], fail: Callable[[str], object], begin: Callable[[str], object] = str) -> None:
        """Run tests in their order here, and say what fails."""
        for test, following in zip(tests, [*tests[1:], ""], strict=True):
            begin(test)
            item, self.failed = self.items[test], False
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=self.items.get(following))
            if self.failed:
                fail(test)

    def measured(self) -> tuple[dict[str, dict[int, set[str]]], dict[str, float]]:
        """Return the tests that reach each line of each file, and the seconds that each test takes."""
        kept = CACHE / f"{_state()}-{'-'.join(self.areas)}.pickle"
        if not kept.exists():
            CACHE.mkdir(parents=True, exist_ok=True)
            child = os.fork()
            if child == 0:
                kept.write_bytes(pickle.dumps(self.measure()))
                os._exit(0)
            os.waitpid(child, 0)
        return pickle.loads(kept.read_bytes())

    def measure(self) -> tuple[dict[str, dict[int, set[str]]], dict[str, float]]:
        files = [str(path) for globs in AREAS.values() for glob in globs for path in (ROOT / "briefing").glob(glob)]
        measuring = coverage.Coverage(data_file=None, include=files, config_file=False)
        began: dict[str, float] = {}

        def begin(test: str) -> None:
            measuring.switch_context(test)
            began[test] = time.process_time()

        measuring.start()
        self.run([*self.items], lambda test: self.sound.update({test: False}), begin)
        measuring.stop()
        ends = [*[*began.values()][1:], time.process_time()]
        seconds = {test: end - start for (test, start), end in zip(began.items(), ends, strict=True)}
        data, reached = measuring.get_data(), defaultdict[str, dict[int, set[str]]](dict)
        for file in data.measured_files():
            for line, tests in data.contexts_by_lineno(file).items():
                sound = {test for test in tests if self.sound.get(test, True)} - {""}
                reached[Path(file).relative_to(ROOT).as_posix()][line] = sound
        return reached, seconds


def _limit(seconds: float) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds), math.ceil(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGXCPU, signal.SIG_DFL)
    silent = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silent, 1)
    os.dup2(silent, 2)


def _say(line: str, to: Any = None) -> None:
    print(line, file=to or sys.__stdout__, flush=True)


# --- what reaches what ------------------------------------------------------------------------------------------------


def _state() -> str:
    files = [path for folder in ("briefing", "tests") for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]
    read = hashlib.sha256()
    for path in files:
        if "__pycache__" not in path.parts and path.parent != Path(__file__).parent:
            read.update(path.read_bytes())
    return read.hexdigest()[:16]


@functools.cache
def _caches() -> list[Any]:
    return [one for one in gc.get_objects() if isinstance(one, functools._lru_cache_wrapper)]


def _chosen(tests: Iterable[str], folders: Sequence[str], seconds: dict[str, float], most: int) -> list[str]:
    """Return the tests to try, of `most` seconds in all: by folder, and in each of every function the shortest first,
    then its other cases."""
    turns, order = Counter[str](), list[tuple[int, bool, float, str]]()
    for test in sorted(tests, key=lambda one: (seconds[one], one)):
        name = test.partition("[")[0]
        if of := [number for number, folder in enumerate(folders) if name.startswith(f"tests/{folder}")]:
            order.append((of[0], turns[name] > 0, seconds[test], test))
        turns[name] += 1
    chosen, total = [], 0.0
    for *_, took, test in sorted(order):
        total += took
        if total > most and chosen:
            break
        chosen.append(test)
    return chosen


# --- putting a mutant in ----------------------------------------------------------------------------------------------


def _functions() -> dict[tuple[str, str, int], list[FunctionType]]:
    """Return the functions that there are, by file, name and line."""
    found = defaultdict(list)
    for one in gc.get_objects():
        if isinstance(one, FunctionType):
            found[_place(one.__code__)].append(one)
    return found


def _place(code: CodeType) -> tuple[str, str, int]:
    return code.co_filename, code.co_name, code.co_firstlineno


def _put_in(mutant: Mutant, functions: dict[tuple[str, str, int], list[FunctionType]]) -> bool:
    """Give the functions of this process the mutant's code; return whether any has another code than before."""
    path = ROOT / mutant.path
    text, changed = path.read_text("utf-8"), False
    for code in _codes(compile(mutated(text, mutant.number), str(path), "exec", dont_inherit=True)):
        for function in functions.get(_place(code), ()):
            if function.__code__ != code:
                if function.__code__.co_freevars != code.co_freevars:
                    return False
                function.__code__, changed = code, True
    for kept in _caches():
        kept.cache_clear()
    return changed


def _codes(code: CodeType) -> Iterator[CodeType]:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield one
            yield from _codes(one)


if __name__ == "__main__":
    sys.exit(main())
