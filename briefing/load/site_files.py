"""Which files of a docs folder belong to briefings, and which all briefings share; no YAML is read to tell."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from briefing.load.folder_files import SOURCE_LIMIT, is_raw, read_files

MAIN = "briefing.yml"
SOURCE = "source.txt"
PEOPLE = "people.yml"
MEASURES = "measures.yml"
TOPICS = "topics.yml"
RELEASES = "releases.yml"
CORRECTIONS = "corrections.yml"
REGISTERS = (PEOPLE, MEASURES, TOPICS)
"""What all briefings of a docs folder share."""


def find_briefings(docs: Path) -> tuple[str, ...]:
    """Return paths of the folders that hold a briefing.yml; hidden folders and links to folders are not looked into."""
    found = []
    for folder, folders, files in os.walk(docs):
        folders[:] = [name for name in folders if not name.startswith(".")]
        if MAIN in files or MAIN in folders:
            found.append(Path(folder).relative_to(docs).as_posix())
    return tuple(sorted(found))


def source_texts(docs: Path) -> Mapping[str, str]:
    """Return the sources of all briefings by their folders, as far as they can be read: to look words up in."""
    found = ((path, read_files(docs, path, (SOURCE,)).text(SOURCE, SOURCE_LIMIT)[0]) for path in find_briefings(docs))
    return {path: file.text for path, file in found if file}


def register_files(docs: Path) -> tuple[str, ...]:
    """Return the files of what all briefings share, whether they can be read or not, and copies that lie beside
    them."""
    stems = tuple(name.removesuffix("yml") for name in REGISTERS)
    names = sorted(path.name for path in docs.iterdir() if not path.is_dir()) if docs.is_dir() else ()
    return tuple(name for name in names if is_raw(name) and name.startswith(stems))
