"""The first line of a YAML file by which editors find its schema."""

from __future__ import annotations

import os
import re
from pathlib import Path

START = "# yaml-language-server: $schema="
ANY = re.compile(r"#\s*yaml-language-server:")

KINDS = {
    "people.yml": "people",
    "measures.yml": "measures",
    "briefing.yml": "briefing",
    "comments.yml": "comments",
    "references.yml": "references",
}


def kind_of(name: str) -> str:
    """Which schema a file has, from its path; empty for a file that is none of ours."""
    path = Path(name)
    if path.parent.name == "annotations" and path.suffix in (".yml", ".yaml"):
        return "annotations"
    return KINDS.get(path.name, "")


def modeline(file: Path, schemas: Path) -> str:
    """The line, with its line end, for a file; `schemas` is the folder that `briefing schema` wrote."""
    relative = Path(os.path.relpath(schemas, file.parent)).as_posix()
    return f"{START}{relative}/{kind_of(file.as_posix())}.schema.json\n"


def wired(text: str, file: Path, schemas: Path) -> str:
    """A file's text with such a line; as it is where it has one already or needs none."""
    first = text.split("\n", 1)[0]
    if ANY.match(first) or not kind_of(file.as_posix()):
        return text
    line = modeline(file, schemas)
    return (line.replace("\n", "\r\n") if first.endswith("\r") else line) + text
