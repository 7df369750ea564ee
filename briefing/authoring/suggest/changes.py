"""Which numbers say by how much something has changed or differs: "rose by 31 per cent", "a third more".

Such a number is no share of anything, and no count of what follows it: it compares.
"""

from __future__ import annotations

from functools import cache

from briefing.authoring.suggest.quotations import sentence_at
from briefing.coverage import NumberMention
from briefing.model.places import Span
from briefing.text import Language, speech, worth
from briefing.text.language_rules import GAP, Patterns, any_of

_LOOK_BACK = 80
"""Code points before a number in which a word for a change is looked for."""


def is_change(text: str, language: Language, mention: NumberMention, start: int) -> bool:
    """Return whether a number, which begins with its qualifiers at `start`, is the size of a change or difference."""
    if mention.date or mention.rank or mention.numbers[0].low > mention.numbers[-1].low:
        return False  # "it fell by 13 votes to 12" is a vote
    span, sentence, shapes = mention.span, sentence_at(text, language, mention.span.start), _patterns(language)
    before = Span(max(sentence.start, start - _LOOK_BACK), start)
    if shapes.by.search(text, before.start, before.end):
        return bool(
            shapes.risen_by.search(text, before.start, before.end)
            or shapes.risen_behind.match(text, span.end, sentence.end)
            or shapes.more_behind.match(text, span.end, sentence.end)
        )
    if shapes.noun_of.search(text, before.start, before.end):
        return True
    if not any(number.percent or number.fraction for number in mention.numbers):
        return False  # "dropped four sailings", "three more boats" count what follows
    if shapes.more_behind.match(text, span.end, sentence.end):
        return True
    if shapes.risen.search(text, before.start, before.end):
        return not shapes.not_risen.search(text, before.start, before.end)
    article = speech(language).nouns_have_capitals or shapes.article.search(text, before.start, before.end)
    return bool(article and shapes.noun_behind.match(text, span.end, sentence.end))


@cache
def _patterns(language: Language) -> Patterns:
    words, own = worth(language), speech(language)
    risen, nouns = any_of(words.rising), any_of(words.change_nouns)
    by, some = any_of(words.change_by), rf"(?:{GAP}[\w’'-]+)"
    return Patterns(
        by=rf"(?<!\w){by}{GAP}$",
        risen_by=rf"(?<!\w)(?:{risen}|{nouns}){some}{{0,8}}?,?{GAP}{by}{GAP}$",
        risen_behind=rf"{some}{{0,4}}?{GAP}{risen}(?!\w)",
        noun_of=rf"(?<!\w){nouns}{GAP}{any_of(words.change_of)}{GAP}$",
        more_behind=rf"{some}?{GAP}{any_of(words.change_behind)}(?!\w)",
        risen=rf"(?<!\w){risen}{GAP}$",
        not_risen=rf"(?<!\w){any_of(words.no_change)}{GAP}$",
        article=rf"(?<!\w)(?i:{any_of(own.articles)}){GAP}$",
        noun_behind=rf"(?:{GAP}|-)(?:[^\W\d_]+{GAP})?{nouns}(?!\w)",
    )
