"""Describe a span by the smallest selector that finds it alone: the inverse of `find`.

What may be in a prefix or suffix, and how much of it a text repeats, is read once for a text and kept, and only as far
as somebody asks, so that many spans of a text that repeats itself cost little more than one.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import chain, dropwhile, islice, zip_longest

from msgspec import Struct, field

from briefing.anchor.boundaries import begins, ends, spaceless, whole
from briefing.anchor.characters import BREAKING_SPACES
from briefing.anchor.find import find
from briefing.anchor.fold import Folded, fold
from briefing.model import MatchLevel, Selector
from briefing.model.places import Span

BLOCK = 256
"""Characters whose word edges are read at once."""
ALIKE = 1500
"""Places with the same words that are compared; with more of them nothing is foreseen."""

READ = 400
"""Characters before and behind a place by which it is sorted."""
LAST = "\U0010ffff"
"""What no text has: it sorts behind everything that begins with a key."""

Context = tuple[int, int]
"""Where a prefix begins and where a suffix ends; the span's own ends where there is none."""

Edge = Callable[[str, int], bool]


class CachedPlaces(Struct):
    """Places that are read once, as far as somebody asks, and gone through many times."""

    rest: Iterator[int]
    known: list[int] = field(default_factory=list)

    def __iter__(self) -> Iterator[int]:
        at = 0
        while at < len(self.known) or self._read_one_more():
            yield self.known[at]
            at += 1

    def _read_one_more(self) -> bool:
        found = next(self.rest, None)
        if found is not None:
            self.known.append(found)
        return found is not None


class Edges(Struct, frozen=True):
    """Where the words of a text may begin a prefix, and where they may end a suffix."""

    text: str
    starts: dict[int, list[int]] = field(default_factory=dict)
    """By the number of the block; filled as they are asked for. Likewise `stops`."""
    stops: dict[int, list[int]] = field(default_factory=dict)

    def before(self, at: int) -> Iterator[int]:
        """Yield where words begin, from an offset towards the start of the text; marks alone are no context to read."""
        blocks = (self._in_block(self.starts, block, _starts_context) for block in range(at // BLOCK, -1, -1))
        places = chain.from_iterable(map(reversed, blocks))
        return dropwhile(lambda start: not any(map(str.isalnum, self.text[start:at])), places)

    def after(self, at: int) -> Iterator[int]:
        """Yield where words end, from an offset towards the end of the text; marks alone are no context to read."""
        last = len(self.text) // BLOCK
        blocks = (self._in_block(self.stops, block, _ends_context) for block in range(at // BLOCK, last + 1))
        places = chain.from_iterable(blocks)
        return dropwhile(lambda end: not any(map(str.isalnum, self.text[at:end])), places)

    def _in_block(self, known: dict[int, list[int]], block: int, edge: Edge) -> list[int]:
        if block not in known:
            places = range(block * BLOCK, min((block + 1) * BLOCK, len(self.text) + 1))
            known[block] = [at for at in places if edge(self.text, at)]
        return known[block]


@lru_cache(maxsize=4)
def edges(text: str) -> Edges:
    """Return the word edges of a text; those of the last few are kept."""
    return Edges(text)


def _starts_context(text: str, at: int) -> bool:
    return at < len(text) and not text[at].isspace() and _may_end_word(text, at) and begins(text, at)


def _ends_context(text: str, at: int) -> bool:
    return text[at - 1 : at].strip() != "" and _may_end_word(text, at) and ends(text, at)


def _may_end_word(text: str, at: int) -> bool:
    """Return whether white space, an end of the text, or a script without spaces lets a word end here."""
    if not 0 < at < len(text):
        return True
    left, right = text[at - 1], text[at]
    return left.isspace() or right.isspace() or spaceless(left) or spaceless(right)


def foresee(text: str, span: Span) -> Callable[[Context], bool] | None:
    """Return how to tell nearly always, at little cost, whether a context makes a selector of a span unique.

    The places with the same words are sorted once by what is before and behind them; then those that are the same
    farthest are neighbours. None where there are too many.
    """
    folded = fold(text, MatchLevel.SPACE)
    sorted_ = _sort_places(text, span.of(text))
    own = _sides_of_span(folded, span)
    if sorted_ is None or own not in sorted_.places:
        return None
    most_before, most_after = sorted_.most_alike(own)
    likewise = sorted_.alike(own)

    def unique(context: Context) -> bool:
        before = own[0] - folded.offset(context[0]) if context[0] < span.start else 0
        after = folded.offset(context[1]) - own[1] if context[1] > span.end else 0
        if before > most_before or after > most_after:
            return True
        return bool(before and after) and not likewise(before, after)

    return unique


Sides = tuple[int, int]
"""Where what is before a place ends in the folded text, and where what is behind it begins."""


class _Sorted(Struct, frozen=True):
    """Places with the same words, in two orders."""

    text: str
    """Folded."""
    places: frozenset[Sides]
    orders: tuple[list[tuple[str, Sides]], list[tuple[str, Sides]]]
    """By what is before them, read backwards, and by what is behind them, as far as `READ`."""

    def most_alike(self, own: Sides) -> tuple[int, int]:
        """Return how far the likest other place is the same before, and how far behind."""
        before = [_same_before(self.text, own[0], one[0]) for one in self._neighbour_places(own, 0)]
        after = [_same_after(self.text, own[1], one[1]) for one in self._neighbour_places(own, 1)]
        return max(before, default=-1), max(after, default=-1)

    def _neighbour_places(self, own: Sides, side: int) -> list[Sides]:
        """Return the places next to one: all that are the same as far as was read, for their order says nothing."""
        order, key = self.orders[side], _read_side(self.text, own, side)
        first, end = bisect_left(order, (key,)), bisect_right(order, (key, (len(self.text) + 1, 0)))
        return [one for _, one in order[max(first - 1, 0) : end + 1] if one != own]

    def alike(self, own: Sides) -> Callable[[int, int], bool]:
        """Return whether another place is the same for so many characters before and behind."""
        read = _read_side(self.text, own, 0), _read_side(self.text, own, 1)

        def found(before: int, after: int) -> bool:
            keys = read[0][:before], read[1][:after]
            one, other = (_places_beginning(order, key) for order, key in zip(self.orders, keys, strict=True))
            fewest, side = (one, 1) if len(one) <= len(other) else (other, 0)
            return any(
                place != own and _read_side(self.text, place, side).startswith(keys[side]) for _, place in fewest
            )

        return found


def _read_side(text: str, place: Sides, side: int) -> str:
    """Return what is before a place, read backwards, or behind it."""
    return text[place[1] : place[1] + READ] if side else text[max(place[0] - READ, 0) : place[0]][::-1]


def _places_beginning(order: list[tuple[str, Sides]], key: str) -> list[tuple[str, Sides]]:
    """Return the places of which what was read begins with a key."""
    return order[bisect_left(order, (key,)) : bisect_left(order, (key + LAST,))]


@lru_cache(maxsize=32)
def _sort_places(text: str, exact: str) -> _Sorted | None:
    """Return the places of some words, sorted; None where there are too many."""
    matches = find(text, Selector(exact), ALIKE + 1)
    if len(matches) > ALIKE:
        return None
    folded = fold(text, MatchLevel.SPACE)
    places = {_sides_of_span(folded, match.span) for match in matches}
    before, after = (sorted((_read_side(folded.text, place, side), place) for place in places) for side in (0, 1))
    return _Sorted(folded.text, frozenset(places), (before, after))


def _sides_of_span(folded: Folded, span: Span) -> Sides:
    left, right = folded.offset(span.start), folded.offset(span.end)
    while left and folded.text[left - 1].isspace():
        left -= 1
    while right < len(folded.text) and folded.text[right].isspace():
        right += 1
    return left, right


def _same_before(text: str, one: int, other: int) -> int:
    """Return how many characters before two places are the same."""
    most = min(one, other)
    return _greatest_same(most, lambda size: text.endswith(text[one - size : one], 0, other))


def _same_after(text: str, one: int, other: int) -> int:
    most = len(text) - max(one, other)
    return _greatest_same(most, lambda size: text.startswith(text[one : one + size], other))


def _greatest_same(most: int, same: Callable[[int], bool]) -> int:
    """Return the greatest size that is the same, up to `most`: by doubling, then halving."""
    size = 1
    while size <= most and same(size):
        size *= 2
    least = size // 2 + 1 if size > 1 else 0
    return bisect_left(range(min(size, most + 1)), True, lo=least, key=lambda n: not same(n)) - 1


FARTHEST = 1000
"""Words of context that are tried one by one; a text that repeats itself for longer gets all of its context."""

_SPACE = re.compile(f"[{BREAKING_SPACES}]+")

Unique = Callable[[Context], bool]


def describe(text: str, span: Span) -> Selector:
    """Return the smallest selector that is unique: `find(text, describe(text, span))` is that span alone.

    The words alone if they are; else with a prefix or a suffix of whole words, or both, whichever is shortest. Raises
    ValueError where no selector can find the span: it begins or ends with white space or inside a word.
    """
    return _find_smallest(text, span, str)


def describe_on_one_line(text: str, span: Span) -> Selector:
    """Return the same with line wraps and runs of white space written as one space, so that it can be pasted
    into YAML."""
    return _find_smallest(text, span, lambda words: _SPACE.sub(" ", words))


def _find_smallest(text: str, span: Span, write: Callable[[str], str]) -> Selector:
    if not whole(text, span):
        raise ValueError("the span begins or ends with white space, or inside a word, a number or a character")

    def selector(context: Context) -> Selector:
        before, after = text[context[0] : span.start], text[span.end : context[1]]
        return Selector(write(span.of(text)), write(before.strip()), write(after.strip()))

    def unique(context: Context) -> bool:
        return [match.span for match in find(text, selector(context), limit=2)] == [span]

    alone = (span.start, span.end)
    exact = span.of(text)
    if write(exact) == exact and text.find(exact) == text.rfind(exact):  # what is there once needs no search
        return Selector(exact)
    if unique(alone):
        return selector(alone)
    search = _Search(text, span, unique, foresee(text, span))
    found = [context for context in search.widened() if context]
    return selector(min(found, key=lambda context: context[1] - context[0], default=(0, len(text))))


class _Search(Struct, frozen=True):
    """A span whose words are in other places too."""

    text: str
    span: Span
    unique: Unique
    foreseen: Unique | None
    """What is likely to be unique; None where nothing is foreseen."""

    def widened(self) -> Iterator[Context | None]:
        """Yield the least context before, after, and on both sides that makes a selector unique."""
        start, end = self.span.start, self.span.end
        before = CachedPlaces(islice(edges(self.text).before(start), FARTHEST))
        after = CachedPlaces(islice(edges(self.text).after(end), FARTHEST))
        yield self._first_proved(lambda: ((place, end) for place in before))
        yield self._first_proved(lambda: ((start, place) for place in after))
        both = self._first_proved(lambda: self._equal_sides(before, after))
        if both:
            _, end = both
            both = self._first_proved(lambda: ((place, end) for place in before)) or both
            start, _ = both
            yield self._first_proved(lambda: ((start, place) for place in after)) or both

    def _equal_sides(self, before: Iterable[int], after: Iterable[int]) -> Iterator[Context]:
        """As many words on one side as on the other, while there are any."""
        start, end = self.span.start, self.span.end
        for place, other in zip_longest(before, after):
            start, end = start if place is None else place, end if other is None else other
            yield start, end

    def _first_proved(self, contexts: Callable[[], Iterator[Context]]) -> Context | None:
        """Return the first context that makes the selector unique, None without: the foreseen one where it proves
        right."""
        if self.foreseen:
            likely = _search_first(contexts(), self.foreseen)
            if likely.unique == (likely.context is not None and self.unique(likely.context)) and not (
                likely.unique and likely.before and self.unique(likely.before)
            ):
                return likely.context if likely.unique else None
        found = _search_first(contexts(), self.unique)
        return found.context if found.unique else None


class _Found(Struct, frozen=True):
    """What a search came to."""

    context: Context | None
    """The first that is unique, else the last that there is; None where there is none."""
    before: Context | None
    """The one before it."""
    unique: bool


def _search_first(contexts: Iterator[Context], unique: Unique) -> _Found:
    """Return the first unique context: by doubling, then halving, since more context never finds more."""
    seen: list[Context] = []
    while more := list(islice(contexts, max(1, len(seen)))):
        tried = len(seen)
        seen += more
        if unique(seen[-1]):
            at = bisect_left(seen, True, lo=tried, hi=len(seen) - 1, key=unique)
            return _Found(seen[at], seen[at - 1] if at else None, True)
    return _Found(seen[-1] if seen else None, None, False)
