"""Which figures measure something: those that are drafted unless an author asks for every number.

A day, a year, for how long something has been, and a number that counts nothing are seldom what a reader wants to look
up. A length of time is measured where it is the value of something, "took six years", "fell from 26 weeks", or is part
of a rate; a number without a noun where it is the subject or object of its sentence, "forty were hurt", or where
something rises or falls to it.
"""

from __future__ import annotations

import re
from fractions import Fraction
from functools import cache

from briefing.authoring.suggest.figures import FigureDraft, time_words
from briefing.authoring.suggest.quotations import sentence_at
from briefing.model.places import Span
from briefing.text import Language, worth
from briefing.text.language_rules import GAP, Patterns, any_of

_LOOK_BACK = 40
"""Code points before a number in which a word for what it is the value of is looked for."""
_MANY = 100
"""From here on a number says something by its size."""
_DIGITS = re.compile(r"\d")


def measures_something(text: str, language: Language, draft: FigureDraft) -> bool:
    """Return whether a draft is more than a date, a length of time or a number by itself."""
    if draft.type == "date":
        return False
    if not worth(language).stop or draft.type != "count":
        return True  # without rules for the language nobody can tell
    if draft.unit:  # "years" are of time alone, "hours a week" and "working days" are not
        return draft.unit.lower() not in time_words(language) or _is_value(text, language, draft.core)
    return _is_large(text, draft) or _is_value(text, language, draft.core) or _is_counted(text, language, draft.core)


def _is_large(text: str, draft: FigureDraft) -> bool:
    """Return whether a number says something by its size or exactness: 3 million, 1,200, 3.4, 19 to 14, dozens."""
    if draft.ends or (draft.words and not draft.qualified) or "-" in draft.exact:
        return True
    number = Fraction(draft.exact or 0)
    return number >= _MANY or (number.denominator > 1 and _DIGITS.search(draft.core.of(text)) is not None)


def _is_value(text: str, language: Language, core: Span) -> bool:
    """Return whether a number is said to be the value of something, or what something rises or falls to."""
    shapes, sentence = _patterns(language), sentence_at(text, language, core.start)
    start = max(sentence.start, core.start - _LOOK_BACK)
    if shapes.value_of.search(text, start, core.start):
        return True
    led = shapes.led.search(text, start, core.start)
    return bool(led and shapes.rising.search(text, sentence.start, sentence.end))


def _is_counted(text: str, language: Language, core: Span) -> bool:
    """Return whether a number stands for those that it counts: "forty were hurt", "it killed twelve"."""
    shapes, sentence = _patterns(language), sentence_at(text, language, core.start)
    before = shapes.counted_before.search(text, max(sentence.start, core.start - _LOOK_BACK), core.start)
    return bool(before or shapes.counted_behind.match(text, core.end, sentence.end))


@cache
def _patterns(language: Language) -> Patterns:
    words = worth(language)
    return Patterns(
        value_of=rf"(?<!\w){any_of(words.values)}(?:{GAP}[^\W\d_]+){{0,2}}{GAP}$",
        led=rf"(?<!\w){any_of(words.changes_to)}(?:{GAP}[^\W\d_]+)?{GAP}$",
        rising=rf"(?<!\w){any_of(words.rising)}(?!\w)",
        counted_before=rf"(?<!\w)(?:{'|'.join(words.counted_before) or '(?!)'}){GAP}$",
        counted_behind=rf"{GAP}(?:{'|'.join(words.counted_behind) or '(?!)'})(?!\w)",
    )
