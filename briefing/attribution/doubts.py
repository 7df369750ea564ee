"""Crediting words that name somebody and yet do not say that they say the words.

"Ford did not say", "Ford’s deputy said", "a spokesman for Ford", "Ford quoted Stein as saying".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import takewhile

from briefing.attribution.credit import Called, named
from briefing.attribution.subjects import Word, is_noun, words_of
from briefing.text import Language, speech
from briefing.text.word_lists import SpeakerWords

_NEAR = 4
"""Words behind a genitive, or between a noun and the name that it belongs to, that are looked through."""


def doubted(text: str, person: Called, people: Mapping[str, Called], rules: Language) -> bool:
    """Return whether crediting words that name somebody say that they do not speak, or that somebody else does."""
    words = words_of(text)
    if any(denial.search(text) for denial in _denials(rules)):
        return named(words, person) or len(words) <= _SHORT
    if not named(words, person) or person.gender == "it":
        return False
    return (
        _only_of_another(words, person, rules)
        or _quotes_another(words, person, people, rules)
        or _is_told(words, person, people, rules)
    )


_SHORT = 6
"""Words of a credit in which a pronoun and a denial belong together: "she did not say"."""


@cache
def _denials(rules: Language) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in rules.speakers.denials)


def _only_of_another(words: Sequence[Word], person: Called, rules: Language) -> bool:
    """Return whether every place that names somebody is a genitive, or behind a preposition, of another one's noun."""
    places = [at for at, word in enumerate(words) if named([word], person)]
    last = [at for at in places if at + 1 not in places]  # "Lena Ford" ends at "Ford"
    return bool(last) and all(_owns(words, at, person, rules) or _follows_noun(words, at, places, rules) for at in last)


def _owns(words: Sequence[Word], at: int, person: Called, rules: Language) -> bool:
    """Return whether a name is a genitive of another one’s noun: "Ford’s deputy", "Fords Sprecher"."""
    said = speech(rules)
    german = said.nouns_have_capitals and words[at].low not in person.names and words[at].low.endswith("s")
    if not (words[at].owner or german):
        return False
    for word in words[at + 1 : at + 1 + (1 if german else _NEAR)]:
        if word.parted or (word.capital and not said.nouns_have_capitals) or word.low in rules.speakers.verbs:
            return False
        if is_noun(word.text, said.people | said.spokespeople, said):
            return True
    return False


def _follows_noun(words: Sequence[Word], at: int, places: Sequence[int], rules: Language) -> bool:
    """Return whether a name is behind another one’s noun: "a spokesman for Lena Ford"."""
    said = speech(rules)
    while at - 1 in places:
        at -= 1
    return (
        at > 1
        and words[at - 1].low in rules.speakers.belonging
        and not any(word.parted for word in words[at - 1 : at + 1])
        and is_noun(words[at - 2].text, said.people | said.spokespeople, said)
    )


def _quotes_another(words: Sequence[Word], person: Called, people: Mapping[str, Called], rules: Language) -> bool:
    """Return whether somebody quotes another one: "Ford quoted Stein as saying"."""
    verb = next((at for at, word in enumerate(words) if word.low in rules.speakers.quoting), None)
    if verb is None:
        return False
    behind = [word for word in words[verb + 1 :] if any(named([word], one) for one in people.values())]
    if not behind or not any(word.low in rules.speakers.quoted_as for word in words[verb + 1 :]):
        return False
    quoted = behind[-1] if speech(rules).nouns_have_capitals else behind[0]
    return not named([quoted], person)


def _is_told(words: Sequence[Word], person: Called, people: Mapping[str, Called], rules: Language) -> bool:
    """Return whether words are said to somebody, in German: "sagte Ford dem Bäcker Stein"."""
    speakers = rules.speakers
    said = speakers.verbs - set(speakers.quoting)
    behind = (words[at:] for at, word in enumerate(words, 1) if word.low in said)
    return bool(speakers.datives) and any(_tells(run, person, people, speakers) for run in behind)


def _tells(run: Sequence[Word], person: Called, people: Mapping[str, Called], speakers: SpeakerWords) -> bool:
    """Return whether the words behind a verb name another one, and then somebody behind an article of the dative."""
    dative = next((n for n, each in enumerate(run) if each.low in speakers.datives), 0)
    if not dative or any(each.parted for each in run[: dative + 1]) or not all(each.capital for each in run[:dative]):
        return False
    speaker = {id for id, one in people.items() if named(run[:dative], one)}
    told = list(takewhile(lambda each: not each.parted, run[dative + 1 :]))
    return bool(speaker) and person.id not in speaker and named(told, person)
