"""Finds people without a name who may be meant where a pronoun or the order of a text decides who speaks.

"A man in the front row took off his cap. “…,” he said" means nobody named before, and "Seine Frau korrigiert
ihn: „…“" is not the one who spoke last.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefing.attribution.coreference import unquoted
from briefing.attribution.mentions import TextReading
from briefing.attribution.subjects import Word, is_noun, words_of
from briefing.model.places import Span
from briefing.text import Speech, sentences, speech

_PHRASE = 4
"""Words of a phrase for somebody at most, with its article."""


def has_rival(reading: TextReading, pronoun: str, within: Span) -> bool:
    """Return whether a stretch tells of somebody without a name whom a pronoun, or any words for it, can mean."""
    gender = reading.gender(pronoun)
    if gender == "it":
        return False
    if reading.strangers_in(within):
        return True
    return any(not gender or not sex or sex == gender for sex in _unnamed_people(reading, within))


def _unnamed_people(reading: TextReading, within: Span) -> Iterator[str]:
    """Yield the gender, empty where that is open, of those whom a stretch introduces: "a man", "ihr Mann"."""
    said = speech(reading.language)
    for each in sentences(reading.text, reading.language, within):
        words = words_of(unquoted(reading.text, reading.language, each))
        reported = any(word.low in reading.language.speakers.reporting for word in words)
        introduced = said.indefinite if reported else reading.language.speakers.indefinite  # "Sein Mandant habe"
        for at, word in enumerate(words):
            if not _begins_clause(words, at, said):
                continue
            if word.low in said.someone:
                yield ""
            elif word.low in introduced:
                noun = _noun_of(words[at + 1 : at + _PHRASE], said)
                if noun is not None:
                    yield _gender_of(noun, said)


def _noun_of(words: Sequence[Word], said: Speech) -> str | None:
    """Return the noun for a person that words have, unless a name follows it."""
    for at, word in enumerate(words):
        if word.parted:
            return None
        person = is_noun(word.text, said.people, said) or word.low.endswith(tuple(said.person_ends))
        if person and (not said.nouns_have_capitals or word.capital):
            following = words[at + 1 : at + 2]
            named = any(each.capital for each in following) if not said.nouns_have_capitals else False
            return None if named or word.owner else word.text
    return None


def _begins_clause(words: Sequence[Word], at: int, said: Speech) -> bool:
    """Return whether a word begins a sentence, or a clause that goes on from another, and no apposition."""
    return not at or words[at - 1].low in said.joins | said.meanwhile


def _gender_of(noun: str, said: Speech) -> str:
    """Return what a noun for a person tells of the gender."""
    low = noun.lower()
    if low.endswith(tuple(said.women)):
        return "f"
    if low.endswith(tuple(said.men)):
        return "m"
    return "m" if said.nouns_have_capitals and not low.endswith("e") else ""
