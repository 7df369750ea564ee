"""Every character of a scalar's value leads to where it was written, whatever the style."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefing.load.yaml.events import LOADER
from briefing.load.yaml.scalars import trace
from briefing.model.places import Node, Span
from tests.sizes import soak

BREAKS = "\r\n\x85\u2028\u2029"
LOADERS = [LOADER, yaml.SafeLoader]
CHARACTERS = st.sampled_from(list("ab ab \t\n\n:#'\"\\-|>[]{},&*!%@`é—“\U0001f600\u2028\x85")) | st.characters(
    min_codepoint=32, max_codepoint=0xFFFF, exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\ufeff"
)
TEXTS = st.text(CHARACTERS, max_size=60)


def scalars(text: str, loader: type) -> list[tuple[str, Node]]:
    """Value and node of every scalar in a YAML text."""
    found = []
    for event in yaml.parse(text, Loader=loader):
        if isinstance(event, yaml.ScalarEvent):
            start, end = event.start_mark, event.end_mark
            assert start is not None and end is not None
            span, runs = trace(text, Span(start.index, end.index), event.style, event.value)
            found.append((event.value, Node(span, None, runs)))
    return found


def stands_where_it_was_written(text: str, value: str, node: Node) -> None:
    for offset, character in enumerate(value):
        written = text[node.file_offset(offset)]
        same = written == character or (character in " \n" and written in BREAKS)
        assert same or (written == "\\" and text[node.span.start] == '"'), (offset, character, written)


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("style", ["", "'", '"', "|", ">"])
@soak(300)
@given(value=TEXTS, width=st.integers(5, 40), crlf=st.booleans())
def test_every_character_of_an_emitted_scalar_is_found(
    loader: type, style: str, value: str, width: int, crlf: bool
) -> None:
    text = yaml.dump({"key": value, "next": ["x", value]}, default_style=style, width=width, allow_unicode=True)
    text = text.replace("\n", "\r\n") if crlf else text
    for found, node in scalars(text, loader):
        assert node.runs or not found
        stands_where_it_was_written(text, found, node)


LINES = st.lists(
    st.text(st.sampled_from(list("ab é\t\"'\\n")), max_size=6).map(lambda line: line.replace("\\", "\\\\")), max_size=6
)
HEADERS = st.sampled_from(["|", ">", "|-", ">-", "|+", ">+", "|2", ">2-", ">+2", "| # words", ">-  # words"])


@pytest.mark.parametrize("loader", LOADERS)
@soak(500)
@given(
    header=HEADERS, lines=LINES, indent=st.integers(2, 4), end=st.sampled_from(["\n", "\r\n", "\r"]), last=st.booleans()
)
def test_every_character_of_a_block_is_found(
    loader: type, header: str, lines: list[str], indent: int, end: str, last: bool
) -> None:
    body = end.join(" " * indent + line if line.strip() else line.replace("\t", " ") for line in lines)
    text = f"key: {header}{end}{body}" + (f"{end}next: x{end}" if last else "")
    try:
        found = scalars(text, loader)
    except yaml.YAMLError:
        return  # a line of a random block can be no YAML
    for value, node in found:
        assert node.runs or not value
        stands_where_it_was_written(text, value, node)


QUOTED = st.lists(
    st.sampled_from(["a", "b ", "  ", "\t", "\n", "\r\n", "\n  ", "é", "''", "\u2028", "words ", "\n\n"]), max_size=12
).map("".join)
ESCAPED = st.lists(
    st.sampled_from(
        ["a ", " b", "\n ", "\\\n  ", "\\n", '\\"', "\\\\", "\\u2014", "\\x41", "\\U0001f600", "\\ ", "\n\n ", "\\\r\n"]
    ),
    max_size=12,
).map("".join)


@pytest.mark.parametrize("loader", LOADERS)
@soak(500)
@given(single=QUOTED, double=ESCAPED)
def test_every_character_between_quotation_marks_is_found(loader: type, single: str, double: str) -> None:
    text = f"- '{single}'\n- \"{double}\"\n"
    indented = re.sub("(\r\n|\n)(?!-|$)", r"\1  ", text)
    for value, node in scalars(indented, loader):
        assert node.runs or not value
        stands_where_it_was_written(indented, value, node)


@pytest.mark.parametrize(
    ("text", "value", "offset", "at"),
    [
        ("a: one\n  two", "one two", 4, "two"),
        ("a: one\n  two", "one two", 3, "\n"),
        ("a: one\r\n\r\n  two", "one\ntwo", 4, "two"),
        ("a: 'it''s'", "it's", 2, "''s"),
        ('a: "x \\u2014 y"', "x — y", 2, "\\u2014"),
        ('a: "x \\u2014 y"', "x — y", 4, "y"),
        ("a: >-\n  one\n  two\n\n  three\n", "one two\nthree", 8, "three"),
        ("a: |\n    x\n      y\n", "x\n  y\n", 4, "y"),
        ("a: |2\n    x\n", "  x\n", 2, "x"),
        ("a: >\n  x\n    y\n  z\n", "x\n  y\nz\n", 6, "z"),
    ],
)
def test_an_offset_leads_to_its_words(text: str, value: str, offset: int, at: str) -> None:
    found, node = scalars(text, LOADER)[1]
    assert found == value
    assert text[node.file_offset(offset) :].startswith(at)


def test_a_block_ends_with_its_last_words() -> None:
    text = "a: |\n  words  \n\n\nb: x\n"
    value, node = scalars(text, LOADER)[1]
    assert value == "words  \n"
    assert node.span.of(text) == "|\n  words  "


def test_a_map_that_cannot_be_verified_is_not_given() -> None:
    assert trace("a: 'b'", Span(3, 6), "'", "c") == (Span(3, 6), ())
