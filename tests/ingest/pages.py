"""The pages of cases/ingest: saved pages whose words are our own and whose markup has the shape of a real system's.

`data-gold` on an element says what its words are: `a` a paragraph of the article, `c` a comment, `t` the headline
(which may be in neither). It is taken out before a page is read. `known/` has pages of systems that the table in
`comment_systems` describes; `kinds/` has one page for each thing that was read wrongly once; `held/` has shapes that
were written before anything of `ingest` was, and that nothing was tuned on.

`python -m tests.ingest.pages` prints the score of each page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup

from briefing.authoring.ingest import draft
from briefing.authoring.ingest.folder import Draft
from tests.conftest import CASES

FOLDER = CASES / "ingest"
KNOWN = sorted((FOLDER / "known").glob("*.html"))
KINDS = sorted((FOLDER / "kinds").glob("*.html"))
HELD = sorted((FOLDER / "held").glob("*.html"))
GOLD = re.compile(r' data-gold="\w"')


@dataclass(frozen=True, slots=True)
class Score:
    """How a draft compares with the truth, in pieces of text."""

    article: tuple[int, int, int]
    """Paragraphs that were found, that there are, and that were taken and are none."""
    comments: tuple[int, int, int]


def flat(text: str) -> str:
    return " ".join(text.split())


def page_of(path: Path) -> bytes:
    return GOLD.sub("", path.read_text("utf-8")).encode()


def truth(path: Path, kind: str) -> list[str]:
    soup = BeautifulSoup(path.read_text("utf-8"), "lxml")
    return [flat(element.get_text()) for element in soup.select(f'[data-gold="{kind}"]')]


def score(path: Path) -> tuple[Draft, Score]:
    made = draft(page_of(path), path.name)
    article = compared(truth(path, "a"), [text for text in map(flat, made.paragraphs) if text not in truth(path, "t")])
    return made, Score(article, compared(truth(path, "c"), [flat(comment.text) for comment in made.comments]))


def compared(true: list[str], found: list[str]) -> tuple[int, int, int]:
    return sum(text in found for text in true), len(true), sum(text not in true for text in found)


def total(scores: list[tuple[int, int, int]]) -> tuple[int, int, int]:
    found, there, wrong = (sum(numbers) for numbers in zip(*scores, strict=True))
    return found, there, wrong


if __name__ == "__main__":
    for paths in (KNOWN, KINDS, HELD):
        scores = {path: score(path)[1] for path in paths}
        for path, one in scores.items():
            print(f"{path.parent.name}/{path.stem:22} article {one.article}  comments {one.comments}")
        for part in ("article", "comments"):
            print(
                paths[0].parent.name,
                part,
                total([getattr(one, part) for one in scores.values()]),
                "found, there, wrong",
            )
