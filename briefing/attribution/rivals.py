"""Finds others who may be meant than the one who seems to speak.

"A man in the front row took off his cap. “…,” he said" means nobody named before, "Seine Frau korrigiert ihn: „…“"
is not the one who spoke last, and in "Ford cited the report, which calls it “…”" Ford does not call it that.
"""

from __future__ import annotations

from collections.abc import Sequence

from briefing.attribution.mentions import TextReading
from briefing.attribution.newcomers import newcomers
from briefing.attribution.passage import SpokenPassage
from briefing.attribution.subjects import Word, is_noun, unquoted, words_of
from briefing.model.places import Span
from briefing.text import Language, Speech

_NEAR = 9
"""Words behind a relative pronoun from which the clause that credits a quotation is another one."""
_BEHIND = 6
"""Words behind an article in which a clause about somebody without a name begins."""


def has_other_subject(passage: SpokenPassage, id: str) -> bool:
    """Return whether the clause that leads to a quotation is about another than somebody: in English only.

    A thing ("the report, which calls it"), whoever told them ("he was told that it was"), somebody without a name
    ("she told the jury that an expert would call it") or somebody named behind them ("Ford pointed to an email in
    which Reyes thanks her for").
    """
    lead = Span(passage.sentence(passage.start).start, passage.start)
    if passage.said.nouns_have_capitals or passage.span.start >= passage.start or lead.start >= lead.end:
        return False
    words = words_of(unquoted(passage.reading.text, passage.reading.language, lead))
    return (
        (_is_of_thing(words, passage) and not passage.reading.is_body(id))
        or _is_told(words, passage)
        or _tells_of_stranger(words, passage)
        or _goes_to_another(passage, lead, id)
    )


def _is_of_thing(words: Sequence[Word], passage: SpokenPassage) -> bool:
    """Return whether the last clause has a relative pronoun for a thing as its subject: "which calls it"."""
    at = max((at for at, word in enumerate(words) if word.low in passage.said.of_things), default=len(words))
    behind = words[at + 1 :]
    if not behind or len(behind) >= _NEAR or behind[0].capital or behind[0].low in passage.rules.pronouns:
        return False  # "which she described as"
    return any(word.low in passage.rules.verbs for word in behind)


def _is_told(words: Sequence[Word], passage: SpokenPassage) -> bool:
    """Return whether words say at last that somebody was told: "and was told that they were"."""
    said, verbs = passage.said, passage.rules.verbs
    told = [
        at
        for at, word in enumerate(words)
        if word.low in said.addressing and any(each.low in said.passive for each in words[max(at - 2, 0) : at])
    ]
    return bool(told) and not any(word.low in verbs for word in words[told[-1] + 1 :])


def _tells_of_stranger(words: Sequence[Word], passage: SpokenPassage) -> bool:
    """Return whether a clause within is about somebody without a name: "an official, who had told her".

    It stands behind the last pronoun, and is no apposition: "Ford, an ecologist who was not involved".
    """
    said, pronouns = passage.said, passage.rules.pronouns
    first = max(
        (at for at, word in enumerate(words) if word.low in pronouns and said.pronouns.get(word.low) in ("m", "f")),
        default=0,
    )
    for at, word in enumerate(words[first:], first):
        if at and word.low in said.indefinite and not word.parted:
            near = words[at + 1 : at + _BEHIND]
            noun = next((n for n, each in enumerate(near) if is_noun(each.text, said.people, said)), None)
            behind = near[noun + 1 :] if noun is not None else ()
            if any(each.low in said.modals or each.low == "who" for each in behind):
                return True
    return False


def _goes_to_another(passage: SpokenPassage, lead: Span, id: str) -> bool:
    """Return whether another person is named behind somebody and followed by a verb that is none of speech."""
    named = passage.reading.named(lead.start, lead.end)
    own = max((each.at for each in named if each.id == id), default=-1)
    others = [each for each in named if each.at > own and not passage.reading.is_body(each.id)]
    if not others:
        return False
    behind = [word for word in words_of(passage.reading.text[others[-1].at : lead.end]) if not word.capital]
    acts = bool(behind) and not behind[0].parted and _is_verb(behind[0], passage.said)
    return acts and not any(word.low in passage.rules.verbs for word in behind)


def _is_verb(word: Word, said: Speech) -> bool:
    """Return whether a word behind a name is a verb as its form tells: "thanks", "warned", "would"."""
    return word.low in said.modals | said.passive or (len(word.low) > _SHORT and word.low.endswith(("s", "ed")))


_SHORT = 3
"""Letters of words that end like a verb and are none: as, his."""


def has_rival(reading: TextReading, pronoun: str, within: Span) -> bool:
    """Return whether a stretch tells of somebody without a name whom a pronoun, or any words for it, can mean."""
    gender = reading.gender(pronoun)
    if gender == "it":
        return False
    if reading.strangers_in(within):
        return True
    return may_be_unnamed(reading.text, reading.language, gender, within)


def may_be_unnamed(text: str, language: Language, gender: str, within: Span) -> bool:
    """Return whether a stretch introduces somebody without a name of a gender: "a man in the front row"."""
    return any(each.may_be(gender) for each in newcomers(text, language, within))
