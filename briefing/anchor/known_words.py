"""Looks for quoted words in many texts at once: all that a briefing has to quote from.

Most passages are in one of the texts just as they are written, and one search through all of them says which. The
liberties of quoting (`quoting`) are tried only where that finds nothing and the pieces of a passage are somewhere.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from briefing.anchor.boundaries import begins, ends
from briefing.anchor.find import occurrences
from briefing.anchor.quoting import Quotable, pieces, stands

_APART = "\ue001"
"""Between two texts: a character that no passage has."""


class KnownWords:
    """Texts that may be quoted, each with a name."""

    def __init__(self, texts: Iterable[tuple[str, Quotable]]) -> None:
        self.texts = tuple(texts)
        self.starts: list[int] = []
        views: list[str] = []
        at = 0
        for _, text in self.texts:
            self.starts.append(at)
            views += (own := _APART.join(text.views)), _APART
            at += len(own) + len(_APART)
        self.joined = "".join(views)
        self.lower = self.joined.lower()

    def find(self, words: str) -> str:
        """Return the name of the first text that has quoted words; empty where none has."""
        ways = pieces(words)
        for way in ways:
            if len(way) == 1 and (at := self._whole(way[0])) is not None:
                return self.texts[bisect_right(self.starts, at) - 1][0]
        if not any(all(piece.lower() in self.lower for piece in way) for way in ways):
            return ""
        return next((name for name, text in self.texts if stands(words, text)), "")

    def _whole(self, words: str) -> int | None:
        """Return where words begin, as whole words; the case of their first letter may differ."""
        for shape in dict.fromkeys((words, words[:1].lower() + words[1:], words[:1].upper() + words[1:])):
            for at in occurrences(self.joined, shape):
                if begins(self.joined, at) and ends(self.joined, at + len(shape)):
                    return at
        return None
