"""Fuzz one target in this process, as libFuzzer's arguments say: `python -m tests.fuzz.one_target NAME CORPUS -…`.

It ends with the process, at the first find.
"""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["briefing", "markdown_it", "mammoth", "srt", "webvtt"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    _, name, *arguments = sys.argv
    sys.setrecursionlimit(1000)
    atheris.Setup([sys.argv[0], *arguments], TARGETS[name])
    atheris.Fuzz()


main()
