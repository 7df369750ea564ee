"""Which phrase in the words beside a quotation is the one who says it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from briefing.language import Language, Speech, speech
from briefing.places import Span
from briefing.suggest.phrases import Phrase, phrases

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_NEAR = 30
"""Code points after a verb in which its inverted subject stands: said the mayor; sagte am Freitag der Minister."""


def sayer(text: str, language: Language, words: Span, after: bool) -> Phrase | None:
    """Who says a quotation, by the words beside it; `after` where they follow it or stand in its gap."""
    rules = speech(language)
    found = phrases(text, language, words)
    if not found:
        return None
    return _after(text, language, rules, words, found) if after else _before(text, language, rules, words, found)


def says(text: str, language: Language, words: Span) -> bool:
    """Whether words have a verb or phrase that credits somebody."""
    rules = speech(language)
    return bool(_verbs(text, words, rules.verbs | rules.frames)) or bool(_according(language).search(words.of(text)))


def _after(text: str, language: Language, rules: Speech, words: Span, found: Sequence[Phrase]) -> Phrase | None:
    """“…,” said the mayor; “…,” the mayor said; “…”, according to the mayor."""
    named = _by_according(text, language, words, found)
    if named:
        return named
    verbs = _verbs(text, words, rules.verbs)
    if not verbs:
        verbs = _verbs(text, words, rules.frames)
    if not verbs:
        return None
    verb = verbs[0]
    before = [phrase for phrase in found if phrase.span.end <= verb.start]
    behind = [phrase for phrase in found if phrase.span.start >= verb.end and not phrase.possessive]
    if before:
        return before[0]
    close = [phrase for phrase in behind if phrase.span.start - verb.end <= _NEAR]
    return close[0] if close else None


def _before(text: str, language: Language, rules: Speech, words: Span, found: Sequence[Phrase]) -> Phrase | None:
    """The mayor said: “…”; the mayor called it “…”; quoting Roosevelt’s statement that “…”."""
    verbs = _verbs(text, words, rules.verbs | rules.frames)
    cited = _quoted(text, words, rules, found, verbs)
    if cited:
        return cited
    if not verbs:
        return _by_according(text, language, words, found) or found[0]
    verb = verbs[-1]
    behind = [phrase for phrase in found if phrase.span.start >= verb.end]
    if verb.of(text) in rules.inverting:
        return behind[0] if behind else None
    before = [phrase for phrase in found if phrase.span.end <= verb.start]
    if rules.nouns_have_capitals or any(not phrase.possessive for phrase in before):
        before = [phrase for phrase in before if not phrase.possessive]
    if not before:
        return behind[0] if behind else None
    shared = _joined(language).search(text[words.start : verb.start]) is not None
    return _subject(rules, before, shared)


def _quoted(text: str, words: Span, rules: Speech, found: Sequence[Phrase], verbs: Sequence[Span]) -> Phrase | None:
    """Whom somebody quotes, where no other verb follows: quoting Roosevelt’s statement that."""
    for each in reversed(_verbs(text, words, rules.quoting)):
        behind = [phrase for phrase in found if phrase.span.start >= each.end]
        if behind and not any(verb.start > behind[0].span.end for verb in verbs):
            return behind[0]
    return None


def _subject(rules: Speech, before: Sequence[Phrase], shared: bool) -> Phrase:
    """Which of the phrases before a verb is its subject.

    The nearest; but the first where the verb shares its subject with another ("she promised more and said"), and in
    German, where the verb is in second place, the first that is no body.
    """
    if rules.nouns_have_capitals and not shared:
        return next((phrase for phrase in before if phrase.kind != "noun" or not phrase.body), before[0])
    return before[0] if shared else before[-1]


def _by_according(text: str, language: Language, words: Span, found: Sequence[Phrase]) -> Phrase | None:
    """Who stands directly behind "according to"."""
    for each in _according(language).finditer(text, words.start, words.end):
        for phrase in found:
            if 0 <= phrase.span.start - each.end() <= 4:
                return phrase
    return None


def _verbs(text: str, words: Span, forms: frozenset[str]) -> list[Span]:
    return [Span(*found.span()) for found in _WORD.finditer(text, words.start, words.end) if found.group() in forms]


@cache
def _according(language: Language) -> re.Pattern[str]:
    listed = "|".join(sorted(map(re.escape, speech(language).according), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)" if listed else "(?!)", re.IGNORECASE)


@cache
def _joined(language: Language) -> re.Pattern[str]:
    """What stands before a verb that shares its subject with another: "and later "."""
    listed = "|".join(sorted(map(re.escape, speech(language).joins)))
    return re.compile(rf"(?<!\w)(?:{listed})(?: [^\W\d_]+)? $" if listed else "(?!)")
