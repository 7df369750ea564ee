"""A new version of a document is taken apart as the old one was."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from msgspec.structs import replace

from briefing.authoring.rebase.divide_document import divide
from briefing.load.briefing_record import paragraphs
from briefing.model import Briefing, Comment, LeftOut
from briefing.model.places import Place
from briefing.pipeline import checking
from tests.sites import GOOD

AT = Place("f")
LINES = ("The ferry sails again.", "It was voted on Tuesday, by eleven to four.", "The first boat comes in March.")
COMMENTS = ("At last, my daughter can stay.", "It will cost more.\n\nIt always does.", "Who paints the boats?")


@pytest.fixture
def briefing(tmp_path: Path) -> Briefing:
    """The good briefing with a short text, three comments and a line that is left out."""
    made = checking.check_alone(GOOD, "briefings/good").briefing
    assert made
    text = "\n".join(LINES) + "\n"
    source = replace(
        made.source, text=text, paragraphs=paragraphs(text), left_out=(LeftOut("Read more about boats", "a link", AT),)
    )
    comments = tuple(
        Comment(id=f"c{number}", text=said, author="", date="", reply_to="", votes=None, at=AT)
        for number, said in enumerate(COMMENTS, start=1)
    )
    return replace(made, source=source, comments=comments)


DOCUMENT = [*LINES, "Read more about boats", COMMENTS[0], "It will cost more.", "It always does.", COMMENTS[2]]


def test_the_same_document_gives_the_same_parts(briefing: Briefing) -> None:
    found = divide(briefing, DOCUMENT, DOCUMENT)
    assert found.source == briefing.source.text
    assert dict(found.comments) == dict(enumerate(COMMENTS))
    assert dict(found.left_out) == {0: "Read more about boats"}
    assert found.added == ()


def test_lines_that_were_joined_in_the_source_are_joined_again(briefing: Briefing) -> None:
    wrapped = ["The ferry sails again.", "It was voted on Tuesday,", "by eleven to four.", *DOCUMENT[2:]]
    assert divide(briefing, wrapped, wrapped).source == briefing.source.text


@pytest.mark.parametrize("line", [0, 1, 2])
def test_a_changed_line_of_a_wrapped_paragraph_stays_in_it(briefing: Briefing, line: int) -> None:
    long = [
        "The council of the town voted on Tuesday,",
        "by eleven votes to four, to bring the",
        "old ferry back before the spring.",
    ]
    text = f"{LINES[0]}\n{' '.join(long)}\nIt was a long and loud evening for all.\n"
    source = replace(briefing.source, text=text, paragraphs=paragraphs(text))
    rest = ["It was a long and loud", "evening for all.", *DOCUMENT[3:]]
    changed = [*long]
    changed[line] = changed[line].replace("the", "this")
    found = divide(replace(briefing, source=source), (), [LINES[0], *changed, *rest])
    assert found.source.splitlines() == [LINES[0], " ".join(changed), "It was a long and loud evening for all."]


def test_several_pieces_in_one_paragraph_are_told_apart(briefing: Briefing) -> None:
    found = divide(briefing, DOCUMENT, [" ".join(DOCUMENT[:4]), *DOCUMENT[4:]])
    assert found.source == briefing.source.text
    assert dict(found.left_out) == {0: "Read more about boats"}


def test_changed_lines_keep_their_kind(briefing: Briefing) -> None:
    new = [*DOCUMENT]
    new[1] = "It was voted on Wednesday, by ten to five."
    new[3] = "Read more about our boats"
    new[5] = "It will cost much more."
    found = divide(briefing, DOCUMENT, new)
    assert found.source.splitlines() == [LINES[0], new[1], LINES[2]]
    assert dict(found.left_out) == {0: "Read more about our boats"}
    assert found.comments[1] == "It will cost much more.\nIt always does."
    assert found.added == ()


def test_what_is_new_belongs_to_what_stands_before_it(briefing: Briefing) -> None:
    new = [*DOCUMENT[:2], "Zebras were not mentioned.", *DOCUMENT[2:], "I shall walk, thank you."]
    found = divide(briefing, DOCUMENT, new)
    assert found.source.splitlines() == [*LINES[:2], "Zebras were not mentioned.", LINES[2]]
    assert found.added == ("I shall walk, thank you.",)


def test_a_comment_that_was_removed_on_request_stays_removed(briefing: Briefing) -> None:
    removed = replace(briefing.comments[1], text="")
    without = replace(briefing, comments=(briefing.comments[0], removed, briefing.comments[2]))
    found = divide(without, DOCUMENT, [*DOCUMENT, "Somebody new."])
    assert found.added == ("Somebody new.",)
    assert "cost more" not in found.source
    assert 1 not in found.comments


def test_what_is_gone_is_in_no_part(briefing: Briefing) -> None:
    found = divide(briefing, DOCUMENT, [DOCUMENT[0], DOCUMENT[4]])
    assert found.source == f"{LINES[0]}\n"
    assert dict(found.comments) == {0: COMMENTS[0]}
    assert dict(found.left_out) == {}


def test_line_ends_and_blank_lines_of_the_source_stay(briefing: Briefing) -> None:
    text = "\r\n\r\n".join(LINES)
    source = replace(briefing.source, text=text, paragraphs=paragraphs(text))
    assert divide(replace(briefing, source=source), DOCUMENT, DOCUMENT).source == text


def test_another_document_altogether_is_compared_in_good_time(briefing: Briefing) -> None:
    text = "\n".join(f"Old line {n} has {n * n} words of its own, and {n % 7} more." for n in range(600))
    source = replace(briefing.source, text=text, paragraphs=paragraphs(text))
    began = time.process_time()
    divide(replace(briefing, source=source), (), [f"Neue Zeile Nummer {n}, mit {n + 9} Worten." for n in range(600)])
    assert time.process_time() - began < 5
