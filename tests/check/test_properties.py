"""Whatever the text and the target: no rule fails, and every problem has its place in the briefing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from briefing import check
from briefing.model import (
    Anchor,
    Briefing,
    Figure,
    Match,
    MatchLevel,
    Paragraph,
    Part,
    Quotation,
    Resolved,
    Selector,
    Target,
    Turn,
    Value,
)
from briefing.model.codes import CODES
from briefing.model.places import Place, Span
from briefing.text import paragraphs
from tests.check import folders

PIECES = (
    *" .,!?:;-–%“”\"‘’„«»\n", "We go", "they stay", "Ada said", "adding", "five", "percent", "6 November", "2025",
    "3.5", "dozens", "million", "U.S.", "é", "日本",
)  # fmt: skip
texts = st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join).filter(lambda text: bool(text.strip()))
AT = Place("b/annotations/all.yml", ("quotes", 0))


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    return folders.make(tmp_path_factory.mktemp("base"), {})


@st.composite
def targets(draw: st.DrawFn, text: str) -> Anchor:
    """One or two spans of a text with words in them, in its order."""
    words = [at for at, letter in enumerate(text) if not letter.isspace()]
    edges = sorted(draw(st.lists(st.sampled_from(words), min_size=2, max_size=4)))
    pairs = list(zip(edges[::2], edges[1::2], strict=False))
    return Anchor(tuple(Match(Span(start, end + 1), MatchLevel.EXACT) for start, end in pairs))


def laid_over(base: Briefing, text: str, language: str, spoken: bool) -> Briefing:
    numbered = tuple(Paragraph(number, span) for number, span in enumerate(paragraphs(text), start=1))
    turns = (Turn("ada", Span(numbered[0].span.start, numbered[-1].span.end)),) if spoken else ()
    return replace(base, source=replace(base.source, text=text, paragraphs=numbered, turns=turns, language=language))


def annotation(text: str, anchor: Anchor) -> dict[str, object]:
    parts = tuple(Part(Selector(span.of(text)), AT.child("target", at)) for at, span in enumerate(anchor.spans))
    common = {"id": "a", "was": (), "note": None, "tags": (), "by": (), "status": "published", "allow": (), "at": AT}
    return {**common, "target": Target(parts, "", AT.child("target"))}


LANGUAGES = st.sampled_from(["en", "de", "fr", "und"])


@given(text=texts, language=LANGUAGES, spoken=st.booleans(), data=st.data())
def test_rules_on_quotations_never_fail(
    base: Briefing, text: str, language: str, spoken: bool, data: st.DataObject
) -> None:
    anchor = data.draw(targets(text))
    quotation = Quotation(
        **annotation(text, anchor),  # type: ignore[arg-type]
        kind=data.draw(st.sampled_from(["direct", "fragment", "reported"])), speaker="ada", via=(),
        attribution=data.draw(st.sampled_from(["", "Ada said"])), translation=None, assessment=None,
    )  # fmt: skip
    briefing = replace(laid_over(base, text, language, spoken), quotations=(quotation,), anchors={"a": anchor})
    for problem in check.run(briefing):
        assert problem.code in CODES
        assert problem.at.path[:2] == AT.path


VALUES = st.one_of(
    st.builds(
        lambda low: Value("v", low, low, "", ""), st.sampled_from(list(map(Decimal, ("5", "-3", "0", "1e3", "0.33"))))
    ),
    st.builds(lambda words: Value(words, Decimal(24), None, words, ""), st.sampled_from(["dozens", "3.5", "…"])),
    st.builds(lambda date: Value(date, None, None, "", date), st.sampled_from(["2025", "2025-11", "2025-11-06"])),
)
RESOLVED = st.sampled_from([None, Resolved("2025-11-06", "…", AT), Resolved("5", "…", AT)])


@given(text=texts, language=LANGUAGES, value=VALUES, resolved=RESOLVED, data=st.data())
def test_rules_on_figures_never_fail(
    base: Briefing, text: str, language: str, value: Value, resolved: Resolved | None, data: st.DataObject
) -> None:
    anchor = data.draw(targets(text))
    figure = Figure(
        **annotation(text, anchor),  # type: ignore[arg-type]
        label="", type="date" if value.date else data.draw(st.sampled_from(["amount", "rank"])), basis="claim",
        value=value, unit=data.draw(st.sampled_from(["", "% of GDP", "million"])), period="", speaker="",
        resolved=resolved, assessment=None, series=None,
    )  # fmt: skip
    briefing = replace(laid_over(base, text, language, False), figures=(figure,), anchors={"a": anchor})
    for problem in check.run(briefing):
        assert problem.code == "value-not-in-target"
        assert problem.at.path[:2] == AT.path
