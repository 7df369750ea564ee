"""Describe a span by the smallest selector that finds it and nothing else: the inverse of `find`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import islice, zip_longest

from briefing.anchor.edges import begins, ends, spaceless, whole
from briefing.anchor.find import find
from briefing.anchor.glyphs import BREAKING_SPACES
from briefing.model import Selector
from briefing.places import Span

FARTHEST = 1000
"""Words of context that are tried one by one; a text that repeats itself for longer gets all of its context."""

_SPACE = re.compile(f"[{BREAKING_SPACES}]+")

Context = tuple[int, int]
"""Where a prefix begins and where a suffix ends; the span's own ends where there is none."""

Unique = Callable[[Context], bool]


def describe(text: str, span: Span) -> Selector:
    """The smallest selector that is unique: `find(text, describe(text, span))` is that span alone.

    The words alone if they are; else with a prefix or a suffix of whole words, or both, whichever is shortest.
    Raises ValueError where no selector can find the span: it begins or ends with white space or inside a word.
    """
    return _smallest(text, span, str)


def describe_on_one_line(text: str, span: Span) -> Selector:
    """The same with line wraps and runs of white space written as one space, so that it can be pasted into YAML."""
    return _smallest(text, span, _one_line)


def _one_line(words: str) -> str:
    return _SPACE.sub(" ", words)


def _smallest(text: str, span: Span, write: Callable[[str], str]) -> Selector:
    if not whole(text, span):
        raise ValueError("the span begins or ends with white space, or inside a word, a number or a character")

    def selector(context: Context) -> Selector:
        before, after = text[context[0] : span.start], text[span.end : context[1]]
        return Selector(write(span.of(text)), write(before.strip()), write(after.strip()))

    def unique(context: Context) -> bool:
        return [match.span for match in find(text, selector(context), limit=2)] == [span]

    alone = (span.start, span.end)
    if unique(alone):
        return selector(alone)
    found = [context for context in _widened(text, span, unique) if context]
    return selector(min(found, key=lambda context: context[1] - context[0], default=(0, len(text))))


def _widened(text: str, span: Span, unique: Unique) -> Iterator[Context | None]:
    """The least context before, after, and on both sides that makes a selector unique."""
    yield _nearest(((before, span.end) for before in _before(text, span.start)), unique)
    yield _nearest(((span.start, after) for after in _after(text, span.end)), unique)
    both = _nearest(_both(text, span), unique)
    if both:
        _, end = both
        both = _nearest(((before, end) for before in _before(text, span.start)), unique) or both
        start, _ = both
        yield _nearest(((start, after) for after in _after(text, span.end)), unique) or both


def _both(text: str, span: Span) -> Iterator[Context]:
    """As many words on one side as on the other, while there are any."""
    start, end = span.start, span.end
    for before, after in zip_longest(_before(text, span.start), _after(text, span.end)):
        start = start if before is None else before
        end = end if after is None else after
        yield start, end


def _nearest(contexts: Iterator[Context], unique: Unique) -> Context | None:
    """The first context that makes the selector unique: by doubling, then halving, since more context never
    finds more. None where it never does."""
    contexts = islice(contexts, FARTHEST)
    seen: list[Context] = []
    while more := list(islice(contexts, max(1, len(seen)))):
        tried = len(seen)
        seen += more
        if unique(seen[-1]):
            return seen[bisect_left(seen, True, lo=tried, hi=len(seen) - 1, key=unique)]
    return None


def _before(text: str, at: int) -> Iterator[int]:
    """Where words begin, from an offset towards the start of the text; marks alone are no context to read."""
    word = False
    for start in range(at - 1, -1, -1):
        word = word or text[start].isalnum()
        if word and not text[start].isspace() and _parted(text, start) and begins(text, start):
            yield start


def _after(text: str, at: int) -> Iterator[int]:
    """Where words end, from an offset towards the end of the text; marks alone are no context to read."""
    word = False
    for end in range(at + 1, len(text) + 1):
        word = word or text[end - 1].isalnum()
        if word and not text[end - 1].isspace() and _parted(text, end) and ends(text, end):
            yield end


def _parted(text: str, at: int) -> bool:
    """Whether white space, an end of the text, or a script without spaces lets a word end here."""
    if not 0 < at < len(text):
        return True
    left, right = text[at - 1], text[at]
    return left.isspace() or right.isspace() or spaceless(left) or spaceless(right)
