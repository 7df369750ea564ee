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
    ("decided to clos … for good", False),
    ("decided to clos[e] the old … for good", True),
    ("met on Monday … ecided to close", False),
    ("it will cost … or, as some fear, until", True),
    ("it will cost … r, as some fear, until", False),
    ("the council met [on a Monday] and decided", True),
    ("the council met [on a Monday] evening", True),
    ("The council [of nine] met [late] on Monday evening", True),
    ("[The] council met [on] Monday [evening] and", True),
    ("[The] council [met] on [Monday]", False),
    ("[The old] bridge", False),
    ("[An old] bridge", False),
    ("bridge [it]", False),
    ("the [big] bridge [is]", True),
    ("cost the town [so] much … the next year", True),
    ("much … year", False),
    ("so much … more", False),
    ("the work … [would] begin", True),
    ("decided … [and then] to close the old bridge", True),
    ("will … [It] will be easy", False),
    ("the old bridge … [now] ... for good", True),
    ("who has kept the toll house since 198", False),
    ("in the town [I went there.] a year", False),
    ("the old bridge (...) for good", True),
    ("the old bridge [. . .] good", True),
    ("the plan has to wait [sic] until", True),
    ("the plan has to wait[?] until", True),
    ("the plan has to wait [!] until", True),
    ("She didn't say when the work would begin", False),
    ("It will [n't] be easy", True),
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
        "close it for good": "c2",
        "crest of the plan": "",
        "abridge for good": "",
        "Decided to close": "source",
        "dECIDED to close": "",
        "Ferry would do": "c1",
        "or Close": "",
        "Close it for good Close": "",
        "a ferry … easy": "c1",
        "A ferry would … be easy": "c1",
        "Close [the bridge] for good": "source",
        "We cannot pay for it, and nobody else will": "source",
        "they sank": "",
        "…": "",
    }
    assert {words: known.find(words) for words in found} == found


INTERRUPTED = [
    ("“We go,” said Ford, “but not today.”", "We go, but not today", True),
    ("“We go,” said Ford, “but not today.”", "We go but not today", True),
    ("“We go,” said Ford. “But not today.”", "We go. But not today", True),
    ("“We go,” said Ford. “But not today.”", "We go, but not today", False),
    ("“We go,” said Ford, “But not today.”", "We go, But not today", False),
    ("“We go” said Ford, “but not today.”", "We go but not today", False),
    ("“We go”, said Ford, “but not today.”", "We go, but not today", True),
    ("“We go,” Ford. “But not today.”", "We go. But not today", False),
    ("“We go,” said Ford! “But not today.”", "We go. But not today", False),
    ("“We go,” said Ford. It rained. “But not today.”", "We go. But not today", False),
    ("“We go,” said Ford: “But not today.”", "We go. But not today", True),
    ("“We go,” said Ford and Reid said, “but not today.”", "We go, but not today", False),
    ("“We go,” said Ann Ford of Hallow Bay today, and Reid, “but not today.”", "We go, but not today", False),
    ("“We go,” said Ford, and then, “but not today.”", "We go, but not today", True),
    (f"“We go,” said Ford{' of the bay' * 18}, “but not today.”", "We go, but not today", False),
    (f"“We go,” said Ford{' of the bay' * 16}, “but not today.”", "We go, but not today", True),
    ("“We go,” said Ford,\n“but not today.”", "We go, but not today", True),
    ("“We go.\n“But not today,” said Ford.", "We go. But not today", True),
    ("“We go.”\n“But not today,” said Ford.", "We go. But not today", False),
]


@pytest.mark.parametrize(("text", "words", "found"), INTERRUPTED)
def test_what_the_text_interrupts_may_be_quoted_without_the_interruption(text: str, words: str, found: bool) -> None:
    assert stands(words, quotable(f"It rained. {text} Then it stopped.", language("en"))) == found


IN_MARKS = [
    ("Ford said “we go” and left.", "we go", True),
    ("Ford said “we go” and left.", "and left", False),
    ("Ford said ‘we go’ and left.", "we go", True),
    ("Ford said “we ‘never’ go” and left.", "never", True),
    ("Ford said “we go” and “we stay” and left.", "we go and we stay", False),
    ("Ford said “we go” and “we stay” and left.", "we go … we stay", False),
    ("“We go,” said Ford, “but not today.”", "We go, but not today", True),
    ("“We go.\n“But not today,” said Ford.", "We go. But not today", True),
    ("Ford said nothing.", "nothing", False),
]


@pytest.mark.parametrize(("text", "words", "found"), IN_MARKS)
def test_what_is_in_the_marks_of_a_text(text: str, words: str, found: bool) -> None:
    assert stands(words, in_marks(text, language("en"))) == found


@pytest.mark.parametrize(
    ("text", "at", "whole"),
    [
        ("\nTwo words.", "words", "Two words."),
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
