"""Where the words around a passage are cut, where only excerpts may be published: ⟦ and ⟧ stand around the passage."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.model.places import Span
from briefing.render.excerpts import CONTEXT, FURTHER, WHOLE, excerpts
from briefing.text import language, sentences
from tests.conftest import CASES, Golden
from tests.tables import Case, read_table

TABLE = CASES / "excerpts/cuts.table"


def passage(marked: str) -> tuple[str, Span]:
    before, words, after = re.split("[⟦⟧]", marked)
    return before + words + after, Span(len(before), len(before + words))


@pytest.mark.parametrize("case", read_table(TABLE), ids=lambda case: case.name)
def test_a_cut_leaves_what_a_passage_says(case: Case, golden: Golden) -> None:
    tag, marked = case.given.strip().split(" ", 1)
    text, span = passage(marked)
    (shown,) = excerpts(text, language(tag), Span(0, len(text)), [span])
    before, after = text[shown.start : span.start], text[span.end : shown.end]
    gaps = ["… " if shown.start else "", " …" if shown.end < len(text) else ""]
    case.check(golden, f"{gaps[0]}{before}⟦{span.of(text)}⟧{after}{gaps[1]}\n")


WORDS = st.sampled_from(
    [
        "no",
        "not",
        "fewer than",
        "people",
        "saw",
        "45",
        "miles,",
        "of",
        "road;",
        "if",
        "—",
        "and",
        "x" * 40,
        "end. The",
        "end. Critics",
        "’",
    ]
)


@given(st.lists(WORDS, max_size=40), st.lists(WORDS, max_size=40), st.sampled_from(["en", "de", "fr"]))
def test_no_more_is_shown_than_is_stated_and_of_other_sentences_only_what_disputes(
    before: list[str], after: list[str], tag: str
) -> None:
    text, span = passage(" ".join([*before, "⟦7 boats⟧", *after]))
    (shown,) = excerpts(text, language(tag), Span(0, len(text)), [span])
    assert shown.holds(span) and shown.of(text) == shown.of(text).strip()
    own = [sentence for sentence in sentences(text, language(tag)) if sentence.overlaps(span)]
    assert span.start - shown.start <= (WHOLE if shown.start == own[0].start else CONTEXT + FURTHER)
    assert shown.end - span.end <= CONTEXT + FURTHER
    assert own[0].start <= shown.start or "Critics" in text[shown.start : own[0].start]
    assert shown.end <= own[-1].end or "Critics" in text[own[-1].end : shown.end]
