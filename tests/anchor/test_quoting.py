"""Which words of an editor's prose stand in a text, and which piece of them does not: a table to be looked at."""

from __future__ import annotations

import json

import pytest

from briefing.anchor.known_words import KnownWords
from briefing.anchor.quoting import in_marks, missing, quotable, stands, within
from briefing.model.places import Span
from briefing.text import language
from tests.conftest import CASES, Golden


@pytest.mark.parametrize("tag", ["en", "de"])
def test_words_stand_where_they_were_seen_to(tag: str, golden: Golden) -> None:
    rules, lines = language(tag), []
    for path in sorted((CASES / "quoted" / "development" / tag).glob("*.json")):
        given = json.loads(path.read_text("utf-8"))
        texts = [quotable(given["article"], rules), *(quotable(each["text"], rules) for each in given["comments"])]
        marked = in_marks(given["article"], rules)
        lines.append(f"== {path.stem}")
        for one in (each for entry in given["prose"] for each in entry["quoted"]):
            words = one["passage"]
            if any(stands(words, text) for text in texts):
                found = "in marks" if stands(words, marked) else "in the text"
            else:
                found = f"missing: {missing(words, texts)}"
            lines.append(f"{one['label']} | {words} | {found}")
    golden.check(CASES / "quoted" / f"found-{tag}.txt", "\n".join([*lines, ""]))


TEXT = (
    "The council met on Monday evening and decided to close the old bridge for good. “We cannot pay for it,” said the "
    "mayor, “and nobody else will.” She did not say when the work would begin. It will not be easy, and it will cost "
    "the town much more than anybody had expected, so that the rest of the plan has to wait until the next year "
    "or, as some fear, until the one after that.\n"
    "Anna Dole, who has kept the toll house since 1987, was not asked. “They never came,” she said. “They wrote a "
    "letter.”\n"
)
QUOTED = [
    ("decided to close the old bridge", True),
    ("Decided to close the old bridge", True),
    ("decided to close the old bridg", False),
    ("ecided to close the old bridge", False),
    ("decided to close the old bridge for good.", True),
    ("decided to close the old bridge for good,", True),
    ("“decided to close the old bridge”", True),
    ("[d]ecided to close the old bridge", True),
    ("[D]ecided to close the old bridge", True),
    ("decid[ed] to close the old bridge", True),
    ("decid[ing] to close the old bridge", True),
    ("met on Monday … decided to close", True),
    ("met on Monday ... decided to close", True),
    ("met on Monday [...] decided to close", True),
    ("met on Monday . . . decided to close", True),
    ("met on Monday … Decided to close", True),
    ("decided to close … met on Monday", False),
    ("met on Monday decided to close", False),
    ("met … close … bridge", False),
    ("the council met … to close the old bridge … pay for it", False),
    ("decided to close the … for good", True),
    ("She did … say when the work would begin", False),
    ("It will … be easy", False),
    ("the work would begin … the town much more", False),
    ("cannot pay for it … nobody else will", True),
    ("We cannot pay for it, and nobody else will", True),
    ("We cannot pay for it and nobody else will.", True),
    ("We cannot pay for it, nobody else will", False),
    ("it will cost … the one after that", True),
    ("it will cost [much until] the one after that", False),
    ("decided to [shut] the old bridge", True),
    ("decided to [shut, lock and bar] the old bridge", True),
    ("decided to [not shut] the old bridge", False),
    ("It will [surely] be easy", False),
    ("It will [hardly] be easy", True),
    ("[The mayor] did not say when the work would begin", True),
    ("[The mayor of the town, who had come late,] did not", False),
    ("decided [It was late.] to close the old bridge", False),
    ("decided to close the old bridge [sic] for good", True),
    ("the town [council] much more", True),
    ("the town [a lot more than all thought, which means that the plan has] to wait", False),
    ("who has kept the toll house since 1987, was not asked", True),
    ("They never came, they wrote a letter", False),
    ("They never came. They wrote a letter", True),
    ("", False),
    ("…", False),
    ("[…]", False),
]


@pytest.mark.parametrize(("words", "found"), QUOTED, ids=[words for words, _ in QUOTED])
def test_what_may_be_quoted_so(words: str, found: bool) -> None:
    assert stands(words, quotable(TEXT, language("en"))) == found


def test_the_first_piece_that_is_nowhere_is_what_is_said_to_be_missing() -> None:
    texts = [quotable(TEXT, language("en"))]
    assert missing("met on Monday … decided to sell", texts) == "decided to sell"
    assert missing("met on Sunday … decided to sell", texts) == "met on Sunday"
    assert missing("decided to sell", texts) == "decided to sell"
    assert missing("decided to close … met on Monday", texts) == "decided to close … met on Monday"
    assert missing("the old brid[ge] … the old ship", texts) == "the old ship"


def test_a_passage_is_looked_for_in_all_texts_at_once() -> None:
    texts = {"source": TEXT, "c1": "A ferry would do. It will be easy.", "c2": "Close it for good", "c3": ""}
    known = KnownWords((name, quotable(text, language("en"))) for name, text in texts.items())
    found = {
        "decided to close the old bridge": "source",
        "for good": "source",
        "a ferry would do": "c1",
        "A ferry would do.": "c1",
        "It will be easy": "c1",
        "it will be easy": "c1",
        "easy. Close it": "",
        "Close it for good": "c2",
        "lose it": "",
        "a ferry … easy": "c1",
        "A ferry would … be easy": "c1",
        "Close [the bridge] for good": "source",
        "We cannot pay for it, and nobody else will": "source",
        "they sank": "",
        "…": "",
    }
    assert {words: known.find(words) for words in found} == found


@pytest.mark.parametrize(
    ("text", "at", "whole"),
    [
        ("One.\nTwo words.\nThree.", "words", "Two words."),
        ("One.\r\nTwo words.\r\nThree.", "words", "Two words."),
        ("One.\nTwo", "Two", "Two"),
        ("He said: “It is late.\n“Cold, too.\n“Go.”\nHe left.", "late", "He said: “It is late.\n“Cold, too.\n“Go.”"),
        ("He said: “It is late.\n“It is cold.", "late", "He said: “It is late.\n“It is cold."),
        ("He said: “It is late.”\n“It is cold.”", "late", "He said: “It is late.”"),
    ],
)  # fmt: skip
def test_the_paragraphs_around_a_passage(text: str, at: str, whole: str) -> None:
    start = text.index(at)
    assert within(text, Span(start, start + len(at)), language("en")).of(text) == whole
