"""In which passage of the source, or of a comment, words stand."""

from __future__ import annotations

from briefing.check.extent import Passage
from briefing.language import Quoted, joined, language, quoted, sentences
from briefing.model import Briefing, Turn
from briefing.places import Span

_GOES_ON = (",", "،", "、", "，", "–", "—")
"""What stands before the opening mark where a quotation goes on after its attribution; without it, as in: a statement
that “powerful enemies …”, the words are quoted for themselves."""


def passages_at(briefing: Briefing, span: Span) -> tuple[Quoted, ...]:
    """The passages in double quotation marks that words of the source touch."""
    return tuple(joined(quoted(briefing.source.text, language(briefing.source.language), span)))


def turn_at(briefing: Briefing, span: Span) -> Turn | None:
    """The turn that words of the source stand in."""
    return next((turn for turn in briefing.source.turns if turn.span.holds(span)), None)


def passage_of(briefing: Briefing, span: Span, comment: str = "") -> Passage | None:
    """The passage that words lie wholly inside: a comment, quotation marks, or else a turn."""
    rules = language(briefing.source.language)
    if comment:
        text = next(each.text for each in briefing.comments if each.id == comment)
        return Passage(text, rules, Span(0, len(text)), marked=False)
    text = briefing.source.text
    for quote in passages_at(briefing, span):
        if quote.inner.holds(span):
            return Passage(text, rules, quote.inner, marked=True, following=_following(briefing, quote))
    turn = turn_at(briefing, span)
    return Passage(text, rules, turn.span, marked=False) if turn else None


def _following(briefing: Briefing, quote: Quoted) -> Span | None:
    """The next passage, if it goes on in the sentence that this one ends in, after an attribution and a comma."""
    text, rules = briefing.source.text, language(briefing.source.language)
    lines = (part.span for part in briefing.source.paragraphs if part.span.start < quote.outer.end <= part.span.end)
    line = next(lines, quote.outer)
    later = [each for each in quoted(text, rules, line) if each.outer.start >= quote.outer.end][:1]
    for sentence in sentences(text, rules, line) if later else ():
        if sentence.start < quote.outer.end <= sentence.end and later[0].outer.start < sentence.end:
            between = Span(quote.outer.end, later[0].outer.start).of(text)
            return later[0].inner if between.rstrip().endswith(_GOES_ON) else None
    return None
