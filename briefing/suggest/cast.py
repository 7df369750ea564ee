"""Everybody whom a text names, and where each of them is mentioned.

A name is entered once however it is written: a surname, a first name and a longer form of it are the same person. What
a noun or a pronoun means is told by `reference`, from the mentions before it. What means nobody who is named is a
speaker by the text's own words ("a spokesman").
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from briefing.language import Language, Speech, joined, paragraphs, quoted, sentences, speech
from briefing.places import Span
from briefing.suggest import reference
from briefing.suggest.apposition import aside
from briefing.suggest.phrase import Phrase, gender_of, is_person
from briefing.suggest.phrases import phrases
from briefing.suggest.reference import Member, Mention

_LATEST = 300
"""Mentions that are looked back upon: more would take time and mean nobody."""
SPEAKS, SUBJECT, OTHER = 2, 1, 0
"""Weights of a mention: of who speaks, of what a sentence is about, of all others."""


@dataclass(slots=True)
class Cast:
    """All members of one text, and where each of them is mentioned."""

    text: str
    language: Language
    members: list[Member] = field(default_factory=list)
    said: list[Mention] = field(default_factory=list)
    """By offset."""
    unread: list[tuple[Phrase, int, int]] = field(default_factory=list)
    """Phrases with their weight and where their sentence begins, the last first, until `read_to` comes by."""
    names: set[str] = field(default_factory=set)
    """Every word of a member's name."""
    by_word: dict[str, list[Member]] = field(default_factory=dict)
    """Members by each word of their names."""
    proper: frozenset[str] = frozenset()
    """Every word with a capital within a sentence."""

    def meant(self, phrase: Phrase) -> Member | None:
        """Whom a phrase of the text means; None for a noun or a pronoun that may mean anybody."""
        self.read_to(phrase.span.start)
        before = self.before(phrase.span.start)
        if phrase.kind == "pronoun":
            return reference.of_pronoun(self.text, self.language, before, phrase)
        if phrase.kind == "noun" and not self._is_surname(phrase):
            found = reference.of_noun(self.text, self.language, self.members, before, phrase)
            found = found or self._named_below(phrase)
            return found or (None if phrase.age else self._new(phrase, named=False))
        return self._named(phrase) or self._new(phrase, named=True)

    def _named_below(self, phrase: Phrase) -> Member | None:
        """Whom the paragraph below names as having spoken: the commissioner said. ¶ Jan Werth was speaking after."""
        forms = "|".join(sorted(map(re.escape, speech(self.language).spoke)))
        end = self.text.find("\n", phrase.span.end)
        below = re.compile(rf"\s*([^\W\d_][^\n.,]{{1,40}}?) (?:{forms or '(?!)'})(?!\w)")
        found = below.match(self.text, end) if end >= 0 else None
        member = self.known(found[1], phrase.gender) if found else None
        if member is None or member.body or member.role or phrase.article not in speech(self.language).the:
            return None
        member.role = phrase.name
        return member

    def _is_surname(self, phrase: Phrase) -> bool:
        """Whether a noun without an article is the name of somebody whom the text has named: Baker, Prinz."""
        return phrase.kind == "noun" and not phrase.article and phrase.name in self.names

    def _named(self, phrase: Phrase) -> Member | None:
        """The member of a name; of a noun in no list and a surname, that of the surname: Torschütze Sow."""
        found = self.known(phrase.name, phrase.gender, phrase.span.start)
        first, _, last = phrase.name.partition(" ")
        if found or phrase.person or phrase.body or phrase.thing or last not in self.names or first in self.names:
            return found
        return self.known(last, phrase.gender, phrase.span.start)

    def before(self, at: int) -> list[Mention]:
        """The last mentions before an offset, as far as the text has been read."""
        end = bisect_left(self.said, at, key=_at)
        return self.said[max(end - _LATEST, 0) : end]

    def known(self, name: str, gender: str = "", at: int | None = None) -> Member | None:
        """The member of a name or of a part of it: of several the one mentioned last before an offset."""
        sharing = dict.fromkeys(member for word in name.split() for member in self.by_word.get(word, ()))
        ranked = [(reference.same(member, name, gender), member) for member in sharing]
        best = max((rank for rank, _ in ranked), default=0)
        fitting = [member for rank, member in ranked if rank == best] if best else []
        if len(fitting) > 1 and at is not None:
            latest = next((each.member for each in reversed(self.before(at)) if each.member in fitting), None)
            return latest or fitting[-1]
        return fitting[-1] if fitting else None

    def add(self, member: Member) -> None:
        """Take a member in, under every word of the name."""
        self.members.append(member)
        self.index(member)

    def index(self, member: Member) -> None:
        """Make a member findable by every word of the name as it is now."""
        for word in member.name.split():
            known = self.by_word.setdefault(word, [])
            if member not in known:
                known.append(member)

    def read_to(self, at: int) -> None:
        """Note every mention before an offset."""
        while self.unread and self.unread[-1][0].span.start < at:
            phrase, weight, sentence = self.unread.pop()
            member = self._mentioned(phrase, weight)
            if member:
                insort(self.said, Mention(phrase.span.start, weight, member, sentence), key=_at)

    def _mentioned(self, phrase: Phrase, weight: int) -> Member | None:
        if phrase.kind == "name" or self._is_surname(phrase):
            return self._named(phrase)
        before = self.before(phrase.span.start)
        if weight < SUBJECT:
            named = phrase.kind == "noun" and phrase.article in speech(self.language).the
            return reference.of_role(self.language, before, phrase) if named else None
        if phrase.kind == "pronoun":
            return (
                reference.of_pronoun(self.text, self.language, before, phrase) if phrase.gender in ("m", "f") else None
            )
        return reference.of_noun(self.text, self.language, self.members, before, phrase)

    def speaks(self, member: Member, at: int) -> None:
        """Note who speaks at an offset."""
        insort(self.said, Mention(at, SPEAKS, member, at), key=_at)

    def _new(self, phrase: Phrase, named: bool) -> Member:
        member = Member(
            phrase.name, phrase.role, phrase.body or phrase.thing, phrase.gender, named, person=phrase.person
        )
        for known in self.by_word.get(phrase.name.split()[0], ()):
            if (known.name, known.named) == (member.name, named):
                return known
        self.add(member)
        return member


def _at(mention: Mention) -> int:
    return mention.at


def cast(text: str, language: Language, people: Iterable[Member] = ()) -> Cast:
    """Everybody whom a text names outside quotation marks; `people` are known before."""
    made = Cast(text, language, proper=frozenset(_PROPER.findall(text)))
    for member in people:
        made.add(member)
    if not speech(language).verbs:
        return made
    found = [(start, phrase) for start, piece in pieces(text, language) for phrase in phrases(text, language, piece)]
    alone = Counter(phrase.name for _, phrase in found if phrase.kind == "name" and " " not in phrase.name)
    for start, phrase in found:
        _enter(made, phrase, alone, start)
    made.names = {word for member in made.members if member.named for word in member.name.split()}
    made.unread = [*reversed(list(_weighed(made, found)))]
    return made


def _enter(made: Cast, phrase: Phrase, alone: Mapping[str, int], start: int) -> None:
    """Make a member of a name, or learn from it what is known of one."""
    if phrase.kind != "name" or phrase.thing:
        return
    beside = aside(made.text, made.language, phrase)
    role, age = phrase.role or beside.role, beside.age
    again = " " in phrase.name and phrase.name.split()[-1] in alone
    again = again or (" " in phrase.name and phrase.span.start == start and not _ADJECTIVE.match(phrase.name))
    if not phrase.sure and not (role or age or again or _speaks_beside(made, phrase)):
        return
    often = _is_proper(made, phrase)
    if " " not in phrase.name and not role and not phrase.body and not often:
        return
    member = made.known(phrase.name, phrase.gender)
    if member is None:
        rules = speech(made.language)
        told = rules.genders.get(phrase.article, "") if phrase.body else gender_of(phrase.name, role, rules)
        member = Member(phrase.name, role, phrase.body, phrase.gender or told)
        made.add(member)
    member.role = member.role or role
    member.gender = member.gender or phrase.gender or beside.gender
    member.age = member.age or age
    person = member.person or phrase.person or age > 0 or _tells_person(made, phrase, role)
    member.person = person and not member.body
    if not member.id and len(phrase.name) > len(member.name):
        member.name = phrase.name
        made.index(member)


_ADJECTIVE = re.compile(r"\w+e[rsnm]? ")
"""What a German adjective with a capital looks like, before a noun at the beginning of a sentence."""


def _tells_person(made: Cast, phrase: Phrase, role: str) -> bool:
    """Whether a role is that of a person: any beside two names, of one name only a noun for people."""
    rules = speech(made.language)
    return bool(role) and (" " in phrase.name or is_person(reference.head_of(role, rules), rules))


def _is_proper(made: Cast, phrase: Phrase) -> bool:
    """Whether one word with a capital is a name and no noun: it is a subject, and has its capital within a sentence."""
    if phrase.oblique or " " in phrase.name or speech(made.language).nouns_have_capitals:
        return False
    return phrase.name in made.proper or _opens_text(made, phrase)


def _opens_text(made: Cast, phrase: Phrase) -> bool:
    """Whether a name is the subject of the first sentence, before its verb: Skyhaven grounded its fleet."""
    rules, line = speech(made.language), next(paragraphs(made.text), None)
    first = list(phrases(made.text, made.language, line)[:1]) if line else []
    following = _NEXT_WORD.match(made.text, phrase.span.end)
    verb = following[1] if following else ""
    acts = verb in rules.clause_words or verb in rules.verbs or verb.endswith("ed")
    return first == [phrase] and acts and not phrase.name.endswith("s")


_PROPER = re.compile(r"(?:(?<=[^\W\d_A-Z] )|(?<=[^\W\d_A-Z], ))[^\W\d_a-z][\w-]*")


def _speaks_beside(made: Cast, phrase: Phrase) -> bool:
    """Whether a verb of speech stands directly beside a name."""
    if phrase.oblique or " " not in phrase.name:
        return False
    verbs = speech(made.language).verbs
    before = _LAST_WORD.search(made.text, max(phrase.span.start - 30, 0), phrase.span.start)
    after = _NEXT_WORD.match(made.text, phrase.span.end)
    return bool(before and before[1] in verbs) or bool(after and after[1] in verbs)


_LAST_WORD = re.compile(r"([^\W\d_]+) $")
_NEXT_WORD = re.compile(r" ([^\W\d_]+)")


def _weighed(made: Cast, found: Iterable[tuple[int, Phrase]]) -> Iterator[tuple[Phrase, int, int]]:
    """Phrases with how much their sentence is about them: the first, and the first that can be a subject, are."""
    text, rules, sentence, first, subject = made.text, speech(made.language), -1, True, True
    for start, phrase in found:
        if start != sentence:
            sentence, first, subject = start, True, True
        if phrase.kind == "pronoun" and phrase.gender == "it":
            continue
        if not phrase.sure and " " not in phrase.name and phrase.name not in made.names:
            continue  # a German noun
        able = not phrase.oblique and not phrase.possessive
        topic = first and phrase.kind != "noun" and (not phrase.oblique or _is_topic(text, rules, start, phrase))
        weight = SUBJECT if topic or (subject and able) else OTHER
        first, subject = False, subject and not able
        yield phrase, weight, sentence


def _is_topic(text: str, rules: Speech, start: int, phrase: Phrase) -> bool:
    """Whether a phrase at the beginning of a sentence is what it is about, though no subject: For Greta Lund, ….

    So is a dative in German (Dem Wirt reicht das), and who is credited: According to Vane.
    """
    before = text[start : phrase.span.start].strip().lower()
    words = before.split()
    listed = any(before.startswith(each.lower()) for each in rules.according)
    return not words or listed or words[0] in rules.views or words[0] in rules.articles


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
