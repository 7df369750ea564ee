"""Which numbers are drafted as figures, and how much of them."""

from __future__ import annotations

import pytest

from briefing.authoring.suggest.numbers import drafted_mentions
from briefing.text import language

AFTER = "It was said at the hearing."

CASES = [
    ("en", "It costs between £40 million and £55 million.", ["£40 million and £55 million"]),
    ("en", "It passed by 19 to 14, and again by 9 votes to 3.", ["19 to 14", "9 votes to 3"]),
    ("en", "It fell from 26 weeks to nine.", ["26", "nine"]),
    ("en", "One call in seven failed, and 29 of the 34 inns replied.", ["One call in seven", "29 of the 34"]),
    ("en", "He is one of 130 people who came.", ["130"]),
    ("en", "It was half a mile, for an hour and a half, at minus 5 degrees.",
     ["half a mile", "an hour and a half", "minus 5"]),
    ("en", "Rain of 71.4 mm fell on 155 mm shells.", ["71.4"]),
    ("en", "Under section 19 of the Forest Act 2010 and FRS 102, see pages 14–15, call 01632 960 417.", []),
    ("en", "At ten past four, and at 22.47, the 8 boats left.", ["8"]),
    ("en", "2.3 Replies came from 14 towns.", ["14"]),
    ("en", "7 towns to get 40 buses", []),
    ("en", "Area: North; Homes: 12\nArea: South; Homes: 7", []),
    ("de", "Mit 12 zu 7 Stimmen, nach BVerwGE 129, 209, Rn. 14 und § 5, am Haus 3.", ["12 zu 7"]),
    ("de", "Jedes dritte Kind bekam zwischen 3 und 9 Euro.", ["Jedes dritte", "3 und 9"]),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "text", "drafted"), CASES)
def test_numbers_are_drafted_whole_or_not_at_all(tag: str, text: str, drafted: list[str]) -> None:
    text = f"{text}\n{AFTER}"
    assert [mention.span.of(text) for mention in drafted_mentions(text, language(tag))] == drafted
