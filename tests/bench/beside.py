"""`python -m tests.bench.beside`: what share of a cold build the manifest and data take.

In one process and one thread, seconds of CPU: of the whole build, and of the functions that make, write and hash what
stands beside the pages. A function is counted wherever it is called, and where it calls another one of them, once.
How many briefings, of 40 annotations each, may be given; without that, 200. `--profile FILE` writes what cProfile sees
of them instead.

The sum “manifest and data” has: both manifests with the hash of every file of the site, pages and styles too;
data.json, the CSV files and their package, the Web Annotations, the RO-Crate; Markdown for programs, feeds and
llms.txt; BibTeX, RIS and CSL-JSON; and writing all of these. Apart from it are `cite.html` and `embed.html`, which are
pages that people read, with what is worked out for them, and writing these two: “citing and embedding”. Not counted is
what any page needs as well, such as checking a briefing and finding its words.

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

from briefing.render.names import CITE, EMBED
from tests.bench.processes import ENVIRONMENT, PYTHON

BRIEFINGS = 200
ANNOTATIONS = 40
PARTS = {
    "data": (
        "briefing.render.data:data_files",
        "briefing.render.data.crate:crate_file",
    ),
    "text": ("briefing.render.data.text:markdown_files",),
    "references": (
        "briefing.render.citation_formats:csl_json",
        "briefing.render.citation_formats:bibtex",
        "briefing.render.citation_formats:ris",
    ),
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
    "citing": ("briefing.render.embeds:citation_pages",),
}
"""The functions whose time is counted, by what they make."""
APART = "citing"
"""Pages that people read: no part of the sum."""


class Counter:
    """Counts the seconds of CPU in functions; those of one that another of them calls count for the inner one."""

    def __init__(self, profile: cProfile.Profile | None) -> None:
        self.seconds = dict.fromkeys(PARTS, 0.0)
        self.profile = profile
        self.inside = ""
        self.since = 0.0

    def counted(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that does the same, and is counted for a part or for none; what yields gives a list."""

        def call(*arguments: Any, **named: Any) -> Any:
            outer = self.turn_to(APART if part == "files" and _is_page(arguments[0]) else part)
            try:
                made = function(*arguments, **named)
                return list(made) if isinstance(made, Iterator) else made
            finally:
                self.turn_to(outer)

        return call

    def turn_to(self, part: str) -> str:
        """Count what follows for a part, or for none, and return the one before."""
        now, outer = time.thread_time(), self.inside
        if outer:
            self.seconds[outer] += now - self.since
        if self.profile and bool(part) != bool(outer):
            (self.profile.enable if part else self.profile.disable)()
        self.inside, self.since = part, now
        return outer

    def install(self) -> None:
        """Put counted functions in the place of those of `PARTS`, wherever they are imported by name."""
        import briefing.cli.site  # with all that a build imports
        import briefing.mkdocs.plugin  # noqa: F401

        os.makedirs = self.counted("", os.makedirs)  # pages need the same folders
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
                    for known in (vars(other), *(each for each in vars(other).values() if type(each) is dict)):
                        known.update({key: made for key, value in known.items() if value is raw})


def _is_page(file: Any) -> bool:
    """Return whether a file that is written is a page for citing and embedding."""
    return str(getattr(file, "src_uri", "")).endswith((CITE, EMBED))


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
    named = dict(zip(PARTS, parts, strict=True))
    apart = named.pop(APART)
    for name, seconds in (*named.items(), ("manifest and data", sum(parts) - apart), ("citing and embedding", apart)):
        each = seconds / given.briefings * 1000
        print(f"{name:<20} {seconds:>6.2f} s {seconds / whole:>7.1%} {each:>7.2f} ms a briefing")


def _one_processor() -> None:
    """Have the build use one process: as many as it may use processors."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


if __name__ == "__main__":
    main()
