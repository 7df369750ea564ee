"""`make bench`: what builds, the start of the commands, previews and searches cost, beside stock MkDocs where it can.

Stock is MkDocs with Material on what `briefing export` writes: the same pages, extensions and navigation. Whole
processes, seconds of CPU of all that they start, and the two sides in turn, so that the ratios of one run can be
compared; seconds alone cannot. The numbers of briefings, of 40 annotations each, may be given:

    python -m tests.bench 10 100 300 1000 [--rounds 3] [--only cold,warm,start,one,preview,search]

- cold: nothing is kept of earlier builds; the exponent says how CPU grows between the two largest sizes;
- warm: at the largest size, nothing changed, and one note changed, with the search and without it;
- start: the help, and the check of one briefing, first and again, beside `mkdocs --version`;
- one, preview, search: the modules of these names here, which can be run alone.
"""

from __future__ import annotations

import argparse
import math
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from tests.bench.processes import ENVIRONMENT, PYTHON, Cost, measured, middle
from tests.generate import write_library

SIZES = (10, 100)
"""Larger ones are asked for: stock takes a minute and more for three hundred."""
ANNOTATIONS = 40
ROUNDS = 1
STARTS = 7
"""Rounds of what is over in a second."""
CONFIGURATION = """site_name: Bench
site_url: https://example.org/
theme: {name: material, font: false}
plugins: [PLUGINS]
markdown_extensions: [attr_list, md_in_html, tables, {toc: {permalink: true}}]
nav: [{Home: index.md}, {People: people/index.md}]
validation: {nav: {omitted_files: ignore}}
"""
WITHOUT_SEARCH = "without-search.yml"
BUILD = (PYTHON, "-m", "mkdocs", "build", "-q")
MORE: Mapping[str, tuple[str, ...]] = {"one_briefing": (), "preview": ("1", "10"), "search": ("10", "100")}
"""The other parts, and their arguments here."""
PARTS = ("cold", "warm", "start", "one", "preview", "search")


def main() -> None:
    """Print all tables, or those that are asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench")
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="of cold and warm builds; the median is printed")
    parser.add_argument("--only", default=",".join(PARTS), help="which parts, with commas")
    given = parser.parse_args()
    parts = given.only.split(",")
    if unknown := set(parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}")
    with tempfile.TemporaryDirectory() as folder:
        sizes = sorted(given.sizes)
        libraries = [Library(Path(folder, str(size)), size) for size in sizes]
        if {"cold", "warm"}.intersection(parts):
            builds(libraries, given.rounds, "warm" in parts)
        if "start" in parts:
            starts(libraries[0])
    for name, arguments in MORE.items():
        if name.partition("_")[0] in parts:
            run_module(name, arguments)


class Library:
    """A site with so many briefings, and the same pages as a plain site."""

    def __init__(self, folder: Path, size: int) -> None:
        self.size, self.ours, self.stock = size, folder / "ours", folder / "stock"
        write_library(self.ours / "docs", size, annotations=ANNOTATIONS)
        configuration = {"mkdocs.yml": "search, briefing", WITHOUT_SEARCH: "briefing"}
        for name, plugins in configuration.items():
            (self.ours / name).write_text(CONFIGURATION.replace("PLUGINS", plugins), "utf-8")

    def export(self) -> None:
        """Write the plain site. It keeps nothing, so that the next build is a cold one."""
        command = [PYTHON, "-m", "briefing", "export", str(self.stock)]
        subprocess.run(command, cwd=self.ours, check=True, env=ENVIRONMENT, capture_output=True)
        file = self.stock / "mkdocs.yml"
        written = file.read_text("utf-8")
        assert "permalink: true" in written and "- Home: index.md" in written, "stock has the same work to do"
        self.forget()

    def forget(self) -> None:
        """Remove what builds have made and kept."""
        for made in (self.ours / "site", self.ours / ".cache", self.stock / "site"):
            shutil.rmtree(made, ignore_errors=True)

    def edit(self, number: int) -> None:
        """Change one note."""
        quotes = self.ours / "docs/briefings/b0000/annotations/quotes.yml"
        text = quotes.read_text("utf-8")
        quotes.write_text(text.replace("      Said ", f"      Said once more ({number}) and ", 1), "utf-8")


# --- builds ----------------------------------------------------------------------------------------------------------


def builds(libraries: Sequence[Library], rounds: int, warm: bool) -> None:
    """Print a line for each size, how cost grows, and what the largest costs when little or nothing has changed."""
    print(f"cold builds; {rounds} round(s), in turn          stock                     ours / stock")
    print("briefings   files          CPU    clock   memory       CPU    clock   memory", flush=True)
    cold: list[tuple[Cost, Cost]] = []
    for library in libraries:
        library.export()
        warm_up(library)
        cold.append(cold_builds(library, rounds))
        ours, stock = cold[-1]
        files = sum(file.is_file() for file in (library.ours / "site").rglob("*"))
        print(f"{library.size:>9,} {files:>7,} {seconds(stock)}  {ratios(ours, stock)}", flush=True)
    if len(cold) > 1:
        ours_growth, stock_growth = (
            growth([each[side].cpu for each in cold], [each.size for each in libraries]) for side in (0, 1)
        )
        print(f"CPU grows with the {ours_growth:.2f}th power of the number of briefings, stock's {stock_growth:.2f}th")
    if warm:
        print(f"\nwarm builds of {libraries[-1].size:,} briefings                       / stock, cold")
        print("                                             CPU    clock   memory", flush=True)
        for name, cost in warm_builds(libraries[-1], rounds):
            print(f"{name:<37} {ratios(cost, cold[-1][1])}   ({cost.cpu:.2f} s of CPU)", flush=True)


def warm_up(library: Library) -> None:
    """Have all modules compiled, as they are wherever a program has run once."""
    for folder in (library.ours, library.stock):
        measured(folder, PYTHON, "-m", "mkdocs", "--version")
    if library.size <= min(SIZES):
        for folder in (library.ours, library.stock):
            measured(folder, *BUILD)


def cold_builds(library: Library, rounds: int) -> tuple[Cost, Cost]:
    """Build ours and stock in turn, with nothing kept."""
    ours, stock = [], []
    for number in range(rounds):
        library.forget()
        sides = [(ours, library.ours), (stock, library.stock)]
        for costs, folder in sides if number % 2 == 0 else sides[::-1]:
            costs.append(measured(folder, *BUILD))
    made, theirs = (
        {page.relative_to(folder / "site") for page in (folder / "site").rglob("*.html")}
        for folder in (library.ours, library.stock)
    )
    assert made == theirs, f"the two sites have other pages: {sorted(map(str, made ^ theirs))[:5]}"
    return middle(ours), middle(stock)


def warm_builds(library: Library, rounds: int) -> Iterator[tuple[str, Cost]]:
    """Build ours again with nothing changed and with one note changed, with the search and without it."""
    plain = (*BUILD, "-f", WITHOUT_SEARCH)
    kinds: Mapping[str, tuple[Sequence[str], bool]] = {
        "nothing changed": (BUILD, False),
        "one note changed": (BUILD, True),
        "one note changed, no search": (plain, True),
    }
    costs: dict[str, list[Cost]] = {name: [] for name in kinds}
    for number in range(rounds):
        for name, (command, edited) in kinds.items():
            if command != BUILD or number:
                measured(library.ours, *command)  # the last build was of the other kind
            if edited:
                library.edit(number)
            costs[name].append(measured(library.ours, *command))
    for name in kinds:
        yield name, middle(costs[name])


def growth(costs: Sequence[float], sizes: Sequence[int]) -> float:
    """Return the power of its size with which a cost grows, between the two largest."""
    return math.log(costs[-1] / costs[-2]) / math.log(sizes[-1] / sizes[-2])


def seconds(cost: Cost) -> str:
    return f"{cost.cpu:>9.1f} s {cost.wall:>6.1f} s {cost.memory / 1e6:>5.0f} MB"


def ratios(cost: Cost, base: Cost) -> str:
    pairs = ((cost.cpu, base.cpu), (cost.wall, base.wall), (cost.memory, base.memory))
    return " ".join(f"{one / other:>8.3f}" for one, other in pairs)


# --- the rest --------------------------------------------------------------------------------------------------------


def starts(library: Library) -> None:
    """Print what the help and the check of one briefing cost beside MkDocs' own version: with nothing kept of earlier
    checks, and of bytes that have been checked before."""
    check = ("briefing", "check", "-b", "docs/briefings/b0000")
    first = "briefing check, for the first time"
    commands = {
        "mkdocs --version": ("mkdocs", "--version"),
        "briefing -h": ("briefing", "-h"),
        first: check,
        "briefing check, once more": check,
    }
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(STARTS):
        for name, (module, *arguments) in commands.items():
            if name == first:
                library.forget()
            costs[name].append(measured(library.ours, PYTHON, "-m", module, *arguments))
    base = middle(costs["mkdocs --version"])
    print("\nstart                                / mkdocs --version (CPU)")
    for name in commands:
        cost = middle(costs[name])
        print(f"{name:<37} {cost.cpu / base.cpu:>8.2f}   ({cost.cpu:.2f} s of CPU)", flush=True)


def run_module(name: str, arguments: Sequence[str]) -> None:
    """Run another part as a program of its own."""
    module = f"{__package__}.{name}"
    if find_spec(module) is None:
        print(f"\n{module} is not there")
        return
    print(f"\n{module} {' '.join(arguments)}".rstrip(), flush=True)
    subprocess.run([PYTHON, "-m", module, *arguments], env=ENVIRONMENT, check=True)


if __name__ == "__main__":
    main()
