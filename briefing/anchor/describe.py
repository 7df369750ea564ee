"""Describe a span by the smallest selector that finds it and nothing else: the inverse of `find`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, zip_longest

from briefing.anchor.contexts import Context, Once, edges, foresee
from briefing.anchor.edges import whole
from briefing.anchor.find import find
from briefing.anchor.glyphs import BREAKING_SPACES
from briefing.model import Selector
from briefing.places import Span

FARTHEST = 1000
"""Words of context that are tried one by one; a text that repeats itself for longer gets all of its context."""

_SPACE = re.compile(f"[{BREAKING_SPACES}]+")

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
    search = _Search(text, span, unique, foresee(text, span))
    found = [context for context in search.widened() if context]
    return selector(min(found, key=lambda context: context[1] - context[0], default=(0, len(text))))


@dataclass(frozen=True, slots=True)
class _Search:
    """A span whose words stand in other places too."""

    text: str
    span: Span
    unique: Unique
    foreseen: Unique | None
    """What is likely to be unique; None where nothing is foreseen."""

    def widened(self) -> Iterator[Context | None]:
        """The least context before, after, and on both sides that makes a selector unique."""
        start, end = self.span.start, self.span.end
        before = Once(islice(edges(self.text).before(start), FARTHEST))
        after = Once(islice(edges(self.text).after(end), FARTHEST))
        yield self._nearest(lambda: ((place, end) for place in before))
        yield self._nearest(lambda: ((start, place) for place in after))
        both = self._nearest(lambda: self._both(before, after))
        if both:
            _, end = both
            both = self._nearest(lambda: ((place, end) for place in before)) or both
            start, _ = both
            yield self._nearest(lambda: ((start, place) for place in after)) or both

    def _both(self, before: Iterable[int], after: Iterable[int]) -> Iterator[Context]:
        """As many words on one side as on the other, while there are any."""
        start, end = self.span.start, self.span.end
        for place, other in zip_longest(before, after):
            start, end = start if place is None else place, end if other is None else other
            yield start, end

    def _nearest(self, contexts: Callable[[], Iterator[Context]]) -> Context | None:
        """The first context that makes the selector unique, None without: the foreseen one where it proves right."""
        if self.foreseen:
            likely = _first(contexts(), self.foreseen)
            if likely.unique == (likely.context is not None and self.unique(likely.context)) and not (
                likely.unique and likely.before and self.unique(likely.before)
            ):
                return likely.context if likely.unique else None
        found = _first(contexts(), self.unique)
        return found.context if found.unique else None


@dataclass(frozen=True, slots=True)
class _Found:
    """What a search came to."""

    context: Context | None
    """The first that is unique, else the last that there is; None where there is none."""
    before: Context | None
    """The one before it."""
    unique: bool


def _first(contexts: Iterator[Context], unique: Unique) -> _Found:
    """The first unique context: by doubling, then halving, since more context never finds more."""
    seen: list[Context] = []
    while more := list(islice(contexts, max(1, len(seen)))):
        tried = len(seen)
        seen += more
        if unique(seen[-1]):
            at = bisect_left(seen, True, lo=tried, hi=len(seen) - 1, key=unique)
            return _Found(seen[at], seen[at - 1] if at else None, True)
    return _Found(seen[-1] if seen else None, None, False)
