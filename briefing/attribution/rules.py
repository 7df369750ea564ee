"""Who says a quotation: rules in their order, of which the first that answers decides.

The first rules read the words that credit a quotation, and answer only where these are sure. The others draft what the
text leaves to its order: whom a pronoun means by who was the last subject, who has the floor in a paragraph, an
interview or a dialogue. What no rule answers is open, and so is what a rule knows to be nobody's whom the text names.
A test switches each rule off on articles that it was not made with, and fails for one that earns nothing there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from briefing.attribution import credited, references, unsaid
from briefing.attribution.passage import OPEN, Said, Speaker, SpokenPassage
from briefing.attribution.rivals import has_other_subject, has_rival
from briefing.attribution.subjects import words_of
from briefing.model.places import Span
from briefing.text import paragraphs, quoted, sentences


class Rule(Struct, frozen=True):
    """One way to know who speaks."""

    name: str
    apply: Callable[[SpokenPassage], Speaker | None]
    """None where the rule does not know."""


def find_speaker(passage: SpokenPassage, rules: Sequence[Rule] | None = None) -> Speaker:
    """Return who says a quotation, by the first rule that answers."""
    answers = (rule.apply(passage) for rule in (RULES if rules is None else rules))
    found = next((found for found in answers if found is not None), OPEN)
    if not found.id or (_fits_pronoun(passage, found.id) and not has_other_subject(passage, found.id)):
        return found
    return OPEN


def _fits_pronoun(passage: SpokenPassage, id: str) -> bool:
    """Return whether somebody can be whom the pronoun beside a quotation means, where one is its whole credit."""
    pronoun = passage.credit.pronoun
    if not pronoun or not passage.says or passage.credit.people or passage.credit.at < 0:
        return True
    return passage.reading.gender(pronoun) not in ("m", "f") or passage.reading.fits(id, pronoun)


def _told_before(passage: SpokenPassage) -> Speaker | None:
    """Return who speaks in the sentence before words that nothing credits: "That is on purpose, he says. “…”".

    It may end the paragraph above, where the words are all of their own paragraph.
    """
    reading = passage.reading
    within = _before_all_quotation(passage) if passage.alone else Span(passage.since, passage.start)
    if within is None or passage.speaks:
        return None
    told = [each for each in sentences(reading.text, reading.language, within) if each.end < passage.start]
    if not told or quoted(reading.text, reading.language, told[-1]) or _asks(passage, told[-1]):
        return None
    before = replace(passage, spans=(Span(told[-1].end, told[-1].end),), known=told[-1])
    if not before.says:
        return None
    found = find_speaker(before, _CREDITED)
    return found if found.id or before.credit.unnamed else None


def _topic(passage: SpokenPassage) -> Speaker | None:
    """Return whom the paragraph has been about since its last quotation."""
    subject = passage.reading.subject(passage.since, passage.start)
    if (
        subject is None
        or _asks(passage, passage.sentence(subject.at))
        or (passage.within and references.reports_at(passage, subject.at))
    ):
        return None
    told = {each.id for each in passage.reading.between(passage.since, passage.start)}
    people = {id for id in told if not passage.reading.is_body(id)}
    if len(people | {subject.id}) > 1 or has_rival(passage.reading, "", Span(subject.at, passage.start)):
        return OPEN
    return None if passage.within and passage.reading.is_body(subject.id) else Speaker(subject.id)


def _asks(passage: SpokenPassage, sentence: Span) -> bool:
    """Return whether a sentence is a question, or says that somebody asks one."""
    told, said = sentence.of(passage.reading.text), passage.said
    words = [word.low for word in words_of(told)]
    asking = (at for at, word in enumerate(words) if word in said.asking and at)
    return told.rstrip().endswith("?") or any(said.passive.isdisjoint(words[max(at - 2, 0) : at + 3]) for at in asking)


def _goes_on(passage: SpokenPassage) -> Speaker | None:
    """Return who spoke last in the paragraph."""
    if passage.within and has_rival(passage.reading, "", Span(passage.since, passage.start)):
        return OPEN  # "Seine Frau korrigiert ihn"
    return passage.within[-1].speaker if passage.within else None


def _announced(passage: SpokenPassage) -> Speaker | None:
    """Return who is credited by the paragraph above, which ends with a colon."""
    reading, above = passage.reading, passage.above
    if not passage.alone or above is None or not above.of(reading.text).rstrip().endswith(":"):
        return None
    last = sentences(reading.text, reading.language, above)[-1]
    named = reading.named(last.start, last.end)
    subject = reading.subject(last.start, last.end) or (named[-1] if named else None)
    heard = [said for said in passage.earlier if said.span.start >= above.start]
    if subject and (not heard or subject.at > heard[-1].span.end):
        return Speaker(subject.id)
    return heard[-1].speaker if heard else None


def _before_all_quotation(passage: SpokenPassage) -> Span | None:
    """Return the paragraph above one that is all quotation."""
    return passage.above if passage.alone and not passage.speaks and _told_behind(passage) is None else None


def _only_one(passage: SpokenPassage) -> Speaker | None:
    """Return whom the paragraph above one that is all quotation is about at last, or its only person."""
    reading, above = passage.reading, _before_all_quotation(passage)
    if above is None or above.of(reading.text).rstrip().endswith("?") or _begins(passage, above):
        return None
    heard = [said for said in passage.heard if said.span.start >= above.start]
    last = reading.subject(heard[-1].span.end, above.end) if heard else None
    told = (each.id for each in reading.between(above.start, above.end))
    everybody = {last.id} if last else {*told, *(said.speaker.id for said in heard)}
    people = {id for id in everybody if not reading.is_body(id)}
    alone = len(people) == 1 and "" not in people and not has_rival(reading, "", above)
    return Speaker("".join(people)) if alone else None


def _acts_next(passage: SpokenPassage) -> Speaker | None:
    """Return whom the sentence behind a quotation is about that begins its paragraph: “Never.” Ruiz shakes her head."""
    told = _told_behind(passage) if passage.alone else None
    if told is None or quoted(passage.reading.text, passage.reading.language, told):
        return None
    subject = passage.reading.first_subject(told.start, told.end)
    return Speaker(subject.id) if subject and subject.id else None


def _told_behind(passage: SpokenPassage) -> Span | None:
    """Return the sentence behind a quotation in its paragraph; behind the first one also that of the next paragraph."""
    reading, end, number = passage.reading, passage.end, passage.reading.line(passage.end)
    behind = sentences(reading.text, reading.language, Span(end, max(reading.lines[number].end, end)))
    told = next((each for each in behind if any(map(str.isalnum, each.of(reading.text)))), None)
    if told is None and not passage.earlier and number + 1 < len(reading.lines):
        return sentences(reading.text, reading.language, reading.lines[number + 1])[0]
    return told


def _answers(passage: SpokenPassage) -> Speaker | None:
    """Return who is asked in an interview: who answered before, or whom the text is most about."""
    reading, above = passage.reading, passage.above
    if not passage.alone or above is None or not above.of(reading.text).rstrip().endswith("?"):
        return None
    last = passage.earlier[-1] if passage.earlier else None
    if last and last.speaker.id and not list(paragraphs(reading.text, Span(last.span.end, above.start))):
        return last.speaker
    return Speaker(reading.most_mentioned(above.start))


def _takes_turns(passage: SpokenPassage) -> Speaker | None:
    """Return the other one of two in a dialogue, whose paragraphs are short and begin with what is said."""
    above, latest = passage.above, passage.heard[-1] if passage.heard else None
    if above is None or latest is None or not passage.alone or not latest.speaker.id:
        return None
    longest = max(above.end - above.start, passage.line.end - passage.line.start)
    if longest > _SHORT or latest.span.start < above.start or not _begins(passage, above):
        return None
    before = passage.reading.lines[max(passage.reading.line(above.start) - 1, 0)]
    others = [said.speaker for said in passage.heard if before.start <= said.span.start < above.start]
    if others:
        return others[-1] if others[-1].id not in ("", latest.speaker.id) else None
    return _is_asked(passage, latest, Span(before.start, above.start))


def _is_asked(passage: SpokenPassage, latest: Said, before: Span) -> Speaker | None:
    """Return the only other person whom the paragraph before a question is about."""
    reading = passage.reading
    if passage.speaks or not latest.span.of(reading.text).strip(_MARKS).endswith("?"):
        return None
    told = {
        each.id for each in reading.named(before.start, before.end) if each.subject and not reading.is_body(each.id)
    }
    asked = told - {latest.speaker.id}
    return Speaker(asked.pop()) if len(asked) == 1 else None


def _begins(passage: SpokenPassage, line: Span) -> bool:
    """Return whether a paragraph begins with something said."""
    return any(said.span.start == line.start for said in passage.heard)


_SHORT = 250
"""Characters of a paragraph of dialogue at most."""
_MARKS = "“”„\"‘’'«»‹› "
"""What is behind the question mark of a question that is said."""

_CREDITED = (
    Rule("by name", credited.by_name),
    Rule("for a body", credited.for_a_body),
    Rule("unnamed", credited.unnamed),
    Rule("newcomer", credited.newcomer),
    Rule("referred to", references.referred_to),
    Rule("last subject", references.last_subject),
    Rule("described", references.described),
)
"""Those that read crediting words, and not what stands around them."""

RULES = (
    Rule("quoted by another", credited.quoted_by_another),
    Rule("term", unsaid.term),
    Rule("title", unsaid.title),
    Rule("asked", unsaid.asked),
    Rule("named by others", credited.named_by_others),
    Rule("denied", credited.denied),
    Rule("written by", credited.written_by),
    Rule("by name", credited.by_name),
    Rule("for a body", credited.for_a_body),
    Rule("unnamed", credited.unnamed),
    Rule("impersonal", credited.impersonal),
    Rule("newcomer", credited.newcomer),
    Rule("reported", references.reported),
    Rule("subject", credited.subject_of_words),
    Rule("referred to", references.referred_to),
    Rule("last subject", references.last_subject),
    Rule("described", references.described),
    Rule("announced", _announced),
    Rule("told before", _told_before),
    Rule("topic", _topic),
    Rule("goes on", _goes_on),
    Rule("acts next", _acts_next),
    Rule("only one", _only_one),
    Rule("answers", _answers),
    Rule("takes turns", _takes_turns),
)
"""In the order in which they are asked."""
