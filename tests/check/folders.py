"""Small folders for tests of rules: a base of a few lines, and what a case lays over it."""

from __future__ import annotations

import copy
import hashlib
import json
from pathlib import Path
from typing import Any

from briefing import anchor, check
from briefing.load import load_briefing, load_measures, load_people
from briefing.model import Briefing
from briefing.model.places import Problem

PEOPLE = {"ada": "Ada Lang", "ben": "Ben Ruiz", "cleo": "Cleo Marsh"}
BASE: dict[str, Any] = {
    "title": "A test",
    "date": "2025-11-07",
    "language": "en-GB",
    "authors": ["Tess Ter"],
    "status": "published",
    "source": {"kind": "article", "title": "An article", "language": "en"},
    "people": {"ada": "Mayor", "ben": "Councillor"},
}
FILES = {
    "comments": "comments.yml",
    "set_aside": "comments.yml",
    "scope": "comments.yml",
    "references": "references.yml",
}
KEYS = ("quotes", "figures", "derived", "context", "themes", "ignore", "withdrawn")
DEFAULTS = {
    "quotes": {"kind": "direct", "speaker": "ada"},
    "figures": {"label": "A label", "type": "amount", "basis": "claim"},
    "derived": {"label": "A label"},
    "context": {"title": "A title", "note": "A note."},
    "themes": {"title": "A title", "about": "A claim"},
    "ignore": {"reason": "A reason."},
    "withdrawn": {"from": "figures", "date": "2025-11-08", "reason": "A reason."},
}


def make(folder: Path, case: dict[str, Any]) -> Briefing:
    """The anchored briefing of a case; what loading and anchoring find is the case's mistake, and fails."""
    docs = folder / "docs"
    write(docs / "people.yml", PEOPLE | case.get("people.yml", {}))
    if "measures.yml" in case:
        write(docs / "measures.yml", case["measures.yml"])
    (docs / "b").mkdir()
    (docs / "b" / "source.txt").write_bytes(case.get("source.txt", "One paragraph.\n").encode())
    write(docs / "b" / "briefing.yml", over(BASE, case.get("briefing", {}), original(docs / "b", case)))
    write(docs / "b" / "annotations" / "all.yml", {key: filled(key, case[key]) for key in KEYS if key in case})
    for file in sorted(set(FILES.values())):
        written = {key: case[key] for key in FILES if key in case and FILES[key] == file}
        if file == "comments.yml" and "comments" in case:
            written.setdefault("scope", "all of them")
        if file == "comments.yml":
            written |= case.get("comments.yml", {})
        if file == "comments.yml" and "exports" in case:
            written["originals"] = [export(docs / "b", name, said) for name, said in case["exports"].items()]
        if written:
            write(docs / "b" / file, written)
    if "released" in case:
        write(docs / "b" / "releases.yml", {"releases": ["2025-11-08"], **case["released"]})
    if "corrections" in case:
        told = ({"date": "2025-11-09", "reason": "A reason.", **entry} for entry in case["corrections"])
        write(docs / "b" / "corrections.yml", {"corrections": list(told)})
    people = load_people(docs)
    loaded = load_briefing(docs, "b", people.people, measures=load_measures(docs))
    assert loaded.briefing is not None
    briefing, unanchored = anchor.resolve(loaded.briefing)
    found = [*people.problems, *loaded.problems, *unanchored]
    assert [problem.message for problem in found] == []
    return briefing


def original(folder: Path, case: dict[str, Any]) -> dict[str, Any]:
    """Write the original, where a case has one, and say so in briefing.yml."""
    for name, text in case.get("original", {}).items():
        (folder / name).write_bytes(text.encode())
        digest = case.get("sha256") or hashlib.sha256(text.encode()).hexdigest()
        return {"source": {"original": {"file": name, "sha256": digest}}}
    return {}


def export(folder: Path, name: str, said: dict[str, Any]) -> dict[str, Any]:
    """Write an exported file of comments, unless it is held privately; gives the entry of `originals`."""
    said = dict(said)
    content = said.pop("content").encode()
    entry = {"format": name.rpartition(".")[2], "sha256": hashlib.sha256(content).hexdigest(), **said}
    if entry.get("held") == "private":
        return entry
    (folder / name).write_bytes(content)
    return {"file": name, **entry}


def filled(key: str, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    def ids(number: int) -> dict[str, str]:
        return {} if key == "ignore" else {"id": f"{key[0]}{number}"}

    return [DEFAULTS[key] | ids(number) | entry for number, entry in enumerate(entries)]


def over(*layers: dict[str, Any]) -> dict[str, Any]:
    """Mappings laid over one another; None takes a key out."""
    made: dict[str, Any] = {}
    for layer in layers:
        for key, value in copy.deepcopy(layer).items():
            both = isinstance(value, dict) and isinstance(made.get(key), dict)
            made[key] = over(made[key], value) if both else value
    return {key: value for key, value in made.items() if value is not None}


def write(path: Path, data: dict[str, Any]) -> None:
    """Write YAML; JSON is YAML."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, default=str), "utf-8")


def told(problem: Problem) -> str:
    """A problem as cases write it: `code at file: path`."""
    file = problem.at.file.rsplit("/", 1)[-1]
    return " ".join([problem.code, "at", *([file] if file != "all.yml" else []), *map(str, problem.at.path)])


def found(briefing: Briefing) -> list[Problem]:
    return list(check.run(briefing))
