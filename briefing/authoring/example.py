"""The example of a new site: a briefing with an invented source, which is published like any other until it is taken
out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from briefing import resources
from briefing.authoring.edit.files import Content, remove_empty_folders, write_all

EXAMPLE = "briefings/example"
"""Its folder, relative to the docs folder."""
_PEOPLE = "people.yml"


class ExampleChangedError(Exception):
    """The example is not what it was made as, so somebody’s work may be in it."""


def without_example(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of a new site, by their path in it, without its example and the people in it."""
    kept = {name: content for name, content in files.items() if not name.startswith(f"docs/{EXAMPLE}/")}
    return {**kept, f"docs/{_PEOPLE}": _without_people(files[f"docs/{_PEOPLE}"])}


def has_example(docs: Path) -> bool:
    """Return whether there is a briefing with the example’s source."""
    name = f"{EXAMPLE}/source.txt"
    return _content_of(docs / name) == _as_made()[name]


def is_unchanged(docs: Path) -> bool:
    """Return whether the folder holds what it was made with, and nothing else."""
    made = {docs / name: content for name, content in _as_made().items() if name != _PEOPLE}
    found = (path for path in (docs / EXAMPLE).rglob("*") if path.is_symlink() or not path.is_dir())
    return {path: _content_of(path) for path in found} == made


def remove_example(docs: Path) -> dict[Path, tuple[Content | None, Content | None]]:
    """Delete the example, and the people that are in it alone, as far as `people.yml` has them as it was made; return
    by file what it held and what it holds now, None for nothing.

    Raises ExampleChangedError where it is not what it was made as, and what `write_all` does.
    """
    if not is_unchanged(docs):
        raise ExampleChangedError(f"docs/{EXAMPLE} is not as `briefing init` made it")
    made = _as_made()
    was: dict[Path, Content | None] = {docs / name: content for name, content in made.items() if name != _PEOPLE}
    contents: dict[Path, Content | None] = dict.fromkeys(was)
    people = docs / _PEOPLE
    held = _content_of(people) or b""
    left = b"".join(line for line in held.splitlines(keepends=True) if line not in _of_example(docs, made[_PEOPLE]))
    if left != held:
        was[people], contents[people] = held, left
    write_all(contents, was=was, inside=docs)
    remove_empty_folders(docs / EXAMPLE)
    return {path: (was[path], contents[path]) for path in contents}


def _as_made() -> dict[str, bytes]:
    """Return the example’s files and the people, by their names relative to the docs folder."""
    files = resources.project("").items()
    own = {name.removeprefix("docs/"): content for name, content in files if name.startswith("docs/")}
    return {name: content for name, content in own.items() if name.startswith(f"{EXAMPLE}/") or name == _PEOPLE}


def _without_people(people: bytes) -> bytes:
    """Return the comments alone, with which the file begins."""
    return b"".join(line for line in people.splitlines(keepends=True) if line.startswith(b"#"))


def _of_example(docs: Path, people: bytes) -> list[bytes]:
    """Return the lines of the people whom no briefing other than the example names."""
    others = [path for path in docs.rglob("briefing.yml") if not path.is_relative_to(docs / EXAMPLE)]
    named = b"\n".join(_content_of(path) or b"" for path in others)
    lines = (line for line in people.splitlines(keepends=True) if line.strip() and not line.startswith(b"#"))
    return [line for line in lines if line.partition(b":")[0] not in named]


def _content_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
