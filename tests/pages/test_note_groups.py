"""Many context notes are listed by the first tag of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from briefing.pipeline import checking
from briefing.render.note_groups import FEW
from tests.library.world import write_world
from tests.sites import rendered

WORDS = [f"gate{n}" for n in range(12)]


def headings(folder: Path, tags: list[list[str]]) -> list[str]:
    """The headings of the page of context: of its topics, and the ids of its notes."""
    notes: list[dict[str, Any]] = [{"target": word, "tags": own} for word, own in zip(WORDS, tags, strict=False)]
    write_world(folder, {"a": {"source.txt": f"{' '.join(WORDS)}.\n", "context": notes}})
    briefing = checking.check_library(folder).briefings[0].briefing
    assert briefing
    lines = rendered(briefing)["a/context.md"].markdown.splitlines()
    return [line.split('id="')[-1].split('"')[0] for line in lines if line.startswith(("## ", "<h2 ", "<h3 "))]


def test_the_largest_topic_comes_first_and_what_has_none_last(tmp_path: Path) -> None:
    tags = [["nato"], ["Bridges", "nato"], [], ["bridges"], ["nato"], ["bridges"], [], ["Bridges"]]
    assert headings(tmp_path, tags) == [
        "## Bridges {: #_on-bridges .bf-section }",
        *("c1", "c3", "c5", "c7"),
        "## Nato {: #_on-nato .bf-section }",
        *("c0", "c4"),
        "## Other notes {: #_on .bf-section }",
        *("c2", "c6"),
    ]


@pytest.mark.parametrize(
    "tags",
    [[["a"], ["b"]] * 3, [[f"t{n}"] for n in range(FEW + 1)], [["a"]] * (FEW + 1), [[]] * (FEW + 1)],
    ids=["few", "each alone", "one topic", "no tags"],
)
def test_notes_that_would_not_be_easier_to_find_are_in_the_order_of_the_text(
    tmp_path: Path, tags: list[list[str]]
) -> None:
    assert headings(tmp_path, tags) == [f"c{n}" for n in range(len(tags))]
