"""Nouns that are in no list and speak all the same: the striker said."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from briefing.language import Language, speech
from briefing.places import Span
from briefing.suggest.phrase import Phrase, gender_of_noun
from briefing.suggest.phrases import phrases


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
    listed = rules.genders.get(article, "")
    gender = listed if rules.nouns_have_capitals else gender_of_noun(found["noun"], rules)
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
