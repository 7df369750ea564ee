"""What colleagues have remarked, as `briefing import review` keeps it in remarks.yml of a briefing's folder.

No build reads that file, and it is among those that `exclude_docs` keeps out of what other programs publish.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from briefing.authoring import edit
from briefing.load.folder_files import YAML_LIMIT, read_files
from briefing.load.yaml import Map, Seq
from briefing.model.places import TextFile

FILE = "remarks.yml"
"""In the folder of a briefing."""


def received_file(docs: Path, path: str) -> TextFile | None:
    """Return remarks.yml of the briefing in the folder `path` below `docs` as it is; None where there is none. Raises
    EditError where it cannot be read."""
    files = read_files(docs, path, [FILE])
    if not files.has(FILE):
        return None
    text, problems = files.text(FILE, YAML_LIMIT)
    if text is None or problems:
        raise edit.EditError(problems[0].message)
    return text


def received_remarks(docs: Path, path: str) -> Mapping[str, Sequence[str]]:
    """Return what remarks.yml has of each annotation, by its id (empty for the briefing as a whole), each with who says
    it; nothing where it cannot be read."""
    try:
        file = received_file(docs, path)
        data = edit.parsed(file).data if file else None
    except edit.EditError:
        return {}
    found: dict[str, list[str]] = defaultdict(list)
    entries = data.get("remarks") if isinstance(data, Map) else None
    for entry in entries if isinstance(entries, Seq) else ():
        if isinstance(entry, Map) and entry.get("text"):
            by = str(entry.get("by") or "a colleague")
            found[str(entry.get("annotation") or "")].append(f"{by}: {' '.join(str(entry['text']).split())}")
    return found
