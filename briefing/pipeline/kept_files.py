"""The files of the last build that need not be made again: found by a key of all that they were made from.

MkDocs empties the folder of a site at the beginning of a build. So what the last build wrote is set aside before that,
within the same file system, and moved back file by file where key, size, time and number of the file are those that the
last build noted. Nothing of it is needed: without the note, or with one that is damaged, everything is made anew. A
build that is killed leaves no note of what it wrote, so the next one trusts only files from before.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

VERSION = 1

Stat = tuple[int, int, int]
"""Size, time of the last change in nanoseconds, and the number that the file system gives the file."""


def stat_of(path: str | Path) -> Stat:
    """Return what a file is recognised by. Raises OSError."""
    found = os.stat(path)  # noqa: PTH116 - asked of every file of a site, and a `Path` takes longer to make than to ask
    return found.st_size, found.st_mtime_ns, found.st_ino


def write_site_file(content: bytes, path: str) -> None:
    """Write a file of a site; its folder is made where it is not there, which it is for most. Raises OSError."""
    try:
        opened = open(path, "wb", buffering=0)  # noqa: PTH123, SIM115 - as above
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        opened = open(path, "wb", buffering=0)  # noqa: PTH123, SIM115
    with opened:
        written = opened.write(content)
        while written < len(content):
            written += opened.write(content[written:])


@dataclass(frozen=True, slots=True)
class Note:
    """What a build noted: the hash of all that its files have in common, facts to find that again, and the files."""

    common: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, tuple[str, Stat]] = field(default_factory=dict)
    """By path in the site: key and what the file is recognised by."""


class KeptFiles:
    """The files of one site folder from build to build. Nothing here raises OSError: what fails is made anew."""

    def __init__(self, site: Path, cache: Path) -> None:
        """`cache` is the folder for the note and for what is set aside; it is made when it is needed."""
        self.site = site
        name = hashlib.blake2b(os.fsencode(site.absolute()), digest_size=8).hexdigest()
        self._note, self._aside = cache / f"site-{name}.json", cache / f"site-{name}"
        self.last = Note()
        self._folders: list[Path] = []

    def set_aside(self) -> None:
        """Move what the last build wrote out of the site's folder, which is going to be emptied."""
        self.last = _read(self._note)
        top = sorted({PurePosixPath(path).parts[0] for path in self.last.files})
        with suppress(OSError):
            # A build that failed or was killed may have left a folder of its own.
            earlier = list(self._aside.iterdir()) if self._aside.is_dir() else []
            self._folders = sorted(earlier, key=lambda one: one.stat().st_mtime_ns, reverse=True)
            own = self._aside / f"{time.time_ns()}-{os.getpid()}"
            for name in (name for name in top if _is_folder(self.site / name)):
                own.mkdir(parents=True, exist_ok=True)
                (self.site / name).rename(own / name)
            self._folders = [own, *self._folders]

    def knew(self, path: str, content: str) -> bool:
        """Return whether the last build wrote a file with a key that begins with `content`."""
        return self.last.files.get(path, ("",))[0].startswith(content)

    def take(self, wanted: Mapping[str, str]) -> dict[str, Stat]:
        """Move files back into the site that are there and were made from the same; `wanted` are their keys by path.

        Return what those are recognised by. A folder that holds nothing else is moved as it is.
        """
        noted = ((path, key, self.last.files.get(path)) for path, key in wanted.items())
        right = {path: known[1] for path, key, known in noted if known and known[0] == key}
        taken: dict[str, Stat] = {}
        for place in self._folders:
            with suppress(OSError):
                for path in _moved(_scanned(place, "", right), place, self.site):
                    taken[path] = right.pop(path)
        return taken

    def finish(self, note: Note) -> None:
        """Note what this build wrote and remove what it did not take."""
        with suppress(OSError):
            _write(self._note, note)
        shutil.rmtree(self._aside, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder that was set aside."""

    path: str
    """Relative to the site, ending in a slash; empty for the site itself."""
    files: Sequence[str]
    """The files in it that are to be moved, by their paths in the site."""
    folders: Sequence[_Folder]
    whole: bool
    """Whether all that is in it is to be moved."""

    def every_file(self) -> Iterator[str]:
        """Yield the paths of all files to be moved in it and below."""
        yield from self.files
        for folder in self.folders:
            yield from folder.every_file()


def _scanned(place: Path, path: str, right: Mapping[str, Stat]) -> _Folder:
    """Return the folder `path` of what was set aside in `place`, with the files that are recognised."""
    files: list[str] = []
    folders: list[_Folder] = []
    whole = bool(path)
    with os.scandir(place / path) as entries:
        for entry in entries:
            name = f"{path}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                folders.append(_scanned(place, f"{name}/", right))
                whole = whole and folders[-1].whole
            else:
                found = entry.stat(follow_symlinks=False)
                same = right.get(name) == (found.st_size, found.st_mtime_ns, found.st_ino)
                files += [name] if same else []
                whole = whole and same
    return _Folder(path, files, folders, whole and bool(files or folders))


def _moved(folder: _Folder, place: Path, site: Path) -> Iterator[str]:
    """Move a folder into the site, or what is to be moved of it, and yield the files. Raises OSError."""
    target = site / folder.path
    if folder.whole and not os.path.lexists(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        (place / folder.path).rename(target)
        yield from folder.every_file()
        return
    for inner in folder.folders:
        yield from _moved(inner, place, site)
    if folder.files:
        target.mkdir(parents=True, exist_ok=True)
    for path in folder.files:
        (place / path).rename(site / path)
        yield path


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _is_inside(path: str) -> bool:
    """Whether a noted path is one of a file within a folder of the site: the note lies where anybody may write."""
    parts = PurePosixPath(path).parts
    return len(parts) > 1 and not path.startswith("/") and ".." not in parts


def _read(path: Path) -> Note:
    try:
        read = json.loads(path.read_bytes())
        if read["version"] != VERSION:
            return Note()
        rows = [
            (str(name), str(key), (int(size), int(at), int(number))) for name, key, size, at, number in read["files"]
        ]
        files = {name: (key, stat) for name, key, stat in rows if _is_inside(name)}
        return Note(str(read["common"]), {str(name): str(value) for name, value in read["facts"].items()}, files)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return Note()


def _write(path: Path, note: Note) -> None:
    files = [(name, key, *stat) for name, (key, stat) in note.files.items()]
    content = json.dumps({"version": VERSION, "common": note.common, "facts": dict(note.facts), "files": files})
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        draft.write_text(content, "utf-8")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
