"""Whom a name, a noun or a pronoun means, by what has been mentioned before it.

A noun means the one with that role ("the minister"); without one, a description such as "the striker" or "the
54-year-old" means whom the text has just been about, for somebody new would be introduced as "a striker". An office
that there is one of ("the mayor") needs no introduction and means nobody with another role. A pronoun means the last
one before it who speaks or whom a sentence is about, and whose gender agrees as far as the text or the first name
tells it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from briefing.language import Language, Speech, speech
from briefing.suggest.phrase import Phrase, is_noun
from briefing.suggest.spans import sentence_at

_FAR = 3
"""Lines with words back in which the one that a pronoun or a description means is looked for."""


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
    person: bool = False
    """Whether something shows that the name is a person's."""
    age: int = 0
    """In years; 0 where the text does not tell."""
    nouns: set[str] = field(default_factory=set)
    """By which the text has meant them, besides the role."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a text means somebody."""

    at: int
    weight: int
    """2 where they speak, 1 where a sentence is about them, 0 otherwise."""
    member: Member
    sentence: int
    """Where the sentence begins."""


# --- names ------------------------------------------------------------------------------------------------------


def same(member: Member, name: str, gender: str = "") -> int:
    """How surely a name is a member's: 3 the same, 2 its end, 1 another part of it, 0 not at all."""
    if not member.named:
        return 0
    if member.name == name:
        return 3
    own, words = member.name.split(), name.split()
    short, long = sorted((own, words), key=len)
    if gender and member.gender and gender != member.gender:
        return 0
    if member.body:
        return 2 if long[: len(short)] == short and len(short[0]) > 1 else 0
    if long[-len(short) :] == short:
        return 2
    if len(words) > len(own):
        return 0
    return 1 if any(own[at : at + len(words)] == words for at in range(len(own))) else 0


# --- nouns ------------------------------------------------------------------------------------------------------


def of_noun(
    text: str, language: Language, members: Sequence[Member], before: Sequence[Mention], phrase: Phrase
) -> Member | None:
    """Whom a noun with its article means of those who have a name; None for somebody new."""
    rules = speech(language)
    recent = dict.fromkeys(mention.member for mention in reversed(before))
    everybody = [*recent, *(member for member in members if member not in recent)]
    named = [member for member in everybody if member.named]
    head = head_of(phrase.name, rules)
    if phrase.age:
        return _of_age(text, named, before, phrase)
    if phrase.article in rules.indefinite or (not phrase.article and not rules.nouns_have_capitals and not phrase.body):
        return None
    found = next((member for member in named if _has_role(member, phrase, head, rules)), None)
    if found is None and (phrase.body or head.endswith(tuple(rules.companies))):
        body = _of_body(named, before, phrase, head, rules)
        if body or phrase.body:
            return body
    new = _introduced(text, rules, phrase, head) or _restricted(text, rules, phrase)
    if found is None and phrase.article in rules.the and not _plural(head, phrase, rules) and not new:
        found = _described(text, members, before, phrase, head, rules)
    if found is not None:
        found.nouns.add(head)
        found.person = True
    return found


def of_role(language: Language, before: Sequence[Mention], phrase: Phrase) -> Member | None:
    """The last one mentioned with the role that a noun names."""
    rules, head = speech(language), head_of(phrase.name, speech(language))
    named = (mention.member for mention in reversed(before) if mention.member.named)
    return next((member for member in named if _has_role(member, phrase, head, rules)), None)


def _has_role(member: Member, phrase: Phrase, head: str, rules: Speech) -> bool:
    if member.body or not (member.role or member.nouns) or not _agree(member.gender, phrase.gender):
        return False
    if member.role and _agrees(phrase.name, member.role):
        own = head_of(member.role, rules)
        if own == head or (rules.nouns_have_capitals and len(head) > 3 and own.endswith(head)):
            return True
    return head in member.nouns


def _of_body(
    members: Iterable[Member], before: Sequence[Mention], phrase: Phrase, head: str, rules: Speech
) -> Member | None:
    """The body whose name has the noun in it; for a company the last one that a sentence was about."""
    bodies = [member for member in members if may_be(member, "it")]
    whole = phrase.name.lower()
    for member in bodies:
        if member.role and head_of(member.role, rules) == head:
            return member
    for test in (lambda name: name.endswith(whole), lambda name: head in _parts(name, rules)):
        for member in bodies:
            if test(member.name.lower()):
                return member
    subjects = [mention.member for mention in reversed(before) if mention.weight and mention.member in bodies]
    if head.endswith(tuple(rules.companies)):
        return next((each for each in subjects if not _tells_kind(each.name, rules)), None)
    if head in rules.authorities:
        return next((each for each in subjects if _tells_kind(each.name, rules)), None)
    return None


def _parts(name: str, rules: Speech) -> Iterator[str]:
    """The words of a name; of German compounds also their ends that are nouns for bodies: amt in Bundesamt."""
    for word in name.split():
        yield word
        if rules.nouns_have_capitals:
            yield from (noun.lower() for noun in rules.organisations if word.endswith(noun.lower()))


def _tells_kind(name: str, rules: Speech) -> bool:
    """Whether a name has a noun for a body in it, so that other nouns mean other bodies: Harbour Trust."""
    return any(
        is_noun(word if rules.nouns_have_capitals else word.lower(), rules.organisations, rules)
        for word in name.split()
    )


def _of_age(text: str, named: Iterable[Member], before: Sequence[Mention], phrase: Phrase) -> Member | None:
    """Whom "the 54-year-old" means: who is of that age, else whom the text has just been about."""
    for member in named:
        if member.age == phrase.age and _agree(member.gender, phrase.gender):
            return member
    near = _near(text, before, phrase.span.start)
    return _last(near, lambda each: each.named and not each.age and may_be(each, phrase.gender or "p"))


def _described(
    text: str, members: Sequence[Member], before: Sequence[Mention], phrase: Phrase, head: str, rules: Speech
) -> Member | None:
    """Whom a description means that is nobody's role: whom the text has just been about."""
    near = _near(text, before, phrase.span.start)
    office = is_noun(_capital(head, rules), rules.offices, rules) or is_noun(head, rules.offices, rules)
    paragraph = text.rfind("\n", 0, phrase.span.start)
    only = sum(member.person for member in members) == 1

    def fits(member: Member) -> bool:
        if not member.named or member.body or not may_be(member, phrase.gender or "p"):
            return False
        if not office or only:
            return True
        return not member.role and any(each.member is member and each.at > paragraph for each in near)

    found = _last(near, lambda each: fits(each) and likely(each, phrase.gender, rules)) or _last(near, fits)
    if found and phrase.gender and not found.gender:
        found.gender = phrase.gender
    return found


def _introduced(text: str, rules: Speech, phrase: Phrase, head: str) -> bool:
    """Whether the text has introduced somebody without a name by the same noun: a senior diplomat."""
    articles = "|".join(sorted(map(re.escape, rules.indefinite)))
    pattern = rf"(?<!\w)(?:{articles})(?: [\w-]+){{0,2}} {re.escape(head)}(?!\w)"
    start = max(phrase.span.start - _INTRODUCED, 0)
    return re.search(pattern, text[start : phrase.span.start], re.IGNORECASE) is not None


def _restricted(text: str, rules: Speech, phrase: Phrase) -> bool:
    """Whether a clause without a comma tells who is meant: the man who found it."""
    following = re.match(r" ([^\W\d_]+)", text[phrase.span.end : phrase.span.end + 20])
    return not rules.nouns_have_capitals and following is not None and following[1] in rules.relative


_INTRODUCED = 2000
"""Code points before a noun in which somebody is introduced by it."""


def _plural(head: str, phrase: Phrase, rules: Speech) -> bool:
    if rules.nouns_have_capitals:
        return head.endswith("innen") or (rules.genders.get(phrase.article) == "f" and phrase.gender == "m")
    return (head.endswith("s") and not head.endswith("ss")) or head in rules.plurals


def head_of(noun: str, rules: Speech) -> str:
    """The noun of a phrase in lower case: the last word before what belongs to it."""
    words = noun.replace(",", " ").split()
    for at, word in enumerate(words):
        if at and (word.lower() in rules.tails or word.lower() in rules.relative):
            return words[at - 1].lower()
    return words[-1].lower() if words else ""


def _capital(head: str, rules: Speech) -> str:
    return head[:1].upper() + head[1:] if rules.nouns_have_capitals else head


def _agrees(noun: str, role: str) -> bool:
    """Whether no word of a noun contradicts a role: "the deputy mayor" is not the mayor."""
    own = {word.lower() for word in noun.split()}
    return len(own) == 1 or bool(own <= {word.lower() for word in role.split()})


# --- pronouns ---------------------------------------------------------------------------------------------------


def of_pronoun(text: str, language: Language, before: Sequence[Mention], phrase: Phrase) -> Member | None:
    """Whom a pronoun means; None where nobody near it agrees."""
    near = _near(text, before, phrase.span.start)
    if _PARENTHESIS.search(text[max(phrase.span.start - 3, 0) : phrase.span.end + 30]):
        # "Lomax had been, she said, “let down”": who is spoken of does not speak.
        start = sentence_at(text, language, phrase.span.start).start
        near = [each for each in near if each.at < start or each.weight == 2]
    rules = speech(language)
    body = _body_just_named(text, near, phrase)
    if body:
        return body
    tests = [
        lambda each: _is_somebody(each) and may_be(each, phrase.gender) and likely(each, phrase.gender, rules),
        lambda each: may_be(each, phrase.gender) and likely(each, phrase.gender, rules),
        lambda each: may_be(each, phrase.gender),
    ]
    if phrase.gender == "it":
        tests = [lambda each: each.body, *tests]
    for test in tests:
        member = _last(near, test)
        if member:
            if phrase.gender in ("m", "f") and not member.gender:
                member.gender = phrase.gender
            return member
    far = (each.member for each in reversed(before) if each.member.gender == phrase.gender and not each.member.body)
    return next(far, None) if phrase.gender in ("m", "f") else None


def _body_just_named(text: str, near: Sequence[Mention], phrase: Phrase) -> Member | None:
    """The body that the sentence before is about, where its noun has the pronoun's gender: Die Behörde … sie."""
    paragraph = text.rfind("\n", 0, phrase.span.start)
    subjects = [each for each in near if each.weight and each.at > paragraph]
    last = subjects[-1].member if subjects else None
    return last if last and last.body and phrase.gender in ("m", "f") and last.gender == phrase.gender else None


_PARENTHESIS = re.compile(r", [^\W\d_]+ [^\W\d_]+(?: [^\W\d_]+)?,")


def may_be(member: Member, gender: str) -> bool:
    """Whether a pronoun or noun of a gender can mean a member; `p` for any person."""
    if gender == "it":
        return member.body or not member.named or (not member.person and " " not in member.name)
    if gender == "":
        return True
    return not member.body and (gender == "p" or member.gender in ("", gender))


def likely(member: Member, gender: str, rules: Speech) -> bool:
    """Whether a member is likely of a gender: known to be, or a person whose first name does not look otherwise."""
    if gender not in ("m", "f") or member.gender == gender:
        return True
    ends_like_a_woman = member.name.split()[0].endswith(tuple(rules.feminine))
    return not member.gender and ends_like_a_woman == (gender == "f")


def _is_somebody(member: Member) -> bool:
    return member.person or not member.named


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


# --- what is near -----------------------------------------------------------------------------------------------


def _near(text: str, before: Sequence[Mention], at: int) -> list[Mention]:
    """The mentions in the last few lines."""
    line = at
    for _ in range(_FAR):
        line = max(text.rfind("\n", 0, line), 0)
        while line > 0 and not text[text.rfind("\n", 0, line) + 1 : line].strip():
            line = max(text.rfind("\n", 0, line), 0)
    return [each for each in before if line <= each.at]


def _last(near: Sequence[Mention], test: Callable[[Member], bool]) -> Member | None:
    """The last one whom a sentence was about, else the last mentioned, who passes a test."""
    for least in (1, 0):
        for mention in reversed(near):
            if mention.weight >= least and test(mention.member):
                return mention.member
    return None
