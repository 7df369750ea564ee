"""Whom a pronoun or description beside a quotation can mean, by who is named before it and by what is known of them.

Only what is sure is told. Nobody is meant whose gender, as far as the first name or the role tells it, the pronoun
excludes; where that leaves several, or nobody, it is open who is meant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from briefing.attribution.credit import Called, Credit, by_office, named, speaking
from briefing.attribution.crediting_words import number_at
from briefing.attribution.newcomers import Newcomer, introduced, named_later
from briefing.attribution.subjects import Word, unquoted, words_of
from briefing.model.places import Span
from briefing.text import Language, speech


def referents(
    text: str, rules: Language, lines: Sequence[Span], span: Span, found: Credit, people: Mapping[str, Called]
) -> frozenset[str]:
    """Return those whom crediting words at `span` that refer to somebody can mean; empty where that is open.

    They are named before in the paragraph, or credited with words in the one before it where the paragraph names
    nobody. A description that is nobody's office means no one who has just spoken: "…", Berg said. "…", the Frenchman
    replied.
    """
    at = number_at(lines, span.start)
    above = lines[at - 1] if at else None
    end = span.start if found.reported else before_pronoun(text, rules, span, found)
    told = unquoted(text, rules, Span(lines[at].start, max(end, lines[at].start)))
    here = _mentioned(words_of(told), people)
    if not found.pronoun and not found.reported:
        return frozenset() if here & speaking(told, people, rules.speakers) else here
    new = introduced_alone(text, rules, lines, span, found, people) if found.pronoun else None
    if new is not None:
        return new
    before = here if here or above is None else speaking(unquoted(text, rules, above), people, rules.speakers)
    possible = frozenset(id for id in before if may_be(people[id], found.pronoun, rules))
    near = Span((above or lines[at]).start, span.end)
    return possible if possible or not before else _only_one(text, near, people, found.pronoun, rules)


def introduced_alone(
    text: str, rules: Language, lines: Sequence[Span], span: Span, found: Credit, people: Mapping[str, Called]
) -> frozenset[str] | None:
    """Return whom crediting words mean where their paragraph names no person before them and introduces one, of whom a
    pronoun or the same noun goes on: the only one whom the text later calls so ("The nurse, Ida Carr,"), or nobody.

    None where they mean none such.
    """
    gender = speech(rules).pronouns.get(found.pronoun, "")
    if not found.refers or (found.pronoun and gender not in ("m", "f")):
        return None
    line = lines[number_at(lines, span.start)]
    end = before_pronoun(text, rules, span, found) if found.pronoun else span.start
    within = Span(line.start, max(end, line.start))
    new = introduced(text, rules, within, gender)
    persons = {id: one for id, one in people.items() if one.gender != "it"}
    if new is None or _are_named(words_of(unquoted(text, rules, within)), persons):
        return None
    if not gender and {word.text for word in words_of(span.of(text))}.isdisjoint(new.words[-1:]):
        return None
    return _named_later(text, rules, new, line.end, persons, found.pronoun)


def _named_later(
    text: str, rules: Language, new: Newcomer, start: int, persons: Mapping[str, Called], pronoun: str
) -> frozenset[str]:
    """Return the only person whom a text behind an offset calls as it calls a newcomer before; else nobody."""
    names = [words_of(each.of(text)) for each in named_later(text, rules, new, start)]
    able = frozenset(id for name in names for id in _are_named(name, persons) if may_be(persons[id], pronoun, rules))
    return able if len(able) == 1 else frozenset()


def _are_named(words: Sequence[Word], people: Mapping[str, Called]) -> frozenset[str]:
    return frozenset(id for id, person in people.items() if named(words, person))


def before_pronoun(text: str, rules: Language, span: Span, found: Credit) -> int:
    """Return where the words end that can name whom a pronoun in crediting words at `span` means; else their end.

    It means nobody who is named behind it ("she wrote to her sister Maud"), or in what somebody is asked ("Asked
    whether Reid had laughed, he said").
    """
    if not found.pronoun or found.at < 0:
        return span.end
    lead = text[span.start : span.start + found.at].lstrip().casefold()
    asked = any(lead.startswith(f"{phrase} ") for phrase in speech(rules).asked)
    return span.start if asked else span.start + found.at


def _mentioned(words: Sequence[Word], people: Mapping[str, Called]) -> frozenset[str]:
    """Return those whom words name or whose office they name."""
    return frozenset(id for id, person in people.items() if named(words, person) or by_office(words, person))


def may_be(person: Called, pronoun: str, rules: Language) -> bool:
    """Return whether a pronoun may stand for somebody; any may where nothing tells the gender."""
    gender = speech(rules).pronouns.get(pronoun, "")
    if not gender:
        return True
    if person.gender == "it":
        return gender == "it" or speech(rules).nouns_have_capitals  # bodies have any gender in German
    return gender == person.gender or (gender != "it" and not person.gender)


def _only_one(text: str, near: Span, people: Mapping[str, Called], pronoun: str, rules: Language) -> frozenset[str]:
    """Return the only one of those named in a span whom a pronoun can mean, where the gender of each is known."""
    words = words_of(unquoted(text, rules, near))
    able = {id: one.gender for id, one in people.items() if named(words, one) and may_be(one, pronoun, rules)}
    return frozenset(able) if len(able) == 1 and all(able.values()) else frozenset()
