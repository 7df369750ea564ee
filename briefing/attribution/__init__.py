"""Who says a quotation, for the check and for drafts: one engine.

`crediting_words` finds the words of the source that credit a quotation, `credit` reads whom they mean, and
`coreference` whom a pronoun or a description can mean. The check holds the author's speaker against that and claims
nothing more. `find_speaker` asks the same of a text whose people nobody has listed (`find_entities`), and goes on with
rules on its order where nothing is sure.
"""

from briefing.attribution.credited import is_credited
from briefing.attribution.entities import Entity, find_entities
from briefing.attribution.mentions import TextReading, read
from briefing.attribution.passage import Said, Speaker, SpokenPassage
from briefing.attribution.rules import RULES, Rule, find_speaker

__all__ = [
    "RULES",
    "Entity",
    "Rule",
    "Said",
    "Speaker",
    "SpokenPassage",
    "TextReading",
    "find_entities",
    "find_speaker",
    "is_credited",
    "read",
]
