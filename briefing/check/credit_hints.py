"""What to tell an author whose quotation is not credited: in words of the source, or of its language."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from briefing.anchor.diagnose import short
from briefing.attribution.credit import several_say
from briefing.attribution.subjects import Word, words_of
from briefing.model import Anchor, Briefing, Quotation
from briefing.model.places import Problem, in_marks
from briefing.text import Language, language

NEAR = 10
"""Words of a target in which a clause that credits it is looked for: longer ones are hardly ever all credit."""


class CreditedWithin(NamedTuple):
    """A target that holds the words that credit it: "Researchers warn that the eelgrass could vanish"."""

    credit: str
    said: str


def example(briefing: Briefing, quotation: Quotation) -> str:
    """Return “, such as “Ada Lang said””: with the speaker's name, in the language of the source; or nothing."""
    pattern = language(briefing.source.language).speakers.example
    person = briefing.people.get(quotation.speaker)
    return f", such as {in_marks(pattern.format(person.name))}" if pattern and person else ""


def credited_within(briefing: Briefing, anchor: Anchor) -> CreditedWithin | None:
    """Return how a target in one piece credits itself, at its beginning or its end; None where it does not."""
    text, spoken = briefing.source.text, language(briefing.source.language)
    if len(anchor.spans) != 1 or not spoken.speakers.verbs:
        return None
    return _at_start(anchor.whole.of(text), spoken) or _at_end(anchor.whole.of(text), spoken)


def chosen_with_credit(quotation: Quotation, own: CreditedWithin) -> Problem:
    """Return what is wrong with a statement whose target holds the words that credit it."""
    return Problem(
        "attribution-missing",
        f"the words that say who says it, {in_marks(short(own.credit))}, are among those that are chosen",
        quotation.at.child("target"),
        f"choose only what is said:\n\ntarget: >-\n  {own.said}",
    )


def _at_start(target: str, spoken: Language) -> CreditedWithin | None:
    words = words_of(target)
    for number, word in enumerate(words[1 : NEAR + 1], 1):
        if _says(words[number - 1 : number + 1], spoken) and number + 1 < len(words):
            behind = number + 1 + (words[number + 1].low in spoken.speakers.conjunctions)
            end = word.start + len(word.text)
            return _found(target[:end], target[words[behind].start :]) if behind < len(words) else None
    return None


def _at_end(target: str, spoken: Language) -> CreditedWithin | None:
    said, comma, credit = target.rpartition(",")
    words = words_of(credit)
    if comma and 1 < len(words) <= NEAR and any(_says(pair, spoken) for pair in pairwise(words)):
        return _found(credit, said)
    return None


def _says(pair: Sequence[Word], spoken: Language) -> bool:
    """Return whether the second of two words is a verb of speech."""
    return pair[1].low in spoken.speakers.saying or several_say(pair, spoken)


def _found(credit: str, said: str) -> CreditedWithin | None:
    credit, said = credit.strip(" .,"), said.strip()
    return CreditedWithin(credit, said.rstrip(".")) if len(said.split()) > 1 else None
