"""Decides whether words of a passage begin and end where sentences do.

A passage is what is in one pair of quotation marks, one turn, or one comment. Sentences are those of
`briefing.text` within it. Where that cannot be decided, the answer is "maybe", and both labels are right.
"""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from briefing.model import Briefing, Turn, comments_by_id
from briefing.model.places import Span, overlapping
from briefing.text import Language, Quoted, joined, language, quoted, sentences

Answer = Literal["yes", "no", "maybe"]

_STOPS = ".!?…。！？"
_COMMAS = ",،、，"
_BETWEEN = " \t\u00a0\u202f\r\n" + _STOPS + _COMMAS + ":;—–-’‘'\"“”„«»‹›()[]"
"""What may be left off at the end of a target, or are before its first word."""


class Passage(Struct, frozen=True):
    """A piece of a text in which somebody speaks."""

    text: str
    language: Language
    span: Span
    """Without quotation marks."""
    marked: bool
    """Whether quotation marks enclose it; a turn or comment is a sentence at both its ends."""
    following: Span | None = None
    """The next passage in quotation marks in the same sentence of the text, after an attribution and a comma."""


def begins(passage: Passage, start: int) -> Answer:
    """Return whether a sentence of the passage begins here.

    At the passage's own beginning: no before a lower-case letter; yes where punctuation or the paragraph's beginning
    is before the opening mark; maybe where a word does (he praised “Ukraine’s …).
    """
    text, span = passage.text, passage.span
    if not text[span.start : start].strip(_BETWEEN):
        if not passage.marked:
            return "yes"
        if _first_letter(text[start : span.end]).islower():
            return "no"
        return "maybe" if _before(text, span.start - 1).isalnum() else "yes"
    starts = (sentence.start for sentence in sentences(text, passage.language, span))
    found = any(each <= start and not text[each:start].strip(_BETWEEN) for each in starts)
    return "yes" if found else "no"


def ends(passage: Passage, end: int) -> Answer:
    """Return whether a sentence of the passage ends here, its punctuation left off or not.

    At the passage's own end: yes after a full stop, question or exclamation mark; yes at a comma before or after the
    closing mark, unless the sentence goes on with a lower-case letter in the next passage; else maybe.
    """
    text, span = passage.text, passage.span
    reached = end
    while reached < span.end and text[reached] in _BETWEEN:
        reached += 1
    if reached < span.end:
        found = any(end <= sentence.end <= reached for sentence in sentences(text, passage.language, span))
        return "yes" if found else "no"
    if not passage.marked:
        return "yes"
    last = text[span.start : span.end].rstrip(" \u00a0\u202f’‘'\"»«›‹“”)]")[-1:]
    if last and last in _STOPS:
        return "yes"
    after = text[span.end + 1 : span.end + 2]
    if (last and last in _COMMAS) or (after and after in _COMMAS):
        return "no" if _goes_on(passage) else "yes"
    return "maybe"


def at_start(passage: Passage, start: int) -> bool:
    """Return whether nothing of the passage is before."""
    return not passage.text[passage.span.start : start].strip(_BETWEEN)


def at_end(passage: Passage, end: int) -> bool:
    """Return whether nothing of the passage but punctuation stands after."""
    return not passage.text[end : passage.span.end].strip(_BETWEEN)


def _goes_on(passage: Passage) -> bool:
    """Return whether the next passage goes on with the sentence: “To stay safe,” he said, “we need …”."""
    if passage.following is None:
        return False
    return _first_letter(passage.following.of(passage.text)).islower()


def _first_letter(words: str) -> str:
    """Return the first letter or digit, or nothing."""
    return next((letter for letter in words if letter.isalnum()), "")


def _before(text: str, mark: int) -> str:
    """Return the character before an opening mark in its line, past white space."""
    while mark > 0 and text[mark - 1] in " \t\u00a0\u202f":
        mark -= 1
    return text[mark - 1] if mark > 0 and text[mark - 1] not in "\r\n" else ""


_GOES_ON = (",", "،", "、", "，", "–", "—")
"""What is before the opening mark where a quotation goes on after its attribution; without it, as in: a statement
that “powerful enemies …”, the words are quoted for themselves."""


def passages_at(briefing: Briefing, span: Span) -> tuple[Quoted, ...]:
    """Return the passages in double quotation marks that words of the source touch, then the block quotations."""
    marked = joined(quoted(briefing.source.text, language(briefing.source.language), span))
    return (*marked, *(Quoted(block, block) for block in briefing.source.set_apart if block.overlaps(span)))


def turn_at(briefing: Briefing, span: Span) -> Turn | None:
    """Return the turn that words of the source are in."""
    return briefing.source.turn_at(span)


def passage_of(briefing: Briefing, span: Span, comment: str = "") -> Passage | None:
    """Return the passage that words are wholly inside: a comment, marks, a block quotation, or else a turn."""
    rules = language(briefing.source.language)
    if comment:
        text = briefing.derive(comments_by_id)[comment].text
        return Passage(text, rules, Span(0, len(text)), marked=False)
    text = briefing.source.text
    for quote in passages_at(briefing, span):
        if quote.inner.holds(span) and quote.inner in briefing.source.set_apart:
            return Passage(text, rules, quote.inner, marked=False)
        if quote.inner.holds(span):
            return Passage(text, rules, quote.inner, marked=True, following=_following(briefing, quote))
    turn = turn_at(briefing, span)
    return Passage(text, rules, turn.span, marked=False) if turn else None


def _following(briefing: Briefing, quote: Quoted) -> Span | None:
    """Return the next passage, if it goes on in the same sentence after an attribution and a comma."""
    text, rules = briefing.source.text, language(briefing.source.language)
    lines = briefing.source.lines
    ending = overlapping(lines, Span(quote.outer.end - 1, quote.outer.end))
    line = lines[ending[0]] if ending else quote.outer
    later = [each for each in quoted(text, rules, line) if each.outer.start >= quote.outer.end][:1]
    for sentence in sentences(text, rules, line) if later else ():
        if sentence.start < quote.outer.end <= sentence.end and later[0].outer.start < sentence.end:
            between = Span(quote.outer.end, later[0].outer.start).of(text)
            return later[0].inner if between.rstrip().endswith(_GOES_ON) else None
    return None
