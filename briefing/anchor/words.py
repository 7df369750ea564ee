"""A text as a row of words: what two versions of it are compared by.

Words are taken from the view of the highest match level, so quotation marks, dashes, spaces and
invisible marks never count as a change, and they are compared in small letters. A number is one word with its sign
and decimals; in scripts without spaces each character is one, and three of them are looked up together. Punctuation
is no word.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import log2

from msgspec import Struct, field
from msgspec.structs import replace

from briefing.anchor import characters
from briefing.anchor.boundaries import spaceless, whole
from briefing.anchor.fold import Folded, fold
from briefing.model import MatchLevel
from briefing.model.places import Span
from briefing.text.late_patterns import late

_NUMBER = rf"(?<![^\W_])[-+±∓＋]?\d+(?:[{re.escape(characters.NUMBER_JOINTS)}]\d+)*[{characters.AFTER_NUMBERS}]?"
_WRITTEN_WITH = "\u0e31\u0e33-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb3-\u0ebc\u0ec8-\u0ecd\u102b-\u103e\u17b4-\u17d3\u3099\u309a"
"""Vowels and tone marks that belong to the character before them, of the scripts without spaces."""
_MARKS = (
    r"\s!-/:-@\[-`{-~\xa1-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\u2000-\u206f\u3000-\u3004\u3008-\u3020\u3030\u30fb"
    "\u060c\u061b\u061f\u06d4\u0964\u0965\u104a\u104b\u17d4\u17d5\ufe10-\ufe6f\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
_WORD = late(
    rf"{_NUMBER}|[{characters.SPACELESS}][{_WRITTEN_WITH}]*|[^{_MARKS}{characters.SPACELESS}\d]+|\d+", re.UNICODE
)
_SENTENCE_END = re.compile("[.!?。！？؟।…:\n\r]")
_SENTENCE_MARK = re.compile("[.!?。！？؟।]")
_NEXT_TO = re.compile(r"\A\S+")
COUNTED = 2000
"""Places of one word that are looked at to count a row."""
_TOGETHER = 3
"""Characters of a script without spaces that are looked up as one: alone they are too common to distinguishes
places."""


class View(Struct, frozen=True, eq=False):
    """The words of a text, and where they are."""

    text: str
    folded: Folded
    words: Sequence[str]
    """In small letters."""
    starts: Sequence[int]
    """Where each begins in the folded text."""
    ends: Sequence[int]
    keys: Sequence[str]
    """What each word is looked up by: itself, or with the next two in a script without spaces."""
    index: Mapping[str, Sequence[int]]
    """The numbers of the words that have a key."""
    weights: Mapping[str, float]
    """How much each key tells."""
    gaps: dict[int, str] = field(default_factory=dict)
    """What is before a word, as far as it was asked for."""

    def weight(self, key: str) -> float:
        """Return how much a key tells: 1 for what is here once or never, less for what is common."""
        return self.weights.get(key, 1.0)

    def begins_sentence(self, at: int) -> bool:
        """Return whether a sentence or line begins with a word."""
        if not 0 < at < len(self.words):
            return True
        return _SENTENCE_END.search(self._gap(at)) is not None

    def ends_sentence(self, end: int) -> bool:
        """Return whether a mark that ends sentences is behind the last of some words."""
        return _SENTENCE_MARK.search(self.marks_beside(0, end)[1] if end else "") is not None

    def words_in(self, span: Span) -> tuple[int, int]:
        """Return the number of the first word that reaches into a span of the text, and of the one after the last."""
        start, end = self.folded.offset(span.start), self.folded.offset(span.end)
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def begins_line(self, at: int) -> bool:
        """Return whether a line of the text begins with a word. One behind the last word does, too."""
        if not 0 < at < len(self.words):
            return True
        return "\n" in self._gap(at)

    def _gap(self, at: int) -> str:
        """Return what is in the text before a word; nothing where the fold has made it one with its neighbours."""
        if at not in self.gaps:
            gap = self.folded.span(self.ends[at - 1], self.starts[at])
            self.gaps[at] = gap.of(self.text) if gap else ""
        return self.gaps[at]

    def count(self, other: View, start: int, end: int) -> int:
        """In how many places some words of another text are here; so many of the rarest are looked at."""
        row = list(other.words[start:end])
        shifts = range(max(end - start - _TOGETHER + 1, 1))
        shift = min(shifts, key=lambda at: len(self.index.get(other.keys[start + at], ())))
        starts = (place - shift for place in self.index.get(other.keys[start + shift], ())[:COUNTED])
        return sum(first >= 0 and list(self.words[first : first + len(row)]) == row for first in starts)

    def span(self, first: int, end: int, marks: tuple[str, str] = ("", "")) -> Span | None:
        """Return where some words are in the text, with these marks or as many others on either side.

        None where that would cut something that the fold has made one.
        """
        if not 0 <= first < end <= len(self.words):
            return None
        before, behind = self.marks_beside(first, end)
        start = self.starts[first] - _wanted_size(before[::-1], marks[0][::-1])
        stop = self.ends[end - 1] + _wanted_size(behind, marks[1])
        found = self.folded.span(start, stop) or self.folded.span(self.starts[first], self.ends[end - 1])
        return found if found and whole(self.text, found) else None

    def marks_beside(self, first: int, end: int) -> tuple[str, str]:
        """Return what is in the folded text between some words and their neighbours, before and behind."""
        before = self.folded.text[self.ends[first - 1] if first else 0 : self.starts[first]]
        return before, self.folded.text[self.ends[end - 1] : self.starts[end] if end < len(self.words) else None]

    def around(self) -> tuple[str, str]:
        """Return the marks before the first word and behind the last, with the spaces between them and the words."""
        if not self.words:
            return "", ""
        folded = self.folded.text
        return folded[: self.starts[0]].lstrip(), folded[self.ends[-1] :].rstrip()


def _wanted_size(gap: str, marks: str) -> int:
    """Return how many characters next to a word are the marks that are wanted there, or as many others."""
    if gap.startswith(marks):
        return len(marks)
    return min(len(gap) - len(_NEXT_TO.sub("", gap)), len(marks.replace(" ", "")))


@lru_cache(maxsize=8)
def view(text: str) -> View:
    """Return the words of a text. The last few are kept, so that many targets cost one view of each version."""
    folded = fold(text, MatchLevel.TYPOGRAPHY)
    found = list(_WORD.finditer(folded.text))
    words = [match[0].lower() for match in found]
    keys = _keys(words)
    index: dict[str, list[int]] = {}
    for number, key in enumerate(keys):
        index.setdefault(key, []).append(number)
    weights = {key: 1 / (1 + log2(len(places))) for key, places in index.items()}
    starts, ends = [match.start() for match in found], [match.end() for match in found]
    return View(text, folded, words, starts, ends, keys, index, weights)


def words(text: str) -> View:
    """Return the words of a target or of what is around it, which nobody will ask for again."""
    return view.__wrapped__(text)


def _keys(words: Sequence[str]) -> list[str]:
    keys = list(words)
    for number, word in enumerate(words):
        if spaceless(word[0]):
            keys[number] = "".join(words[number : number + _TOGETHER])
    return keys


CONTEXT = 24
"""Words on each side that take part where the old text is known."""


class SoughtWords(Struct, frozen=True, eq=False):
    """What is looked for, in words."""

    target: Sequence[str]
    keys: Sequence[str]
    """What the target's words are looked up by."""
    opens: bool
    """Whether the target begins a sentence."""
    closes: bool
    """Whether it ends one, with a mark that says so."""
    sentences: frozenset[int]
    """The words of the target that begin one, by number."""
    marks: tuple[str, str]
    """The punctuation that the target has before its first and after its last word."""
    before: Sequence[str] = ()
    """What was before, at most `CONTEXT` words; likewise `after`."""
    after: Sequence[str] = ()
    around: Sequence[str] = ()
    """The keys of all three together."""
    edges: tuple[bool | None, bool | None] = (None, None)
    """Whether the old text begins before, or ends behind, what was around; None where the old text is not known."""
    spans: bool = False
    """Whether two equal words at an end are that end, however much is put in beside them: an author left it out."""
    lines: tuple[bool, bool] = (False, False)
    """Whether it begins a line of the old text, and whether it ends one."""


def sought(exact: View, opens: bool, closes: bool) -> SoughtWords:
    """Return the words of a target, which begin and end a sentence or not; of what was around nothing is known."""
    sentences = frozenset(at for at in range(1, len(exact.words)) if exact.begins_sentence(at))
    return SoughtWords(exact.words, exact.keys, opens, closes, sentences, exact.around())


def around(
    wanted: SoughtWords, old: View, there: tuple[int, int], start: int | None = None, stop: int | None = None
) -> SoughtWords:
    """Return a target with what is around a place of the old text; from `start` to `stop`, or so many words."""
    first, end = there
    start = max(first - CONTEXT, 0) if start is None else start
    stop = end + CONTEXT if stop is None else stop
    return replace(
        wanted,
        before=old.words[start:first],
        after=old.words[end:stop],
        around=old.keys[start:stop],
        edges=(start == 0, stop >= len(old.words)),
        lines=(old.begins_line(first), old.begins_line(end)),
    )
