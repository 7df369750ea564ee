"""Text that is written for authors reads back to exactly itself, wherever it stands."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.authoring.edit import entries, parsed
from briefing.load.schema.fields import text as read_text
from briefing.model.places import TextFile
from tests.sizes import soak

CHARACTERS = st.sampled_from(
    list("aaab  b.,:#'\"\\-|>[]{}&*!%@`?~=é—“”‘’\U0001f600\n\t\u2028\x85\ufeff\xa0")
) | st.characters(exclude_categories=["Cs"])
WORDS = st.lists(st.sampled_from(["word", "a", "No.", "#1", "x:", "-", "“said”", "", "long" * 30, "\n"]), max_size=60)
TEXTS = st.text(CHARACTERS, max_size=80) | WORDS.map(" ".join)


@soak(600)
@given(text=TEXTS, key=st.sampled_from(["note", "title", "tags"]), depth=st.integers(0, 4))
def test_any_text_reads_back_as_it_is(text: str, key: str, depth: int) -> None:
    value: entries.Value = {key: text, "list": [text, text], "deep": [{"note": text, "title": text}]}
    for number in range(depth):
        value = {f"level{number}": [value]}
    written = entries.field("top", value, 0) + "\nlast: x\n"
    data = parsed(TextFile("x.yml", written)).data
    assert data == {"top": value, "last": "x"}


@soak(300)
@given(text=TEXTS)
def test_text_within_brackets_reads_back_as_it_is(text: str) -> None:
    value: entries.Value = {"a": [text, {"b": text}]}
    assert parsed(TextFile("x.yml", f"x: {entries.flow(value)}")).data == {"x": value}


@soak(300)
@given(text=TEXTS.filter(lambda text: text.strip() != ""))
def test_the_loader_takes_what_is_written_for_text(text: str) -> None:
    if entries.UNBLOCKED.search(text):
        return  # some of these are forbidden in any field
    data = parsed(TextFile("x.yml", entries.field("title", text, 0))).data
    assert data is not None
    assert read_text(data["title"]) == text.rstrip("\n")  # type: ignore[call-overload]


@settings(max_examples=200)
@given(text=st.lists(st.text(st.sampled_from("ab-é"), min_size=1, max_size=30), min_size=1).map(" ".join))
def test_blocks_keep_within_the_width(text: str) -> None:
    lines = entries.block(text, 4).split("\n")[1:]
    assert all(len(line) <= entries.WIDTH for line in lines)
    assert not any(line.endswith(" ") for line in lines)
    assert all(len(a) + 1 + len(b.split()[0]) > entries.WIDTH for a, b in pairwise(lines))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("five percent", "five percent"),
        ("no", '"no"'),
        ("2025-11-06", "2025-11-06"),
        ("% of GDP", '"% of GDP"'),
        ("The split: 3.5", '"The split: 3.5"'),
        ("ranked #1", '"ranked #1"'),
        ('the "split": 3.5', '>-\n  the "split": 3.5'),
        ("", '""'),
        (" led by a space", '" led by a space"'),
        ("one\ntwo", ">-\n  one\n\n  two"),
        ("one\n\ntwo", ">-\n  one\n\n\n  two"),
        ("soft\xadhyphen", "soft\xadhyphen"),
        ("no\ufeffmark", '"no\\uFEFFmark"'),
    ],
)
def test_each_text_in_its_plainest_form(text: str, written: str) -> None:
    assert entries.scalar(text, 2) == written


def test_sentences_are_blocks_even_where_they_are_short() -> None:
    assert entries.field("note", "So it is.", 0) == "note: >-\n  So it is."
