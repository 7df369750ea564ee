"""Who is drafted as the speaker of each passage of an article, and how often that is right, open or wrong.

Run on a folder of articles that nobody has looked at, to measure: `python -m tests.attribution.drafts FOLDER`. The
folder has `en/` and `de/`, with NAME.txt and NAME.yml, a list of passages in their order: `words`, `speaker` (null
where nobody by name says it) and `kind`. `--half A` or `B` measures half of the articles, by a hash of their names;
`--differences` prints each passage that is not right, and so is for articles that may be looked at.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from briefing.anchor.diagnose import short
from briefing.attribution import (
    RULES,
    Entity,
    Rule,
    Said,
    SpokenPassage,
    TextReading,
    find_entities,
    find_speaker,
    is_credited,
    read,
)
from briefing.attribution.mentions import Mention
from briefing.authoring.suggest.quotations import groups
from briefing.coverage import spoken
from briefing.model.places import Span
from briefing.text import Quoted, language
from tests.suggest import gold

MARKS = "“”„\"‘’'«»‹›"
"""Of quotations, in any language."""
TITLES = {"professor", "dr", "prof", "mr", "mrs", "ms", "sir", "senator", "justice", "the"}


class Passage(NamedTuple):
    """A passage in quotation marks, and who says it."""

    words: str
    speaker: str
    """Empty where nobody whom the text names says it."""
    kind: str


class Outcome(NamedTuple):
    """What is drafted for a passage."""

    result: str
    """Right, open or wrong."""
    speaker: str
    """Who truly says it."""
    kind: str
    line: str
    """Tells it to whoever looks for the reason."""


@dataclass(frozen=True)
class Article:
    """A text with its passages, and who says each."""

    name: str
    language: str
    reading: TextReading
    entities: tuple[Entity, ...]
    """Whom it names."""
    groups: tuple[tuple[Quoted, ...], ...]
    says: tuple[tuple[Span, Passage], ...]

    def drafted(self, rules: Sequence[Rule] = RULES) -> Iterator[tuple[Span, str, str, str]]:
        """The place, speaker and `via` of each quotation that is drafted, and the rule that decides."""
        said: list[Said] = []
        for group in self.groups:
            outer = tuple(passage.outer for passage in group)
            passage = SpokenPassage(self.reading, outer, said)
            speaker = find_speaker(passage, rules)
            rule = next((each.name for each in rules if each.apply(passage) is not None), "none")
            said.append(Said(Span(outer[0].start, outer[-1].end), speaker))
            who, via = (self.entities[int(id)].name if id else "" for id in (speaker.id, speaker.via))
            yield from ((span, who, via, rule) for span in outer)

    def filled_in(self) -> set[Span]:
        """The places of the quotations whose speaker is filled in, and not only offered or open."""
        said: list[Said] = []
        found: set[Span] = set()
        for group in self.groups:
            outer = tuple(passage.outer for passage in group)
            passage = SpokenPassage(self.reading, outer, said)
            speaker = find_speaker(passage)
            said.append(Said(Span(outer[0].start, outer[-1].end), speaker))
            found.update(outer if speaker.id and is_credited(passage, speaker) else ())
        return found

    def told(self) -> Iterator[str]:
        """Whom the article names and where it mentions them, and of each quotation what is drafted, by which rule, and
        the words that credit it with what they say.

        A star is behind who is the subject of a sentence, and a question mark stands for somebody without a name; an
        exclamation mark is behind a speaker who is filled in, and not only offered.
        """
        yield f"== {self.name}"
        for each in self.entities:
            told = (each.title, each.role, each.gender, "body" if each.body else "")
            yield f"{each.name}: {', '.join(filter(None, told))}".rstrip(": ")
        yield f"mentions: {', '.join(map(self._mentioned, self.reading.mentions))}"
        outer = [tuple(passage.outer for passage in group) for group in self.groups]
        passages = {spans[0]: SpokenPassage(self.reading, spans, ()) for spans in outer}
        results = {span: outcome.result for (span, _), outcome in zip(self.says, self.outcomes(), strict=True)}
        filled = self.filled_in()
        for span, who, via, rule in self.drafted():
            result = next((result for at, result in results.items() if at.overlaps(span)), "")
            credited = self._credited(passages[span]) if span in passages else ""
            who = who + f" via {via}" * bool(via) + " !" * (span in filled) or "-"
            yield f"{result or 'none':5} | {who} | {rule} | {credited} | {short(span.of(self.reading.text))}"

    def _mentioned(self, one: Mention) -> str:
        word = self.reading.text[one.at : one.at + 40].split()[0].strip(",.;:")
        return f"{word} {self._last_name(one.id)}{'*' * one.subject}"

    def _last_name(self, id: str) -> str:
        return self.entities[int(id)].name.split()[-1] if id else "?"

    def _credited(self, passage: SpokenPassage) -> str:
        """The words that credit a passage, and what of their reading is not empty."""
        words, found = " ".join(passage.span.of(self.reading.text).split()), passage.credit
        said = [", ".join(sorted(map(self._last_name, found.people))), found.stranger, found.pronoun, found.body]
        said += [name for name in ("refers", "unnamed", "reported", "sure", "written") if getattr(found, name)]
        return f"{words} ({', '.join(filter(None, said))} at {found.at})" if words else ""

    def outcomes(self, rules: Sequence[Rule] = RULES) -> Iterator[Outcome]:
        """What is drafted for each passage."""
        return self.compared(list(self.drafted(rules)))

    def compared(self, drafted: Sequence[tuple[Span, str, str, str]]) -> Iterator[Outcome]:
        """The same of what `drafted` gave."""
        for span, (words, speaker, kind) in self.says:
            found = ((who, rule) for at, who, _, rule in drafted if at.overlaps(span))
            who, rule = next(found, ("", "not found"))
            right = same(who, speaker) if speaker and who else not speaker and not who
            result = "right" if right else "wrong" if who else "open"
            line = f"{self.name} {result}: [{who}] for [{speaker or kind}] ({rule}): {words[:70]}"
            yield Outcome(result, speaker, kind, line)


def article(name: str, tag: str, text: str, passages: Sequence[Passage]) -> Article:
    rules = language(tag)
    entities = find_entities(text, rules)
    reading = read(text, rules, entities)
    spans: list[tuple[Span, Passage]] = []
    at = 0
    for passage in passages:
        places = [each.start() for each in re.finditer(re.escape(passage.words), text)]
        later = [place for place in places if place >= at] or places
        at = next((place for place in later if text[place - 1] in MARKS), later[0])
        spans.append((Span(at, at + len(passage.words)), passage))
        at += 1  # the next one may be inside
    outermost = [each for each in spans if not any(o.holds(each[0]) and o != each[0] for o, _ in spans)]
    grouped = tuple(tuple(group) for group in groups(reading, spoken(text, rules)))
    return Article(name, tag, reading, entities, grouped, tuple(outermost))


def from_json(path: Path, tag: str) -> Article:
    """An article in a file of tests/cases/attribution."""
    case = json.loads(path.read_text("utf-8"))
    passages = [Passage(each["passage"], each["speaker"] or "", each["kind"]) for each in case["speakers"]]
    return article(f"{tag}/{path.parent.name}/{path.stem}", tag, case["article"], passages)


def from_table(path: Path) -> list[Article]:
    """The articles of a table: `language`, and `name`, `text` and `passages` (words, speaker, kind) of each."""
    table = yaml.safe_load(path.read_text("utf-8"))
    return [made(case["name"], table["language"], case["text"], case["passages"]) for case in table["articles"]]


def from_folder(folder: Path, tag: str) -> list[Article]:
    """The articles of a folder with NAME.txt and NAME.yml."""
    return [
        made(path.stem, tag, path.with_suffix(".txt").read_text("utf-8"), yaml.safe_load(path.read_text("utf-8")))
        for path in sorted((folder / tag).glob("*.yml"))
    ]


def made(name: str, tag: str, text: str, passages: Sequence[dict[str, Any]]) -> Article:
    given = [Passage(each["words"], each["speaker"] or "", each["kind"]) for each in passages]
    return article(f"{tag}/{name}", tag, text, given)


def same(name: str, other: str) -> bool:
    """Whether two names are one, with or without titles and first names."""
    one, two = ([word for word in gold.plain(each).split() if word not in TITLES] for each in (name, other))
    short, long = sorted((one, two), key=len)
    return bool(short) and set(short) <= set(long) and (short[-1] == long[-1] or short == long[: len(short)])


def half(name: str) -> str:
    """The half, A or B, that an article belongs to."""
    return "AB"[int(hashlib.sha256(name.encode()).hexdigest(), 16) % 2]


def report(found: Sequence[Outcome]) -> Iterator[str]:
    """What was measured: of what somebody says by name right, open and wrong; of the other kinds, how many have a name.

    A press office or company is no wrong speaker of its own statement, so that kind is told by itself.
    """
    said = [each for each in found if each.speaker]
    results = Counter(each.result for each in said)
    if said:
        yield f"{len(said)} passages that somebody says: " + ", ".join(
            f"{results[result]} {result} ({results[result] / len(said):.1%})" for result in ("right", "open", "wrong")
        )
    others = Counter((each.kind, each.result) for each in found if not each.speaker)
    for kind in sorted({kind for kind, _ in others}):
        yield f"  {others[kind, 'wrong']} of {others[kind, 'wrong'] + others[kind, 'right']} {kind} have a name"
    wrong = sum(each.result == "wrong" and each.kind != "institution" for each in found)
    yield f"  {wrong} wrong names in {len(found)} passages of all kinds ({wrong / len(found):.1%}), institutions apart"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--half", choices=["A", "B"])
    parser.add_argument("--differences", action="store_true")
    given = parser.parse_args()
    for tag in ("en", "de"):
        articles = [each for each in from_folder(given.folder, tag) if given.half in (None, half(each.name))]
        found = [outcome for each in articles for outcome in each.outcomes()]
        if not found:
            continue
        print(f"{tag}, {len(articles)} articles:", *report(found), sep="\n  ")
        if given.differences:
            print(*(each.line for each in found if each.result != "right"), sep="\n  ")


if __name__ == "__main__":
    main()
