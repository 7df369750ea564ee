"""One folded view of a text for each match level, with an exact map of offsets back.

What may be changed: which glyphs are alike (`characters`). What may not: letter case, digits, signs, decimal marks and
words are never folded, and every fold is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import merge
from unicodedata import category, is_normalized, normalize

from msgspec import Struct
from msgspec.structs import replace

from briefing.anchor import characters
from briefing.anchor.boundaries import SIGN
from briefing.model import MatchLevel
from briefing.model.places import Span
from briefing.text.late_patterns import late

Piece = tuple[int, int, str]
"""Start and end in the source, and what stands for it in the folded text."""

_WIDE = f"[{characters.EAST_ASIAN}]"
_SPACE = f"[{characters.BREAKING_SPACES}]"
_ANY_SPACE = f"[{characters.BREAKING_SPACES}{characters.NO_BREAK_SPACES}]"
_EMOJI = f"[{characters.PICTOGRAPHS}\ufe0f\U0001f3fb-\U0001f3ff]"
_IDLE_JOINER = f"(?<!{_EMOJI}){characters.ZERO_WIDTH_JOINER}|{characters.ZERO_WIDTH_JOINER}(?!{_EMOJI})"
_INVISIBLE = f"(?:[{characters.INVISIBLE.replace(characters.ZERO_WIDTH_JOINER, '')}]|{_IDLE_JOINER})"

_SPACES = late(rf"(?P<nothing>(?<={_WIDE}){_SPACE}+(?={_WIDE}))|(?P<space>{_SPACE}{{2,}}|(?! ){_SPACE})")
_TYPOGRAPHY = late(
    rf"(?P<nothing>(?<={_WIDE}){_ANY_SPACE}+(?={_WIDE})|{_INVISIBLE}+)"
    rf"|(?P<space>{_ANY_SPACE}(?:{_ANY_SPACE}|{_INVISIBLE})+|(?! ){_ANY_SPACE})"
    rf"|(?P<dots>{characters.ELLIPSIS})"
)
_INSTEAD = {"nothing": "", "space": " ", "dots": "..."}
_UNUSUAL = late(
    f"  |[{characters.BREAKING_SPACES.replace(' ', '')}{characters.NO_BREAK_SPACES}{characters.INVISIBLE}"
    f"{characters.ELLIPSIS}{characters.EAST_ASIAN}]"
)
"""What is in every text of which the two patterns find anything; most have nothing of it, which is seen sooner."""

_QUOTES = tuple(
    (mark, plain)
    for marks, plain in ((characters.DOUBLE_QUOTES, '"'), (characters.SINGLE_QUOTES, "'"))
    for mark in marks
    if mark != plain
)
_DASHES = f"[{re.escape(characters.HYPHENS)}{characters.LONG_DASHES}]"
_ANY_DASH = late(_DASHES)
_DASH = late(f"(?P<sign>{SIGN.format(re.escape(characters.HYPHENS))})|{_DASHES}")
_NOT_ASCII = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")


class Folded(Struct, frozen=True):
    """A text as one level sees it, and where each of its characters is in the source."""

    text: str
    folded: tuple[int, ...]
    source: tuple[int, ...]
    """Offsets that stand for each other. Between two of them both sides count one to one where their lengths are
    equal; where they differ, what is between is one piece that no match may cut (an ellipsis, an accent)."""

    def span(self, start: int, end: int) -> Span | None:
        """Return the source's own characters for a piece of the folded text; None where that would cut one of them."""
        # invisible characters beside the piece stay outside
        source_start = self._offset(bisect_right(self.folded, start) - 1, start)
        source_end = self._offset(bisect_left(self.folded, end) - 1, end)
        if source_start is None or source_end is None:
            return None
        return Span(source_start, source_end)

    def offset(self, at: int) -> int:
        """Return where an offset of the source is in the folded text; the end of a piece for what lies inside one."""
        run = bisect_right(self.source, at) - 1
        if run + 1 == len(self.source):
            return self.folded[run]
        return min(self.folded[run] + at - self.source[run], self.folded[run + 1])

    def _offset(self, run: int, at: int) -> int | None:
        folded, source = self.folded[run : run + 2], self.source[run : run + 2]
        if folded[1] - folded[0] == source[1] - source[0]:
            return source[0] + at - folded[0]
        return source[folded.index(at)] if at in folded else None


@lru_cache(maxsize=32)
def fold(text: str, level: MatchLevel) -> Folded:
    """Return the text as a level sees it. The last few are kept, so that many selectors cost one fold."""
    if level is MatchLevel.EXACT:
        return _join_pieces(text, ())
    if level is MatchLevel.SPACE:
        return _join_pieces(text, _folded_pieces(_SPACES, text))
    folded = _join_pieces(text, merge(_folded_pieces(_TYPOGRAPHY, text), _find_compositions(text)))
    plain = folded.text
    for mark, instead in _QUOTES:
        if mark in plain:  # a search for each takes less time than a table for every character
            plain = plain.replace(mark, instead)
    if _ANY_DASH.search(plain):
        plain = _DASH.sub(lambda found: "-" if found["sign"] else "—", plain)
    return folded if plain == folded.text else replace(folded, text=plain)


def words(text: str, level: MatchLevel) -> str:
    """Return a selector's words as a level sees them, without white space around them."""
    if level is MatchLevel.EXACT:
        return text.strip()
    return fold.__wrapped__(text, level).text.strip()


def _join_pieces(text: str, pieces: Iterable[Piece]) -> Folded:
    out: list[str] = []
    marks = [(0, 0)]
    size = at = 0
    for start, end, instead in pieces:
        out += (text[at:start], instead)
        size += start - at
        if len(instead) != end - start:
            marks += ((size, start), (size + len(instead), end))
        size += len(instead)
        at = end
    out.append(text[at:])
    marks.append((size + len(text) - at, len(text)))
    return Folded("".join(out), tuple(mark[0] for mark in marks), tuple(mark[1] for mark in marks))


def _folded_pieces(pattern: re.Pattern[str], text: str) -> Iterator[Piece]:
    if not _UNUSUAL.search(text):
        return
    for found in pattern.finditer(text):
        yield found.start(), found.end(), _INSTEAD[str(found.lastgroup)]


def _find_compositions(text: str) -> Iterator[Piece]:
    """Yield characters written with combining marks, composed (NFC); where the text is composed already, nothing."""
    if is_normalized("NFC", text):
        return
    for run in _NOT_ASCII.finditer(text):
        if not is_normalized("NFC", run[0]):
            yield from _composed_pieces(text, run.start(), run.end())


def _composed_pieces(text: str, start: int, stop: int) -> Iterator[Piece]:
    while start < stop:
        end = start + 1
        # what may become one with the character before it: a mark, or a vowel or final of Hangul
        while end < stop and (category(text[end])[0] == "M" or "\u1160" <= text[end] <= "\u11ff"):
            end += 1
        composed = normalize("NFC", text[start:end])
        if composed != text[start:end] and not text[start].isspace():
            yield start, end, composed
        start = end
