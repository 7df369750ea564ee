"""What differs between the words of a target and those that stand for it now."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from briefing.anchor import glyphs
from briefing.anchor.fold import words as folded
from briefing.model import Rung

_CHUNK = re.compile(rf"[{glyphs.SPACELESS}]|[^\s{glyphs.SPACELESS}]+")


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of words in both versions."""

    was: str
    """In the old words; empty for what was put in."""
    now: str
    """In the new ones; empty for what was taken out. Where both are alike but for typography, the same stretch."""
    same: bool


def difference(was: str, now: str) -> tuple[Difference, ...]:
    """The old and the new words side by side, in stretches that are the same and stretches that are not."""
    old, new = list(_CHUNK.finditer(was)), list(_CHUNK.finditer(now))
    codes = Levenshtein.opcodes([_same_as(word[0]) for word in old], [_same_as(word[0]) for word in new])
    found: list[list[int | bool]] = []
    for code in codes:
        same = code.tag == "equal"
        if found and not same and not found[-1][4]:
            found[-1][1], found[-1][3] = code.src_end, code.dest_end
        else:
            found.append([code.src_start, code.src_end, code.dest_start, code.dest_end, same])
    return tuple(Difference(_joined(was, old[a:b]), _joined(now, new[c:d]), bool(same)) for a, b, c, d, same in found)


@lru_cache(maxsize=4096)
def _same_as(chunk: str) -> str:
    return folded(chunk, Rung.TYPOGRAPHY)


def _joined(text: str, chunks: list[re.Match[str]]) -> str:
    return " ".join(text[chunks[0].start() : chunks[-1].end()].split()) if chunks else ""
