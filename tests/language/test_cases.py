"""What is read in a text, as tables: ⟦ and ⟧ stand around what is found."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from briefing.model.places import Span
from briefing.text import Date, Number, dates, language, numbers, ordinals, quoted, sentences
from tests.conftest import CASES


def cases(name: str) -> list[Any]:
    found = json.loads((CASES / "language" / f"{name}.json").read_text("utf-8"))
    return [pytest.param(case, id=f"{case['language']}: {case.get('name', case.get('text'))}") for case in found]


def marked(case: dict[str, Any]) -> tuple[str, list[str]]:
    """The text without ⟦⟧, and the same text with them around each span, for spans given later."""
    return re.sub("[⟦⟧]", "", case["text"]), re.findall("⟦(.*?)⟧", case["text"], re.DOTALL)


def mark(text: str, spans: list[Span]) -> str:
    """A text with ⟦⟧ around its spans."""
    for span in sorted(spans, reverse=True):
        text = f"{text[: span.start]}⟦{span.of(text)}⟧{text[span.end :]}"
    return text


def written_number(number: Number) -> str:
    also = f" or {number.also}" if number.also is not None else ""
    value = f"{number.low.normalize():f}" if number.low % 1 == 0 else str(number.low)
    return value + also + "+" * (number.high is None) + " %" * number.percent + " fraction" * number.fraction


def written_date(date: Date) -> str:
    year = f"{date.year}" if date.year else "-"
    return year + "".join(f"-{part:02}" for part in (date.month, date.day) if part)


@pytest.mark.parametrize("case", cases("sentences"))
def test_sentences_end_where_the_table_says(case: dict[str, Any]) -> None:
    text = case.get("between", " ").join(case["sentences"])
    assert [span.of(text) for span in sentences(text, language(case["language"]))] == case["sentences"]


@pytest.mark.parametrize("case", cases("quoted"))
def test_passages_stand_between_their_marks(case: dict[str, Any]) -> None:
    text, _ = marked(case)
    found = quoted(text, language(case["language"]))
    assert mark(text, [passage.inner for passage in found]) == case["text"]
    for passage in found:
        assert passage.outer == Span(passage.inner.start - 1, passage.inner.end + (not passage.continues))


@pytest.mark.parametrize("case", cases("numbers"))
def test_numbers_are_read(case: dict[str, Any]) -> None:
    text, _ = marked(case)
    found = numbers(text, language(case["language"]))
    assert [written_number(number) for number in found] == case["values"]
    if "marks" in case:
        assert [number.span.of(text) for number in found] == case["marks"]
    else:
        assert mark(text, [number.span for number in found]) == case["text"]
    assert all(number.words == number.span.of(text) for number in found if number.high is None)


@pytest.mark.parametrize("case", cases("ordinals"))
def test_ordinals_are_read(case: dict[str, Any]) -> None:
    text, _ = marked(case)
    found = ordinals(text, language(case["language"]))
    assert mark(text, [number.span for number in found]) == case["text"]
    assert [str(number.low) for number in found] == case["values"]


@pytest.mark.parametrize("case", cases("dates"))
def test_dates_are_read(case: dict[str, Any]) -> None:
    text, _ = marked(case)
    found = dates(text, language(case["language"]))
    assert mark(text, [date.span for date in found]) == case["text"]
    assert [written_date(date) for date in found] == case["values"]
