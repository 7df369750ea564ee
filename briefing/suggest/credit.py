"""Which phrase in the words beside a quotation is the one who says it."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import cache

from briefing.language import Language, Speech, speech
from briefing.places import Span
from briefing.suggest.phrase import Phrase
from briefing.suggest.phrases import phrases
from briefing.suggest.unlisted import noun_of

_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_NEAR = 30
"""Code points after a verb in which its inverted subject stands: said the mayor; sagte am Freitag der Minister."""
_INVERTED = 60
"""The same where the words can be nothing but the credit of a quotation."""


def sayer(
    text: str,
    language: Language,
    words: Span,
    after: bool,
    alone: bool = False,
    names: Container[str] = frozenset(),
) -> Phrase | None:
    """Who says a quotation, by the words beside it.

    `after` where they follow it or stand in its gap; `alone` where they can be nothing but its credit, whatever their
    verb: “…,” he croaked. `names` are words that are known to be names.
    """
    rules = speech(language)
    found = [each for each in phrases(text, language, words) if _is_somebody(text, rules, each, names)]
    if after:
        return _after(text, language, rules, words, found, alone)
    return _before(text, language, rules, words, found)


def _is_somebody(text: str, rules: Speech, phrase: Phrase, names: Container[str]) -> bool:
    """Whether a word with a capital is more than a noun: known as a name, or directly beside a verb of speech."""
    if phrase.kind != "name" or phrase.sure or " " in phrase.name or phrase.name in names:
        return True
    before = _WORD_BEFORE.search(text, max(phrase.span.start - 30, 0), phrase.span.start)
    after = _WORD_AFTER.match(text, phrase.span.end)
    return bool(before and before[1] in rules.verbs) or bool(after and after[1] in rules.verbs)


_WORD_BEFORE = re.compile(r"([^\W\d_]+) $")
_WORD_AFTER = re.compile(r" ([^\W\d_]+)")


def says(text: str, language: Language, words: Span) -> bool:
    """Whether words have a verb or phrase that credits somebody."""
    rules = speech(language)
    return bool(_verbs(text, words, rules.verbs | rules.frames)) or bool(_according(language).search(words.of(text)))


def reports(text: str, language: Language, words: Span) -> bool:
    """Whether the verb of some words tells that they report what somebody has said: Er habe „…“."""
    rules = speech(language)
    if not _verbs(text, words, rules.reported) or _according(language).search(words.of(text)):
        return False
    return not _verbs(text, words, (rules.verbs | rules.frames) - rules.inverting)


def _after(
    text: str, language: Language, rules: Speech, words: Span, found: Sequence[Phrase], alone: bool
) -> Phrase | None:
    """“…,” said the mayor; “…,” the mayor said; “…”, according to the mayor."""
    named = _by_according(text, language, words, found) or _by_nobody(text, language, words, found)
    if named or impersonal(text, language, words):
        return named
    credited = _alone(text, rules, words, found) if alone else None
    if credited:
        return credited
    verbs = _verbs(text, words, rules.verbs)
    if not verbs:
        verbs = _verbs(text, words, rules.frames)
    if not verbs:
        return None
    verb = verbs[0]
    before = [phrase for phrase in found if phrase.span.end <= verb.start]
    behind = [phrase for phrase in found if phrase.span.start >= verb.end and not phrase.possessive]
    able = [phrase for phrase in before if not phrase.oblique]
    if before:
        return (able or before)[0]
    close = [phrase for phrase in behind if phrase.span.start - verb.end <= _NEAR]
    able = [phrase for phrase in close if not phrase.oblique]
    return (able or close)[0] if close else noun_of(text, language, words, verb)


def _alone(text: str, rules: Speech, words: Span, found: Sequence[Phrase]) -> Phrase | None:
    """Who stands directly beside the first verb of a credit, whichever verb that is."""
    begins = _BEGIN.match(text, words.start, words.end)
    if begins is None:
        return None
    at, word = begins.end(), _WORD.match(text, begins.end(), words.end)
    if word is None or (word.group().lower() in rules.joins and not rules.nouns_have_capitals):
        return None
    able = [phrase for phrase in found if not phrase.oblique and not phrase.possessive]
    if able and able[0].span.start == at and text[able[0].span.end : able[0].span.end + 1] in (" ", ","):
        return able[0]
    if word.group().lower() in rules.prepositions or not word.group()[0].islower():
        return None
    reach = _INVERTED if rules.nouns_have_capitals else 2
    close = [phrase for phrase in able if 0 < phrase.span.start - word.end() <= reach]
    return close[0] if close else None


_BEGIN = re.compile(r"[\s,–—]*")


def _by_nobody(text: str, language: Language, words: Span, found: Sequence[Phrase]) -> Phrase | None:
    """Who is named behind words that credit without a subject: heißt es in einer Mitteilung der Behörde."""
    for each in _impersonal(language).finditer(text, words.start, words.end):
        able = [phrase for phrase in found if phrase.body or (phrase.kind == "name" and phrase.person)]
        behind = [phrase for phrase in able if phrase.span.start >= each.end()]
        return next(iter([*behind, *able]), None)
    return None


def impersonal(text: str, language: Language, words: Span) -> bool:
    """Whether words credit without a subject: heißt es."""
    return _impersonal(language).search(text, words.start, words.end) is not None


def reporter(text: str, language: Language, words: Span) -> Phrase | None:
    """Who is named before the clause that reports: Der Minister verwies auf den Bund: Dort liege “…”."""
    verbs = _verbs(text, words, speech(language).reported)
    if not verbs:
        return None
    for phrase in phrases(text, language, Span(words.start, verbs[0].start)):
        about = phrase.person if phrase.kind == "name" else phrase.gender in ("m", "f") and phrase.kind == "pronoun"
        if about and not phrase.oblique and re.search("[,:]", text[phrase.span.end : verbs[0].start]):
            return phrase
    colon = text.find(":", words.start, verbs[0].start)
    before = phrases(text, language, Span(words.start, max(colon, words.start)))
    return next((phrase for phrase in before if phrase.body), None)


def _before(text: str, language: Language, rules: Speech, words: Span, found: Sequence[Phrase]) -> Phrase | None:
    """The mayor said: “…”; the mayor called it “…”; quoting Roosevelt’s statement that “…”."""
    verbs = _verbs(text, words, (rules.verbs | rules.frames) - rules.inverting)
    so = [each for each in _verbs(text, words, rules.inverting) if _next_to(each, found)]
    cited = _quoted(text, words, rules, found, verbs)
    if cited:
        return cited
    source = _by_nobody(text, language, words, found)
    if source:
        return source
    if so:
        return next(phrase for phrase in found if phrase.span.start >= so[-1].end)
    going_on = _verbs(text, words, rules.participles)
    if found and going_on and not (verbs and verbs[-1].start > going_on[-1].start):
        # "Tran clashed with lawmakers, insisting that “…”": the subject of the sentence goes on.
        return _without_asides(text, language, words.start, going_on[-1].start, found)[0]
    if not verbs:
        return (
            (
                _by_according(text, language, words, found)
                or _nearest(text, rules, _without_asides(text, language, words.start, words.end, found))
            )
            if found
            else None
        )
    verb = verbs[-1]
    unlisted = noun_of(text, language, words, verb, before=True)
    if unlisted and not any(phrase.span.end == verb.start - 1 for phrase in found):
        return unlisted
    behind = [phrase for phrase in found if phrase.span.start >= verb.end]
    before = [phrase for phrase in found if phrase.span.end <= verb.start]
    if rules.nouns_have_capitals or any(not phrase.possessive for phrase in before):
        before = [phrase for phrase in before if not phrase.possessive]
    before = _without_asides(text, language, words.start, verb.start, before)
    if rules.nouns_have_capitals:
        before = [phrase for phrase in before if not phrase.oblique] or ([] if behind else before)
    if not before:
        able = [phrase for phrase in behind if not phrase.oblique and not phrase.possessive]
        return next(iter([*able, *behind]), None)
    shared = _joined(language).search(text[words.start : verb.start]) is not None
    return _subject(rules, before, shared)


def _next_to(verb: Span, found: Sequence[Phrase]) -> bool:
    """Whether a phrase stands directly behind a word: so die Ministerin."""
    return any(0 < phrase.span.start - verb.end <= 1 for phrase in found)


def _nearest(text: str, rules: Speech, found: Sequence[Phrase]) -> Phrase:
    """Whom words without a verb of speech are about: the last pronoun, else the first phrase that can be a subject.

    Who is spoken of in a clause of its own is not meant: Lourens shot back that she had “…”.
    """
    able = [each for each in found if not (each.oblique or each.possessive or each.thing or each.gender == "it")]
    own = [each for each in able if _last_word(text, each.span.start) not in rules.that]
    pronouns = [each for each in own if each.kind == "pronoun"]
    return (pronouns[-1:] or own or able or found)[0]


def _last_word(text: str, at: int) -> str:
    return text[max(at - 12, 0) : at].split()[-1].lower() if text[max(at - 12, 0) : at].split() else ""


def _without_asides(text: str, language: Language, start: int, end: int, found: Sequence[Phrase]) -> list[Phrase]:
    """Phrases that can be the subject of a verb: none with a preposition, none in a clause about another one."""
    asides = [found.span() for found in _asides(language).finditer(text, start, end)]
    able = [phrase for phrase in found if not any(first < phrase.span.start < last for first, last in asides)]
    able = [phrase for phrase in able if not phrase.oblique] or able
    return able or list(found)


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
    return _any(speech(language).according)


@cache
def _asides(language: Language) -> re.Pattern[str]:
    """A clause about a phrase, between commas: ", who took over in March,", ", asked about it,"."""
    listed = "|".join(sorted(map(re.escape, speech(language).relative)))
    return re.compile(rf", (?:{listed or '(?!)'}|[a-z]+(?:ed|ing))\b[^,]*,")


@cache
def _impersonal(language: Language) -> re.Pattern[str]:
    return _any(speech(language).impersonal)


def _any(listed: frozenset[str]) -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, listed), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)" if words else "(?!)", re.IGNORECASE)


@cache
def _joined(language: Language) -> re.Pattern[str]:
    """What stands before a verb that shares its subject with another: "and later "."""
    listed = "|".join(sorted(map(re.escape, speech(language).joins)))
    return re.compile(rf"(?<!\w)(?:{listed})(?: [^\W\d_]+)? $" if listed else "(?!)")
