"""Rules that read the words beside a quotation: whom they name, for whom somebody speaks, who has no name.

They answer only where the words are sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise, takewhile

from briefing.attribution.coreference import introduced_alone
from briefing.attribution.credit import named
from briefing.attribution.mentions import Mention
from briefing.attribution.passage import OPEN, STRANGER, UNSAID, Speaker, SpokenPassage
from briefing.attribution.subjects import Word, is_noun, words_of
from briefing.attribution.unsaid import is_document, shows_document
from briefing.model.places import Span
from briefing.text import Language


def _only(mentions: Iterable[Mention]) -> Speaker:
    """Return the only one who is mentioned; open where there are several or none."""
    ids = {each.id for each in mentions}
    return Speaker(ids.pop()) if len(ids) == 1 else OPEN


def is_credited(passage: SpokenPassage, speaker: Speaker) -> bool:
    """Return whether the words beside a quotation themselves say that somebody speaks, and whoever quotes them: by a
    name or an office that is nobody else's, with a word for speaking. A pronoun may mean somebody else, and so may the
    sentence before; "an officer of the council" is not the council."""
    found, people, source = passage.credit, passage.reading.people, _according(passage)
    ids = [id for id in (speaker.id, speaker.via) if id]
    if source:  # "according to Ann Ford, it"
        return ids == [source.id]
    if found.pronoun or found.unnamed or not (passage.speaks or passage.known):
        return False
    if any(word.low in passage.rules.indefinite for word in passage.words[:1]):
        return False
    return bool(ids) and all(id in found.people or named(passage.words, people[id]) for id in ids)


def named_by_others(passage: SpokenPassage) -> Speaker | None:
    """Return who calls somebody something in the passive: nobody in "is known as “…”", Ford in "called by Ford"."""
    found = _passive(passage.reading.language).search(passage.reading.text, passage.line.start, passage.start)
    if found is None or not passage.words:
        return None
    return _only(passage.reading.named(*found.span("by"))) if found["by"] else UNSAID


@cache
def _passive(language: Language) -> re.Pattern[str]:
    return re.compile("|".join(language.speakers.passives) or "(?!)(?P<by>)")


def denied(passage: SpokenPassage) -> Speaker | None:
    """Leave open who says what somebody denies: "Cole denied having told them that anyone was “finished”"."""
    said, reading = passage.said, passage.reading
    lead = Span(passage.sentence(passage.start).start, passage.start).of(reading.text)
    words = words_of(lead)
    at = max((at for at, word in enumerate(words) if word.low in said.denies), default=-1)
    behind = words[at + 1 :]
    if at < 0 or not behind or lead.rstrip().endswith(":") or passage.span.start > passage.start:
        return None
    new = (two for one, two in pairwise(words[at:]) if two.parted or one.low in said.joins)  # "denied it and said"
    return None if any(word.low in passage.rules.verbs for word in new) else OPEN


def quoted_by_another(passage: SpokenPassage) -> Speaker | None:
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
    return any(word in passage.said.objects for word in behind)


def by_name(passage: SpokenPassage) -> Speaker | None:
    """Return somebody whom crediting words name, or whose office they name."""
    return _by_role(passage) or _by_credit(passage)


def _by_credit(passage: SpokenPassage) -> Speaker | None:
    """Return the person whom the words beside a quotation name; OPEN where they may name another."""
    found = passage.credit
    if (found.unnamed and not found.sure) or (passage.reports and not passage.according):
        return None
    who = _in_clause(passage) or _according(passage)
    if who is not None:
        return Speaker(who.id)
    if shows_document(passage):
        return UNSAID
    if found.stranger or (found.sure and len(found.people) > 1):
        return OPEN
    if found.sure:
        return OPEN if _reports_another(passage, *found.people) else Speaker("".join(found.people))
    if is_document(passage):
        return UNSAID
    return _mentioned(passage, found.people) if found.people else None


def written_by(passage: SpokenPassage) -> Speaker | None:
    """Return who wrote what somebody reads out: "Berg read out a letter from Lena Stein"."""
    people = passage.credit.people
    if not passage.credit.written:
        return None
    return Speaker("".join(people)) if len(people) == 1 else OPEN


def _by_role(passage: SpokenPassage) -> Speaker | None:
    """Return the only one who has the role that a line above all names says: "County leader tells them it is “…”"."""
    reading, verbs = passage.reading, passage.rules.verbs
    if not passage.says or any(not reading.is_body(each.id) for each in reading.named(0, passage.line.end)):
        return None
    before = [*takewhile(lambda word: word.low not in verbs, passage.words)]
    verb, *behind = passage.words[len(before) :]
    role = {word.low for word in (behind if verb.parted else before or behind)} - passage.said.articles
    holders = [id for id, person in reading.people.items() if role <= person.about and role & person.office]
    return Speaker(holders[0]) if len(holders) == 1 else None


def _according(passage: SpokenPassage) -> Mention | None:
    """Return the only one whose words a phrase says they are: "Gill said that he was, in the words of Tully, “…”"."""
    reading, words = passage.reading, passage.span.of(passage.reading.text).casefold()
    at = max((words.rfind(phrase) for phrase in passage.rules.according), default=-1)
    if at < 0 or passage.span.start > passage.start:
        return None
    behind = reading.named(passage.span.start + at, passage.span.end)
    goes_on = any(word.low in passage.rules.verbs for word in words_of(words[at:]))  # "according to Reid, Gill said"
    return behind[0] if len({each.id for each in behind}) == 1 and not goes_on else None


def _in_clause(passage: SpokenPassage) -> Mention | None:
    """Return whom a clause is about that credits a quotation: "was used by Ann Ray, who said that the minister had"."""
    verbs = [at for at, word in enumerate(passage.words) if word.low in passage.rules.verbs]
    at = verbs[-1] if verbs and passage.span.start < passage.start else 0
    if not at or passage.words[at - 1].low != "who" or not passage.words[at - 1].parted:
        return None
    named = passage.reading.named(passage.span.start, passage.span.start + passage.words[at - 1].start)
    return named[-1] if named else None


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
    if _is_of_another(passage):
        return STRANGER
    if not passage.according and not any(
        each.subject for each in passage.reading.named(passage.span.start, passage.span.end)
    ):
        return OPEN
    return OPEN if newcomer or _describes_another(passage) else Speaker("".join(people))


def _is_of_another(passage: SpokenPassage) -> bool:
    """Return whether somebody without a name speaks who is described by one who has: "a relative of Lister said"."""
    at, said = passage.credit.at, passage.said
    run = [word for word in passage.words if word.start >= at >= 0][:3]
    if not run or run[0].low not in said.indefinite or not passage.says:
        return False
    told = passage.reading.between(passage.span.start + at, passage.span.end)
    somebody = any(is_noun(word.text, said.people, said) for word in run)
    return somebody and not any(each.subject for each in told)


def _describes_another(passage: SpokenPassage) -> bool:
    """Return whether the one who is named does not speak: "Dani Alvarez scored twice, a result her coach called"."""
    at, span, said = passage.credit.at, passage.span, passage.said
    run = [word for word in passage.words if word.start >= at > 0][:3]
    somebody = any(
        word.low in said.somebody or is_noun(word.text, said.people | said.organisations, said) for word in run
    )
    return somebody and not passage.reading.between(span.start + at, span.end)


def for_a_body(passage: SpokenPassage) -> Speaker | None:
    """Return the body for which a spokesperson without a name speaks."""
    spokesperson = any(is_noun(word.text, passage.said.spokespeople, passage.said) for word in passage.words)
    if not spokesperson or passage.reading.gender(passage.credit.pronoun) in ("m", "f"):
        return None
    nearby = passage.reading.named(passage.line.start, max(passage.span.end, passage.start))
    bodies = [each.id for each in nearby if passage.reading.is_body(each.id)]
    return Speaker(bodies[-1]) if bodies else OPEN


def unnamed(passage: SpokenPassage) -> Speaker | None:
    """Return nobody whom the text names: “…,” a senior official said; „…“, sagt einer; a memo calls it “…”."""
    found = passage.credit
    if found.unnamed:
        return STRANGER
    if _are_several(passage) or (not found.people and (_is_somebody(passage) or (found.refers and passage.plural))):
        return OPEN
    return UNSAID if is_document(passage) and not passage.reports else None


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


def impersonal(passage: SpokenPassage) -> Speaker | None:
    """Return whom „…“, heißt es bei der Gewerkschaft names, or whose letter: „…“, heißt es in einer Mitteilung."""
    where = _impersonal_words(passage)
    if where is None:
        return None
    words, here = words_of(where.of(passage.reading.text)), passage.reading.named(where.start, where.end)
    if any(word.low in passage.said.own for word in words):  # "erfuhr nach eigenen Worten"
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


def newcomer(passage: SpokenPassage) -> Speaker | None:
    """Return nobody whom the text names, where a pronoun goes on from such: "A fitter shrugged. “…,” he said"."""
    if not passage.credit.refers or passage.credit.people or passage.reports:
        return None
    reading, found = passage.reading, passage.credit
    new = introduced_alone(reading.text, reading.language, reading.lines, passage.span, found, reading.people)
    if new is not None:
        return Speaker("".join(new)) if new else STRANGER
    subject = passage.reading.subject(passage.line.start, passage.until)
    if subject and not subject.id:
        return STRANGER
    heard = passage.within[-1] if passage.within else None
    if heard is None or not heard.speaker.stranger or passage.reading.gender(passage.credit.pronoun) not in ("m", "f"):
        return None
    next_to = passage.sentence(heard.span.end - 1).end + 1 >= passage.sentence(passage.span.start).start
    return STRANGER if next_to and not passage.reading.subject(heard.span.start, passage.until) else None


def subject_of_words(passage: SpokenPassage) -> Speaker | None:
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
