"""Measures the worst inputs: `python -m tests.cost [beginning of a name]` prints seconds of the processor, megabytes,
and how each was answered; `!` marks what takes more than the issue allows."""

from __future__ import annotations

import sys

from tests.cost.measure import measure
from tests.cost.worst import all_inputs


def main() -> None:
    beginning = "".join(sys.argv[1:2])
    for one in all_inputs():
        if one.name.startswith(beginning):
            cost = measure(one)
            mark = "!" if cost.exceeds else " "
            print(f"{cost.seconds:6.1f} s {cost.memory / 1e6:6.0f} MB {mark} {one.name}: {cost.answer}", flush=True)


if __name__ == "__main__":
    main()
