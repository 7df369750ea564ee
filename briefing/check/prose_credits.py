"""Whom authored prose gives quoted words to, and who says them: another's words are nobody's to be given.

Only what the prose surely says counts: a name or an office of one person as the subject of a verb of speech, behind
“according to”, or right before a colon. A pronoun may mean anybody, and says nothing here. Who says the words is what
the annotations say, the author of a comment, or the crediting words of the source; where that is open for one of the
places that have the words, nobody is blamed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from briefing.anchor.quoting import quotable, stands
from briefing.attribution.credit import Called, Credit, called_as, called_in, credit, is_body, mentions
from briefing.attribution.crediting_words import crediting_words
from briefing.attribution.doubts import doubted
from briefing.attribution.subjects import words_of
from briefing.check.quotation_bounds import passages_at, turn_at
from briefing.model import Briefing, Quotation
from briefing.model.places import Span
from briefing.text import Language, language, paragraphs, quoted, sentences, speech

_COMMENTER = "@"
"""Begins what stands for a commenter among the ids of people."""
_ANYBODY = "?"
"""Stands for somebody who is nobody of the briefing."""


def given_to_another(words: str, text: str, outer: Span, briefing: Briefing) -> tuple[str, str] | None:
    """Return to whom a text gives quoted words, and who says them, if these are surely others; names for a message.

    `outer` is the place of the words in the text, with their marks.
    """
    spoken = language(briefing.language)
    if not spoken.speakers.verbs:
        return None
    lines = list(paragraphs(text))
    span = crediting_words(text, spoken, lines, [outer]).span
    if span is None:
        return None
    people = briefing.derive(_people)
    found = credit(span.of(text), people, spoken.speakers, span.start < outer.start)
    given = _given(span.of(text), found, people, spoken) if len(words.split()) > 1 else frozenset()
    if not given and not _is_commenter(span.of(text), found, spoken):
        return None
    speakers = _speakers(briefing, words, _is_body(span.of(text), given, people, spoken))
    if speakers is None or _may_say(given, speakers) or _may_speak_for(given, speakers, people):
        return None
    others = words_of(_outside(text, _sentence(text, lines, outer, spoken), spoken))
    if any(mentions(others, people[id], spoken.speakers) for id in speakers if id in people):
        return None
    return _names(briefing, given) or "a commenter", _names(briefing, speakers)


def _may_say(given: frozenset[str], speakers: frozenset[str]) -> bool:
    """Return whether those whom prose names are among the speakers, or where it names a commenter, a commenter is."""
    return bool(given & speakers) or (not given and any(id.startswith(_COMMENTER) for id in speakers))


def _may_speak_for(given: frozenset[str], speakers: frozenset[str], people: Mapping[str, Called]) -> bool:
    """Return whether words are given to a body and said by a person of the briefing, who may speak for it."""
    return any(people[id].gender == "it" for id in given) and any(
        id in people and people[id].gender != "it" and not id.startswith(_COMMENTER) for id in speakers
    )


def _people(briefing: Briefing) -> Mapping[str, Called]:
    """What prose may call everybody in a briefing: its people, and its commenters by their whole names."""
    spoken = language(briefing.language)
    authors = {comment.author for comment in briefing.comments if words_of(comment.author)}
    commenters = {f"{_COMMENTER}{author}": called_as(author, "", True, "", spoken) for author in authors}
    return {**commenters, **called_in(briefing, spoken)}


# --- whom the prose means -----------------------------------------------------------------------------------------


def _given(text: str, found: Credit, people: Mapping[str, Called], spoken: Language) -> frozenset[str]:
    """Return those whom crediting words of prose name; empty where they leave it open."""
    if len(found.people) != 1 or found.pronoun or found.stranger or found.body:
        return frozenset()
    person = people[next(iter(found.people))]
    if _is_passed_on(text, spoken):
        return frozenset()
    if (found.unnamed and not found.sure) or doubted(text, person, people, spoken):
        return frozenset()  # a linguist is not the linguist
    return found.people if found.sure or found.refers or _names_alone(text, person, spoken) else frozenset()


def _is_passed_on(text: str, spoken: Language) -> bool:
    """Return whether somebody says it according to somebody else: "a boy asked, according to Prieto"."""
    says = any(word.low in spoken.speakers.verbs for word in words_of(text))
    return says and _names_by_phrase(text, spoken)


def _names_alone(text: str, person: Called, spoken: Language) -> bool:
    """Return whether crediting words are somebody's name alone, or that with "according to"."""
    alone = all(word.low in person.about or word.capital for word in words_of(text))
    return alone or _names_by_phrase(text, spoken)


def _names_by_phrase(text: str, spoken: Language) -> bool:
    lows = " ".join(word.low for word in words_of(text))
    return any(phrase in lows for phrase in spoken.speakers.according)


def _is_body(text: str, given: frozenset[str], people: Mapping[str, Called], spoken: Language) -> bool:
    """Return whether those whom crediting words name are no person, as far as that is known."""
    return any(people[id].gender == "it" for id in given) or any(
        is_body(word, speech(spoken)) for word in words_of(text)
    )


def _is_commenter(text: str, found: Credit, spoken: Language) -> bool:
    """Return whether a commenter without a name is credited: a reader writes, eine Leserin schreibt."""
    nouns = {noun.lower() for noun in spoken.quantifiers.nouns}
    return found.unnamed and not found.stranger and any(word.low in nouns for word in words_of(text))


def _sentence(text: str, lines: list[Span], outer: Span, spoken: Language) -> Span:
    """Return the sentences that hold a passage."""
    here = [line for line in lines if line.overlaps(outer)]
    touched = [each for line in here for each in sentences(text, spoken, line) if each.overlaps(outer)]
    return Span(touched[0].start, touched[-1].end) if touched else outer


def _outside(text: str, within: Span, spoken: Language) -> str:
    """Return the words of a span outside quotation marks."""
    words = within.of(text)
    for passage in quoted(words, spoken):
        words = words[: passage.outer.start] + " " * len(passage.outer.of(words)) + words[passage.outer.end :]
    return words


# --- who says the words -------------------------------------------------------------------------------------------


def _speakers(briefing: Briefing, words: str, of_body: bool) -> frozenset[str] | None:
    """Return everybody who says some words anywhere in a briefing; None where that is open, or nobody says them.

    What is given to a body may be said by anybody who speaks for it, unless the annotations say who does.
    """
    found: set[str] = set()
    for each in _everybody_who_says(briefing, words, of_body):
        if not each:
            return None
        found |= each
    return frozenset(found) or None


def _everybody_who_says(briefing: Briefing, words: str, of_body: bool) -> Iterator[frozenset[str]]:
    """Yield who says some words, for each place that has them; nobody where that is open."""
    spoken = language(briefing.source.language)
    yield from _in_excerpts_and_comments(briefing, words, spoken)
    known: list[Span] = []
    for quotation in briefing.quotations:
        anchor = briefing.anchors.get(quotation.id)
        if anchor is None or anchor.comment or quotation.kind == "reported":
            continue
        known += (passage.outer for passage in passages_at(briefing, anchor.whole))
        if stands(words, quotable(_said(briefing, quotation), spoken)):
            yield frozenset({quotation.speaker, *quotation.via} - {""})
    yield from (frozenset() if of_body else each for each in _not_annotated(briefing, words, known))


def _in_excerpts_and_comments(briefing: Briefing, words: str, spoken: Language) -> Iterator[frozenset[str]]:
    """Yield the same for works, where it is open, and for comments, whose authors say them."""
    for reference in briefing.references:
        rules = language(reference.language or briefing.language)
        if any(stands(words, quotable(excerpt.exact, rules)) for excerpt in reference.excerpts):
            yield frozenset()
    for comment in briefing.comments:
        if stands(words, quotable(comment.text, spoken)):
            own = {id for id in briefing.roles if id in briefing.people and _same(briefing, id, comment.author)}
            yield frozenset({f"{_COMMENTER}{comment.author}", *own})


def _said(briefing: Briefing, quotation: Quotation) -> str:
    """Return all words in the quotation marks of a quotation; in a turn, what it says itself."""
    text, anchor = briefing.source.text, briefing.anchors[quotation.id]
    around = [passage.outer for passage in passages_at(briefing, anchor.whole)] or list(anchor.spans)
    translated = quotation.translation.text if quotation.translation else ""
    return "\n".join((*(Span(min(s.start for s in around), max(s.end for s in around)).of(text),), translated))


def _not_annotated(briefing: Briefing, words: str, known: list[Span]) -> Iterator[frozenset[str]]:
    """Yield the same for the source's turns and for its quotation marks of which nothing is annotated."""
    text, spoken = briefing.source.text, language(briefing.source.language)
    lines = [line.span for line in briefing.source.paragraphs]
    people = called_in(briefing, spoken)
    for line in lines:
        if not stands(words, quotable(line.of(text), spoken)):
            continue
        turn = turn_at(briefing, line)
        if turn:
            yield frozenset({turn.speaker})
            continue
        for passage in quoted(text, spoken, line):
            if passage.outer not in known and stands(words, quotable(passage.inner.of(text), spoken)):
                span = crediting_words(text, spoken, lines, [passage.outer]).span
                yield _credited(span, passage.outer, text, people, spoken) if span else frozenset()


def _credited(span: Span, passage: Span, text: str, people: Mapping[str, Called], spoken: Language) -> frozenset[str]:
    """Return whom the source's crediting words mean; nobody where they refer to somebody named before."""
    found = credit(span.of(text), people, spoken.speakers, span.start < passage.start)
    if found.people and not found.pronoun:
        return found.people
    return frozenset({_ANYBODY}) if found.unnamed or (found.stranger and found.sure) else frozenset()


def _same(briefing: Briefing, id: str, name: str) -> bool:
    return " ".join(briefing.people[id].name.casefold().split()) == " ".join(name.casefold().split())


def _names(briefing: Briefing, ids: frozenset[str]) -> str:
    """Return the names behind ids, for a message."""
    commenters = {f"{_COMMENTER}{each.author}": f"comment {each.id}" for each in briefing.comments if not each.author}
    named = {_ANYBODY: "somebody whom the source does not name", **commenters}
    return " or ".join(
        sorted(
            named.get(id) or (briefing.people[id].name if id in briefing.people else id.removeprefix(_COMMENTER))
            for id in ids
        )
    )
