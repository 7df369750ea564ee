"""Articles with an editor's prose about them: which of its quotations are reported.

tests/cases/quoted/README.md says how the articles are written and what the rates mean.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing import anchor, check
from briefing.anchor.quoting import letters
from briefing.load import load_briefing, load_people
from briefing.model import Briefing
from briefing.model.places import Span
from tests.check import folders

CODE = "quotation-not-found"


@dataclass(frozen=True, slots=True)
class Judged:
    """A passage in quotation marks of an editor's prose."""

    article: str
    sentence: str
    passage: str
    label: str
    attributed: bool
    reported: bool

    def __str__(self) -> str:
        verdict = "reported" if self.reported else "passed"
        return f"{self.article}: {self.label} “{self.passage}” {verdict}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Rates:
    """How often the rule is wrong."""

    genuine: int
    false_alarms: int
    false: int
    missed: int
    false_attributed: int
    missed_attributed: int
    other: int
    other_reported: int

    def __str__(self) -> str:
        return (
            f"{self.false_alarms} of {self.genuine} genuine passages reported "
            f"({_percent(self.false_alarms, self.genuine)}); "
            f"{self.missed} of {self.false} false ones missed ({_percent(self.missed, self.false)}), attributed "
            f"{self.missed_attributed} of {self.false_attributed} "
            f"({_percent(self.missed_attributed, self.false_attributed)}); "
            f"{self.other_reported} of {self.other} terms, titles and ironies reported"
        )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f} %" if whole else "none"


def rates(judged: Sequence[Judged]) -> Rates:
    """The rates over articles."""
    genuine, false, other = ([one for one in judged if one.label == label] for label in ("genuine", "false", "other"))
    attributed = [one for one in false if one.attributed]
    return Rates(
        len(genuine),
        sum(one.reported for one in genuine),
        len(false),
        sum(not one.reported for one in false),
        len(attributed),
        sum(not one.reported for one in attributed),
        len(other),
        sum(one.reported for one in other),
    )


def judged(folder: Path, file: Path) -> Iterator[Judged]:
    """Every labelled passage of a file, with what the check says of it."""
    given = json.loads(file.read_text("utf-8"))
    briefing = made(folder, given)
    problems = [problem for problem in check.run(briefing) if problem.code == CODE]
    for number, entry in enumerate(given["prose"]):
        here = [letters(problem.passage) for problem in problems if problem.at.path == ("key_points", number)]
        for quoted in entry["quoted"]:
            words = letters(quoted["passage"])
            yield Judged(
                f"{file.parent.name}/{file.stem}",
                entry["text"],
                quoted["passage"],
                quoted["label"],
                quoted["attributed"],
                words in here,
            )


def made(folder: Path, given: dict[str, Any]) -> Briefing:
    """An article as a briefing: an annotation for each passage that is cited, and the prose as key points."""
    source = "\n".join(line.strip() for line in given["article"].split("\n") if line.strip()) + "\n"
    ids: dict[str, str] = {}
    context = []
    for cite in (cite for entry in given["prose"] for cite in entry["cites"]):
        if cite not in ids and cite not in _others(given):
            ids[cite] = f"passage-{len(ids)}"
            context.append({"id": ids[cite], "target": target(source, cite), "title": "A title", "note": "A note."})
    points = [
        f"{entry['text']} [{'; '.join('@' + ids.get(cite, cite) for cite in entry['cites'])}]"
        for entry in given["prose"]
    ]
    language = given["language"]
    docs = folder / "docs"
    people = {f"person-{at}": person for at, person in enumerate(given["people"])}
    folders.write(docs / "people.yml", {id: person["name"] for id, person in people.items()})
    (docs / "b").mkdir(parents=True)
    (docs / "b" / "source.txt").write_text(source, "utf-8")
    folders.write(
        docs / "b" / "briefing.yml",
        {
            **{key: value for key, value in folders.BASE.items() if key != "people"},
            "language": language,
            "key_points": points,
            "source": {"kind": "article", "language": language},
            "people": {id: person["role"] or "?" for id, person in people.items()},
        },
    )
    folders.write(docs / "b" / "annotations" / "all.yml", {"context": context})
    folders.write(docs / "b" / "comments.yml", {"scope": "all of them", "comments": given["comments"]})
    folders.write(
        docs / "b" / "references.yml",
        {
            "references": [
                {"id": each["id"], "title": each["title"], "excerpts": [{"exact": each["text"]}]}
                for each in given["excerpts"]
            ]
        },
    )
    read = load_people(docs)
    loaded = load_briefing(docs, "b", read.people)
    assert loaded.briefing is not None
    briefing, unanchored = anchor.resolve(loaded.briefing)
    assert [problem.message for problem in unanchored] == []
    return briefing


def _others(given: dict[str, Any]) -> set[str]:
    return {each["id"] for each in (*given["comments"], *given["excerpts"])}


def target(source: str, cite: str) -> dict[str, str]:
    """A target for words of the article, the first of them where they stand in several places."""
    words = "\n".join(line.strip() for line in cite.split("\n") if line.strip())
    start = source.index(words)
    span = Span(start, start + len(words))
    found = anchor.describe(source, span)
    return {"exact": found.exact, "prefix": found.prefix, "suffix": found.suffix}


def labels(file: Path) -> list[str]:
    """The label of every passage of a file."""
    return [quoted["label"] for entry in json.loads(file.read_text("utf-8"))["prose"] for quoted in entry["quoted"]]
