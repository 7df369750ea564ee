"""Write the recipes of revisions: `python -m tests.revision.compose` makes tune.txt and held.txt anew.

Rules and thresholds of anchoring were chosen on tune.txt alone; held.txt has other seeds and, half of it,
other texts. hard.txt piles edits up until nobody can be sure: only what is put in the wrong place counts there.
"""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.revision.edits import ALTERING, ENDING, FOLDER, KEEPING, TARGETS, NotHereError, cook

TUNED = ("harbour", "haushalt", "refrain", "chinese")
HELD = ("schools", "arabic", "japanese", "thai", "chat", "harbour", "haushalt", "refrain", "chinese")
COPYING = ("headline", "echo", "lookalike")
EACH = 400
CALM = (
    "insert-before", "insert-after", "delete-before", "delete-after", "typos-around", "rewrap", "typographic", "plain",
    "merge", "split", "swap-paragraphs",
)  # fmt: skip
"""What goes on around a passage that is edited or deleted itself."""

MOVES = ("swap-paragraphs", "swap-sentences", "to-the-end")
"""A line of a refrain that is moved among its likes cannot be told from them by anybody."""


def compose(texts: tuple[str, ...], edits: Callable[[random.Random], list[str]], seed: int) -> list[str]:
    rng = random.Random(seed)
    found: list[str] = []
    while len(found) < EACH:
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


PARTS = (("tune", TUNED, _edits, 1), ("held", HELD, _edits, 2), ("hard", HELD, _hard, 3))


if __name__ == "__main__":
    for part, texts, edits, seed in PARTS:
        (FOLDER / f"{part}.txt").write_text("\n".join(compose(texts, edits, seed)) + "\n", "utf-8")
