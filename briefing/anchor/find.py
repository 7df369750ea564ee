"""Find every place where a selector's words are (W3C Web Annotation, TextQuoteSelector).

The whole selector is tried at one `MatchLevel` after another, and the first level with a match decides.
https://www.w3.org/TR/annotation-model/#text-quote-selector
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

from briefing.anchor import characters
from briefing.anchor.boundaries import RAISED, begins, ends, next_beginning, whole
from briefing.anchor.fold import fold, words
from briefing.model import Match, MatchLevel, Selector
from briefing.text.late_patterns import late


def find(text: str, selector: Selector, limit: int | None = None) -> tuple[Match, ...]:
    """Return every match at the lowest level that has any, in the order of the text, overlapping ones too.

    White space around `exact`, `prefix` and `suffix` says nothing; an empty prefix or suffix does not filter. They are
    directly before and after the words, and may be cut inside a word, as other tools store them. With a `limit`, the
    search stops after so many.
    """
    for level in MatchLevel:
        matches = tuple(islice(_matches_at(text, selector, level), limit))
        if matches:
            return matches
    return ()


def find_folded(text: str, selector: Selector, limit: int | None = None) -> tuple[Match, ...]:
    """Return every match at the highest level, so that matches of which some differ in typography are all found."""
    return tuple(islice(_matches_at(text, selector, MatchLevel.TYPOGRAPHY), limit))


def _matches_at(text: str, selector: Selector, level: MatchLevel) -> Iterator[Match]:
    folded = fold(text, level)
    exact, prefix, suffix = (words(part, level) for part in (selector.exact, selector.prefix, selector.suffix))
    if not exact:
        return
    for start in _possible_starts(folded.text, exact, prefix, suffix):
        span = folded.span(start, start + len(exact))
        if span is not None and whole(text, span):
            yield Match(span, level)


def _possible_starts(text: str, exact: str, prefix: str, suffix: str) -> Iterator[int]:
    """Yield where the words are whole with what must be around them."""
    for start in _candidate_places(text, exact, prefix, suffix):
        end = start + len(exact)
        if (
            text.endswith(prefix, 0, _space_before(text, start))
            and text.startswith(suffix, _space_after(text, end))
            and text.startswith(exact, start)
            and begins(text, start)
            and ends(text, end)
        ):
            yield start


def _candidate_places(text: str, exact: str, prefix: str, suffix: str) -> Iterator[int]:
    """Yield where the words could begin. Short words are looked for by what is around them, if that is rarer: "a"
    behind a whole sentence is soon found."""
    indexed = _indexed_places(text, exact) if len(text) > _SHORT else None
    if indexed is not None:
        yield from indexed
        return
    longer = [part for part in (prefix, suffix) if len(part) > len(exact)]
    rarest = _rarest_part(text, [*sorted(longer, key=len, reverse=True), exact]) if longer else exact
    if rarest == exact:
        yield from _word_starts(text, exact)
    elif rarest == prefix:
        yield from (_space_after(text, at + len(prefix)) for at in occurrences(text, prefix))
    else:
        ends_before = (_space_before(text, at) for at in occurrences(text, suffix))
        yield from (end - len(exact) for end in ends_before if end >= len(exact))


_SHORT = 5_000
"""Code points of a text that is gone through as fast as its words are looked up."""
_MANY = 200
"""Places of a word from which what is around it is the better guide."""
_RUN = re.compile(r"[^\W_]+")
_OPEN_RUN = late(f"[{characters.SPACELESS}{characters.SINGLE_QUOTES}{RAISED}]")
"""What lets a match begin or end inside a run of letters and digits."""


@lru_cache(maxsize=16)
def _word_index(text: str) -> Mapping[str, list[int]] | None:
    """Return where each run of letters and digits of a text is; None where a match may begin or end inside one."""
    if _OPEN_RUN.search(text):
        return None
    index: dict[str, list[int]] = {}
    for found in _RUN.finditer(text):
        index.setdefault(found[0], []).append(found.start())
    return index


def _indexed_places(text: str, exact: str) -> list[int] | None:
    """Return where words could begin, by the places of the rarest run of letters and digits in them.

    Each run of theirs is a run of the text where they are, since matches end at the edges of words. So ten thousand
    selectors take time for what they find, and not for the length of the text. None where that does not help: there is
    no such run, or it is too common.
    """
    runs = _RUN.finditer(exact) if not _OPEN_RUN.search(exact) else iter(())
    index = _word_index(text) if (first := next(runs, None)) else None
    if first is None or index is None:
        return None
    places = [(index.get(run[0], []), run.start()) for run in (first, *runs)]
    rarest, before = min(places, key=lambda place: len(place[0]))
    return [at - before for at in rarest if at >= before] if len(rarest) <= _MANY else None


def _rarest_part(text: str, parts: Sequence[str]) -> str:
    """Return the part that is in the fewest places; one that occurs once is not compared with the others."""
    counts: dict[str, int] = {}
    for part in parts:
        counts[part] = text.count(part)
        if counts[part] <= 1:
            return part
    return min(counts, key=counts.__getitem__)


def occurrences(text: str, part: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    """Yield every offset between two at which a part stands, overlapping ones too."""
    at = text.find(part, start, end)
    while at >= 0:
        yield at
        at = text.find(part, at + 1, end)


def _word_starts(text: str, exact: str) -> Iterator[int]:
    """Yield occurrences, but for those behind a letter that it goes on from. From there the search goes on at the next
    edge: in a text of one letter a million times over, each further search for many such letters would be expensive."""
    at = text.find(exact)
    while at >= 0:
        inside = at > 0 and text[at - 1].isalnum()
        if not inside or begins(text, at):
            yield at
        at = text.find(exact, next_beginning(text, at + 1) if inside else at + 1)


def _space_before(text: str, at: int) -> int:
    while at and text[at - 1].isspace():
        at -= 1
    return at


def _space_after(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at
