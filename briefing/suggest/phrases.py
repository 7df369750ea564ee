"""Who is named in a piece of text: names, nouns for people and bodies, and pronouns, each with what is said beside it.

"the mayor, Ada Thornbury", "NATO Secretary General Mark Rutte" and "Mark Rutte, the alliance's chief" are one phrase
with a name and a role; "the ministry" has a noun only. All words that this knows are in the language's `speech` rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Literal

from briefing.language import Language, Speech, speech
from briefing.places import Span

Kind = Literal["name", "noun", "pronoun"]

_TOKEN = re.compile(r"[^\W\d_][\w’'.-]*[\w’']|[^\W\d_]|\d+|[^\w\s]")
_DATELINE = re.compile(r"[^\W\d_][^\n.!?“”„\"()]{0,40}(?:\([^()\n]{2,30}\)[ \u00a0]?[–—-])[ \u00a0](?=[^\W\d_])")
"""A place and an agency before the first sentence: WASHINGTON (AP) — ."""
_BACK = 4
"""Words before a noun that may belong to it: its article and adjectives."""
_TAIL = 5
"""Words of a phrase after a noun: a spokesman for the ministry of transport."""
_NAME_WORDS = 2
"""Words of a name where nothing else tells how many they are."""
_COMPOUND = 4
"""Letters that a noun must have to count at the end of a compound (Verkehrsministerin)."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that name or mean somebody."""

    span: Span
    kind: Kind
    name: str = ""
    """The name; the noun phrase, without its article, where there is none; the pronoun in lower case."""
    role: str = ""
    """What the text says beside the name."""
    body: bool = False
    """Whether it is an organisation."""
    gender: str = ""
    possessive: bool = False
    """Whether it only says whose something is: Rutte’s."""
    sure: bool = True
    """False for words with capitals that are a name only where a name is to be expected."""
    person: bool = False
    """Whether a first name, a title or a role shows that it is somebody's name."""
    thing: bool = False
    """Whether it is the name of a place, a building, an event or a law."""
    age: int = 0
    """Where it is nothing but an age: the 54-year-old."""
    article: str = ""
    """Its article or possessive, in lower case."""
    oblique: bool = False
    """Whether a preposition or its case shows that it is no subject."""


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    span: Span


@lru_cache(maxsize=4096)
def phrases(text: str, language: Language, within: Span) -> tuple[Phrase, ...]:
    """Every phrase in a stretch of text, in its order; a noun and the name beside it are one."""
    rules = speech(language)
    if not rules.verbs:
        return ()
    dateline = _DATELINE.match(text, within.start, within.end)
    start = dateline.end() if dateline else within.start
    tokens = [_Token(found.group(), Span(*found.span())) for found in _TOKEN.finditer(text, start, within.end)]
    found = sorted(
        (*_pronouns(tokens, rules), *_names(tokens, rules), *_nouns(text, tokens, rules), *_ages(tokens, rules)),
        key=_place,
    )
    return tuple(placed(text, rules, within, phrase) for phrase in _joined(text, rules, _apart(found)))


def _place(phrase: Phrase) -> tuple[int, int]:
    return phrase.span.start, -phrase.span.end


def _apart(found: Sequence[Phrase]) -> list[Phrase]:
    """Phrases without those that begin in another: a spokesman for NATO is one phrase."""
    kept: list[Phrase] = []
    for phrase in found:
        if not kept or phrase.span.start >= kept[-1].span.end:
            kept.append(phrase)
        elif (phrase.role or phrase.body) and kept[-1].kind == "noun" and phrase.span.end > kept[-1].span.end:
            # "die Lehrerin" and "Lehrerin Jule Marx" are one phrase, with the article.
            kept[-1] = replace(
                phrase, span=Span(kept[-1].span.start, phrase.span.end), gender=phrase.gender or kept[-1].gender
            )
    return kept


# --- pronouns ---------------------------------------------------------------------------------------------------


def _pronouns(tokens: Sequence[_Token], rules: Speech) -> Iterator[Phrase]:
    for token in tokens:
        word = token.text.lower()
        if word in rules.pronouns:
            yield Phrase(token.span, "pronoun", word, gender=rules.pronouns[word])


# --- names ------------------------------------------------------------------------------------------------------


def _names(tokens: Sequence[_Token], rules: Speech) -> Iterator[Phrase]:
    at = 0
    while at < len(tokens):
        end = _run(tokens, at, rules)
        if end > at:
            phrase = _name(tokens[at:end], rules)
            if phrase:
                yield _with_office(tokens, at, phrase, rules)
        at = max(end, at + 1)


def _with_office(tokens: Sequence[_Token], at: int, phrase: Phrase, rules: Speech) -> Phrase:
    """A name with the office before it that ends in a word with a capital: Minister for Health Liam Forde."""
    first = at - 2
    if first < 0 or tokens[at - 1].text not in rules.tails or tokens[first].text not in rules.roles:
        return phrase
    if phrase.kind != "name" or not phrase.role or phrase.role.split()[0] not in tokens[at].text:
        return phrase
    role = f"{tokens[first].text} {tokens[at - 1].text} {phrase.role}"
    return replace(phrase, span=Span(tokens[first].span.start, phrase.span.end), role=role, body=False, person=True)


def _run(tokens: Sequence[_Token], at: int, rules: Speech) -> int:
    """Where a run of words with capitals ends that begins at a token; particles and dots of titles may be inside."""
    end = at
    while end < len(tokens):
        text = tokens[end].text
        if text[0].isupper() and (text not in rules.not_names or (end > at and not rules.nouns_have_capitals)):
            end += 1
            if text.endswith(("’s", "'s")):
                break
            end = _past_of(tokens, end, rules)
        elif end > at and text == "." and _is_short(tokens[end - 1].text, rules) and _close(tokens, end):
            end += 1
        elif end > at and text == "&" and end + 1 < len(tokens) and tokens[end + 1].text[0].isupper():
            end += 1
        elif end > at and text in rules.particles and _may_have_particle(tokens[end - 1].text, rules):
            ahead = end
            while ahead < len(tokens) and tokens[ahead].text in rules.particles:
                ahead += 1
            if ahead == len(tokens) or not tokens[ahead].text[0].isupper():
                break
            end = ahead
        else:
            break
    return end


def _may_have_particle(word: str, rules: Speech) -> bool:
    """Whether a particle can follow a word in a name; where nouns have capitals, only a first name or a title."""
    if not rules.nouns_have_capitals:
        return True
    return word in rules.honorifics or any(word in names for names in rules.first_names.values())


def _past_of(tokens: Sequence[_Token], end: int, rules: Speech) -> int:
    """The next capital behind "of" after a word for a body: Bureau of Dams; otherwise where the run stands."""
    if rules.nouns_have_capitals or tokens[end - 1].text not in rules.organisation_names:
        return end
    ahead = end
    while ahead < len(tokens) and ahead - end < 2 and tokens[ahead].text in rules.name_links:
        ahead += 1
    opens = ahead > end and ahead < len(tokens) and tokens[ahead].text[0].isupper()
    return ahead if opens and tokens[ahead].text not in rules.not_names else end


def _is_short(word: str, rules: Speech) -> bool:
    return word in rules.honorifics or (len(word) == 1 and word.isupper())


def _close(tokens: Sequence[_Token], at: int) -> bool:
    return tokens[at - 1].span.end == tokens[at].span.start


def _name(tokens: Sequence[_Token], rules: Speech) -> Phrase | None:
    """A run of words with capitals as a role and a name."""
    words = [token for token in tokens if token.text != "."]
    while words and words[0].text in rules.not_names:
        words = words[1:]
    if not words:
        return None
    last = words[-1].text
    possessive = last.endswith(("’s", "'s"))
    texts = [token.text for token in words[:-1]] + [last[:-2] if possessive else last]
    first = _after_role(texts, rules)
    role = " ".join(text for text in texts[:first] if text not in rules.honorifics)
    name = _joined_initials(texts[first:])
    gender = next((rules.honorifics[text] for text in texts[:first] if rules.honorifics.get(text)), "")
    span = Span(words[0].span.start, words[-1].span.end - 2 * possessive)
    if not name:
        noun = role or " ".join(texts)
        return Phrase(span, "noun", noun, gender=gender or _gender(noun, rules), possessive=possessive)
    body = not role and _is_body(texts[first:], rules)
    thing = not role and not body and any(text in rules.things for text in texts)
    person = not body and not thing and (first > 0 or has_first_name(texts, rules))
    sure = not rules.nouns_have_capitals or body or person
    at = _first_name(texts, rules)
    if not role and not body and at > 0:
        # Words before a first name are a role, in whatever list: Health Liam Forde, Hüttenwart Beat Zurfluh.
        role, name = " ".join(texts[:at]), _joined_initials(texts[at:])
    elif not sure and len(texts) > _NAME_WORDS:
        # A noun that is in no list, before a name: Staatsarchivarin Regula Ammann.
        role, name = " ".join(texts[:-_NAME_WORDS]), " ".join(texts[-_NAME_WORDS:])
    noun, _, rest = name.partition(" ")
    if body and rest and rules.nouns_have_capitals and noun.lower().endswith(tuple(rules.companies)):
        role, name = noun, rest  # Reederei Nordlicht; but Universität Bonn
    gender = gender or (gender_of(name, role, rules) if " " in name else _gender(role, rules))
    return Phrase(span, "name", name, role, body, gender, possessive, sure, person, thing)


def _first_name(texts: Sequence[str], rules: Speech) -> int:
    """Where the first name of a person is that has another name behind it; -1 where none is."""
    known = rules.first_names.values()
    return next((at for at, text in enumerate(texts[:-1]) if any(text in names for names in known)), -1)


def has_first_name(texts: Sequence[str], rules: Speech) -> bool:
    """Whether one of the words is a first name."""
    return _first_name(texts, rules) >= 0 or any(texts[0] in names for names in rules.first_names.values())


def _joined_initials(words: Sequence[str]) -> str:
    """A name as it is written; a stop after an initial has been a token of its own."""
    return " ".join(f"{word}." if len(word) == 1 and word.isupper() and len(words) > 1 else word for word in words)


def _after_role(texts: Sequence[str], rules: Speech) -> int:
    """How many words at the beginning are a role or a title."""
    first = 0
    end = _first_name(texts, rules)
    for at, text in enumerate(texts[: end if end >= 0 else len(texts)]):
        if at and at == len(texts) - 1 and texts[at - 1] in rules.honorifics:
            break
        if at > 1 and at == len(texts) - 1 and not _is_role(texts[at - 1], rules):
            break  # Schaffner Ottokar Prinz
        if _is_role(text, rules):
            first = at + 1
    for title in rules.titles_of_rank:
        size = len(title.split())
        for at in range(len(texts) - size + 1):
            if " ".join(texts[at : at + size]) == title:
                first = max(first, at + size)
    return first


def _is_role(word: str, rules: Speech) -> bool:
    return word in rules.roles or word in rules.honorifics or is_noun(word, rules.people, rules)


def _is_body(texts: Sequence[str], rules: Speech) -> bool:
    """Whether a name is that of an organisation: by a word in it, or as an abbreviation."""
    if any(text in rules.organisation_names for text in texts) or "&" in texts:
        return True
    if rules.nouns_have_capitals and any(is_noun(text, rules.organisations, rules) for text in texts):
        return True
    return len(texts) == 1 and len(texts[0]) > 1 and texts[0].isupper()


def gender_of(name: str, role: str, rules: Speech) -> str:
    first = name.split()[0]
    return _gender(role, rules) or next((sex for sex, names in rules.first_names.items() if first in names), "")


def _gender(role: str, rules: Speech) -> str:
    """What the noun of a role tells: spokeswoman, Ministerin."""
    words = role.split()
    if rules.nouns_have_capitals:
        nouns = [word for word in words if is_noun(word, rules.people, rules)]
        return ("f" if nouns[-1].endswith(tuple(rules.women)) else "m") if nouns else ""
    last = words[-1] if words else ""
    return "f" if last.endswith(tuple(rules.women)) else "m" if last.endswith(tuple(rules.men)) else ""


# --- nouns ------------------------------------------------------------------------------------------------------


def _nouns(text: str, tokens: Sequence[_Token], rules: Speech) -> Iterator[Phrase]:
    at = 0
    while at < len(tokens):
        owner = tokens[at].text.endswith(("’s", "'s"))
        word = tokens[at].text[:-2] if owner else tokens[at].text
        person, body = is_noun(word, rules.people, rules), is_noun(word, rules.organisations, rules)
        plain = rules.nouns_have_capitals or not word[0].isupper() or _begins_sentence(text, tokens[at].span.start)
        if not (person or body) or not plain:
            at += 1
            continue
        first, end = _start(tokens, at, rules), _end(tokens, at, rules)
        end = at + 1 if owner else end
        span = Span(tokens[first].span.start, tokens[end - 1].span.end - 2 * owner)
        name = _without_article(" ".join(span.of(text).split()), rules)
        gender = _gender(word, rules) if person else ""
        if body and not person and rules.nouns_have_capitals and any(f" {link} " in name for link in rules.name_links):
            yield Phrase(span, "name", name, body=True, gender=gender)
            at = end
            continue
        yield Phrase(span, "noun", name, body=body and not person, gender=gender, possessive=owner)
        at = end


def _ages(tokens: Sequence[_Token], rules: Speech) -> Iterator[Phrase]:
    """An age that stands for a person: the 54-year-old; nothing where it stands before a noun or a name."""
    for at in range(2, len(tokens)):
        number, hyphen, word = (token.text for token in tokens[at - 2 : at + 1])
        if word not in rules.ages or hyphen != "-" or not number.isdigit():
            continue
        following = tokens[at + 1].text if at + 1 < len(tokens) else ""
        if not (following[:1].isupper() or is_noun(following, rules.people, rules)):
            start = at - 3 if at > 2 and tokens[at - 3].text.lower() in rules.articles else at - 2
            article = tokens[start].text.lower()
            gender = {"der": "m", "die": "f"}.get(article, "")
            span = Span(tokens[start].span.start, tokens[at].span.end)
            yield Phrase(span, "noun", f"{number}-{word}", gender=gender, age=int(number))


def _without_article(words: str, rules: Speech) -> str:
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in rules.articles else words


def _begins_sentence(text: str, at: int) -> bool:
    return text[max(at - 2, 0) : at].strip() in ("", ".", "“", '"') and text[max(at - 2, 0) : at] != " "


def is_noun(word: str, nouns: frozenset[str], rules: Speech) -> bool:
    """Whether a word is one of some nouns; where nouns are compounded, also at the end of a longer word."""
    if not rules.nouns_have_capitals:
        return word in nouns or word[:1].lower() + word[1:] in nouns
    return _compounds(nouns).search(word) is not None


@cache
def _compounds(nouns: frozenset[str]) -> re.Pattern[str]:
    whole = "|".join(sorted(map(re.escape, nouns), key=len, reverse=True)) or "(?!)"
    ends = "|".join(re.escape(noun.lower()) for noun in sorted(nouns) if len(noun) >= _COMPOUND) or "(?!)"
    return re.compile(rf"^(?:{whole})(?:s|es|n)?$|^[A-ZÄÖÜ]\w+(?:{ends})(?:s|es|n)?$")


def _start(tokens: Sequence[_Token], at: int, rules: Speech) -> int:
    """The first word of a noun's phrase: back over adjectives to its article."""
    first = at
    while first > 0 and at - first < _BACK and _leads(tokens[first - 1].text, rules):
        if (
            tokens[first - 1].text.endswith(("’s", "'s"))
            and first > 1
            and has_first_name([tokens[first - 2].text], rules)
        ):
            break
        first -= 1
        if tokens[first].text.lower() in rules.articles:
            return first
    while first < at and tokens[first].text in rules.clause_words:
        first += 1
    return at if rules.nouns_have_capitals else first


def _leads(word: str, rules: Speech) -> bool:
    """Whether a word before a noun may belong to it."""
    lower = word.lower()
    if lower in rules.articles:
        return True
    if not word[0].isalpha() or lower in rules.pronouns or word in rules.tails or lower in rules.prepositions:
        return False
    if word in rules.verbs or word in rules.frames or word in rules.clause_words:
        return False
    return not word[0].isupper() or not (rules.nouns_have_capitals or word in rules.not_names)


def _end(tokens: Sequence[_Token], at: int, rules: Speech) -> int:
    """Where a noun's phrase ends: behind "of the ministry", "des Verbands"."""
    end = at + 1
    while end < len(tokens) and end - at <= _TAIL and tokens[end].text in rules.tails:
        ahead = end + 1
        while ahead < len(tokens) and ahead - end <= 3 and _goes_on(tokens[ahead].text, rules):
            ahead += 1
        if ahead == end + 1:
            break
        end = ahead
    return end


def _goes_on(word: str, rules: Speech) -> bool:
    if not word[0].isalpha() or word in rules.verbs or word in rules.frames or word in rules.tails:
        return False
    if word[0].isupper() and (has_first_name([word], rules) or word in rules.not_names):
        return False
    return word.lower() not in rules.pronouns and word not in rules.clause_words


# --- nouns and names together -----------------------------------------------------------------------------------

_APPOSITION = re.compile(r"\s*|\s*,\s*(?:\d+\s*,\s*)?|\s*\([^()]{1,40}\)\s*")


def _joined(text: str, rules: Speech, found: Sequence[Phrase]) -> Iterator[Phrase]:
    """Phrases with a noun and the name beside it as one: the mayor, Ada Thornbury; Peter Lindqvist, a farmer."""
    before: Phrase | None = None
    for phrase in found:
        if before is not None and _belong(text, rules, before, phrase):
            before = _together(before, phrase)
            continue
        if before is not None:
            yield before
        before = phrase
    if before is not None:
        yield before


def _belong(text: str, rules: Speech, before: Phrase, phrase: Phrase) -> bool:
    if {before.kind, phrase.kind} != {"name", "noun"} or before.possessive:
        return False
    gap = text[before.span.end : phrase.span.start]
    if before.kind == "noun" and gap.strip() in rules.copulas and not before.oblique:
        return not before.body and not phrase.body and not phrase.thing
    if not _APPOSITION.fullmatch(gap):
        return False
    if before.kind == "name":
        # A name and a noun are one only as an aside: it ends with a comma, bracket or stop, or goes on from the noun.
        ends = text[phrase.span.end : phrase.span.end + 1] in ",.;:)" or _described(text, rules, phrase)
        return "," in gap and ends and not before.body and not before.thing and not phrase.body
    if phrase.thing or (phrase.body and not before.body):
        return False
    if before.body and not phrase.body and "," in gap and text[phrase.span.end : phrase.span.end + 1] != ",":
        return False
    return before.body or not phrase.body or "," not in gap


def _described(text: str, rules: Speech, phrase: Phrase) -> bool:
    """Whether a noun has an article and more belongs to it: an ecologist at Stourbridge, a teacher whose house."""
    following = _NEXT.match(text, phrase.span.end)
    article = phrase.span.of(text).split()[0].lower() in rules.articles
    return article and following is not None and following[1] in (rules.prepositions | rules.relative)


_NEXT = re.compile(r" ([^\W\d_]+)")


def _together(before: Phrase, phrase: Phrase) -> Phrase:
    name, noun = (before, phrase) if before.kind == "name" else (phrase, before)
    return replace(
        name,
        span=Span(before.span.start, phrase.span.end),
        role=name.role or noun.name,
        body=name.body or noun.body,
        gender=name.gender or noun.gender,
        possessive=phrase.possessive,
        person=name.person or not noun.body,
        sure=True,
    )


# --- where a phrase stands --------------------------------------------------------------------------------------

_BEFORE = re.compile(r"(?:[^\W_][\w’'.-]*[ \u00a0]+){1,3}$")


def placed(text: str, rules: Speech, within: Span, phrase: Phrase) -> Phrase:
    """The phrase with its article, and whether it can be a subject."""
    if phrase.kind == "pronoun":
        return phrase
    found = _BEFORE.search(text[max(within.start, phrase.span.start - 60) : phrase.span.start])
    words = [word.lower() for word in found.group().split()] if found else []
    own = phrase.span.of(text).split()
    article = own[0].lower() if own[0].lower() in rules.articles and len(own) > 1 else ""
    leads = [at for at, word in enumerate(words) if word in rules.articles]
    if not article and leads:
        article, words = words[leads[-1]], words[: leads[-1]]
    oblique = bool(words) and (words[-1] in rules.prepositions or words[-1] in rules.participles | rules.quoting)
    named_thing = article in rules.the and phrase.kind == "name" and not (phrase.role or phrase.person or phrase.body)
    if named_thing and phrase.name in rules.demonyms:
        return replace(phrase, kind="noun", article=article, oblique=oblique)
    return replace(
        phrase,
        article=article,
        thing=phrase.thing or (named_thing and not rules.nouns_have_capitals),
        oblique=oblique or _in_case(article, phrase.gender, rules),
    )


def _in_case(article: str, gender: str, rules: Speech) -> bool:
    """Whether an article is in a case that no subject has: dem Trainer, der Trainerin."""
    return article in rules.cases.get("", ()) or article in rules.cases.get(gender or "-", ())


# --- nouns in no list -------------------------------------------------------------------------------------------


def noun_of(text: str, language: Language, words: Span, verb: Span, before: bool | None = None) -> Phrase | None:
    """The noun with its article directly beside a verb of speech, in whatever list it is missing: the striker said.

    On both sides of the verb, or on one with `before`. A name behind the noun makes it a role.
    """
    rules = speech(language)
    found = _unlisted(language, True).search(text, words.start, verb.start) if before in (None, True) else None
    if found is None and before in (None, False):
        found = _unlisted(language, False).match(text, verb.end, words.end)
    if not found:
        return None
    article = found["article"].lower()
    gender = {"der": "m", "die": "f"}.get(article, "") if rules.nouns_have_capitals else _gender(found["noun"], rules)
    phrase = Phrase(Span(*found.span("all")), "noun", found["noun"], gender=gender, article=article)
    for name in phrases(text, language, words):
        if name.kind == "name" and not name.body and _BESIDE.fullmatch(text[phrase.span.end : name.span.start]):
            return replace(name, role=name.role or phrase.name, person=True, oblique=False)
    return phrase


_BESIDE = re.compile(r"(?: [^,.;:]{1,40})?, |[ ]")


@cache
def _unlisted(language: Language, before: bool) -> re.Pattern[str]:
    rules = speech(language)
    articles = "|".join(sorted(map(re.escape, rules.the | rules.indefinite)))
    stop = "|".join(sorted(map(re.escape, rules.prepositions | rules.relative | rules.verbs | rules.clause_words)))
    word = r"[a-z][\w’-]*" if not rules.nouns_have_capitals else r"[A-ZÄÖÜ][\w-]+"
    adjective = rf"(?:(?!(?:{stop})\b)[^\W\d_A-Z][\w-]* )"
    noun = rf"(?P<all>(?P<article>(?i:{articles})) {adjective}{{0,2}}(?P<noun>(?!(?:{stop})\b){word}))"
    return re.compile(rf"(?<!\w){noun} $" if before else rf" (?:\w+ )?{noun}(?!\w)")
