"""How often the rule on quoted words is wrong, on prose that it was and was not made with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.check import quoted
from tests.conftest import CASES

MOST = 0.02
"""The share of genuine passages that are reported, and of false ones that are not, which is still good enough."""
MOST_OTHER = 0.15
"""The share of terms, titles and ironies that are reported: nobody said them, and an author can mark them."""


@pytest.mark.full
@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("part", ["development", "held-out"])
def test_both_rates_are_below_two_percent(part: str, language: str, tmp_path: Path) -> None:
    files = sorted((CASES / "quoted" / part / language).glob("*.json"))
    found = [one for file in files for one in quoted.judged(tmp_path / file.stem, file)]
    rates = quoted.rates(found)
    wrong = [one for one in found if one.reported == (one.label == "genuine") and one.label != "other"]
    print(rates, *wrong, sep="\n")
    assert rates.genuine >= 60 and rates.false >= 60
    assert rates.false_alarms / rates.genuine < MOST, "\n".join(map(str, wrong))
    assert rates.missed / rates.false < MOST, "\n".join(map(str, wrong))
    assert rates.missed_attributed / rates.false_attributed < MOST, "\n".join(map(str, wrong))
    assert rates.other_reported / rates.other < MOST_OTHER


def test_there_are_three_hundred_of_each_kind_in_either_language(tmp_path: Path) -> None:
    for language in ("en", "de"):
        files = sorted((CASES / "quoted" / "held-out" / language).glob("*.json"))
        labels = [label for file in files for label in quoted.labels(file)]
        assert labels.count("genuine") >= 300 and labels.count("false") >= 300


def test_the_rates_count_what_they_say() -> None:
    one = [
        ("genuine", True, True), ("genuine", True, False), ("false", True, True), ("false", True, False),
        ("false", False, False), ("other", False, True), ("other", False, False),
    ]  # fmt: skip
    rates = quoted.rates([quoted.Judged("x", "s", "p", label, given, found) for label, given, found in one])
    assert rates == quoted.Rates(2, 1, 3, 2, 2, 1, 2, 1)
