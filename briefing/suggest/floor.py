"""Who has the floor where no word beside a quotation credits it.

In this order: whom the paragraph has been about since the last quotation; who spoke last in it; the credit before a
colon at the end of the paragraph above; who is asked, after a question; the speaker whose words go on; and for words
that stand before their credit ("“Never.” Ruiz shakes her head.") whom the next sentence is about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from briefing.language import Language, Quoted, paragraphs, quoted, sentences, speech
from briefing.places import Span
from briefing.suggest.cast import SUBJECT, Cast
from briefing.suggest.credit import sayer, says
from briefing.suggest.phrase import Phrase
from briefing.suggest.phrases import phrases
from briefing.suggest.reference import Member
from briefing.suggest.spans import line_at, sentence_at

_WORDS = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Credit:
    """Who says a quotation."""

    speaker: Member | None
    via: Member | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """A quotation whose speaker has been looked for."""

    start: int
    end: int
    credit: Credit


def taken(
    text: str,
    rules: Language,
    cast: Cast,
    ends: tuple[Quoted, Quoted],
    earlier: Sequence[Done],
    phrase: Phrase | None,
) -> Credit:
    """Who speaks in a quotation that no words beside it credit; `phrase` is the last one in its sentence before it."""
    first = ends[0]
    line = line_at(text, first.outer.start)
    within = [done for done in earlier if done.start >= line.start]
    if phrase is not None and _is_about(phrase):
        member = cast.meant(phrase)
        if member:
            return Credit(member)
    since = within[-1].end if within else line.start
    topic = _topic(text, rules, cast, since, first.outer.start)
    if topic and (within or not _delayed_after(text, first, line)):
        return Credit(topic)
    if within:
        return within[-1].credit
    if not _WORDS.search(text, line.start, first.outer.start):
        return _opening(text, rules, cast, ends, earlier)
    above = _above(text, line)
    return Credit(_topic(text, rules, cast, above.start, line.start) if above else None)


def at_sentence(text: str, rules: Language, cast: Cast, first: Quoted, earlier: Sequence[Done]) -> Credit:
    """Who speaks in a sentence that reports what somebody has said: who had the floor before it."""
    line = line_at(text, first.outer.start)
    start = sentence_at(text, rules, first.outer.start).start
    within = [done for done in earlier if line.start <= done.start < start]
    topic = _topic(text, rules, cast, within[-1].end if within else line.start, start)
    if topic:
        return Credit(topic)
    before = within or [done for done in earlier if done.start >= (_above(text, line) or line).start]
    return before[-1].credit if before else Credit(None)


def source(text: str, cast: Cast, first: Quoted, earlier: Sequence[Done]) -> Credit:
    """Who speaks where the text says no more than "it says": the last speaker here, or the body it was about."""
    at = first.outer.start
    if earlier and earlier[-1].start >= line_at(text, at).start:
        return earlier[-1].credit
    about = (each.member for each in reversed(cast.before(at)) if each.weight and each.member.body)
    return Credit(next(about, None))


def _is_about(phrase: Phrase) -> bool:
    """Whether a phrase can be the subject of the sentence of a quotation."""
    if phrase.oblique or phrase.possessive or phrase.thing:
        return False
    return (phrase.kind == "pronoun" and phrase.gender in ("m", "f")) or (phrase.kind == "name" and phrase.person)


def _topic(text: str, rules: Language, cast: Cast, start: int, end: int) -> Member | None:
    """Whom the last sentence between two offsets is about, as long as it asks nothing."""
    cast.read_to(end)
    for mention in reversed(cast.before(end)):
        if mention.at < start:
            break
        if mention.weight != SUBJECT or (mention.sentence < start and mention.at < start):
            continue
        asks = sentence_at(text, rules, mention.at).of(text).rstrip().endswith("?")
        if not asks and not mention.member.body:
            return mention.member
    return None


def _delayed_after(text: str, first: Quoted, line: Span) -> bool:
    return not _WORDS.search(text, line.start, first.outer.start)


def _opening(text: str, rules: Language, cast: Cast, ends: tuple[Quoted, Quoted], earlier: Sequence[Done]) -> Credit:
    """Who speaks where a quotation begins its paragraph."""
    first, last = ends
    line = line_at(text, first.outer.start)
    above = _above(text, line)
    before = [done for done in earlier if above and done.start >= above.start]
    if above and text[above.start : above.end].rstrip().endswith(":"):
        announced = _announced(text, rules, cast, above)
        if announced:
            return Credit(announced)
    behind = line_at(text, last.outer.end)
    alone = not _WORDS.search(text, last.outer.end, behind.end)
    if not alone:
        follows = _follows(text, rules, cast, Span(last.outer.end, behind.end), before)
        return Credit(follows) if follows else before[-1].credit if before else Credit(None)
    if above and text[above.start : above.end].rstrip().endswith("?"):
        return Credit(_asked(text, rules, cast, above, earlier))
    if before:
        return _reply(text, earlier, above, line) or before[-1].credit
    below = _below(text, behind)
    if below and _points_back(rules, text, below):
        follows = _follows(text, rules, cast, below, ())
        if follows:
            return Credit(follows)
    topic = _topic(text, rules, cast, above.start, line.start) if above else None
    if topic:
        return Credit(topic)
    if below and not earlier:
        return Credit(_follows(text, rules, cast, below, ()))
    asked = above and earlier and earlier[-1].end >= (_above(text, above) or above).start
    return earlier[-1].credit if asked else Credit(None)


def _announced(text: str, rules: Language, cast: Cast, above: Span) -> Member | None:
    """Who is credited by the last sentence of the paragraph above, which ends with a colon."""
    sentence = sentences(text, rules, above)[-1]
    phrase = sayer(text, rules, sentence, after=False)
    return cast.meant(phrase) if phrase else None


def _follows(text: str, rules: Language, cast: Cast, stretch: Span, before: Sequence[Done]) -> Member | None:
    """Whom the sentence after a quotation is about, unless it credits another one."""
    found = [each for each in sentences(text, rules, stretch) if _WORDS.search(each.of(text))]
    if not found:
        return None
    sentence = found[0]
    marks = [each for each in quoted(text, rules, sentence) if each.outer.start >= sentence.start]
    if marks or (before and not says(text, rules, sentence)):
        return None
    able = [each for each in phrases(text, rules, sentence) if not each.oblique and not each.possessive]
    people = [each for each in able if each.kind == "name" and not each.body and not each.thing]
    if not people and able and able[0].kind == "pronoun" and able[0].gender in ("m", "f"):
        people = able[:1]
    return cast.meant(people[0]) if people else None


def _points_back(rules: Language, text: str, below: Span) -> bool:
    """Whether a paragraph begins with a word for what has just been said: That was how."""
    first = re.match(r"[^\W\d_]+", below.of(text))
    return first is not None and first.group() in speech(rules).back


_SHORT = 100
"""Characters of a paragraph of dialogue at most."""


def _reply(text: str, earlier: Sequence[Done], above: Span | None, line: Span) -> Credit | None:
    """Who answers in a dialogue: the other one of two who have just had a short paragraph each."""
    if len(earlier) < 2 or above is None:
        return None
    other, latest = earlier[-2], earlier[-1]
    one, two = other.credit.speaker, latest.credit.speaker
    before = _above(text, above)
    near = before is not None and before.start <= other.start < above.start == latest.start
    short = max(above.end - above.start, line.end - line.start) <= _SHORT
    return other.credit if one and two and one is not two and near and short else None


def _asked(text: str, rules: Language, cast: Cast, above: Span, earlier: Sequence[Done]) -> Member | None:
    """Who answers a question: who answered the last one, who is addressed, or the one the text is most about."""
    if earlier and earlier[-1].credit.speaker and len(list(paragraphs(text, Span(earlier[-1].end, above.start)))) == 0:
        return earlier[-1].credit.speaker
    for phrase in phrases(text, rules, above):
        member = cast.known(phrase.name) if phrase.kind == "name" else None
        if member and not member.body:
            return member
    counts: dict[Member, int] = {}
    for mention in cast.before(above.start):
        if mention.member.named and not mention.member.body:
            counts[mention.member] = counts.get(mention.member, 0) + 1
    return max(counts, key=lambda member: counts[member]) if counts else None


def _above(text: str, line: Span) -> Span | None:
    """The paragraph before a line."""
    at = line.start
    while at > 0:
        found = line_at(text, at - 1)
        if _WORDS.search(text, found.start, found.end):
            return found
        at = found.start
    return None


def _below(text: str, line: Span) -> Span | None:
    """The paragraph after a line."""
    at = line.end
    while at < len(text):
        found = line_at(text, at + 1)
        if _WORDS.search(text, found.start, found.end):
            return found
        at = max(found.end, at + 1)
    return None
