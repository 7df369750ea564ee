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

from briefing.attribution.coreference import referents, unquoted
from briefing.attribution.mentions import Mention, TextReading
from briefing.attribution.nouns import is_noun
from briefing.attribution.passage import OPEN, UNSAID, Speaker, SpokenPassage
from briefing.attribution.rivals import has_rival
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
    found = next((found for found in answers if found is not None), OPEN)
    return found if not found.id or _fits_pronoun(passage, found.id) else OPEN


def _fits_pronoun(passage: SpokenPassage, id: str) -> bool:
    """Return whether somebody can be whom the pronoun beside a quotation means, where one is its whole credit."""
    pronoun = passage.credit.pronoun
    if not pronoun or not passage.says or passage.credit.people or passage.credit.at < 0:
        return True
    return passage.reading.gender(pronoun) not in ("m", "f") or passage.reading.fits(id, pronoun)


def _only(mentions: Iterable[Mention]) -> Speaker:
    """Return the only one who is mentioned; open where there are several or none."""
    ids = {each.id for each in mentions}
    return Speaker(ids.pop()) if len(ids) == 1 else OPEN


# --- what is no statement ---------------------------------------------------------------------------------------

_COMPOUND = re.compile(r"-\w")
_NOUN_BEFORE = re.compile(r"\W(?P<noun>[^\W\d_][\w-]+)(?P<mark>[:,])? $")
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
        return UNSAID
    if len(words) > _TERM:
        return UNSAID if not passage.speaks and _follows_work(passage) else None
    led = _before_term(passage.reading.language).search(text, passage.line.start, passage.start)
    return UNSAID if led or _is_apposed(passage, words) else None


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
    if noun is None or noun["mark"]:
        return not passage.says and _follows_work(passage)
    named = any(each.id for each in reading.between(noun.start("noun"), passage.start))
    plain = words[0].strip(_MARKS)[:1].isupper() and words[-1][-2:-1] not in ".!?,"
    goes_on = reading.text[passage.end : passage.end + 1] != ","
    return said.nouns_have_capitals and noun["noun"][0].isupper() and plain and goes_on and not named


def _follows_work(passage: SpokenPassage) -> bool:
    """Return whether a comma or colon parts a passage from the noun for what it is the name of: "The paper, “…,”"."""
    said = passage.said
    noun = _NOUN_BEFORE.search(passage.reading.text, passage.sentence(passage.start).start, passage.start)
    return noun is not None and bool(noun["mark"]) and is_noun(noun["noun"], _written(said) | said.names, said)


def _written(said: Speech) -> frozenset[str]:
    return said.works | said.documents


def _title(passage: SpokenPassage) -> Speaker | None:
    """Leave open who says an English title: she read “The Salt Road,”."""
    made = any(word.low in passage.said.makes for word in passage.words[-1:])
    if passage.said.nouns_have_capitals or (passage.speaks and not made):
        return UNSAID if made else None
    words = [word.strip(_MARKS) for word in Span(passage.start, passage.end).of(passage.reading.text).split()]
    long = [word for word in words if len(word) > _SHORT_WORD]
    capitals = words[0][:1].isupper() and all(word[0].isupper() for word in long)
    if capitals and any(word.owner for word in passage.words[-1:]) and passage.span.start < passage.start:
        return UNSAID  # "Thea Novak’s “The Lodgers”"
    return UNSAID if capitals and len(words) >= _TITLE and len(long) > 1 else None


def _named_by_others(passage: SpokenPassage) -> Speaker | None:
    """Return who calls somebody something in the passive: nobody in "is known as “…”", Ford in "called by Ford"."""
    found = _passive(passage.reading.language).search(passage.reading.text, passage.line.start, passage.start)
    if found is None or not passage.words:
        return None
    return _only(passage.reading.named(*found.span("by"))) if found["by"] else UNSAID


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
        return OPEN if verb is not None and _has_object(passage, verb - start) else None
    before = [each.id for each in reading.named(start, verb)] or [said.speaker.id for said in passage.within[-1:]]
    quoter = before[0] if before else ""
    return Speaker(behind[0].id, quoter if quoter != behind[0].id else "")


def _has_object(passage: SpokenPassage, verb: int) -> bool:
    """Return whether a pronoun behind a verb is its object: "the coach quoted him exactly"."""
    behind = [word.low for word in passage.words if word.start > verb][:1]
    return any(word in ("him", "her", "them", "ihn") for word in behind)


def _by_name(passage: SpokenPassage) -> Speaker | None:
    """Return somebody whom crediting words name, or whose office they name."""
    found = passage.credit
    if (found.unnamed and not found.sure) or (passage.reports and not passage.according):
        return None
    who = _in_clause(passage)
    if who is not None:
        return Speaker(who.id)
    if _shows_document(passage):
        return UNSAID
    if found.stranger or (found.sure and len(found.people) > 1):
        return OPEN
    if found.sure:
        return OPEN if _reports_another(passage, *found.people) else Speaker(*found.people)
    if _is_document(passage):
        return UNSAID
    return _mentioned(passage, found.people) if found.people else None


def _in_clause(passage: SpokenPassage) -> Mention | None:
    """Return whom a clause is about that credits a quotation: "was used by Ann Ray, who said that the minister had"."""
    verbs = [at for at, word in enumerate(passage.words) if word.low in passage.rules.verbs]
    at = verbs[-1] if verbs and passage.span.start < passage.start else 0
    if not at or passage.words[at - 1].low != "who" or not passage.words[at - 1].parted:
        return None
    named = passage.reading.named(passage.span.start, passage.span.start + passage.words[at - 1].start)
    return named[-1] if named else None


def _shows_document(passage: SpokenPassage) -> bool:
    """Return whether a quotation behind a colon is what is written: "lag zuletzt ein Zettel da: "."""
    said, words = passage.said, passage.words
    if passage.span.start >= passage.start or passage.reading.text[: passage.start].rstrip()[-1:] != ":":
        return False
    nouns = [at for at, word in enumerate(words) if is_noun(word.text, said.documents, said)]
    if not nouns:
        return False
    behind = words[nouns[-1] + 1 :]
    article = words[max(nouns[-1] - 2, 0) : nouns[-1]]
    plain = any(word.low in (*said.the, *said.indefinite) for word in article)
    oblique = any(word.low in said.prepositions for word in words[max(nouns[-1] - 3, 0) : nouns[-1]])
    return plain and not oblique and not any(word.low in passage.rules.saying for word in behind)


def _reports_another(passage: SpokenPassage, id: str) -> bool:
    """Return whether somebody tells what another one said: "Sie habe ihm erklärt, es sei „…“ gewesen, so Wulff"."""
    lead = words_of(Span(passage.sentence(passage.start).start, passage.start).of(passage.reading.text))
    return any(
        mood.low in passage.rules.reporting
        and passage.reading.gender(who.low) in ("m", "f")
        and not passage.reading.fits(id, who.low)
        for who, mood in pairwise(lead[:2])
    )


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
    spokesperson = any(is_noun(word.text, passage.said.spokespeople, passage.said) for word in passage.words)
    if not spokesperson or passage.reading.gender(passage.credit.pronoun) in ("m", "f"):
        return None
    nearby = passage.reading.named(passage.line.start, max(passage.span.end, passage.start))
    bodies = [each.id for each in nearby if passage.reading.is_body(each.id)]
    return Speaker(bodies[-1]) if bodies else OPEN


def _unnamed(passage: SpokenPassage) -> Speaker | None:
    """Return nobody whom the text names: “…,” a senior official said; „…“, sagt einer; a memo calls it “…”."""
    found = passage.credit
    if (
        found.unnamed
        or _are_several(passage)
        or (not found.people and (_is_somebody(passage) or (found.refers and passage.plural)))
    ):
        return OPEN
    return UNSAID if _is_document(passage) and not passage.reports else None


def _are_several(passage: SpokenPassage) -> bool:
    """Return whether English crediting words begin with several people: "Officials of the commission later told"."""
    said, first = passage.said, passage.words[:1]
    nouns = [word.text for word in first if word.capital and word.low.endswith("s") and not said.nouns_have_capitals]
    return any(is_noun(noun, said.people - said.organisations, said) for noun in nouns)


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
    if _is_read_there(passage):
        return True
    verb = max((at for at, word in enumerate(words) if word.low in passage.rules.verbs), default=0)
    near = words[max(verb - 2, 0) : verb]
    if any(is_noun(word.text, said.documents, said) for word in near) and not any(word.capital for word in near):
        return True  # "whose biography describes him as"
    if any(is_noun(word.text, said.documents, said) and not said.nouns_have_capitals for word in words[:1]):
        return True  # "Signs on the doors read"
    article = any(word.low in (*said.the, *said.indefinite) for word in words[:1])
    return article and _is_noun_of(words[1:4], _written(said), said)


def _is_read_there(passage: SpokenPassage) -> bool:
    """Return whether words are to be read on or in something: "auf den Plakaten steht", "Darauf stand"."""
    words, said, reading = passage.words, passage.said, passage.reading
    there = any(word.low in said.there or is_noun(word.text, said.documents, said) for word in words)
    who = reading.first_subject(passage.span.start, passage.span.end) or passage.credit.pronoun
    return there and not who and not passage.says and any(word.low in said.written for word in words)


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
    if any(word.low in ("be", "been") and verb.low in passage.rules.verbs for word, verb in pairwise(passage.words)):
        return OPEN  # "said that members had been told that"
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
    if has_rival(reading, "", Span(passage.sentence(passage.start).start, passage.start)):
        return OPEN  # "Eine Näherin habe ihr Socken gereicht, die seien"
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


def _referred_to(passage: SpokenPassage) -> Speaker | None:
    """Return the only one whom a pronoun or description can mean."""
    reading, found = passage.reading, passage.credit
    gender = reading.gender(found.pronoun)
    if not gender or _is_empty(passage, gender):
        return None
    able = referents(reading.text, reading.language, reading.lines, passage.span, found, reading.people)
    if gender == "it" and _is_of_document(passage):
        return OPEN
    if len(able) != 1 or any(reading.is_body(id) != (gender == "it") for id in able):
        return None
    here = any(each.id in able for each in reading.between(passage.line.start, passage.until))
    return OPEN if _is_disputed(passage, *able, strangers=here) or _has_late_subject(passage) else Speaker(*able)


def _has_late_subject(passage: SpokenPassage) -> bool:
    """Return whether a clause has a quotation and its own subject: "ein Wort, das ihm die Ministerin „…“ zutraut"."""
    said, words = passage.said, passage.words
    if not said.nouns_have_capitals or passage.span.start >= passage.start or len(words) < _CLAUSE_WORDS:
        return False
    clause = next((at for at in range(len(words) - 2, 0, -1) if words[at].parted), 0)
    article, noun = words[-2:]
    related = words[clause].low in said.relative
    return related and article.low in said.genders and clause < len(words) - 2 and is_noun(noun.text, said.people, said)


_CLAUSE_WORDS = 4
"""Words of a main clause and a relative clause at least."""


def _is_disputed(passage: SpokenPassage, id: str, *, strangers: bool = False) -> bool:
    """Return whether somebody without a name is told of between the last mention of one and the crediting words."""
    start = max((each.at for each in _near(passage) if each.id == id), default=passage.line.start)
    end = max(min(passage.span.start, passage.start), start)
    within = Span(start, end)
    if strangers:
        return bool(passage.reading.gender(passage.credit.pronoun) != "it" and passage.reading.strangers_in(within))
    return has_rival(passage.reading, passage.credit.pronoun, within)


def _near(passage: SpokenPassage) -> list[Mention]:
    """Return who is mentioned or heard before crediting words, in their paragraph and the one above."""
    start = (passage.above or passage.line).start
    heard = [Mention(said.span.end, said.speaker.id, True) for said in passage.heard if said.span.start >= start]
    return sorted((*passage.reading.between(start, passage.until), *heard), key=lambda each: each.at)


def _is_of_document(passage: SpokenPassage) -> bool:
    """Return whether "it" may mean something written that is told of nearby: "Her letter is short. “…,” it says"."""
    here = passage.sentence(passage.span.start)
    before = passage.sentence(max(here.start - 2, passage.line.start)).start
    above = passage.above if passage.alone and passage.above else None
    near = Span(above.start if above else min(before, passage.start), passage.start)
    body = max((each.at for each in _near(passage) if each.subject and passage.reading.is_body(each.id)), default=-1)
    if body >= near.start:
        near = Span(near.start, body)  # "The ministry sent a letter. It praised"
    told = words_of(unquoted(passage.reading.text, passage.reading.language, near))
    return any(is_noun(word.text, passage.said.documents, passage.said) for word in told)


def _is_empty(passage: SpokenPassage, gender: str) -> bool:
    """Return whether a pronoun of a gender means nobody: "so hatte es im Bericht gestanden"."""
    return gender == "it" and passage.rules.nouns_have_capitals


# --- what the order of the text says ----------------------------------------------------------------------------


def _last_subject(passage: SpokenPassage) -> Speaker | None:
    """Return the last subject, or else the only one mentioned or heard nearby, whom a pronoun can mean."""
    if not passage.credit.pronoun:
        return None
    gender = passage.reading.gender(passage.credit.pronoun)
    if not gender or _is_empty(passage, gender) or (gender == "it" and _is_of_document(passage)):
        return OPEN
    able = _able(passage, gender)
    if not able:
        return OPEN if gender == "it" else None  # a body that has no name
    return _latest_subject(passage, able)


def _latest_subject(passage: SpokenPassage, able: Sequence[Mention]) -> Speaker:
    """Return the last subject of those whom a pronoun can mean, where it is the only one or has just spoken."""
    here = [each for each in able if each.at >= passage.line.start]
    chosen = max(here or able, key=lambda each: (each.subject, each.at))
    only = len({each.id for each in able}) == 1
    sure = only or (bool(here) and _is_latest(passage, chosen))
    return Speaker(chosen.id) if sure and not _is_disputed(passage, chosen.id) else OPEN


def _able(passage: SpokenPassage, gender: str) -> list[Mention]:
    """Return those mentioned or heard in a paragraph or the one above whom its pronoun can mean, of one kind."""
    reading = passage.reading
    able = [each for each in _near(passage) if not each.id or reading.fits(each.id, passage.credit.pronoun)]
    last = [each.id for each in able if each.subject and each.at >= passage.line.start]
    kind = "body" if gender == "it" or reading.is_body(*last[-1:] or [""]) else "person"
    return [each for each in able if reading.is_kind(each, kind)]


def _is_latest(passage: SpokenPassage, chosen: Mention) -> bool:
    """Return whether somebody has just spoken, or is the subject of the same sentence or the one before."""
    if passage.within and passage.within[-1].speaker.id == chosen.id:
        return True
    own = passage.sentence(passage.span.start)
    before = passage.sentence(max(own.start - 2, passage.line.start))
    return chosen.subject and chosen.at >= min(before.start, own.start)


def _described(passage: SpokenPassage) -> Speaker | None:
    """Return whom the text is about, where words describe somebody: "the company said", "the 54-year-old said"."""
    if not passage.credit.refers or passage.credit.pronoun or passage.reports:
        return None
    if not passage.speaks and not _begins_with_body(passage):
        return None
    owned = any(word.owner and not word.capital for word in passage.words[:3])  # "The farmer’s solicitor described"
    if owned or _is_retold(passage) or passage.words[0].low in passage.rules.indefinite:
        return OPEN
    return _latest_described(passage, _described_kind(passage))


def _is_retold(passage: SpokenPassage) -> bool:
    """Return whether German words only report that somebody said so: "Der Geschädigte habe gesagt"."""
    lows = {word.low for word in passage.words}
    return not lows.isdisjoint(passage.rules.reporting) and not lows.isdisjoint(passage.rules.participles)


def _latest_described(passage: SpokenPassage, kind: str) -> Speaker:
    """Return the last one in the paragraph, or else the one above, whom a description of a kind can mean."""
    heard = _heard(passage) if kind != "body" else frozenset()
    wider = [passage.above] if passage.above and not heard and _is_described(passage) else []
    for line in (passage.line, *wider):
        chosen = _latest(passage, kind, _described_by(passage, kind, line, heard))
        if chosen:
            return Speaker(chosen[-1].id)
    return OPEN


def _is_described(passage: SpokenPassage) -> bool:
    """Return whether a German description has a noun that is listed, not such as "der Alte"."""
    said = passage.said
    nouns = said.people | said.organisations
    about = frozenset().union(*(person.about for person in passage.reading.people.values()))
    listed = any(
        is_noun(word.text, nouns, said) or word.low.endswith("jährige") or (word.capital and word.low in about)
        for word in passage.words
    )
    return listed or not said.nouns_have_capitals


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
    words = passage.words
    described = (
        article.low
        for at, article in enumerate(words)
        if article.low in passage.said.genders
        and any(noun.capital or noun.low.endswith("jährige") for noun in words[at + 1 : at + _ADJECTIVES])
    )
    return passage.said.genders.get(next(described, ""), "").replace("it", "")


_ADJECTIVES = 3
"""Words as far as which a noun follows its article."""


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
    if subject is None or _asks(passage, subject.at) or (passage.within and _reports_at(passage, subject.at)):
        return None
    if has_rival(passage.reading, "", Span(subject.at, passage.start)):
        return OPEN
    return None if passage.within and passage.reading.is_body(subject.id) else Speaker(subject.id)


def _asks(passage: SpokenPassage, at: int) -> bool:
    """Return whether the sentence at an offset is a question, or says that somebody asks one."""
    told = passage.sentence(at).of(passage.reading.text)
    asking = any(
        word.low in passage.said.asking and before.low not in passage.rules.auxiliaries
        for before, word in pairwise(words_of(told))
    )
    return told.rstrip().endswith("?") or asking


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
