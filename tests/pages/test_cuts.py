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


MIDDLE = (
    "The council’s spokesperson said: “No decision has been made. We have had ⟦1,842 responses⟧ so far and every one "
    "of them will be read. Dimming remains an option.” The consultation closes on Friday."
)
LAST = (
    "“I stand by it,” she said. “Across all areas they fell by four. Elsewhere they fell by ⟦3.8 per cent⟧.” Few knew."
)


@pytest.mark.parametrize(
    ("tag", "marked", "shown"),
    [
        ("en", MIDDLE, ["“", "We have had 1,842 responses so far and every one of them will be read.", "”"]),
        ("en", LAST, ["“", "Elsewhere they fell by 3.8 per cent.”"]),
        ("en", "He said: “We lost ⟦nine piles⟧. They are gone.” So be it.", ["He said: “We lost nine piles.", "”"]),
        ("en", "“We lost it. All ⟦nine piles⟧. They are gone.\n“So be it.” Few knew.", ["“", "All nine piles."]),
        ("de", "Er sagte: „Nein. Es waren ⟦neun Pfähle⟧. Alle.“ Gut.", ["„", "Es waren neun Pfähle.", "“"]),
    ],
)
@pytest.mark.parametrize("is_card", [False, True])
def test_words_of_a_longer_quotation_have_both_its_marks(
    tag: str, marked: str, shown: list[str], is_card: bool
) -> None:
    text, span = passage(marked)
    rules, line = language(tag), Span(0, len(text.partition("\n")[0]))
    within = next(each for each in sentences(text, rules, line) if each.holds(span)) if is_card else line
    assert [piece.of(text) for piece in excerpts(text, rules, within, [span])] == shown


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
