"""Write the recipes of revisions: `python -m tests.revision.compose` makes all parts anew.

Rules and thresholds of anchoring were chosen on tune.txt, and later on held.txt and more.txt too; unseen.txt was
written before that and run once when it was done, with other texts and seeds than more.txt and the same edits. When its
misses had been looked at, fresh.txt took its place, and was run once in turn.
hard.txt piles edits up until nobody can be sure: only what is put in the wrong place counts there.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.revision.doc import NotHereError
from tests.revision.edits import ALTERING, ENDING, KEEPING
from tests.revision.recipes import FOLDER, TARGETS, cook
from tests.revision.wider import ALTERING_MORE, AROUND

TUNED = ("harbour", "haushalt", "refrain", "chinese")
HELD = ("schools", "arabic", "japanese", "thai", "chat", "harbour", "haushalt", "refrain", "chinese")
MORE = ("interview", "rules", "diary", "harbour", "haushalt", "refrain", "chat")
UNSEEN = ("minutes", "faq", "korean", "ledger", "schools", "arabic", "japanese", "thai", "chinese")
COPYING = ("headline", "echo", "lookalike")
CALM = (
    "insert-before", "insert-after", "delete-before", "delete-after", "typos-around", "rewrap", "typographic", "plain",
    "merge", "split", "swap-paragraphs",
)  # fmt: skip
"""What goes on around a passage that is edited or deleted itself."""

MOVES = ("swap-paragraphs", "swap-sentences", "to-the-end")
"""A line of a refrain that is moved among its likes cannot be told from them by anybody."""


def compose(texts: tuple[str, ...], edits: Callable[[random.Random], list[str]], seed: int, count: int) -> list[str]:
    rng = random.Random(seed)
    found: list[str] = []
    while len(found) < count:
        recipe = " ".join([rng.choice(texts), rng.choice(TARGETS), *edits(rng), str(len(found))])
        if edits is _edits and "refrain" in recipe and any(move in recipe for move in MOVES):
            continue
        try:
            cook(recipe)
        except (NotHereError, IndexError):
            continue
        found.append(recipe)
    return found


def _edits(rng: random.Random) -> list[str]:
    """What one revision does: an edit or none of the passage itself, and up to two around it.

    A look-alike, a headline or an echo of the passage may be there beforehand; what is altered is not also carried
    away, copied or left without both neighbours.
    """
    given = [f"given-{name}" for name in ("lookalike", "headline", "echo") if rng.random() < 0.12]
    kind = rng.choice(("keep", "alter", "alter", "end"))
    if kind == "keep":
        return [*given, *rng.sample(KEEPING, rng.choice((1, 1, 2)))]
    around = rng.sample(CALM, rng.choice((0, 1, 1, 2)))
    return [*given, rng.choice(ALTERING), *around] if kind == "alter" else [*given, *around, rng.choice(ENDING)]


def _hard(rng: random.Random) -> list[str]:
    """Everything at once, also what leaves no way to know."""
    given = [f"given-{name}" for name in ("lookalike", "headline", "echo") if rng.random() < 0.3]
    altered = rng.sample(ALTERING, rng.choice((0, 1, 2)))
    around = rng.sample(KEEPING, rng.choice((1, 2, 3)))
    if rng.random() < 0.7:
        return [*given, *altered, *around]
    return [*given, *(name for name in around if name not in COPYING), rng.choice(ENDING)]


def _wide(rng: random.Random) -> list[str]:
    """The text changes in many places; what is altered may be moved too, and copies come and go."""
    given = [f"given-{name}" for name in ("lookalike", "headline", "echo", "twin") if rng.random() < 0.12]
    kind = rng.choice(("keep", "alter", "alter", "end"))
    around = [*rng.sample((*CALM, *AROUND), rng.choice((0, 1, 2))), *rng.sample(AROUND, 1)]
    if kind == "keep":
        return [*given, *around, *(rng.sample(KEEPING, 1) if rng.random() < 0.5 else [])]
    if kind == "alter":
        return [*given, rng.choice((*ALTERING, *ALTERING_MORE)), *around]
    return [*given, *around, rng.choice(ENDING)]


PARTS = (
    ("tune", TUNED, _edits, 1, 400),
    ("held", HELD, _edits, 2, 400),
    ("hard", HELD, _hard, 3, 400),
    ("more", MORE, _wide, 4, 600),
    ("unseen", UNSEEN, _wide, 5, 1500),
    ("fresh", UNSEEN, _wide, 6, 1500),
)


if __name__ == "__main__":
    for part, texts, edits, seed, count in PARTS:
        (FOLDER / f"{part}.txt").write_text("\n".join(compose(texts, edits, seed, count)) + "\n", "utf-8")
