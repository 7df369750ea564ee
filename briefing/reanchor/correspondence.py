"""Which words of the new text come from which words of the old one.

Rows of words that occur once in either text link the two (as patience diff does with lines). Links are evidence and
never a verdict: they tell a passage from its look-alikes, because a look-alike has its own place in the old text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from msgspec.structs import replace

from briefing.anchor.words import View

ROW = 4
"""Words of a row. Three were often enough to be unique by chance, five leave short sentences without any."""
CONFINED = 60
"""Words besides some between two links up to which their place says something."""
SHARED = 2
"""Words of a row that must belong to a place before it says that the place comes from elsewhere: one is chance."""
REACH = 60
"""Words within which the nearest link still says something about a place."""


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """Rows that occur once in both texts, by the number of their first word in the new one."""

    new: Sequence[int]
    old: Sequence[int]
    in_order: Sequence[bool]
    """Whether each belongs to the longest run of links that kept their order."""
    kept_new: Sequence[int]
    """Those alone, with the ends of the text before and behind; likewise `kept_old`."""
    kept_old: Sequence[int]
    sizes: tuple[int, int]
    """How many words the new text has, and the old one."""
    old_counts: Mapping[tuple[str, ...], int]
    """How often each row is in the old text."""

    def origin(self, here: tuple[int, int], there: tuple[int, int]) -> tuple[int, int]:
        """Return how many rows that touch some words of the new text come from some words of the old, and how
        many not."""
        first, end = bisect_right(self.new, here[0] - ROW), bisect_left(self.new, here[1])
        own = sum(there[0] - ROW < old < there[1] for old in self.old[first:end])
        least = min(SHARED, here[1] - here[0])
        shared = [min(at + ROW, here[1]) - max(at, here[0]) for at in self.new[first:end]]
        return own, sum(
            not there[0] - ROW < old < there[1] and words >= least
            for old, words in zip(self.old[first:end], shared, strict=True)
        )

    def framed(self, here: tuple[int, int], there: tuple[int, int]) -> tuple[bool, bool]:
        """Return whether the nearest link before, and the one behind, are as far from these words as they did
        before."""
        before, after = bisect_right(self.new, here[0] - ROW) - 1, bisect_left(self.new, here[1])
        return self._as_far(before, here[0], there[0]), self._as_far(after, here[1], there[1])

    def _as_far(self, link: int, here: int, there: int) -> bool:
        if not 0 <= link < len(self.new):
            return False
        return abs(self.new[link] - here) <= REACH and self.new[link] - here == self.old[link] - there

    def kept_order(self, here: tuple[int, int], there: tuple[int, int]) -> bool:
        """Return whether words that come from `there` kept their place in the order of the text; where no row of their
        own tells, the nearest link does. True without any."""
        if not self.new:
            return True
        first, end = bisect_right(self.new, here[0] - ROW), bisect_left(self.new, here[1])
        own = [link for link in range(first, end) if there[0] - ROW < self.old[link] < there[1]]
        if own:
            return any(self.in_order[link] for link in own)
        near = [link for link in (first - 1, end) if 0 <= link < len(self.new)]
        return not near or self.in_order[min(near, key=lambda link: abs(self.new[link] - here[0]))]

    def holds(self, here: tuple[int, int], there: tuple[int, int]) -> bool:
        """Return whether some words are between the links that kept their order between which they were."""
        _, (first, end) = self.between(there)
        return first <= here[0] and here[1] <= end

    def confines(self, here: tuple[int, int], there: tuple[int, int]) -> bool:
        """Return the same where there are few other words between those links, in either text."""
        (start, stop), (first, end) = self.between(there)
        others = max(stop - start - (there[1] - there[0]), end - first - (here[1] - here[0]))
        return first <= here[0] and here[1] <= end and others <= CONFINED

    def between(self, there: tuple[int, int]) -> tuple[tuple[int, int], tuple[int, int]]:
        """Return the words of the old text between the nearest links that kept their order, before and behind some
        words, with those links; and the words of the new text between the same. The ends of the texts are links too."""
        at, behind = bisect_right(self.kept_old, there[0] - ROW) - 1, bisect_left(self.kept_old, there[1])
        old = (self.kept_old[at], self.kept_old[behind] + ROW)
        return (max(old[0], 0), min(old[1], self.sizes[1])), (
            max(self.kept_new[at], 0),
            min(self.kept_new[behind] + ROW, self.sizes[0]),
        )


@lru_cache(maxsize=4)
def linked_words(new: View, old: View) -> tuple[View, View]:
    """Return both texts with words that say where they come from: one that is sure to come from a word of the old text
    equals this one alone, so that no passage is made of words of its neighbours.

    Rows that occur once are sure, and what is equal before and behind them, as far as whole sentences are. The first
    words of a sentence are not: another may begin with them.
    """
    here, there = list(new.words), list(old.words)
    for shift, start, end in _equal_stretches(new, old, links(new, old)):
        for at in range(start, end):
            here[at] = there[at + shift] = f"{new.words[at]}\0{at + shift}"
    return replace(new, words=here), replace(old, words=there)


def _equal_stretches(new: View, old: View, of: Links) -> Iterator[tuple[int, int, int]]:
    """Yield stretches of the new text that are sure to come from the old one: how much further on they were there,
    the first word and the one after the last. They do not overlap."""
    done, row = 0, 0
    while row < len(of.new):
        at, shift = of.new[row], of.old[row] - of.new[row]
        back, on = range(at - 1, max(done, -shift) - 1, -1), range(at, min(len(new.words), len(old.words) - shift))
        start = next((n + 1 for n in back if new.words[n] != old.words[n + shift]), min(at, back.stop + 1))
        end = next((n for n in on if new.words[n] != old.words[n + shift]), on.stop)
        last = at + ROW
        while row < len(of.new) and of.new[row] + ROW <= end and of.old[row] - of.new[row] == shift:
            last = of.new[row] + ROW
            row += 1
        both = [n for n in range(max(start, done), end + 1) if _begins_sentences(new, old, n, shift)]
        first = next((n for n in both if n < at + ROW), max(at, done))
        done = next((n for n in reversed(both) if n > last - ROW), last)
        yield shift, first, done


def _begins_sentences(new: View, old: View, at: int, shift: int) -> bool:
    """Return whether a sentence begins with a word of both texts."""
    return new.begins_sentence(at) and old.begins_sentence(at + shift)


@lru_cache(maxsize=4)
def links(new: View, old: View) -> Links:
    """Return the links of two texts; those of the last few pairs are kept."""
    counts = Counter(_rows_of(old.words))
    here, there = _unique_rows(new.words), _unique_rows(old.words)
    pairs = sorted((at, there[row]) for row, at in here.items() if row in there)
    kept = set(_longest_increasing([old_at for _, old_at in pairs]))
    order = [number in kept for number in range(len(pairs))]
    chain = [(-ROW, -ROW), *(pairs[number] for number in sorted(kept)), (len(new.words), len(old.words))]
    return Links(
        new=[at for at, _ in pairs],
        old=[at for _, at in pairs],
        in_order=order,
        kept_new=[at for at, _ in chain],
        kept_old=[at for _, at in chain],
        sizes=(len(new.words), len(old.words)),
        old_counts=counts,
    )


def _rows_of(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return zip(*(words[shift:] for shift in range(ROW)), strict=False)


def _unique_rows(words: Sequence[str]) -> dict[tuple[str, ...], int]:
    found: dict[tuple[str, ...], int] = {}
    for at, row in enumerate(_rows_of(words)):
        found[row] = -1 if row in found else at
    return {row: at for row, at in found.items() if at >= 0}


def _longest_increasing(values: Sequence[int]) -> list[int]:
    """Return the indexes of a longest increasing run (patience sorting)."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, value in enumerate(values):
        pile = bisect_left(tails, value)
        before.append(ends[pile - 1] if pile else -1)
        tails[pile : pile + 1] = [value]
        ends[pile : pile + 1] = [index]
    run: list[int] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        run.append(at)
        at = before[at]
    return run[::-1]
