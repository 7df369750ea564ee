"""Whether a word is one of the nouns for people or bodies that a language lists."""

from __future__ import annotations

import re
from functools import cache

from briefing.text import Speech


def is_noun(word: str, nouns: frozenset[str], rules: Speech) -> bool:
    """Return whether a word is one of some nouns; where nouns are compounded, also at the end of a longer word."""
    if not rules.nouns_have_capitals:
        return word in nouns or word[:1].lower() + word[1:] in nouns
    return _compounds(nouns).search(word) is not None


@cache
def _compounds(nouns: frozenset[str]) -> re.Pattern[str]:
    whole = "|".join(sorted(map(re.escape, nouns), key=len, reverse=True)) or "(?!)"
    ends = "|".join(re.escape(noun.lower()) for noun in sorted(nouns) if len(noun) >= _COMPOUND) or "(?!)"
    return re.compile(rf"^(?:\w[\w-]*-)?(?:{whole})(?:s|es|n|e|en)?$|^[A-ZÄÖÜ][\w-]*\w(?:{ends})(?:s|es|n|e|en)?$")


_COMPOUND = 4
"""Letters that a noun must have to count at the end of a compound (Verkehrsministerin)."""
