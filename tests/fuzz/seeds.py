"""What fuzzing begins with: the cases of the other tests, and the words of each language that is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.fuzz.targets import DIVIDER, IMPORTED, LOADED, READ
from tests.load.folders import CASES, FOLDER, GOOD
from tests.tables import read_table

FOUND = CASES / "fuzz"
"""By target: the inputs that once found something."""
MOST = 20_000
"""Bytes of a seed: more makes each try slow."""

WORDS: Mapping[str, tuple[str, ...]] = {
    "load": (
        *("id: ", "target: ", "speaker: ", "note: ", "value: ", "quotes:", "figures:", "derived:", "formula: ", "cite"),
        *("[@", "&a ", "*a", "!!", "|\\x0a", ">-\\x0a", "- ", "{", "}", "~", "null", "1e9", "series:", "points:"),
    ),
    "anchor": ("\\x00", "…", "“", "”", "\\xcc\\x81", "\\xe2\\x80\\x8d", "\\xc2\\xad", " \\x0a", "[", "]"),
    "prose": ("[@", "[#", "](", "**", "``", "- ", "1. ", "> ", "<!--", "{{", "\\x0d\\x0a", "https://", "\\\\", "&amp;"),
    "readers": ("<p>", "</p>", "<table>", "<!--", "<script>", "&#", "-->", "00:00:01.000", "WEBVTT", "obj", "PK"),
    "imports": ("text", "comment", "{\\x22", "\\x22:", "[{", "<post>", "selector", "exact", "TextQuoteSelector"),
    "merge": ("\\x00", "quotes:", "- id: ", "target: ", "\\x0a", "  ", "#", "&a", "*a", "|"),
}  # fmt: skip


def seeds(target: str) -> Iterator[tuple[str, bytes]]:
    """The name and bytes of each input that fuzzing of a target begins with."""
    for name, data in _SEEDS[target]():
        if len(data) <= MOST:
            yield name, data
    yield from found(target)


def found(target: str) -> Iterator[tuple[str, bytes]]:
    """What once was a find."""
    folder = FOUND / target
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        yield file.name, file.read_bytes()


def _load() -> Iterator[tuple[str, bytes]]:
    for number, name in enumerate(LOADED):
        file = GOOD / FOLDER / name
        if file.is_file():
            yield name.replace("/", "-"), bytes([number]) + file.read_bytes()


def _anchor() -> Iterator[tuple[str, bytes]]:
    text = (GOOD / FOLDER / "source.txt").read_bytes()
    for start in range(0, min(len(text) - 80, 2000), 100):
        yield f"source-{start}", DIVIDER.join((text, text[start : start + 40], text[max(0, start - 10) : start]))


def _prose() -> Iterator[tuple[str, bytes]]:
    for table in sorted((CASES / "prose").glob("*.table")):
        for case in read_table(table):
            yield f"{table.stem}-{case.name}", case.given.encode()


def _readers() -> Iterator[tuple[str, bytes]]:
    yield from _files(CASES / "readers", {ending: number for number, ending in enumerate(READ)})


def _imports() -> Iterator[tuple[str, bytes]]:
    endings = {Path(name).suffix: number for number, name in reversed([*enumerate(IMPORTED)])}
    yield from _files(CASES / "imports" / "comments", endings)
    for name, number in (("hypothesis.json", IMPORTED.index("a.json")), ("hypothesis-client.csv", 5)):
        yield name, bytes([number]) + (CASES / "imports" / name).read_bytes()
    yield "remarks.json", bytes([IMPORTED.index("r.json")]) + b'{"briefing": "b", "reviewer": "A", "remarks": []}'


def _merge() -> Iterator[tuple[str, bytes]]:
    one, two, three = (f"  - id: {id}\n    target: {id} words\n    note: |\n      A\n" for id in "abc")
    head = "quotes:\n"
    for name, sides in {
        "both": (head + one, head + one + two, head + three + one),
        "gone": (head + one + two, head + two, head + one + two),
        "flow": ("context: [{id: a}]\n", "context: [{id: a}, {id: b}]\n", "context: [{id: a}]\n"),
    }.items():
        yield name, DIVIDER.join(side.encode() for side in sides)


def _files(folder: Path, endings: Mapping[str, int]) -> Iterator[tuple[str, bytes]]:
    for file in sorted(folder.iterdir()):
        if file.suffix in endings:
            yield file.name, bytes([endings[file.suffix]]) + file.read_bytes()


_SEEDS = {
    "load": _load,
    "anchor": _anchor,
    "prose": _prose,
    "readers": _readers,
    "imports": _imports,
    "merge": _merge,
}
