"""How often a drafted speaker is right, open or wrong, on articles whose writers did not know the rules.

tests/cases/attribution/README.md says what was looked at. Run with `-s` to see the numbers and every difference.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefing.attribution import RULES, Rule, Said, SpokenPassage, TextReading, find_entities, find_speaker, read
from briefing.authoring.suggest.quotations import groups
from briefing.coverage import spoken
from briefing.model.places import Span
from briefing.text import Quoted, language
from tests.conftest import CASES
from tests.suggest import gold

FOLDER = CASES / "attribution"
TITLES = {"professor", "dr", "prof", "mr", "mrs", "ms", "sir", "senator", "justice", "the"}


@dataclass(frozen=True)
class Article:
    """A text with its passages, and who says each."""

    name: str
    language: str
    reading: TextReading
    names: tuple[str, ...]
    """Of its entities."""
    groups: tuple[tuple[Quoted, ...], ...]
    says: tuple[tuple[Span, str, str], ...]
    """Place of a passage, speaker (empty for nobody whom the text names) and kind."""

    def drafted(self, rules: Sequence[Rule] = RULES) -> Iterator[tuple[Span, str, str]]:
        """The place, speaker and `via` of each quotation that is drafted."""
        said: list[Said] = []
        for group in self.groups:
            outer = tuple(passage.outer for passage in group)
            speaker = find_speaker(SpokenPassage(self.reading, outer, said), rules)
            said.append(Said(Span(outer[0].start, outer[-1].end), speaker))
            who, via = (self.names[int(id)] if id else "" for id in (speaker.id, speaker.via))
            yield from ((span, who, via) for span in outer)

    def outcomes(self, rules: Sequence[Rule] = RULES) -> Iterator[tuple[str, str]]:
        """Right, open or wrong for each passage, with the line that tells it."""
        drafted = list(self.drafted(rules))
        for span, speaker, _ in self.says:
            who = next((who for at, who, _ in drafted if at.overlaps(span)), "")
            right = same(who, speaker) if speaker and who else not speaker and not who
            outcome = "right" if right else "wrong" if who else "open"
            yield outcome, f"{self.name} {outcome}: [{who}] for [{speaker}]: {span.of(self.reading.text)[:60]}"


def article(name: str, tag: str, text: str, passages: Sequence[tuple[str, str, str]]) -> Article:
    rules = language(tag)
    entities = find_entities(text, rules)
    reading = read(text, rules, entities)
    spans: list[tuple[Span, str, str]] = []
    at = 0
    for words, speaker, kind in passages:
        at = text.index(words, at) if words in text[at:] else text.index(words)
        spans.append((Span(at, at + len(words)), speaker, kind))
    outermost = [each for each in spans if not any(o.holds(each[0]) and o != each[0] for o, _, _ in spans)]
    grouped = tuple(tuple(group) for group in groups(reading, spoken(text, rules)))
    return Article(name, tag, reading, tuple(each.name for each in entities), grouped, tuple(outermost))


@cache
def articles(tag: str, part: str) -> tuple[Article, ...]:
    """The articles of a language: `dev` or `test`."""
    made = []
    for path in sorted((FOLDER / tag / part).glob("*.json")):
        case = json.loads(path.read_text("utf-8"))
        passages = [(each["passage"], each["speaker"] or "", each["kind"]) for each in case["speakers"]]
        made.append(article(f"{tag}/{part}/{path.stem}", tag, case["article"], passages))
    return tuple(made)


def same(name: str, other: str) -> bool:
    """Whether two names are one, with or without titles and first names."""
    one, two = ([word for word in gold.plain(each).split() if word not in TITLES] for each in (name, other))
    short, long = sorted((one, two), key=len)
    return bool(short) and set(short) <= set(long) and (short[-1] == long[-1] or short == long[: len(short)])


def count(found: Sequence[Article], rules: Sequence[Rule] = RULES) -> tuple[Counter[str], list[str]]:
    outcomes = [outcome for each in found for outcome in each.outcomes(rules)]
    return Counter(outcome for outcome, _ in outcomes), [line for outcome, line in outcomes if outcome != "right"]


@pytest.mark.parametrize(("tag", "least", "most"), [("en", 0.88, 0.03), ("de", 0.82, 0.06)])
def test_speakers_are_right_or_open(tag: str, least: float, most: float) -> None:
    found, missed = count([*articles(tag, "dev"), *articles(tag, "test")])
    print(tag, found, *missed, sep="\n  ")
    passages = found.total()
    assert passages >= 350
    assert found["right"] >= least * passages and found["wrong"] <= most * passages, "\n".join(missed)


HARD = 61
"""Number from which the articles of `dev` are features, dialogues, court and parliament."""


@pytest.mark.parametrize(("tag", "least", "most"), [("en", 0.7, 0.01), ("de", 0.66, 0.02)])
def test_speakers_in_hard_articles_are_right_or_open(tag: str, least: float, most: float) -> None:
    hard = [each for each in articles(tag, "dev") if int(each.name.rsplit("/", 1)[1]) >= HARD]
    found, missed = count(hard)
    print(tag, found, *missed, sep="\n  ")
    passages = found.total()
    assert passages >= 150
    assert found["right"] >= least * passages and found["wrong"] <= most * passages, "\n".join(missed)


FAULTS: list[dict[str, Any]] = yaml.safe_load((FOLDER / "faults.yml").read_text("utf-8"))


def fault(case: dict[str, Any]) -> Article:
    passages = [(words, speaker, "direct") for words, speaker in case["says"].items()]
    return article("fault", case.get("language", "en"), case["text"], passages)


@pytest.mark.parametrize("case", FAULTS, ids=lambda case: case["text"][:40])
def test_what_was_wrong_in_use_is_right_or_open(case: dict[str, Any]) -> None:
    made = fault(case)
    assert count([made])[1] == []
    vias = {span.of(case["text"])[1:-1].strip(",."): via for span, _, via in made.drafted() if via}
    assert vias == {words.strip(",."): via for words, via in case.get("via", {}).items()}


@pytest.mark.full
def test_every_rule_earns_its_place() -> None:
    """Without it more is wrong or open: two points for a wrong name, one for a right one."""
    parts = [(tag, part) for tag in ("en", "de") for part in ("dev", "test")]
    found = [*(each for tag, part in parts for each in articles(tag, part)), *map(fault, FAULTS), *older()]

    def worth(rules: Sequence[Rule]) -> int:
        outcomes = count(found, rules)[0]
        vias = sum(bool(via) for each in found for _, _, via in each.drafted(rules))
        return outcomes["right"] - 2 * outcomes["wrong"] + vias

    all_of_them = worth(RULES)
    earns = {rule.name: all_of_them - worth([each for each in RULES if each is not rule]) for rule in RULES}
    print(earns)
    assert [name for name, points in earns.items() if points <= 0] == []


def older() -> Iterator[Article]:
    """The articles that the rules on speakers of the check were made with and held against: dialogues among them."""
    for case in [*gold.articles("development"), *gold.articles("held-out")]:
        text = case["text"] if case["text"].endswith("\n") else case["text"] + "\n"
        people = case["people"]
        passages = [(" ".join(q["words"].split()), people[q["speaker"]]["name"], "direct") for q in case["quotes"]]
        if all(words in text for words, _, _ in passages):
            yield article(case["name"], case["language"], text, passages)


def test_there_are_articles_in_both_languages() -> None:
    assert {path.parent.parent.name for path in Path(FOLDER).glob("*/*/*.json")} == {"en", "de"}
