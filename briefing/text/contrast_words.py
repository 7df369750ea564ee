"""Words that turn what was said, read from `contrast` in the JSON files: “It is safe, but …”.

A language without this object has none.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache

from briefing.text.language_rules import Language, own_data


@dataclass(frozen=True, slots=True)
class Contrast:
    """How a language takes something back, or denies it; all words are lower case."""

    words: frozenset[str] = frozenset()
    """Words that begin what limits the words before them: but."""
    parted: frozenset[str] = frozenset()
    """Of these, such as do so only after a comma, semicolon, dash or full stop: however."""
    direct: frozenset[str] = frozenset()
    """Words that turn what stands right before them: not."""
    no_contrast: frozenset[str] = frozenset()
    """Phrases that begin with such a word and limit nothing: but also."""
    after: frozenset[str] = frozenset()
    """Phrases that end right before such a word, which limits nothing then: nothing but."""
    pairs: frozenset[str] = frozenset()
    """Beginnings of pairs of which such a word is the second half: not only … but."""
    negations: frozenset[str] = frozenset()
    """Words that deny."""
    denying: frozenset[str] = frozenset()
    """Other words that turn what they stand before into its opposite: failed to."""


@cache
def contrast(language: Language) -> Contrast:
    """How a language takes something back; empty for one without rules."""
    data = own_data(language.tag).get("contrast", {})
    return Contrast(**{item.name: frozenset(data[item.name]) for item in fields(Contrast) if item.name in data})
