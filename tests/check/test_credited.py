"""How often the rules on speakers are wrong, on articles that they were and were not made with."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing import check
from tests.check import credited, folders
from tests.conftest import CASES, Golden

FILES = sorted((CASES / "speakers").glob("*.yml"))
HELD_OUT = [file for file in FILES if "held-out" in file.name]
DEVELOPMENT = [file for file in FILES if file not in HELD_OUT]
MOST = 0.02
"""The share of true speakers with a false alarm, and of decided swaps that are missed, which is still good enough."""
DECIDED = 0.85
"""The share of swaps that are decided at least: the others leave open who is meant."""


def given(folder: Path, files: list[Path]) -> list[credited.Given]:
    found: list[credited.Given] = []
    for file in files:
        for number, article in enumerate(credited.articles(file)):
            found += credited.judged(folder / file.stem / str(number), article)
    return found


def wrong(found: list[credited.Given]) -> list[str]:
    return [str(one) for one in found if one.verdict == ("found" if one.true else "missed")]


@pytest.mark.parametrize("file", DEVELOPMENT, ids=lambda file: file.stem)
def test_the_articles_that_the_rules_were_made_with_are_judged_right(
    file: Path, tmp_path: Path, golden: Golden
) -> None:
    found = given(tmp_path, [file])
    golden.check(file.with_name(f"{file.stem}.verdicts.txt"), credited.table(found))
    assert wrong(found) == []
    assert credited.rates(found).decided >= DECIDED


def test_both_rates_are_below_two_percent_on_articles_held_out(tmp_path: Path) -> None:
    found = given(tmp_path, HELD_OUT)
    rates = credited.rates(found)
    print(rates, *wrong(found), sep="\n")
    assert rates.quotations >= 60 and rates.swaps >= 60
    assert rates.false / rates.quotations < MOST, "\n".join(wrong(found))
    assert rates.missed / (rates.found + rates.missed) < MOST, "\n".join(wrong(found))
    assert rates.decided >= DECIDED


@pytest.mark.full
@pytest.mark.parametrize("basis", ["claim", "pledge"])
def test_a_figure_is_nobody_elses_and_its_true_speaker_is_not_accused(basis: str, tmp_path: Path) -> None:
    found: list[credited.Given] = []
    for file in FILES:
        for number, article in enumerate(credited.articles(file)):
            found += credited.judged_as_figures(tmp_path / file.stem / str(number), article, basis)
    assert [str(one) for one in found if one.true and one.verdict == "found"] == []
    swaps = [one for one in found if not one.true]
    assert len(swaps) >= 600 and sum(one.verdict == "found" for one in swaps) / len(swaps) >= DECIDED


def test_the_rates_count_what_they_say() -> None:
    one = [
        ("a", True, "found"),
        ("b", True, "open"),
        ("c", False, "found"),
        ("d", False, "missed"),
        ("e", False, "open"),
    ]
    rates = credited.rates([credited.Given("x", "w", who, true, verdict) for who, true, verdict in one])  # type: ignore[arg-type]
    assert rates == credited.Rates(2, 1, 3, 1, 1) and rates.decided == 2 / 3


STRANGERS = [
    ("en", "A woman in the front row stood up. “We can wait no longer,” she said.", True),
    ("en", "A man in the front row stood up. “We can wait no longer,” she said.", False),
    ("en", "Ann Ford met a woman. “We can wait no longer,” she said.", False),
    ("en", "“We can wait no longer,” she said.", False),
    ("de", "Eine Anwohnerin stand auf. „Wir können nicht länger warten“, sagte sie.", True),
    ("de", "Ann Ford traf eine Anwohnerin. „Wir können nicht länger warten“, sagte sie.", False),
]


@pytest.mark.parametrize(("tag", "text", "asked"), STRANGERS)
def test_a_pronoun_behind_somebody_without_a_name_is_asked_about(
    tag: str, text: str, asked: bool, tmp_path: Path
) -> None:
    words = {"en": "We can wait no longer", "de": "Wir können nicht länger warten"}[tag]
    folder = {
        "source.txt": f"Ann Ford.\n\n{text}\n",
        "people.yml": {"ford": "Ann Ford"},
        "quotes": [{"id": "q", "target": words, "speaker": "ford"}],
        "briefing": {
            "source": {"kind": "article", "title": "A title", "language": tag},
            "people": {"ford": {"role": "Chair"}},
        },
    }
    found = check.run(folders.make(tmp_path, folder))
    assert [problem.code for problem in found] == ["speaker-not-named"] * asked
