"""Who says a quotation: rules in their order, of which the first that answers decides.

The first rules read the words that credit a quotation, and answer only where these are sure. The others draft what the
text leaves to its order: whom a pronoun means by who was the last subject, who has the floor in a paragraph, an
interview or a dialogue. What no rule answers is open, and so is what a rule knows to be nobody's whom the text names.
A test switches each rule off on articles that it was not made with, and fails for one that earns nothing there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from briefing.attribution.coreference import referents
from briefing.attribution.credit import Credit, credit
from briefing.attribution.crediting_words import Attribution, crediting_words
from briefing.attribution.mentions import Mention, Reading
from briefing.attribution.nouns import is_noun
from briefing.attribution.subjects import Word, words_of
from briefing.model.places import Span
from briefing.text import Speech, paragraphs, quoted, sentences, speech


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says a quotation."""

    id: str
    """Empty where it is open."""
    via: str = ""
    """Who quotes the speaker; empty where nobody does."""


OPEN = Speaker("")


@dataclass(frozen=True, slots=True)
class Said:
    """An earlier quotation and who says it."""

    span: Span
    speaker: Speaker


@dataclass(frozen=True)
class Passage:
    """A quotation whose speaker is looked for, in its text."""

    reading: Reading
    spans: tuple[Span, ...]
    """Its parts, with their marks."""
    earlier: Sequence[Said]

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.spans[0].start

    @cached_property
    def line(self) -> Span:
        """The paragraph that it begins in."""
        return self.reading.lines[self.reading.line(self.start)]

    @cached_property
    def above(self) -> Span | None:
        """The paragraph before that."""
        number = self.reading.line(self.start)
        return self.reading.lines[number - 1] if number else None

    @cached_property
    def within(self) -> Sequence[Said]:
        """The earlier quotations of its paragraph."""
        return [said for said in self.earlier if said.span.start >= self.line.start]

    @cached_property
    def since(self) -> int:
        """Where the words begin that can say who has the floor: behind the last quotation of the paragraph."""
        return self.within[-1].span.end if self.within else self.line.start

    @cached_property
    def attribution(self) -> Attribution:
        """The words that credit it."""
        return crediting_words(self.reading.text, self.reading.language, self.reading.lines, self.spans)

    @cached_property
    def words(self) -> Sequence[Word]:
        """The same as words."""
        return words_of(self.attribution.span.of(self.reading.text)) if self.attribution.span else ()

    @cached_property
    def credit(self) -> Credit | None:
        """What they say of who speaks."""
        span, rules = self.attribution.span, self.reading.language.speakers
        if span is None:
            return None
        return credit(span.of(self.reading.text), self.reading.people, rules, span.start < self.start)

    @cached_property
    def speaks(self) -> bool:
        """Whether they have a word for speaking."""
        rules, words = self.reading.language.speakers, [word.low for word in self.words]
        phrases = any(phrase in " ".join(words) for phrase in rules.according)
        return phrases or any(word in rules.verbs or word in rules.reporting for word in words)

    @cached_property
    def says(self) -> bool:
        """Whether they have a verb of speech."""
        return any(word.low in self.reading.language.speakers.verbs for word in self.words)

    @cached_property
    def reports(self) -> bool:
        """Whether they have none, but the mood in which words are reported: Man habe „…“."""
        return not self.says and any(word.low in self.reading.language.speakers.reporting for word in self.words)

    @cached_property
    def alone(self) -> bool:
        """Whether it begins its paragraph."""
        return not _WORDS.search(self.reading.text, self.line.start, self.start)


_WORDS = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to know who speaks."""

    name: str
    apply: Callable[[Passage], Speaker | None]
    """None where the rule does not know."""


def find_speaker(passage: Passage, rules: Sequence[Rule] | None = None) -> Speaker:
    """Who says a quotation, by the first rule that answers."""
    for rule in RULES if rules is None else rules:
        found = rule.apply(passage)
        if found is not None:
            return found
    return OPEN


# --- what crediting words say -----------------------------------------------------------------------------------


def _quoted_by_another(passage: Passage) -> Speaker | None:
    """ "…," he said, quoting Roosevelt’s statement that “…”: the words are Roosevelt's."""
    rules = passage.reading.language.speakers
    at = next((at for at, word in enumerate(passage.words) if word.low in rules.quoting), None)
    if at is None or passage.attribution.span is None:
        return None
    start = passage.attribution.span.start
    behind = passage.reading.between(start + passage.words[at].start, passage.attribution.span.end)
    before = [each for each in passage.reading.between(start, start + passage.words[at].start) if each.id]
    owner = next((each for each in behind if each.id), None)
    if owner is None:
        return None
    quoter = before[0].id if before else passage.within[-1].speaker.id if passage.within else ""
    return Speaker(owner.id, quoter if quoter != owner.id else "")


def _by_name(passage: Passage) -> Speaker | None:
    """Somebody whom crediting words name, or whose office they name."""
    found = passage.credit
    if found is None or (found.unnamed and not found.sure):
        return None
    if len(found.people) == 1 and not found.stranger:
        return _unless_another(passage, next(iter(found.people)))
    if found.sure or found.stranger:
        return OPEN  # several together, or a name that is nobody's
    if found.people and passage.attribution.span:
        span = passage.attribution.span
        subject = next((each for each in passage.reading.between(span.start, span.end) if each.subject), None)
        return Speaker(subject.id) if subject and subject.id in found.people else OPEN
    return None


def _unless_another(passage: Passage, id: str) -> Speaker:
    """Who is mentioned in crediting words, unless another one is their subject: "A Treasury insider predicted"."""
    span = passage.attribution.span
    if span is None or (passage.credit and passage.credit.sure):
        return Speaker(id)
    subject = next((each for each in passage.reading.between(span.start, span.end) if each.subject), None)
    return OPEN if subject and not subject.id else Speaker(id)


def _for_a_body(passage: Passage) -> Speaker | None:
    """The body for which a spokesperson without a name speaks."""
    reading, said = passage.reading, speech(passage.reading.language)
    spokesperson = any(is_noun(word.text, said.spokespeople, said) for word in passage.words)
    if not spokesperson or passage.attribution.span is None:
        return None
    nearby = [*reading.between(passage.line.start, max(passage.attribution.span.end, passage.start))]
    bodies = [each.id for each in nearby if each.id and reading.people[each.id].gender == "it"]
    return Speaker(bodies[-1]) if bodies else OPEN


def _unnamed(passage: Passage) -> Speaker | None:
    """Nobody whom the text names: “…,” a senior official said."""
    return OPEN if passage.credit and passage.credit.unnamed else None


def _newcomer(passage: Passage) -> Speaker | None:
    """Nobody whom the text names, where a pronoun goes on from such: "A fitter shrugged. “…,” he said"."""
    if passage.credit is None or not passage.credit.refers or passage.credit.people or passage.reports:
        return None
    subject = passage.reading.subject(passage.line.start, _until(passage))
    return OPEN if subject and not subject.id else None


def _until(passage: Passage) -> int:
    """Before where somebody is named whom crediting words can mean: their end, or where the passage begins."""
    span = passage.attribution.span
    return passage.start if span is None or span.start < passage.start else span.end


def _subject(passage: Passage) -> Speaker | None:
    """The subject of crediting words whose verb no list has: "Piet Lourens shot back that she had “…”"."""
    found, span, reading = passage.credit, passage.attribution.span, passage.reading
    if found is None or span is None or passage.reports:
        return None
    says, behind, bodies = passage.says, span.start > passage.start, reading.gender(found.pronoun) == "it"
    if says and (behind or (found.pronoun and not bodies)):
        return None
    pronouns = [word.start for word in passage.words if found.pronoun and word.low == found.pronoun]
    end = span.start + pronouns[0] if pronouns else span.end
    subject = next((each for each in reading.between(span.start, end) if each.subject), None)
    if subject is None or (subject.id and says and found.pronoun and not reading.fits(subject.id, found.pronoun)):
        return None
    return Speaker(subject.id)


def _reported(passage: Passage) -> Speaker | None:
    """Who has just spoken, or is the last subject, where a sentence reports what was said: Man habe „…“."""
    span = passage.attribution.span
    if passage.credit is None or not passage.reports or span is None or passage.credit.people:
        return None
    if passage.within:
        return passage.within[-1].speaker
    subject = passage.reading.subject(passage.line.start, span.start)
    return Speaker(subject.id) if subject else OPEN


def _shares_subject(passage: Passage) -> Speaker | None:
    """Who has just spoken, where a verb shares the subject of the one before: “odd” and said it “…”."""
    joins = passage.reading.language.speakers.joins
    shares = bool(passage.words) and passage.words[0].low in joins and not (passage.credit and passage.credit.people)
    return passage.within[-1].speaker if shares and passage.within else None


def _referred_to(passage: Passage) -> Speaker | None:
    """The only one whom a pronoun or description can mean."""
    reading, found = passage.reading, passage.credit
    if found is None or not found.pronoun:
        return None
    span = passage.attribution.span
    if span is None:
        return None
    able = referents(reading.text, reading.language, reading.lines, span, found, reading.people)
    gender = reading.gender(found.pronoun)
    if len(able) != 1 or not gender or (gender == "it" and speech(reading.language).nouns_have_capitals):
        return None
    id = next(iter(able))
    return Speaker(id) if (reading.people[id].gender == "it") == (gender == "it") else None


# --- what the order of the text says ----------------------------------------------------------------------------


def _last_subject(passage: Passage) -> Speaker | None:
    """The last subject, or else the last one mentioned or heard, whom a pronoun can mean."""
    found = passage.credit
    if found is None or not found.pronoun:
        return None
    reading, at, number = passage.reading, _until(passage), passage.reading.line(passage.start)
    gender = reading.gender(found.pronoun)
    if not gender or (gender == "it" and speech(reading.language).nouns_have_capitals):
        return OPEN  # several, or nobody: "so hatte es im Bericht gestanden"
    for line in reversed(reading.lines[max(number - _FAR, 0) : number + 1]):
        heard = [
            Mention(said.span.end, said.speaker.id, True)
            for said in passage.earlier
            if line.start <= said.span.start < min(at, line.end)
        ]
        able = [
            each
            for each in sorted((*reading.between(line.start, min(at, line.end)), *heard), key=lambda each: each.at)
            if not each.id or reading.fits(each.id, found.pronoun)
        ]
        last = next((each for each in reversed(able) if each.subject), None)
        bodies = reading.gender(found.pronoun) == "it" or (
            line is passage.line and last is not None and _is_body(reading, last)
        )
        able = [each for each in able if not each.id or (reading.people[each.id].gender == "it") == bodies]
        chosen = [each for each in able if each.subject] or able
        if chosen:
            return Speaker(chosen[-1].id)
    return None


_FAR = 2
"""Paragraphs back in which the one whom a pronoun means is looked for."""


def _described(passage: Passage) -> Speaker | None:
    """Whom the text is about, where words describe somebody: "the company said", "the 54-year-old said".

    A description of a person means nobody who has just spoken.
    """
    found, span, reading = passage.credit, passage.attribution.span, passage.reading
    if found is None or span is None or found.pronoun or passage.reports or not found.refers or not passage.speaks:
        return None
    if passage.words[0].low in reading.language.speakers.indefinite:
        return OPEN
    kind = _described_kind(passage)
    heard = set() if kind == "body" else {said.speaker.id for said in passage.within}
    wider = [passage.above] if passage.above and (kind == "body" or not heard) else []
    for line in (passage.line, *wider):
        near = [each for each in reading.between(line.start, min(span.start, line.end)) if each.id not in heard]
        able = [each for each in near if _is_kind(reading, each, kind)]
        only = able if kind != "body" or len({each.id for each in able}) == 1 else []
        chosen = [each for each in able if each.subject] or only
        if chosen:
            return Speaker(chosen[-1].id)
    return OPEN


def _described_kind(passage: Passage) -> str:
    """Whether a description is that of a body or a person, by its own noun; empty where that is in no list."""
    said = speech(passage.reading.language)
    own = [word for at, word in enumerate(passage.words) if not _in_phrase(passage.words[: at + 1], said)]
    if any(is_noun(word.text, said.organisations, said) or word.low.endswith(tuple(said.companies)) for word in own):
        return "body"
    return "person" if said.nouns_have_capitals or any(is_noun(word.text, said.people, said) for word in own) else ""


def _in_phrase(words: Sequence[Word], said: Speech) -> bool:
    """Whether the last of some words belongs to a noun before it: "der Präsident der Apothekerkammer"."""
    nouns = [at for at, word in enumerate(words) if at and word.capital]
    genitive = bool(nouns) and any(word.low in said.genitives for word in words[nouns[0] + 1 :])
    return genitive or any(word.low in said.prepositions for word in words[1:])


def _is_body(reading: Reading, mention: Mention) -> bool:
    return bool(mention.id) and reading.people[mention.id].gender == "it"


def _is_kind(reading: Reading, mention: Mention, kind: str) -> bool:
    body = _is_body(reading, mention)
    return not kind or not mention.id or body == (kind == "body")


def _topic(passage: Passage) -> Speaker | None:
    """Whom the paragraph has been about since its last quotation."""
    subject = passage.reading.subject(passage.since, passage.start)
    if subject is None:
        return None
    asks = _sentence(passage, subject.at).rstrip().endswith("?")
    if asks or (passage.within and subject.id and passage.reading.people[subject.id].gender == "it"):
        return None
    return Speaker(subject.id)


def _sentence(passage: Passage, at: int) -> str:
    reading = passage.reading
    found = sentences(reading.text, reading.language, passage.line)
    return next((each.of(reading.text) for each in found if each.start <= at < each.end), "")


def _goes_on(passage: Passage) -> Speaker | None:
    """Who spoke last in the paragraph."""
    return passage.within[-1].speaker if passage.within else None


def _announced(passage: Passage) -> Speaker | None:
    """Who is credited by the paragraph above, which ends with a colon."""
    reading, above = passage.reading, passage.above
    if not passage.alone or above is None or not above.of(reading.text).rstrip().endswith(":"):
        return None
    last = sentences(reading.text, reading.language, above)[-1]
    named = [each for each in reading.between(last.start, last.end) if each.id]
    subject = reading.subject(last.start, last.end) or (named[-1] if named else None)
    heard = [said for said in passage.earlier if said.span.start >= above.start]
    if subject and (not heard or subject.at > heard[-1].span.end):
        return Speaker(subject.id)
    return heard[-1].speaker if heard else None


def _acts_next(passage: Passage) -> Speaker | None:
    """Whom the sentence behind a quotation is about that begins its paragraph: “Never.” Ruiz shakes her head."""
    reading, end = passage.reading, passage.spans[-1].end
    line = reading.lines[reading.line(end)]
    behind = sentences(reading.text, reading.language, Span(end, max(line.end, end)))
    told = next((each for each in behind if _WORDS.search(each.of(reading.text))), None)
    number = reading.line(end) + 1
    if told is None and not passage.earlier and number < len(reading.lines):
        told = sentences(reading.text, reading.language, reading.lines[number])[0]  # "“Never.” ¶ Ruiz was in tears"
    if not passage.alone or told is None or quoted(reading.text, reading.language, told):
        return None
    subject = next((each for each in reading.between(told.start, told.end) if each.subject), None)
    return Speaker(subject.id) if subject and subject.id else None


def _answers(passage: Passage) -> Speaker | None:
    """Who is asked in an interview: who answered before, or whom the text is most about."""
    reading, above = passage.reading, passage.above
    if not passage.alone or above is None or not above.of(reading.text).rstrip().endswith("?"):
        return None
    last = passage.earlier[-1] if passage.earlier else None
    if last and last.speaker.id and not list(paragraphs(reading.text, Span(last.span.end, above.start))):
        return last.speaker
    return Speaker(reading.most_mentioned(above.start))


def _takes_turns(passage: Passage) -> Speaker | None:
    """The other one of two in a dialogue of short paragraphs."""
    if len(passage.earlier) < 2 or passage.above is None or not passage.alone:
        return None
    other, latest = passage.earlier[-2:]
    number = passage.reading.line(passage.start)
    near = number > 1 and passage.reading.lines[number - 2].start <= other.span.start < passage.above.start
    short = max(passage.above.end - passage.above.start, passage.line.end - passage.line.start) <= _SHORT
    both = other.speaker.id and latest.speaker.id and other.speaker.id != latest.speaker.id
    return other.speaker if near and short and both and latest.span.start >= passage.above.start else None


_SHORT = 100
"""Characters of a paragraph of dialogue at most."""


RULES = (
    Rule("quoted by another", _quoted_by_another),
    Rule("by name", _by_name),
    Rule("for a body", _for_a_body),
    Rule("unnamed", _unnamed),
    Rule("newcomer", _newcomer),
    Rule("shares a subject", _shares_subject),
    Rule("reported", _reported),
    Rule("subject", _subject),
    Rule("referred to", _referred_to),
    Rule("last subject", _last_subject),
    Rule("described", _described),
    Rule("topic", _topic),
    Rule("goes on", _goes_on),
    Rule("announced", _announced),
    Rule("acts next", _acts_next),
    Rule("answers", _answers),
    Rule("takes turns", _takes_turns),
)
"""In the order in which they are asked."""

__all__ = ["OPEN", "RULES", "Passage", "Reading", "Rule", "Said", "Speaker", "find_speaker"]
