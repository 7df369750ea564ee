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
from functools import cache, cached_property
from itertools import pairwise

from briefing.attribution.coreference import referents
from briefing.attribution.credit import Credit, credit
from briefing.attribution.crediting_words import Attribution, crediting_words
from briefing.attribution.mentions import Mention, Reading
from briefing.attribution.nouns import is_noun
from briefing.attribution.subjects import Word, words_of
from briefing.model.places import Span
from briefing.text import Language, Speech, paragraphs, quoted, sentences, speech


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
    def according(self) -> bool:
        """Whether they have a phrase like "according to"."""
        words = " ".join(word.low for word in self.words)
        return any(phrase in words for phrase in self.reading.language.speakers.according)

    @cached_property
    def speaks(self) -> bool:
        """Whether they have a word for speaking."""
        rules = self.reading.language.speakers
        return self.according or any(word.low in rules.verbs or word.low in rules.reporting for word in self.words)

    @cached_property
    def says(self) -> bool:
        """Whether they have a verb of speech."""
        return any(word.low in self.reading.language.speakers.verbs for word in self.words)

    @cached_property
    def plural(self) -> bool:
        """Whether their German verb of speech tells that several speak: "Sie sprachen von einem"."""
        rules = self.reading.language.speakers
        verbs = [word.low for word in self.words if word.low in rules.verbs and word.low not in rules.participles]
        return rules.nouns_have_capitals and bool(verbs) and all(verb.endswith("en") for verb in verbs)

    @cached_property
    def reports(self) -> bool:
        """Whether they have none, but the mood in which words are reported: Man habe „…“."""
        mood = self.reading.language.speakers.reporting
        return not self.says and any(word.low in mood for word in (*self.words, *self.clause_behind))

    @cached_property
    def clause_behind(self) -> Sequence[Word]:
        """The words behind the passage as far as the next mark, where those before it credit it."""
        span, text, end = self.attribution.span, self.reading.text, self.spans[-1].end
        found = _CLAUSE.match(text, end) if span is not None and span.start < self.start else None
        return words_of(found.group()) if found else ()

    @cached_property
    def alone(self) -> bool:
        """Whether it begins its paragraph."""
        return not _WORDS.search(self.reading.text, self.line.start, self.start)


_WORDS = re.compile(r"[^\W_]")
_CLAUSE = re.compile(r" [^,.;:!?\n„“”«»–—-]+")
"""As far as a mark behind a passage."""


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


def _name(passage: Passage) -> Speaker | None:
    """Nobody, where a passage is a title or a slogan: the „Wir sind viele“-Rufe, she read “The Salt Road,”."""
    text, end = passage.reading.text, passage.spans[-1].end
    words = Span(passage.start, end).of(text).split()
    term = len(words) <= _TERM and _term(passage.reading.language).search(text, passage.line.start, passage.start)
    if term or _COMPOUND.match(text, end) or _is_apposed(passage, words):
        return OPEN
    long = [word.strip(_MARKS) for word in words if len(word.strip(_MARKS)) > _SHORT_WORD]
    said = speech(passage.reading.language)
    made = passage.words[-1:] and passage.words[-1].low in said.makes
    if said.nouns_have_capitals or (passage.speaks and not made) or len(words) < 3 or len(long) < 2:
        return None
    return OPEN if words[0].strip(_MARKS)[:1].isupper() and all(word[0].isupper() for word in long) else None


def _is_apposed(passage: Passage, words: Sequence[str]) -> bool:
    """Whether a passage is the name of the noun before it: "des Seenotkreuzers „Hermine“", "a name: “Cloudburst.”"."""
    reading, said = passage.reading, speech(passage.reading.language)
    before = Span(_sentence_at(passage, passage.start).start, passage.start).of(reading.text)
    noun = _NOUN_BEFORE.search(before)
    if noun is None or len(words) > _TERM:
        return False
    if noun["colon"]:
        return not passage.says and is_noun(noun["noun"], said.works | said.documents | said.names, said)
    behind = reading.text[passage.spans[-1].end : passage.spans[-1].end + 1]
    plain = said.nouns_have_capitals and words[0].strip(_MARKS)[:1].isupper() and words[-1][-2:-1] not in ".!?,"
    named = [each for each in reading.between(passage.start - len(noun["noun"]) - 1, passage.start) if each.id]
    return plain and behind != "," and noun["noun"][0].isupper() and noun.start() > 0 and not named


_NOUN_BEFORE = re.compile(r"(?P<noun>[^\W\d_][\w-]+)(?P<colon>:)? $")


@cache
def _term(language: Language) -> re.Pattern[str]:
    """What is before a name at its end: "a bear that he named “Winston.”"."""
    said = speech(language)
    plain, verbs = said.terms - said.frames - said.verbs, said.terms & (said.frames | said.verbs)
    listed, parted = ("|".join(sorted(map(re.escape, words))) or "(?!)" for words in (plain, verbs))
    return re.compile(rf"(?:(?<!\w)(?:{listed})|, (?:{parted})) $", re.IGNORECASE)


_TERM = 5
"""Words of a name at most."""
_COMPOUND = re.compile(r"-\w")
_MARKS = "“”„\"‘’'«»‹›.,;:!?"
_SHORT_WORD = 3
"""Letters of words that have no capital in an English title."""


def _named_by_others(passage: Passage) -> Speaker | None:
    """Whoever is said to call somebody something: "she is known as “…”" by nobody, "was described by Ford as “…”"."""
    span, reading = passage.attribution.span, passage.reading
    found = _passive(reading.language).search(reading.text, passage.line.start, passage.start)
    if found is None or span is None:
        return None
    by = [each.id for each in reading.between(*found.span("by")) if each.id] if found["by"] else []
    return Speaker(by[-1]) if len(by) == 1 else OPEN


@cache
def _passive(language: Language) -> re.Pattern[str]:
    return re.compile("|".join(language.speakers.passives) or "(?!)(?P<by>)")


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
    if found is None or (found.unnamed and not found.sure) or (passage.reports and not passage.according):
        return None
    if not found.sure and _is_document(passage):
        return OPEN
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
    span, found = passage.attribution.span, passage.credit
    if span is None or found is None or found.sure:
        return Speaker(id)
    after = passage.reading.between(span.start + max(found.at, 0), span.end)
    if found.at > 0 and not after and not _owned_by_body(passage, found.at):
        return OPEN  # "Dani Alvarez scored twice, a result her coach described as"
    subject = next((each for each in passage.reading.between(span.start, span.end) if each.subject), None)
    return OPEN if subject and not subject.id else Speaker(id)


def _owned_by_body(passage: Passage, at: int) -> bool:
    """Whether words at an offset among crediting words are a body's: "said that its review had found"."""
    owner = next((word.low for word in passage.words if word.start == at), "")
    return owner in ("its",)


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
    """Nobody whom the text names: “…,” a senior official said; „…“, sagt einer; a memo calls it “…”."""
    found, said = passage.credit, speech(passage.reading.language)
    if found is None:
        return None
    lows = [word.low for word in passage.words]
    verbs = passage.reading.language.speakers.verbs
    behind = 2 if said.nouns_have_capitals else 0  # "sagt einer"
    somebody = any(
        word in verbs and {*lows[max(at - 1, 0) : at], *lows[at + 1 : at + behind]} & said.somebody
        for at, word in enumerate(lows)
    )
    nobody = somebody and not found.people and not found.pronoun
    nobody = nobody or (found.refers and not found.people and passage.plural)
    return OPEN if found.unnamed or nobody or (_is_document(passage) and not passage.reports) else None


def _is_document(passage: Passage) -> bool:
    """Whether crediting words are about something written: "it read", "A memo describes", "Der Titel lautet"."""
    said = speech(passage.reading.language)
    if " ".join(word.low for word in passage.words) in said.goes_on:
        return not passage.within  # "a statement … “…,” it read"
    verbs = [at for at, word in enumerate(passage.words) if word.low in passage.reading.language.speakers.verbs]
    near = passage.words[max(verbs[-1] - 2, 0) : verbs[-1]] if verbs else ()
    if any(is_noun(word.text, said.documents, said) for word in near) and not any(word.capital for word in near):
        return True  # "whose biography describes him as"
    begins = passage.words[:1] and passage.words[0].low in (*said.the, *said.indefinite)
    phrase = passage.words[1:4] if begins else ()
    noun = next((at for at, word in enumerate(phrase) if is_noun(word.text, said.documents | said.works, said)), None)
    return noun is not None and not any(word.owner or word.low in said.prepositions for word in phrase[:noun])


def _impersonal(passage: Passage) -> Speaker | None:
    """Whom „…“, heißt es bei der Gewerkschaft names, or whose document it is: „…“, heißt es in einer Mitteilung."""
    reading, span, said = passage.reading, passage.attribution.span, speech(passage.reading.language)
    if span is None:
        return None
    lead = Span(_sentence_at(passage, passage.start).start, passage.start)
    where = next(
        (each for each in (span, lead) if any(phrase in each.of(reading.text) for phrase in said.impersonal)), None
    )
    if where is None or (where is lead and passage.says):
        return None
    here = [each for each in reading.between(where.start, where.end) if each.id]
    if "eigene" in where.of(reading.text):  # "erfuhr nach eigenen Worten"
        return Speaker(here[-1].id) if len({each.id for each in here}) == 1 else None
    oblique = {each.id for each in here if not each.subject}
    if oblique:
        return Speaker(oblique.pop()) if len(oblique) == 1 else OPEN
    near = [each for each in reading.between(passage.line.start, where.start) if each.id]
    words = words_of(where.of(reading.text))
    bodies = {each.id for each in near if _is_body(reading, each)}
    nouns = [word.text for word in words if is_noun(word.text, said.organisations - said.documents, said)]
    if nouns:  # "aus dem Umweltministerium" means no body that has another name
        return Speaker(bodies.pop()) if len(bodies) == 1 and nouns[-1] in said.organisations else OPEN
    subject = next((each for each in reversed(near) if each.subject), None)
    letter = any(is_noun(word.text, said.letters, said) for word in words)
    return Speaker(subject.id) if letter and subject and len({each.id for each in near}) == 1 else OPEN


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
    inverting = reading.language.speakers.inverting
    if found is None or span is None or passage.reports or any(word.low in inverting for word in passage.words):
        return None
    if passage.says and found.at >= 0 and speech(reading.language).nouns_have_capitals:
        return None  # their verb has a subject that describes somebody
    says, behind, bodies = passage.says, span.start > passage.start, reading.gender(found.pronoun) == "it"
    if says and (behind or found.body or (found.pronoun and not bodies)):
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
        turned = passage.reading.subject(passage.since, _sentence_at(passage, span.start).start)
        return Speaker(turned.id) if turned and not _reports_at(passage, turned.at) else passage.within[-1].speaker
    said = speech(passage.reading.language)
    if any(is_noun(word.text, said.documents, said) for word in passage.words):
        return OPEN  # "Dann kam der Brief vom Amt: Der Brandschutz sei"
    subject = passage.reading.subject(passage.line.start, span.start)
    return Speaker(subject.id) if subject else OPEN


def _reports_at(passage: Passage, at: int) -> bool:
    """Whether the sentence at an offset only reports what was said."""
    words = words_of(_sentence_at(passage, at).of(passage.reading.text))
    return any(word.low in passage.reading.language.speakers.reporting for word in words)


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
    if found is None or span is None or found.pronoun or passage.reports or not found.refers:
        return None
    if not passage.speaks and not _begins_with_body(passage):
        return None
    if passage.words[0].low in reading.language.speakers.indefinite:
        return OPEN
    kind = _described_kind(passage)
    german = speech(reading.language).nouns_have_capitals
    heard = set() if kind == "body" or german else {said.speaker.id for said in passage.within}
    wider = [passage.above] if passage.above and (kind == "body" or not heard) else []
    gender = _described_gender(passage) if kind != "body" else ""
    for line in (passage.line, *wider):
        near = [each for each in reading.between(line.start, min(span.start, line.end)) if each.id not in heard]
        able = [each for each in near if _is_kind(reading, each, kind)]
        if (
            german
            and kind == "body"
            and any(word.low.endswith(tuple(speech(reading.language).companies)) for word in passage.words)
        ):
            able = [each for each in able if not each.id or _may_be_company(reading, each.id)]
        able = [each for each in able if not each.id or not gender or reading.people[each.id].gender in ("", gender)]
        only = able if kind != "body" or len({each.id for each in able}) == 1 else []
        latest = able if german and not any(word.capital for word in passage.words[1:2]) else []  # "Diese dankte"
        chosen = latest or [each for each in able if each.subject] or only
        if chosen:
            return Speaker(chosen[-1].id)
    return OPEN


def _may_be_company(reading: Reading, id: str) -> bool:
    """Whether a body can be a company: a court, an office or an association is none."""
    said, words = speech(reading.language), {word for phrase in reading.people[id].phrases for word in phrase}
    return not any(is_noun(word.capitalize(), said.authorities, said) for word in words)


def _begins_with_body(passage: Passage) -> bool:
    """Whether crediting words begin with a description of a body: "Der Verein wollte sich"."""
    said, words = speech(passage.reading.language), passage.words
    article = bool(words) and words[0].low in said.the
    return article and any(is_noun(word.text, said.organisations - said.documents, said) for word in words[1:2])


def _described_gender(passage: Passage) -> str:
    """The gender that the article of a description tells in German: "kritisierte die Politikerin"."""
    said = speech(passage.reading.language)
    for article, noun in pairwise(passage.words):
        if article.low in said.genders and (noun.capital or noun.low.endswith("jährige")):
            return said.genders[article.low].replace("it", "")
    return ""


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
    asks = _sentence_at(passage, subject.at).of(passage.reading.text).rstrip().endswith("?")
    if asks or (passage.within and subject.id and passage.reading.people[subject.id].gender == "it"):
        return None
    return Speaker(subject.id)


def _sentence_at(passage: Passage, at: int) -> Span:
    """The sentence of the paragraph that an offset is in."""
    found = sentences(passage.reading.text, passage.reading.language, passage.line)
    return next((each for each in found if each.start <= at < each.end), Span(at, at))


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
    Rule("name", _name),
    Rule("named by others", _named_by_others),
    Rule("by name", _by_name),
    Rule("for a body", _for_a_body),
    Rule("unnamed", _unnamed),
    Rule("impersonal", _impersonal),
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
