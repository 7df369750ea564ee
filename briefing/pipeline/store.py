"""Where results are kept: in memory, or in one file beside the site's configuration, by the hash of their inputs.

A store never decides whether something is still right: what is asked for is found by the hash of all that it was made
from, or not at all. So it can be deleted at any time, and whatever goes wrong with it makes a build slower and no more.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from itertools import accumulate
from pathlib import Path
from typing import Any, Protocol, TypeVar

from briefing.pipeline.encoding import UnencodableError, decode, digest, encode
from briefing.pipeline.fingerprints import program

T = TypeVar("T")
R = TypeVar("R")

FOLDER = ".cache/briefing"
"""Beside the site's configuration."""
FILE = "store.sqlite3"


class Store(Protocol):
    """Keeps parts of results by their keys."""

    def get(self, key: str, part: str) -> bytes | None:
        """Return a part of a result; None where it is not kept."""

    def put(self, key: str, parts: Mapping[str, bytes]) -> None:
        """Keep the parts of a result."""

    def use(self, key: str) -> None:
        """Note that a result is still needed, though nobody asks for it now."""

    def finish(self) -> None:
        """A build is done: what has long not been asked for may go."""

    def close(self) -> None:
        """Nothing more will be asked for."""


class MemoryStore:
    """Keeps results in this process: those that the last build or this one asked for."""

    def __init__(self) -> None:
        self._kept: dict[str, Mapping[str, bytes]] = {}
        self._used: set[str] = set()
        self._used_before: set[str] = set()

    def get(self, key: str, part: str) -> bytes | None:
        """Return a part of a result; None where it is not kept."""
        self._used.add(key)
        return self._kept.get(key, {}).get(part)

    def put(self, key: str, parts: Mapping[str, bytes]) -> None:
        """Keep the parts of a result."""
        self._used.add(key)
        self._kept[key] = {**self._kept.get(key, {}), **parts}

    def use(self, key: str) -> None:
        """Note that a result is still needed, though nobody asks for it now."""
        self._used.add(key)

    def finish(self) -> None:
        """A build is done: what neither it nor the one before asked for goes."""
        wanted = self._used | self._used_before
        self._kept = {key: parts for key, parts in self._kept.items() if key in wanted}
        self._used, self._used_before = set(), self._used

    def close(self) -> None:
        """Keep everything: pages of the last build may still be asked for."""


def remembered(store: Store, what: str, kind: Any, make: Callable[[], T], *inputs: object) -> T:
    """Return what `make` makes of the inputs, a value of the type `kind`; from the store where it is kept there.

    `what` names what is made, and `inputs` must be all that it depends on besides the program.
    """
    key = digest(what, program(), inputs)
    data = store.get(key, what)
    with suppress(ValueError):  # somebody has put another value there
        if data is not None:
            kept: T = decode(data, kind)
            return kept
    made = make()
    with suppress(UnencodableError):
        store.put(key, {what: encode(made)})
    return made


# --- one file --------------------------------------------------------------------------------------------------------

APPLICATION = 0x62726673
"""Marks a file of SQLite as ours ("brfs")."""
LAYOUT = 1
"""Of the tables; a file with another is put aside."""
BATCH = 8_000_000
"""Bytes that are written at once: long enough for few transactions, short enough to lose little in a crash."""
ROOM = 256_000_000
"""Bytes that a store may always have; and three times what one build needs."""
WEEKS = 4
"""After which what nobody asked for goes."""
_WAITING = 10.0
"""Seconds for another build that is just writing."""
_CHECK = 8
"""Bytes of the hash before every part: SQLite itself would not notice a bit that a disk has turned."""
_TABLES = f"""
CREATE TABLE results (key TEXT PRIMARY KEY, used INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE parts (key TEXT NOT NULL, part TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (key, part));
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {LAYOUT};
"""


class _UnusableError(Exception):
    """The file is none of ours, damaged, or has another layout; the message says which."""


class DiskStore:
    """Keeps results in one file of SQLite; what cannot be written there is kept in memory for this build.

    Several processes can use it at once. `tell` is called with one line for each thing that went wrong with it.
    """

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        self._file, self._tell = folder / FILE, tell
        self._waiting: dict[str, dict[str, bytes]] = {}
        self._size = 0
        self._used: set[str] = set()
        self._usable = self._writable = True
        self._lock = threading.RLock()
        self._connections: dict[int, sqlite3.Connection] = {}

    def get(self, key: str, part: str) -> bytes | None:
        """Return a part of a result; None where it is not kept."""
        with self._lock:
            self._used.add(key)
            if (waiting := self._waiting.get(key, {}).get(part)) is not None:
                return waiting
            return self._tried(lambda connection: _read(connection, key, part))

    def put(self, key: str, parts: Mapping[str, bytes]) -> None:
        """Keep the parts of a result; they are on the disk some time later, at the latest after `finish`."""
        with self._lock:
            self._used.add(key)
            self._waiting.setdefault(key, {}).update(parts)
            self._size += sum(map(len, parts.values()))
            if self._size > BATCH and self._writable:
                self._write()

    def use(self, key: str) -> None:
        """Note that a result is still needed, though nobody asks for it now."""
        with self._lock:
            self._used.add(key)

    def finish(self) -> None:
        """Write what waits; delete what nobody has asked for in weeks, and the oldest where there is too much."""
        with self._lock:
            if self._writable:
                self._write()
            if self._writable:
                self._tried(lambda connection: _forget(connection, self._used))
            self._used = set()

    def close(self) -> None:
        """Write what waits and let go of the file."""
        with self._lock:
            if self._writable and self._waiting:
                self._write()
            with suppress(sqlite3.Error):
                if connection := self._connections.pop(os.getpid(), None):
                    connection.close()

    def _write(self) -> None:
        written = self._tried(lambda connection: _insert(connection, self._waiting)) if self._waiting else None
        if written:
            self._waiting, self._size = {}, 0

    def _tried(self, use: Callable[[sqlite3.Connection], R]) -> R | None:
        """Return what `use` gives for the connection, None where there is none to be had or SQLite refuses."""
        try:
            return use(self._connected()) if self._usable else None
        except _UnusableError as reason:
            self._put_aside(str(reason))
        except (sqlite3.OperationalError, OSError) as error:
            self._refused(error)
        except sqlite3.DatabaseError as error:
            self._put_aside(str(error))
        return None

    def _connected(self) -> sqlite3.Connection:
        """Return this process's own connection: SQLite's must not be taken into another by a fork."""
        if os.getpid() not in self._connections:
            self._connections[os.getpid()] = _open(self._file)
        return self._connections[os.getpid()]

    def _refused(self, error: Exception) -> None:
        """Go on without writing, or without the file where it cannot even be read."""
        known = bool(self._connections.get(os.getpid()))
        if self._writable:
            self._tell(f"results are not kept for the next build, which will be slower: {self._file}: {error}")
        self._writable, self._usable = False, known

    def _put_aside(self, reason: str) -> None:
        """Rename a file that cannot be used, and begin another."""
        with suppress(sqlite3.Error):
            if connection := self._connections.pop(os.getpid(), None):
                connection.close()
        aside = self._file.with_name(f"{self._file.name}.unusable")
        try:
            self._file.replace(aside)
            for ending in ("-wal", "-shm"):
                self._file.with_name(self._file.name + ending).unlink(missing_ok=True)
        except OSError as error:
            self._refused(error)
            return
        self._tell(f"the kept results cannot be used and are now “{aside.name}”; all is built anew: {reason}")


def _open(file: Path) -> sqlite3.Connection:
    """Open the file, or make it. Raises sqlite3.Error, OSError and _UnusableError."""
    if file.is_symlink():
        raise _UnusableError("it is a link")
    file.parent.mkdir(parents=True, exist_ok=True)
    with suppress(OSError):
        ignored = file.parent / ".gitignore"
        if not ignored.exists():
            ignored.write_text("*\n", "utf-8")
    connection = sqlite3.connect(file, timeout=_WAITING, isolation_level=None, check_same_thread=False)
    try:
        _prepare(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    def number(pragma: str) -> int:
        return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])

    if not number("schema_version"):
        connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        connection.execute("PRAGMA journal_mode = WAL")
        with _transaction(connection):
            if not number("schema_version"):  # nor has another build made it meanwhile
                for line in filter(None, map(str.strip, _TABLES.split(";"))):
                    connection.execute(line)
    if number("application_id") != APPLICATION:
        raise _UnusableError("it is another program's")
    if number("user_version") != LAYOUT:
        raise _UnusableError("it is of another version")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA journal_size_limit = {2 * BATCH}")


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _read(connection: sqlite3.Connection, key: str, part: str) -> bytes | None:
    """Return a part; None where it is not there. Raises _UnusableError where it is damaged."""
    row = connection.execute("SELECT data FROM parts WHERE key = ? AND part = ?", (key, part)).fetchone()
    return _checked(row[0], key, part) if row else None


def _insert(connection: sqlite3.Connection, results: Mapping[str, Mapping[str, bytes]]) -> bool:
    """Write results, all or none of them."""
    parts = ((key, part, data) for key, found in results.items() for part, data in found.items())
    today = _today()
    with _transaction(connection):
        connection.executemany("INSERT OR REPLACE INTO results VALUES (?, ?)", [(key, today) for key in results])
        connection.executemany(
            "INSERT OR REPLACE INTO parts VALUES (?, ?, ?)",
            ((key, part, _check(data, key, part) + data) for key, part, data in parts),
        )
    return True


def _forget(connection: sqlite3.Connection, used: set[str]) -> None:
    """Note what was used today, and delete what is too old or too much."""
    today = _today()
    known = dict(connection.execute("SELECT key, used FROM results"))
    stale = [key for key in used if known.get(key, today) != today]
    old = [key for key, day in known.items() if day < today - 7 * WEEKS and key not in used]
    old += _too_much(connection, used, sorted(known.keys() - used - set(old), key=known.__getitem__))
    if stale or old:
        with _transaction(connection):
            connection.executemany("UPDATE results SET used = ? WHERE key = ?", [(today, key) for key in stale])
            for table in ("results", "parts"):
                connection.executemany(f"DELETE FROM {table} WHERE key = ?", [(key,) for key in old])
    if old:
        connection.execute("PRAGMA incremental_vacuum").fetchall()


def _too_much(connection: sqlite3.Connection, used: set[str], others: Sequence[str]) -> list[str]:
    """Return those of the results that there is no room for beside what was used; `others` has the oldest first."""
    if not _is_large(connection):
        return []
    size = dict(connection.execute("SELECT key, sum(length(data)) FROM parts GROUP BY key"))
    over = sum(size.values()) - max(ROOM, 3 * sum(size.get(key, 0) for key in used))
    sizes_before = accumulate((size.get(key, 0) for key in others), initial=0)
    return [key for key, before in zip(others, sizes_before, strict=False) if before < over]


def _is_large(connection: sqlite3.Connection) -> bool:
    pages, of = (int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("page_count", "page_size"))
    return pages * of > ROOM


def _checked(data: bytes, key: str, part: str) -> bytes:
    """Return a part without the hash before it. Raises _UnusableError where it is not that of the part."""
    if not isinstance(data, bytes) or data[:_CHECK] != _check(data[_CHECK:], key, part):
        raise _UnusableError("it is damaged")
    return data[_CHECK:]


def _check(data: bytes, key: str, part: str) -> bytes:
    return hashlib.blake2b(data, digest_size=_CHECK, person=b"briefing", key=f"{key}{part}".encode()[:64]).digest()


def _today() -> int:
    return int(time.time() // 86400)
