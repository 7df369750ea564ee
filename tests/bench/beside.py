"""`python -m tests.bench.beside`: what share of a cold build the manifests, data, citations and feeds take.

In one process and one thread, seconds of CPU: of the whole build, and of the functions that make, write and hash what
stands beside the pages. A function is counted wherever it is called, and where it calls another one of them, once.
How many briefings, of 40 annotations each, may be given; without that, 200. `--profile FILE` writes what cProfile sees
of them instead.

    python -m tests.bench.beside [200] [--rounds 3]
"""

from __future__ import annotations

import argparse
import cProfile
import importlib
import inspect
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.bench.processes import ENVIRONMENT, PYTHON

BRIEFINGS = 200
ANNOTATIONS = 40
PARTS = {
    "data": (
        "briefing.render.data:data_files",
        "briefing.render.data.crate:crate_file",
    ),
    "text": ("briefing.render.data.text:markdown_files",),
    "citations": ("briefing.render.embeds:citation_pages",),
    "manifests": (
        "briefing.pipeline.briefing_build:_manifest_file",
        "briefing.mkdocs.site_manifest:write_site_manifest",
    ),
    "feeds": (
        "briefing.site.feeds:feed_channels",
        "briefing.site.correction_feed:correction_channel",
        "briefing.site.llms:list_for_programs",
    ),
    "files": (
        "briefing.mkdocs.generated_pages:GeneratedAttachment.made",
        "briefing.mkdocs.generated_pages:GeneratedAttachment.copy_file",
    ),
}
"""The functions whose time is counted, by what they make."""


class Counter:
    """Counts the seconds of CPU in functions, and not those of one that another calls."""

    def __init__(self, profile: cProfile.Profile | None) -> None:
        self.seconds = dict.fromkeys(PARTS, 0.0)
        self.profile = profile
        self.inside = False

    def counted(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does the same, and is counted; one that yields gives a list."""

        def call(*arguments: Any, **named: Any) -> Any:
            if self.inside:
                return function(*arguments, **named)
            self.inside, began = True, time.thread_time()
            if self.profile:
                self.profile.enable()
            try:
                made = function(*arguments, **named)
                return list(made) if isinstance(made, Iterator) else made
            finally:
                if self.profile:
                    self.profile.disable()
                self.inside = False
                self.seconds[part] += time.thread_time() - began

        return call

    def install(self) -> None:
        """Put counted functions in the place of those of `PARTS`, wherever they are imported by name."""
        import briefing.cli.site  # with all that a build imports
        import briefing.mkdocs.plugin  # noqa: F401

        for part, names in PARTS.items():
            for name in names:
                module, _, path = name.partition(":")
                holder: Any = importlib.import_module(module)
                *outer, last = path.split(".")
                for each in outer:
                    holder = getattr(holder, each)
                raw = inspect.getattr_static(holder, last)
                if isinstance(raw, classmethod):
                    setattr(holder, last, classmethod(self.counted(part, raw.__func__)))
                    continue
                made = self.counted(part, raw)
                setattr(holder, last, made)
                for other in [one for key, one in sys.modules.items() if key.startswith("briefing.")]:
                    for key in [key for key, value in vars(other).items() if value is raw]:
                        setattr(other, key, made)


def build(folder: Path, profile: str) -> None:
    """Build the site in a folder and print the seconds of each part, and of all."""
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config

    counter = Counter(cProfile.Profile() if profile else None)
    counter.install()
    began = time.process_time()
    config = load_config(str(folder / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(config)
    config.plugins.on_shutdown()
    print(*counter.seconds.values(), time.process_time() - began)
    if counter.profile:
        counter.profile.dump_stats(profile)


def main() -> None:
    """Print the share of each part; the median of some rounds."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.beside")
    parser.add_argument("briefings", nargs="?", type=int, default=BRIEFINGS)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--profile", default="", metavar="FILE")
    parser.add_argument("--build", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.build:
        build(given.build, given.profile)
        return
    from tests.bench.__main__ import Library

    rounds = []
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder), given.briefings)
        command = [PYTHON, "-m", "tests.bench.beside", "--build", str(library.ours)]
        command += ["--profile", str(Path(given.profile).absolute())] if given.profile else []
        for _ in range(given.rounds):
            library.forget()
            made = subprocess.run(
                command, env=ENVIRONMENT, check=True, stdout=subprocess.PIPE, text=True, preexec_fn=_one_processor
            )
            rounds.append([float(one) for one in made.stdout.split()[-len(PARTS) - 1 :]])
    *parts, whole = (statistics.median(each) for each in zip(*rounds, strict=True))
    print(f"a cold build of {given.briefings:,} briefings in one process: {whole:.1f} s of CPU")
    for name, seconds in (*zip(PARTS, parts, strict=True), ("all", sum(parts))):
        each = seconds / given.briefings * 1000
        print(f"{name:<10} {seconds:>6.2f} s {seconds / whole:>7.1%} {each:>7.2f} ms a briefing")


def _one_processor() -> None:
    """Have the build use one process: as many as it may use processors."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


if __name__ == "__main__":
    main()
