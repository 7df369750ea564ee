"""What counts as a quoted passage and as a number, as tables: ⟦ and ⟧ stand around what is counted."""

from __future__ import annotations

import json
import re
import time
from typing import Any

import pytest

from briefing.coverage import mentions, named, spoken
from briefing.model.places import Span
from briefing.text import language
from tests.conftest import CASES


def cases(name: str) -> list[Any]:
    found = json.loads((CASES / "coverage" / f"{name}.json").read_text("utf-8"))
    return [pytest.param(case, id=f"{case['language']}: {case['name']}") for case in found]


def marked(text: str, spans: list[Span]) -> str:
    for span in sorted(spans, reverse=True):
        text = f"{text[: span.start]}⟦{span.of(text)}⟧{text[span.end :]}"
    return text


@pytest.mark.parametrize("case", cases("passages"))
def test_a_passage_counts_where_it_is_somebodys_words(case: dict[str, Any]) -> None:
    text = re.sub("[⟦⟧]", "", case["text"])
    assert marked(text, [each.inner for each in spoken(text, language(case["language"]))]) == case["text"]


@pytest.mark.parametrize("case", cases("numbers"))
def test_a_number_counts_where_it_says_something(case: dict[str, Any]) -> None:
    text = re.sub("[⟦⟧]", "", case["text"])
    assert marked(text, [each.span for each in mentions(text, language(case["language"]))]) == case["text"]


def test_what_is_not_counted_is_told() -> None:
    text = "The film “Night Train” and the so-called “ghost fleet”."
    assert [each.inner.of(text) for each in named(text, language("en"))] == ["Night Train", "ghost fleet"]


@pytest.mark.full
@pytest.mark.parametrize("tag", ["en", "de", "nl"])
@pytest.mark.parametrize("piece", ["“a” ", "‘a ", "40 ", "in 2019 ", "the “Film “", "half a ", "€4 ", "“a\n"])
def test_time_grows_with_length(piece: str, tag: str) -> None:
    text = (piece * 20_000)[:20_000]
    started = time.process_time()
    spoken(text, language(tag))
    mentions(text, language(tag))
    assert time.process_time() - started < 3
