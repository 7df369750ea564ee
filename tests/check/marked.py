"""Tables of sentences for the rules on numbers and quantifiers; tests/cases/numbers/README.md says how to read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from briefing import check
from briefing.load.records import EXCERPT_WORDS
from briefing.model import Briefing
from briefing.model.places import Problem, Span
from briefing.text import language as rules
from briefing.text import sentences
from tests.check import folders


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence with what it rests on, and the passages that must be reported in it."""

    number: int
    """In its file, from 1."""
    good: bool
    rests_on: str
    language: str
    text: str
    """Without its marks."""
    marked: tuple[Span, ...]

    def judged(self, found: list[Span]) -> tuple[int, int]:
        """How many passages were missed, and how many reports are false."""
        missed = sum(not any(span.overlaps(mark) for span in found) for mark in self.marked)
        false = sum(not any(span.overlaps(mark) for mark in self.marked) for span in found)
        return missed, false


def lines(path: Path) -> Iterator[Line]:
    """The sentences of a table; its language is in its name, or in comments."""
    return read(path.read_text("utf-8"), "de" if ".de." in path.name else "en-GB")


def read(text: str, language: str = "en-GB") -> Iterator[Line]:
    """The sentences of a table's text."""
    rests_on = ""
    for number, line in enumerate(text.splitlines(), 1):
        language = {"# en": "en-GB", "# de": "de", "# ar": "ar"}.get(line, language)
        if line.startswith("@ "):
            rests_on = line[2:]
        if line[:2] in ("+ ", "- "):
            words, marked = unmarked(line[2:])
            assert (line[0] == "+") == (not marked), line
            yield Line(number, line[0] == "+", rests_on, language, words, marked)


def unmarked(text: str) -> tuple[str, tuple[Span, ...]]:
    """A text without « and », and the passages between them."""
    pieces = re.split("[«»]", text)
    spans, plain = [], ""
    for at, piece in enumerate(pieces):
        if at % 2:
            spans.append(Span(len(plain), len(plain) + len(piece)))
        plain += piece
    return plain, tuple(spans)


def reported(folder: Path, table: list[Line], code: str, kind: str) -> list[tuple[Line, list[Span]]]:
    """Each sentence with the passages that the check reports, in the table's order.

    All sentences of one language are one briefing; for quantifiers those of one number of comments.
    """
    make, key = (numbered, "context") if kind == "numbers" else (summed, "themes")
    alike: dict[tuple[str, str], list[Line]] = {}
    for line in table:
        whole = "" if kind == "numbers" else line.rests_on.split(" of ")[1]
        alike.setdefault((line.language, whole), []).append(line)
    found: dict[int, list[Span]] = {}
    for (language, whole), own in alike.items():
        briefing = make(folder / f"{language}{whole}", language, own)
        problems = [problem for problem in check.run(briefing) if problem.code == code]
        for at, line in enumerate(own):
            found[line.number] = [span(p) for p in problems if p.at.path[:2] == (key, at)]
    return [(line, found[line.number]) for line in table]


def span(problem: Problem) -> Span:
    assert problem.at.span is not None
    return problem.at.span


def numbered(folder: Path, language: str, table: list[Line]) -> Briefing:
    """Each sentence as a note that cites a reference with one excerpt."""
    folder.mkdir()
    works = {text: f"r{at}" for at, text in enumerate(dict.fromkeys(line.rests_on for line in table))}
    return folders.make(
        folder,
        {
            "briefing": {"language": language, "source": {"language": language}},
            "references": [
                {"id": id, "title": "A work", "language": language, "excerpts": excerpts(text, language)}
                for text, id in works.items()
            ],
            "context": [
                # as long as the id of a reference, so that spans stay what they are
                {"target": "One paragraph", "note": line.text.replace("[@x]", f"[@{works[line.rests_on]}]")}
                for line in table
            ],
        },
    )


def excerpts(text: str, language: str) -> list[dict[str, str]]:
    """A text as excerpts of a reference: one, or as many as it takes for none to be longer than one may be."""
    pieces = [text]
    if len(text.split()) > EXCERPT_WORDS:
        pieces = [one.of(text) for one in sentences(text, rules(language))]
    return [{"exact": part} for piece in pieces for part in _clauses(piece)]


def _clauses(text: str) -> list[str]:
    return text.split("; ") if len(text.split()) > EXCERPT_WORDS else [text]


def summed(folder: Path, language: str, table: list[Line]) -> Briefing:
    """Each sentence as the summary of a theme of so many of the comments ("5 of 12")."""
    folder.mkdir()
    sizes = [tuple(map(int, line.rests_on.split(" of "))) for line in table]
    comments = [{"id": f"c{n}", "text": "Words."} for n in range(1, sizes[0][1] + 1)]
    return folders.make(
        folder,
        {
            "briefing": {"language": language, "source": {"language": language}},
            "comments": comments,
            "themes": [
                {"comments": [f"c{n}" for n in range(1, size + 1)], "summary": line.text}
                for line, (size, _) in zip(table, sizes, strict=True)
            ],
        },
    )
