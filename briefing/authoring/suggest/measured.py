"""Which figures measure something: those that are drafted unless an author asks for every number.

A day, a year, for how long something has been, and a number that counts nothing are seldom what a reader wants to look
up, nor are a few in words that nothing happens to ("two staff"), a number that is denied or was corrected, and what has
been drafted already. A length of time is measured where it is the value of something, "took six years", "fell from 26
weeks", or is part of a rate; a number without a noun where it is the subject or object of its sentence, "forty were
hurt", or where something rises or falls to it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from functools import cache

from briefing.attribution.subjects import is_noun
from briefing.authoring.suggest.figures import FigureDraft, time_words
from briefing.authoring.suggest.quotations import sentence_at
from briefing.model.places import Span
from briefing.text import Language, quoted, speech, worth
from briefing.text.language_rules import GAP, Patterns, any_of

_LOOK_BACK = 40
"""Code points before a number in which a word for what it is the value of is looked for."""
_MANY = 100
"""From here on a number says something by its size."""
_DIGITS = re.compile(r"\d")


def measures_something(text: str, language: Language, draft: FigureDraft) -> bool:
    """Return whether a draft is more than a date, a length of time or a number by itself."""
    if draft.type == "date" or _is_taken_back(text, language, draft):
        return False
    if not worth(language).stop or draft.type != "count":
        return True  # without rules for the language nobody can tell
    if _is_small(text, draft) and not _is_told(text, language, draft):
        return False
    if draft.unit:  # "years" are of time alone, "hours a week" and "working days" are not
        return draft.unit.lower() not in time_words(language) or _is_value(text, language, draft.core, draft.unit)
    return (
        _is_large(text, draft) or _is_value(text, language, draft.core, "") or _is_counted(text, language, draft.core)
    )


def without_repeats(text: str, drafts: Sequence[FigureDraft]) -> list[FigureDraft]:
    """Return drafts without those that have the value and unit of another, of which the fullest is kept.

    A share may be the same of different things; a few by one speaker are the same.
    """
    kept: dict[tuple[str, str], FigureDraft] = {}
    for number, draft in enumerate(drafts):
        key = _measure(text, draft) or (str(number), "")
        if key not in kept or len(kept[key].unit) < len(draft.unit):
            kept[key] = draft
    return sorted(kept.values(), key=lambda draft: draft.core.start)


def _measure(text: str, draft: FigureDraft) -> tuple[str, str] | None:
    """Return the value and unit by which a figure is known again; None where these tell little."""
    if not draft.unit or not draft.exact or draft.unit.startswith("%") or draft.type in ("share", "comparison"):
        return None
    if _is_small(text, draft):
        return (draft.exact, draft.speaker.name) if draft.speaker else None
    unit = draft.unit.split()
    return draft.exact, unit[0] if draft.type == "amount" else " ".join(unit).casefold()


def _is_taken_back(text: str, language: Language, draft: FigureDraft) -> bool:
    """Return whether a number is denied, "90 days, not 20", or is what a text said before it was corrected."""
    shapes, sentence = _patterns(language), sentence_at(text, language, draft.core.start)
    if shapes.not_before.search(text, max(sentence.start, draft.target.start - _LOOK_BACK), draft.target.start):
        return True
    return bool(shapes.withdrawn.search(text, sentence.start, draft.core.start))


def _is_small(text: str, draft: FigureDraft) -> bool:
    """Return whether a draft counts a few in words: "two staff", "four nights a week", but not "four of the nine"."""
    one_word = draft.core.of(text).isalpha()
    return bool(draft.unit) and one_word and draft.exact.isdigit() and int(draft.exact) <= _FEW


def _is_told(text: str, language: Language, draft: FigureDraft) -> bool:
    """Return whether so few are worth a figure: as the value of something, as those that something happened to.

    One or two are only as people; more also where somebody gives them, unless they are times, or below ten and in
    somebody's own words, who seldom counts: “we have three rooms”.
    """
    shapes, sentence = _patterns(language), sentence_at(text, language, draft.core.start)
    if _is_value(text, language, draft.core, draft.unit):
        return True
    happened = shapes.happened.match(text, draft.target.end, sentence.end) is not None
    if int(draft.exact) <= _PAIR:
        return happened and _are_people(draft.unit, language)
    times = time_words(language) | worth(language).parts_of_days
    if happened or not times.isdisjoint(draft.unit.split()):
        return happened
    before = Span(max(sentence.start, draft.core.start - _LOOK_BACK), draft.core.start)
    behind = shapes.counted_behind.match(text, draft.target.end, sentence.end)
    if behind or shapes.counted_before.search(text, before.start, before.end):
        return True
    spoken = any(passage.outer.holds(draft.core) for passage in quoted(text, language, draft.core))
    in_passing = draft.basis == "claim" and spoken and int(draft.exact) < _TEN and not draft.qualified
    return draft.basis != "reported" and not in_passing


def _are_people(unit: str, language: Language) -> bool:
    """Return whether a noun is one for people: two passengers."""
    rules, noun = speech(language), unit.split()[-1]
    forms = (noun, noun.translate(_UMLAUTS)) if rules.nouns_have_capitals else (noun,)
    several = {form.removesuffix(end) for form in forms for end in ("", "s", "es", "n", "en", "e")}
    return noun in worth(language).people_nouns or any(is_noun(word, rules.people, rules) for word in several)


_FEW = 12
"""The largest number in words that says little by itself."""
_PAIR = 2
"""One or two say less."""
_TEN = 10
_UMLAUTS = str.maketrans("äöü", "aou")
"""Of plurals: Gäste."""


def _is_large(text: str, draft: FigureDraft) -> bool:
    """Return whether a number says something by its size or exactness: 3 million, 1,200, 3.4, 19 to 14, dozens."""
    if draft.ends or (draft.words and not draft.qualified) or "-" in draft.exact:
        return True
    # a fraction reads no thousands of digits, and a decimal number no fraction bar
    number = Fraction(draft.exact if "/" in draft.exact else Decimal(draft.exact or 0))
    return number >= _MANY or (number.denominator > 1 and _DIGITS.search(draft.core.of(text)) is not None)


def _is_value(text: str, language: Language, core: Span, unit: str) -> bool:
    """Return whether a number is said to be the value of something, or what something rises or falls to.

    What takes a length of time is one: "took six years", not "takes two classes".
    """
    shapes, sentence = _patterns(language), sentence_at(text, language, core.start)
    start = max(sentence.start, core.start - _LOOK_BACK)
    value = shapes.value_of.search(text, start, core.start)
    if value and (value["of"].lower() not in worth(language).lasting or not unit or _is_time(unit, language)):
        return True
    led = shapes.led.search(text, start, core.start)
    return bool(led and shapes.rising.search(text, sentence.start, sentence.end))


def _is_time(unit: str, language: Language) -> bool:
    return any(word.lower() in time_words(language) or word in worth(language).parts_of_days for word in unit.split())


def _is_counted(text: str, language: Language, core: Span) -> bool:
    """Return whether a number stands for those that it counts: "forty were hurt", "it killed twelve"."""
    shapes, sentence = _patterns(language), sentence_at(text, language, core.start)
    before = shapes.counted_before.search(text, max(sentence.start, core.start - _LOOK_BACK), core.start)
    return bool(before or shapes.counted_behind.match(text, core.end, sentence.end))


@cache
def _patterns(language: Language) -> Patterns:
    words = worth(language)
    return Patterns(
        value_of=rf"(?<!\w)(?P<of>{any_of(words.values | words.lasting)})(?:{GAP}[^\W\d_]+){{0,2}}{GAP}$",
        led=rf"(?<!\w){any_of(words.changes_to)}(?:{GAP}[^\W\d_]+)?{GAP}$",
        rising=rf"(?<!\w){any_of(words.rising)}(?!\w)",
        happened=rf"{GAP}{any_of(words.counted_passive)}(?!\w)",
        not_before=rf"(?<!\w){any_of(words.not_before)}{GAP}$",
        withdrawn="|".join(words.withdrawn) or "(?!)",
        counted_before=rf"(?<!\w)(?:{'|'.join(words.counted_before) or '(?!)'}){GAP}$",
        counted_behind=rf"{GAP}(?:{'|'.join(words.counted_behind) or '(?!)'})(?!\w)",
    )
