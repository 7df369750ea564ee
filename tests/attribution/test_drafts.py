"""How often a drafted speaker is right, open or wrong, on articles whose writers did not know the rules.

tests/cases/attribution/README.md says what was looked at. Run with `-s` to see the numbers and every difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.attribution import RULES, Rule
from briefing.model.places import Span
from tests.attribution.drafts import Article, Passage, article, from_json, from_table, report
from tests.conftest import CASES, Golden
from tests.suggest import gold
from tests.tables import Case, parameters

FOLDER = CASES / "attribution"


@cache
def articles(tag: str, part: str) -> tuple[Article, ...]:
    """The articles of a language: `dev` or `test`."""
    return tuple(from_json(path, tag) for path in sorted((FOLDER / tag / part).glob("*.json")))


def count(found: Sequence[Article], rules: Sequence[Rule] = RULES) -> tuple[Counter[str], list[str]]:
    outcomes = [outcome for each in found for outcome in each.outcomes(rules)]
    return Counter(each.result for each in outcomes), [each.line for each in outcomes if each.result != "right"]


@pytest.mark.full
@pytest.mark.parametrize(("tag", "least", "most"), [("en", 0.88, 0.03), ("de", 0.82, 0.06)])
def test_speakers_are_right_or_open(tag: str, least: float, most: float) -> None:
    found, missed = count([*articles(tag, "dev"), *articles(tag, "test")])
    print(tag, found, *missed, sep="\n  ")
    passages = found.total()
    assert passages >= 350
    assert found["right"] >= least * passages and found["wrong"] <= most * passages, "\n".join(missed)


HARD = 61
"""Number from which the articles of `dev` are features, dialogues, court and parliament."""


@pytest.mark.parametrize(("tag", "least", "most"), [("en", 0.73, 0.01), ("de", 0.66, 0.02)])
def test_speakers_in_hard_articles_are_right_or_open(tag: str, least: float, most: float) -> None:
    hard = [each for each in articles(tag, "dev") if int(each.name.rsplit("/", 1)[1]) >= HARD]
    found, missed = count(hard)
    print(tag, found, *missed, sep="\n  ")
    passages = found.total()
    assert passages >= 150
    assert found["right"] >= least * passages and found["wrong"] <= most * passages, "\n".join(missed)


@cache
def news(tag: str) -> tuple[Article, ...]:
    """The articles of a language in which every passage has its kind."""
    return tuple(from_table(FOLDER / f"news-{tag}.yml"))


@pytest.mark.parametrize(("tag", "least", "most"), [("en", 0.85, 0.03), ("de", 0.77, 0.03)])
def test_speakers_in_the_news_are_right_and_nobody_says_a_title(tag: str, least: float, most: float) -> None:
    found = [outcome for each in news(tag) for outcome in each.outcomes()]
    print(tag, *report(found), *(each.line for each in found if each.result != "right"), sep="\n  ")
    said = [each for each in found if each.speaker]
    wrong = [each.line for each in found if each.result == "wrong" and each.kind != "institution"]
    assert len(said) >= 70 and {each.kind for each in found} >= {"title", "anonymous", "document", "scare"}
    assert sum(each.result == "right" for each in said) >= least * len(said)
    assert len(wrong) <= most * len(found), "\n".join(wrong)


@pytest.mark.full
@pytest.mark.parametrize(("tag", "most"), [("en", 0.03), ("de", 0.06)])
def test_speakers_that_are_filled_in_are_right(tag: str, most: float) -> None:
    """Whoever is only offered may be another: an author decides."""
    results: Counter[str] = Counter()
    for each in (*articles(tag, "dev"), *articles(tag, "test"), *news(tag)):
        filled = each.filled_in()
        outcomes = zip(each.says, each.outcomes(), strict=True)
        results += Counter(told.result for (span, _), told in outcomes if any(at.overlaps(span) for at in filled))
    print(tag, results)
    assert results.total() >= 170 and results["wrong"] <= most * results.total()


@pytest.mark.parametrize("part", ["dev", "news"])  # whoever makes rules should not look at the others
@pytest.mark.parametrize("tag", ["en", "de"])
def test_drafts_are_those_that_were_looked_at(tag: str, part: str, golden: Golden) -> None:
    """Every name, speaker, rule and credit of the articles, so that a change of a rule shows what else it changes."""
    found = news(tag) if part == "news" else articles(tag, part)
    golden.check(
        FOLDER / "drafted" / f"{tag}-{part}.txt", "".join(f"{line}\n" for each in found for line in each.told())
    )


READINGS = FOLDER / "readings"
"""Short texts, each about one thing that a text may say, in a table of each language."""


@pytest.mark.parametrize("case", parameters(READINGS.glob("*.table")))
def test_short_texts_are_read_as_was_looked_at(case: Case, golden: Golden) -> None:
    case.check(golden, "".join(f"{line}\n" for line in article("", case.table.stem, case.given, []).told()))


FAULTS: list[dict[str, Any]] = yaml.safe_load((FOLDER / "faults.yml").read_text("utf-8"))


def fault(case: dict[str, Any]) -> Article:
    passages = [Passage(words, speaker, "direct") for words, speaker in case["says"].items()]
    return article("fault", case.get("language", "en"), case["text"], passages)


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case["text"][:40])
def test_what_was_wrong_in_use_is_right_or_open(case: dict[str, Any]) -> None:
    made = fault(case)
    assert count([made])[1] == []
    vias = {span.of(case["text"])[1:-1].strip(",."): via for span, _, via, _ in made.drafted() if via}
    assert vias == {words.strip(",."): via for words, via in case.get("via", {}).items()}


@pytest.mark.full
def test_every_rule_earns_its_place() -> None:
    """Without it more is wrong or open: two points for a wrong name, one for a right one.

    An article in which a rule decides nothing is drafted the same without it.
    """
    parts = [(tag, part) for tag in ("en", "de") for part in ("dev", "test")]
    found = [*(each for tag, part in parts for each in articles(tag, part)), *map(fault, FAULTS), *older()]
    found += [each for tag in ("en", "de") for each in news(tag)]
    earns = dict.fromkeys((rule.name for rule in RULES), 0)
    for each in found:
        whole = list(each.drafted())
        deciding = {name for _, _, _, name in whole}
        for rule in RULES:
            if rule.name in deciding:
                without = list(each.drafted([other for other in RULES if other is not rule]))
                earns[rule.name] += worth(each, whole) - worth(each, without)
    print(earns)
    assert [name for name, points in earns.items() if points <= 0] == []


def worth(article: Article, drafted: Sequence[tuple[Span, str, str, str]]) -> int:
    results = Counter(each.result for each in article.compared(drafted))
    return results["right"] - 2 * results["wrong"] + sum(bool(via) for _, _, via, _ in drafted)


def older() -> Iterator[Article]:
    """The articles that the rules on speakers of the check were made with and held against: dialogues among them."""
    for case in [*gold.articles("development"), *gold.articles("held-out")]:
        text = case["text"] if case["text"].endswith("\n") else case["text"] + "\n"
        people = case["people"]
        passages = [
            Passage(" ".join(q["words"].split()), people[q["speaker"]]["name"], "direct") for q in case["quotes"]
        ]
        if all(each.words in text for each in passages):
            yield article(case["name"], case["language"], text, passages)


def test_there_are_articles_in_both_languages() -> None:
    assert {path.parent.parent.name for path in Path(FOLDER).glob("*/*/*.json")} == {"en", "de"}
