"""Which numbers are drafted as figures, and how much of them."""

from __future__ import annotations

import pytest

from briefing.authoring.suggest.figures import unit_after
from briefing.authoring.suggest.numbers import drafted_mentions
from briefing.text import language

AFTER = "It was said at the hearing."

CASES = [
    ("en", "It costs between £40 million and £55 million.", ["£40 million and £55 million"]),
    ("en", "It passed by 19 to 14, and again by 9 votes to 3.", ["19 to 14", "9 votes to 3"]),
    ("en", "It fell from 26 weeks to nine.", ["26", "nine"]),
    ("en", "One call in seven failed, and 29 of the 34 inns replied.", ["One call in seven", "29 of the 34"]),
    ("en", "He is one of 130 people who came.", ["130"]),
    ("en", "The trip became one of two hours and 40 minutes.", ["two", "40"]),
    ("en", "His walk was one of three miles.", ["three"]),
    ("en", "It rained on two of four days.", ["two of four days"]),
    ("en", "It was half a mile, for an hour and a half, at minus 5 degrees.",
     ["half a mile", "an hour and a half", "minus 5"]),
    ("en", "Rain of 71.4 mm fell on 155 mm shells.", ["71.4"]),
    ("en", "Under section 19 of the Forest Act 2010 and FRS 102, see pages 14–15, call 01632 960 417.", []),
    ("en", "At ten past four, and at 22.47, the 8 boats left.", ["8"]),
    ("en", "So it is listed [1]. Others[2, 3] say 40 boats came,[4] and [30] returned [5–7].", ["40", "30"]),
    ("en", "2.3 Replies came from 14 towns.", ["14"]),
    ("en", "7 towns to get 40 buses", []),
    ("en", "Area: North; Homes: 12\nArea: South; Homes: 7", []),
    ("en", "Children under ten, and those under 18, get 3 pounds. People over 65 pay nothing.", ["3"]),
    ("en", "Of 16- to 19-year-olds, an 11-year-old and a girl aged 12, all 9 boys came.", ["9"]),
    ("en", "Her sons, aged seven and nine, and Anna Berg, 52, saw 40 boats.", ["40"]),
    ("en", "People over 40 miles away, children under 5 feet, and over 70 were arrested.", ["40", "5", "70"]),
    ("en", "It runs from seven in the morning until nine at night, in 3 towns.", ["3"]),
    ("en", "It was carried 52–48, and from 2019–18 nothing.", ["52–48"]),
    ("en", f"It is {'9' * 5000} miles and 0.{'0' * 5000}1 miles away.", ["9" * 5000, f"0.{'0' * 5000}1"]),
    ("de", "Kinder unter zehn bekommen nichts, Menschen ab 65 Jahren alles, die 7 Boote auch.", ["7"]),
    ("de", "Die 30- bis 49-Jährigen, Personen im Alter von 18 bis 25, Anna Berg (52): je 3 Euro.", ["3"]),
    ("de", "Ihr Sohn ist 12 Jahre alt und kam in den 1990er Jahren mit 40 Booten.", ["40"]),
    ("de", "Mit 12 zu 7 Stimmen, nach BVerwGE 129, 209, Rn. 14 und § 5, am Haus 3.", ["12 zu 7"]),
    ("de", "Jedes dritte Kind bekam zwischen 3 und 9 Euro.", ["Jedes dritte", "3 und 9"]),
]  # fmt: skip


@pytest.mark.parametrize(("tag", "text", "drafted"), CASES)
def test_numbers_are_drafted_whole_or_not_at_all(tag: str, text: str, drafted: list[str]) -> None:
    text = f"{text}\n{AFTER}"
    assert [mention.span.of(text) for mention in drafted_mentions(text, language(tag))] == drafted


@pytest.mark.parametrize(
    ("tag", "text", "unit", "words"),
    [
        ("en", "The town paid 3 million.", "", "3 million"),
        ("en", "It was £3 billion. Boats came.", "pounds", "£3 billion"),
        ("en", "The bill is 1.5 bn. It rose.", "", "1.5 bn"),
        ("en", "At first a third of them wanted it.", "%", "a third"),
        ("en", "Half of children eat there.", "% of children", "Half of children"),
        ("de", "Es waren 3 Mio. Euro.", "Euro", "3 Mio. Euro"),
        ("de", "Es waren 2,4 Millionen. Die Stadt zahlt.", "", "2,4 Millionen"),
        ("de", "Ein Drittel von ihnen wollte es.", "%", "Ein Drittel"),
    ],
)
def test_a_unit_ends_with_its_own_words(tag: str, text: str, unit: str, words: str) -> None:
    text = f"{text}\n{AFTER}"
    [mention] = drafted_mentions(text, language(tag))
    found = unit_after(text, language(tag), mention)
    assert (found.name, text[mention.span.start : found.end]) == (unit, words)
