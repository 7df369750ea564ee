"""One briefing in which many people say something, for what grows with the number of names."""

from __future__ import annotations

from pathlib import Path

from tests.library.world import PEOPLE, write_world

SURNAMES = ("Adler", "Berg", "Čapek", "Doyle", "Evans", "Fox", "Grant", "Hall", "Ibsen", "Jung", "Klein", "Lund")


def names(count: int) -> dict[str, str]:
    """Names by id; each begins with its number’s letters, so that no two are the same and all letters are there."""
    return {f"keeper-{n}": f"{chr(65 + n % 26)}{'aeiou'[n // 26 % 5]}na {SURNAMES[n % 12]} {n}" for n in range(count)}


def write_crowd(docs: Path, count: int) -> Path:
    """A docs folder with so many people, each of whom is quoted once."""
    people = names(count)
    words = {id: f"The gate number {id.removeprefix('keeper-')} is open again" for id in people}
    text = "".join(f"“{words[id]},” {name} said.\n" for id, name in people.items())
    about = {"people": dict.fromkeys(people, "Keeper of a gate")}
    quotes = [{"id": f"q{id}", "target": words[id], "speaker": id} for id in people]
    case = {"source.txt": text, "briefing": about, "quotes": quotes}
    return write_world(docs, {"briefings/gates": case}, people={**PEOPLE, **people})
