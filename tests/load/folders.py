"""Folders for tests: copies of the good briefing with some files replaced, and what loading them gives as JSON."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from msgspec import Struct

from briefing.load import Loaded, load_briefing, load_people
from briefing.model.places import Place, Problem, TextFile, locate
from briefing.model.prose import Prose

CASES = Path(__file__).parent.parent / "cases"
GOOD = CASES / "good" / "docs"
FOLDER = "briefings/good"


def copy_good(docs: Path, files: Mapping[str, str | bytes | None]) -> Path:
    """The good briefing with some files of its folder written anew, or removed (None)."""
    shutil.copytree(GOOD, docs)
    for name, text in files.items():
        path = docs / FOLDER / name
        if text is None:
            path.unlink()
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode() if isinstance(text, str) else text)
    return docs


def load(docs: Path) -> Loaded:
    """The one briefing of such a folder."""
    return load_briefing(docs, FOLDER, load_people(docs).people)


def load_with(docs: Path, files: Mapping[str, str | bytes | None]) -> Loaded:
    """The good briefing with some files written anew, loaded."""
    return load(copy_good(docs, files))


def codes(loaded: Loaded) -> list[str]:
    """The codes of all problems, in order."""
    return [problem.code for problem in loaded.problems]


def where(problem: Problem, files: Mapping[str, TextFile]) -> str:
    """Line, column and words of a problem: `3:5 «words»`."""
    found = locate(problem.at, files)
    if found is None:
        return problem.at.file
    file = files[problem.at.file]
    words = file.span_of(problem.at).of(file.text)
    return f"{found.line}:{found.column} «{words}»"


def problem_json(problem: Problem, files: Mapping[str, TextFile]) -> dict[str, Any]:
    """A problem as a golden file shows it."""
    at, hint = where(problem, files), problem.hint.split("\n")
    return {"code": problem.code, "at": at, "message": problem.message, "hint": hint if hint[1:] else hint[0]}


COMPUTED = ("lines", "derived_values")
"""Fields that follow from the others."""


def record_json(value: Any) -> Any:
    """A record as a golden file shows it: without what is empty, prose as its text, places as paths."""
    if isinstance(value, Place):
        return "/".join(map(str, value.path))
    if isinstance(value, Prose):
        return {"prose": value.text, "at": record_json(value.at)}
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, tuple):
        return [record_json(inner) for inner in value]
    if isinstance(value, Struct):
        fields = ((name, getattr(value, name)) for name in value.__struct_fields__ if name not in COMPUTED)
        return {name: record_json(inner) for name, inner in fields if inner not in ("", (), None)}
    return value


def pretty(value: Any) -> str:
    """JSON to be read as a diff."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
