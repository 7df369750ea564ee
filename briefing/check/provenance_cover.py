"""Account for every word of an original: lay source paragraphs, comments and what is left out over it.

One walk from the first word to the last. Paragraphs are taken in their order, comments in theirs, what is left out
anywhere; where several fit, the longest is taken. A paragraph or comment that cannot be laid is passed over, so that
one changed word does not spoil all that follows. Of those in another order than in the original as few as can be are
passed over: the ones that are not in the longest run that has its order, as a diff would say which lines were moved.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import accumulate

from msgspec import Struct, field

Words = tuple[str, ...]

_BEGINNING = 3
"""Words by which a piece is looked up in the original."""
_OFTEN = 50
"""Places of such words from which on it is not said where their piece is: many pieces begin so."""
_AHEAD = 4
"""Pieces beyond the next one that are tried where nothing fits: an author who slipped in one line slipped in few."""


class Lost(Struct, frozen=True):
    """A piece that was not laid."""

    kind: str
    """`paragraph`, `comment` or `left out`."""
    number: int
    """Its index among those of its kind."""


class Cover(Struct, frozen=True):
    """What the walk left open."""

    lost: tuple[Lost, ...]
    bare: tuple[tuple[int, int], ...]
    """Stretches of the original that nothing covers: first word and the one after the last."""
    bridged: tuple[tuple[int, int, int], ...] = ()
    """Stretches that only comments without words cover: first word, the one after the last, and the index of the
    first of these comments."""


def cover(original: Words, paragraphs: Sequence[Words], comments: Sequence[Words], left_out: Sequence[Words]) -> Cover:
    """Lay all pieces over the original; a comment without words covers the gap between its neighbours."""
    laid = _Queue("paragraph", paragraphs, original), _Queue("comment", comments, original)
    walk = _Walk(original, *laid, _by_first_word(left_out))
    while walk.at < len(original):
        if not (walk.lay() or walk.give_up() or walk.bridge()):
            walk.leave_bare()
    lost = [*walk.lost, *walk.paragraphs.rest(), *walk.comments.rest()]
    lost += [Lost("left out", number) for pieces in walk.left_out.values() for number, _ in pieces]
    return Cover(tuple(lost), tuple(walk.bare), tuple(walk.bridged))


def _by_first_word(pieces: Iterable[Words]) -> dict[str, list[tuple[int, Words]]]:
    found: dict[str, list[tuple[int, Words]]] = {}
    for number, words in enumerate(pieces):
        if words:
            found.setdefault(words[0], []).append((number, words))
    return found


class _Queue(Struct):
    """Pieces that come in their order."""

    kind: str
    pieces: Sequence[Words]
    original: Words
    next: int = 0
    seen: int = -1
    """Where the next piece was last found to begin, so that it is not looked for at each word."""
    elsewhere: frozenset[int] | None = None
    """Those that are in another place than their order says; found when it is first asked for."""

    def ready(self) -> Words:
        """Return the next piece that has words; nothing at the end."""
        number = self.number()
        return self.pieces[number] if number < len(self.pieces) else ()

    def number(self) -> int:
        """Its index."""
        number = self.next
        while number < len(self.pieces) and not self.pieces[number]:
            number += 1
        return number

    def take(self) -> None:
        """Go on behind the next piece that has words."""
        self.next, self.seen = self.number() + 1, -1

    def gap(self) -> bool:
        """Return whether a piece without words comes next."""
        return self.next < len(self.pieces) and not self.pieces[self.next]

    def ahead(self) -> list[Words]:
        """Return a few pieces after the next one, without those that are in another place."""
        first = self.number() + 1
        few = enumerate(self.pieces[first : first + _AHEAD], first)
        return [words for number, words in few if words and not self.is_elsewhere(number)]

    def is_elsewhere(self, number: int) -> bool:
        """Return whether a piece is in another place than its order says."""
        if self.elsewhere is None:
            self.elsewhere = _out_of_order(_places(self.original, self.pieces))
        return number in self.elsewhere

    def rest(self) -> list[Lost]:
        """Return what has not been laid."""
        return [Lost(self.kind, at) for at in range(self.next, len(self.pieces)) if self.pieces[at]]


def _places(original: Words, pieces: Sequence[Words]) -> dict[int, int]:
    """Return where each piece begins that is in the original once; of short ones it is not asked."""
    begins: dict[Words, list[int]] = {words[:_BEGINNING]: [] for words in pieces if len(words) >= _BEGINNING}
    for at in range(len(original) - _BEGINNING + 1):
        if (found := begins.get(original[at : at + _BEGINNING])) is not None and len(found) < _OFTEN:
            found.append(at)
    places: dict[int, int] = {}
    for number, words in enumerate(pieces):
        near = begins.get(words[:_BEGINNING], ())
        here = [at for at in near if original[at : at + len(words)] == words] if len(near) < _OFTEN else []
        if len(here) == 1:
            places[number] = here[0]
    return places


def _out_of_order(places: dict[int, int]) -> frozenset[int]:
    """Return the pieces that are not in the longest run of which the places increase, given by their numbers."""
    tails: list[int] = []
    """For each length of a run its last place, the smallest that there is."""
    last: list[int] = []
    """The pieces at these places."""
    before: dict[int, int] = {}
    for number, place in places.items():
        length = bisect_left(tails, place)
        if length:
            before[number] = last[length - 1]
        tails[length : length + 1], last[length : length + 1] = [place], [number]
    run = set(last[-1:])
    at = last[-1] if last else -1
    while at in before:
        run.add(at := before[at])
    return frozenset(places.keys() - run)


class _Walk(Struct):
    """How far the original is accounted for."""

    original: Words
    paragraphs: _Queue
    comments: _Queue
    left_out: dict[str, list[tuple[int, Words]]]
    at: int = 0
    among_comments: bool = False
    """Whether the piece laid last, other than what is left out, is a comment; or no paragraph is to come."""
    lost: list[Lost] = field(default_factory=list)
    bare: list[tuple[int, int]] = field(default_factory=list)
    bridged: list[tuple[int, int, int]] = field(default_factory=list)
    joined: str = ""
    """The whole original on one line, to look words up in."""
    offsets: Sequence[int] = ()
    """Where each word begins in it."""

    def __post_init__(self) -> None:
        self.joined = f" {' '.join(self.original)} "
        self.offsets = list(accumulate((len(word) + 1 for word in self.original), initial=0))

    def fits(self, words: Words) -> bool:
        """Return whether words are here."""
        here = self.original[self.at] if words else ""
        return bool(words) and here == words[0] and self.original[self.at : self.at + len(words)] == words

    def occurs(self, queue: _Queue) -> bool:
        """Return whether the next piece stands anywhere from here on."""
        if queue.seen < self.offsets[self.at]:
            queue.seen = self.joined.find(f" {' '.join(queue.ready())} ", self.offsets[self.at])
        return queue.seen >= 0

    def lay(self) -> bool:
        """Lay the longest piece that fits here: of equal ones a paragraph, then a comment."""
        out = next(iter(sorted(self._outs(), key=lambda item: -len(item[1]))), None)
        choices = [
            (len(queue.ready()), queue) for queue in (self.paragraphs, self.comments) if self.fits(queue.ready())
        ]
        length, queue = max(choices, key=lambda choice: choice[0], default=(0, None))
        if out and len(out[1]) > length:
            self.left_out[out[1][0]].remove(out)
            self.at += len(out[1])
            return True
        if queue is None:
            return False
        queue.take()
        self.at += length
        self.among_comments = queue is self.comments or not self.paragraphs.ready()
        return True

    def _outs(self) -> list[tuple[int, Words]]:
        return [item for item in self.left_out.get(self.original[self.at], []) if self.fits(item[1])]

    def give_up(self) -> bool:
        """Pass over a piece that is nowhere behind here, or that only keeps the pieces after it from fitting."""
        for queue in (self.paragraphs, self.comments):
            if queue.ready() and (not self.occurs(queue) or self.blocks(queue)):
                self.lost.append(Lost(queue.kind, queue.number()))
                queue.take()
                return True
        return False

    def blocks(self, queue: _Queue) -> bool:
        """Return whether the next piece is in another place than its order says, or one after it is here."""
        return queue.is_elsewhere(queue.number()) or any(map(self.fits, queue.ahead()))

    def bridge(self) -> bool:
        """Cover a word by a comment that was removed, between its neighbours."""
        if not (self.among_comments and self.comments.gap()):
            return False
        if self.bridged and self.bridged[-1][1:] == (self.at, self.comments.next):
            self.bridged[-1] = (self.bridged[-1][0], self.at + 1, self.comments.next)
        else:
            self.bridged.append((self.at, self.at + 1, self.comments.next))
        self.at += 1
        return True

    def leave_bare(self) -> None:
        """Nothing covers the word here."""
        if self.bare and self.bare[-1][1] == self.at:
            self.bare[-1] = (self.bare[-1][0], self.at + 1)
        else:
            self.bare.append((self.at, self.at + 1))
        self.at += 1
