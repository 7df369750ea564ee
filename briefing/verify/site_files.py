"""The files of a published site, in a folder or a zip, read within bounds: a site may come from anybody.

Nothing is unpacked and no link is followed. What is too large, or named so that it would lead elsewhere, is refused.
"""

from __future__ import annotations

import os
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Protocol

FILES = 500_000
"""Files of a site; one of ten thousand briefings has less than two hundred thousand."""
LARGEST = 200_000_000
"""Bytes of one file: the search index of ten thousand briefings is a quarter of that."""
ALL = 20_000_000_000
"""Bytes of all files of a zip, unpacked."""
RATIO = 1_000
"""How many times larger a file of a zip may be than what is stored of it; ordinary text gets to 10, HTML to 30."""


class SiteUnusableError(ValueError):
    """A site cannot be read; its message says why, for people."""


class SiteFiles(Protocol):
    """The files of a site by their paths in it, with `/`."""

    @property
    def sizes(self) -> Mapping[str, int]:
        """In bytes."""

    @property
    def others(self) -> tuple[str, ...]:
        """What is in it and is no ordinary file: links and devices."""

    def read(self, name: str) -> bytes:
        """Return a file’s bytes. Raises SiteUnusableError where it cannot be read."""


@contextmanager
def open_site(place: Path) -> Iterator[SiteFiles]:
    """Yield the files of a site in a folder or a zip. Raises SiteUnusableError."""
    try:
        if place.is_dir():
            yield _Folder(place)
        elif place.is_file() and zipfile.is_zipfile(place):
            with zipfile.ZipFile(place) as packed:
                yield _Packed(packed)
        elif place.exists():
            raise SiteUnusableError("it is neither a folder nor a zip file")
        else:
            raise SiteUnusableError("there is no such file or folder")
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        raise SiteUnusableError(f"the zip file is damaged: {error}") from error


def open_packed(data: bytes) -> SiteFiles:
    """Return the files of a zip that is a file of a site. Raises SiteUnusableError."""
    try:
        return _Packed(zipfile.ZipFile(BytesIO(data)), "")
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError) as error:
        raise SiteUnusableError(f"it is damaged: {error}") from error


class _Folder:
    def __init__(self, place: Path) -> None:
        self.place = place
        sizes: dict[str, int] = {}
        others: list[str] = []
        for folder, folders, names in os.walk(place):
            here = Path(folder)
            for name in sorted((*folders, *names)):
                found = (here / name).lstat()
                path = (here / name).relative_to(place).as_posix()
                if stat.S_ISREG(found.st_mode):
                    sizes[path] = found.st_size
                elif not stat.S_ISDIR(found.st_mode):
                    others.append(path)
            _bound_number(len(sizes))
        self.sizes, self.others = sizes, tuple(others)

    def read(self, name: str) -> bytes:
        path = self.place / name
        try:
            _bound_size(name, path.lstat().st_size)
            with path.open("rb") as opened:
                return opened.read(LARGEST)
        except OSError as error:
            raise SiteUnusableError(f"{name} cannot be read: {error.strerror}") from error


class _Packed:
    def __init__(self, packed: zipfile.ZipFile, top: str | None = None) -> None:
        """`top` is the folder that all is in; by default the one that all files have in common, if there is one."""
        self.packed = packed
        entries = [entry for entry in packed.infolist() if not entry.is_dir()]
        _bound_number(len(entries))
        for entry in entries:
            _refuse(entry)
        if sum(entry.file_size for entry in entries) > ALL:
            raise SiteUnusableError(f"its files have more than {ALL // 1_000_000_000} GB")
        top = _common_folder([entry.filename for entry in entries]) if top is None else top
        self.entries = {entry.filename.removeprefix(top): entry for entry in entries}
        if len(self.entries) < len(entries):
            raise SiteUnusableError("two of its files have the same name")
        self.others = tuple(name for name, entry in self.entries.items() if _is_special(entry))
        self.sizes = {name: entry.file_size for name, entry in self.entries.items() if name not in self.others}

    def read(self, name: str) -> bytes:
        entry = self.entries[name]
        _bound_size(name, entry.file_size)
        try:
            with self.packed.open(entry) as opened:
                data = opened.read(entry.file_size + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
            raise SiteUnusableError(f"{name} cannot be read: {error}") from error
        if len(data) > entry.file_size:
            raise SiteUnusableError(f"{name} is larger than the zip file says")
        return data


def _refuse(entry: zipfile.ZipInfo) -> None:
    path = PurePosixPath(entry.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in entry.filename or ":" in path.parts[0]:
        raise SiteUnusableError(f"“{entry.filename}” leads out of it")
    if entry.flag_bits & 1:
        raise SiteUnusableError(f"“{entry.filename}” has a password")
    if entry.file_size > RATIO * max(entry.compress_size, 100):
        raise SiteUnusableError(f"“{entry.filename}” is packed {RATIO} times smaller than it is, as no page is")


def _is_special(entry: zipfile.ZipInfo) -> bool:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    return kind not in (0, stat.S_IFREG)


def _common_folder(names: list[str]) -> str:
    """Return the folder that all files are in, where somebody has packed the folder of a site and not what is in it."""
    first = names[0].partition("/") if names else ("", "", "")
    top = f"{first[0]}/"
    return top if first[1] and all(name.startswith(top) for name in names) else ""


def _bound_number(number: int) -> None:
    if number > FILES:
        raise SiteUnusableError(f"it has more than {FILES:,} files")


def _bound_size(name: str, size: int) -> None:
    if size > LARGEST:
        raise SiteUnusableError(f"{name} has more than {LARGEST // 1_000_000} MB")
