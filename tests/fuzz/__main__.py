"""Fuzz: `python -m tests.fuzz [--seconds N] [TARGET…]`, on one core, with atheris (Linux; the extra `fuzz`).

The time is divided among the targets. What the inputs reach is kept in `.cache/fuzz/<target>`, so that the next run
goes on from there. A find is written to `.cache/fuzz/found`, and ends with 1: copy it to `tests/cases/fuzz/<target>/`
under a name that says what it is, and mend what it found.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from pathlib import Path

from tests.fuzz.seeds import WORDS, seeds
from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache" / "fuzz"
SLOW, MEMORY, LENGTH = 60, 2000, 20_000
"""Seconds of one input and megabytes of the process that are a find; bytes of an input."""


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--seconds", type=int, default=60, help="for all targets together")
    arguments.add_argument("targets", nargs="*", metavar="TARGET", choices=[[], *TARGETS], default=[])
    given = arguments.parse_args()
    names = given.targets or [*TARGETS]
    return max([fuzz(name, given.seconds // len(names)) for name in names])


def fuzz(name: str, seconds: int) -> int:
    """Fuzz one target, and print how many inputs were tried; 1 for a find."""
    corpus, dictionary = CACHE / name, CACHE / f"{name}.dict"
    corpus.mkdir(parents=True, exist_ok=True)
    (CACHE / "found").mkdir(exist_ok=True)
    for seed, data in seeds(name):
        (corpus / f"seed-{re.sub('[^A-Za-z0-9.-]', '-', seed)}").write_bytes(data)
    dictionary.write_text("".join(f'"{_escaped(word)}"\n' for word in WORDS[name]), "ascii")
    limits = {"max_total_time": seconds, "timeout": SLOW, "rss_limit_mb": MEMORY, "max_len": LENGTH}
    limits |= {"print_final_stats": 1, "verbosity": 0, "close_fd_mask": 0}
    options = [f"-{key}={value}" for key, value in limits.items()]
    options += [f"-dict={dictionary}", f"-artifact_prefix={CACHE / 'found' / name}-"]
    began = time.monotonic()
    run = [sys.executable, "-m", "tests.fuzz.one_target", name, str(corpus), *options]
    done = subprocess.run(run, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    tried = re.search(r"number_of_executed_units: (\d+)", done.stdout)
    counted = f"{int(tried[1]):,} inputs" if tried else "inputs were not counted"
    print(
        f"{name}: {counted} in {time.monotonic() - began:.0f} s, {'a find' if done.returncode else 'no find'}",
        flush=True,
    )
    if done.returncode:
        print(re.sub(r"^INFO: Instrumenting .*\n", "", done.stdout, flags=re.M)[-6000:], flush=True)
    return int(done.returncode != 0)


def _escaped(word: str) -> str:
    """A word of a dictionary of libFuzzer: ASCII, with other bytes as escapes."""
    return "".join(c if c.isascii() and c != '"' else "".join(f"\\x{b:02x}" for b in c.encode()) for c in word)


if __name__ == "__main__":
    sys.exit(main())
