"""Whom a text introduces without a name, and what it calls them later.

"Among the first was a night-shift nurse. “…,” she said" means nobody who was named before; "The nurse, Ida Carr," may
say further on who it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from briefing.attribution.subjects import Word, is_noun, unquoted, words_of
from briefing.model.places import Span
from briefing.text import Language, Speech, sentences, speech
from briefing.text.language_rules import any_of

_PHRASE = 4
"""Words of a phrase for somebody at most, with its article."""
_LEAD = 10
"""Words at most that a sentence has before such a phrase where its verb is in front of it."""
_SHORT_LEAD = 4
"""Words of one behind which an English sentence has them as its subject: "Towards the end a student"."""


class Newcomer(Struct, frozen=True):
    """Somebody without a name whom a sentence introduces: "a night-shift nurse"."""

    words: tuple[str, ...]
    """The phrase without its article, as far as the noun; empty for "somebody"."""
    gender: str
    """m or f; empty where the noun leaves it open."""
    after: frozenset[str]
    """The genders of the pronouns before it in its stretch, which mean somebody else."""

    def may_be(self, gender: str) -> bool:
        """Return whether words of a gender, with none any words, can mean them."""
        return not gender or not self.gender or self.gender == gender


def newcomers(text: str, language: Language, within: Span) -> Iterator[Newcomer]:
    """Yield those whom a stretch introduces: "a man", "ihr Mann"."""
    said = speech(language)
    known: set[str] = set()
    for each in sentences(text, language, within):
        words = words_of(unquoted(text, language, each))
        reported = any(word.low in language.speakers.reporting for word in words)
        articles = said.indefinite if reported else language.speakers.indefinite  # "Sein Mandant habe"
        for at, word in enumerate(words):
            known.update({said.pronouns.get(word.low, ""), said.possessives.get(word.low, "")} - {"", "it"})
            if word.low in said.someone and _begins_clause(words, at, said):
                yield Newcomer((), "", frozenset(known))
            elif word.low in articles:
                phrase = _phrase_of(words[at + 1 : at + _PHRASE], said)
                if not phrase or _is_role(words, at, len(phrase), said):
                    continue
                if _begins_clause(words, at, said) or _is_introduced(words, at, len(phrase), said):
                    told = tuple(word.text for word in phrase)
                    yield Newcomer(told, _gender_of(phrase[-1].text, said), frozenset(known))


def introduced(text: str, language: Language, within: Span, gender: str) -> Newcomer | None:
    """Return whom a stretch that names nobody introduces and a pronoun of a gender behind it can mean; of several, one
    of whom nothing is known."""
    able = [each for each in newcomers(text, language, within) if each.may_be(gender) and gender not in each.after]
    if len({each.words for each in able}) > 1:
        return Newcomer((), "", frozenset())
    return able[0] if able else None


def named_later(text: str, language: Language, newcomer: Newcomer, start: int) -> Iterator[Span]:
    """Yield the names that a text behind an offset has beside words for a newcomer: "The nurse, Ida Carr,"."""
    if not newcomer.words:
        return
    for found in _named_as(newcomer.words, language).finditer(text, start):
        group = next(name for name in ("apposed", "direct", "first") if found[name])
        yield Span(found.start(group), found.end(group))


@cache
def _named_as(words: tuple[str, ...], language: Language) -> re.Pattern[str]:
    """Return a pattern of names beside words for somebody: "The nurse, Ida Carr,", "der Fahrer Karl Berg"."""
    said = speech(language)
    *before, noun = (re.escape(word) for word in words)
    called = rf"(?i:{any_of(said.the)}) {''.join(f'(?:{word} )?' for word in before)}{noun}"
    title, name = rf"(?:{any_of(said.honorifics)}\.? )?", r"[A-ZÄÖÜ][\w’'-]*(?: [A-ZÄÖÜ][\w’'-]*)*"
    behind = rf"(?:, {title}(?P<apposed>{name})(?= ?[,(])| {title}(?P<direct>{name}))"
    return re.compile(rf"(?<!\w)(?:{called}{behind}|(?P<first>{name}), {called}(?!\w))")


def _phrase_of(words: Sequence[Word], said: Speech) -> Sequence[Word]:
    """Return the words as far as the noun for a person that they have, unless a name follows it; else nothing."""
    for at, word in enumerate(words):
        if word.parted:
            return ()
        if not _is_person(word, said):
            continue
        following = words[at + 1 : at + 2]
        if following and not following[0].parted and _is_person(following[0], said):
            continue  # "a student nurse"
        named = any(each.capital for each in following) if not said.nouns_have_capitals else False
        return () if named or word.owner else words[: at + 1]
    return ()


def _is_person(word: Word, said: Speech) -> bool:
    person = is_noun(word.text, said.people, said) or word.low.endswith(tuple(said.person_ends))
    return person and (not said.nouns_have_capitals or word.capital)


def _begins_clause(words: Sequence[Word], at: int, said: Speech) -> bool:
    """Return whether a word begins a sentence, or a clause that goes on from another, and no apposition."""
    return not at or words[at - 1].low in said.joins | said.meanwhile


def _is_role(words: Sequence[Word], at: int, length: int, said: Speech) -> bool:
    """Return whether a phrase says what somebody is whom its sentence names next: "As a nurse, she"."""
    return at == 1 and words[0].low in said.likening and any(word.parted for word in words[at + 1 + length :][:1])


def _is_introduced(words: Sequence[Word], at: int, length: int, said: Speech) -> bool:
    """Return whether a sentence comes to somebody at last: "Among the first was a nurse", "Applause met a nurse, who".

    "Ann Ford, a nurse", "she was a nurse" and "as a nurse" introduce nobody.
    """
    lead, behind = words[:at], words[at + 1 + length :][:1]
    if any(said.pronouns.get(word.low, "it") != "it" for word in lead):
        return False
    if words[at].parted:
        plain = not said.nouns_have_capitals and not any(word.capital for word in lead[1:])
        return plain and lead[0].low in said.prepositions  # "At the back, a nurse"
    related = any(word.parted and word.low in said.relative for word in behind)
    if related and lead[-1].low not in said.likening | said.copulas:
        return True
    return _begins_with_phrase(lead, said) or _has_verb_in_front(lead, said)


def _begins_with_phrase(lead: Sequence[Word], said: Speech) -> bool:
    """Return whether an English sentence has only a short phrase before its subject: "Towards the end a student"."""
    if said.nouns_have_capitals or len(lead) > _SHORT_LEAD or lead[0].low in said.likening:
        return False
    return lead[0].low in said.prepositions and not any(word.low in said.indefinite for word in lead)


def _has_verb_in_front(lead: Sequence[Word], said: Speech) -> bool:
    """Return whether words end with a verb whose subject is behind it: "Among the first was", "Dann meldete sich"."""
    verb = lead[-2] if lead[-1].low in said.reflexive and len(lead) > 1 else lead[-1]
    return verb.low in said.copulas | said.appearing and _leads(lead, said)


def _leads(words: Sequence[Word], said: Speech) -> bool:
    """Return whether words before a verb are no subject: "Among the first", "Dann"."""
    named = not said.nouns_have_capitals and any(word.capital for word in words[1:])
    return len(words) <= _LEAD and not named and words[0].low in said.prepositions | said.inverted_behind


def _gender_of(noun: str, said: Speech) -> str:
    """Return what a noun for a person tells of the gender."""
    low = noun.lower()
    if low.endswith(tuple(said.women)):
        return "f"
    if low.endswith(tuple(said.men)):
        return "m"
    return "m" if said.nouns_have_capitals and not low.endswith("e") else ""
