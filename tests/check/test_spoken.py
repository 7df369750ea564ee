"""Who speaks, in the ways in which news, sport, science and finance say it; and what is said of everybody else.

A row has a sentence, its language, who speaks, and whether it says so by a name or office: then any other speaker is
an error. Two rates are asserted: alarms about the right speaker, and wrong speakers that pass.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.check import folders
from tests.conftest import CASES

SPOKEN = json.loads((CASES / "check" / "spoken.json").read_text("utf-8"))
PEOPLE = {
    "rutte": "Mark Rutte",
    "leyen": "Ursula von der Leyen",
    "zelenskyy": "Volodymyr Zelenskyy",
    "selenskyj": "Wolodymyr Selenskyj",
    "lindqvist": "Anna Lindqvist",
    "obr": {"name": "Office for Budget Responsibility", "kind": "organisation"},
}
ROLES = {
    "rutte": "NATO Secretary General",
    "leyen": "President of the European Commission",
    "zelenskyy": "Leader of Ukraine",
    "selenskyj": "Staatsoberhaupt der Ukraine",
    "lindqvist": "Coach",
    "obr": "Fiscal watchdog of the United Kingdom",
}
OTHERS = ("rutte", "leyen", "zelenskyy", "lindqvist")


def codes(folder: Path, sentence: str, language: str, speaker: str) -> set[str]:
    """What is found where the quoted words are given to a speaker."""
    words = sentence[
        sentence.index("“" if language == "en" else "„") + 1 : sentence.rindex("”" if language == "en" else "“")
    ]
    case = {
        "people.yml": PEOPLE,
        "briefing": {"people": ROLES, "source": {"language": language}},
        "source.txt": sentence + "\n",
        "quotes": [{"target": words.rstrip(",."), "speaker": speaker}],
    }
    found = {problem.code for problem in folders.found(folders.make(folder, case))}
    return found & {"wrong-speaker", "speaker-not-named"}


@pytest.mark.parametrize(("sentence", "language", "speaker", "named"), SPOKEN)
def test_the_right_speaker_raises_no_alarm(
    tmp_path: Path, sentence: str, language: str, speaker: str, named: bool
) -> None:
    assert codes(tmp_path, sentence, language, speaker) == set()


@pytest.mark.parametrize(("sentence", "language", "speaker", "named"), [row for row in SPOKEN if row[3]])
def test_another_speaker_is_an_error(tmp_path: Path, sentence: str, language: str, speaker: str, named: bool) -> None:
    for other in (id for id in OTHERS if id != speaker):
        assert codes(tmp_path / other, sentence, language, other), other


def test_there_are_sentences_of_both_kinds() -> None:
    assert len(SPOKEN) > 40 and sum(not row[3] for row in SPOKEN) > 5
