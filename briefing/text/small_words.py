"""Which language a text is in, by the commonest small words of a few."""

from __future__ import annotations

import re
from collections import Counter

WORDS = {
    "en": "the of and to in that is was for it with as on be at by this had not are but from or have",
    "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an",
    "fr": "de la le et les des en un du une que est pour qui dans par plus pas sur ne se au avec ce",
    "es": "de la que el en y a los del se las por un para con no una su al es lo como más o",
    "it": "di e il la che in un per è una del si non con da le i della sono dei al come più",
    "pt": "de a o que e do da em um para com não uma os no se na por mais as dos como mas",
    "nl": "de van het een en in is dat op te zijn met voor niet aan er om ook als dan maar bij",
    "sv": "och i att det som en på är av för med till den har de inte om ett han men",
    "da": "og i at det som en på er af for med til den har de ikke om et han men",
    "pl": "w i na z do się że nie to jest o jak za od po przez ale co są dla",
    "ro": "de și în a la cu pe nu că o un din care mai este pentru ca se au",
    "ru": "и в не на я что он с как это по но они мы из за у от о для",
    "uk": "і в не на що з як це та до він за у від про для є але по або",
}
FEWEST = 12
"""Small words that are needed."""
MARGIN = 1.5
"""How many times as often the best language's must stand as the second's."""


def language_of(text: str) -> str:
    """A tag, or empty where there are too few words or two languages fit."""
    scores, words = _scores(text)
    (best, tag), (second, _) = scores[:2]
    return tag if best >= FEWEST and best >= MARGIN * second and best >= 0.1 * words else ""


def is_foreign(text: str, tag: str) -> bool:
    """Whether a text, however short, is rather in another language than in this one; never for one without words."""
    scores, _ = _scores(text)
    own = next((score for score, other in scores if other == tag.partition("-")[0].lower()), None)
    return own is not None and scores[0][0] > own


def _scores(text: str) -> tuple[list[tuple[int, str]], int]:
    """How many small words of each language a text has, the best first; and how many words."""
    words = Counter(re.findall(r"\w+", text.lower()[:100_000]))
    scores = [(sum(words[word] for word in small.split()), tag) for tag, small in WORDS.items()]
    return sorted(scores, reverse=True), sum(words.values())
