"""What a text adds to a name between commas or brackets: an age, and a noun in whatever list it may be missing from."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from briefing.language import Language, speech
from briefing.suggest.phrase import Phrase


@dataclass(frozen=True, slots=True)
class Aside:
    """What stands beside a name."""

    role: str = ""
    age: int = 0
    gender: str = ""


_AGE = re.compile(r" ?[,(] ?(\d{1,3})(?=[,).])")
_AGE_BEFORE = re.compile(r"(?<!\d)(\d{1,3})-[^\W\d_]+(?:-[^\W\d_]+)? (?:[^\W\d_]+ ){0,2}$")


def aside(text: str, language: Language, phrase: Phrase) -> Aside:
    """What the words directly around a name say of somebody."""
    end = phrase.span.end
    behind = _AGE.match(text, end)
    ahead = _AGE_BEFORE.search(text, max(phrase.span.start - 40, 0), phrase.span.start)
    age = behind or ahead
    noun = _noun(language).match(text, behind.end() if behind else end)
    if phrase.body or phrase.thing or (phrase.oblique and not phrase.person) or noun is None:
        return Aside(age=int(age[1]) if age else 0)
    article = noun["article"] or ""
    return Aside(noun["noun"], int(age[1]) if age else 0, speech(language).genders.get(article, ""))


@cache
def _noun(language: Language) -> re.Pattern[str]:
    """A noun with an article in an aside after a name; German needs no article."""
    rules = speech(language)
    articles = "|".join(sorted(map(re.escape, rules.articles)))
    goes_on = "|".join(sorted(map(re.escape, rules.prepositions | rules.relative | rules.joins)))
    end = rf"(?=[,.;:)]| (?:{goes_on})(?!\w))"
    if rules.nouns_have_capitals:
        return re.compile(
            rf", (?:(?P<article>{articles}) )?(?:[a-zäöüß]+ )?(?P<noun>(?!\d)[A-ZÄÖÜ][\w-]+in)(?=[,.;:)])"
        )
    word = rf"(?!(?:{goes_on})\b)[a-z][\w’'-]*"
    return re.compile(rf", (?P<article>{articles}) (?P<noun>{word}(?: {word}){{0,3}}?){end}")
