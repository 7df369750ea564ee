"""What a relative clause says that somebody is: "who chairs the library board".

It is the source's own words from its verb on, or from its noun ("who is a nurse"), and only where they tell what
somebody is or was for long. What they did that day is left out, what points back ("who runs it"), and what a language
puts in an order of its own ("die den Ausschuss leitet").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from briefing.attribution.subjects import is_noun
from briefing.text import Language, Speech, speech
from briefing.text.language_rules import any_of

LONGEST = 70
"""Code points of what is shown under a name at most."""
_FEWEST = 2
"""Words from which a verb with what belongs to it says something: not "who directs"."""
_END = re.compile(r"[,;:](?!\d)|[–—(](?!\d)|[.!?](?=\s*$)")
_QUOTED = re.compile('[“”„"«»]')
_BEHIND_NAME = r"(?: ?[,(] ?\d{1,3}(?: Jahre alt)?(?=[,)])\)?)?,? "


def occupation_behind(text: str, language: Language, at: int, limit: int) -> str:
    """Return what a relative clause behind a name, or its description, says that somebody is, as the text writes it.

    Empty where there is none before `limit`, which is where the sentence ends or somebody is quoted.
    """
    rules = speech(language)
    begins = _relative(rules).match(text, at, limit)
    ends = _END.search(text, begins.end(), limit) if begins else None
    if begins is None or ends is None:
        return ""
    words = _first_clause(text[begins.end() : ends.start()].split(), rules)
    clause = " ".join(words)
    if (
        len(clause) > LONGEST
        or _QUOTED.search(clause)
        or rules.occupations.pointing_back.intersection(map(str.lower, words))
    ):
        return ""
    return _noun_of(clause, rules) or _verb_of(clause, rules)


def begins_with_verb(role: str, rules: Speech) -> bool:
    """Return whether what somebody is begins with a verb: "runs the shop" is no office that a text calls them by."""
    return _verb(rules).match(role.lower()) is not None


def _first_clause(words: Sequence[str], rules: Speech) -> Sequence[str]:
    """Return the words before a conjunction behind which another verb follows; none where that is not sure."""
    for at, word in enumerate(words):
        name = word in rules.occupations.adding and words[at + 1 : at + 2] and words[at + 1][:1].isupper()
        if word in rules.joins and not name:
            return words[:at] if _is_verb_phrase(words[at + 1 :], rules) else ()
    return words


def _is_verb_phrase(words: Sequence[str], rules: Speech) -> bool:
    """Return whether words begin with a verb, as far as their form tells: "and has", "and supports the"."""
    if rules.nouns_have_capitals or not words:
        return True
    object_ = words[1] if len(words) > 1 else ""
    is_form = words[0].endswith(("s", "ed")) and object_ in rules.articles | rules.occupations.pointing_back
    is_verb = words[0] in rules.modals | rules.passive | rules.clause_words
    return is_form or is_verb or begins_with_verb(f"{' '.join(words)} ", rules)


def _noun_of(clause: str, rules: Speech) -> str:
    """Return what somebody is said to be, without its article: "who is a nurse at the hospital"."""
    found = _is(rules).fullmatch(clause)
    if found is None:
        return ""
    head = re.split(rf" (?:{'|'.join(sorted(rules.tails | rules.genitives))}) ", found["noun"])[0].split()
    noun = next((word for word in head if word[:1].isupper()), "") if rules.nouns_have_capitals else head[-1]
    return found["noun"] if is_noun(noun, rules.people, rules) else ""


def _verb_of(clause: str, rules: Speech) -> str:
    """Return a verb of what somebody is, with what belongs to it."""
    found = _verb(rules).search(f"{clause} ")
    if found is None or len(clause[found.start("verb") :].split()) < _FEWEST:
        return ""
    return clause[found.start("verb") :]


@cache
def _relative(rules: Speech) -> re.Pattern[str]:
    return re.compile(rf"{_BEHIND_NAME}{any_of(rules.occupations.somebody)} ")


@cache
def _is(rules: Speech) -> re.Pattern[str]:
    words, some = rules.occupations, rf"(?:{any_of(rules.articles | rules.indefinite)} )?"
    if rules.nouns_have_capitals:
        return re.compile(rf"{some}(?P<noun>\S.*) {any_of(words.is_)}")
    return re.compile(rf"{any_of(words.is_)} (?:{any_of(words.adverbs)} )?{some}(?P<noun>\S.*)")


@cache
def _verb(rules: Speech) -> re.Pattern[str]:
    """Return the forms of a verb of what somebody is: "runs the", "works at", "has run … since", "led the study"."""
    words = rules.occupations
    before = rf"^(?:(?:{any_of(words.adverbs)}|\w+ly) )?"
    alone = rf"{any_of(words.verbs)}(?! (?:{any_of(rules.prepositions)}|home|\w+ing) ) "
    long = rf"(?:has|have) (?:\w+ )?{any_of(words.participles)} (?:.* )?{any_of(words.since)} "
    once = rf"{any_of(words.once)} (?:[\w’'-]+ ){{1,3}}?{any_of(words.undertakings)}(?!\w)"
    verbs = "|".join((rf"{any_of(words.phrases)} ", alone, long, once, rf"{any_of(words.founded)} "))
    return re.compile(rf"{before}(?P<verb>{verbs})")
