"""The numbers of annotations are in the order in which a reader meets them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.pages.test_grounding import page

PARAGRAPHS = "One two three four five six. Seven eight nine ten.\n\nEleven twelve thirteen fourteen. Fifteen sixteen."
CASES = {
    "one in another": ["two three four", "three"],
    "the same beginning": ["One two", "One two three", "One"],
    "the same end": ["five six", "six", "four five six"],
    "overlapping": ["two three four", "four five", "three four"],
    "over a paragraph's end": ["nine ten. Eleven twelve", "ten", "Eleven", "thirteen"],
    "a whole paragraph, and in it": [
        "Seven eight nine ten",
        "eight",
        "ten",
        "Eleven twelve thirteen fourteen",
        "Eleven",
    ],
}


@pytest.mark.parametrize("targets", CASES.values(), ids=CASES)
def test_who_reads_on_meets_them_in_order(targets: list[str], tmp_path: Path) -> None:
    notes = [{"id": f"n{n}", "target": target, "note": "So it was."} for n, target in enumerate(targets)]
    shown = page(tmp_path, {"source.txt": PARAGRAPHS, "context": notes}, "text")
    in_words = re.findall(r'role="doc-noteref"[^>]*>(\d+)<', shown)
    below = re.findall(r'title="Back to the text">(\d+)</a>', shown)
    assert in_words == [str(n) for n in range(1, len(targets) + 1)]
    assert below == in_words, "the notes are in another order than their numbers"
