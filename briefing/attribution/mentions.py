"""Where a text mentions whom it names, and who is the subject of a sentence."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from functools import cached_property

from msgspec import Struct

from briefing.attribution.coreference import may_be
from briefing.attribution.credit import Called, called_as, held_by, named
from briefing.attribution.crediting_words import number_at
from briefing.attribution.entities import Entity, NameFound, names_in, unquoted_pieces
from briefing.attribution.subjects import Word, is_noun, run_after, words_of
from briefing.model.places import Span
from briefing.text import Language, Speech, paragraphs, speech


class Mention(Struct, frozen=True):
    """A place outside quotation marks where somebody is named, or introduced without a name."""

    at: int
    id: str
    """Empty for somebody whom the text gives no name: "A senior official said"."""
    subject: bool
    """Whether its sentence is about them."""


class TextReading(Struct, frozen=True, dict=True):
    """A text with everybody whom it names."""

    text: str
    language: Language
    lines: tuple[Span, ...]
    """Its paragraphs."""
    people: Mapping[str, Called]

    @cached_property
    def mentions(self) -> tuple[Mention, ...]:
        """Every mention, in the order of the text."""
        return tuple(_mentions(self))

    @cached_property
    def strangers(self) -> tuple[int, ...]:
        """Where English names of two words stand that nothing shows to be a person's, and that may be one's."""
        said = speech(self.language)
        if said.nouns_have_capitals:
            return ()
        known = {word for person in self.people.values() for word in person.about}
        return tuple(
            each.span.start
            for each in names_in(self.text, self.language)
            if len(each.name.split()) == 2 and not each.body and self._may_be_stranger(each, known)
        )

    def strangers_in(self, within: Span) -> bool:
        """Return whether a stretch of text has such a name."""
        return any(within.start <= at < within.end for at in self.strangers)

    def _may_be_stranger(self, found: NameFound, known: Set[str]) -> bool:
        """Return whether a name is nobody's who is known, nor that of a place, and has no preposition before it."""
        said, words = speech(self.language), found.name.split()
        before = words_of(self.text[max(found.span.start - 30, 0) : found.span.start])[-1:]
        plain = {*said.prepositions, *said.the, *said.articles, *said.addressing}
        if any(word.isupper() for word in words):
            return False
        oblique = any(word.low in plain and not word.owner for word in before)
        return not oblique and not said.things & set(words) and not known & {word.casefold() for word in words}

    @cached_property
    def by_name(self) -> Mapping[str, tuple[str, ...]]:
        """Ids by each word of a person's name and the first of a body's."""
        made: dict[str, tuple[str, ...]] = {}
        for id, person in self.people.items():
            for word in {*person.names, *(phrase[0] for phrase in person.phrases)}:
                made[word] = (*made.get(word, ()), id)
        return made

    @cached_property
    def alone(self) -> frozenset[str]:
        """First words of bodies that name them by themselves: Eastgate United."""
        said = speech(self.language)
        first = {phrase[0] for person in self.people.values() for phrase in person.phrases}
        nouns = said.organisations | said.organisation_names
        return frozenset(word for word in first if not is_noun(word.capitalize(), nouns, said))

    def between(self, start: int, end: int) -> Sequence[Mention]:
        """Return the mentions between two offsets."""
        return self.mentions[bisect_left(self.mentions, start, key=_at) : bisect_left(self.mentions, end, key=_at)]

    def named(self, start: int, end: int) -> Sequence[Mention]:
        """Return the mentions between two offsets of those who have a name."""
        return [each for each in self.between(start, end) if each.id]

    def first_subject(self, start: int, end: int) -> Mention | None:
        """Return the first one between two offsets whom a sentence is about."""
        return next((each for each in self.between(start, end) if each.subject), None)

    def is_body(self, id: str) -> bool:
        """Return whether somebody is an organisation; nobody, who has no id, is none."""
        return bool(id) and self.people[id].gender == "it"

    def is_kind(self, mention: Mention, kind: str) -> bool:
        """Return whether a "body" or a "person" is mentioned; somebody without a name may be either."""
        return not mention.id or self.is_body(mention.id) == (kind == "body")

    def of_kind(self, kind: str, start: int, end: int) -> Sequence[Mention]:
        """Return the mentions between two offsets of bodies or of persons; of both where the kind is empty."""
        return [each for each in self.between(start, end) if not kind or self.is_kind(each, kind)]

    def line(self, at: int) -> int:
        """Return the number of the paragraph that an offset is in."""
        return number_at(self.lines, at)

    def subject(self, start: int, end: int) -> Mention | None:
        """Return the last one between two offsets whom a sentence is about."""
        return next((each for each in reversed(self.between(start, end)) if each.subject), None)

    def most_mentioned(self, end: int) -> str:
        """Return the person who is mentioned most often before an offset; empty where nobody is."""
        before = Counter(each.id for each in self.between(0, end) if each.id and not self.is_body(each.id))
        return max(before, key=lambda id: before[id], default="")

    def gender(self, pronoun: str) -> str:
        """Return what a pronoun tells: m, f, `it` for a body; empty for nothing."""
        return speech(self.language).pronouns.get(pronoun, "")

    def fits(self, id: str, pronoun: str) -> bool:
        """Return whether a pronoun, or with none any words for a person, can mean somebody."""
        return may_be(self.people[id], pronoun, self.language)


def read(text: str, language: Language, entities: Sequence[Entity]) -> TextReading:
    """Return a text with its entities, which have their places among them as ids."""
    people = {
        str(at): called_as(each.name, each.role, each.body, each.gender, language) for at, each in enumerate(entities)
    }
    return TextReading(text, language, tuple(paragraphs(text)), people)


def _at(mention: Mention) -> int:
    return mention.at


def _mentions(reading: TextReading) -> Iterator[Mention]:
    sentence, free = -1, True
    for start, piece in unquoted_pieces(reading.text, reading.language):
        free, sentence = free or start != sentence, start
        words = words_of(piece.of(reading.text))
        for at, id in _named(words, reading, piece.start == start):
            able = _begins_anew(words, at, speech(reading.language)) or not _is_oblique(words, at, reading.language)
            yield Mention(piece.start + words[at].start, id, free and able)
            free = free and not able


def _named(words: Sequence[Word], reading: TextReading, begins: bool) -> Iterator[tuple[int, str]]:
    """Yield every place among words where somebody is meant: by name, by office or as a newcomer."""
    rules, at = reading.language.speakers, 0
    while at < len(words):
        ids = _of_name(words, at, reading)
        if not ids and words[at].low in rules.articles:
            run = run_after(words, at, rules)[:3]
            ids = tuple(held_by([run], reading.people, rules))
        if len(ids) == 1:
            yield at, ids[0]
            at += 1
            while at < len(words) and words[at].capital and not words[at].parted and not words[at - 1].owner:
                at += 1
            continue
        if begins and (_is_newcomer(words, reading) if not at else _is_newcomer_behind(words, at, reading)):
            yield at, ""
        at += 1


def _of_name(words: Sequence[Word], at: int, reading: TextReading) -> tuple[str, ...]:
    """Return whom the name means that begins at a word; of several the one with most of it."""
    low, people = words[at].low, reading.people
    found = reading.by_name.get(low) or reading.by_name.get(low.removesuffix("s"), ())
    if not found or not words[at].capital:
        return ()
    name = _name_at(words, at)
    alone = low in reading.alone and not any(word.capital for word in words[at + 1 : at + 2])
    able = [id for id in found if not people[id].phrases or alone or named(words[at : at + 8], people[id])]
    fitting = {id: sum(word.low in people[id].about for word in name) for id in able}
    return tuple(id for id in able if len(able) == 1 or fitting[id] == max(fitting.values()))


def _name_at(words: Sequence[Word], at: int) -> Sequence[Word]:
    """Return the words with capitals from one on, as far as a comma."""
    ends = (n for n in range(at + 1, len(words)) if not words[n].capital or words[n].parted)
    return words[at : next(ends, len(words))]


def _is_newcomer(words: Sequence[Word], reading: TextReading) -> bool:
    """Return whether a sentence begins with somebody who has no name: "A senior official", "Ein Mitarbeiter"."""
    said = speech(reading.language)
    noun = any(is_noun(word.text, said.people, said) for word in words[1:6])
    apposed = any(
        _of_name(words, at, reading) and (words[at].parted or is_noun(words[at - 1].text, said.people, said))
        for at in range(1, min(len(words), 9))
    )
    indefinite = words[0].low in said.indefinite or words[0].low in said.one
    return (
        indefinite and (noun or any(word.low in said.relative and word.parted for word in words[1:9])) and not apposed
    )


def _is_newcomer_behind(words: Sequence[Word], at: int, reading: TextReading) -> bool:
    """Return whether somebody without a name is introduced behind an English phrase that begins a sentence: "Towards
    the end an agriculture student"."""
    said = speech(reading.language)
    led = words[0].low in said.prepositions and not any(word.low in said.indefinite for word in words[:at])
    if said.nouns_have_capitals or not led or words[at].low not in said.indefinite or words[at].parted or at > _LEAD:
        return False
    noun = next((n for n in range(at, min(at + 4, len(words))) if is_noun(words[n].text, said.people, said)), at)
    return noun > at and not any(word.parted or word.low in said.prepositions for word in words[at + 1 : noun + 1])


_LEAD = 4
"""Words of such a phrase at most."""


def _is_oblique(words: Sequence[Word], at: int, language: Language) -> bool:
    """Return whether a mention is no subject: a genitive, or behind a preposition."""
    said = speech(language)
    if words[at].owner:
        return True
    article = at if words[at].low in said.genitives else at - 1
    before = words[article - 1] if article > 0 else None
    if before and words[article].low in said.genitives and before.capital and before.text not in said.not_names:
        return True  # "die Vorstandschefin der Nordwerk AG"
    for word in reversed(words[max(at - 3, 0) : at]):
        if word.low in said.prepositions and word.low not in said.of_time:
            return True
        if word.low in said.cases.get("", ()):
            return True
        if word.low in said.verbs or (said.nouns_have_capitals and word.capital):
            return False
    return False


def _begins_anew(words: Sequence[Word], at: int, said: Speech) -> bool:
    """Return whether a comma parts an English name from a phrase before it: "In another, Reyes warns"."""
    parted = words[at].parted and not any(word.parted for word in words[1:at])
    return parted and not words[at].owner and not said.nouns_have_capitals
