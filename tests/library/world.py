"""Small libraries for tests: several briefings in one docs folder, each a few lines laid over a base."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from briefing.collection import Collection, collect
from briefing.pipeline import checking
from briefing.pipeline.briefing_build import public_view
from tests.check.folders import BASE, KEYS, filled, over, write

PEOPLE: dict[str, Any] = {
    "ada": {"name": "Ada Lang", "same_as": "https://www.example.org/ada"},
    "ben": "Ben Ruiz",
    "jones-ely": "Anna Jones",
    "jones-bath": "Anna Jones",
    "council": {"name": "The Council", "kind": "organisation"},
}
WORDS = "We will open the harbour again before the end of summer"


def spoken_by(name: str) -> str:
    """A source in which somebody says the words."""
    return f"“{WORDS},” {name} said. It costs 5 percent of the budget of the Council.\n"


TEXT = spoken_by("Ada Lang")


def write_world(docs: Path, briefings: dict[str, dict[str, Any]], **registers: Any) -> Path:
    """A docs folder with a briefing for each path; `people` and `measures` may be given."""
    docs.mkdir(parents=True, exist_ok=True)
    write(docs / "people.yml", registers.get("people", PEOPLE))
    if "measures" in registers:
        write(docs / "measures.yml", registers["measures"])
    for path, case in briefings.items():
        folder = docs / path
        folder.mkdir(parents=True)
        (folder / "source.txt").write_text(case.get("source.txt", TEXT), "utf-8")
        rights = {"source": {"rights": "Made for a test.", "publish": "full"}}
        write(folder / "briefing.yml", over(BASE, rights, {"title": f"About {path}"}, case.get("briefing", {})))
        write(folder / "annotations" / "all.yml", {key: filled(key, case[key]) for key in KEYS if key in case})
        for file in ("comments", "references"):
            if file in case:
                write(folder / f"{file}.yml", {file: case[file], **({"scope": "all"} if file == "comments" else {})})
    return docs


def collected(docs: Path) -> Collection:
    """The collection of what is published; a problem is the test's mistake, and fails."""
    library = checking.check_library(docs)
    assert [problem.message for problem, _ in library.located() if problem.severity == "error"] == []
    shown = (public_view(checked.briefing) for checked in library.briefings if checked.briefing)
    return collect(briefing for briefing in shown if briefing)
