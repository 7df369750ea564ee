"""Two versions of a list of entries, changed at random on both sides: what is merged has what both did."""

from __future__ import annotations

import random

import pytest

from briefing.authoring import edit
from briefing.authoring.yaml_files import merged
from briefing.cli.yaml_files import by_lines
from briefing.load.yaml import Map
from briefing.model.places import TextFile

HEAD = "# What is said, in the order of the source.\nquotes:\n"


def entry(id: str, note: str) -> str:
    return f"  # about {id}\n  - id: {id}\n    target: >-\n      words of {id}\n    note: {note}\n"


def written(notes: dict[str, str]) -> str:
    return HEAD + "\n".join(entry(*each) for each in notes.items())


def changed(notes: dict[str, str], side: str, editable: set[str], chance: random.Random) -> dict[str, str]:
    """New entries anywhere, other notes for some, and some gone."""
    found: dict[str, str] = {}
    for number, (id, note) in enumerate(notes.items()):
        for more in range(chance.choice((0, 0, 1, 2))):
            found[f"{side}{number}-{more}"] = f"New {chance.random()}"
        act = chance.choice(("stays", "stays", "other", "goes")) if id in editable else "stays"
        if act != "goes":
            found[id] = f"By {side}" if act == "other" else note
    if chance.random() < 0.5:
        found[f"{side}-last"] = "New at the end"
    return found


def wanted(base: dict[str, str], ours: dict[str, str], theirs: dict[str, str]) -> dict[str, str]:
    gone = {id for side in (ours, theirs) for id in base if id not in side}
    both = {**base, **theirs, **ours}
    edits = {id: theirs[id] for id in base if id in theirs and theirs[id] != base[id]}
    return {id: edits.get(id, note) for id, note in both.items() if id not in gone}


def notes_of(text: str) -> dict[str, str]:
    data = edit.parsed(TextFile("a.yml", text)).data
    assert isinstance(data, Map)
    return {str(each["id"]): str(each["note"]) for each in data["quotes"]}


@pytest.mark.parametrize("seed", range(60))
def test_what_both_sides_did_is_there_once(seed: int) -> None:
    chance = random.Random(seed)
    base = {f"e{number}": f"Note {number}" for number in range(12)}
    # what one side edits has an untouched entry between it and what the other edits, or lines would meet
    ours = changed(base, "a", {"e0", "e1", "e2", "e3"}, chance)
    theirs = changed(base, "b", {"e5", "e6", "e8", "e9", "e11"}, chance)
    texts = [TextFile("a.yml", written(each)) for each in (base, ours, theirs)]
    text = merged(*texts, by_lines)
    assert text is not None
    assert notes_of(text) == wanted(base, ours, theirs)
    assert text.startswith(HEAD) and text.count("# about") == len(notes_of(text))
    kept = [id for id in notes_of(text) if id in base]
    assert kept == [id for id in base if id in kept]


def test_an_id_that_both_add_is_left_to_people() -> None:
    base = {"e0": "Note", "e1": "Note"}
    texts = [
        written(base),
        written({"e0": "Note", "new": "One", "e1": "Note"}),
        written({"e0": "Note", "new": "Two", "e1": "Note"}),
    ]
    assert merged(*(TextFile("a.yml", text) for text in texts), by_lines) is None


def test_files_that_are_no_yaml_are_left_to_git() -> None:
    texts = ["quotes: [", "quotes: {", "a"]
    assert merged(*(TextFile("a.yml", text) for text in texts), by_lines) is None
