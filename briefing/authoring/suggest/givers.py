"""Who gives a figure, where its sentence says so: "according to the council", "the minister said".

Only what the attribution engine is sure of by the words that credit the figure; nobody is guessed from the order of the
text, since a figure may stay without a speaker.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.attribution import Entity, TextReading
from briefing.attribution.credit import credit, says
from briefing.attribution.crediting_words import crediting_words
from briefing.attribution.subjects import Word, words_of
from briefing.model.places import Span
from briefing.text import Language, speech, worth


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
    verbs = rules.saying.union(rules.crediting)
    return any(word.low in verbs for word in first) or _says_behind(last, language)


def _is_in_relative_clause(before: Sequence[Word], language: Language) -> bool:
    """Return whether the last clause is one about somebody or something: "who pay", "on a vessel licensed for".

    But not "sagte, die Fähre", nor "which he said would cost".
    """
    begins = max((at for at, word in enumerate(before) if word.parted), default=0)
    clause = before[begins:] if begins else ()
    if (
        len(clause) > 1
        and clause[0].low in speech(language).prepositions
        and clause[1].low in language.speakers.indefinite
    ):
        return not any(word.low in worth(language).values | worth(language).rising for word in clause)
    said = begins and any(word.low in language.speakers.saying for word in before[begins - 1 :])
    return bool(begins) and before[begins].low in language.speakers.relative and not said


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
