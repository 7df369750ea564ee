"""What of a new text stands for a target, with the evidence: small texts, in which each word tells as much as any."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from briefing.anchor.alignment import Region, align_region, regions
from briefing.anchor.words import around, sought, view, words
from tests.conftest import Golden
from tests.revision.recipes import marked
from tests.tables import Case, parameters

CASES = Path(__file__).parent.parent / "cases" / "anchor"


@pytest.mark.parametrize("case", parameters([CASES / "alignment.table"]))
def test_a_target_is_aligned_with_what_stands_for_it(case: Case, golden: Golden) -> None:
    """With what was around it in the old text, and by its words alone."""
    given, _, text = case.given.partition("--\n")
    old_text, span = marked(given)
    assert span is not None
    old, new = view(old_text), view(text)
    there = old.words_in(span)
    bare = sought(words(span.of(old_text)), old.begins_sentence(there[0]), old.ends_sentence(there[1]))
    known = around(bare, old, there)
    lines = []
    for name, wanted in (("known", known), ("bare", bare)):
        found = align_region(new, wanted, Region(0, len(new.words)), (0, len(new.words)))
        shown = new.span(*found.words)
        sides = " ".join("?" if side is None else f"{side:.2f}" for side in (found.before, found.after))
        told = (
            f"{found.likeness:.2f} like, {found.kept:.2f} kept, {found.own:.2f} own, {sides} around, {found.held} held"
        )
        lines.append(f"{name}: {shown.of(text) if shown else '-'} | {told}{', replaced' * found.replaces}\n")
    places = regions(new, bare.keys, 3)
    assert all(not (one.start < other.end and other.start < one.end) for one, other in pairwise(places))
    lines.append(f"regions: {', '.join(f'{one.start}–{one.end}' for one in places)}\n")
    case.check(golden, "".join(lines))
