"""A part of a site's briefings, built apart: results in a file, for machines that share nothing but files.

A shard is no site. It has the results that a build would keep, under the same keys, and whoever merges shards builds
the site as ever, from all that they have: what a shard does not have, or has for other inputs, is built then. So the
site is the same, byte for byte, whatever the shards are.

The file holds no code: MessagePack in frames, each with its length and hash. But results become pages, so that who can
write a shard can write the site: take shards only from builds of your own.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import msgspec

from briefing.load import find_briefings
from briefing.pipeline.briefing_build import PageSettings
from briefing.pipeline.built import OUTLINE
from briefing.pipeline.checking import read_registers
from briefing.pipeline.executor import PARTS, map_briefings
from briefing.pipeline.fingerprints import program
from briefing.pipeline.store import Store
from briefing.pipeline.timing import UNOBSERVED, BuildObserver

MAGIC = b"briefing shard 1\n"
_HASH = 16
_LENGTH = 4
"""Bytes of the length before each frame; a frame of length 0 ends the file."""
_KEY = re.compile(r"[0-9a-f]{32}")

Entry = tuple[str, dict[str, bytes]]
"""A key, and the parts of its result."""
_ENTRIES = msgspec.msgpack.Decoder(Entry)


class ShardUnusableError(Exception):
    """A file is no shard, or not whole; the message says which."""


@dataclass(frozen=True, slots=True)
class ShardNumber:
    """Which part of the briefings: the `number`th, from 1, of so many."""

    number: int
    of: int

    @classmethod
    def parse(cls, text: str) -> ShardNumber:
        """Read it as people write it, `2/8`. Raises ValueError."""
        found = re.fullmatch(r"([1-9]\d{0,4})/([1-9]\d{0,4})", text, re.ASCII)
        if not found or int(found[1]) > int(found[2]):
            raise ValueError(f"“{text}” is no shard: write 2/8 for the second of eight")
        return cls(int(found[1]), int(found[2]))

    def of_briefings(self, paths: Sequence[str]) -> tuple[str, ...]:
        """Return the folders that are in it: every briefing is in one shard of so many."""
        return tuple(paths[self.number - 1 :: self.of])


@dataclass(frozen=True, slots=True)
class ShardMade:
    """What is in a shard that was written."""

    briefings: int
    broken: tuple[str, ...]
    """The folders of those that have errors."""


def make_shard(
    file: Path,
    part: ShardNumber,
    docs: Path,
    settings: PageSettings,
    store: Store,
    *,
    executor: Executor | None = None,
    observer: BuildObserver = UNOBSERVED,
) -> ShardMade:
    """Build a part of the briefings below `docs`, or take them from `store`, and write their results to a file.

    Raises OSError, and PageTemplateError for a page template that cannot be used.
    """
    noted = _NotedStore(store)
    paths = part.of_briefings(find_briefings(docs))
    built = map_briefings(docs, paths, read_registers(docs), settings, noted, executor=executor, observer=observer)
    write_results(file, noted.results())
    return ShardMade(len(built), tuple(one.path for one in built if one.broken))


class _NotedStore:
    """Another store, and the keys of the results that were taken from it or put there."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._keys: dict[str, None] = {}

    def results(self) -> Iterator[Entry]:
        """Yield the results."""
        for key in self._keys:
            parts = {name: self._store.get(key, name) for name in PARTS}
            yield key, {name: data for name, data in parts.items() if data is not None}

    def get(self, key: str, part: str) -> bytes | None:
        """Return a part of a result, and note it."""
        found = self._store.get(key, part)
        if found is not None:
            self._keys[key] = None
        return found

    def put(self, key: str, parts: Mapping[str, bytes]) -> None:
        """Keep the parts of a result, and note it."""
        self._keys[key] = None
        self._store.put(key, parts)

    def use(self, key: str) -> None:
        """Note that a result is still needed."""
        self._store.use(key)

    def finish(self) -> None:
        """A build is done."""
        self._store.finish()

    def close(self) -> None:
        """Nothing more will be asked for."""
        self._store.close()


# --- the file --------------------------------------------------------------------------------------------------------


def write_results(file: Path, results: Iterable[Entry]) -> None:
    """Write results to a file, all of them or none. Raises OSError."""
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        with draft.open("wb") as opened:
            opened.write(MAGIC + program().encode() + b"\n")
            for entry in results:
                data = msgspec.msgpack.encode(entry)
                opened.write(len(data).to_bytes(_LENGTH, "big") + _hash_of(data) + data)
            opened.write(bytes(_LENGTH))
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)


def take_results(file: Path, store: Store) -> int:
    """Put the results in a file into a store, and return how many briefings they are of.

    Nothing is taken, and the number is 0, where the file was made by another version of this program, of Python or of
    an installed package: nothing in it would be asked for. Raises ShardUnusableError, and OSError.
    """
    with file.open("rb") as opened:
        if opened.read(len(MAGIC)) != MAGIC:
            raise ShardUnusableError("it is no shard of this program")
        if opened.readline(100).strip() != program().encode():
            return 0
        number = 0
        for key, parts in _entries(opened):
            store.put(key, parts)
            number += OUTLINE in parts
        return number


def _entries(opened: IO[bytes]) -> Iterator[Entry]:
    while length := int.from_bytes(_exactly(opened, _LENGTH), "big"):
        check = _exactly(opened, _HASH)
        data = _exactly(opened, length)
        if check != _hash_of(data):
            raise ShardUnusableError("it is damaged")
        try:
            key, parts = _ENTRIES.decode(data)
        except msgspec.MsgspecError as error:
            raise ShardUnusableError("it is damaged") from error
        if not _KEY.fullmatch(key) or not parts.keys() <= set(PARTS):
            raise ShardUnusableError("it is damaged")
        yield key, parts


def _exactly(opened: IO[bytes], length: int) -> bytes:
    data = opened.read(length)
    if len(data) != length:
        raise ShardUnusableError("it is not whole")
    return data


def _hash_of(data: bytes) -> bytes:
    return hashlib.blake2b(data, digest_size=_HASH).digest()
