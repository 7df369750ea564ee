"""Who gives a figure, where its sentence says so: "according to the council", "the minister said".

Only what the attribution engine is sure of by the words that credit the figure; nobody is guessed from the order of the
text, since a figure may stay without a speaker.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from briefing.attribution import Entity, TextReading
from briefing.attribution.credit import credit, says
from briefing.attribution.crediting_words import crediting_words
from briefing.attribution.subjects import Word, words_of
from briefing.model.places import Span
from briefing.text import Language, speech, worth
from briefing.text.numbers.quantities import hedge_before


def giver(reading: TextReading, entities: Sequence[Entity], target: Span) -> Entity | None:
    """Return whom the words beside a figure credit with it; None where that is nobody, or several."""
    text = reading.text
    span = crediting_words(text, reading.language, reading.lines, (target,)).span
    if span is None or not says(span.of(text), reading.language):
        return None
    found = credit(span.of(text), reading.people, reading.language.speakers, span.start < target.start)
    people = found.people if not found.reported else frozenset[str]()
    return entities[int(next(iter(people)))] if len(people) == 1 else None


def is_claimed(before: str, behind: str, language: Language) -> bool:
    """Return whether the words before and behind a figure in its sentence say that somebody says it.

    "She said that it was 12"; "it was 12, she said on Monday". Not what is told of whoever speaks ("residents, who pay
    £40, said so"), or of when ("after 12 years, she said that").
    """
    rules, first, last = language.speakers, words_of(before), words_of(behind)
    together = f" {' '.join(word.low for word in (*first, *last))} "
    if any(f" {phrase} " in together for phrase in rules.according):
        return True
    if _is_in_relative_clause(first, language):
        return False
    verbs, done = rules.saying.union(rules.crediting), _done_by(first, last, before, language)
    return any(word.low in verbs for word in first if word is not done) or _says_behind(last, language)


def _done_by(before: Sequence[Word], behind: Sequence[Word], text: str, language: Language) -> Word | None:
    """Return the verb of speech whose object the figure is, so that nobody says it: "the council added 12 boats"."""
    rules, spoken = worth(language), language.speakers
    hedge = hedge_before(text, len(text), language)[1]
    at = sum(word.start < hedge.start for word in before)
    while at and before[at - 1].low in rules.further and not before[at - 1].parted:
        at -= 1
    between = text[before[at - 1].start + len(before[at - 1].text) :] if at else ""
    if not at or before[at - 1].low not in rules.deeds or re.search("[,;:]", between):
        return None
    goes_on = takewhile(lambda word: not word.parted and word.low not in spoken.conjunctions, behind)
    return None if any(word.low in rules.finite for word in goes_on) else before[at - 1]


def _is_in_relative_clause(before: Sequence[Word], language: Language) -> bool:
    """Return whether the last clause is one about somebody or something: "who pay", "on a vessel licensed for".

    But not "sagte, die Fähre", nor "which he said would cost", nor "she said it had costs, which came to".
    """
    begins = max((at for at, word in enumerate(before) if word.parted), default=0)
    clause = before[begins:] if begins else ()
    if (
        len(clause) > 1
        and clause[0].low in speech(language).prepositions
        and clause[1].low in language.speakers.indefinite
    ):
        return not any(word.low in worth(language).values | worth(language).rising for word in clause)
    if not begins or before[begins].low not in language.speakers.relative:
        return False
    said = any(word.low in language.speakers.saying for word in before[begins - 1 :])
    return not said and not _goes_on_with_what_is_said(before, begins, language)


def _goes_on_with_what_is_said(before: Sequence[Word], begins: int, language: Language) -> bool:
    """Return whether a clause of no person follows a sentence that somebody says: "said it had costs, which"."""
    rules, spoken = worth(language), language.speakers
    if before[begins].low not in rules.of_things:
        return False
    says = next((at for at in range(begins) if before[at].low in spoken.saying), begins)
    told = (*rules.finite, *spoken.conjunctions)
    return any(word.low in told for word in before[says + 1 : begins])


def _says_behind(words: Sequence[Word], language: Language) -> bool:
    """Return whether a clause of its own behind a figure says who says it: ", the mayor said", ", said the mayor"."""
    rules = language.speakers
    verbs = rules.saying.union(rules.crediting)
    verb = next((at for at, word in enumerate(words) if word.low in verbs), None)
    if verb is None:
        return False
    ends = next((at for at in range(verb + 1, len(words)) if words[at].parted), len(words))
    tail = words[verb + 1 : ends]
    if not any(word.parted for word in words[: verb + 1]) or any(word.low in rules.conjunctions for word in tail):
        return False
    if words[verb].parted:
        return bool(tail) and (tail[0].capital or tail[0].low in rules.articles or not rules.articles)
    return not tail or tail[0].low in speech(language).prepositions
