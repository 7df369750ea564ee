"""Which numbers may be stated because of which: a table of each against each, to be looked at."""

from __future__ import annotations

from functools import cache

import pytest

from briefing.check.equal_numbers import joined, rests
from briefing.text import language
from briefing.text.numbers.quantities import quantities
from briefing.text.numbers.quantity import Quantity
from tests.conftest import CASES, Golden

NUMBERS = {
    "en": (
        "7", "9", "ten", "nearly ten", "19", "20", "about 20", "more than 20", "less than 20", "38", "40", "about 40",
        "42", "43", "46", "over 40", "almost 50", "49", "95", "almost 100", "100", "105", "about 100", "110", "120",
        "two dozen", "24", "almost two dozen", "20 people", "dozens", "60", "hundreds of people", "130", "250", "1,000",
        "1,034", "more than 1,000", "a thousand", "1.5 million", "1,500,000", "1,480,000", "about 1.5 million",
        "half a million", "480,000", "about half a million", "520,000", "1.55 million", "3 to 4 million", "3 million",
        "half", "50%", "almost half", "48%", "41%", "39%", "more than half", "55%", "61%", "a third", "33%", "33.3%",
        "34%", "one in three", "two of three", "two thirds", "67%", "66%", "0.5", "0.33", "quarter", "25 percent",
        "twice as much", "doubled", "2", "two", "200%", "three times as much", "27 times", "27 aftershocks",
        "5%", "5 percentage points", "500 basis points", "5 km", "5,000 m", "3 miles", "3.1 miles", "5 kilometres",
        "5 kg", "$5", "€5", "5 dollars", "5 cents", "5", "five", "5th", "finished fifth", "5 boats", "five boats",
        "a man of 22", "22", "22 years old", "a 22-year-old", "22 years", "122", "a week", "7 days", "14 days",
        "1998", "in 1998", "the 1990s", "the nineties", "1989", "3 May 1998", "May 1998", "3 May", "5 May",
        "9:30 a.m.", "9.30", "09:30", "21:30", "9:30 p.m.", "3 p.m.", "15:00", "half past nine", "7-5", "7:5", "7 to 5",
        "five match points", "-3", "minus 3", "3", "zero", "0", "0%",
    ),
    "de": (
        "7", "9", "zehn", "fast zehn", "38", "40", "rund 40", "42", "über 40", "knapp 50", "49", "zwei Dutzend", "24",
        "Dutzende", "60", "Hunderte Leute", "250", "1.034", "mehr als 1.000", "1,5 Millionen", "1.500.000", "1.480.000",
        "etwa 1,5 Millionen", "eine halbe Million", "480.000", "die Hälfte", "50 %", "fast die Hälfte", "48 %", "40 %",
        "ein Drittel", "33 %", "jeder Dritte", "zwei von drei", "zwei Drittel", "67 %", "0,5", "doppelt so viel",
        "verdoppelt", "2", "zwei", "dreimal so viel", "27 Mal", "27 Nachbeben", "5 Prozentpunkte", "5 %", "5 km",
        "5.000 m", "5 Euro", "5 €", "fünf", "der 5.", "Fünfter", "5 Boote", "22", "22 Jahre alt", "die 22-Jährige",
        "eine Woche", "7 Tage", "1998", "die neunziger Jahre", "die 1990er", "3. Mai 1998", "Mai 1998", "3. Mai",
        "9.30 Uhr", "9:30 Uhr", "halb zehn", "15 Uhr", "7:5", "7 zu 5", "minus 3", "3", "null",
    ),
}  # fmt: skip


@cache
def read(words: str, tag: str) -> Quantity | None:
    """The first number of some words, as in a sentence."""
    return next(iter(quantities(f"It was {words}." if tag == "en" else f"Es waren {words}.", language(tag))), None)


@pytest.mark.parametrize("tag", NUMBERS)
def test_what_rests_on_what_is_as_was_looked_at(tag: str, golden: Golden) -> None:
    """Behind each number those on which it may rest, besides itself."""
    lines = []
    for stated in NUMBERS[tag]:
        one = read(stated, tag)
        on = [each for each in NUMBERS[tag] if each != stated and one and (it := read(each, tag)) and rests(one, it)]
        lines.append(f"{stated}{'' if one else ' (is no number)'}: {'; '.join(on) or '-'}\n")
    golden.check(CASES / "numbers" / f"rests.{tag}.golden", "".join(lines))


@pytest.mark.parametrize(
    ("stated", "found", "right"),
    [
        ("3 May 1998", "The treaty of 3 May was renewed in 1998.", True),
        ("3 May 1998", "The treaty of 4 May was renewed in 1998.", False),
        ("3 May 1998", "The treaty of 3 June was renewed in 1998.", False),
        ("3 May 1998", "The treaty of 3 May was renewed in 1999.", False),
        ("3 May 1998", "The treaty of 3 May 1997 was renewed in 1998.", False),
        ("May 1998", "In June it rained, as it had in 1998.", False),
        ("1998", "In May it rained.", False),
        ("3 May", "It was the 3rd of a month, in May.", False),
    ],
)
def test_a_date_may_be_put_together(stated: str, found: str, right: bool) -> None:
    one = read(stated, "en")
    assert one is not None
    assert joined(one, tuple(quantities(found, language("en")))) == right
