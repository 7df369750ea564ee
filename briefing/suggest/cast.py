"""Everybody whom a text names, and whom a name, a noun or a pronoun at a place in it means.

A surname means the person whose full name the text has; a noun the person or body that the text calls so ("the
mayor"); a pronoun the last one before it who speaks or begins a sentence and whose gender, as far as the text or the
first name tells it, agrees. What means nobody who is named is a speaker by the text's own words ("a spokesman").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from briefing.language import Language, Speech, joined, quoted, sentences, speech
from briefing.places import Span
from briefing.suggest.phrases import Phrase, phrases

_FAR = 3
"""Paragraphs back in which the one that a pronoun means is looked for."""


@dataclass(slots=True, eq=False)
class Member:
    """Somebody, or a body, that a text names or describes."""

    name: str
    role: str = ""
    body: bool = False
    gender: str = ""
    named: bool = True
    """False where the text has a noun only: a spokesman for the ministry."""
    id: str = ""
    """In people.yml, where it is known."""


@dataclass(slots=True)
class Cast:
    """All members of one text, and where each of them is mentioned."""

    text: str
    language: Language
    members: list[Member] = field(default_factory=list)
    said: list[tuple[int, int, Member]] = field(default_factory=list)
    """Offset, weight and member of each mention: 2 for who speaks, 1 for who begins a sentence, 0 for others."""

    def meant(self, phrase: Phrase) -> Member | None:
        """Whom a phrase of the text means; None for a pronoun that may mean anybody."""
        if phrase.kind == "pronoun":
            return self._of_pronoun(phrase)
        if phrase.kind == "noun":
            return self._of_noun(phrase) or self._new(phrase, named=False)
        return self.known(phrase.name) or self._new(phrase, named=True)

    def known(self, name: str) -> Member | None:
        """The member of a name, or of a part of it at its end."""
        for member in self.members:
            if member.named and member.name == name:
                return member
        words = name.split()
        for member in reversed(self.members):
            own = member.name.split()
            if member.named and not member.body and (own[-len(words) :] == words or words[-len(own) :] == own):
                return member
        return None

    def speaks(self, member: Member, at: int) -> None:
        """Note who speaks at an offset."""
        self.said.append((at, 2, member))

    def _new(self, phrase: Phrase, named: bool) -> Member:
        member = Member(phrase.name, phrase.role, phrase.body, phrase.gender, named)
        for known in self.members:
            if (known.name, known.named) == (member.name, named):
                return known
        self.members.append(member)
        return member

    def _of_noun(self, phrase: Phrase) -> Member | None:
        head = _head(phrase.name, speech(self.language))
        before = [member for at, _, member in sorted(self.said, key=_at) if at < phrase.span.start]
        for member in reversed(list(dict.fromkeys(before))):
            if not member.named:
                continue
            if member.role and _head(member.role, speech(self.language)) == head and _agrees(phrase.name, member.role):
                return member
            if member.body and member.name.lower().endswith(phrase.name.lower()):
                return member
        own = (each for each in self.members if each.body and each.named)
        return next((each for each in own if each.name.lower().endswith(f" {phrase.name.lower()}")), None)

    def _of_pronoun(self, phrase: Phrase) -> Member | None:
        line = phrase.span.start
        for _ in range(_FAR):
            line = max(self.text.rfind("\n", 0, line), 0)
        near = [each for each in sorted(self.said, key=_at) if line <= each[0] < phrase.span.start]
        for least in (1, 0):
            for _, weight, member in reversed(near):
                if weight >= least and _may_be(member, phrase.gender):
                    if phrase.gender in ("m", "f") and not member.gender:
                        member.gender = phrase.gender
                    return member
        return None


def _at(mention: tuple[int, int, Member]) -> int:
    return mention[0]


def _head(noun: str, rules: Speech) -> str:
    """The noun of a phrase: the last word before what belongs to it."""
    words = noun.replace(",", " ").split()
    for at, word in enumerate(words):
        if at and word.lower() in rules.tails:
            return words[at - 1].lower()
    return words[-1].lower() if words else ""


def _agrees(noun: str, role: str) -> bool:
    """Whether no word of a noun contradicts a role: "the deputy mayor" is not the mayor."""
    own = {word.lower() for word in noun.split()}
    return len(own) == 1 or bool(own <= {word.lower() for word in role.split()})


def _may_be(member: Member, gender: str) -> bool:
    if gender == "it":
        return True if member.body else not member.named
    if gender == "":
        return True
    return not member.body and member.gender in ("", gender)


def cast(text: str, language: Language, people: Iterable[Member] = ()) -> Cast:
    """Everybody whom a text names outside quotation marks; `people` are known before."""
    made = Cast(text, language, list(people))
    if not speech(language).verbs:
        return made
    found = [(start, phrase) for start, piece in pieces(text, language) for phrase in phrases(text, language, piece)]
    for _, phrase in found:
        if phrase.kind == "name" and phrase.sure and (" " in phrase.name or phrase.role or phrase.body):
            member = made.known(phrase.name)
            if member is None:
                made.members.append(Member(phrase.name, phrase.role, phrase.body, phrase.gender))
            else:
                member.role = member.role or phrase.role
                member.gender = member.gender or phrase.gender
                if not member.id and len(phrase.name) > len(member.name):
                    member.name = phrase.name
    for start, phrase in found:
        named = made.known(phrase.name) if phrase.kind == "name" else None
        if named:
            made.said.append((phrase.span.start, int(phrase.span.start - start < 2), named))
    return made


def pieces(text: str, language: Language) -> Iterator[tuple[int, Span]]:
    """The stretches of each sentence that stand outside quotation marks, with where the sentence begins."""
    marks = [passage.outer for passage in joined(quoted(text, language))]
    at = 0
    for sentence in sentences(text, language):
        while at < len(marks) and marks[at].end <= sentence.start:
            at += 1
        start, number = sentence.start, at
        while number < len(marks) and marks[number].start < sentence.end:
            if start < marks[number].start:
                yield sentence.start, Span(start, marks[number].start)
            start = max(start, marks[number].end)
            number += 1
        if start < sentence.end:
            yield sentence.start, Span(start, sentence.end)
