"""What a selector is made of is foreseen, so that a text that repeats itself is not searched over and over: the answers
are those of the plain search."""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice, product
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.anchor import Selector, describe, find
from briefing.anchor.boundaries import begins, ends, spaceless, whole
from briefing.anchor.describe import describe_on_one_line, edges
from briefing.anchor.diagnose import short
from briefing.model.places import Span
from tests.anchor.test_properties import places
from tests.bench.rebase import long_text
from tests.conftest import CASES, Golden
from tests.revision.recipes import text as revised_text

PIECES = ["a b", "c", "a", "b c", "- 3", "3%", "中", "’", "\n", "  ", "e\u0301", "…", "\xa0"]
repeated = st.builds(
    lambda once, times, other: once * times + other + once * (times // 2),
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join),
    st.integers(2, 12),
    st.text(alphabet="abc \n中-3", max_size=6),
)
Way = Callable[[str, Span], Selector]
module = sys.modules[describe_on_one_line.__module__]
"""The package has a function of the same name."""


def plainly(way: Way, text: str, span: Span) -> Selector:
    """The answer of the search that foresees nothing."""
    with patch.object(module, "foresee", lambda text, span: None):
        return way(text, span)


@given(places())
def test_a_foreseen_selector_is_the_smallest(place: tuple[str, Span]) -> None:
    text, span = place
    for way in (describe, describe_on_one_line):
        assert way(text, span) == plainly(way, text, span)


@given(repeated.filter(bool), st.data())
@settings(max_examples=150)
def test_a_foreseen_selector_is_the_smallest_where_the_text_repeats_itself(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, min(len(text), start + 12))))
    if whole(text, span):
        for way in (describe, describe_on_one_line):
            assert way(text, span) == plainly(way, text, span)


FORESEEN = [
    "a b a b a b c a b",
    "one two. one two. one two three. two one two.",
    "the cat sat, the cat ate,\nthe cat sat, the dog ate",
    "“No,” he said. “No,” she said. “No, no,” he said. No",
    "x-ray x-ray 3% 3% 3 x-ray",
    "中文 中文 a 中文",
]


@pytest.mark.parametrize("text", FORESEEN, ids=range(len(FORESEEN)))
def test_what_is_foreseen_is_what_the_search_finds(text: str) -> None:
    """For every span of three words at most, and every prefix and suffix."""
    words = [found.span() for found in re.finditer(r"[^\s.,“”]+", text)]
    spans = [
        Span(words[at][0], words[end][1]) for at in range(len(words)) for end in range(at, min(at + 3, len(words)))
    ]
    told = []
    for span in (span for span in spans if whole(text, span)):
        before, after = ([*way(at)] for way, at in ((edges(text).before, span.start), (edges(text).after, span.end)))
        foreseen = module.foresee(text, span)
        for start, end in product([span.start, *before], [span.end, *after]):
            prefix, suffix = text[start : span.start].strip(), text[span.end : end].strip()
            found = find(text, Selector(span.of(text), prefix, suffix))
            if foreseen((start, end)) != ([match.span for match in found] == [span]):
                told.append((prefix, span.of(text), suffix))
    assert told == []


@given(repeated.filter(bool), st.data())
def test_word_edges_are_read_once_and_are_those_of_the_text(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))

    def starts() -> Iterator[int]:
        for start in range(at - 1, -1, -1):
            left, right = text[start - 1] if start else " ", text[start]
            parted = left.isspace() or right.isspace() or spaceless(left) or spaceless(right)
            if any(map(str.isalnum, text[start:at])) and not right.isspace() and parted and begins(text, start):
                yield start

    def stops() -> Iterator[int]:
        for end in range(at + 1, len(text) + 1):
            left, right = text[end - 1], text[end] if end < len(text) else " "
            parted = left.isspace() or right.isspace() or spaceless(left) or spaceless(right)
            if any(map(str.isalnum, text[at:end])) and not left.isspace() and parted and ends(text, end):
                yield end

    with patch.object(module, "BLOCK", 4):
        fresh = edges.__wrapped__(text)
        assert list(fresh.before(at)) == list(starts())
        assert list(islice(fresh.before(at), 3)) == list(starts())[:3]
        assert list(fresh.after(at)) == list(stops())


def test_describing_grows_gracefully_where_a_text_repeats_itself() -> None:
    """CPU time, several times what was measured: 0.6 seconds. The plain search took 2.2."""
    once = long_text(300, seed=3)
    text = "\n".join(f"{once} Part {number}." if number % 7 == 0 else once for number in range(48))
    rng = random.Random(4)
    begin = [at for at in range(1, len(text) - 200) if text[at - 1] in " \n" and not text[at].isspace()]
    spans = [Span(start, text.find(" ", start + rng.choice((8, 30, 90)))) for start in rng.sample(begin, 80)]
    started = time.process_time()
    for span in spans:
        if whole(text, span):
            describe_on_one_line(text, span)
    assert time.process_time() - started < 4


@pytest.mark.parametrize("name", ["harbour", "interview", "japanese", "rules"])
def test_selectors_are_those_that_were_looked_at(name: str, golden: Golden) -> None:
    """Of words in a text that stand in it several times, and of what is around them, no more than it takes."""
    text = revised_text(name)
    lines = []
    words = [found.span() for found in re.finditer(r"\S+", text)]
    for number, (start, _) in enumerate(words[::9]):
        span = Span(start, words[min(9 * number + number % 3, len(words) - 1)][1])
        for way in (describe, describe_on_one_line):
            found = way(text, span)
            lines.append(f"{found.prefix!r} [{short(found.exact)}] {found.suffix!r}")
    golden.check(CASES / "anchor" / "selectors" / f"{name}.txt", "\n".join([*lines, ""]))
