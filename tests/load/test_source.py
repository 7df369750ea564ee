"""A paragraph is a line that is not blank; a turn is what one person says from label to label."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.load.briefing_record import paragraphs, turns
from briefing.model.places import Span


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one\ntwo", ["one", "two"]),
        ("one\r\ntwo\rthree\n", ["one", "two", "three"]),
        ("\n\none\n \t\n\u00a0\ntwo  \n\n", ["one", "two  "]),
        ("one\u2028still one\x85and\x0cmore", ["one\u2028still one\x85and\x0cmore"]),
        ("", []),
    ],
)
def test_only_line_feeds_and_returns_end_a_paragraph(text: str, expected: list[str]) -> None:
    found = paragraphs(text)
    assert [part.span.of(text) for part in found] == expected
    assert [part.number for part in found] == list(range(1, len(expected) + 1))


@given(st.text(st.sampled_from("ab \t\r\n\u2028\x85")))
def test_between_paragraphs_is_only_white_space(text: str) -> None:
    covered = set()
    for part in paragraphs(text):
        covered |= set(range(part.span.start, part.span.end))
        assert not set("\r\n") & set(part.span.of(text))
    assert not "".join(text[at] for at in range(len(text)) if at not in covered).strip()


TALK = "Welcome.\nRUTTE: Thank you.\n\nMore thanks. \nRUTTE JR.: Me too.\n  ANN:\nYes, RUTTE: no.\nRUTTE:\n"
LABELS = {"RUTTE:": "rutte", "ANN:": "ann", "RUTTE JR.:": "junior"}


def spoken(text: str, labels: dict[str, str], speaker: str) -> list[tuple[str, str]]:
    return [(turn.speaker, turn.span.of(text)) for turn in turns(text, paragraphs(text), labels, speaker)]


def test_a_turn_runs_from_its_label_to_the_next() -> None:
    assert spoken(TALK, LABELS, "host") == [
        ("host", "Welcome."),
        ("rutte", "Thank you.\n\nMore thanks."),
        ("junior", "Me too."),
        ("ann", "Yes, RUTTE: no."),
    ]


def test_without_a_default_speaker_nobody_speaks_before_the_first_label() -> None:
    assert spoken(TALK, LABELS, "")[0][0] == "rutte"


def test_a_speech_without_labels_is_one_turn() -> None:
    text = "\none\n\ntwo \n"
    assert turns(text, paragraphs(text), {}, "ann")[0].span == Span(1, 9)
    assert spoken(text, {}, "ann") == [("ann", "one\n\ntwo")]


def test_a_label_is_a_whole_word_and_never_blank() -> None:
    assert spoken("RUTTED roads\nRUTTE is here\n", {"RUTTE": "rutte", "": "nobody", " ": "nobody"}, "host") == [
        ("host", "RUTTED roads"),
        ("rutte", "is here"),
    ]


def test_an_empty_source_has_no_turn() -> None:
    assert spoken(" \n", LABELS, "host") == []
