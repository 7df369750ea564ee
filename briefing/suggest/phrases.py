"""Who is named in a piece of text: names, nouns for people and bodies, and pronouns, each with what is said beside it.

"the mayor, Ada Thornbury", "NATO Secretary General Mark Rutte" and "Mark Rutte, the alliance's chief" are one phrase
with a name and a role; "the ministry" has a noun only. All words that this knows are in the language's `speech` rules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from briefing.language import Language, Speech, speech
from briefing.places import Span
from briefing.suggest.nouns import ages, nouns
from briefing.suggest.phrase import Phrase, Token
from briefing.suggest.proper import proper_names

_TOKEN = re.compile(r"[^\W\d_][\w’'.-]*[\w’']|[^\W\d_]|\d+|[^\w\s]")
_DATELINE = re.compile(r"[^\W\d_][^\n.!?“”„\"()]{0,40}(?:\([^()\n]{2,30}\)[ \u00a0]?[–—-])[ \u00a0](?=[^\W\d_])")
"""A place and an agency before the first sentence: WASHINGTON (AP) — ."""


@lru_cache(maxsize=4096)
def phrases(text: str, language: Language, within: Span) -> tuple[Phrase, ...]:
    """Every phrase in a stretch of text, in its order; a noun and the name beside it are one."""
    rules = speech(language)
    if not rules.verbs:
        return ()
    dateline = _DATELINE.match(text, within.start, within.end)
    start = dateline.end() if dateline else within.start
    tokens = [Token(found.group(), Span(*found.span())) for found in _TOKEN.finditer(text, start, within.end)]
    found = sorted(
        (*_pronouns(tokens, rules), *proper_names(tokens, rules), *nouns(text, tokens, rules), *ages(tokens, rules)),
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


def _pronouns(tokens: Sequence[Token], rules: Speech) -> Iterator[Phrase]:
    for token in tokens:
        word = token.text.lower()
        if word in rules.pronouns:
            yield Phrase(token.span, "pronoun", word, gender=rules.pronouns[word])


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
