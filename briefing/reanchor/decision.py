"""Decide which place in the new text is a target's, if any: all evidence is weighed here, and doubt means gone.

The rules come from what other tools get wrong: treating a look-alike as a passage that was deleted is worse than an
author who is asked once more.

Duplicates: distinguish passages with the same words: which place of the new text is which passage of the old one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from briefing.anchor.alignment import Alignment, sides
from briefing.anchor.words import SoughtWords, View, around
from briefing.model.places import Span
from briefing.reanchor.correspondence import ROW, Links

LONG_WORDS, LONG_CHARACTERS = 5, 20
"""From so many words and characters on, words that occur once in both texts are the same words wherever they are."""
SEVERAL_WORDS, SEVERAL_CHARACTERS = 3, 12
"""The same for words between the links between which they were."""
STANDS = 0.5
"""How much of what was on one side must be there for that side to speak for a place."""
FIRM = 0.75
"""The same for both sides together, where the words need no comparison with others."""
BOTH_SIDES, ONE_SIDE, NO_SIDE = 0.42, 0.6, 0.6
"""How like changed words must be, by how many sides speak for the place; with none, they must come from there."""
BOTH_ALONE, ONE_ALONE = 0.55, 0.7
"""The same where there is no old text: a few words on either side are all that tells a passage from one like it."""
MOVED = 0.7
"""How like they must be elsewhere, with both ends, where a row comes from the target and none from others."""
LEFT, LEFT_BESIDE = 0.65, 0.5
"""How like they must be where the other passages with the target's words have their places and this one is left; and
where one side speaks for it besides."""
KEPT = 0.7
"""How much of the target must be left there: a part of it may be in any sentence that is like it."""
ROWS, PURE = 3, 4
"""How many rows of words must come from the target's place, and how many times more than from elsewhere, to say so."""
MOSTLY = 0.85
"""From so much on, words were only cut out, or only put in; then `PART` of likeness is enough between both sides."""
PART = 0.3
RIVAL = 0.12
"""Two places this close in likeness, with as many sides, are a doubt."""
SHOWN = 0.3
"""Less like than this is not worth an author's look."""

DELETED = "the words before and after it now follow each other: it was deleted"


@dataclass(frozen=True, slots=True)
class CandidatePlace:
    """A place in the new text with all that is known of it."""

    span: Span
    fit: Alignment
    verbatim: bool
    own: int = 0
    """Rows of words here that come from the target's place in the old text."""
    foreign: int = 0
    """Rows that come from elsewhere there."""
    framed: tuple[bool, bool] = (False, False)
    """Whether the nearest linked rows before and behind are as far away as they were."""
    other: bool = False
    """Whether it is rather another passage of the old text."""
    within: bool = False
    """Whether it is among few words between the links between which the target was."""
    left: bool = False
    """Whether it is what is left for the target when the other passages with its words have their places."""

    @property
    def before(self) -> bool:
        """Whether what was before still speaks for it."""
        return self.framed[0] or (self.fit.before or 0) >= STANDS

    @property
    def after(self) -> bool:
        """Whether what was behind still speaks for it."""
        return self.framed[1] or (self.fit.after or 0) >= STANDS

    @property
    def sides(self) -> int:
        """How many sides speak for it."""
        return self.before + self.after

    @property
    def rank(self) -> tuple[float, ...]:
        """To compare places by."""
        worth = self.fit.worth + 0.2 * self.sides + 0.15 * self.fit.held
        return self.verbatim and self.sides > 0, worth, self.fit.around + sum(self.framed)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The place that was chosen, or why none was."""

    place: CandidatePlace | None
    because: str


@dataclass(frozen=True, slots=True)
class Case:
    """What is known besides the places."""

    new: View
    wanted: SoughtWords
    characters: int
    """Of the target."""
    old_known: bool
    alone: bool
    """Whether nothing is known of what was around, nor of the old text."""
    once: bool
    """Whether the words occur once in the new text, and once in the old one if that is known."""
    last_left: bool
    """Whether the words were several times, and one place is not another passage's."""
    closed: bool
    """Whether what was before and behind the target now touches."""

    @property
    def several(self) -> bool:
        """Whether the words are enough to be the same in their old place, whatever is around them now."""
        return len(self.wanted.target) >= SEVERAL_WORDS and self.characters >= SEVERAL_CHARACTERS

    @property
    def stays(self) -> bool:
        """Whether several words that occur once are theirs where they are between the links that they were between."""
        return self.several and self.once and not self.closed

    @property
    def long(self) -> bool:
        """Whether the words are many enough to be the same wherever they are."""
        count = len(self.wanted.target)
        return (count >= LONG_WORDS and self.characters >= LONG_CHARACTERS) or (
            count >= LONG_WORDS - 1 and self.characters >= LONG_CHARACTERS + 5
        )


def choose_place(case: Case, places: Sequence[CandidatePlace]) -> Verdict:
    """Choose a place, or say why none is sure."""
    sure = sorted((place for place in places if not refusal(case, place)), key=lambda place: place.rank, reverse=True)
    if not sure:
        return Verdict(None, _why_none(case, places))
    best = sure[0]
    rivals = [place for place in sure[1:] if not place.span.overlaps(best.span) and _are_rivals(best, place)]
    if rivals:
        return Verdict(None, "several places fit equally well")
    return Verdict(best, "")


def refusal(case: Case, place: CandidatePlace) -> str:
    """Return why a place is only a suggestion; empty where it is sure enough."""
    if place.other or (place.foreign > place.own and not (place.verbatim and case.last_left)):
        return "the old text already had these words, elsewhere"
    return _doubt_of_words(case, place) if place.verbatim else _doubt_of_likeness(case, place)


def _doubt_of_words(case: Case, place: CandidatePlace) -> str:
    if case.alone or place.sides or (place.within and case.stays):
        return ""
    if case.closed and not (case.old_known and case.long and (case.once or place.left)):
        return DELETED
    if not case.long:
        return "so few words can occur anywhere, and the words around them are different here"
    if not case.old_known:
        return "the words around them are different here, and there is no old text to compare"
    if not (case.once or case.last_left):
        return "the words occur in several places, and the words around them are different in all of them"
    return ""


def _doubt_of_likeness(case: Case, place: CandidatePlace) -> str:
    if case.alone:
        return "similar words are not enough where nothing is known of the words around them"
    if case.long and (_comes_from_target(place) or _is_where_it_was(case, place)):
        return ""
    if case.closed and place.sides < 2:
        return DELETED
    if not place.sides:
        return "similar words, but in a different place"
    if place.sides == 2 or place.fit.replaces:
        enough = _is_enough_between(case, place)
    else:
        beside = place.left and min(place.fit.likeness, place.fit.kept) >= LEFT_BESIDE
        enough = place.fit.worth >= (ONE_SIDE if case.old_known else ONE_ALONE) or beside
    return "" if enough else "too few of its words are left"


def _comes_from_target(place: CandidatePlace) -> bool:
    """Return whether rows of the words come from the target's place, so many that they may be anywhere now."""
    if place.own >= max(ROWS, PURE * place.foreign) and place.fit.likeness >= NO_SIDE:
        return True
    return bool(place.own) and not place.foreign and place.fit.held == 2 and place.fit.likeness >= MOVED


def _is_where_it_was(case: Case, place: CandidatePlace) -> bool:
    """Return whether a place is between the same links, or what is left when the other passages have theirs."""
    if place.fit.likeness < LEFT:
        return False
    return place.left and place.fit.kept >= KEPT if case.closed else place.within or place.left


def _is_enough_between(case: Case, place: CandidatePlace) -> bool:
    """Return whether enough is left of words where both sides speak for their place."""
    if place.fit.replaces or not case.old_known:
        return place.fit.replaces or place.fit.worth >= BOTH_ALONE
    only_cut_or_put_in = place.fit.likeness >= PART and max(place.fit.kept, place.fit.own) >= MOSTLY
    return place.fit.likeness >= BOTH_SIDES or (only_cut_or_put_in and place.within)


def _are_rivals(best: CandidatePlace, place: CandidatePlace) -> bool:
    """Return whether two places are so alike in all evidence that choosing would be a guess."""
    if best.verbatim and best.sides and not place.verbatim:
        return False
    if place.verbatim and best.verbatim:
        return place.rank[2] > best.rank[2] - 0.4 and place.own >= best.own
    return place.sides >= best.sides and place.fit.likeness > best.fit.likeness - RIVAL


def _why_none(case: Case, places: Sequence[CandidatePlace]) -> str:
    if case.closed:
        return DELETED
    likely = [place for place in places if place.fit.likeness >= SHOWN]
    if not likely:
        return "nothing in the new text is similar to it"
    return refusal(case, max(likely, key=lambda place: place.rank))


# --- duplicates ------------------------------------------------------------------------------------------------------


SURE = 0.25
"""How much more must speak for one pair than for another that is as well possible."""
SPOKEN = 0.75
"""How much must speak for a pair where there are fewer places than passages."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Which place (row) is which passage (column)."""

    table: Sequence[Sequence[float]]
    passages: Mapping[int, int]
    """The passage of each place that has one."""

    def own_place(self, mine: int) -> int | None:
        """Return the place of a passage; None where that is not sure.

        It is sure where nothing else that remains could be there instead: no passage without a place is as near to it,
        and no place without a passage as near to `mine`. Where a passage has vanished, something must speak for the
        place.
        """
        place = next((row for row, column in self.passages.items() if column == mine), None)
        if place is None:
            return None
        value = self.table[place][mine]
        without = [column for column in range(len(self.table[0])) if column not in self.passages.values()]
        doubt = [self.table[place][column] for column in without]
        doubt += [self.table[row][mine] for row in range(len(self.table)) if row not in self.passages]
        return place if value - max(doubt, default=-1.0) >= SURE and not (without and value < SPOKEN) else None


def pair_passages(table: Sequence[Sequence[float]]) -> Pairing:
    """Pair places with passages: those first for which most speaks, of equal ones those that keep the order.

    The last place and the last passage belong together if nothing else is left.
    """
    rows, columns = range(len(table)), range(len(table[0]))
    passages: dict[int, int] = {}
    for value, _, row, column in sorted(
        ((table[r][c], -abs(r - c), r, c) for r in rows for c in columns), reverse=True
    ):
        last = len(passages) == len(table) - 1 == len(table[0]) - 1
        if row not in passages and column not in passages.values() and (value > 0 or last):
            passages[row] = column
    return Pairing(table, passages)


PAIRED = 0.45
"""Likeness from which changed words may be one of the passages."""
WIDTHS = 3, 8, 24
"""Words on either side that are compared to see whether a place is an old one with the same words."""
LINE = 0.3
"""How much it counts that a line begins, or ends, with both."""
MANY = 36
"""Pairs beyond which places for which no side speaks are not paired: they would be a guess."""
LIKE = 2.0
"""How much likeness counts beside what is around: as much as both sides."""


@dataclass(frozen=True, slots=True)
class RepeatedWords:
    """Where the words are in the old text, the target among them, and what both texts say of it."""

    new: View
    old: View
    links: Links
    stood: Sequence[tuple[int, int]]
    """The words of each passage, in the order of the text."""
    there: tuple[int, int]
    wanted: SoughtWords

    def distinguished(self, places: Sequence[CandidatePlace]) -> list[CandidatePlace]:
        """Return the places, with those marked that are, or may as well be, another passage than the target."""
        if len(self.stood) < 2:
            return list(places)
        places = [
            replace(place, other=True) if place.verbatim and self._is_accounted_for(place.fit.words) else place
            for place in places
        ]
        candidates = self._candidates(places)
        if not candidates:
            return places
        passages = [(there, around(self.wanted, self.old, there)) for there in self.stood]
        pairing = pair_passages([[self._nearness(place, *passage) for passage in passages] for place in candidates])
        mine = self.stood.index(self.there)
        own = pairing.own_place(mine)
        left = None if own is None or candidates[own].other else candidates[own]
        others = {id(candidates[number]) for number, passage in pairing.passages.items() if passage != mine}
        return [self._mark_place(place, place is left, id(place) in others) for place in places]

    def _candidates(self, places: Sequence[CandidatePlace]) -> list[CandidatePlace]:
        """Return the places that may be one of the passages, in the order of the text."""
        candidates = [place for place in places if place.verbatim or self._may_be(place)]
        if len(candidates) * len(self.stood) > MANY:
            candidates = [place for place in candidates if place.sides]
        return sorted(candidates, key=lambda place: place.span)

    def _may_be(self, place: CandidatePlace) -> bool:
        """Return whether changed words may be one of the passages."""
        if place.fit.likeness < PAIRED or place.other:
            return False
        rows = place.own + place.foreign
        return 2 * sum(self.links.origin(place.fit.words, there)[0] for there in self.stood) >= rows

    def _is_accounted_for(self, here: tuple[int, int]) -> bool:
        """Return whether the old text has a place with these words and what is next to them here, but not the target's.

        As many words on either side are taken as it needs to tell the target from it.
        """
        for width in WIDTHS:
            first, end = max(here[0] - width, 0), min(here[1] + width, len(self.new.words))
            start, stop = self.there[0] - (here[0] - first), self.there[1] + (end - here[1])
            if start < 0 or list(self.new.words[first:end]) != list(self.old.words[start:stop]):
                return self.old.count(self.new, first, end) >= self.new.count(self.new, first, end)
        return False

    def _mark_place(self, place: CandidatePlace, mine: bool, theirs: bool) -> CandidatePlace:
        if mine:
            return replace(place, own=max(place.own, self._count_own_rows(place.fit)), left=True)
        return replace(place, other=place.other or theirs or place.verbatim)

    def _nearness(self, place: CandidatePlace, there: tuple[int, int], wanted: SoughtWords) -> float:
        """Return how much speaks for a place being a passage: what is around both, near and farther, and the order."""
        before, after = sides(self.new, wanted, *place.fit.words)
        own, _ = self.links.origin(place.fit.words, there)
        far = sum(self.links.framed(place.fit.words, there)) + self.links.holds(place.fit.words, there)
        lines = self._begins_line(place.fit.start, there[0]) + self._begins_line(place.fit.end, there[1])
        return (before or 0) + (after or 0) + 0.5 * far + LINE * lines + (own > 0) + LIKE * (place.fit.likeness - 1)

    def _begins_line(self, here: int, there: int) -> bool:
        return self.new.begins_line(here) and self.old.begins_line(there)

    def _count_own_rows(self, fit: Alignment) -> int:
        """Return how many rows of words here are in the old text in these passages alone."""
        rows = {self._row_at(self.old, at) for at in range(self.there[0], self.there[1] - ROW + 1)}
        here = [self._row_at(self.new, at) for at in range(fit.start, fit.end - ROW + 1)]
        return sum(row in rows and self.links.old_counts[row] <= len(self.stood) for row in here)

    @staticmethod
    def _row_at(text: View, at: int) -> tuple[str, ...]:
        return tuple(text.words[at : at + ROW])
