"""Tells words in quotation marks that nobody says: terms, titles, and what is to be read somewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from briefing.attribution.passage import UNSAID, Speaker, SpokenPassage
from briefing.attribution.subjects import Word, is_noun, words_of
from briefing.model.places import Span
from briefing.text import Language, Speech, speech
from briefing.text.language_rules import any_of

_COMPOUND = re.compile(r"-\w")

_NOUN_BEFORE = re.compile(r"\W(?P<noun>[^\W\d_][\w-]+)(?P<mark>[:,])? $")

_MARKS = "“”„\"‘’'«»‹›.,;:!?"

_AROUND_QUESTION = "“”„\"‘’'«»‹›, "
"""What may be behind the question mark of a question in quotation marks."""

_TERM = 5
"""Words of a term at most."""

_TITLE = 3
"""Words of an English title at least."""

_SHORT_WORD = 3
"""Letters of words that have no capital in one."""


def term(passage: SpokenPassage) -> Speaker | None:
    """Leave open who says a term or slogan: the „Wir sind viele“-Rufe, a bear that he named “Winston.”"""
    if is_outcry(passage.reading.text, passage.reading.language, passage.start):
        return UNSAID
    text, words = passage.reading.text, Span(passage.start, passage.end).of(passage.reading.text).split()
    behind = (_COMPOUND.pattern, *passage.rules.names_behind)
    if any(re.compile(pattern).match(text, passage.end) for pattern in behind):
        return UNSAID
    if len(words) > _TERM:
        return UNSAID if not passage.speaks and _follows_work(passage) else None
    led = _before_term(passage.reading.language).search(text, passage.line.start, passage.start)
    return UNSAID if led or _is_apposed(passage, words) else None


def asked(passage: SpokenPassage) -> Speaker | None:
    """Leave open who asks a question of somebody: "Asked “Who pays?”, she shrugged", "“Who pays?” he was asked"."""
    text, shapes = passage.reading.text, _questions(passage.reading.language)
    sentence = passage.sentence(passage.start)
    lead, goes_on = text[sentence.start : passage.start], text[passage.end : passage.line.end]
    found = shapes["put"].fullmatch(lead)
    told = found and not passage.rules.saying.isdisjoint(word.low for word in words_of(found["what"] or ""))
    is_question = Span(passage.start, passage.end).of(text).rstrip(_AROUND_QUESTION).endswith("?")
    if (found and not told) or (is_question and (shapes["passive"].search(lead) or shapes["behind"].match(goes_on))):
        return UNSAID
    return None


@cache
def _questions(language: Language) -> dict[str, re.Pattern[str]]:
    """Return the patterns of words before or behind what somebody is asked."""
    said = speech(language)
    phrases, was = any_of(said.asked), any_of(said.passive - {"been", "being"})
    whether = rf"(?:, {any_of(said.questions)})?"
    return {
        "put": re.compile(rf"(?:when )?(?:{phrases})(?P<what>{whether}(?: [^\s,;:.!?“”\"„«»]+)*) ", re.IGNORECASE),
        "passive": re.compile(rf"(?<!\w){was} (?:[\w’'-]+ ){{0,3}}?{phrases}:? $"),
        "behind": re.compile(rf",? (?:[\w’'-]+ ){{0,3}}?{was} (?:[\w’'-]+ ){{0,3}}?{phrases}(?!\w)"),
    }


def is_outcry(text: str, language: Language, start: int) -> bool:
    """Return whether words whose quotation mark is at `start` are what somebody in a crowd calls: a cry of “Shame!”."""
    return _outcries(language).search(text, text.rfind("\n", 0, start) + 1, start) is not None


@cache
def _outcries(language: Language) -> re.Pattern[str]:
    return re.compile("|".join(language.speakers.outcries) or "(?!)")


@cache
def _before_term(language: Language) -> re.Pattern[str]:
    said = speech(language)
    plain, verbs = said.terms - said.frames - said.verbs, said.terms & (said.frames | said.verbs)
    listed, parted = ("|".join(sorted(map(re.escape, words))) or "(?!)" for words in (plain, verbs))
    return re.compile(rf"(?:(?<!\w)(?:{listed})|, (?:{parted}))(?: (?:him|her|it|them))? $", re.IGNORECASE)


def _is_apposed(passage: SpokenPassage, words: Sequence[str]) -> bool:
    """Return whether a passage names the noun before it: "des Kreuzers „Hermine“", "a name: “Cloudburst.”"."""
    reading, said = passage.reading, passage.said
    noun = _NOUN_BEFORE.search(reading.text, passage.sentence(passage.start).start, passage.start)
    if noun is None or noun["mark"]:
        return not passage.says and _follows_work(passage)
    named = any(each.id for each in reading.between(noun.start("noun"), passage.start))
    plain = words[0].strip(_MARKS)[:1].isupper() and words[-1][-2:-1] not in ".!?,"
    goes_on = reading.text[passage.end : passage.end + 1] != ","
    return said.nouns_have_capitals and noun["noun"][0].isupper() and plain and goes_on and not named


def _follows_work(passage: SpokenPassage) -> bool:
    """Return whether a comma or colon parts a passage from the noun for what it is the name of: "The paper, “…,”"."""
    said = passage.said
    noun = _NOUN_BEFORE.search(passage.reading.text, passage.sentence(passage.start).start, passage.start)
    return noun is not None and bool(noun["mark"]) and is_noun(noun["noun"], _written(said) | said.names, said)


def _written(said: Speech) -> frozenset[str]:
    return said.works | said.documents


def title(passage: SpokenPassage) -> Speaker | None:
    """Leave open who says an English title: she read “The Salt Road,”, Thea Novak’s “The Lodgers”."""
    made = any(word.low in passage.said.makes for word in passage.words[-1:])
    if passage.said.nouns_have_capitals or (passage.speaks and not made):
        return UNSAID if made else None
    words = [word.strip(_MARKS) for word in Span(passage.start, passage.end).of(passage.reading.text).split()]
    owned = any(word.owner for word in passage.words[-1:])
    return UNSAID if _has_capitals(words, 1 if owned else _TITLE) else None


def _has_capitals(words: Sequence[str], least: int) -> bool:
    """Return whether there are enough words, and all have a capital but short ones."""
    long = [word for word in words if len(word) > _SHORT_WORD]
    enough = len(words) >= least and len(long) > min(least - 1, 1)
    return enough and all(word[0].isupper() for word in (words[0] or "a", *long))


def shows_document(passage: SpokenPassage) -> bool:
    """Return whether a quotation behind a colon is what is written: "lag zuletzt ein Zettel da: "."""
    said, words = passage.said, passage.words
    if passage.span.start >= passage.start or passage.reading.text[: passage.start].rstrip()[-1:] != ":":
        return False
    nouns = [at for at, word in enumerate(words) if is_noun(word.text, said.documents, said)]
    if not nouns:
        return False
    behind = words[nouns[-1] + 1 :]
    article = words[: nouns[-1]][-2:]
    plain = any(word.low in (*said.the, *said.indefinite) for word in article)
    oblique = any(word.low in said.prepositions for word in words[: nouns[-1]][-3:])
    return plain and not oblique and not any(word.low in passage.rules.saying for word in behind)


def is_document(passage: SpokenPassage) -> bool:
    """Return whether crediting words are about something written: "it read", "A memo describes", "Der Titel lautet"."""
    words, said = passage.words, passage.said
    if " ".join(word.low for word in words) in said.goes_on:
        return not passage.within  # "a statement … “…,” it read"
    if _is_read_there(passage):
        return True
    if _is_what_says(passage):
        return True  # "whose biography describes him as"
    if any(is_noun(word.text, said.documents, said) and not said.nouns_have_capitals for word in words[:1]):
        return True  # "Signs on the doors read"
    article = any(word.low in (*said.the, *said.indefinite) for word in words[:1])
    return article and _is_noun_of(words[1:4], _written(said), said)


def _is_what_says(passage: SpokenPassage) -> bool:
    """Return whether something written is named before the verb, and nobody with it as in "the paper, he said"."""
    words, said = passage.words, passage.said
    verb = max((at for at, word in enumerate(words) if word.low in passage.rules.verbs), default=0)
    near = words[:verb][-2:]
    somebody = any(said.pronouns.get(word.low) in ("m", "f") for word in near[-1:])
    named = somebody or any(word.capital for word in near)
    return not named and any(is_noun(word.text, said.documents, said) for word in near)


def _is_read_there(passage: SpokenPassage) -> bool:
    """Return whether words are to be read on or in something: "auf den Plakaten steht", "Darauf stand"."""
    words, said, reading = passage.words, passage.said, passage.reading
    there = any(word.low in said.there or is_noun(word.text, said.documents, said) for word in words)
    who = reading.first_subject(passage.span.start, passage.span.end) or passage.credit.pronoun
    return there and not who and not passage.says and any(word.low in said.written for word in words)


def _is_noun_of(phrase: Sequence[Word], nouns: frozenset[str], said: Speech) -> bool:
    """Return whether a phrase has one of some nouns, and before it nobody whose it is and no preposition."""
    at = next((at for at, word in enumerate(phrase) if is_noun(word.text, nouns, said)), None)
    return at is not None and not any(word.owner or word.low in said.prepositions for word in phrase[:at])
