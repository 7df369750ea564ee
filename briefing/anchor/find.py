"""Find every place where a selector's words are (W3C Web Annotation, TextQuoteSelector).

The whole selector is tried at one `MatchLevel` after another, and the first level with a match decides.
https://www.w3.org/TR/annotation-model/#text-quote-selector
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from briefing.anchor.boundaries import begins, ends, next_beginning, whole
from briefing.anchor.fold import fold, words
from briefing.model import Match, MatchLevel, Selector


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
    longer = [part for part in (prefix, suffix) if len(part) > len(exact)]
    rarest = _rarest_part(text, [*sorted(longer, key=len, reverse=True), exact]) if longer else exact
    if rarest == exact:
        yield from _word_starts(text, exact)
    elif rarest == prefix:
        yield from (_space_after(text, at + len(prefix)) for at in _all_occurrences(text, prefix))
    else:
        ends_before = (_space_before(text, at) for at in _all_occurrences(text, suffix))
        yield from (end - len(exact) for end in ends_before if end >= len(exact))


def _rarest_part(text: str, parts: Sequence[str]) -> str:
    """Return the part that is in the fewest places; one that occurs once is not compared with the others."""
    counts: dict[str, int] = {}
    for part in parts:
        counts[part] = text.count(part)
        if counts[part] <= 1:
            return part
    return min(counts, key=counts.__getitem__)


def _all_occurrences(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


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
