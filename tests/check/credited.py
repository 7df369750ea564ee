"""Articles with all their speakers: what is found where a quotation is given to whoever says it, and to others.

tests/cases/speakers/README.md says how the articles are written and what the rates mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import yaml

from briefing import check
from briefing.anchor.diagnose import short
from briefing.attribution.credit import called, credit
from briefing.model import Briefing, Quotation
from briefing.text import language, speech
from tests.check import folders

CODES = ("wrong-speaker", "speaker-not-named", "via-missing")
Verdict = Literal["found", "missed", "open", "unchecked"]
"""Of a quotation that is given to somebody else: reported; surely taken for right; left open; or without any credit."""


@dataclass(frozen=True, slots=True)
class Given:
    """A quotation that is given to somebody."""

    article: str
    words: str
    speaker: str
    true: bool
    """Whether that is who says it."""
    verdict: Verdict
    """`found` of a true speaker is a false alarm."""

    def __str__(self) -> str:
        return f"{self.article}: “{self.words}” by {self.speaker}: {self.verdict}"


@dataclass(frozen=True, slots=True)
class Rates:
    """How often the rules on speakers are wrong, and how often they say anything."""

    quotations: int
    false: int
    swaps: int
    found: int
    missed: int

    @property
    def decided(self) -> float:
        """The share of swaps that are decided, rightly or not."""
        return (self.found + self.missed) / self.swaps


def rates(given: Sequence[Given]) -> Rates:
    """The rates over articles."""
    true, swapped = [one for one in given if one.true], [one for one in given if not one.true]
    return Rates(
        len(true),
        sum(one.verdict == "found" for one in true),
        len(swapped),
        sum(one.verdict == "found" for one in swapped),
        sum(one.verdict == "missed" for one in swapped),
    )


def table(given: Sequence[Given]) -> str:
    """A line for each quotation: the verdict on who says it, and on each of the others in turn."""
    lines: dict[tuple[str, str], list[str]] = {}
    for one in given:
        verdicts = lines.setdefault((one.article, one.words), [])
        verdicts.append(f"{one.speaker} {_ON_TRUE.get(one.verdict, one.verdict) if one.true else one.verdict}")
    return "".join(f"{name} | {short(words)} | {', '.join(told)}\n" for (name, words), told in lines.items())


_ON_TRUE = {"found": "accused", "missed": "right"}
"""What a verdict is of a true speaker."""


def articles(path: Path) -> list[dict[str, Any]]:
    """The articles of a file."""
    read: list[dict[str, Any]] = yaml.safe_load(path.read_text("utf-8"))
    return read


def judged(folder: Path, article: Mapping[str, Any]) -> Iterator[Given]:
    """Every quotation of an article given to whoever says it, and to each of the other people in turn."""
    ids, quotes = list(article["people"]), article["quotes"]
    for turn in range(len(ids)):
        speakers = [ids[(ids.index(quote["speaker"]) + turn) % len(ids)] for quote in quotes]
        briefing = made(folder / str(turn), article, speakers)
        problems = [problem for problem in check.run(briefing) if problem.code in CODES]
        for at, quotation in enumerate(briefing.quotations):
            reported = any(problem.at.path[:2] == ("quotes", at) for problem in problems)
            verdict: Verdict = "found" if reported else _silent(briefing, quotation)
            yield Given(article["name"], quotes[at]["words"], speakers[at], turn == 0, verdict)


def _silent(briefing: Briefing, quotation: Quotation) -> Verdict:
    """Why nothing is found: the speaker is credited by name or office, or nobody surely is."""
    span = briefing.attributions.get(quotation.id)
    if span is None:
        return "unchecked"
    rules = language(briefing.source.language).speakers
    before = span.start < briefing.anchors[quotation.id].whole.start
    people = credit(span.of(briefing.source.text), called(briefing, rules), rules, before).people
    return "missed" if people == {quotation.speaker} else "open"


def judged_as_figures(folder: Path, article: Mapping[str, Any], basis: str) -> Iterator[Given]:
    """The same passages as figures: whoever is credited with the words is credited with what they count."""
    ids, quotes = list(article["people"]), article["quotes"]
    for turn in range(len(ids)):
        speakers = [ids[(ids.index(quote["speaker"]) + turn) % len(ids)] for quote in quotes]
        briefing = made(folder / str(turn), article, speakers, basis)
        told = {problem.at.path[1] for problem in check.run(briefing) if problem.code in CODES}
        for at, quote in enumerate(quotes):
            yield Given(article["name"], quote["words"], speakers[at], turn == 0, "found" if at in told else "open")


def made(folder: Path, article: Mapping[str, Any], speakers: Sequence[str], basis: str = "") -> Briefing:
    """An article as a briefing in which the quotations, or with a basis the figures, have these speakers."""
    folder.mkdir(parents=True)
    bodies = {noun.casefold() for noun in speech(language(article["language"])).organisations}
    people = article["people"]
    roles = {id: ", ".join(person["roles"]) for id, person in people.items()}
    return folders.make(
        folder,
        {
            "people.yml": {id: {"name": p["name"], "kind": kind(p, bodies)} for id, p in people.items()},
            "briefing": {
                "people": dict.fromkeys(folders.BASE["people"]) | roles,
                "source": {"language": article["language"]},
            },
            "source.txt": article["text"].rstrip("\n") + "\n",
            "figures" if basis else "quotes": [
                {"target": quote["words"], "speaker": speaker} | (_as_figure(quote["words"], basis) if basis else {})
                for quote, speaker in zip(article["quotes"], speakers, strict=True)
            ],
        },
    )


def _as_figure(words: str, basis: str) -> dict[str, Any]:
    return {"type": "comparison", "basis": basis, "value": {"words": words}}


def kind(person: Mapping[str, Any], bodies: set[str]) -> str:
    """What an article's person is: as it says, or an organisation where the name or first role is a noun for one."""
    nouns = {person["name"].casefold(), person["roles"][0].casefold()}
    return person.get("kind") or ("organisation" if nouns & bodies else "person")
