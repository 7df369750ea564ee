"""The rule on quotations in authored prose: what is in quotation marks is in what is cited.

Decision 40 defines all of it: which passages are checked, what they must be in, and what is the same.

Prose credits: whom authored prose gives quoted words to, and who says them: another's words are nobody's to be
given.

Only what the prose surely says counts: a name or an office of one person as the subject of a verb of speech, behind
“according to”, or right before a colon. A pronoun may mean anybody, and says nothing here. Who says the words is what
the annotations say, the author of a comment, or the crediting words of the source; where that is open for one of the
places that have the words, nobody is blamed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from briefing.anchor.characters import DOUBLE_QUOTES, SINGLE_QUOTES
from briefing.anchor.diagnose import difference, short
from briefing.anchor.nearest import Near, nearest
from briefing.anchor.quoting import letters, missing, quotable, stands
from briefing.attribution.credit import Called, Credit, called_as, called_in, credit, is_body, mentions
from briefing.attribution.crediting_words import crediting_words
from briefing.attribution.doubts import doubted
from briefing.attribution.subjects import words_of
from briefing.check.quotables import QuotableWords, everything, quotables
from briefing.check.quotation_bounds import passages_at, turn_at
from briefing.check.quoted_words import QuotedPassage, of_registers, passages
from briefing.model import Briefing, Quotation
from briefing.model.places import Problem, Span, in_marks
from briefing.model.prose import ALL_COMMENTS
from briefing.text import Language, language, paragraphs, quoted, sentences, speech
from briefing.text.marked_passages import marked

# --- prose credits ---------------------------------------------------------------------------------------------------


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
        if stands(words, quotable(_speakers_said(briefing, quotation), spoken)):
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


def _speakers_said(briefing: Briefing, quotation: Quotation) -> str:
    """Return all words in the quotation marks of a quotation; in a turn, what it says itself."""
    text, anchor = briefing.source.text, briefing.anchors[quotation.id]
    around = [passage.outer for passage in passages_at(briefing, anchor.whole)] or list(anchor.spans)
    translated = quotation.translation.text if quotation.translation else ""
    return "\n".join((*(Span(min(s.start for s in around), max(s.end for s in around)).of(text),), translated))


def _not_annotated(briefing: Briefing, words: str, known: list[Span]) -> Iterator[frozenset[str]]:
    """Yield the same for the source's turns and for its quotation marks of which nothing is annotated."""
    text, spoken = briefing.source.text, language(briefing.source.language)
    lines = briefing.source.lines
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


# --- quoted prose ----------------------------------------------------------------------------------------------------


CODE = "quotation-not-found"
EXAMINED = 30
"""Passages whose nearest words are looked for; with more of them something is wrong with all of them."""
COMPARED = 40
"""Texts in which the nearest words are looked for."""
NAMED = 6


def quotation_not_found(briefing: Briefing) -> Iterator[Problem]:
    """Every quoted passage of authored prose is in what it rests on, or is the title of a listed work."""
    yield from not_found(passages(briefing), titles(briefing), {"": briefing})


def quoted_in_registers(briefings: Sequence[Briefing]) -> Iterator[Problem]:
    """The same of people.yml and measures.yml: every passage is in a briefing that shows it."""
    for passage, showing in of_registers(briefings):
        known = {f"{briefing.path}/": briefing for briefing in showing}
        yield from not_found([passage], frozenset().union(*map(titles, showing)), known)


def not_found(
    passages: Iterable[QuotedPassage], titles: frozenset[str], known: Mapping[str, Briefing]
) -> Iterator[Problem]:
    """Yield the problem of each passage that is nowhere it should.

    `known` are the briefings that may have them, by what is before an id in a citation.
    """
    examined = 0
    for passage in passages:
        found = letters(passage.words) in titles or any(source.has(passage.words) for source in passage.sources)
        if found and passage.said and letters(passage.words) not in titles and not _said(passage):
            yield Problem(CODE, _NARRATED.format(short(passage.words)), passage.at, _PLAIN, passage.words)
        elif found and letters(passage.words) not in titles and (others := _given_to_another(passage, known)):
            message = _ANOTHERS.format(short(passage.words), *others)
            yield Problem(CODE, message, passage.at, _NAME_SPEAKER, passage.words)
        elif not found:
            examined += 1
            message, hints = _told(passage, known, examined <= EXAMINED)
            hints += [_AS_EXCERPT] if passage.at.path[:1] == ("references",) and "title" in passage.at.path else []
            yield Problem(CODE, message, passage.at, "\n".join((*hints, _OTHERWISE)), passage.words)


def _given_to_another(passage: QuotedPassage, known: Mapping[str, Briefing]) -> tuple[str, str] | None:
    """Whom a passage is given to and who says it, if no briefing that has the words has them of the former."""
    having = [each for each in known.values() if everything(each).has(passage.words)]
    found = [given_to_another(passage.words, *passage.around, each) for each in having] if passage.around else []
    return found[0] if found and None not in found else None


_ANOTHERS = "“{}” is given to {}, but these are words of {}"
_NAME_SPEAKER = "name who says it, or quote what they say themselves"


def _said(passage: QuotedPassage) -> bool:
    return any(source.has(passage.words, said=True) for source in passage.sources)


_NARRATED = "“{}” is given to somebody who is quoted, but these are the reporter's own words, outside of all its marks"
_PLAIN = (
    "say without quotation marks what they said, or give the words to the article: the article says “…”\n"
    "quote the words that are in the source's quotation marks"
)


def titles(briefing: Briefing) -> frozenset[str]:
    """Return the titles of the source and the references, whole and up to the colon or dash, as they are compared."""
    whole = [briefing.source.title, *(each.title for each in briefing.references)]
    publishers = [briefing.source.publisher, *(each.publisher for each in briefing.references)]
    whole += [each for name in publishers for each in (name, name.removeprefix("The "))]
    main = [title.partition(sign)[0] for title in whole for sign in (": ", " – ", " — ", "? ", ". ")]
    return frozenset(filter(None, map(letters, (*whole, *main))))


_OTHERWISE = "what nobody said needs no quotation marks; a term may be in *italics* instead"


_AS_EXCERPT = "if the title is so, record these words as an excerpt of the same work, with `where: headline`"


# --- what is said of one ----------------------------------------------------------------------------------------


def _told(passage: QuotedPassage, known: Mapping[str, Briefing], examine: bool) -> tuple[str, list[str]]:
    """Return what is wrong, and what to write instead; the nearest words are looked for where `examine` says so."""
    message = f"{in_marks(short(passage.words))} is in quotation marks, but {_where_not(passage)}"
    if not examine:
        return message, []
    other = _cite_instead(passage, known) if passage.can_cite else ""
    if other:
        return message, [other]
    texts = [words for source in passage.sources for words in source.words]
    everywhere = (words for briefing in known.values() for words in everything(briefing).words)
    texts = [*islice(texts or everywhere, COMPARED)]
    part = missing(passage.words, [each.read for each in texts])
    found = _nearest(part, texts)
    if found is None:
        return message, []
    near, words = found
    said = difference(_bare(words.text), _bare(part), near)
    pastes = "\n".join(f"“{each}”" for each in _to_paste(words, near.span))
    hint = f"if you mean {words.where}, quote its own words:\n{pastes}"
    return f"these words are not in {words.where}: it says {said}", [hint]


def _bare(text: str) -> str:
    """Return a text, as long as it is, without its quotation marks: they are no difference."""
    return _MARK.sub(" ", text)


_MARK = re.compile(f"[{DOUBLE_QUOTES}]|(?<![^\\W_])[{SINGLE_QUOTES}]|[{SINGLE_QUOTES}](?![^\\W_])")


def _to_paste(words: QuotableWords, span: Span) -> Iterator[str]:
    """Yield words of a text as they are between its own marks: in parts where they are in several marks there."""
    over = [each for each in marked(words.text, words.rules) if each.inner.overlaps(span)]
    cut = any(not (each.inner.holds(span) or span.holds(each.outer)) for each in over)
    parts = [Span(max(span.start, e.inner.start), min(span.end, e.inner.end)) for e in over] if cut else [span]
    for part in parts:
        shown = part.of(words.text)
        for inner in reversed(marked(shown, words.rules)):
            closing = "’" if inner.inner.end < inner.outer.end else ""
            at = inner.outer
            shown = f"{shown[: at.start]}‘{inner.inner.of(shown).strip()}{closing}{shown[at.end :]}"
        yield " ".join(shown.split()).strip(" ,")


def _where_not(passage: QuotedPassage) -> str:
    if not passage.can_cite:
        return "is not in the source, a comment or an excerpt"
    cited = [f"“{id}”" for id in passage.cited]
    listed = f"{', '.join(cited[:NAMED])}{' …' if len(cited) > NAMED else ''}"
    if passage.own and cited:
        return f"is neither in the paragraph of “{passage.own}” nor in what its sentence cites: {listed}"
    if passage.own:
        return f"is not in the paragraph of “{passage.own}”, and its sentence cites nothing"
    return f"is in nothing that its sentence cites: {listed}" if cited else "its sentence cites nothing"


def _cite_instead(passage: QuotedPassage, known: Mapping[str, Briefing]) -> str:
    """Return where the words stand that were looked for in another place."""
    having = {before: each for before, each in known.items() if everything(each).has(passage.words)}
    ids = [
        f"{before}{id}"
        for before, briefing in having.items()
        for id, quoting in quotables(briefing).items()
        if id not in (ALL_COMMENTS, *_drafts(briefing)) and quoting.has(passage.words)
    ]
    if ids:
        names = ", ".join(f"“{id}”" for id in ids[:4])
        return f"{names} {'has' if len(ids) == 1 else 'have'} these words: cite it as [@{ids[0]}]"
    if having:
        return "the source has these words, in a paragraph of which nothing is annotated: annotate them, and cite that"
    return ""


def _drafts(briefing: Briefing) -> set[str]:
    return {each.id for each in (*briefing.annotations, *briefing.derived, *briefing.themes) if each.status == "draft"}


def _nearest(part: str, texts: Sequence[QuotableWords]) -> tuple[Near, QuotableWords] | None:
    """Return the likeliest place, whatever the case of the first letter."""
    shapes = dict.fromkeys((part, part[:1].swapcase() + part[1:]))
    found = [(near, words) for words in texts for shape in shapes if (near := nearest(_bare(words.text), _bare(shape)))]
    return max(found, key=lambda each: (each[0].score, -each[0].more), default=None)
