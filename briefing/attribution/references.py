"""Rules for words that refer to somebody: a pronoun, a description, the mood of reported speech."""

from __future__ import annotations

from collections.abc import Sequence

from briefing.attribution.coreference import referents
from briefing.attribution.mentions import Mention, TextReading
from briefing.attribution.passage import OPEN, Speaker, SpokenPassage
from briefing.attribution.rivals import has_rival
from briefing.attribution.subjects import Word, is_noun, unquoted, words_of
from briefing.model.places import Span
from briefing.text import Speech, sentences, speech


def reported(passage: SpokenPassage) -> Speaker | None:
    """Return who has just spoken, or is the last subject, where a sentence reports what was said: Man habe „…“."""
    reading, said = passage.reading, passage.said
    if not passage.reports or passage.credit.people:
        return None
    if has_rival(reading, "", Span(passage.sentence(passage.start).start, passage.start)):
        return OPEN  # "Eine Näherin habe ihr Socken gereicht, die seien"
    if passage.within:
        turned = reading.subject(passage.since, passage.sentence(passage.span.start).start)
        return Speaker(turned.id) if turned and not reports_at(passage, turned.at) else passage.within[-1].speaker
    if any(is_noun(word.text, said.documents, said) for word in passage.words):
        return OPEN  # "Dann kam der Brief vom Amt: Der Brandschutz sei"
    subject = reading.subject(passage.line.start, passage.span.start)
    return Speaker(subject.id) if subject else OPEN


def reports_at(passage: SpokenPassage, at: int) -> bool:
    """Return whether the sentence at an offset only reports what was said."""
    words = words_of(passage.sentence(at).of(passage.reading.text))
    return any(word.low in passage.rules.reporting for word in words)


def referred_to(passage: SpokenPassage) -> Speaker | None:
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
    disputed = _is_disputed(passage, *able, strangers=here) or _has_late_subject(passage)
    return OPEN if disputed else Speaker("".join(able))


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


def last_subject(passage: SpokenPassage) -> Speaker | None:
    """Return the last subject, or else the only one mentioned or heard nearby, whom a pronoun can mean."""
    if not passage.credit.pronoun:
        return None
    gender = passage.reading.gender(passage.credit.pronoun)
    if not gender or _is_empty(passage, gender) or (gender == "it" and _is_of_document(passage)):
        return OPEN
    able = _able(passage, gender)
    if not able:
        return OPEN if gender == "it" else _mentioned_before(passage)  # a body that has no name
    return _latest_subject(passage, able)


def _mentioned_before(passage: SpokenPassage) -> Speaker | None:
    """Return the only one of those named so far whom a pronoun can mean."""
    reading, start = passage.reading, (passage.above or passage.line).start
    able = {
        each.id
        for each in reading.named(0, start)
        if not reading.is_body(each.id) and reading.fits(each.id, passage.credit.pronoun)
    }
    rival = has_rival(reading, passage.credit.pronoun, Span(start, max(passage.until, start)))
    return Speaker(able.pop()) if len(able) == 1 and not rival else None


def _latest_subject(passage: SpokenPassage, able: Sequence[Mention]) -> Speaker:
    """Return the last subject of those whom a pronoun can mean, where it is the only one or has just spoken.

    Of several, one whose gender nothing tells is open.
    """
    here = [each for each in able if each.at >= passage.line.start]
    chosen = max(here or able, key=lambda each: (each.subject, each.at))
    only = len({each.id for each in able}) == 1
    sure = only or (bool(here) and _is_latest(passage, chosen))
    told = only or not chosen.id or bool(passage.reading.people[chosen.id].gender)
    return Speaker(chosen.id) if sure and told and not _is_disputed(passage, chosen.id) else OPEN


def _able(passage: SpokenPassage, gender: str) -> list[Mention]:
    """Return those mentioned or heard in a paragraph or the one above whom its pronoun can mean, of one kind."""
    reading = passage.reading
    able = [each for each in _near(passage) if not each.id or reading.fits(each.id, passage.credit.pronoun)]
    last = [each.id for each in able if each.subject and each.at >= passage.line.start]
    kind = "body" if gender == "it" or reading.is_body(*last[-1:] or [""]) else "person"
    return [each for each in able if reading.is_kind(each, kind)]


def _is_latest(passage: SpokenPassage, chosen: Mention) -> bool:
    """Return whether somebody has just spoken, or is the last subject and every sentence since tells of them."""
    if passage.within and passage.within[-1].speaker.id == chosen.id:
        return True
    reading, gender = passage.reading, passage.reading.gender(passage.credit.pronoun)
    since = Span(passage.sentence(chosen.at).end, max(passage.sentence(passage.span.start).start, 0))
    told = sentences(reading.text, reading.language, since) if since.start < since.end else ()
    return chosen.subject and all(_tells_of(passage, each, gender) for each in told)


def _tells_of(passage: SpokenPassage, sentence: Span, gender: str) -> bool:
    """Return whether a sentence has a pronoun of a gender: "His sons were in Perth"."""
    words = words_of(unquoted(passage.reading.text, passage.reading.language, sentence))
    return any(passage.said.possessives.get(word.low, passage.reading.gender(word.low)) == gender for word in words)


def described(passage: SpokenPassage) -> Speaker | None:
    """Return whom the text is about, where words describe somebody: "the company said", "the 54-year-old said"."""
    if not passage.credit.refers or passage.credit.pronoun or passage.reports:
        return None
    if not passage.speaks and not _begins_with_body(passage):
        return None
    owned = any(word.owner and not word.capital for word in passage.words)  # "The farmer’s solicitor described"
    if owned or _is_retold(passage) or passage.words[0].low in passage.rules.indefinite:
        return OPEN
    return _latest_described(passage, _described_kind(passage))


def _is_retold(passage: SpokenPassage) -> bool:
    """Return whether German words only report that somebody said so: "Der Geschädigte habe gesagt"."""
    lows = {word.low for word in passage.words}
    return not lows.isdisjoint(passage.rules.reporting) and not lows.isdisjoint(passage.rules.participles)


def _latest_described(passage: SpokenPassage, kind: str) -> Speaker:
    """Return the only one in the paragraph, or else the one above, whom a description of a kind can mean."""
    heard = _heard(passage) if kind != "body" else frozenset()
    wider = [passage.above] if passage.above and not heard and _is_described(passage) else []
    for line in (passage.line, *wider):
        able = _described_by(passage, kind, line, heard)
        chosen = _latest(passage, kind, able)
        if chosen:
            return Speaker(chosen[-1].id) if len({each.id for each in able}) == 1 else OPEN
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
    return any(word.low in passage.said.pointing and not (noun and noun.capital) for word, noun in pairs)


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
