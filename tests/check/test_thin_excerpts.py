"""How often `thin-excerpt` is wrong: good sentences beside their own excerpts, and beside those of other sentences.

The sentences are those of the tables of numbers, by writers who knew of no such rule.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest

from briefing.check.rules.thin_excerpts import FEWEST, thin_excerpt
from tests.check import folders, marked
from tests.conftest import CASES

TABLES = [table for table in sorted((CASES / "numbers").glob("*.txt")) if "quantifiers" not in table.name]
NOTHING = ("Nothing here ", "The words of nobody", "Hier steht keine", "Niemandes Worte")
"""How words begin that are not about the sentences below them: those are idioms, and it is right to report them."""
Work = tuple[str, Sequence[str]]
"""Words, and the sentences that rest on them."""


def works(language: str) -> list[Work]:
    """The words of each work with the good sentences about it, three at a time."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for line in (line for table in TABLES for line in marked.lines(table)):
        if line.good and line.language.startswith(language) and not line.rests_on.startswith(NOTHING):
            found[line.rests_on].append(line.text)
    by_three = [(words, own[at : at + FEWEST]) for words, own in found.items() for at in range(0, len(own), FEWEST)]
    return [(words, own) for words, own in by_three if len(own) == FEWEST]


def reported(folder: Path, language: str, given: Sequence[Work]) -> int:
    """On how many works the rule finds something."""
    notes = [(f"r{at}", text.replace("[@x]", f"[@r{at}]")) for at, (_, own) in enumerate(given) for text in own]
    case = {
        "briefing": {"language": language, "source": {"language": language}},
        "references": [
            {"id": f"r{at}", "title": "A work", "excerpts": marked.excerpts(words, language)}
            for at, (words, _) in enumerate(given)
        ],
        "context": [{"target": "One paragraph", "note": text} for _, text in notes],
    }
    return len(list(thin_excerpt(folders.make(folder, case))))


@pytest.mark.full
@pytest.mark.parametrize("language", ["en", "de"])
def test_it_is_silent_on_good_sentences_and_finds_those_that_rest_on_other_words(language: str, tmp_path: Path) -> None:
    own = works(language)
    moved = [(words, sentences) for (words, _), (_, sentences) in zip(own, [*own[7:], *own[:7]], strict=True)]
    alarms, found = reported(tmp_path / "a", language, own), reported(tmp_path / "b", language, moved)
    assert len(own) >= 80
    assert alarms / len(own) <= 0.01, f"{alarms} of {len(own)}"
    assert found / len(own) >= 0.4, f"{found} of {len(own)}"
