"""Which words credit a quotation: ⟦⟧ stand around its parts, ‹› around the words that are found."""

from __future__ import annotations

import json
from typing import Any

import pytest

from briefing.anchor.resolve import attribution_of
from briefing.model import Anchor, Match, MatchLevel, Paragraph, Part, Quotation, Selector, Source, Target
from briefing.model.places import Place, Span
from briefing.text import language, paragraphs, quoted
from tests.conftest import CASES

FOUND = json.loads((CASES / "check" / "credits.json").read_text("utf-8"))
ROOT = CASES.parent.parent
AT = Place("a.yml")


def spans(text: str, opening: str, closing: str) -> tuple[str, tuple[Span, ...]]:
    """The text without one pair of marks, and what stood between them."""
    found: list[Span] = []
    while opening in text:
        start = text.index(opening)
        text = text.replace(opening, "", 1)
        end = text.index(closing)
        text = text.replace(closing, "", 1)
        found.append(Span(start, end))
    return text, tuple(found)


def source(text: str, language: str) -> Source:
    numbered = tuple(Paragraph(number, span) for number, span in enumerate(paragraphs(text), start=1))
    empty = dict.fromkeys(("title", "author", "publisher", "url", "published", "retrieved", "rights"), "")
    return Source(
        file="source.txt", text=text, paragraphs=numbered, turns=(), kind="article", language=language, publish="full",
        original=None, left_out=(), at=AT, **empty,
    )  # fmt: skip


def quotation(case: dict[str, Any]) -> Quotation:
    target = Target((Part(Selector("…"), AT),), "", AT)
    return Quotation(
        id="q", was=(), target=target, note=None, tags=(), by=(), status="published",
        allow=(), at=AT, kind=case.get("kind", "direct"), speaker="", via=(), attribution=case.get("attribution", ""),
        translation=None, assessment=None,
    )  # fmt: skip


@pytest.mark.parametrize("case", FOUND, ids=lambda case: case["name"])
def test_the_words_that_credit_a_quotation(case: dict[str, Any]) -> None:
    bare, _ = spans(case["text"], "‹", "›")
    text, parts = spans(bare, "⟦", "⟧")
    _, credit = spans(case["text"].replace("⟦", "").replace("⟧", ""), "‹", "›")
    anchor = Anchor(tuple(Match(span, MatchLevel.EXACT) for span in parts))
    found = attribution_of(source(text, case.get("language", "en")), quotation(case), anchor)
    assert found.problem == case.get("problem", "")
    assert (found.span,) == (credit or (None,))


def test_every_quotation_of_the_article_has_its_credit() -> None:
    text = (ROOT / "docs" / "briefings" / "nato-ammunition" / "source.txt").read_text("utf-8")
    found = []
    for passage in quoted(text, language("en-GB")):
        credit = attribution_of(source(text, "en-GB"), quotation({}), Anchor((Match(passage.inner, MatchLevel.EXACT),)))
        found.append([" ".join(passage.inner.of(text).split()[:4]), credit.span.of(text) if credit.span else ""])
    assert found == json.loads((CASES / "check" / "article.json").read_text("utf-8"))
