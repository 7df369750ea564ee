"""Who is filled in as a speaker, who is only offered, and for whose words nobody is."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.authoring.suggest import suggest
from briefing.authoring.suggest.write import plan_drafts
from tests.check.folders import make

MEETING = "Ann Ford, the baker, spoke on Monday. "
CASES = [
    ("“We can wait no longer,” said Ann Ford.", "ford"),
    ("“We can wait no longer,” Ms Ford said.", "ford"),
    ("According to Ann Ford, it “cannot wait any longer”.", "ford"),
    (f"{MEETING}\n\n“We can wait no longer,” said the baker.", "ford"),
    (f"{MEETING}“We can wait no longer,” she said.", "TODO: ford"),
    (f"{MEETING}“We can wait no longer.”", "TODO: ford"),
    ("Ann Ford said no. “We can wait no longer.”", "TODO: ford"),
    (f"{MEETING}\n\nThe harbour is full. “We can wait no longer.”", None),
]


@pytest.mark.parametrize(("text", "speaker"), CASES)
def test_a_speaker_is_filled_in_where_the_words_beside_a_quotation_name_one(
    text: str, speaker: str | None, tmp_path: Path
) -> None:
    about = {"source": {"kind": "article", "title": "An article", "language": "en"}, "people": {}}
    made = suggest(make(tmp_path, {"source.txt": f"The harbour\n\n{text}\n", "briefing": about}))
    assert [quote.get("speaker") for quote in made.quotes] == [speaker]


SPEECH = """Dora Pitt, a farmer, was applauded.

“You see a bill,” she said. “We see a living in a hill farm.

“Take that away and there is no farm.”
"""


def test_a_speech_that_goes_on_in_the_next_paragraph_is_drafted_for_each(tmp_path: Path) -> None:
    """What nothing interrupts may be one statement of several paragraphs; parts may not be in several."""
    about = {"source": {"kind": "article", "title": "An article", "language": "en"}, "people": {}, "status": "draft"}
    make(tmp_path, {"source.txt": SPEECH, "briefing": about})
    planned = plan_drafts(tmp_path / "docs", "b")
    assert planned.dropped == []
    assert [each["target"] for each in planned.suggestions.quotes] == [
        ["You see a bill", "We see a living in a hill farm."],
        "Take that away and there is no farm.",
    ]
