"""Follow one target from the old text to the new one, and show what differs in its words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from msgspec.structs import replace

from briefing.anchor import Candidate, characters
from briefing.anchor.alignment import (
    SLACK,
    Alignment,
    Region,
    align_between,
    align_exactly,
    align_region,
    compare_words,
    regions,
)
from briefing.anchor.boundaries import cuts, spaceless
from briefing.anchor.find import find, find_folded
from briefing.anchor.fold import words as folded
from briefing.anchor.words import CONTEXT, SoughtWords, View, around, sought, view, words
from briefing.model import MatchLevel, Selector
from briefing.model.places import Span
from briefing.reanchor.correspondence import Links, linked_words, links
from briefing.reanchor.decision import (
    FIRM,
    PAIRED,
    SHOWN,
    STANDS,
    CandidatePlace,
    Case,
    RepeatedWords,
    choose_place,
    refusal,
)

_CHUNK = re.compile(rf"[{characters.SPACELESS}]|[^\s{characters.SPACELESS}]+")


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of words in both versions."""

    was: str
    """In the old words; empty for what was put in."""
    now: str
    """In the new ones; empty for what was taken out. Where both are alike but for typography, the same stretch."""
    same: bool


def difference(was: str, now: str) -> tuple[Difference, ...]:
    """Return the old and the new words side by side, in stretches that are the same and stretches that are not."""
    old, new = list(_CHUNK.finditer(was)), list(_CHUNK.finditer(now))
    found = compare_words([_same_as(word[0]) for word in old], [_same_as(word[0]) for word in new])
    return tuple(Difference(_chunk_text(was, old[a:b]), _chunk_text(now, new[c:d]), same) for a, b, c, d, same in found)


@lru_cache(maxsize=4096)
def _same_as(chunk: str) -> str:
    return folded(chunk, MatchLevel.TYPOGRAPHY)


def _chunk_text(text: str, chunks: list[re.Match[str]]) -> str:
    return " ".join(text[chunks[0].start() : chunks[-1].end()].split()) if chunks else ""


WEAKER = "another place fits as well or better"

Status = Literal["unchanged", "moved", "altered", "gone"]

COMPARED = 6
"""Regions that are compared word by word: with more, nothing more was found in trials, and time grew."""
PLACES = 40
"""Places of the very words that are compared by what is around them."""
OTHERS = 12
"""Other passages of the old text with the same words that a place is held against."""
SURE = 0.7
"""Likeness from which changed words in their old place need no comparison with others."""
STRETCH = 20_000
"""Words between two links beyond which what lies there is not compared as a whole."""
OFFERED = 5
"""Candidates that are given back."""
LONGEST = 100_000
"""Code points of a target beyond which only the very words are looked for, no likeness."""
TOUCH = 3
"""Words on either side that must be next to each other for the gap to count as closed."""


@dataclass(frozen=True, slots=True)
class Followed:
    """What became of a target in a new version of its text."""

    status: Status
    """`unchanged`: the same words in the same order of the text, and the selector still finds them alone. `moved`: the
    same words, but elsewhere, or the selector no longer distinguishes them. `altered`: other words are in their
    place. `gone`: they are not there, or it is not sure where."""
    span: Span | None
    """Where it is in the new text, in code points; None where it is gone."""
    candidates: tuple[Candidate, ...]
    """The place that was taken, then the others, likeliest first, each with the reason against it."""
    because: str
    """Why it is gone; empty otherwise."""
    differences: tuple[Difference, ...]
    """Of an altered target: what changed in its words."""
    skipped: str
    """What was not looked at, to bound the work; empty where everything was."""


def reanchor(text: str, exact: str, prefix: str = "", suffix: str = "", old: str = "") -> Followed:
    """Find in `text`, a new version, what a W3C TextQuoteSelector meant in the old one.

    The old text is evidence where it is given and the selector finds one place in it. With `exact` alone nothing is
    re-anchored by likeness: without the very words the target is gone, with candidates.
    """
    selector = Selector(exact, prefix, suffix)
    places = find(old, selector, 2) if old else ()
    if len(places) < 2:
        return follow(text, selector, old, places[0].span if places else None)
    found = follow(text, selector, "", None)
    because = "the selector matches several places in the old text"
    candidates = tuple(replace(one, because=one.because or because) for one in found.candidates)
    return Followed("gone", None, candidates, because, (), found.skipped)


def follow(text: str, selector: Selector, old: str, span: Span | None) -> Followed:
    """Return the same for a target whose span in the old text is known; None where there is no old text."""
    if not selector.exact.strip() or not text.strip():
        which = "new text" if selector.exact.strip() else "target"
        return Followed("gone", None, (), f"the {which} has no words", (), "")
    search = _Search.of(text, selector, old, span)
    case, places, skipped = search.run()
    verdict = choose_place(case, places)
    offered = _offer_candidates(case, places, verdict.place)
    if verdict.place is None:
        return Followed("gone", None, offered, verdict.because, (), skipped)
    found = verdict.place.span
    if not verdict.place.verbatim:
        changes = difference(selector.exact, found.of(text))
        return Followed("altered", found, offered, "", changes, skipped)
    still = [match.span for match in find(text, selector, 2)] == [found]
    stays = still and (search.links is None or search.links.kept_order(verdict.place.fit.words, search.there))
    return Followed("unchanged" if stays else "moved", found, offered, "", (), skipped)


def _offer_candidates(
    case: Case, places: Sequence[CandidatePlace], taken: CandidatePlace | None
) -> tuple[Candidate, ...]:
    """Return the likeliest places with their scores, each stretch of text once; the one that was taken first."""
    ranked = sorted((place for place in places if place is not taken), key=lambda place: place.rank, reverse=True)
    shown = [taken] if taken else []
    for place in ranked:
        if place.fit.likeness >= SHOWN and not any(place.span.overlaps(other.span) for other in shown):
            shown.append(place)
    return tuple(
        Candidate(
            place.span, round(100 * place.fit.likeness, 1), "" if place is taken else refusal(case, place) or WEAKER
        )
        for place in shown[:OFFERED]
    )


# --- the evidence -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Search:
    """One target, both texts, and what links them."""

    new: View
    old: View | None
    there: tuple[int, int]
    """The target's words in the old text."""
    span: Span | None
    selector: Selector
    wanted: SoughtWords
    links: Links | None
    stood: Sequence[Span] = ()
    """Every place of the very words in the old text, the target's among them; at most `OTHERS`."""
    linked: tuple[View, View] | None = None
    """Both texts with words that equal those alone that they come from, where this is sure."""

    @classmethod
    def of(cls, text: str, selector: Selector, old: str, span: Span | None) -> _Search:
        """Prepare a search; both views and their links are kept for the next target."""
        new = view(text)
        if span is None or not old:
            return cls(new, None, (0, 0), None, selector, _from_selector(selector), None)
        before = view(old)
        there = before.words_in(span)
        opens, closes = before.begins_sentence(there[0]), before.ends_sentence(there[1])
        wanted = around(sought(words(span.of(old)), opens, closes), before, there)
        matches = [match.span for match in find_folded(old, Selector(selector.exact), OTHERS)]
        stood = sorted({*matches[: OTHERS - 1], span}) if len(matches) > 1 else [span]
        linked = linked_words(new, before)
        return cls(new, before, there, span, selector, wanted, links(new, before), stood, linked)

    def run(self) -> tuple[Case, list[CandidatePlace], str]:
        """Return what is known, every place that comes into question, and what was skipped."""
        exact, skipped = self._verbatim_places()
        if self._is_settled(exact):
            return self._make_case(exact, closed=False), exact, skipped
        like: list[Alignment] = []
        if len(self.selector.exact) > LONGEST:
            skipped += f"; words longer than {LONGEST:,} characters are only looked for as they are"
        else:
            like = self._expected_places()
            if not exact and any(map(self._is_sure, like)):
                return self._make_case(exact, closed=False), self._places_of(like), skipped
            like += self._similar_places([place.fit.words for place in exact])
        places = self._with_alike(exact, like)
        if any(place.fit.likeness >= PAIRED for place in places if not place.verbatim):
            places = self._distinguish(places)
            exact = [place for place in places if place.verbatim]
        return self._make_case(exact, self._is_closed(like)), places, skipped.lstrip("; ")

    def _with_alike(self, exact: Sequence[CandidatePlace], like: Sequence[Alignment]) -> list[CandidatePlace]:
        """Return the places of the very words and, the likeliest first, those of words like them beside these."""
        places = list(exact)
        for place in sorted(self._places_of(like), key=lambda place: place.rank, reverse=True):
            if not any(place.span.overlaps(other.span) for other in places):
                places.append(place)
        return places

    def _is_closed(self, like: Sequence[Alignment]) -> bool:
        """Return whether what was before and behind the target now touches, with hardly anything in between."""
        touched = self._count_touching(self.old) if self.old else 0
        few = len(self.wanted.target) / 4
        framed = (fit for fit in like if min(fit.before or 0, fit.after or 0) >= STANDS)
        empty = any(fit.likeness < SHOWN and fit.end - fit.start <= few for fit in framed)
        return empty or self._count_touching(self.new) > touched

    def _make_case(self, exact: Sequence[CandidatePlace], closed: bool) -> Case:
        exact_words = self.selector.exact.strip()
        return Case(
            self.new,
            self.wanted,
            characters=len(exact_words) + sum(map(spaceless, exact_words)),
            old_known=self.old is not None,
            alone=self.old is None and not (self.wanted.before or self.wanted.after),
            once=len(exact) == 1 and len(self.stood) <= 1,
            last_left=any(not place.other for place in exact) and len(self.stood) > 1,
            closed=closed,
        )

    def _is_settled(self, exact: Sequence[CandidatePlace]) -> bool:
        """Return whether the very words are where both sides speak for them, so that nothing that is like them
        matters."""
        own = [place for place in exact if place.sides == 2 and not place.other and place.foreign <= place.own]
        return len(own) == 1 and sum(place.sides > 0 for place in exact) == 1

    def _is_sure(self, fit: Alignment) -> bool:
        """Return whether changed words are where they should, between what was there before."""
        place = self._place_of(fit)
        if place is None or place.other or place.foreign > place.own:
            return False
        return fit.likeness >= SURE and min(fit.before or 0, fit.after or 0) >= FIRM

    # --- the very words ---

    def _verbatim_places(self) -> tuple[list[CandidatePlace], str]:
        """Return the places of the very words."""
        text = self.new.text
        matches = [match.span for match in find_folded(text, Selector(self.selector.exact), PLACES + 1)]
        skipped = ""
        if len(matches) > PLACES:
            by_context = [match.span for match in find(text, self.selector, PLACES)]
            matches = list(dict.fromkeys([*by_context, *self._expected_matches(), *matches]))[:PLACES]
            skipped = f"the words occur in more than {PLACES} places, of which {PLACES} were compared"
        fits = [(span, align_exactly(self.new, self.wanted, *self.new.words_in(span))) for span in matches]
        return self._distinguish([self._with_evidence(span, fit, True) for span, fit in fits]), skipped

    def _expected_matches(self) -> list[Span]:
        """Of words that are nearly everywhere: those where the target should be if nothing had moved."""
        whole = self.new.span(*self.links.between(self.there)[1]) if self.links else None
        if whole is None:
            return []
        here = find_folded(whole.of(self.new.text), Selector(self.selector.exact), PLACES)
        return [Span(whole.start + match.span.start, whole.start + match.span.end) for match in here]

    def _distinguish(self, places: list[CandidatePlace]) -> list[CandidatePlace]:
        """Return the places, with those marked that are another passage of the old text with the same words."""
        if self.old is None or self.links is None or len(self.stood) < 2:
            return places
        stood = [self.old.words_in(span) for span in self.stood]
        return RepeatedWords(self.new, self.old, self.links, stood, self.there, self.wanted).distinguished(places)

    # --- what is like them ---

    def _similar_places(self, known: Sequence[tuple[int, int]]) -> list[Alignment]:
        """Return the alignments of the target with every likely region besides the places of its very words."""
        found = regions(self.new, self.wanted.keys, COMPARED, known)
        if self.wanted.around:
            lead, size = len(self.wanted.before), len(self.wanted.target)
            for region in regions(self.new, self.wanted.around, 2):
                found.append(Region(region.start + lead, max(region.end - len(self.wanted.after), region.start + size)))
        fits = []
        new, wanted = self._with_origins()
        for region in dict.fromkeys(found):  # each has the room between the known places before and behind it
            before = (end for _, end in known if end <= region.start + SLACK)
            behind = (start for start, _ in known if start >= region.end - SLACK)
            room = max(before, default=0), min(behind, default=len(self.new.words))
            fits.append(align_region(new, wanted, region, room))
        return list(dict.fromkeys(fits))

    def _expected_places(self) -> list[Alignment]:
        """Return the alignment of the target where it should be if nothing had moved: between what is linked before and
        behind it."""
        if self.links is None or self.old is None:
            return []
        (start, end), (first, last) = self.links.between(self.there)
        if last - first > STRETCH or end - start > STRETCH:
            return []
        new, wanted = self._with_origins(start, end)
        return [align_between(new, wanted, first, last)]

    def _with_origins(self, start: int | None = None, end: int | None = None) -> tuple[View, SoughtWords]:
        """Return the new text and what is sought, with what is around it from `start` to `end` of the old text; in
        words that say where they come from, if the old text is known."""
        if self.linked is None:
            return self.new, self.wanted
        new, old = self.linked
        target = replace(self.wanted, target=old.words[slice(*self.there)])
        return new, around(target, old, self.there, start, end)

    def _places_of(self, like: Iterable[Alignment]) -> list[CandidatePlace]:
        return [place for place in map(self._place_of, like) if place]

    def _place_of(self, fit: Alignment) -> CandidatePlace | None:
        """Return a place with its evidence; None where no words stand for the target."""
        span = self.new.span(fit.start, fit.end, self.wanted.marks)
        return self._with_evidence(span, fit, False) if span and (fit.likeness > 0 or fit.replaces) else None

    def _with_evidence(self, span: Span, fit: Alignment, verbatim: bool) -> CandidatePlace:
        if self.links is None or self.old is None or self.span is None:
            return CandidatePlace(span, fit, verbatim)
        own, foreign = self.links.origin(fit.words, self.there)
        framed = self.links.framed(fit.words, self.there)
        other = not verbatim and not fit.replaces and self._stood_elsewhere(fit)
        within = self.links.confines(fit.words, self.there)
        return CandidatePlace(span, fit, verbatim, own, foreign, framed, other, within)

    def _stood_elsewhere(self, fit: Alignment) -> bool:
        """Return whether the words of a place, which are not the target's, were in the old text outside the target."""
        assert self.old is not None
        words, text = (
            self.new.folded.text[self.new.starts[fit.start] : self.new.ends[fit.end - 1]],
            self.old.folded.text,
        )
        first, end = self.old.starts[self.there[0]], self.old.ends[self.there[1] - 1]
        at, elsewhere = text.find(words), False
        for _ in range(PLACES):
            if at < 0:
                break
            if at < end and at + len(words) > first:
                return False
            elsewhere = elsewhere or (not cuts(text, at) and not cuts(text, at + len(words)))
            at = text.find(words, at + 1)
        return elsewhere

    def _count_touching(self, text: View) -> int:
        """In how many places what was just before and what was just behind are next to each other."""
        before, after = self.wanted.before[-TOUCH:], self.wanted.after[:TOUCH]
        if not before or not after:
            return 0
        key = self.wanted.around[len(self.wanted.before) + len(self.wanted.target)]
        places = text.index.get(key, ())
        return sum(
            text.words[at - len(before) : at] == list(before) and text.words[at : at + len(after)] == list(after)
            for at in places
            if at >= len(before)
        )


# --- what is looked for -----------------------------------------------------------------------------------------


def _from_selector(selector: Selector) -> SoughtWords:
    before, exact, after = words(selector.prefix), words(selector.exact), words(selector.suffix)
    lead, following = list(before.words[-CONTEXT:]), list(after.words[:CONTEXT])
    keys = words(f"{selector.prefix} {selector.exact} {selector.suffix}").keys
    keys = keys[len(before.words) - len(lead) : len(keys) - (len(after.words) - len(following))]
    opens = bool(before.words) and before.ends_sentence(len(before.words))
    closes = words(f"{selector.exact} {selector.suffix}").ends_sentence(len(exact.words))
    wanted = sought(exact, opens, closes)
    return replace(wanted, before=lead, after=following, around=keys)
