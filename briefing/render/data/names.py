"""What the files with a briefing's records are called, for people and programs."""

from __future__ import annotations

from briefing.model.data_tables import BY_FILE, DATA, DATA_PACKAGE
from briefing.render.messages import Messages
from briefing.render.names import COPIES, CRATE, TEXT, WEB_ANNOTATIONS

OTHERS = {DATA: "all", WEB_ANNOTATIONS: "annotations", DATA_PACKAGE: "package", CRATE: "crate", TEXT: "text"}
"""What the files that are no table are called in messages."""

_COPIED = {file: name for name, file in COPIES.items()}


def name_of(file: str, say: Messages) -> str:
    """Return what a file is called."""
    if file in _COPIED:
        return say(f"copies.{_COPIED[file]}")
    return say(f"data.table.{BY_FILE[file].name}" if file in BY_FILE else f"data.file.{OTHERS[file]}")
