"""What a preview keeps from one rebuild to the next: a briefing whose files are the same is not read again.

A rebuild after an edit then costs what changed. Everything kept is found by the content that it was made from, so
nothing stale can be shown; what is not asked for in one rebuild is let go after it.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Generic, TypeVar

V = TypeVar("V")


class GenerationalCache(Generic[V]):
    """Values by what they were made from."""

    def __init__(self) -> None:
        self._old: dict[object, V] = {}
        self._new: dict[object, V] = {}

    def get(self, key: object, make: Callable[[], V]) -> V:
        """The value of a key, made if it is not there."""
        if key not in self._new:
            self._new[key] = self._old[key] if key in self._old else make()
        return self._new[key]

    def values(self) -> Iterable[V]:
        """Everything that was asked for since the rebuild began."""
        return self._new.values()

    def next_generation(self) -> None:
        """A rebuild begins: what the last one did not ask for is forgotten."""
        self._old, self._new = self._new, {}


def fingerprint(paths: Iterable[Path]) -> str:
    """A hash of files and of all files below folders, by name and content; one that cannot be read counts as such."""
    digest = hashlib.blake2b(digest_size=16)
    for path in paths:
        for file in sorted(_files(path)):
            digest.update(f"{file}\0".encode("utf-8", "surrogateescape"))
            digest.update(_content(file))
    return digest.hexdigest()


def _files(path: Path) -> Iterable[Path]:
    if not path.is_dir():
        return [path]
    return [Path(folder) / name for folder, _, names in os.walk(path) for name in names]


def _content(file: Path) -> bytes:
    """The hash of a file's content, so that the boundary between two files is always clear."""
    try:
        with file.open("rb") as stream:
            return hashlib.blake2b(stream.read(), digest_size=16).digest()
    except OSError as error:
        return repr(error).encode()
