"""Gold cases of draft annotations: news texts with what a careful annotator marks in them, and how to compare.

A file has `language`, `text`, and two lists of lines:

    quotes:  first words … last words // second part | speaker | fragment     (direct where the kind is left out)
    figures: the words | type | value                                         (from-to for a range, 1/5 for a fraction)

A file that is a list has many short articles, to tell how often the speaker is right: each with a `name`, `language`,
`people` by id (`name`, and what else is right: `aliases`, and `roles` where the text has no name), `text`, and `quotes`
with their `words` and `speaker`. Files of either form may be in either folder.

Files in `held-out/` are never tuned on; those that begin with `second` were written after the rules, the others before
the word lists.

By how much something rises, falls or differs is a comparison, in per cent as well ("rose by 3.5%", "a fifth more").
Such lines were shares until drafts had that type; nothing else of them was changed.

A speaker is a name, the source's own noun without its article, or empty where the text does not tell; a question mark
after the kind says that both kinds are right.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from briefing.attribution import find_entities
from briefing.authoring.suggest.figures import FigureDraft, figure_drafts
from briefing.authoring.suggest.quotations import QuotationDraft, quotation_drafts
from briefing.model import Briefing
from briefing.text import language
from tests.check.folders import make
from tests.conftest import CASES

FOLDER = CASES / "suggest"


@dataclass(slots=True)
class Score:
    """How much of what should be found was found, and how much of what was found should have been."""

    gold: int = 0
    found: int = 0
    right: int = 0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 1.0

    def __str__(self) -> str:
        return f"{self.right} right of {self.found} found ({self.precision:.1%}) and of {self.gold} ({self.recall:.1%})"


CLASSES = ("direct", "fragments", "kinds", "speakers", "figures", "values", "types")


def files(part: str) -> list[Path]:
    """Files of one text each."""
    return [path for path in sorted((FOLDER / part).glob("*.yml")) if not _is_list(path)]


def articles(part: str) -> list[dict[str, Any]]:
    """The articles of all files that have many; one file each is shared with the tests of what is checked."""
    own = [path for path in sorted((FOLDER / part).glob("*.yml")) if _is_list(path)]
    paths = [CASES / "speakers" / f"speakers-{part}.yml", *own]
    return [case for path in paths for case in yaml.safe_load(path.read_text("utf-8"))]


def _is_list(path: Path) -> bool:
    return path.read_text("utf-8").lstrip().startswith("- ")


def briefing_of(case: dict[str, Any], folder: Path) -> Briefing:
    source = {"kind": "article", "title": "An article", "language": case["language"]}
    return make(folder, {"source.txt": case["text"], "briefing": {"source": source}})


def score(paths: list[Path], missed: list[str] | None = None) -> dict[str, Score]:
    """Precision and recall over some files; `missed` takes a line for each difference."""
    scores = {name: Score() for name in CLASSES}
    for path in paths:
        case = yaml.safe_load(path.read_text("utf-8"))
        with tempfile.TemporaryDirectory() as folder:
            briefing = briefing_of(case, Path(folder))
        tell = missed if missed is not None else []
        entities = find_entities(briefing.source.text, language(case["language"]))
        _quotations(path.stem, case, briefing, quotation_drafts(briefing, entities), scores, tell)
        _figures(path.stem, case, briefing, figure_drafts(briefing, ()), scores, tell)
    return scores


# --- quotations -------------------------------------------------------------------------------------------------


def _plain(words: str) -> str:
    return " ".join(re.sub(r"[^\w]+", " ", words).split()).lower()


def _fits(pattern: str, words: str) -> bool:
    """Whether words begin and end as a line says."""
    begin, dots, end = pattern.partition("…")
    words = _plain(words)
    if not dots:
        return words == _plain(begin)
    return words.startswith(_plain(begin)) and words.endswith(_plain(end))


def _quotations(
    name: str,
    case: dict[str, Any],
    briefing: Briefing,
    drafts: tuple[QuotationDraft, ...],
    scores: dict[str, Score],
    missed: list[str],
) -> None:
    text, left = briefing.source.text, list(drafts)
    for line in case["quotes"]:
        words, speaker, kind = [*(part.strip() for part in line.split("|")), "direct"][:3]
        parts = [part.strip() for part in words.split("//")]
        kind_is = "fragments" if kind.startswith("fragment") else "direct"
        scores[kind_is].gold += 1
        draft = next(
            (
                each
                for each in left
                if len(each.parts) == len(parts)
                and all(_fits(part, span.of(text)) for part, span in zip(parts, each.parts, strict=True))
            ),
            None,
        )
        if draft is None:
            missed.append(f"{name}: not found: {line}")
            continue
        left.remove(draft)
        scores[kind_is].found += 1
        scores[kind_is].right += 1
        scores["kinds"].gold += 1
        scores["kinds"].found += 1
        scores["kinds"].right += kind.endswith("?") or draft.kind == kind
        if not kind.endswith("?") and draft.kind != kind:
            missed.append(f"{name}: kind {draft.kind}: {line}")
        scores["speakers"].gold += bool(speaker)
        scores["speakers"].found += draft.speaker is not None
        found = plain(draft.speaker.name) if draft.speaker else ""
        scores["speakers"].right += bool(speaker) and found == plain(speaker)
        if found != plain(speaker):
            missed.append(f"{name}: speaker “{found}”: {line}")
    for each in left:
        scores["direct" if each.kind == "direct" else "fragments"].found += 1
        missed.append(f"{name}: too much: {' // '.join(span.of(text) for span in each.parts)}")


def plain(name: str) -> str:
    return re.sub(r"^(?:the|a|an|der|die|das|ein|eine) ", "", _plain(name))


# --- speakers of articles ---------------------------------------------------------------------------------------


@dataclass(slots=True)
class Speakers:
    """How many quoted passages were drafted, and for how many the speaker was right or wrong."""

    all: int = 0
    found: int = 0
    right: int = 0
    wrong: int = 0

    def __str__(self) -> str:
        return f"{self.found} of {self.all} passages found, {self.right} speakers right, {self.wrong} wrong"


def score_speakers(cases: Iterable[dict[str, Any]], missed: list[str]) -> dict[str, Speakers]:
    """By language, the passages and speakers of articles; `missed` takes a line for each difference."""
    scores: dict[str, Speakers] = {}
    for case in cases:
        with tempfile.TemporaryDirectory() as folder:
            briefing = briefing_of(case, Path(folder))
        text, score = briefing.source.text, scores.setdefault(case["language"], Speakers())
        drafts = quotation_drafts(briefing, find_entities(text, language(case["language"])))
        for quote in case["quotes"]:
            words = " ".join(quote["words"].split())
            start = text.index(words)
            end = start + len(words)
            draft = next((each for each in drafts if any(p.start < end and start < p.end for p in each.parts)), None)
            named = plain(draft.speaker.name) if draft and draft.speaker else ""
            score.all += 1
            score.found += draft is not None
            right = named in _right(case["people"][quote["speaker"]], text)
            score.right += right
            score.wrong += bool(named) and not right
            if not right:
                missed.append(f"{case['name']}: {'speaker “' + named + '”' if draft else 'not found'}: {words}")
    return scores


def _right(person: dict[str, Any], text: str) -> set[str]:
    """What a draft may call a person."""
    names = [person["name"], *person["aliases"]]
    roles = [] if any(name in text for name in names) else person.get("roles", [])
    return {plain(name) for name in [*names, *roles]}


# --- figures ----------------------------------------------------------------------------------------------------


def _figures(
    name: str,
    case: dict[str, Any],
    briefing: Briefing,
    drafts: tuple[FigureDraft, ...],
    scores: dict[str, Score],
    missed: list[str],
) -> None:
    text, left, at = briefing.source.text, list(drafts), 0
    for line in case["figures"]:
        words, kind, value = (part.strip() for part in line.split("|"))
        scores["figures"].gold += 1
        found = text.find(words, at)
        found = found if found >= 0 else text.find(words)
        assert found >= 0, f"{name}: {words} is not in the text"
        draft = next((each for each in left if each.core.start < found + len(words) and found < each.core.end), None)
        if draft is None:
            missed.append(f"{name}: not found: {line}")
            continue
        at = found
        left.remove(draft)
        scores["figures"].found += 1
        scores["figures"].right += 1
        for key, right in (("values", value in _values(draft)), ("types", draft.type == kind)):
            scores[key].gold += 1
            scores[key].found += 1
            scores[key].right += right
            if not right:
                missed.append(f"{name}: {key}: {_values(draft)} {draft.type}: {line}")
    scores["figures"].found += len(left)
    missed.extend(f"{name}: too much: {each.core.of(text)}" for each in left)


def _values(draft: FigureDraft) -> set[str]:
    """Every way in which a line may write the value of a draft."""
    return {draft.value.replace(" ", ""), draft.exact}
