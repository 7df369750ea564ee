"""Keeps builds from one rebuild of a preview to the next: a briefing whose files are the same is not read again.

A rebuild after an edit then costs what changed. Everything kept is found by the content that it was made from, so
nothing stale can be shown; what is not asked for in one rebuild is let go after it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from briefing.load.folder_files import FolderFiles
from briefing.pipeline.briefing_build import Registers

V = TypeVar("V")


class GenerationalCache(Generic[V]):
    """Values by what they were made from."""

    def __init__(self) -> None:
        self._old: dict[object, V] = {}
        self._new: dict[object, V] = {}

    def get(self, key: object, make: Callable[[], V]) -> V:
        """Return the value of a key, made if it is not there."""
        if key not in self._new:
            self._new[key] = self._old[key] if key in self._old else make()
        return self._new[key]

    def values(self) -> Iterable[V]:
        """Return everything that was asked for since the rebuild began."""
        return self._new.values()

    def next_generation(self) -> None:
        """A rebuild begins: what the last one did not ask for is forgotten."""
        self._old, self._new = self._new, {}


def fingerprint(folder: FolderFiles, registers: Registers) -> str:
    """Return a hash of all that a briefing is made from; what could not be read counts by the reason."""
    digest = hashlib.blake2b(digest_size=16)
    for name, entry in folder.entries.items():
        content = entry if isinstance(entry, bytes) else repr(entry).encode("utf-8", "surrogateescape")
        digest.update(f"{name}\0".encode("utf-8", "surrogateescape"))
        digest.update(hashlib.blake2b(content, digest_size=16).digest())
    digest.update(repr(registers.problems).encode("utf-8", "surrogateescape"))
    for name, file in registers.files.items():
        digest.update(f"{name}\0{len(file.text)}\0{file.text}".encode("utf-8", "surrogateescape"))
    return digest.hexdigest()
