"""Recipes of revisions: what a revision does, with the answer by construction.

A recipe is a line `text target edit … seed`. Edits that begin with `given-` make the old text, the others the new one.
`target` says what is chosen: a sentence, a phrase within one, a number with its neighbours, two sentences, a paragraph,
a line, or a repeated line. The seed chooses which.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from briefing.anchor.boundaries import whole
from briefing.model.places import Span
from tests.conftest import CASES
from tests.revision import edits, wider
from tests.revision.doc import Doc, NotHereError, edits_of, gap, lines, sentences, target, words

FOLDER = CASES / "revisions"
EDITS = edits_of(vars(edits)) | edits_of(vars(wider))
TARGETS = ("sentence", "phrase", "number", "two", "paragraph", "line", "again")


@dataclass(frozen=True)
class Revision:
    """Two versions of a text, and where the passage stands in both."""

    name: str
    old: str
    there: Span
    new: str
    here: Span | None
    """None where it is gone."""


@lru_cache
def text(name: str) -> str:
    return (FOLDER / "texts" / f"{name}.txt").read_text("utf-8")


def cook(recipe: str) -> Revision:
    """Follow a recipe; raises `NotHereError` where an edit does not fit."""
    name, kind, *steps, seed = recipe.split()
    rng = random.Random(f"{recipe}")
    doc = Doc(name, text(name), None)
    doc = replace(doc, span=_choose(doc, kind, rng))
    for edit in (edit for edit in steps if edit.startswith("given-")):
        doc = EDITS[edit.removeprefix("given-")](doc, rng)
    old, there = doc.text, target(doc)
    for edit in (edit for edit in steps if not edit.startswith("given-")):
        doc = EDITS[edit](doc, rng)
    assert seed.isdigit()
    if doc.text == old or (doc.span and not whole(doc.text, doc.span)) or not whole(old, there):
        raise NotHereError
    return Revision(recipe, old, there, doc.text, doc.span)


def _choose(doc: Doc, kind: str, rng: random.Random) -> Span:
    found = sentences(doc.text)
    if kind == "sentence":
        return rng.choice([s for s in found if len(words(doc, s)) >= 4])
    if kind == "line":
        return rng.choice(lines(doc.text)[1:])
    if kind == "paragraph":
        return rng.choice([s for s in lines(doc.text) if len(s.of(doc.text)) > 120])
    if kind == "again":
        repeated = [s for s in lines(doc.text) if doc.text.count(s.of(doc.text)) > 1]
        if not repeated:
            raise NotHereError
        return rng.choice(repeated)
    if kind == "two":
        pairs = [Span(a.start, b.end) for a, b in pairwise(found) if doc.text[a.end : b.start] == gap(doc)]
        if not pairs:
            raise NotHereError
        return rng.choice(pairs)
    if kind == "number":
        numbers = [w for w in words(doc, Span(0, len(doc.text))) if w.of(doc.text)[0].isdigit()]
        if not numbers:
            raise NotHereError
        chosen = rng.choice(numbers)
        after = words(doc, Span(chosen.end, len(doc.text)))[: rng.randrange(3)]
        return Span(chosen.start, after[-1].end if after else chosen.end)
    inside = words(doc, rng.choice([s for s in found if len(words(doc, s)) >= 5]))
    size = rng.randrange(2, min(9, len(inside)))
    first = rng.randrange(len(inside) - size + 1)
    return Span(inside[first].start, inside[first + size - 1].end)


def recipes(part: str) -> list[str]:
    return (FOLDER / f"{part}.txt").read_text("utf-8").split("\n")[:-1]


def load(path: Path) -> list[Revision]:
    """Revisions written by hand: `=== name`, the old text with «« the passage »», `---`, the new one likewise."""
    found = []
    for block in path.read_text("utf-8").split("=== ")[1:]:
        name, _, rest = block.partition("\n")
        old, _, new = rest.partition("\n---\n")
        (old, there), (new, here) = marked(old.strip("\n")), marked(new.strip("\n"))
        assert there is not None, name
        found.append(Revision(name, old, there, new, here))
    return found


def marked(text: str) -> tuple[str, Span | None]:
    """A text without the marks of its passage, and where that is; None without marks."""
    start, end = text.find("««"), text.find("»»")
    if start < 0:
        return text, None
    return text.replace("««", "").replace("»»", ""), Span(start, end - 2)
