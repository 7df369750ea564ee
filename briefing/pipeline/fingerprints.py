"""What results depend on, as hashes: the bytes of a folder, what all briefings share, settings, and the program itself.

A result is kept by these alone, so whatever is not in them must not be able to change it.
"""

from __future__ import annotations

import hashlib
import os
import sys
from functools import lru_cache
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING

import briefing
from briefing.pipeline.encoding import digest

if TYPE_CHECKING:  # a check that is found again needs none of these
    from briefing.load.folder_files import FolderFiles
    from briefing.pipeline.briefing_build import PageSettings, Registers
    from briefing.render.environment import Templates

_INSTALLED = (".dist-info", ".egg-info")


@lru_cache(maxsize=1)
def program() -> str:
    """Return a hash of everything that computes: this package with its word lists and catalogues, Python, and the
    names and versions of all packages that are installed."""
    found = hashlib.blake2b(digest_size=16)
    root = str(Path(briefing.__file__).parent)
    for folder, folders, names in os.walk(root):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        place = folder[len(root) + 1 :].replace(os.sep, "/")
        for name in sorted(names):
            with FileIO(f"{folder}{os.sep}{name}") as file:
                content = hashlib.blake2b(file.readall(), digest_size=16).hexdigest()
            found.update(f"{place}/{name}\0{content}\0".encode())
    found.update(f"{sys.version}\0{sys.byteorder}\0".encode())
    for place in sys.path:
        installed = os.listdir(place) if os.path.isdir(place) else ()  # noqa: PTH208, PTH112 - entries of sys.path
        found.update("\0".join(sorted(name for name in installed if name.endswith(_INSTALLED))).encode())
    return found.hexdigest()


def folder(files: FolderFiles) -> str:
    """Return a hash of a briefing's folder; what could not be read counts by the reason."""
    found = hashlib.blake2b(digest_size=16)
    found.update(f"{files.path}\0{files.outside}\0".encode("utf-8", "surrogateescape"))
    for name, entry in files.entries.items():
        content = entry if isinstance(entry, bytes) else repr(entry).encode("utf-8", "surrogateescape")
        found.update(f"{name}\0{type(entry).__name__}\0".encode("utf-8", "surrogateescape"))
        found.update(hashlib.blake2b(content, digest_size=16).digest())
    return found.hexdigest()


def registers(shared: Registers) -> str:
    """Return a hash of people.yml, measures.yml and topics.yml; all that is in them comes from their texts."""
    texts = [(name, file.text) for name, file in shared.files.items()]
    return digest(texts, [(one.code, one.message, one.at, one.hint) for one in shared.problems])


def settings(given: PageSettings | None) -> str:
    """Return a hash of how pages are made; of None, that none are."""
    if given is None:
        return ""
    shown = given.edit, sorted(given.parts), given.preview, given.whole, given.html, given.publication, given.copies
    return digest(templates(given.templates), *shown)


def templates(given: Templates) -> str:
    """Return a hash of page templates, wherever they are."""
    return digest([(name, text) for name, text, _ in given.files])
