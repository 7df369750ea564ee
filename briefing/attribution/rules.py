"""Who says a quotation: rules in their order, of which the first that answers decides.

The first rules read the words that credit a quotation, and answer only where these are sure. The others draft what the
text leaves to its order: whom a pronoun means by who was the last subject, who has the floor in a paragraph, an
interview or a dialogue. What no rule answers is open, and so is what a rule knows to be nobody's whom the text names.
A test switches each rule off on articles that it was not made with, and fails for one that earns nothing there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from briefing.attribution.coreference import referents
from briefing.attribution.mentions import Mention, TextReading
from briefing.attribution.nouns import is_noun
from briefing.attribution.passage import OPEN, Speaker, SpokenPassage
from briefing.attribution.subjects import Word, words_of
from briefing.model.places import Span
from briefing.text import Language, Speech, paragraphs, quoted, sentences, speech


@dataclass(frozen=True, slots=True)
class Rule:
    """One way to know who speaks."""

    name: str
    apply: Callable[[SpokenPassage], Speaker | None]
    """None where the rule does not know."""


def find_speaker(passage: SpokenPassage, rules: Sequence[Rule] | None = None) -> Speaker:
    """Return who says a quotation, by the first rule that answers."""
    answers = (rule.apply(passage) for rule in (RULES if rules is None else rules))
    return next((found for found in answers if found is not None), OPEN)


def _only(mentions: Iterable[Mention]) -> Speaker:
    """Return the only one who is mentioned; open where there are several or none."""
    ids = {each.id for each in mentions}
    return Speaker(ids.pop()) if len(ids) == 1 else OPEN


# --- what is no statement ---------------------------------------------------------------------------------------

_COMPOUND = re.compile(r"-\w")
_NOUN_BEFORE = re.compile(r"\W(?P<noun>[^\W\d_][\w-]+)(?P<colon>:)? $")
_MARKS = "“”„\"‘’'«»‹›.,;:!?"
_TERM = 5
"""Words of a term at most."""
_TITLE = 3
"""Words of an English title at least."""
_SHORT_WORD = 3
"""Letters of words that have no capital in one."""


def _term(passage: SpokenPassage) -> Speaker | None:
    """Leave open who says a term or slogan: the „Wir sind viele“-Rufe, a bear that he named “Winston.”"""
    text, words = passage.reading.text, Span(passage.start, passage.end).of(passage.reading.text).split()
    behind = (_COMPOUND.pattern, *passage.rules.names_behind)
    if any(re.compile(pattern).match(text, passage.end) for pattern in behind):
        return OPEN
    if len(words) > _TERM:
        return None
    led = _before_term(passage.reading.language).search(text, passage.line.start, passage.start)
    return OPEN if led or _is_apposed(passage, words) else None


@cache
def _before_term(language: Language) -> re.Pattern[str]:
    said = speech(language)
    plain, verbs = said.terms - said.frames - said.verbs, said.terms & (said.frames | said.verbs)
    listed, parted = ("|".join(sorted(map(re.escape, words))) or "(?!)" for words in (plain, verbs))
    return re.compile(rf"(?:(?<!\w)(?:{listed})|, (?:{parted}))(?: (?:him|her|it|them))? $", re.IGNORECASE)


def _is_apposed(passage: SpokenPassage, words: Sequence[str]) -> bool:
    """Return whether a passage names the noun before it: "des Kreuzers „Hermine“", "a name: “Cloudburst.”"."""
    reading, said = passage.reading, passage.said
    noun = _NOUN_BEFORE.search(reading.text, passage.sentence(passage.start).start, passage.start)
    if noun is None or noun["colon"]:
        return noun is not None and not passage.says and is_noun(noun["noun"], _written(said) | said.names, said)
    named = any(each.id for each in reading.between(noun.start("noun"), passage.start))
    plain = words[0].strip(_MARKS)[:1].isupper() and words[-1][-2:-1] not in ".!?,"
    goes_on = reading.text[passage.end : passage.end + 1] != ","
    return said.nouns_have_capitals and noun["noun"][0].isupper() and plain and goes_on and not named


def _written(said: Speech) -> frozenset[str]:
    return said.works | said.documents


def _title(passage: SpokenPassage) -> Speaker | None:
    """Leave open who says an English title: she read “The Salt Road,”."""
    made = any(word.low in passage.said.makes for word in passage.words[-1:])
    if passage.said.nouns_have_capitals or (passage.speaks and not made):
        return OPEN if made else None
    words = [word.strip(_MARKS) for word in Span(passage.start, passage.end).of(passage.reading.text).split()]
    long = [word for word in words if len(word) > _SHORT_WORD]
    capitals = words[0][:1].isupper() and all(word[0].isupper() for word in long)
    return OPEN if capitals and len(words) >= _TITLE and len(long) > 1 else None


def _named_by_others(passage: SpokenPassage) -> Speaker | None:
    """Return who calls somebody something in the passive: nobody in "is known as “…”", Ford in "called by Ford"."""
    found = _passive(passage.reading.language).search(passage.reading.text, passage.line.start, passage.start)
    if found is None or not passage.words:
        return None
    return _only(passage.reading.named(*found.span("by"))) if found["by"] else OPEN


@cache
def _passive(language: Language) -> re.Pattern[str]:
    return re.compile("|".join(language.speakers.passives) or "(?!)(?P<by>)")


# --- what crediting words say -----------------------------------------------------------------------------------


def _quoted_by_another(passage: SpokenPassage) -> Speaker | None:
    """Return whom another one quotes: “…,” he said, quoting Roosevelt’s statement that “…”."""
    start, reading = passage.span.start, passage.reading
    verb = next((start + word.start for word in passage.words if word.low in passage.rules.quoting), None)
    behind = reading.named(verb, passage.span.end) if verb is not None else ()
    if verb is None or not behind:
        return None
    before = [each.id for each in reading.named(start, verb)] or [said.speaker.id for said in passage.within[-1:]]
    quoter = before[0] if before else ""
    return Speaker(behind[0].id, quoter if quoter != behind[0].id else "")


def _by_name(passage: SpokenPassage) -> Speaker | None:
    """Return somebody whom crediting words name, or whose office they name."""
    found = passage.credit
    if (found.unnamed and not found.sure) or (passage.reports and not passage.according):
        return None
    if found.stranger or (found.sure and len(found.people) > 1):
        return OPEN
    if found.sure:
        return Speaker(*found.people)
    if _is_document(passage):
        return OPEN
    return _mentioned(passage, found.people) if found.people else None


def _mentioned(passage: SpokenPassage, people: frozenset[str]) -> Speaker:
    """Return the one whom crediting words mention, unless somebody else is their subject: "A Treasury insider said"."""
    subject = passage.reading.first_subject(passage.span.start, passage.span.end)
    if len(people) > 1:
        return Speaker(subject.id) if subject and subject.id in people else OPEN
    newcomer = subject is not None and not subject.id
    return OPEN if newcomer or _describes_another(passage) else Speaker(*people)


def _describes_another(passage: SpokenPassage) -> bool:
    """Return whether the one who is named does not speak: "Dani Alvarez scored twice, a result her coach called"."""
    at, span, said = passage.credit.at, passage.span, passage.said
    run = [word for word in passage.words if word.start >= at > 0][:3]
    somebody = any(
        word.low in said.somebody or is_noun(word.text, said.people | said.organisations, said) for word in run
    )
    return somebody and not passage.reading.between(span.start + at, span.end)


def _for_a_body(passage: SpokenPassage) -> Speaker | None:
    """Return the body for which a spokesperson without a name speaks."""
    if not any(is_noun(word.text, passage.said.spokespeople, passage.said) for word in passage.words):
        return None
    nearby = passage.reading.named(passage.line.start, max(passage.span.end, passage.start))
    bodies = [each.id for each in nearby if passage.reading.is_body(each.id)]
    return Speaker(bodies[-1]) if bodies else OPEN


def _unnamed(passage: SpokenPassage) -> Speaker | None:
    """Return nobody whom the text names: “…,” a senior official said; „…“, sagt einer; a memo calls it “…”."""
    found = passage.credit
    if found.unnamed or (not found.people and (_is_somebody(passage) or (found.refers and passage.plural))):
        return OPEN
    return OPEN if _is_document(passage) and not passage.reports else None


def _is_somebody(passage: SpokenPassage) -> bool:
    """Return whether a word for somebody or for several is the subject of a verb of speech."""
    if passage.credit.pronoun:
        return False
    pairs = list(pairwise(word.low for word in passage.words))
    inverted = [(verb, who) for who, verb in pairs] if passage.rules.nouns_have_capitals else []  # "sagt einer"
    return any(verb in passage.rules.verbs and who in passage.said.somebody for who, verb in (*pairs, *inverted))


def _is_document(passage: SpokenPassage) -> bool:
    """Return whether crediting words are about something written: "it read", "A memo describes", "Der Titel lautet"."""
    words, said = passage.words, passage.said
    if " ".join(word.low for word in words) in said.goes_on:
        return not passage.within  # "a statement … “…,” it read"
    verb = max((at for at, word in enumerate(words) if word.low in passage.rules.verbs), default=0)
    near = words[max(verb - 2, 0) : verb]
    if any(is_noun(word.text, said.documents, said) for word in near) and not any(word.capital for word in near):
        return True  # "whose biography describes him as"
    if any(is_noun(word.text, said.documents, said) and not said.nouns_have_capitals for word in words[:1]):
        return True  # "Signs on the doors read"
    article = any(word.low in (*said.the, *said.indefinite) for word in words[:1])
    return article and _is_noun_of(words[1:4], _written(said), said)


def _is_noun_of(phrase: Sequence[Word], nouns: frozenset[str], said: Speech) -> bool:
    """Return whether a phrase has one of some nouns, and before it nobody whose it is and no preposition."""
    at = next((at for at, word in enumerate(phrase) if is_noun(word.text, nouns, said)), None)
    return at is not None and not any(word.owner or word.low in said.prepositions for word in phrase[:at])


def _impersonal(passage: SpokenPassage) -> Speaker | None:
    """Return whom „…“, heißt es bei der Gewerkschaft names, or whose letter: „…“, heißt es in einer Mitteilung."""
    where = _impersonal_words(passage)
    if where is None:
        return None
    words, here = words_of(where.of(passage.reading.text)), passage.reading.named(where.start, where.end)
    if any(word.low.startswith("eigene") for word in words):  # "erfuhr nach eigenen Worten"
        return _only(here) if here else None
    oblique = [each for each in here if not each.subject]
    return _only(oblique) if oblique else _issuer(passage, where, words)


def _issuer(passage: SpokenPassage, where: Span, words: Sequence[Word]) -> Speaker:
    """Return the body of the paragraph that words like "in einer Mitteilung" or "bei der Gewerkschaft" mean."""
    reading, said, near = passage.reading, passage.said, passage.reading.named(passage.line.start, where.start)
    nouns = [word.text for word in words if is_noun(word.text, said.organisations - said.documents, said)]
    if nouns:  # "aus dem Umweltministerium" means no body that has another name
        return _only(each for each in near if reading.is_body(each.id)) if nouns[-1] in said.organisations else OPEN
    return _only(near) if any(is_noun(word.text, said.letters, said) for word in words) else OPEN


def _impersonal_words(passage: SpokenPassage) -> Span | None:
    """Return the words with a phrase like "heißt es": those that credit the passage, or its sentence before it."""
    lead = Span(passage.sentence(passage.start).start, passage.start)
    places = (passage.span, lead) if not passage.says else (passage.span,)
    texts = ((where, where.of(passage.reading.text)) for where in places if passage.words)
    return next((where for where, text in texts if any(phrase in text for phrase in passage.said.impersonal)), None)


def _newcomer(passage: SpokenPassage) -> Speaker | None:
    """Return nobody whom the text names, where a pronoun goes on from such: "A fitter shrugged. “…,” he said"."""
    if not passage.credit.refers or passage.credit.people or passage.reports:
        return None
    subject = passage.reading.subject(passage.line.start, passage.until)
    return OPEN if subject and not subject.id else None


def _subject(passage: SpokenPassage) -> Speaker | None:
    """Return the subject of crediting words whose verb no list has: "Piet Lourens shot back that she had “…”"."""
    found, reading = passage.credit, passage.reading
    if passage.reports or _has_own_subject(passage):
        return None
    pronoun = next((word.start for word in passage.words if word.low == found.pronoun), None)
    end = passage.span.end if pronoun is None else passage.span.start + pronoun
    subject = reading.first_subject(passage.span.start, end)
    if subject is None:
        return None
    unfit = subject.id and passage.says and found.pronoun and not reading.fits(subject.id, found.pronoun)
    return None if unfit else Speaker(subject.id)


def _has_own_subject(passage: SpokenPassage) -> bool:
    """Return whether crediting words have a verb of speech with a subject that describes or refers to somebody."""
    found = passage.credit
    if any(word.low in passage.rules.inverting for word in passage.words):
        return True
    described = bool(found.body) or (passage.rules.nouns_have_capitals and found.at >= 0)
    refers = bool(found.pronoun) and passage.reading.gender(found.pronoun) != "it"
    return passage.says and (passage.span.start > passage.start or described or refers)


def _reported(passage: SpokenPassage) -> Speaker | None:
    """Return who has just spoken, or is the last subject, where a sentence reports what was said: Man habe „…“."""
    reading, said = passage.reading, passage.said
    if not passage.reports or passage.credit.people:
        return None
    if passage.within:
        turned = reading.subject(passage.since, passage.sentence(passage.span.start).start)
        return Speaker(turned.id) if turned and not _reports_at(passage, turned.at) else passage.within[-1].speaker
    if any(is_noun(word.text, said.documents, said) for word in passage.words):
        return OPEN  # "Dann kam der Brief vom Amt: Der Brandschutz sei"
    subject = reading.subject(passage.line.start, passage.span.start)
    return Speaker(subject.id) if subject else OPEN


def _reports_at(passage: SpokenPassage, at: int) -> bool:
    """Return whether the sentence at an offset only reports what was said."""
    words = words_of(passage.sentence(at).of(passage.reading.text))
    return any(word.low in passage.rules.reporting for word in words)


def _shares_subject(passage: SpokenPassage) -> Speaker | None:
    """Return who has just spoken, where a verb shares the subject of the one before: “odd” and said it “…”."""
    shares = not passage.credit.people and any(word.low in passage.rules.joins for word in passage.words[:1])
    return passage.within[-1].speaker if shares and passage.within else None


def _referred_to(passage: SpokenPassage) -> Speaker | None:
    """Return the only one whom a pronoun or description can mean."""
    reading, found = passage.reading, passage.credit
    gender = reading.gender(found.pronoun)
    if not gender or _is_empty(passage, gender):
        return None
    able = referents(reading.text, reading.language, reading.lines, passage.span, found, reading.people)
    fits = len(able) == 1 and all(reading.is_body(id) == (gender == "it") for id in able)
    return Speaker(*able) if fits else None


def _is_empty(passage: SpokenPassage, gender: str) -> bool:
    """Return whether a pronoun of a gender means nobody: "so hatte es im Bericht gestanden"."""
    return gender == "it" and passage.rules.nouns_have_capitals


# --- what the order of the text says ----------------------------------------------------------------------------


_FAR = 2
"""Paragraphs back in which the one whom a pronoun means is looked for."""


def _last_subject(passage: SpokenPassage) -> Speaker | None:
    """Return the last subject, or else the last one mentioned or heard, whom a pronoun can mean."""
    if not passage.credit.pronoun:
        return None
    reading, number = passage.reading, passage.reading.line(passage.start)
    gender = reading.gender(passage.credit.pronoun)
    if not gender or _is_empty(passage, gender):
        return OPEN
    for line in reversed(reading.lines[max(number - _FAR, 0) : number + 1]):
        able = _able(passage, line)
        last = [each.id for each in able if each.subject and line is passage.line]
        kind = "body" if gender == "it" or reading.is_body(*last[-1:] or [""]) else "person"
        able = [each for each in able if reading.is_kind(each, kind)]
        if able:
            return Speaker(max(able, key=lambda each: (each.subject, each.at)).id)
    return OPEN if gender == "it" else None  # a body that has no name


def _able(passage: SpokenPassage, line: Span) -> list[Mention]:
    """Return those mentioned or heard in a paragraph before crediting words whom their pronoun can mean."""
    reading, end = passage.reading, min(passage.until, line.end)
    heard = [Mention(said.span.end, said.speaker.id, True) for said in passage.earlier if said.span.start < end]
    near = [each for each in (*reading.between(line.start, end), *heard) if each.at >= line.start]
    able = [each for each in near if not each.id or reading.fits(each.id, passage.credit.pronoun)]
    return sorted(able, key=lambda each: each.at)


def _described(passage: SpokenPassage) -> Speaker | None:
    """Return whom the text is about, where words describe somebody: "the company said", "the 54-year-old said"."""
    if not passage.credit.refers or passage.credit.pronoun or passage.reports:
        return None
    if not passage.speaks and not _begins_with_body(passage):
        return None
    owned = any(word.owner and not word.capital for word in passage.words[:3])  # "The farmer’s solicitor described"
    if owned or passage.words[0].low in passage.rules.indefinite:
        return OPEN
    kind = _described_kind(passage)
    heard = _heard(passage) if kind != "body" else frozenset()
    wider = [passage.above] if passage.above and not heard else []
    for line in (passage.line, *wider):
        chosen = _latest(passage, kind, _described_by(passage, kind, line, heard))
        if chosen:
            return Speaker(chosen[-1].id)
    return OPEN


def _heard(passage: SpokenPassage) -> frozenset[str]:
    """Return those who have just spoken, whom an English description of a person does not mean."""
    return frozenset(() if passage.rules.nouns_have_capitals else (said.speaker.id for said in passage.within))


def _described_by(passage: SpokenPassage, kind: str, line: Span, heard: frozenset[str]) -> list[Mention]:
    """Return those mentioned in a paragraph whom a description of a kind can mean."""
    near = passage.reading.of_kind(kind, line.start, min(passage.span.start, line.end))
    return [each for each in near if each.id not in heard and (not each.id or _fits(passage, kind, each.id))]


def _fits(passage: SpokenPassage, kind: str, id: str) -> bool:
    """Return whether somebody can be described by the nouns and articles of crediting words."""
    reading, said, german = passage.reading, passage.said, passage.rules.nouns_have_capitals
    if kind != "body":
        gender = _described_gender(passage) if german else ""
        return not gender or reading.people[id].gender in ("", gender)
    authority = _is_authority(reading, id)
    if any(is_noun(word.text, said.state, said) for word in passage.words):
        return authority
    return not authority or not german or not any(word.low.endswith(tuple(said.companies)) for word in passage.words)


def _latest(passage: SpokenPassage, kind: str, able: Sequence[Mention]) -> Sequence[Mention]:
    """Return those of whom the last one is meant: subjects, or any but several bodies; "Diese dankte" means any."""
    if able and _points_back(passage):
        return able
    only = able if kind != "body" or len({each.id for each in able}) == 1 else []
    return [each for each in able if each.subject] or only


def _points_back(passage: SpokenPassage) -> bool:
    """Return whether a German demonstrative without a noun means who was named last: "teilte diese mit"."""
    pairs = zip(passage.words, (*passage.words[1:], None), strict=True)
    return passage.rules.nouns_have_capitals and any(
        word.low in ("dieser", "diese", "dieses") and not (noun and noun.capital) for word, noun in pairs
    )


def _is_authority(reading: TextReading, id: str) -> bool:
    """Return whether a body has a noun in its name that no company has: for a court, an office or an association."""
    said, words = speech(reading.language), {word for phrase in reading.people[id].phrases for word in phrase}
    return any(is_noun(word.capitalize(), said.authorities, said) for word in words)


def _begins_with_body(passage: SpokenPassage) -> bool:
    """Return whether crediting words begin with a description of a body: "Der Verein wollte sich"."""
    said, words = passage.said, passage.words
    article = any(word.low in said.the for word in words[:1])
    return article and any(is_noun(word.text, said.organisations - said.documents, said) for word in words[1:2])


def _described_gender(passage: SpokenPassage) -> str:
    """Return the gender that the article of a German description tells: "kritisierte die Politikerin"."""
    described = (
        article.low
        for article, noun in pairwise(passage.words)
        if article.low in passage.said.genders and (noun.capital or noun.low.endswith("jährige"))
    )
    return passage.said.genders.get(next(described, ""), "").replace("it", "")


def _described_kind(passage: SpokenPassage) -> str:
    """Return whether a description is that of a body or a person, by its own noun; empty where no list has that."""
    said = passage.said
    if passage.credit.body or _points_back(passage):
        return "body" if passage.credit.body else ""
    own = [word for at, word in enumerate(passage.words) if not _in_phrase(passage.words[: at + 1], said)]
    if any(is_noun(word.text, said.organisations, said) or word.low.endswith(tuple(said.companies)) for word in own):
        return "body"
    return "person" if said.nouns_have_capitals or any(is_noun(word.text, said.people, said) for word in own) else ""


def _in_phrase(words: Sequence[Word], said: Speech) -> bool:
    """Return whether the last of some words belongs to a noun before it: "der Präsident der Apothekerkammer"."""
    nouns = [at for at, word in enumerate(words) if at and word.capital]
    genitive = bool(nouns) and any(word.low in said.genitives for word in words[nouns[0] + 1 :])
    return genitive or any(word.low in said.prepositions for word in words[1:])


def _topic(passage: SpokenPassage) -> Speaker | None:
    """Return whom the paragraph has been about since its last quotation."""
    subject = passage.reading.subject(passage.since, passage.start)
    if subject is None:
        return None
    asks = passage.sentence(subject.at).of(passage.reading.text).rstrip().endswith("?")
    return None if asks or (passage.within and passage.reading.is_body(subject.id)) else Speaker(subject.id)


def _goes_on(passage: SpokenPassage) -> Speaker | None:
    """Return who spoke last in the paragraph."""
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
    """Return the other one of two in a dialogue of short paragraphs."""
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
    Rule("term", _term),
    Rule("title", _title),
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
